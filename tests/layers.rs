//! The rules of the house, checked on the source text: who may import whom, and what stands in one place only.
//!
//! Every rule is a function from the sources to its findings, and a test that also proves, on a small bad
//! sample, that the rule can fail. A rule is changed here and in the map of `src/lib.rs` together, never bypassed.

#[path = "layers/rule.rs"]
mod rule;
#[path = "layers/source.rs"]
mod source;
#[path = "layers/table.rs"]
mod table;

use source::Source;
use std::path::Path;

/// Makes a test of every rule: it fails on each bad sample, passes each good one, and holds for the sources.
macro_rules! rules {
    ($($name:ident { bad: [$(($bad_path:expr, $bad:expr)),* $(,)?], good: [$(($good_path:expr, $good:expr)),* $(,)?] })*) => {
        $(
            #[test]
            fn $name() {
                for (path, text) in [$(($bad_path, $bad)),*] {
                    assert!(!rule::$name(&[Source::new(path, text)]).is_empty(), "the rule misses this in {path}:\n{text}");
                }
                for (path, text) in [$(($good_path, $good)),*] as [(&str, &str); _] {
                    assert_eq!(rule::$name(&[Source::new(path, text)]), [""; 0], "the rule refuses this in {path}:\n{text}");
                }
                let findings = rule::$name(&Source::all(Path::new(env!("CARGO_MANIFEST_DIR"))));
                assert!(findings.is_empty(), "\n{}\n", findings.join("\n"));
            }
        )*
    };
}

rules! {
    layers_import_only_what_they_may {
        bad: [
            ("src/ui/button.rs", "use crate::state::session;"),
            ("src/domain/time.rs", "fn now() -> i64 { crate::platform::clock::now() }"),
            ("src/ui/grid.rs", "use crate::{\n    domain::time,\n    parts::badges,\n};"),
            ("src/parts/ask.rs", "use super::super::pages::home;"),
            ("src/lib.rs", "use domain::time;"),
            ("src/main.rs", "fn main() { mdr_portal::state::start(); }"),
            ("src/app.rs", "use crate::Options;"),
            ("src/helpers/text.rs", "//! A room that is not in the plan."),
        ],
        good: [
            ("src/pages/home.rs", "use crate::{parts::badges, state};\nuse super::super::ui::grid;"),
            ("src/domain/alert.rs", "use super::severity::Severity;\nuse crate::domain::time;"),
            ("src/main.rs", "fn main() { mdr_portal::platform::panic::install(); }"),
            ("src/lib.rs", "mod app;\nmod domain;\nuse app::App;"),
            ("src/ui/button.rs", "// Not crate::state.\npub(crate) fn f() {}"),
            ("src/domain/time.rs", "#[cfg(test)]\nmod tests {\n    use crate::platform;\n}\n"),
        ]
    }
    components_know_little_of_the_domain {
        bad: [
            ("src/ui/grid.rs", "use crate::domain::incident::Incident;"),
            ("src/ui/grid.rs", "use crate::domain::{time, alert};"),
        ],
        good: [
            ("src/ui/grid.rs", "use crate::domain::{selection::Selection, time};"),
            ("src/parts/grid.rs", "use crate::domain::incident;"),
        ]
    }
    pages_do_not_import_pages {
        bad: [
            ("src/pages/home.rs", "use crate::pages::incidents::Queue;"),
            ("src/pages/home/cards.rs", "use super::super::incidents::Queue;"),
        ],
        good: [
            ("src/pages/home/cards.rs", "use super::text;\nuse crate::pages::home::text;"),
            ("src/app.rs", "use crate::pages::{home, incidents};"),
        ]
    }
    wire_types_stay_in_the_api {
        bad: [
            ("src/state/incidents.rs", "use crate::api::wire::Incident;"),
            ("src/api.rs", "pub mod wire;"),
            ("src/api/mod.rs", "pub(crate) use self::wire::Incident;"),
        ],
        good: [("src/api.rs", "mod wire;"), ("src/api/graph.rs", "use super::wire::incident;")]
    }
    only_the_app_and_the_routes_name_the_router {
        bad: [("src/pages/home.rs", "use leptos_router::components::A;")],
        good: [("src/routes.rs", "use leptos_router::hooks::use_navigate;"), ("src/app.rs", "use leptos_router::components::Router;")]
    }
    only_the_api_and_auth_fetch {
        bad: [
            ("src/state/incidents.rs", "use gloo_net::http::Request;"),
            ("src/pages/home.rs", "use web_sys::{Element, Request};"),
            ("src/platform/http.rs", "window.fetch_with_str(url)"),
        ],
        good: [("src/api/client.rs", "use web_sys::{AbortSignal, Request};"), ("src/ui/menu.rs", "use web_sys::Element;")]
    }
    the_domain_is_pure {
        bad: [
            ("src/domain/time.rs", "use std::time::SystemTime;"),
            ("src/domain/task.rs", "use leptos::prelude::*;"),
            ("src/domain/id.rs", "fn f() { panic!(\"no\") }"),
            ("src/domain/csv.rs", "fn f() { let d = js_sys::Date::now(); }"),
        ],
        good: [("src/domain/time.rs", "use std::time::Duration;"), ("src/ui/menu.rs", "use leptos::prelude::*;")]
    }
    what_waits_ends_with_the_portal {
        bad: [("src/state/session.rs", "use leptos::task::spawn_local;")],
        good: [
            ("src/state/session.rs", "use crate::platform::task::spawn_local;"),
            ("src/platform/task.rs", "leptos::task::spawn_local(future);"),
        ]
    }
    text_is_never_markup {
        bad: [
            ("src/parts/evidence.rs", "view! { <p inner_html=text/> }"),
            ("src/ui/tooltip.rs", "element.set_inner_html(&text);"),
        ],
        good: [("src/parts/evidence.rs", "// No inner_html here.\nview! { <p>{text}</p> }")]
    }
    styles_are_set_by_property {
        bad: [
            ("src/ui/grid.rs", "view! { <div style=\"top: 0\"/> }"),
            ("src/ui/grid.rs", "view! { <div style=move || top.get()/> }"),
            ("src/ui/grid.rs", "element.set_attribute(\"style\", \"top: 0\")"),
        ],
        good: [("src/ui/grid.rs", "let style = 1; view! { <div style:top=top class=style/> }")]
    }
    addresses_are_written_in_one_place {
        bad: [
            ("src/pages/home.rs", "view! { <a href=\"/incidents\">Incidents</a> }"),
            ("src/parts/ask.rs", "format!(\"{base}/messages/{id}\")"),
            ("src/state/incidents.rs", "client.get(\"/security/incidents\")"),
        ],
        good: [
            ("src/routes.rs", "\"/incidents\""),
            ("src/api/graph.rs", "\"/security/incidents\""),
            ("src/domain/csv.rs", "// \"/incidents\"\nlet unit = \"{count} / hour\"; let end = \"/\";"),
        ]
    }
    nothing_unwraps {
        bad: [
            ("src/api/client.rs", "let x = answer\n    .unwrap();"),
            ("src/state/session.rs", "let x = user.expect(\"signed in\");"),
            ("src/state/session.rs", "users.map(Option::unwrap)"),
        ],
        good: [
            ("src/api/client.rs", "#[expect(clippy::too_many_lines)]\nlet x = answer.map(Option::unwrap_or_default);"),
            ("src/domain/task/tests.rs", "fn g() { f().unwrap(); }"),
            ("src/domain/id.rs", "fn f() {}\n\n#[cfg(test)]\nmod tests {\n    fn g() { f().unwrap(); }\n}\n"),
        ]
    }
    files_are_short {
        bad: [("src/ui/grid.rs", &"x\n".repeat(401)), ("src/pages/home.rs", &"x\n".repeat(601))],
        good: [
            ("src/pages/home.rs", &"x\n".repeat(600)),
            ("src/ui/grid.rs", &format!("{}#[cfg(test)]\nmod tests {{\n{}}}\n", "x\n".repeat(400), "    x\n".repeat(300))),
        ]
    }
    modules_have_a_header {
        bad: [("src/ui/grid.rs", "use leptos::prelude::*;\n//! Too late.")],
        good: [("src/ui/grid.rs", "//! Rows and columns.\n"), ("src/ui/grid/tests.rs", "use super::*;")]
    }
    pages_have_a_route {
        bad: [("src/pages/ghost.rs", ""), ("src/pages/ghost/text.rs", "")],
        good: [("src/pages.rs", "pub mod ghost;")]
    }
    nothing_asks_the_document_for_elements {
        bad: [
            ("src/ui/menu.rs", "document().get_element_by_id(\"menu\")"),
            ("src/ui/menu.rs", "let menu = document()\n    .query_selector(\".menu\");"),
        ],
        good: [("src/ui/menu.rs", "let document = 1;\nlet item = root.query_selector(\"[role=menuitem]\");")]
    }
}

#[test]
fn a_finding_names_the_place_and_what_to_do() {
    let source = Source::new(
        "src/ui/button.rs",
        "//! A button.\nuse crate::state::session;",
    );
    let findings = rule::layers_import_only_what_they_may(&[source]);
    let expected = "src/ui/button.rs:2: `state::session`: ui may not import state, only: domain routes platform reactive";
    assert_eq!(findings, [expected]);
}

#[test]
fn a_page_that_the_app_names_has_a_route() {
    let page = || Source::new("src/pages/home/text.rs", "");
    let app = Source::new("src/app.rs", "use crate::pages::{home, incidents};");
    assert_eq!(rule::pages_have_a_route(&[page(), app]), [""; 0]);
    assert_eq!(rule::pages_have_a_route(&[page()]).len(), 1);
}
