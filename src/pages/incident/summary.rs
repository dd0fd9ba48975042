//! The tab **Summary**: what is known in words, and what is impacted.

use super::text;
use crate::domain::evidence::{Asset, AssetKind};
use crate::domain::incident::Incident;
use crate::domain::text::visible;
use crate::reactive::Signal;
use crate::routes::{Route, navigator};
use crate::ui::dynamic::{CollectAny, dynamic};
use crate::ui::icon::{Glyph, Icon};
use crate::ui::markdown::Markdown;
use leptos::prelude::*;
use std::sync::Arc;

/// The tab's content.
#[component]
pub(super) fn Summary(incident: Signal<Arc<Incident>>) -> impl IntoView {
    let texts = move || {
        let incident = incident.get();
        // Services often write one text into both fields: it is shown once.
        let description = incident
            .description
            .as_ref()
            .filter(|d| Some(*d) != incident.summary.as_ref());
        let parts = [
            (text::CLOSING_NOTE, incident.resolving_comment.as_ref()),
            (text::OVERVIEW, incident.summary.as_ref()),
            (text::DESCRIPTION, description),
        ];
        let parts: Vec<_> = parts
            .into_iter()
            .filter_map(|(title, words)| words.cloned().map(|words| (title, words)))
            .map(|(title, words)| view! { <h2>{title}</h2> <Markdown text=words /> })
            .collect();
        if parts.is_empty() {
            return view! { <p class="muted">{text::NO_OVERVIEW}</p> }.into_any();
        }
        parts.into_any()
    };
    view! {
        <div class="incident-summary">
            <section class="card prose">{dynamic(texts)}</section>
            <section class="card" aria-label=text::ASSETS>
                <h2>{text::ASSETS}</h2>
                {move || assets(&incident.read())}
            </section>
        </div>
    }
}

fn assets(incident: &Incident) -> AnyView {
    if incident.alerts.is_none() {
        return view! { <p class="muted">{text::ASSETS_UNKNOWN}</p> }.into_any();
    }
    let assets = incident.assets();
    if assets.is_empty() {
        return view! { <p class="muted">{text::NO_ASSETS}</p> }.into_any();
    }
    let kinds = [
        (AssetKind::Device, text::DEVICES, Glyph::Device),
        (AssetKind::User, text::USERS, Glyph::User),
        (AssetKind::Mailbox, text::MAILBOXES, Glyph::Mail),
        (AssetKind::App, text::APPS, Glyph::App),
    ];
    kinds
        .into_iter()
        .filter_map(|(kind, title, glyph)| {
            let names: Vec<&Asset> = assets.iter().filter(|asset| asset.kind == kind).collect();
            (!names.is_empty()).then(|| group(title, glyph, &names))
        })
        .collect_view()
        .into_any()
}

fn group(title: &'static str, glyph: Glyph, assets: &[&Asset]) -> AnyView {
    let navigator = navigator();
    let one = |asset: &&Asset| {
        view! {
            <li class="row">
                <Icon glyph />
                <span class="grow breakable" title=visible(&asset.id).into_owned()>
                    {match asset.kind {
                        AssetKind::Device => {
                            let href = navigator.href(&Route::Device(asset.id.clone()));
                            view! { <a href=href>{visible(&asset.name).into_owned()}</a> }.into_any()
                        }
                        _ => visible(&asset.name).into_owned().into_any(),
                    }}
                </span>
            </li>
        }
    };
    view! {
        <h3>{format!("{title} ({})", assets.len())}</h3>
        <ul class="plain-list">{assets.iter().map(one).collect_any()}</ul>
    }
    .into_any()
}
