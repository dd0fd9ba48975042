//! The step rail of a wizard: where one is, what is done, what is still to come.

use super::dynamic::{CollectAny, dynamic};
use super::icon::{Glyph, Icon};
use crate::reactive::Signal;
use leptos::prelude::*;
use lexicon::t;

/// How a step stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Its turn has not come.
    Ahead,
    /// Filled in.
    Done,
    /// Something in it has to be mended.
    Wrong,
}

/// One step.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// Its name.
    pub title: String,
    /// How it stands.
    pub standing: Standing,
    /// Where it is; a step without an address cannot be gone to yet.
    pub href: Option<String>,
}

/// The rail.
#[component]
pub fn Steps(
    /// The wizard's name.
    #[prop(into)]
    label: Signal<String>,
    /// The steps in order.
    #[prop(into)]
    steps: Signal<Vec<Step>>,
    /// The one shown, counted from 0.
    #[prop(into)]
    current: Signal<usize>,
) -> impl IntoView {
    let one = move |(at, step): (usize, Step)| {
        let (class, mark, words) = match step.standing {
            Standing::Done => (
                "step done",
                view! { <Icon glyph=Glyph::Check /> }.into_any(),
                t!(" (done)"),
            ),
            Standing::Wrong => (
                "step wrong",
                view! { <Icon glyph=Glyph::Warning /> }.into_any(),
                t!(" (to be mended)"),
            ),
            Standing::Ahead => ("step", (at + 1).into_any(), ""),
        };
        let inside = view! {
            <span class="step-mark" aria-hidden="true">{mark}</span>
            <span class="step-title">
                {step.title} <span class="visually-hidden">{words}</span>
            </span>
        };
        let here = move || (current.get() == at).then_some("step");
        let inside = match step.href {
            Some(href) => {
                view! { <a class=class href=href aria-current=here>{inside}</a> }.into_any()
            }
            None => view! { <span class=class aria-current=here>{inside}</span> }.into_any(),
        };
        view! { <li>{inside}</li> }
    };
    view! {
        <nav class="steps" aria-label=move || label.get()>
            <p class="steps-where">
                {move || t!("Step {} of {}", current.get() + 1, steps.read().len())}
            </p>
            <ol>{dynamic(move || steps.get().into_iter().enumerate().map(one).collect_any())}</ol>
        </nav>
    }
    .into_any()
}
