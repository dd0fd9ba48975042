//! What a person sees when the portal itself breaks: a panel drawn with plain DOM calls, as nothing
//! of the portal's own can be relied on any more.

use wasm_bindgen::JsValue;

/// Reports a panic on the console and over the page, with a way out.
pub fn install() {
    std::panic::set_hook(Box::new(|info| {
        let report = info.to_string();
        web_sys::console::error_1(&JsValue::from_str(&report));
        drop(overlay(&report));
    }));
}

fn overlay(report: &str) -> Result<(), JsValue> {
    let document = web_sys::window()
        .and_then(|w| w.document())
        .ok_or(JsValue::NULL)?;
    let body = document.body().ok_or(JsValue::NULL)?;
    let element = |tag: &str, text: &str| -> Result<web_sys::Element, JsValue> {
        let element = document.create_element(tag)?;
        element.set_text_content(Some(text));
        Ok(element)
    };
    let panel = element("div", "")?;
    panel.set_attribute("class", "mdr mdr-panic")?;
    panel.set_attribute("role", "alertdialog")?;
    panel.set_attribute("aria-label", "The portal has stopped")?;
    panel.append_child(&element("h1", "The portal has stopped")?.into())?;
    let advice = "An error in the portal ended it. Nothing was sent because of it. Reload the page; if it happens again, send the report below to your administrator.";
    panel.append_child(&element("p", advice)?.into())?;
    // A link to the page itself reloads it without any script of ours.
    let reload = element("a", "Reload the page")?;
    reload.set_attribute("href", &super::location::href())?;
    reload.set_attribute("rel", "external")?;
    panel.append_child(&reload.into())?;
    panel.append_child(&element("pre", report)?.into())?;
    body.append_child(&panel.into())?;
    Ok(())
}
