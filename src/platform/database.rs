//! Texts under keys in IndexedDB, written with strict durability: what is reported as kept survives
//! the browser being killed. Refused storage reads as empty and reports that it kept nothing. What
//! to keep, and for how long, is its callers' decision.

use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

const NAME: &str = "mdr-portal";
const VERSION: u32 = 1;

/// The kinds of text that are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shelf {
    /// What somebody has typed and not sent.
    Drafts,
    /// What somebody has decided and no server has confirmed.
    Outbox,
}

impl Shelf {
    const ALL: [Shelf; 2] = [Shelf::Drafts, Shelf::Outbox];

    fn name(self) -> &'static str {
        ["drafts", "outbox"][self as usize]
    }
}

/// The text under a key.
pub async fn read(shelf: Shelf, key: &str) -> Option<String> {
    let store = store(shelf, "readonly").await.ok()?;
    let request = call(&store, "get", &[key.into()]).ok()?;
    settled(&request, "success").await.ok()?;
    Reflect::get(&request, &"result".into()).ok()?.as_string()
}

/// Every text of a shelf with its key.
pub async fn read_all(shelf: Shelf) -> Vec<(String, String)> {
    let read = async {
        let store = store(shelf, "readonly").await?;
        let keys = call(&store, "getAllKeys", &[])?;
        let values = call(&store, "getAll", &[])?;
        settled(&values, "success").await?;
        let list =
            |request: &JsValue| Reflect::get(request, &"result".into()).map(|l| Array::from(&l));
        Ok::<_, JsValue>(
            list(&keys)?
                .iter()
                .zip(list(&values)?.iter())
                .collect::<Vec<_>>(),
        )
    };
    let pairs = read.await.unwrap_or_default();
    pairs
        .into_iter()
        .filter_map(|(key, value)| Some((key.as_string()?, value.as_string()?)))
        .collect()
}

/// Keeps a text; true once it is on the disk.
pub async fn write(shelf: Shelf, key: &str, text: &str) -> bool {
    change(shelf, "put", &[text.into(), key.into()])
        .await
        .is_ok()
}

/// Forgets a text; true once that is on the disk.
pub async fn remove(shelf: Shelf, key: &str) -> bool {
    change(shelf, "delete", &[key.into()]).await.is_ok()
}

/// Forgets everything on a shelf.
pub async fn clear(shelf: Shelf) -> bool {
    change(shelf, "clear", &[]).await.is_ok()
}

async fn change(shelf: Shelf, method: &str, arguments: &[JsValue]) -> Result<(), JsValue> {
    let store = store(shelf, "readwrite").await?;
    let transaction = Reflect::get(&store, &"transaction".into())?;
    call(&store, method, arguments)?;
    settled(&transaction, "complete").await
}

/// The store of a shelf in a transaction of its own. It has to be used at once: a transaction that
/// nothing is asked of ends by itself.
async fn store(shelf: Shelf, mode: &str) -> Result<JsValue, JsValue> {
    let database = open().await?;
    let options = Object::new();
    Reflect::set(&options, &"durability".into(), &"strict".into())?;
    let arguments = [shelf.name().into(), mode.into(), options.into()];
    let transaction = call(&database, "transaction", &arguments)?;
    // Closing waits for the transaction; an open connection would block another tab's upgrade.
    call(&database, "close", &[])?;
    call(&transaction, "objectStore", &[shelf.name().into()])
}

async fn open() -> Result<JsValue, JsValue> {
    let factory = Reflect::get(&js_sys::global(), &"indexedDB".into())?;
    let request = call(&factory, "open", &[NAME.into(), VERSION.into()])?;
    let upgraded = request.clone();
    let upgrade = Closure::once_into_js(move || -> Result<(), JsValue> {
        let database = Reflect::get(&upgraded, &"result".into())?;
        for shelf in Shelf::ALL {
            call(&database, "createObjectStore", &[shelf.name().into()])?;
        }
        Ok(())
    });
    Reflect::set(&request, &"onupgradeneeded".into(), &upgrade)?;
    settled(&request, "success").await?;
    Reflect::get(&request, &"result".into())
}

/// Resolves at an event of a request or a transaction, fails at its error, abort or block.
async fn settled(target: &JsValue, event: &str) -> Result<(), JsValue> {
    let promise = Promise::new(&mut |resolve, reject| {
        drop(Reflect::set(target, &format!("on{event}").into(), &resolve));
        for failure in ["onerror", "onabort", "onblocked"] {
            drop(Reflect::set(target, &failure.into(), &reject));
        }
    });
    JsFuture::from(promise).await.map(drop)
}

fn call(target: &JsValue, method: &str, arguments: &[JsValue]) -> Result<JsValue, JsValue> {
    let function: Function = Reflect::get(target, &method.into())?.dyn_into()?;
    Reflect::apply(&function, target, &arguments.iter().collect::<Array>())
}
