//! Texts under keys in IndexedDB, written with strict durability: what is reported as kept survives
//! the browser being killed. Refused storage reads as empty and reports that it kept nothing. What
//! to keep, and for how long, is its callers' decision. All of it is one person's own: another person
//! at this device neither sees it nor sends it.

use super::clock;
use js_sys::{Array, Function, Object, Promise, Reflect};
use std::cell::{OnceCell, RefCell};
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

const NAME: &str = "mdr-portal";
const VERSION: u32 = 1;
/// A browser that takes longer has refused: nobody may wait for its disk before acting.
const PATIENCE_MS: i32 = 5_000;
/// The same of whoever is to say whose disk it is.
const OWNER_MS: i64 = 10_000;

thread_local! {
    /// Whose texts are asked for: every key on the disk begins with the name.
    static OWNER: RefCell<Rc<OnceCell<String>>> = RefCell::default();
}

/// Forgets whose texts are asked for: every question waits until somebody says it.
pub fn disown() {
    OWNER.take();
}

/// Says whose texts are asked for. Where nobody knows, the name is empty, and nothing is given or kept.
pub fn belongs_to(owner: String) {
    // Whoever it was first, it stays: what is open on the page is theirs.
    OWNER.with_borrow(|own| drop(own.set(owner)));
}

/// A key as it stands on the disk.
async fn own(key: &str) -> Result<String, JsValue> {
    let current = || OWNER.with_borrow(Rc::clone);
    let (owner, began) = (current(), clock::uptime());
    loop {
        // What was asked for one person is not answered for the next.
        let waits = || Rc::ptr_eq(&owner, &current()) && clock::uptime() - began < OWNER_MS;
        match owner.get() {
            Some(name) if !name.is_empty() => return Ok([name, "/", key].concat()),
            None if waits() => clock::sleep(20).await,
            _ => return Err(JsValue::NULL),
        }
    }
}

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

/// The browser keeps nothing for this page, or does not answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refused;

/// The text under a key.
pub async fn read(shelf: Shelf, key: &str) -> Result<Option<String>, Refused> {
    let read = async {
        let (store, key) = store(shelf, "readonly", key).await?;
        result(&call(&store, "get", &[key.into()])?).await
    };
    let text = read.await.map_err(|_: JsValue| Refused)?;
    Ok(text.as_string())
}

/// Every text whose key begins with `prefix`, with its key.
pub async fn read_all(shelf: Shelf, prefix: &str) -> Result<Vec<(String, String)>, Refused> {
    let read = async {
        let (store, own) = store(shelf, "readonly", prefix).await?;
        let range = range(&own)?;
        let keys = call(&store, "getAllKeys", std::slice::from_ref(&range))?;
        let values = call(&store, "getAll", &[range])?;
        let values = Array::from(&result(&values).await?);
        let keys = Array::from(&Reflect::get(&keys, &"result".into())?);
        let before = own.len() - prefix.len();
        let text = |(key, value): (JsValue, JsValue)| {
            let key = key.as_string()?.get(before..)?.to_owned();
            Some((key, value.as_string()?))
        };
        Ok(keys.iter().zip(values.iter()).filter_map(text).collect())
    };
    read.await.map_err(|_: JsValue| Refused)
}

/// Keeps a text; true once it is on the disk.
pub async fn write(shelf: Shelf, key: &str, text: &str) -> bool {
    change(shelf, key, Change::Put(text)).await.is_ok()
}

/// What `exchange` writes under one of its keys, by the key's place; `None` forgets the text.
pub type Write = (usize, Option<String>);

/// Reads what is under some keys and writes what `decide` makes of it, all in one transaction: no
/// other tab comes in between. Ready once it is on the disk.
pub async fn exchange(
    shelf: Shelf,
    keys: &[String],
    decide: &mut dyn FnMut(Vec<Option<String>>) -> Vec<Write>,
) -> Result<(), Refused> {
    let exchange = async {
        let (store, own) = store(shelf, "readwrite", "").await?;
        let all: Vec<_> = keys.iter().map(|key| own.clone() + key).collect();
        let transaction = Reflect::get(&store, &"transaction".into())?;
        let mut held = Vec::new();
        for key in &all {
            let text = result(&call(&store, "get", &[key.into()])?).await?;
            held.push(text.as_string());
        }
        for (place, text) in decide(held) {
            let Some(key) = all.get(place) else { continue };
            let written = match text {
                Some(text) => call(&store, "put", &[text.into(), key.into()]),
                None => call(&store, "delete", &[key.into()]),
            };
            if written.is_err() {
                call(&transaction, "abort", &[])?;
            }
        }
        settled(&transaction, "complete").await
    };
    exchange.await.map_err(|_: JsValue| Refused)
}

/// Forgets a text; true once that is on the disk.
pub async fn remove(shelf: Shelf, key: &str) -> bool {
    change(shelf, key, Change::Delete).await.is_ok()
}

/// Forgets every text whose key begins with `prefix`.
pub async fn remove_all(shelf: Shelf, prefix: &str) -> bool {
    change(shelf, prefix, Change::DeleteAll).await.is_ok()
}

/// The keys that begin with a text.
fn range(prefix: &str) -> Result<JsValue, JsValue> {
    let ranges = Reflect::get(&js_sys::global(), &"IDBKeyRange".into())?;
    let last = format!("{prefix}\u{ffff}");
    call(&ranges, "bound", &[prefix.into(), last.into()])
}

enum Change<'a> {
    Put(&'a str),
    Delete,
    /// Everything whose key begins so.
    DeleteAll,
}

async fn change(shelf: Shelf, key: &str, change: Change<'_>) -> Result<(), JsValue> {
    let (store, key) = store(shelf, "readwrite", key).await?;
    let transaction = Reflect::get(&store, &"transaction".into())?;
    match change {
        Change::Put(text) => call(&store, "put", &[text.into(), key.into()])?,
        Change::Delete => call(&store, "delete", &[key.into()])?,
        Change::DeleteAll => call(&store, "delete", &[range(&key)?])?,
    };
    settled(&transaction, "complete").await
}

/// The store of a shelf in a transaction of its own, and the owner's key there. It has to be used at once: a
/// transaction that nothing is asked of ends by itself.
async fn store(shelf: Shelf, mode: &str, key: &str) -> Result<(JsValue, String), JsValue> {
    let key = own(key).await?;
    let database = open().await?;
    let options = Object::new();
    Reflect::set(&options, &"durability".into(), &"strict".into())?;
    let arguments = [shelf.name().into(), mode.into(), options.into()];
    let transaction = call(&database, "transaction", &arguments)?;
    // Closing waits for the transaction; an open connection would block another tab's upgrade.
    call(&database, "close", &[])?;
    let store = call(&transaction, "objectStore", &[shelf.name().into()])?;
    Ok((store, key))
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
    result(&request).await
}

/// What a request answers.
async fn result(request: &JsValue) -> Result<JsValue, JsValue> {
    settled(request, "success").await?;
    Reflect::get(request, &"result".into())
}

/// Resolves at an event of a request or a transaction, fails at its error, abort or block, and when
/// patience ends.
async fn settled(target: &JsValue, event: &str) -> Result<(), JsValue> {
    let promise = Promise::new(&mut |resolve, reject| {
        drop(Reflect::set(target, &format!("on{event}").into(), &resolve));
        for failure in ["onerror", "onabort", "onblocked"] {
            drop(Reflect::set(target, &failure.into(), &reject));
        }
        if let Some(window) = web_sys::window() {
            drop(
                window.set_timeout_with_callback_and_timeout_and_arguments_0(&reject, PATIENCE_MS),
            );
        }
    });
    JsFuture::from(promise).await.map(drop)
}

fn call(target: &JsValue, method: &str, arguments: &[JsValue]) -> Result<JsValue, JsValue> {
    let function: Function = Reflect::get(target, &method.into())?.dyn_into()?;
    Reflect::apply(&function, target, &arguments.iter().collect::<Array>())
}
