//! Parts of the portal that come in files of their own, after what an analyst needs first: asked for
//! once, shown when they are here, and asked for again where they did not come.

use super::button::Button;
use super::dynamic::dynamic;
use super::empty::Empty;
use super::icon::Glyph;
use crate::platform::clock;
use crate::platform::split::Fetching;
use crate::platform::task::spawn_local;
use crate::reactive::{Effect, Memo, RwSignal};
use leptos::prelude::*;
use lexicon::t;

/// A part that comes late. `T` is what its file brings: functions that draw or begin something.
pub struct Late<T> {
    fetch: fn() -> Fetching<T>,
    state: RwSignal<State<T>>,
}

#[derive(Clone, Copy)]
enum State<T> {
    Absent,
    Coming,
    Here(T),
    Failed,
}

impl<T> Copy for Late<T> {}

impl<T> Clone for Late<T> {
    fn clone(&self) -> Late<T> {
        *self
    }
}

impl<T: Copy + Send + Sync + 'static> Late<T> {
    /// A part that nobody has asked for yet, and how it is fetched: `split!`.
    pub fn new(fetch: fn() -> Fetching<T>) -> Late<T> {
        Late {
            fetch,
            state: RwSignal::new(State::Absent),
        }
    }

    /// Fetches it, unless it is here or on its way.
    pub fn want(self) {
        let state = self.state.try_get_untracked();
        if !matches!(state, Some(State::Absent | State::Failed)) {
            return;
        }
        self.state.set(State::Coming);
        spawn_local(async move {
            let state = match (self.fetch)().await {
                Ok(part) => State::Here(part),
                Err(_) => State::Failed,
            };
            let _ = self.state.try_set(state);
        });
    }

    /// What it brought, followed; `None` until it is here.
    pub fn here(self) -> Option<T> {
        match self.state.get() {
            State::Here(part) => Some(part),
            _ => None,
        }
    }

    /// Draws it, `waiting` until then, and where it did not come that `what` is missing, with a way to
    /// ask for it again.
    pub fn show(
        self,
        what: &'static str,
        waiting: fn() -> AnyView,
        view: impl Fn(T) -> AnyView + Send + 'static,
    ) -> AnyView {
        dynamic(move || match self.state.get() {
            State::Here(part) => view(part),
            State::Failed => missing(what, Callback::new(move |()| self.want())),
            State::Absent | State::Coming => waiting(),
        })
    }
}

/// Calls `fetch` once `begun`, after what has come then has been painted; at once where that was before,
/// and in any case soon: a service that takes its time, or says nothing, must not keep a page waiting.
pub fn after(begun: Memo<bool>, fetch: impl Fn() + Clone + 'static) {
    if begun.get_untracked() {
        return fetch();
    }
    let late = fetch.clone();
    spawn_local(async move {
        clock::sleep(AT_LAST_MS).await;
        late();
    });
    Effect::new(move |done: Option<bool>| {
        let now = begun.get();
        if now && done != Some(true) {
            let fetch = fetch.clone();
            request_animation_frame(move || request_animation_frame(fetch));
        }
        now
    });
}

/// When files are fetched where nothing has begun.
const AT_LAST_MS: i32 = 2_000;

fn missing(what: &'static str, on_retry: Callback<()>) -> AnyView {
    view! {
        <div role="alert">
            <Empty
                glyph=Glyph::Error
                title=t!("{what} could not be loaded")
                text=Some(ADVICE.to_owned())
            >
                <Button on_click=on_retry>{t!("Try again")}</Button>
            </Empty>
        </div>
    }
    .into_any()
}

const ADVICE: &str = t!(
    "A part of the portal did not arrive. Check your network and try again. If it still does not come, reload: a newer version may have taken its place."
);
