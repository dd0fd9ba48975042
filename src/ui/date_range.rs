//! A range of days: one of the usual ones, or from a day to a day, typed or picked in a calendar.

mod calendar;

use super::button::{Button, ButtonKind};
use super::dynamic::{CollectAny, dynamic};
use super::env::env;
use super::field::TextField;
use super::icon::{Glyph, Icon};
use super::popup::Popup;
use crate::domain::time::Day;
use crate::domain::time::calendar::range;
use crate::platform::popover;
use crate::reactive::{Memo, RwSignal, Signal};
use calendar::{Picking, calendar};
use leptos::prelude::*;
use lexicon::t;

/// The first and the last day, as far as they are known.
type Picked = (Option<Day>, Option<Day>);

/// A button that shows the range, and opens what changes it.
#[component]
pub fn DateRange(
    /// Its name, such as "Time range".
    #[prop(into)]
    label: Signal<String>,
    /// The usual ranges: value and words.
    presets: Vec<(String, String)>,
    /// The range: the value of a usual one, or days such as `2026-11-01..2026-11-21`.
    #[prop(into)]
    value: Signal<String>,
    /// Called with the range chosen.
    #[prop(into)]
    on_change: Callback<String>,
    /// The first day that can be chosen.
    #[prop(optional)]
    least: Option<Day>,
) -> impl IntoView {
    let env = env();
    let (popup, id) = Popup::new("[aria-pressed=true], input");
    let today = Memo::new(move |_| env.zone.read().day(env.now.get()));
    let (from, to) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let shown = RwSignal::new(Day(0));
    let picked = Memo::new(move |_| (Day::parse(from.read().trim()), Day::parse(to.read().trim())));
    let wrong = move |text: RwSignal<String>, day: fn(&Picked) -> Option<Day>| {
        Memo::new(move |_| {
            let text = text.read();
            let day = picked.with(day);
            match day {
                _ if text.trim().is_empty() => None,
                None => Some(t!("Write the date as 2026-11-21.").to_owned()),
                Some(day) if day > today.get() => Some(t!("This day has not come yet.").to_owned()),
                Some(day) if least.is_some_and(|least| day < least) => {
                    least.map(|least| t!("Nothing is kept from before {}.", least.long()))
                }
                Some(_) => None,
            }
        })
    };
    let (wrong_from, wrong_to) = (wrong(from, |(from, _)| *from), wrong(to, |(_, to)| *to));
    let backwards = move || matches!(picked.get(), (Some(from), Some(to)) if from > to);
    let error_to = Signal::derive(move || {
        let backwards = backwards().then(|| t!("The end is before the start.").to_owned());
        wrong_to.get().or(backwards)
    });
    let incomplete = Signal::derive(move || {
        let (from, to) = picked.get();
        let whole = from.is_some()
            && to.is_some()
            && wrong_from.read().is_none()
            && error_to.read().is_none();
        (!whole).then(|| t!("Choose the first and the last day.").to_owned())
    });
    let choose = move |value: String| {
        popup.close();
        on_change.run(value);
    };
    let apply = move |()| {
        if let (Some(from), Some(to)) = picked.get_untracked() {
            choose(format!("{from}..{to}"));
        }
    };
    let pick = Callback::new(move |day: Day| {
        let typed = day.to_string();
        match picked.get_untracked() {
            (Some(start), None) if day >= start => to.set(typed),
            (Some(start), None) => {
                to.set(start.to_string());
                from.set(typed);
            }
            _ => {
                from.set(typed);
                to.set(String::new());
            }
        }
    });
    let type_in = move |text: RwSignal<String>| {
        move |typed: String| {
            if let Some(day) = Day::parse(typed.trim()) {
                shown.set(day);
            }
            text.set(typed);
        }
    };
    let words = {
        let presets = presets.clone();
        move || value.with(|value| words_of(value, &presets))
    };
    let open = move || {
        let days = value.with_untracked(|value| range(value));
        let written = |day: fn((Day, Day)) -> Day| days.map(|days| day(days).to_string());
        from.set(written(|(from, _)| from).unwrap_or_default());
        to.set(written(|(_, to)| to).unwrap_or_default());
        shown.set(days.map_or_else(|| today.get_untracked(), |(_, to)| to));
    };
    let preset = move |(name, words): (String, String)| {
        let (mine, sent) = (name.clone(), name);
        view! {
            <button
                type="button"
                class="menu-item"
                aria-pressed=move || (*value.read() == mine).to_string()
                on:click=move |_| choose(sent.clone())
            >
                <span class="menu-label">{words}</span>
                <span class="menu-check"><Icon glyph=Glyph::Check /></span>
            </button>
        }
    };
    let content = move || {
        let picking = Picking {
            shown,
            picked,
            today,
            least,
            pick,
        };
        view! {
            <div class="presets" role="group" aria-label=t!("Usual ranges")>
                {presets.iter().cloned().map(preset).collect_any()}
            </div>
            <div class="days">
                <div class="days-typed">
                    <TextField label=t!("From") value=from on_input=type_in(from) error=wrong_from />
                    <TextField label=t!("To") value=to on_input=type_in(to) error=error_to />
                </div>
                {calendar(picking)}
                <div class="dialog-actions">
                    <Button kind=ButtonKind::Primary disabled_reason=incomplete on_click=apply>
                        {t!("Apply")}
                    </Button>
                    <Button on_click=move |()| popup.close()>{t!("Cancel")}</Button>
                </div>
            </div>
        }
    };
    view! {
        <button
            type="button"
            class="btn filter"
            aria-haspopup="dialog"
            aria-expanded=move || popup.open.get().to_string()
            popovertarget=id.clone()
            node_ref=popup.button
        >
            <Icon glyph=Glyph::Calendar />
            <span class="filter-name">{move || label.get()} ":"</span>
            <span class="filter-value">{words}</span>
            <Icon glyph=Glyph::ChevronDown />
        </button>
        <div
            class="menu date-range"
            role="dialog"
            popover="auto"
            id=id
            aria-label=move || label.get()
            node_ref=popup.panel
            on:beforetoggle=move |event| {
                if popover::is_opening(&event) {
                    open();
                }
                popup.on_toggle(&event);
            }
        >
            {dynamic(move || popup.filled.get().then(&content))}
        </div>
    }
    .into_any()
}

fn words_of(value: &str, presets: &[(String, String)]) -> String {
    if let Some((_, words)) = presets.iter().find(|(preset, _)| preset == value) {
        return words.clone();
    }
    match range(value) {
        Some((from, to)) if from == to => from.long(),
        Some((from, to)) => t!("{} to {}", from.long(), to.long()),
        None => value.to_owned(),
    }
}
