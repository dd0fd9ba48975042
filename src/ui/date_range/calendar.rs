//! One month as a grid with one tab stop, after the ARIA date picker: arrows, Home, End and the page keys
//! move, Enter and Space pick.

use crate::domain::time::Day;
use crate::domain::time::calendar::{
    PAGE, WEEKDAYS, first_on_page, month, number, plus_months, same_month, spoken, step,
};
use crate::platform::dom;
use crate::reactive::{Memo, RwSignal};
use crate::ui::button::IconButton;
use crate::ui::dynamic::{CollectAny, dynamic};
use crate::ui::env::unique_id;
use crate::ui::icon::Glyph;
use leptos::{ev, html, prelude::*};
use lexicon::t;

/// What is picked, and what may be.
#[derive(Clone, Copy)]
pub(super) struct Picking {
    /// The day that Tab reaches; its month is shown.
    pub(super) shown: RwSignal<Day>,
    pub(super) picked: Memo<super::Picked>,
    pub(super) today: Memo<Day>,
    pub(super) least: Option<Day>,
    pub(super) pick: Callback<Day>,
}

impl Picking {
    fn can(self, day: Day) -> bool {
        day <= self.today.get() && self.least.is_none_or(|least| least <= day)
    }

    fn pick(self, day: Day) {
        if self.can(day) {
            self.shown.set(day);
            self.pick.run(day);
        }
    }
}

pub(super) fn calendar(picking: Picking) -> AnyView {
    let Picking {
        shown,
        picked,
        today,
        ..
    } = picking;
    let table = NodeRef::<html::Table>::new();
    let title = unique_id();
    let page = Memo::new(move |_| first_on_page(shown.get()));
    let focus = move || {
        request_animation_frame(move || {
            let table = table.try_get_untracked().flatten();
            let days = table.map_or_else(Vec::new, |table| dom::within(&table, "[tabindex='0']"));
            days.first().into_iter().for_each(|day| drop(day.focus()));
        });
    };
    let keys = move |event: ev::KeyboardEvent| {
        let day = shown.get_untracked();
        let key = event.key();
        if matches!(key.as_str(), "Enter" | " ") {
            picking.pick(day);
        } else if let Some(to) = step(day, &key, event.shift_key()) {
            shown.set(to);
        } else {
            return;
        }
        event.prevent_default();
        focus();
    };
    let turn = move |months| move |()| shown.update(|shown| *shown = plus_months(*shown, months));
    let within = move |day: Day| match picked.get() {
        (Some(from), Some(to)) => from <= day && day <= to,
        (from, to) => from.or(to) == Some(day),
    };
    let cell = move |day: Day| {
        let outside = !same_month(day, shown.get_untracked());
        view! {
            <td
                class:outside=outside
                class:edge-day=move || {
                    let (from, to) = picked.get();
                    from == Some(day) || to == Some(day)
                }
                role="gridcell"
                tabindex=move || if shown.get() == day { "0" } else { "-1" }
                aria-label=spoken(day)
                aria-selected=move || within(day).to_string()
                aria-disabled=move || (!picking.can(day)).then_some("true")
                aria-current=move || (today.get() == day).then_some("date")
                on:click=move |_| picking.pick(day)
            >
                {number(day)}
            </td>
        }
    };
    let weeks = move || {
        let first = page.get();
        let weeks = (0..PAGE / 7).map(|week| {
            let days = (0..7)
                .map(|day| cell(first.plus(week * 7 + day)))
                .collect_any();
            view! { <tr>{days}</tr> }
        });
        weeks.collect_any()
    };
    let headings = WEEKDAYS.iter().map(|(short, full)| {
        view! { <th scope="col" abbr=*full>{*short}</th> }
    });
    view! {
        <div class="calendar">
            <div class="calendar-head">
                <p class="strong" id=title.clone() aria-live="polite">
                    {move || month(shown.get())}
                </p>
                <IconButton glyph=Glyph::ChevronUp label=t!("Previous month") small=true on_click=turn(-1) />
                <IconButton glyph=Glyph::ChevronDown label=t!("Next month") small=true on_click=turn(1) />
            </div>
            <table role="grid" aria-labelledby=title node_ref=table on:keydown=keys>
                <thead>
                    <tr>{headings.collect_any()}</tr>
                </thead>
                <tbody>{dynamic(weeks)}</tbody>
            </table>
        </div>
    }
    .into_any()
}
