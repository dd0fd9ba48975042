//! The page around the portal: what it mounts the portal with, and a message port to it where the portal is
//! in a frame. What is asked of it is `auth::host`'s work.

use super::{clock, crypto};
use js_sys::{Array, Function, Object, Promise, Reflect};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{MessageEvent, MessagePort};

/// A page that does not answer within this is taken for one that never will.
const PATIENCE_MS: i32 = 10_000;

thread_local! {
    /// What the portal was mounted with.
    static OPTIONS: RefCell<JsValue> = const { RefCell::new(JsValue::NULL) };
}

/// Keeps what the portal is mounted with: `getToken({ resource, scopes, claims, forceRefresh })`, which
/// promises `{ accessToken, expiresOn }`; `signOut()`; and `subject`, the page's own name for who is signed in.
pub fn offer(options: &JsValue) {
    OPTIONS.set(options.clone());
}

/// Whether the page can sign the person out.
pub fn can_sign_out() -> bool {
    signs_out().is_ok()
}

/// Has the page sign the person out, where it can.
pub async fn sign_out() {
    if let Ok(answer) = signs_out().and_then(|function| function.call0(&JsValue::NULL)) {
        drop(JsFuture::from(Promise::resolve(&answer)).await);
    }
}

fn signs_out() -> Result<Function, JsValue> {
    OPTIONS.with_borrow(|options| get(options, "signOut").dyn_into())
}

/// What a token is wanted for.
pub struct Question<'a> {
    pub resource: &'static str,
    pub scopes: &'a [String],
    /// What a service wants to be told about the sign-in, as JSON.
    pub claims: Option<String>,
    /// The token at hand has been refused.
    pub force: bool,
}

/// A token, and when it ends by the computer's clock, where that is told.
pub struct Token {
    pub token: String,
    pub ends: Option<i64>,
}

/// Where tokens come from, and the page's own name for who is signed in, if it tells one.
pub type Found = (Source, Option<String>);

/// Where tokens come from.
#[derive(Clone)]
pub enum Source {
    Function(Function),
    Port(Rc<MessagePort>),
}

impl Source {
    /// The function that the portal was mounted with.
    pub fn mounted() -> Option<Found> {
        OPTIONS.with_borrow(|options| {
            let function = get(options, "getToken").dyn_into().ok()?;
            Some((Source::Function(function), subject(options)))
        })
    }

    /// A port to the page around this frame: it is greeted, and answers with the port and the greeting's
    /// number, and with a `subject` where it has a name for who is signed in. Nobody but the given origins is
    /// greeted or heard.
    pub async fn around(origins: &[String]) -> Option<Found> {
        let window = web_sys::window()?;
        let parent = window.parent().ok().flatten()?;
        let nonce = crypto::uuid()?;
        let (expected, from) = (nonce.clone(), parent.clone());
        let allowed = origins.to_vec();
        let answer = first(move |found| {
            Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
                let source = event.source().map(JsValue::from);
                let known =
                    allowed.contains(&event.origin()) && source == Some(from.clone().into());
                let port = event.ports().get(0).dyn_into::<MessagePort>();
                let echoed = get(&event.data(), "nonce").as_string();
                if let (true, Ok(port), true) = (known, port, echoed.as_ref() == Some(&expected)) {
                    let answer = [("port", port.into()), ("welcome", event.data())];
                    drop(found.call1(&JsValue::NULL, &object(&answer)));
                }
            })
        })?;
        let hear = answer.heard.as_ref().unchecked_ref();
        window
            .add_event_listener_with_callback("message", hear)
            .ok()?;
        let hello = object(&[
            ("type", "experts.hello".into()),
            ("v", 1.into()),
            ("nonce", nonce.into()),
        ]);
        for origin in origins {
            drop(parent.post_message(&hello, origin));
        }
        let answer = answer.wait().await;
        drop(window.remove_event_listener_with_callback("message", hear));
        let answer = answer?;
        let port: MessagePort = get(&answer, "port").dyn_into().ok()?;
        port.start();
        let subject = subject(&get(&answer, "welcome"));
        Some((Source::Port(Rc::new(port)), subject))
    }

    /// A token; `Err` where the page has none, or does not answer.
    pub async fn token(&self, question: &Question<'_>) -> Result<Token, ()> {
        let scopes: Array = question.scopes.iter().map(JsValue::from).collect();
        let claims = question
            .claims
            .as_deref()
            .map_or(JsValue::UNDEFINED, JsValue::from);
        let mut members = vec![
            ("resource", question.resource.into()),
            ("scopes", scopes.into()),
            ("claims", claims),
            ("forceRefresh", question.force.into()),
        ];
        let answer = match self {
            Source::Function(function) => {
                let promise = function
                    .call1(&JsValue::NULL, &object(&members))
                    .map_err(drop)?;
                JsFuture::from(Promise::resolve(&promise))
                    .await
                    .map_err(drop)?
            }
            Source::Port(port) => {
                let id = crypto::uuid().ok_or(())?;
                members.push(("id", id.as_str().into()));
                members.push(("type", "token.request".into()));
                let asked = id.clone();
                let answer = first(move |found| {
                    Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
                        if get(&event.data(), "id").as_string().as_ref() == Some(&asked) {
                            drop(found.call1(&JsValue::NULL, &event.data()));
                        }
                    })
                })
                .ok_or(())?;
                let hear = answer.heard.as_ref().unchecked_ref();
                port.add_event_listener_with_callback("message", hear)
                    .map_err(drop)?;
                drop(port.post_message(&object(&members)));
                let said = answer.wait().await;
                drop(port.remove_event_listener_with_callback("message", hear));
                said.ok_or(())?
            }
        };
        let token = get(&answer, "accessToken")
            .as_string()
            .filter(|token| !token.is_empty());
        Ok(Token {
            token: token.ok_or(())?,
            ends: instant(&get(&answer, "expiresOn")),
        })
    }
}

/// A page's own name for who is signed in, under which drafts are kept.
fn subject(told: &JsValue) -> Option<String> {
    let subject = get(told, "subject").as_string();
    subject.filter(|subject| !subject.is_empty())
}

/// Milliseconds since 1970 of a date, a text that is one, or a number of them.
fn instant(value: &JsValue) -> Option<i64> {
    if value.is_undefined() || value.is_null() {
        return None;
    }
    let at = js_sys::Date::new(value).get_time();
    #[expect(
        clippy::cast_possible_truncation,
        reason = "instants of this era are exact in a double"
    )]
    at.is_finite().then_some(at as i64)
}

/// Something that is waited for, and what hears it.
struct Waiting {
    heard: Closure<dyn Fn(MessageEvent)>,
    promise: Promise,
}

impl Waiting {
    /// What came first; `None` where nothing did.
    async fn wait(&self) -> Option<JsValue> {
        let patience = wasm_bindgen_futures::future_to_promise(async {
            clock::sleep(PATIENCE_MS).await;
            Ok(JsValue::NULL)
        });
        let race = Promise::race(&Array::of2(&self.promise, &patience));
        let came = JsFuture::from(race).await.ok()?;
        (!came.is_null()).then_some(came)
    }
}

/// The first thing that a listener finds.
fn first(listener: impl FnOnce(Function) -> Closure<dyn Fn(MessageEvent)>) -> Option<Waiting> {
    let mut found = None;
    let promise = Promise::new(&mut |resolve, _| found = Some(resolve));
    Some(Waiting {
        heard: listener(found?),
        promise,
    })
}

fn get(value: &JsValue, name: &str) -> JsValue {
    Reflect::get(value, &name.into()).unwrap_or(JsValue::UNDEFINED)
}

fn object(members: &[(&str, JsValue)]) -> JsValue {
    let made = Object::new();
    for (name, value) in members {
        drop(Reflect::set(&made, &(*name).into(), value));
    }
    made.into()
}
