//! The four looks of something that comes over the network: skeleton, content, content with an
//! age banner, error panel.

use super::dynamic::dynamic;
use super::env::env;
use super::error_panel::ErrorPanel;
use super::skeleton::Skeleton;
use super::stale_bar::StaleBar;
use crate::domain::error::ApiError;
use crate::domain::load::Load;
use crate::domain::time::Timestamp;
use crate::reactive::{Effect, Memo, Signal};
use leptos::prelude::*;

/// Draws a [`Load`]. The content is built once and then follows its signal, so that a refresh
/// moves neither focus nor scroll.
#[component]
pub fn LoadView<T, F>(
    /// What is loaded.
    #[prop(into)]
    load: Signal<Load<T>>,
    /// Its noun phrase, in title case for a sentence start, such as "The incident".
    #[prop(into)]
    what: String,
    /// What stands there while nothing is known; a plain skeleton otherwise.
    #[prop(optional, into)]
    skeleton: Option<ViewFn>,
    /// Asks for it again.
    #[prop(optional, into)]
    on_retry: Option<Callback<()>>,
    /// The content, for the value in a signal.
    children: F,
) -> impl IntoView
where
    T: Clone + PartialEq + Send + Sync + 'static,
    F: Fn(Signal<T>) -> AnyView + Send + Sync + 'static,
{
    let content = move || {
        let first = load.with_untracked(|load| load.value().cloned())?;
        let value = Memo::new(move |last: Option<&T>| {
            let now = load.try_get().and_then(|load| load.value().cloned());
            now.or_else(|| last.cloned())
                .unwrap_or_else(|| first.clone())
        });
        Some(children(value.into()))
    };
    let look = Signal::derive(move || {
        load.with(|load| match load {
            Load::Loading => Look::Skeleton,
            Load::Ready(..) => Look::Content(None),
            Load::Stale(_, at, error) => Look::Content(Some((*at, error.clone()))),
            Load::Failed(error) => Look::Failed(error.clone()),
        })
    });
    frame(look, what, skeleton, on_retry, Box::new(content))
}

#[derive(Clone, PartialEq)]
enum Look {
    Skeleton,
    Content(Option<(Timestamp, ApiError)>),
    Failed(ApiError),
}

fn frame(
    look: Signal<Look>,
    what: String,
    skeleton: Option<ViewFn>,
    on_retry: Option<Callback<()>>,
    content: Box<dyn Fn() -> Option<AnyView> + Send + Sync>,
) -> AnyView {
    // 0 skeleton, 1 content, 2 failed: the content is rebuilt only when this changes.
    let stage = Memo::new(move |_| match &*look.read() {
        Look::Skeleton => 0,
        Look::Content(_) => 1,
        Look::Failed(_) => 2,
    });
    let stale = Memo::new(move |_| match &*look.read() {
        Look::Content(stale) => stale.clone(),
        _ => None,
    });
    retry_when_back(look, on_retry);
    let banner = {
        let what = what.clone();
        move || {
            stale.get().map(|(at, error)| {
                let words = error.wording(&what);
                view! {
                    <StaleBar
                        text=format!("{}. {}", words.title, words.advice)
                        at=Some(at)
                        request_id=words.request_id
                        on_retry
                    />
                }
            })
        }
    };
    let body = move || match stage.get() {
        1 => content().into_any(),
        // A second failure may be another one than the first: it is drawn anew.
        2 => match look.get() {
            Look::Failed(error) => failed(error, what.clone(), on_retry),
            _ => ().into_any(),
        },
        _ => match &skeleton {
            Some(skeleton) => skeleton.run(),
            None => view! { <Skeleton /> }.into_any(),
        },
    };
    view! {
        {dynamic(banner)}
        {dynamic(body)}
    }
    .into_any()
}

/// What failed while there was no connection is asked for again when there is one.
fn retry_when_back(look: Signal<Look>, on_retry: Option<Callback<()>>) {
    let Some(on_retry) = on_retry else { return };
    let connected = env().connected;
    Effect::new(move |before: Option<bool>| {
        let now = connected.get();
        let failed = look.with_untracked(|look| {
            matches!(look, Look::Content(Some((_, error))) | Look::Failed(error) if error.worth_retrying())
        });
        if now && before == Some(false) && failed {
            on_retry.run(());
        }
        now
    });
}

fn failed(error: ApiError, what: String, on_retry: Option<Callback<()>>) -> AnyView {
    match on_retry {
        Some(on_retry) => view! { <ErrorPanel error what on_retry /> }.into_any(),
        None => view! { <ErrorPanel error what /> }.into_any(),
    }
}
