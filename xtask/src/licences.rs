//! Every package of the lock file has a licence that lets the product be used and passed on freely.

use crate::command::{cargo, read};
use anyhow::{Context, Result, bail};
use serde_json::Value;
use spdx::{Expression, ParseMode};

/// Licences that ask for no more than keeping the notice.
const ALLOWED: [&str; 12] = [
    "0BSD",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "ISC",
    "MIT",
    "MIT-0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

/// Packages allowed by name under another licence: the package, its licence, and why.
const EXCEPTIONS: [(&str, &str, &str); 0] = [];

/// A package and what it says about its licence.
struct Package {
    name: String,
    version: String,
    licence: Option<String>,
}

pub(crate) fn check() -> Result<()> {
    let packages = packages(&read(&mut cargo("metadata --format-version 1 --quiet"))?)?;
    let problems: Vec<String> = packages
        .iter()
        .filter_map(|package| package.problem(&EXCEPTIONS))
        .collect();
    println!("{} packages", packages.len());
    if !problems.is_empty() {
        bail!(
            "licences that xtask/src/licences.rs does not allow:\n  {}",
            problems.join("\n  ")
        );
    }
    Ok(())
}

fn packages(metadata: &str) -> Result<Vec<Package>> {
    let metadata: Value = serde_json::from_str(metadata)?;
    let packages = metadata["packages"]
        .as_array()
        .context("cargo metadata names no packages")?;
    let text = |package: &Value, member: &str| package[member].as_str().map(str::to_owned);
    Ok(packages
        .iter()
        .map(|package| Package {
            name: text(package, "name").unwrap_or_default(),
            version: text(package, "version").unwrap_or_default(),
            licence: text(package, "license"),
        })
        .collect())
}

impl Package {
    fn problem(&self, exceptions: &[(&str, &str, &str)]) -> Option<String> {
        let Package {
            name,
            version,
            licence,
        } = self;
        let Some(licence) = licence else {
            return Some(format!("{name} {version} names no licence"));
        };
        // Older packages write `MIT/Apache-2.0`.
        let Ok(expression) = Expression::parse_mode(licence, ParseMode::LAX) else {
            return Some(format!(
                "{name} {version} has a licence that cannot be read: {licence}"
            ));
        };
        let excepted = |id: &str| {
            exceptions
                .iter()
                .any(|(package, except, _)| package == name && *except == id)
        };
        let fits = expression.evaluate(|requirement| {
            requirement
                .license
                .id()
                .is_some_and(|id| ALLOWED.contains(&id.name) || excepted(id.name))
        });
        (!fits).then(|| format!("{name} {version}: {licence}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(licence: &str) -> Option<String> {
        let package = Package {
            name: "thing".into(),
            version: "1.0.0".into(),
            licence: Some(licence.into()),
        };
        package.problem(&[("thing", "MPL-2.0", "the only one of its kind")])
    }

    #[test]
    fn allows_what_is_listed() {
        for licence in [
            "MIT",
            "MIT OR Apache-2.0",
            "MIT/Apache-2.0",
            "(MIT OR Apache-2.0) AND Unicode-3.0",
            "GPL-3.0 OR MIT",
            "MPL-2.0",
        ] {
            assert_eq!(problem(licence), None, "{licence}");
        }
    }

    #[test]
    fn names_what_is_not() {
        assert_eq!(
            problem("GPL-3.0-only").unwrap(),
            "thing 1.0.0: GPL-3.0-only"
        );
        assert_eq!(
            problem("MIT AND AGPL-3.0-only").unwrap(),
            "thing 1.0.0: MIT AND AGPL-3.0-only"
        );
        assert!(
            problem("do what you like")
                .unwrap()
                .contains("cannot be read")
        );
        let unnamed = Package {
            name: "thing".into(),
            version: "1.0.0".into(),
            licence: None,
        };
        assert_eq!(
            unnamed.problem(&[]).unwrap(),
            "thing 1.0.0 names no licence"
        );
        let other = Package {
            name: "other".into(),
            version: "1.0.0".into(),
            licence: Some("MPL-2.0".into()),
        };
        assert!(
            other.problem(&[("thing", "MPL-2.0", "")]).is_some(),
            "an exception is for one package"
        );
    }

    #[test]
    fn reads_what_cargo_prints() {
        let metadata = r#"{"packages":[{"name":"a","version":"1.0.0","license":"MIT"},{"name":"b","version":"2.0.0","license":null}]}"#;
        let packages = packages(metadata).unwrap();
        assert_eq!(packages[0].licence.as_deref(), Some("MIT"));
        assert_eq!(packages[1].licence, None);
    }
}
