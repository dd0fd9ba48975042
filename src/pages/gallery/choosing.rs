//! What one chooses with: fields, dates, steps, tabs.

use super::state;
use crate::reactive::RwSignal;
use crate::ui::date_range::DateRange;
use crate::ui::disclosure::Disclosure;
use crate::ui::field::{Checkbox, RadioCard, RadioCards, RadioGroup, Select, Switch};
use crate::ui::multi_select::{Choice, MultiSelect};
use crate::ui::steps::{Standing, Step, Steps};
use crate::ui::tabs::{Tab, Tabs};
use leptos::prelude::*;

const REASON: &str = "Your role cannot change this. Ask Alex Kim.";

fn pairs(all: &[(&str, &str)]) -> Vec<(String, String)> {
    let owned = |(value, words): &(&str, &str)| ((*value).to_owned(), (*words).to_owned());
    all.iter().map(owned).collect()
}

pub(super) fn choices() -> AnyView {
    let options = pairs(&[("a", "Active"), ("b", "In progress"), ("c", "Resolved")]);
    let value = RwSignal::new("a".to_owned());
    let (on, off) = (RwSignal::new(true), RwSignal::new(false));
    let several = RwSignal::new(vec!["0".to_owned()]);
    let choice = |at: usize| Choice {
        value: at.to_string(),
        label: format!("Tactic {at}"),
        count: Some(at * 3),
    };
    let many: Vec<Choice> = (0..12).map(choice).collect();
    let card = |value: &str, title: &str, text: &str, reason: Option<&str>| RadioCard {
        value: value.to_owned(),
        title: title.to_owned(),
        text: text.to_owned(),
        disabled_reason: reason.map(str::to_owned),
    };
    let cards = vec![
        card(
            "a",
            "All devices",
            "Experts act on every device of the tenant.",
            None,
        ),
        card(
            "b",
            "Some devices",
            "Experts act on the device groups you choose.",
            None,
        ),
        card(
            "c",
            "No device",
            "Experts advise, and you act.",
            Some(REASON),
        ),
    ];
    view! {
        <Select label="Status" options=options.clone() value on_change=move |next| value.set(next) />
        <Select
            label="Classification"
            options=options.clone()
            value
            on_change=|_| ()
            disabled_reason=Some("Resolve the incident first.".to_owned())
        />
        <div class="stack" style:--gap="0">
            <Checkbox
                label="Only with open tasks"
                checked=on
                on_change=move |next| on.set(next)
                hint=Some("Tasks that wait for you.".to_owned())
            />
            <Checkbox label="Not allowed" checked=true on_change=|_| () disabled_reason=Some(REASON.to_owned()) />
            <Switch label="Email notifications" checked=on on_change=move |next| on.set(next) />
            <Switch
                label="Phone calls"
                checked=off
                on_change=move |next| off.set(next)
                hint=Some("For high severity only.".to_owned())
            />
            <Switch label="Locked" checked=false on_change=|_| () disabled_reason=Some(REASON.to_owned()) />
        </div>
        <RadioGroup label="Theme" options value on_change=move |next| value.set(next) />
        <RadioCards label="Scope of action" cards value on_change=move |next| value.set(next) />
        <p class="small muted" role="status">"Value: " {move || value.get()}</p>
        {state("Filter", view! {
            <div class="cluster">
                <MultiSelect label="Tactic" choices=many selected=several on_change=move |next| several.set(next) />
            </div>
        })}
    }
    .into_any()
}

pub(super) fn dates() -> AnyView {
    let presets = pairs(&[
        ("24h", "Last 24 hours"),
        ("7d", "Last 7 days"),
        ("30d", "Last 30 days"),
        ("90d", "Last 90 days"),
    ]);
    let value = RwSignal::new("30d".to_owned());
    let days = RwSignal::new("2026-10-05..2026-10-09".to_owned());
    view! {
        <div class="cluster">
            <DateRange label="Time range" presets=presets.clone() value on_change=move |next| value.set(next) />
            <DateRange label="Report" presets value=days on_change=move |next| days.set(next) />
        </div>
        <p class="small muted" role="status">"Range: " {move || value.get()} ", " {move || days.get()}</p>
    }
    .into_any()
}

pub(super) fn steps() -> AnyView {
    let step = |title: &str, standing, href: bool| Step {
        title: title.to_owned(),
        standing,
        href: href.then(|| "?steps".to_owned()),
    };
    let rail = vec![
        step("Permissions", Standing::Done, true),
        step("Contacts", Standing::Wrong, true),
        step("Exclusions of devices and users", Standing::Ahead, true),
        step("Teams", Standing::Ahead, false),
    ];
    let tab = RwSignal::new("story");
    let (open, closed) = (RwSignal::new(true), RwSignal::new(false));
    let tabs = vec![
        Tab::button("story", "Attack story"),
        Tab::button("alerts", "Alerts").with_count(14),
        Tab::button("assets", "Assets").with_count(3),
    ];
    view! {
        <Steps label="Get started" steps=rail current=2_usize />
        <Tabs label="Incident" selected=tab on_select=move |key| tab.set(key) tabs>
            <p>"The panel of " {move || tab.get()} "."</p>
        </Tabs>
        <div class="stack" style:--gap="8px">
            <Disclosure
                title="Isolate device SRV-FIN-042"
                meta=ViewFn::from(|| view! { <span>"Waiting 3 h"</span> })
                open
                on_toggle=move |next| open.set(next)
            >
                <p>"The device loses its network connection at once."</p>
            </Disclosure>
            <Disclosure title="Reset password of j.doe" open=closed on_toggle=move |next| closed.set(next)>
                <p>"The person signs in again everywhere."</p>
            </Disclosure>
        </div>
    }
    .into_any()
}
