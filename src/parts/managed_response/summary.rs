//! The **Investigation summary**: narrative, devices, indicators and timeline as the experts wrote
//! them. All of it is text; no indicator becomes a link.

use super::text;
use crate::domain::id::IncidentId;
use crate::domain::managed_response::{Indicator, ManagedResponse, TimelineEntry};
use crate::domain::text::visible;
use crate::reactive::Signal;
use crate::state::responses::responses;
use crate::ui::copy::CopyButton;
use crate::ui::dynamic::{CollectAny, dynamic};
use crate::ui::empty::Empty;
use crate::ui::icon::{Glyph, Icon};
use crate::ui::load_view::LoadView;
use crate::ui::markdown::Markdown;
use crate::ui::time::Time;
use leptos::prelude::*;
use std::sync::Arc;

/// The summary of one incident.
#[component]
pub(super) fn InvestigationSummary(incident: IncidentId) -> impl IntoView {
    let responses = responses();
    let summary = responses.summary(&incident);
    let load = Signal::derive(move || summary.get());
    let retry = move |()| responses.refresh_summary(&incident);
    let content = move |response: Signal<Option<Arc<ManagedResponse>>>| {
        dynamic(move || match response.get() {
            Some(response) => published(&response),
            None => nothing(),
        })
    };
    view! {
        <section class="investigation" aria-label=text::SUMMARY>
            <h3 class="group-title">{text::SUMMARY}</h3>
            <LoadView
                load
                what=text::SUMMARY_WHAT
                on_retry=Callback::new(retry)
                children=content
            />
        </section>
    }
}

fn nothing() -> AnyView {
    view! {
        <Empty
            glyph=Glyph::Expert
            title=text::NOT_PUBLISHED
            text=Some(text::NOT_PUBLISHED_ADVICE.to_owned())
        />
    }
    .into_any()
}

fn published(response: &ManagedResponse) -> AnyView {
    let by = response
        .published_by
        .as_deref()
        .map(|name| text::by(&visible(name)));
    let devices = response.devices.iter().map(|device| {
        let role = device
            .role
            .as_deref()
            .map(|role| visible(role).into_owned());
        view! {
            <li class="row">
                <Icon glyph=Glyph::Device />
                <span class="grow breakable">
                    <strong>{visible(&device.name).into_owned()}</strong>
                    " "
                    <span class="muted">{role}</span>
                </span>
            </li>
        }
    });
    let devices = devices.collect::<Vec<_>>();
    view! {
        {response
            .published
            .map(|at| {
                view! {
                    <p class="muted">
                        {text::PUBLISHED} " " <Time ts=at /> {by}
                    </p>
                }
            })}
        {response
            .awaiting_since
            .map(|at| {
                view! {
                    <p class="muted">
                        {text::AWAITING_SINCE} " " <Time ts=at relative=true />
                    </p>
                }
            })}
        <div class="prose">
            <Markdown text=response.summary.clone() first_level=4 />
        </div>
        {(!devices.is_empty())
            .then(|| {
                view! {
                    <h4>{text::DEVICES}</h4>
                    <ul class="plain-list">{devices}</ul>
                }
            })}
        {indicators(&response.indicators)}
        {timeline(&response.timeline)}
    }
    .into_any()
}

fn indicators(all: &[Indicator]) -> Option<AnyView> {
    let row = |one: &Indicator| {
        view! {
            <tr>
                <td>{visible(&one.kind).into_owned()}</td>
                <td class="mono breakable">
                    {visible(&one.value).into_owned()}
                    <CopyButton text=one.value.clone() label=format!("Copy {}", visible(&one.value)) />
                </td>
                <td>{one.note.as_deref().map(|note| visible(note).into_owned())}</td>
            </tr>
        }
    };
    (!all.is_empty()).then(|| {
        view! {
            <h4>{text::INDICATORS}</h4>
            <div class="table-frame" tabindex="0" role="group" aria-label=text::INDICATORS>
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col">{text::KIND}</th>
                            <th scope="col">{text::INDICATOR}</th>
                            <th scope="col">{text::NOTE}</th>
                        </tr>
                    </thead>
                    <tbody>{all.iter().map(row).collect_any()}</tbody>
                </table>
            </div>
        }
        .into_any()
    })
}

fn timeline(entries: &[TimelineEntry]) -> Option<AnyView> {
    let item = |entry: &TimelineEntry| {
        view! {
            <li class="timeline-entry">
                <span class="muted nowrap">{entry.at.map(|at| view! { <Time ts=at /> })}</span>
                <span>
                    {visible(&entry.text).into_owned()}
                    {entry
                        .device
                        .as_deref()
                        .map(|device| {
                            view! { <span class="muted">{format!(" ({})", visible(device))}</span> }
                        })}
                </span>
            </li>
        }
    };
    (!entries.is_empty()).then(|| {
        view! {
            <h4>{text::TIMELINE}</h4>
            <ol class="timeline">{entries.iter().map(item).collect_any()}</ol>
        }
        .into_any()
    })
}
