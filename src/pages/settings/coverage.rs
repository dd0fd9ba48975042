//! The coverage strip: the hours of the coming week in which nobody can be reached by phone.

use super::text;
use crate::domain::coverage::{Shift, Stretch, called, gaps, minutes, within};
use crate::domain::settings::Contact;
use crate::domain::time::{DAY, Timestamp, Zone};
use crate::platform::intl;
use crate::reactive::{Memo, RwSignal};
use crate::ui::dynamic::{CollectAny, dynamic};
use crate::ui::env::env;
use crate::ui::icon::{Glyph, Icon};
use leptos::prelude::*;
use std::sync::Arc;

/// The strip, for contacts as they stand in the form and those who are `gone` from the directory.
pub(super) fn coverage(contacts: Memo<Vec<Contact>>, gone: RwSignal<Vec<String>>) -> AnyView {
    let env = env();
    let strip = move || {
        let zone = env.zone.get();
        // The week begins with today; half a minute more or less changes nothing.
        let today = zone.day(env.now.get_untracked());
        let start = |days: i32| zone.start(today.plus(days));
        let week = (start(0), start(7));
        let contacts = contacts.get();
        let (called, left) = called(&contacts, &gone.read());
        let reached = called.iter().copied().filter(|contact| contact.reached());
        let shifts: Vec<Shift> = reached.filter_map(shift(week)).collect();
        let missing = called.len() - shifts.len();
        let gaps = gaps(week, &shifts);
        let (glyph, headline) = if gaps.is_empty() {
            (Glyph::Success, text::COVERED.to_owned())
        } else if gaps == [week] {
            (Glyph::Warning, text::NEVER.to_owned())
        } else {
            (Glyph::Warning, text::uncovered(minutes(&gaps)))
        };
        let rows = (0..7).map(|at| {
            let day = (start(at), start(at + 1));
            row(
                &zone,
                day,
                &within(&gaps, day),
                text::weekday(today.plus(at)),
            )
        });
        let notes = [
            (missing, text::not_counted(missing)),
            (left, text::left(left)),
        ];
        let notes = notes.into_iter().filter(|(count, _)| *count > 0);
        let notes = notes.map(|(_, words)| view! { <p class="muted">{words}</p> });
        view! {
            <p class="row strong" role="status">
                <Icon glyph />
                <span>{headline}</span>
            </p>
            {notes.collect_any()}
            <p class="muted small">{text::coverage_zone(&zone.name)}</p>
            <div class="table-frame" tabindex="0" role="group" aria-label=text::COVERAGE>
                <table class="table coverage">
                    <thead>
                        <tr>
                            <th scope="col">{text::DAY}</th>
                            <th scope="col" class="coverage-strip">
                                <span class="visually-hidden">{text::COVERAGE}</span>
                            </th>
                            <th scope="col">{text::NOBODY}</th>
                        </tr>
                    </thead>
                    <tbody>{rows.collect_any()}</tbody>
                </table>
            </div>
        }
    };
    view! {
        <section class="card stack" aria-label=text::COVERAGE>
            <h3>{text::COVERAGE}</h3>
            {dynamic(strip)}
        </section>
    }
    .into_any()
}

/// A contact's hours, with the changes of the clock in their zone around a week; none where the browser
/// does not know the zone.
fn shift(week: Stretch) -> impl Fn(&Contact) -> Option<Shift> {
    move |contact| {
        let hours = contact.hours.as_ref()?;
        let (from, to) = (week.0.0 - 2 * DAY, week.1.0 + 2 * DAY);
        let (initial, changes) = intl::transitions(&hours.zone, from, to)?;
        let changes = changes
            .into_iter()
            .map(|(at, offset)| (Timestamp(at), offset));
        Some(Shift {
            zone: Arc::new(Zone::new(&hours.zone, initial, changes.collect())),
            spans: hours.spans.clone(),
        })
    }
}

fn row(zone: &Zone, day: Stretch, gaps: &[Stretch], name: String) -> AnyView {
    let length = (day.1.0 - day.0.0).max(1);
    let percent = |at: Timestamp| (at.0 - day.0.0) * 100 / length;
    let bar = |gap: &Stretch| {
        let (left, right) = (percent(gap.0), percent(gap.1));
        view! {
            <i
                style:inset-inline-start=format!("{left}%")
                style:width=format!("{}%", (right - left).max(1))
            ></i>
        }
    };
    let hour = |at: Timestamp| {
        let local = zone.local(at);
        // Midnight is the end of this day, not the beginning of the next.
        let hour = if at == day.1 { 24 } else { local.hour };
        let minute = if at == day.1 { 0 } else { local.minute };
        format!("{hour:02}:{minute:02}")
    };
    let words = match gaps {
        [] => text::ALL_COVERED.to_owned(),
        [all] if *all == day => text::WHOLE_DAY.to_owned(),
        some => {
            let some = some
                .iter()
                .map(|(from, to)| format!("{}–{}", hour(*from), hour(*to)));
            some.collect::<Vec<_>>().join(", ")
        }
    };
    view! {
        <tr>
            <th scope="row" class="nowrap">{name}</th>
            <td class="coverage-strip">
                <div class="coverage-bar" aria-hidden="true">{gaps.iter().map(bar).collect_any()}</div>
            </td>
            <td class="tabular">{words}</td>
        </tr>
    }
    .into_any()
}
