//! What shows facts: badges, people, times, the grid.

use super::state;
use crate::domain::selection::{Selection as Ticked, Tick};
use crate::domain::time::{DAY, Timestamp};
use crate::platform::clock;
use crate::reactive::{RwSignal, Signal};
use crate::ui::avatar::Avatar;
use crate::ui::badge::{Badge, Count, Tone};
use crate::ui::copy::CopyButton;
use crate::ui::dynamic::CollectAny;
use crate::ui::empty::Empty;
use crate::ui::grid::arrange::arranging;
use crate::ui::grid::{Cell, Column, Grid, Selection, Sort};
use crate::ui::icon::Glyph;
use crate::ui::properties::{Properties, Property};
use crate::ui::time::Time;
use leptos::{html, prelude::*};
use std::sync::Arc;

pub(super) fn badges() -> AnyView {
    let now = clock::now();
    let tones = [
        (Tone::Neutral, "New", None),
        (Tone::Info, "In progress", Some(Glyph::Play)),
        (Tone::Success, "Resolved", Some(Glyph::Check)),
        (Tone::Warning, "Awaiting action", Some(Glyph::Clock)),
        (Tone::Danger, "Failed", Some(Glyph::Error)),
    ];
    let severities = [
        (Tone::High, "High"),
        (Tone::Medium, "Medium"),
        (Tone::Low, "Low"),
        (Tone::Informational, "Informational"),
    ];
    let badge = |(tone, text, icon)| view! { <Badge tone text icon=Signal::from(icon) /> };
    let severity = |(tone, text)| view! { <Badge tone text /> };
    view! {
        {state("States", view! { <div class="cluster">{tones.map(badge).into_iter().collect_any()} <Count value=12_usize /></div> })}
        {state("Severities", view! { <div class="cluster" style:--gap="16px">{severities.map(severity).into_iter().collect_any()}</div> })}
        {state("People", view! {
            <div class="cluster">
                <Avatar name="Omar Haddad" alone=true />
                <Avatar name="Ada Lindqvist" small=true />
                <span>"Ada Lindqvist"</span>
                <Avatar name="" alone=true />
            </div>
        })}
        <Properties>
            <Property label="Absolute"><Time ts=Timestamp(now - 3 * DAY) /></Property>
            <Property label="Relative"><Time ts=Timestamp(now - DAY / 8 - 60_000) relative=true /></Property>
            <Property label="Incident id">"4711 " <CopyButton text="4711" label="Copy incident id" /></Property>
            <Property label="Command line"><code>"powershell.exe -nop -w hidden -enc SQBFAFgAIAAoAE4AZQB3AC0ATwBiAGoAZQBjAHQA"</code></Property>
        </Properties>
    }
    .into_any()
}

const NAMES: [&str; 3] = [
    "Multi-stage incident involving initial access and lateral movement",
    "Suspicious sign-in",
    "Malicious URL removed after delivery",
];

pub(super) fn grid() -> AnyView {
    let columns = RwSignal::new(vec![
        Column::new("name", "Name", 200).grow(1).sortable(),
        Column::new("severity", "Severity", 120).sortable(),
        Column::new("alerts", "Alerts", 90).numeric().sortable(),
        Column::new("owner", "Assigned to", 130),
    ]);
    let sort = RwSignal::new(None::<Sort>);
    let ticked = RwSignal::new(Ticked::default());
    let rows: Vec<u32> = (0..500).collect();
    let all = rows.clone();
    let on_sort = move |key| {
        let descending = sort
            .get_untracked()
            .is_some_and(|sort| sort.key == key && !sort.descending);
        sort.set(Some(Sort { key, descending }));
    };
    // The order turns round; what stands in a row is enough to tell.
    let thing = move |at: usize| {
        let turned = sort.get().is_some_and(|sort| sort.descending);
        if turned { 499 - at } else { at }
    };
    let cell = move |key: &'static str| {
        let node = NodeRef::<html::Span>::new();
        let view = view! { <span node_ref=node></span> };
        Cell::new(view.into_any(), move |at| {
            let at = thing(at);
            let words = match key {
                "name" => format!("{at} {}", NAMES[at % 3]),
                "alerts" => (at * 7 % 40).to_string(),
                "severity" => ["High", "Medium", "Low"][at % 3].to_owned(),
                _ => ["Alex Kim", "Unassigned"][at % 2].to_owned(),
            };
            if let Some(node) = node.get_untracked() {
                node.set_text_content(Some(&words));
            }
        })
    };
    let selection = Selection {
        is: Callback::new(move |at: usize| ticked.with(|ticked| ticked.has(thing(at) as u32))),
        label: Callback::new(move |at: usize| format!("Select {}", thing(at))),
        tick: Callback::new(move |tick: Tick| ticked.update(|ticked| ticked.tick(tick, &rows))),
        all: Signal::derive(move || match ticked.with(|ticked| ticked.count_in(&all)) {
            0 => Some(false),
            500 => Some(true),
            _ => None,
        }),
    };
    let arrange = arranging(columns.into(), Callback::new(move |next| columns.set(next)));
    let stamp = Callback::new(move |at: usize| Some((thing(at) as u32, 0)));
    let none = Callback::new(|_: usize| None);
    let nothing =
        ViewFn::from(|| view! { <Empty glyph=Glyph::Filter title="No incidents match" /> });
    view! {
        <div style:--grid-height="300px">
            <Grid
                label="Incidents"
                columns
                rows=500_usize
                cell=Arc::new(cell)
                stamp
                sort
                on_sort=Callback::new(on_sort)
                selection
                arranging=arrange
            />
        </div>
        <p class="small muted" role="status">
            {move || format!("{} selected", ticked.with(Ticked::count))}
        </p>
        <Grid
            label="No incidents"
            columns=vec![Column::new("name", "Name", 200).grow(1)]
            rows=0_usize
            cell=Arc::new(|_| Cell::new(().into_any(), |_| ()))
            stamp=none
            empty=nothing
        />
    }
    .into_any()
}
