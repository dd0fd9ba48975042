//! The rules of the stylesheets, checked on their text: colours have names, names are used, every pair of
//! colours that meets can be read, density is a matter of tokens, and a host page is left alone.

#[path = "style/colour.rs"]
mod colour;
#[path = "style/sheet.rs"]
mod sheet;

use colour::{Colour, contrast};
use sheet::Sheet;
use std::collections::{BTreeMap, BTreeSet};

/// Text needs this much contrast, WCAG 2.2 level AA.
const TEXT: f64 = 4.5;
/// Marks, borders that say something, and focus rings need this much.
const MARK: f64 = 3.0;

/// The grounds that text of any kind may stand on.
const GROUNDS: &str = "page surface surface-raised surface-sunken surface-hover surface-selected";
const TINTS: &str = "accent-tint success-tint warning-tint danger-tint";

/// Every pair that is used: what is in front, what it stands on, and the least contrast.
const PAIRS: &[(&str, &str, f64)] = &[
    ("text", GROUNDS, TEXT),
    ("text", TINTS, TEXT),
    ("text", "surface-pressed neutral-tint", TEXT),
    ("text-subtle", GROUNDS, TEXT),
    ("text-subtle", TINTS, TEXT),
    ("neutral-text", "neutral-tint surface-pressed", TEXT),
    ("accent-text", GROUNDS, TEXT),
    ("accent-text", "accent-tint", TEXT),
    ("link link-hover", GROUNDS, TEXT),
    ("link", TINTS, TEXT),
    (
        "success-text status-resolved",
        "page surface surface-raised success-tint",
        TEXT,
    ),
    (
        "warning-text status-awaiting",
        "page surface surface-raised warning-tint",
        TEXT,
    ),
    (
        "danger-text",
        "page surface surface-raised danger-tint",
        TEXT,
    ),
    (
        "on-accent",
        "accent accent-hover accent-pressed danger danger-hover danger-pressed",
        TEXT,
    ),
    (
        "accent-mark",
        "page surface surface-raised surface-selected",
        MARK,
    ),
    ("on-accent-mark", "accent-mark", MARK),
    ("border-control", "page surface surface-raised", MARK),
    ("focus", GROUNDS, MARK),
    ("warning-mark", "warning-tint surface surface-raised", MARK),
    (
        "severity-high severity-medium severity-low",
        "page surface surface-hover surface-selected",
        MARK,
    ),
    ("chart-1 chart-2 chart-3 chart-4", "surface", MARK),
];

/// The tokens that hold a colour: light, dark.
fn colours() -> BTreeMap<String, [Colour; 2]> {
    let tokens = Sheet::read("tokens.css");
    let mut found = BTreeMap::new();
    let mut aliases = Vec::new();
    for (name, value) in tokens.declarations_of(".mdr") {
        let Some(name) = name.strip_prefix("--") else {
            continue;
        };
        if let Some(both) = colour::of_both_themes(value) {
            found.insert(name.to_owned(), both);
        } else if let Some(of) = value
            .strip_prefix("var(--")
            .and_then(|rest| rest.strip_suffix(')'))
        {
            aliases.push((name.to_owned(), of.to_owned()));
        }
    }
    for (name, of) in aliases {
        found.insert(name, found[&of]);
    }
    found
}

#[test]
fn every_pair_of_colours_that_is_used_can_be_read() {
    let colours = colours();
    let mut failed = Vec::new();
    for (fronts, grounds, least) in PAIRS {
        for (front, ground) in fronts
            .split(' ')
            .flat_map(|front| grounds.split(' ').map(move |ground| (front, ground)))
        {
            let (one, other) = (&colours[front], &colours[ground]);
            for (theme, at) in [("light", 0), ("dark", 1)] {
                let ratio = contrast(one[at], other[at]);
                if ratio < *least {
                    failed.push(format!(
                        "{front} on {ground}, {theme}: {ratio:.2}, at least {least}"
                    ));
                }
            }
        }
    }
    assert!(failed.is_empty(), "\n{}\n", failed.join("\n"));
}

#[test]
fn every_colour_of_text_is_in_the_table() {
    let listed: BTreeSet<&str> = PAIRS
        .iter()
        .flat_map(|(fronts, ..)| fronts.split(' '))
        .collect();
    let sheets = Sheet::all();
    let used = sheets
        .iter()
        .flat_map(Sheet::declarations)
        .filter(|(name, _)| *name == "color");
    // Names that stand for another token, and what WCAG exempts: text of controls that are switched off.
    let known =
        |name: &str| listed.contains(name) || ["tone", "mark", "text-disabled"].contains(&name);
    let missing: Vec<String> = used
        .filter_map(|(_, value)| value.strip_prefix("var(--")?.strip_suffix(')'))
        .filter(|name| !known(name))
        .map(str::to_owned)
        .collect();
    assert_eq!(
        missing, [""; 0],
        "add these and what they stand on to PAIRS"
    );
}

#[test]
fn only_the_tokens_name_raw_colours() {
    for sheet in Sheet::all()
        .iter()
        .filter(|sheet| sheet.name != "tokens.css")
    {
        let raw: Vec<_> = sheet
            .declarations()
            .filter(|(_, value)| colour::is_raw(value))
            .collect();
        assert_eq!(
            raw,
            [("", ""); 0],
            "{}: name what the colour is for, in tokens.css",
            sheet.name
        );
    }
    assert!(colour::is_raw("1px solid #fff"));
    assert!(colour::is_raw("rgb(0 0 0 / 0.5)"));
    assert!(colour::is_raw("linear-gradient(white, transparent)"));
    assert!(!colour::is_raw(
        "var(--white-space) currentcolor Canvas nowrap"
    ));
}

#[test]
fn every_name_is_defined_and_every_token_is_used() {
    let sheets = Sheet::all();
    let code = sheet::sources();
    let defined: BTreeSet<&str> = sheets
        .iter()
        .flat_map(Sheet::declarations)
        .map(|(name, _)| name)
        .collect();
    let used: BTreeSet<&str> = sheets.iter().flat_map(|sheet| sheet.variables()).collect();
    // Set by components, as `style:--name` or by a property.
    let unknown: Vec<_> = used
        .iter()
        .filter(|name| !defined.contains(*name) && !code.contains(*name))
        .collect();
    assert_eq!(unknown, [&""; 0], "nothing sets these");
    let tokens = Sheet::read("tokens.css");
    // The series of a chart are numbered, and chosen by number.
    let dead: BTreeSet<_> = tokens
        .declarations()
        .map(|(name, _)| name)
        .filter(|name| {
            name.starts_with("--")
                && !name.starts_with("--chart-")
                && !used.contains(name)
                && !code.contains(name)
        })
        .collect();
    assert!(dead.is_empty(), "nothing uses {dead:?}");
}

#[test]
fn every_class_is_worn_by_something() {
    let code = sheet::sources();
    for sheet in Sheet::all() {
        let dead: BTreeSet<String> = sheet
            .classes()
            .into_iter()
            .filter(|class| !sheet::has_word(&code, class))
            .collect();
        assert!(
            dead.is_empty(),
            "{}: nothing has the class {dead:?}",
            sheet.name
        );
    }
}

#[test]
fn density_and_motion_are_tokens_only() {
    for sheet in Sheet::all() {
        for (selector, name) in sheet.rules_naming("data-density") {
            assert!(
                sheet.name == "tokens.css" && name.starts_with("--"),
                "{}: {selector} sets {name}",
                sheet.name
            );
        }
    }
    let tokens = Sheet::read("tokens.css");
    assert!(!tokens.rules_naming("data-density").is_empty());
    let still = tokens.inside("@media (prefers-reduced-motion: reduce)");
    for time in ["--fast: 0ms", "--normal: 0ms"] {
        assert!(still.contains(time), "{time} where motion is to be reduced");
    }
}

/// What comes in one order is packed better, and the whole has a limit.
#[test]
fn declarations_stand_in_alphabetical_order() {
    for sheet in Sheet::all() {
        for (head, names) in sheet.rules() {
            // Tokens stand in the order of their scale.
            let plain = !names.iter().any(|name| name.starts_with("--"));
            assert!(
                !plain || names.is_sorted(),
                "{}: {head}: {names:?}",
                sheet.name
            );
        }
    }
}

#[test]
fn everything_is_in_a_layer_and_below_one_class() {
    for sheet in Sheet::all() {
        let outside: Vec<_> = sheet
            .top_level()
            .into_iter()
            .filter(|rule| !rule.starts_with("@layer mdr.") && !rule.starts_with("@page mdr-"))
            .collect();
        assert_eq!(outside, [""; 0], "{}: outside of a layer", sheet.name);
    }
}

#[test]
fn the_system_s_colours_take_the_place_of_every_colour_of_text() {
    let tokens = Sheet::read("tokens.css");
    let forced = tokens.inside("@media (forced-colors: active)");
    for name in [
        "text",
        "text-subtle",
        "accent-text",
        "danger-text",
        "warning-text",
        "success-text",
        "neutral-text",
        "link",
        "focus",
    ] {
        assert!(forced.contains(&format!("--{name}: ")), "--{name}");
    }
}
