//! Names that only one tab of a browser holds at a time (Web Locks). Where the browser has none,
//! every tab gets what it asks for. What a name protects is its callers' decision.

use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

/// A name that is held until this is dropped, or the page is gone.
pub struct Lock(Option<Function>);

impl Drop for Lock {
    fn drop(&mut self) {
        if let Some(release) = &self.0 {
            drop(release.call0(&JsValue::NULL));
        }
    }
}

/// Takes a name. While another tab holds it, waits; without `wait`, gives `None`.
pub async fn take(name: &str, wait: bool) -> Option<Lock> {
    let granted = Promise::new(&mut |granted, failed| {
        let refused = failed.clone();
        if request(name, wait, granted, failed).is_err() {
            drop(refused.call0(&JsValue::NULL));
        }
    });
    match JsFuture::from(granted).await {
        Ok(release) if release.is_null() => None,
        Ok(release) => Some(Lock(release.dyn_into().ok())),
        Err(_) => Some(Lock(None)),
    }
}

/// Calls `granted` with the function that gives the name back, or with null; `failed` where the
/// browser has no locks, or refuses.
fn request(name: &str, wait: bool, granted: Function, failed: Function) -> Result<(), JsValue> {
    let window: JsValue = web_sys::window().into();
    let locks = Reflect::get(
        &Reflect::get(&window, &"navigator".into())?,
        &"locks".into(),
    )?;
    let ask: Function = Reflect::get(&locks, &"request".into())?.dyn_into()?;
    let options = Object::new();
    Reflect::set(&options, &"ifAvailable".into(), &(!wait).into())?;
    let hold = Closure::once_into_js(move |lock: JsValue| -> JsValue {
        if lock.is_null() {
            drop(granted.call1(&JsValue::NULL, &lock));
            return lock;
        }
        // The browser holds the name until this promise is fulfilled.
        let held = Promise::new(&mut |release, _| {
            drop(granted.call1(&JsValue::NULL, &release));
        });
        held.into()
    });
    let arguments = Array::of3(&name.into(), &options, &hold);
    let asked = Reflect::apply(&ask, &locks, &arguments)?;
    let catch: Function = Reflect::get(&asked, &"catch".into())?.dyn_into()?;
    catch.call1(&asked, &failed).map(drop)
}
