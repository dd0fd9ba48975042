//! The browser's own notifications, where somebody has allowed them. What is said in them, and when, is
//! the callers' decision.

use js_sys::{Array, Function, Object, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

fn notification() -> Option<Function> {
    let found = Reflect::get(&js_sys::global(), &"Notification".into()).ok()?;
    found.dyn_into().ok()
}

/// `granted`, `denied` or `default`; `denied` where the browser has none.
pub fn permission() -> String {
    let asked = notification().and_then(|it| Reflect::get(&it, &"permission".into()).ok());
    let known = asked.and_then(|permission| permission.as_string());
    known.unwrap_or_else(|| "denied".into())
}

/// Asks the person; whether they allow it. Has to follow a click.
pub async fn ask() -> bool {
    let asked = || -> Result<js_sys::Promise, JsValue> {
        let it = notification().ok_or(JsValue::NULL)?;
        let ask: Function = Reflect::get(&it, &"requestPermission".into())?.dyn_into()?;
        ask.call0(&it)?.dyn_into()
    };
    let answer = match asked() {
        Ok(promise) => JsFuture::from(promise).await,
        Err(error) => Err(error),
    };
    answer.is_ok_and(|answer| answer.as_string().as_deref() == Some("granted"))
}

/// Shows one; `tag` replaces another of the same name.
pub fn show(title: &str, body: &str, tag: &str) {
    let shown = || -> Result<JsValue, JsValue> {
        let it = notification().ok_or(JsValue::NULL)?;
        let options = Object::new();
        Reflect::set(&options, &"body".into(), &body.into())?;
        Reflect::set(&options, &"tag".into(), &tag.into())?;
        Reflect::construct(&it, &Array::of2(&title.into(), &options))
    };
    drop(shown());
}
