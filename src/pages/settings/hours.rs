//! When a contact can be reached: not stated, always, or at hours by the clock of their zone.

use super::contact::{change, current};
use super::text;
use crate::domain::settings::body::{clock, minutes};
use crate::domain::settings::facts::day;
use crate::domain::settings::{Hours, Span};
use crate::platform::intl;
use crate::reactive::{Memo, Signal};
use crate::state::settings::form::Form;
use crate::ui::button::{Button, ButtonKind, IconButton};
use crate::ui::dynamic::{CollectAny, dynamic};
use crate::ui::field::{Checkbox, Select, TextField};
use crate::ui::icon::Glyph;
use leptos::prelude::*;

const NONE: &str = "";
const ALWAYS: &str = "always";
const SOME: &str = "some";

/// The fields.
pub(super) fn hours(form: Form) -> AnyView {
    let hours = Memo::new(move |_| current(form).hours);
    let kind = Memo::new(move |_| {
        match hours.get() {
            None => NONE,
            Some(hours) if hours.spans == [Span::ALWAYS] => ALWAYS,
            Some(_) => SOME,
        }
        .to_owned()
    });
    let choose = move |kind: String| {
        change(form, |contact| {
            let zone = contact.hours.take().map(|hours| hours.zone);
            let zone = zone.unwrap_or_else(intl::local_zone);
            let span = match kind.as_str() {
                ALWAYS => Span::ALWAYS,
                SOME => Span::OFFICE,
                _ => return,
            };
            contact.hours = Some(Hours {
                zone,
                spans: vec![span],
            });
        });
    };
    let kinds = [
        (NONE, text::NOT_STATED),
        (ALWAYS, text::ALWAYS),
        (SOME, text::AT_HOURS),
    ];
    let kinds = kinds
        .map(|(value, words)| (value.to_owned(), words.to_owned()))
        .to_vec();
    let count = Memo::new(move |_| hours.get().map_or(0, |hours| hours.spans.len()));
    let some = Memo::new(move |_| kind.get() == SOME);
    let zone = Signal::derive(move || hours.get().map(|hours| hours.zone).unwrap_or_default());
    let zones = move || {
        let mut zones = intl::zones();
        for more in ["UTC".to_owned(), zone.get()] {
            if !more.is_empty() && !zones.contains(&more) {
                zones.push(more);
            }
        }
        let named = |zone: String| (zone.clone(), zone.replace('_', " "));
        zones.into_iter().map(named).collect::<Vec<_>>()
    };
    let set = move |at: usize, set: &dyn Fn(&mut Span)| {
        change(form, |contact| {
            let span = contact
                .hours
                .as_mut()
                .and_then(|hours| hours.spans.get_mut(at));
            span.into_iter().for_each(set);
        });
    };
    let span = move |at: usize| {
        let read = move || hours.get().and_then(|hours| hours.spans.get(at).copied());
        let days = (0..7_u8).map(move |bit| {
            let on = move || read().is_some_and(|span| span.days & 1 << bit != 0);
            view! {
                <Checkbox
                    label=day(usize::from(bit))
                    checked=Signal::derive(on)
                    on_change=move |on: bool| {
                        set(at, &|span| {
                            span.days = if on { span.days | 1 << bit } else { span.days & !(1 << bit) };
                        });
                    }
                />
            }
        });
        let time = move |label: &'static str, of: fn(&mut Span) -> &mut u16| {
            let value = move || {
                read()
                    .map(|mut span| clock(*of(&mut span)))
                    .unwrap_or_default()
            };
            view! {
                <TextField
                    label
                    kind="time"
                    value=Signal::derive(value)
                    on_input=move |typed: String| {
                        if let Some(minutes) = minutes(&typed) {
                            set(at, &|span| *of(span) = minutes);
                        }
                    }
                />
            }
            .into_any()
        };
        let remove = move |()| {
            change(form, |contact| {
                if let Some(hours) = &mut contact.hours
                    && at < hours.spans.len()
                {
                    hours.spans.remove(at);
                }
            });
        };
        view! {
            <fieldset class="radio-group">
                <legend>{text::DAYS}</legend>
                <div class="cluster">
                    {days.collect_any()} {time(text::FROM, |span| &mut span.from)}
                    {time(text::TO, |span| &mut span.to)}
                    <IconButton glyph=Glyph::Trash label=text::FEWER_HOURS on_click=remove />
                </div>
            </fieldset>
        }
    };
    let more = move |()| {
        change(form, |contact| {
            if let Some(hours) = &mut contact.hours {
                hours.spans.push(Span::OFFICE);
            }
        });
    };
    view! {
        <div class="columns">
            <Select label=text::REACHED options=kinds value=Signal::from(kind) on_change=choose />
            {dynamic(move || {
                some.get()
                    .then(|| {
                        view! {
                            <Select
                                label=text::ZONE
                                options=Signal::derive(zones)
                                value=zone
                                on_change=move |zone: String| {
                                    change(form, |contact| {
                                        if let Some(hours) = &mut contact.hours {
                                            hours.zone = zone;
                                        }
                                    });
                                }
                            />
                        }
                    })
            })}
        </div>
        {dynamic(move || {
            let count = if some.get() { count.get() } else { 0 };
            (0..count).map(span).collect_any()
        })}
        {dynamic(move || {
            some.get()
                .then(|| {
                    view! {
                        <div>
                            <Button
                                kind=ButtonKind::Subtle
                                small=true
                                icon=Glyph::Add
                                on_click=more
                            >
                                {text::MORE_HOURS}
                            </Button>
                        </div>
                    }
                })
        })}
    }
    .into_any()
}
