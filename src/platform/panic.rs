//! A panic ends the portal: nothing of its own can be relied on any more. The page that holds it is
//! told, and `boot.js` draws what a person sees.

use wasm_bindgen::JsValue;
use web_sys::{CustomEvent, CustomEventInit};

/// The event of the window that tells it; its `detail` says where and why.
const EVENT: &str = "mdr-portal-panic";

/// Reports a panic on the console and to the page.
pub fn install() {
    std::panic::set_hook(Box::new(|info| {
        let report = JsValue::from_str(&info.to_string());
        web_sys::console::error_1(&report);
        let said = CustomEventInit::new();
        said.set_detail(&report);
        if let (Some(window), Ok(event)) = (
            web_sys::window(),
            CustomEvent::new_with_event_init_dict(EVENT, &said),
        ) {
            drop(window.dispatch_event(&event));
        }
    }));
}
