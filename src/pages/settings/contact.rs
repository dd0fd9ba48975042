//! The form for one contact: found in the directory or written, with a number, purposes and hours.

use super::{hours, text};
use crate::domain::load::Load;
use crate::domain::settings::facts::{INCIDENT, REVIEW};
use crate::domain::settings::{Contact, Flaw};
use crate::domain::time::Timestamp;
use crate::platform::clock;
use crate::platform::task::spawn_local;
use crate::reactive::{Memo, RwSignal, Signal, StoredValue};
use crate::state::settings::form::Form;
use crate::ui::badge::Tone;
use crate::ui::button::{Button, ButtonKind};
use crate::ui::combobox::{Combobox, Suggestion};
use crate::ui::dynamic::dynamic;
use crate::ui::env::env;
use crate::ui::field::{Checkbox, TextField};
use crate::ui::icon::Glyph;
use crate::ui::message_bar::MessageBar;
use leptos::{html, prelude::*};

/// The contact being written, as it stands.
pub(super) fn current(form: Form) -> Contact {
    form.work().with(|work| match &work.contact {
        Some((_, contact)) => contact.clone(),
        None => Contact::fresh(),
    })
}

/// Changes it.
pub(super) fn change(form: Form, change: impl FnOnce(&mut Contact)) {
    form.change(|work| {
        let (at, mut contact) = work.contact.take().unwrap_or((None, Contact::fresh()));
        change(&mut contact);
        work.contact = Some((at, contact));
    });
}

/// The form.
pub(super) fn editor(form: Form) -> AnyView {
    let denied = form.settings().denied();
    let contact = Memo::new(move |_| current(form));
    // What was found wrong at the last attempt, as the number of the flaw and its words.
    let wrong = RwSignal::new(None::<(usize, String)>);
    let error = move |flaw: Flaw| {
        Signal::derive(move || {
            let wrong = wrong.get();
            wrong
                .filter(|(of, _)| *of == flaw as usize)
                .map(|(_, words)| words)
        })
    };
    let editing = Memo::new(move |_| {
        let at = form
            .work()
            .with(|work| work.contact.as_ref().and_then(|(at, _)| *at));
        at.is_some()
    });
    let of = move |read: fn(&Contact) -> &String| {
        Signal::derive(move || contact.with(|c| read(c).clone()))
    };
    let is = move |read: fn(&Contact) -> bool| Signal::derive(move || contact.with(read));
    let field = NodeRef::<html::Input>::new();
    let env = env();
    let add = move |()| {
        let (at, one) = form
            .work()
            .with_untracked(|work| work.contact.clone().unwrap_or((None, Contact::fresh())));
        let mut others = form
            .work()
            .with_untracked(|work| work.sections.contacts.clone());
        if let Some(at) = at.filter(|at| *at < others.len()) {
            others.remove(at);
        }
        let mut one = one;
        if one.name.trim().is_empty() {
            // Somebody who is not in the directory goes by the address.
            one.name = one.mail.trim().to_owned();
        }
        match one.checked(&others) {
            Ok(mut one) => {
                let words = text::of(text::IN_THE_LIST, &one.name);
                form.change(|work| {
                    let contacts = &mut work.sections.contacts;
                    match at.and_then(|at| contacts.get_mut(at)) {
                        Some(place) => {
                            if place.mail != one.mail {
                                one.state.clear();
                            }
                            *place = one;
                        }
                        None => contacts.push(one),
                    }
                    work.contact = None;
                });
                wrong.set(None);
                env.announce(words);
            }
            Err((flaw, words)) => {
                wrong.set(Some((flaw as usize, words.to_owned())));
                env.announce(words);
                if let Some(field) = field.get_untracked().filter(|_| flaw == Flaw::Mail) {
                    drop(field.focus());
                }
            }
        }
    };
    let clear = move |()| {
        form.change(|work| work.contact = None);
        wrong.set(None);
    };
    let bar = move |flaw: Flaw| {
        let error = error(flaw);
        dynamic(move || {
            error
                .get()
                .map(|words| view! { <MessageBar tone=Tone::Danger text=words /> })
        })
    };
    let body = move || {
        if denied.get().is_some() {
            return ().into_any();
        }
        view! {
            <section class="card stack" aria-label=text::ADD_CONTACT>
                <h3>{move || if editing.get() { text::EDIT_CONTACT } else { text::ADD_CONTACT }}</h3>
                <div class="columns">
                    {person(form, error(Flaw::Name))}
                    <TextField
                        label=text::MAIL
                        kind="email"
                        value=of(|contact| &contact.mail)
                        on_input=move |typed| change(form, |contact| contact.address(typed))
                        error=error(Flaw::Mail)
                        node_ref=field
                    />
                    <TextField
                        label=text::PHONE
                        kind="tel"
                        value=of(|contact| &contact.phone)
                        on_input=move |typed| change(form, |contact| contact.phone = typed)
                        hint=Some(text::PHONE_HINT.to_owned())
                        error=error(Flaw::Phone)
                    />
                </div>
                <fieldset class="radio-group">
                    <legend>{text::CONTACT_FOR}</legend>
                    <Checkbox
                        label=INCIDENT
                        checked=is(|contact| contact.incident)
                        on_change=move |on| change(form, |contact| contact.incident = on)
                    />
                    <Checkbox
                        label=REVIEW
                        checked=is(|contact| contact.review)
                        on_change=move |on| change(form, |contact| contact.review = on)
                    />
                </fieldset>
                {bar(Flaw::Purpose)}
                {hours::hours(form)}
                {bar(Flaw::Hours)}
                <div class="cluster">
                    <Button icon=Glyph::Add on_click=add>
                        {move || if editing.get() { text::CHANGE } else { text::ADD }}
                    </Button>
                    <Button
                        kind=ButtonKind::Subtle
                        on_click=clear
                    >
                        {text::CLEAR}
                    </Button>
                    <span class="hint">{text::HALF}</span>
                </div>
            </section>
        }
        .into_any()
    };
    dynamic(body)
}

/// The search for a person or a team.
fn person(form: Form, error: Signal<Option<String>>) -> AnyView {
    let found = RwSignal::new(Load::<Vec<Suggestion>>::Loading);
    // Mail addresses of what was found, and what each is.
    let known = StoredValue::new(Vec::<(String, String, &'static str)>::new());
    let turn = StoredValue::new(0_u32);
    let search = move |typed: String| {
        found.set(Load::Loading);
        turn.update_value(|turn| *turn += 1);
        let mine = turn.get_value();
        spawn_local(async move {
            let answer = form.settings().to_reach(typed.trim()).await;
            // What was typed since is what counts.
            if turn.try_get_value() != Some(mine) {
                return;
            }
            let answer = answer.map(|all| {
                let mut people = Vec::new();
                let mut suggestions = Vec::new();
                for (kind, one) in all {
                    people.push((one.id.clone(), one.mail.clone(), kind));
                    suggestions.push(Suggestion {
                        value: one.id,
                        label: one.name,
                        detail: Some(text::kind(kind, &one.detail)),
                    });
                }
                let _ = known.try_set_value(people);
                suggestions
            });
            let _ = found.try_update(|found| {
                let was = std::mem::replace(found, Load::Loading);
                *found = was.settle(answer, Timestamp(clock::now()));
            });
        });
    };
    let pick = move |one: Suggestion| {
        let people = known.try_get_value().unwrap_or_default();
        let picked = people.into_iter().find(|(id, ..)| *id == one.value);
        let (_, mail, kind) = picked.unwrap_or_default();
        change(form, |contact| {
            contact.kind = if kind.is_empty() { "mail" } else { kind }.into();
            contact.directory = Some(one.value);
            contact.name = one.label;
            contact.mail = mail;
        });
    };
    let chosen = Memo::new(move |_| current(form).name);
    view! {
        <Combobox
            label=text::PERSON
            what=text::DIRECTORY
            hint=Some(text::PERSON_HINT.to_owned())
            chosen
            found
            error
            on_search=search
            on_typed=move |typed| {
                // Whoever was found in the directory keeps the name, until somebody else is.
                change(
                    form,
                    |contact| {
                        if contact.directory.is_none() {
                            contact.name = typed;
                        }
                    },
                );
            }
            on_pick=pick
        />
    }
    .into_any()
}
