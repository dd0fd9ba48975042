//! The rules, each a function from the sources to its findings, by the name of its test.

use super::source::Source;
use super::table::{imports, is_for_ui, is_portal_address, layer, lists, may_import};

const MAX_LINES: usize = 400;
const MAX_LINES_OF_A_PAGE: usize = 600;

/// A place in the sources, and what to do about it.
pub(crate) type Finding = String;

fn finding(source: &Source, at: usize, what: impl AsRef<str>) -> Finding {
    format!("{}:{}: {}", source.path, source.line(at), what.as_ref())
}

/// One finding per place where one of these words stands.
fn words(source: &Source, forbidden: &str, advice: &str) -> Vec<Finding> {
    let places = forbidden
        .split_whitespace()
        .flat_map(|word| source.words(word).into_iter().map(move |at| (at, word)));
    places
        .map(|(at, word)| finding(source, at, format!("`{word}`: {advice}")))
        .collect()
}

/// A rule that looks at one file at a time.
fn each(sources: &[Source], rule: impl Fn(&Source) -> Vec<Finding>) -> Vec<Finding> {
    sources.iter().flat_map(rule).collect()
}

pub(crate) fn layers_import_only_what_they_may(sources: &[Source]) -> Vec<Finding> {
    each(sources, |source| {
        let from = layer(source);
        let Some(may) = may_import(from) else {
            let what = format!("there is no layer `{from}`: put the file into one of the layers");
            return vec![finding(source, 0, what)];
        };
        let mut findings = Vec::new();
        for (at, path) in imports(source) {
            let to = may_import(path[0]).map_or("lib", |_| path[0]);
            if to != from && !lists(may, to) {
                let path = path.join("::");
                let what = format!("`{path}`: {from} may not import {to}, only: {may}");
                findings.push(finding(source, at, what));
            }
        }
        findings
    })
}

pub(crate) fn components_know_little_of_the_domain(sources: &[Source]) -> Vec<Finding> {
    each(sources, |source| {
        let other = |path: &[&str]| {
            path[0] == "domain" && path.get(1).is_none_or(|module| !is_for_ui(module))
        };
        let paths = imports(source)
            .into_iter()
            .filter(|(_, path)| layer(source) == "ui" && other(path));
        let advice = "a component that knows this belongs in parts";
        paths
            .map(|(at, path)| finding(source, at, format!("`{}`: {advice}", path.join("::"))))
            .collect()
    })
}

pub(crate) fn pages_do_not_import_pages(sources: &[Source]) -> Vec<Finding> {
    each(sources, |source| {
        let module = source.module();
        let [layer, page, ..] = module[..] else {
            return Vec::new();
        };
        let other = |path: &[&str]| path[0] == "pages" && path.get(1) != Some(&page);
        let paths = imports(source)
            .into_iter()
            .filter(|(_, path)| layer == "pages" && other(path));
        paths
            .map(|(at, _)| {
                finding(
                    source,
                    at,
                    "a page imports a page: move what they share to parts",
                )
            })
            .collect()
    })
}

pub(crate) fn wire_types_stay_in_the_api(sources: &[Source]) -> Vec<Finding> {
    each(sources, |source| {
        let advice = "the wire's types are the API's own: hand out a type of the domain";
        let wire = |path: &[&str]| path.starts_with(&["api", "wire"]);
        let used = imports(source)
            .into_iter()
            .filter(|(_, path)| layer(source) != "api" && wire(path));
        let mut findings: Vec<_> = used.map(|(at, _)| finding(source, at, advice)).collect();
        for at in source.words("wire") {
            let line = source.bare[..at].rfind('\n').map_or(0, |before| before + 1);
            let before = source.bare[line..at].trim_start();
            if before.starts_with("pub") && (before.contains(" mod ") || before.contains(" use ")) {
                findings.push(finding(source, at, advice));
            }
        }
        findings
    })
}

pub(crate) fn only_the_app_and_the_routes_name_the_router(sources: &[Source]) -> Vec<Finding> {
    each(sources, |source| match layer(source) {
        "app" | "routes" => Vec::new(),
        _ => words(
            source,
            "leptos_router",
            "take a `Route` and call `routes::go`",
        ),
    })
}

pub(crate) fn only_the_api_and_auth_fetch(sources: &[Source]) -> Vec<Finding> {
    const FETCHES: &str = "Request RequestInit XmlHttpRequest EventSource WebSocket Response";
    let advice = "only api/ and auth/ speak to a server";
    each(sources, |source| {
        if matches!(layer(source), "api" | "auth") {
            return Vec::new();
        }
        let mut findings = words(
            source,
            "gloo_net fetch_with_str fetch_with_request send_beacon",
            advice,
        );
        let paths = source.paths("web_sys").into_iter();
        let fetches =
            paths.filter(|(_, path)| path.get(1).is_some_and(|name| lists(FETCHES, name)));
        findings.extend(
            fetches
                .map(|(at, path)| finding(source, at, format!("`{}`: {advice}", path.join("::")))),
        );
        findings
    })
}

pub(crate) fn the_domain_is_pure(sources: &[Source]) -> Vec<Finding> {
    const IMPURE: &str = "leptos web_sys js_sys wasm_bindgen gloo_net SystemTime Instant std::fs \
        std::env std::net panic! unreachable! todo! unimplemented!";
    each(sources, |source| match layer(source) {
        "domain" => words(
            source,
            IMPURE,
            "the domain has no browser, no clock, no input or output and no panic",
        ),
        _ => Vec::new(),
    })
}

pub(crate) fn what_waits_ends_with_the_portal(sources: &[Source]) -> Vec<Finding> {
    let advice = "it would go on when the portal has gone: use platform::task::spawn_local";
    each(sources, |source| match source.path.as_str() {
        "src/platform/task.rs" => Vec::new(),
        _ => words(
            source,
            "leptos::task wasm_bindgen_futures::spawn_local",
            advice,
        ),
    })
}

pub(crate) fn text_is_never_markup(sources: &[Source]) -> Vec<Finding> {
    const MARKUP: &str = "inner_html set_inner_html outer_html set_outer_html insert_adjacent_html";
    each(sources, |source| {
        words(
            source,
            MARKUP,
            "what an API returns is text: make elements of it",
        )
    })
}

pub(crate) fn styles_are_set_by_property(sources: &[Source]) -> Vec<Finding> {
    let advice = "the content security policy refuses it: use a class, or `style:property=`";
    each(sources, |source| {
        let mut findings = words(source, "style=", advice);
        let set = source
            .literals()
            .filter(|(at, text)| *text == "style" && source.code[..*at].ends_with("attribute(\""));
        findings.extend(set.map(|(at, _)| finding(source, at, advice)));
        findings
    })
}

pub(crate) fn addresses_are_written_in_one_place(sources: &[Source]) -> Vec<Finding> {
    let is_path = |text: &str| {
        text.strip_prefix('/')
            .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_lowercase()))
    };
    each(sources, |source| {
        if matches!(layer(source), "routes" | "api" | "auth") {
            return Vec::new();
        }
        let paths = source
            .literals()
            .filter(|(_, text)| is_path(text) || is_portal_address(text));
        let advice = "portal addresses belong in routes.rs, those of an API in api/";
        paths
            .map(|(at, text)| finding(source, at, format!("{text:?}: {advice}")))
            .collect()
    })
}

pub(crate) fn nothing_unwraps(sources: &[Source]) -> Vec<Finding> {
    const UNWRAPS: &str = ".unwrap() ::unwrap .expect( ::expect .unwrap_throw() .expect_throw(";
    let advice = "a panic ends the portal: handle the other case";
    each(sources, |source| words(source, UNWRAPS, advice))
}

pub(crate) fn files_are_short(sources: &[Source]) -> Vec<Finding> {
    each(sources, |source| {
        let most = if layer(source) == "pages" {
            MAX_LINES_OF_A_PAGE
        } else {
            MAX_LINES
        };
        let lines = source.lines_without_tests();
        let advice = "split it by what the user sees, or by concept";
        (lines > most)
            .then(|| {
                finding(
                    source,
                    0,
                    format!("{lines} lines, at most {most}: {advice}"),
                )
            })
            .into_iter()
            .collect()
    })
}

pub(crate) fn modules_have_a_header(sources: &[Source]) -> Vec<Finding> {
    each(sources, |source| {
        let missing = !source.text.starts_with("//!") && !source.is_test();
        let advice = "begin with `//!` and say what lives here and what does not";
        missing
            .then(|| finding(source, 0, advice))
            .into_iter()
            .collect()
    })
}

pub(crate) fn pages_have_a_route(sources: &[Source]) -> Vec<Finding> {
    let routed = |page: &str| {
        let tops = sources
            .iter()
            .filter(|source| matches!(layer(source), "app" | "routes"));
        tops.into_iter().any(|source| {
            let named = [format!("pages::{page}"), format!("pages/{page}")];
            imports(source)
                .iter()
                .any(|(_, path)| path.starts_with(&["pages", page]))
                || named.iter().any(|name| source.text.contains(name))
        })
    };
    each(sources, |source| match source.module()[..] {
        ["pages", page, ..] if !routed(page) => {
            vec![finding(
                source,
                0,
                format!("no Route leads to pages::{page}: name it in app.rs or routes.rs"),
            )]
        }
        _ => Vec::new(),
    })
}

pub(crate) fn nothing_asks_the_document_for_elements(sources: &[Source]) -> Vec<Finding> {
    let advice = "use a NodeRef: several portals may stand in one document";
    each(sources, |source| {
        let mut findings = words(
            source,
            "get_element_by_id( get_elements_by_class_name(",
            advice,
        );
        for word in ["query_selector(", "query_selector_all("] {
            for at in source.words(word) {
                let statement = source.bare[..at]
                    .rsplit([';', '{', '}'])
                    .next()
                    .unwrap_or_default();
                if statement.contains("document") {
                    findings.push(finding(source, at, format!("`{word}`: {advice}")));
                }
            }
        }
        findings
    })
}
