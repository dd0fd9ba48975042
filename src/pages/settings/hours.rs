//! When a contact can be reached: not stated, always, or at hours by the clock of their zone.

use super::contact::{change, current};
use super::text;
use crate::domain::settings::body::{clock, minutes};
use crate::domain::settings::facts::day;
use crate::domain::settings::{Hours, Span};
use crate::platform::intl;
use crate::reactive::{Effect, Memo, RwSignal, Signal, StoredValue};
use crate::state::settings::form::Form;
use crate::ui::button::{Button, ButtonKind, IconButton};
use crate::ui::dynamic::{CollectAny, dynamic};
use crate::ui::field::{Checkbox, Select, TextField};
use crate::ui::icon::Glyph;
use leptos::{html, prelude::*};

const NONE: &str = "";
const ALWAYS: &str = "always";
const SOME: &str = "some";

/// The fields.
pub(super) fn hours(form: Form) -> AnyView {
    let hours = Memo::new(move |_| current(form).hours);
    // Hours that somebody writes stay hours, even where they come to be all of the week for a while.
    let written = RwSignal::new(false);
    let kind = Memo::new(move |_| {
        match hours.get() {
            None => NONE,
            Some(hours) if hours.spans == [Span::ALWAYS] && !written.get() => ALWAYS,
            Some(_) => SOME,
        }
        .to_owned()
    });
    let some = Memo::new(move |_| kind.get() == SOME);
    // The hours last written come back to whoever tries another kind, and not to another contact.
    let kept = StoredValue::<Hours>::default();
    let whose = Memo::new(move |_| {
        form.work()
            .with(|work| work.contact.as_ref().map(|(at, _)| *at))
    });
    Effect::new(move |_| {
        whose.get();
        written.set(false);
        kept.set_value(Hours {
            zone: intl::local_zone(),
            spans: vec![Span::OFFICE],
        });
    });
    let choose = move |kind: String| {
        let wrote = some.get_untracked();
        written.set(kind == SOME);
        change(form, |contact| {
            kept.update_value(|kept| {
                if let Some(hours) = contact.hours.take() {
                    kept.zone = hours.zone;
                    if wrote {
                        kept.spans = hours.spans;
                    }
                }
                contact.hours = match kind.as_str() {
                    ALWAYS => Some(Hours {
                        zone: kept.zone.clone(),
                        spans: vec![Span::ALWAYS],
                    }),
                    SOME => Some(kept.clone()),
                    _ => None,
                };
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
        written.set(true);
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
            let value = Signal::derive(move || {
                read()
                    .map(|mut span| clock(*of(&mut span)))
                    .unwrap_or_default()
            });
            let field = NodeRef::<html::Input>::new();
            // A field that was emptied has changed nothing, and shows so once it is left.
            let left = move |_| {
                // Also where the field goes while it has the focus.
                let value = value.try_get_untracked();
                if let (Some(Some(field)), Some(value)) = (field.try_get_untracked(), value) {
                    field.set_value(&value);
                }
            };
            view! {
                <div on:focusout=left>
                    <TextField
                        label
                        kind="time"
                        value
                        on_input=move |typed: String| {
                            if let Some(minutes) = minutes(&typed) {
                                set(at, &|span| *of(span) = minutes);
                            }
                        }
                        node_ref=field
                    />
                </div>
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
