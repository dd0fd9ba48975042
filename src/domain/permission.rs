//! Who may do what, from evidence only: roles the directory names, what a task allows, and a refusal
//! just received. Where there is no evidence the server decides.

use lexicon::t;

/// The signed-in person's directory roles, as far as they could be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Roles {
    /// `/me/transitiveMemberOf` could not be read: nothing is disabled on this account.
    Unknown,
    /// Display names such as `Security Operator`; empty where the person has none.
    Known(Vec<String>),
}

const READERS: [&str; 2] = ["Security Reader", "Global Reader"];

impl Roles {
    /// For the person menu.
    pub fn label(&self) -> String {
        match self {
            Roles::Unknown => t!("Role not known").into(),
            Roles::Known(names) if names.is_empty() => t!("No role").into(),
            Roles::Known(names) => names.join(", "),
        }
    }

    /// Whether the person may change incidents and act on managed responses; otherwise why not and
    /// who can. Custom roles count as able: only the server knows what they grant.
    pub fn may_act(&self) -> Result<(), String> {
        match self.only_reads() {
            Some((why, who)) => Err(format!("{why} {who}")),
            None => Ok(()),
        }
    }

    /// Why a person with nothing but reader roles cannot act, and who can.
    pub fn only_reads(&self) -> Option<(String, &'static str)> {
        let Roles::Known(names) = self else {
            return None;
        };
        let only_readers = names.iter().all(|name| READERS.contains(&name.as_str()));
        if names.is_empty() || !only_readers {
            return None;
        }
        let roles = names.join(t!(" and "));
        let who = t!("Security Operator or higher can; ask a Security Administrator for the role.");
        Some((t!("{roles} can read but not act."), who))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn roles(names: &[&str]) -> Roles {
        Roles::Known(names.iter().map(|n| (*n).to_owned()).collect())
    }

    #[test]
    fn nothing_but_reader_roles_may_not_act_and_is_told_who_can() {
        for names in [
            &["Security Reader"][..],
            &["Global Reader"],
            &["Security Reader", "Global Reader"],
        ] {
            let reason = roles(names).may_act().unwrap_err();
            assert!(
                reason.contains(names[0]) && reason.contains("Security Operator"),
                "{reason}"
            );
        }
    }

    #[test]
    fn anything_else_is_left_to_the_server() {
        for names in [
            &["Security Operator"][..],
            &["Security Reader", "Security Operator"],
            &["Tier 2 custom"],
            &[],
        ] {
            assert_eq!(roles(names).may_act(), Ok(()), "{names:?}");
        }
        assert_eq!(Roles::Unknown.may_act(), Ok(()));
    }
}
