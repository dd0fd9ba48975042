//! The **Investigation summary**: narrative, devices, indicators and timeline as the experts wrote
//! them. All of it is text; no indicator becomes a link.

use super::text;
use crate::domain::id::IncidentId;
use crate::domain::managed_response::{Indicator, ManagedResponse, TimelineEntry, indicators_csv};
use crate::domain::text::visible;
use crate::platform::download;
use crate::reactive::Signal;
use crate::routes::{Route, navigator};
use crate::state::responses::responses;
use crate::ui::button::{Button, ButtonKind};
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
    let navigator = navigator();
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
                    <a href=navigator.href(&Route::Device(device.id.clone()))>
                        {visible(&device.name).into_owned()}
                    </a>
                    " "
                    <span class="muted">{role}</span>
                </span>
            </li>
        }
    });
    let devices = devices.collect::<Vec<_>>();
    let (attacks, compromises): (Vec<_>, Vec<_>) =
        response.indicators.iter().cloned().partition(of_attack);
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
        {timeline(&response.timeline)}
        {indicators(text::IOAS, &attacks)}
        {indicators(text::INDICATORS, &compromises)}
    }
    .into_any()
}

/// Which of the two tables an indicator stands in: what was seen to happen, or what was left behind.
fn of_attack(one: &Indicator) -> bool {
    let kind = one.kind.to_ascii_lowercase();
    ["ioa", "attack", "behavior", "behaviour", "technique"]
        .iter()
        .any(|word| kind.contains(word))
}

fn indicators(title: &'static str, all: &[Indicator]) -> Option<AnyView> {
    let row = |one: &Indicator| {
        let value = visible(&one.value).into_owned();
        view! {
            <tr>
                <td>{visible(&one.kind).into_owned()}</td>
                <td class="mono breakable">
                    {value.clone()}
                    <CopyButton text=one.defanged() label=text::copy(&value) />
                </td>
                <td>{one.note.as_deref().map(|note| visible(note).into_owned())}</td>
            </tr>
        }
    };
    let lines =
        |read: fn(&Indicator) -> String| all.iter().map(read).collect::<Vec<_>>().join("\n");
    let (defanged, plain) = (lines(Indicator::defanged), lines(|one| one.value.clone()));
    let csv = indicators_csv(all);
    let save = move |()| download::text(text::CSV_FILE, "text/csv", &csv);
    (!all.is_empty()).then(|| {
        view! {
            <h4>{title}</h4>
            <div class="table-frame" tabindex="0" role="group" aria-label=title>
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
            <div class="cluster">
                <span class="muted small">{text::COPY_ALL}</span>
                <CopyButton text=defanged label=text::COPY_ALL />
                <span class="muted small">{text::COPY_AS_IT_IS}</span>
                <CopyButton text=plain label=text::COPY_AS_IT_IS />
                <Button kind=ButtonKind::Subtle small=true icon=Glyph::Download on_click=save>
                    {text::CSV}
                </Button>
            </div>
            <p class="muted small">{text::DEFANGED_HINT}</p>
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
            <h4>{text::DEVICE_TIMELINE}</h4>
            <ol class="timeline">{entries.iter().map(item).collect_any()}</ol>
        }
        .into_any()
    })
}
