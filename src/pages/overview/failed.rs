//! The actions that have failed: how many, and each with the way to where it is decided.

use super::{text, told};
use crate::domain::failed_action::FailedAction;
use crate::domain::text::visible;
use crate::platform::document;
use crate::reactive::Signal;
use crate::routes::{Route, navigator};
use crate::state::failed_actions::FailedActions;
use crate::ui::badge::{Badge, Tone};
use crate::ui::dynamic::{CollectAny, dynamic};
use crate::ui::load_view::LoadView;
use crate::ui::time::Time;
use leptos::html;
use leptos::prelude::*;

/// Their number, which leads to the list further down the page.
pub(super) fn figure(failed: FailedActions, heading: NodeRef<html::H2>) -> AnyView {
    let list = failed.list();
    let count = move || {
        let list = list.read();
        told(list.value().map(Vec::len), list.error())
    };
    let go = move |_| {
        if let Some(heading) = heading.try_get_untracked().flatten() {
            heading.scroll_into_view();
            document::focus_quietly(&heading);
        }
    };
    view! {
        <button type="button" class="figure" on:click=go>
            <span class="figure-value">{count}</span>
            <span class="figure-label">{text::FAILED}</span>
        </button>
    }
    .into_any()
}

/// The list.
pub(super) fn list(failed: FailedActions, heading: NodeRef<html::H2>) -> AnyView {
    let rows = move |all: Signal<Vec<FailedAction>>| {
        dynamic(move || {
            let all = all.get();
            if all.is_empty() {
                return view! { <p class="muted">{text::NONE_FAILED}</p> }.into_any();
            }
            let all = all.iter().map(row).collect_any();
            view! { <ul class="plain-list latest" role="list">{all}</ul> }.into_any()
        })
    };
    view! {
        <section class="card chart-card stack" aria-label=text::FAILED>
            <h2 tabindex="-1" node_ref=heading>{text::FAILED}</h2>
            <LoadView
                load=failed.list()
                what=text::FAILED_WHAT
                on_retry=Callback::new(move |()| failed.refresh())
                children=rows
            />
        </section>
    }
    .into_any()
}

fn row(one: &FailedAction) -> AnyView {
    let href = navigator().href(&Route::response(&one.incident));
    let title = visible(&one.title).into_owned();
    let detail = one
        .detail
        .as_ref()
        .map(|detail| visible(detail).into_owned());
    view! {
        <li class="row">
            <Badge tone=Tone::Danger text=one.standing.clone() />
            <a href=href title=title.clone()>{title.clone()}</a>
            <span class="muted grow clip" title=detail.clone()>{detail.clone()}</span>
            <span class="muted nowrap">{one.at.map(|at| view! { <Time ts=at relative=true /> })}</span>
        </li>
    }
    .into_any()
}
