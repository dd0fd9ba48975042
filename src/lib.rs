//! The customer's portal to a managed detection and response service: a page that runs wholly in the
//! browser and asks the services of a deployment directly.
//!
//! **Code map**, from what knows nothing to what knows everything; each room imports only rooms above
//! it, as `tests/layers.rs` checks:
//!
//! | room | what it holds |
//! |---|---|
//! | [`domain`] | pure Rust: what the portal knows and decides, no browser, no clock, no I/O |
//! | [`platform`] | thin adapters to the browser, one job each, no policy |
//! | [`auth`] | where tokens come from |
//! | [`api`] | the HTTP boundary: one function per endpoint, one error for all |
//! | [`reactive`] | signals, memos and effects behind one type of value |
//! | [`state`] | what outlives a page: the only owners of long-lived signals |
//! | [`routes`] | every address of the portal, parsed and printed |
//! | [`ui`] | components that know nothing of incidents |
//! | [`charts`] | drawing on a canvas, with a table for those who cannot see it |
//! | [`parts`] | views that know incidents and serve several pages |
//! | [`pages`] | one folder per address |
//! | [`app`] | providers, router, shell |

pub mod api;
pub mod app;
pub mod auth;
pub mod charts;
pub mod domain;
pub mod pages;
pub mod parts;
pub mod platform;
pub mod reactive;
pub mod routes;
pub mod state;
pub mod ui;

use std::cell::RefCell;
use wasm_bindgen::prelude::*;

/// Makes panics visible; called once, before anything else.
pub fn install_panic_hook() {
    platform::panic::install();
}

thread_local! {
    /// Ends the portal when dropped.
    static MOUNTED: RefCell<Option<Box<dyn std::any::Any>>> = const { RefCell::new(None) };
}

/// Puts the portal into an element, in place of one that was there before. `options.config` is the
/// text of `config.json`, or absent where it could not be fetched; `options.problem` then says why. Where
/// the page around gives the tokens, the options hold `getToken`, `signOut` and `subject` (`platform::host`).
/// Should the portal ever panic, the window gets an event `mdr-portal-panic`.
#[wasm_bindgen]
pub fn mount(element: web_sys::HtmlElement, options: &JsValue) {
    let member = |name: &str| {
        js_sys::Reflect::get(options, &name.into())
            .ok()?
            .as_string()
    };
    let text = member("config");
    let problem = member("problem");
    unmount();
    platform::host::offer(options);
    element.set_text_content(None);
    let handle =
        leptos::mount::mount_to(element, move || app::App(app::AppProps { text, problem }));
    MOUNTED.set(Some(Box::new(handle)));
}

/// Takes the portal out of its element. What is on its way then is as if the tab had been closed:
/// decisions that no service has confirmed are looked up at the next start.
#[wasm_bindgen]
pub fn unmount() {
    platform::task::end_all();
    MOUNTED.take();
}
