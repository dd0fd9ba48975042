//! The four looks of something that comes over the network: skeleton, content, content with an
//! age banner, error panel.

use super::badge::Tone;
use super::button::{Button, ButtonKind};
use super::dynamic::dynamic;
use super::error_panel::ErrorPanel;
use super::message_bar::MessageBar;
use super::skeleton::Skeleton;
use crate::domain::error::ApiError;
use crate::domain::load::Load;
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
        let value = Memo::new_with_compare(
            move |last: Option<&T>| {
                let now = load.try_with(|load| load.value().cloned()).flatten();
                now.or_else(|| last.cloned())
                    .unwrap_or_else(|| first.clone())
            },
            |a, b| a != b,
        );
        Some(children(value.into()))
    };
    let look = Signal::derive(move || {
        load.with(|load| match load {
            Load::Loading => Look::Skeleton,
            Load::Ready(_) => Look::Content(None),
            Load::Stale(_, error) => Look::Content(Some(error.clone())),
            Load::Failed(error) => Look::Failed(error.clone()),
        })
    });
    frame(look, what, skeleton, on_retry, Box::new(content))
}

#[derive(Clone, PartialEq)]
enum Look {
    Skeleton,
    Content(Option<ApiError>),
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
        Look::Content(error) => error.clone(),
        _ => None,
    });
    let banner = {
        let what = what.clone();
        move || {
            stale.get().map(|error| {
                let words = error.wording(&what);
                view! {
                    <div class="stale">
                    <MessageBar
                        tone=Tone::Warning
                        title="Not up to date."
                        text=format!("{}. {}", words.title, words.advice)
                    >
                        {on_retry
                            .map(|on_retry| {
                                view! {
                                    <Button kind=ButtonKind::Subtle small=true on_click=on_retry>
                                        "Try again"
                                    </Button>
                                }
                            })}
                    </MessageBar>
                    </div>
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

fn failed(error: ApiError, what: String, on_retry: Option<Callback<()>>) -> AnyView {
    match on_retry {
        Some(on_retry) => view! { <ErrorPanel error what on_retry /> }.into_any(),
        None => view! { <ErrorPanel error what /> }.into_any(),
    }
}
