//! The plan of the house: its layers, what each may import, and what a file imports.

use super::source::Source;

/// From a layer to what it may import. Not transitive; its own modules are always free to it.
const MAY_IMPORT: [(&str, &str); 14] = [
    ("main", "lib platform"),
    ("lib", "app state platform"),
    (
        "app",
        "pages parts ui state routes domain platform reactive",
    ),
    (
        "pages",
        "parts ui charts state routes domain platform reactive",
    ),
    ("parts", "ui charts state routes domain platform reactive"),
    ("state", "api auth domain platform reactive"),
    ("api", "auth domain platform"),
    ("auth", "domain platform"),
    ("charts", "ui domain platform reactive"),
    ("ui", "domain routes platform reactive"),
    ("routes", "domain reactive"),
    ("reactive", ""),
    ("platform", ""),
    ("domain", ""),
];

/// The components know nothing of incidents: this is all they may know of the domain.
/// `text` is how components keep what attackers write visible: it knows characters, not incidents.
const DOMAIN_FOR_UI: &str = "time validate viewport selection markdown load error text fold";

/// Where a portal's address begins; `routes.rs` alone writes them.
const PORTAL: &str = "overview incidents alerts devices users action-center messages reports hunting audit \
                      preferences gallery settings";

/// The layer a file belongs to: its folder, or its name at the top.
pub(crate) fn layer(source: &Source) -> &str {
    let top = source.path.trim_start_matches("src/");
    let (first, _) = top.split_once('/').unwrap_or((top, ""));
    first.trim_end_matches(".rs")
}

/// What a layer may import, or nothing when there is no such layer.
pub(crate) fn may_import(layer: &str) -> Option<&'static str> {
    let row = MAY_IMPORT.iter().find(|(from, _)| *from == layer);
    row.map(|(_, to)| *to)
}

pub(crate) fn is_for_ui(module: &str) -> bool {
    lists(DOMAIN_FOR_UI, module)
}

/// Whether a text such as `{base}/incidents` ends in a portal's address.
pub(crate) fn is_portal_address(text: &str) -> bool {
    PORTAL
        .split(' ')
        .any(|start| text.contains(&format!("}}/{start}")))
}

pub(crate) fn lists(words: &str, word: &str) -> bool {
    words.split(' ').any(|listed| listed == word)
}

/// What a file names of ours, from the crate's root on: `crate::` and `super::` paths, and in the roots plain ones.
pub(crate) fn imports(source: &Source) -> Vec<(usize, Vec<&str>)> {
    let module = source.module();
    let mut found: Vec<_> = ["crate", "mdr_portal"]
        .iter()
        .flat_map(|head| source.paths(head))
        .collect();
    for (_, path) in &mut found {
        path.remove(0);
    }
    for (at, path) in source.paths("super") {
        let up = path.iter().take_while(|part| **part == "super").count();
        let above = module.iter().take(module.len().saturating_sub(up)).copied();
        found.push((at, above.chain(path[up..].iter().copied()).collect()));
    }
    if module.is_empty() {
        found.extend(
            MAY_IMPORT
                .iter()
                .flat_map(|(layer, _)| source.paths(layer))
                .filter(|(_, path)| path.len() > 1),
        );
    }
    found.retain(|(_, path)| !path.is_empty());
    found
}
