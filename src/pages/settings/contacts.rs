//! Whom the experts reach: the contacts in the order they are called, the form for one of them, and the
//! hours that are left.

use super::{contact, coverage, text};
use crate::domain::settings::Contact;
use crate::domain::settings::facts::{INCIDENT, REVIEW, in_words};
use crate::domain::settings::work::Work;
use crate::domain::text::visible;
use crate::platform::task::spawn_local;
use crate::reactive::{Memo, RwSignal, Signal};
use crate::state::settings::form::Form;
use crate::ui::badge::{Badge, Tone};
use crate::ui::button::IconButton;
use crate::ui::dynamic::{CollectAny, dynamic};
use crate::ui::empty::Empty;
use crate::ui::env::env;
use crate::ui::icon::Glyph;
use leptos::prelude::*;

/// The form.
pub(super) fn contacts(form: Form) -> AnyView {
    let contacts = Memo::new(move |_| form.work().with(|work| work.sections.contacts.clone()));
    let gone = RwSignal::new(Vec::<String>::new());
    look_who_left(form, gone);
    let table = move || {
        let contacts = contacts.get();
        if contacts.is_empty() {
            return view! { <Empty glyph=Glyph::Phone title=text::NO_CONTACTS /> }.into_any();
        }
        let incidents = contacts.iter().filter(|contact| contact.incident).count();
        let mut called = 0;
        let rows = contacts.into_iter().enumerate().map(|(at, one)| {
            called += usize::from(one.incident);
            let call = if one.incident { called } else { 0 };
            row(form, at, &one, (call, incidents), gone)
        });
        let rows = rows.collect_any();
        view! {
            <div class="table-frame" tabindex="0" role="group" aria-label=text::CONTACTS>
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col">{text::CALL}</th>
                            <th scope="col">{text::CONTACT}</th>
                            <th scope="col">{text::PHONE}</th>
                            <th scope="col">{text::CONTACT_FOR}</th>
                            <th scope="col">{text::HOURS}</th>
                            <th scope="col">{text::TOLD}</th>
                            <th scope="col">{text::ACTIONS}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
        .into_any()
    };
    view! {
        <section class="card stack">
            <p class="prose">{text::CONTACTS_TEXT}</p>
            {dynamic(table)}
        </section>
        {contact::editor(form)}
        {coverage::coverage(contacts, gone)}
    }
    .into_any()
}

fn row(
    form: Form,
    at: usize,
    one: &Contact,
    (call, incidents): (usize, usize),
    gone: RwSignal<Vec<String>>,
) -> AnyView {
    let denied = form.settings().denied();
    let name = visible(&one.name).into_owned();
    let env = env();
    let or = move |reason: Option<&'static str>| {
        Signal::derive(move || denied.get().or_else(|| reason.map(str::to_owned)))
    };
    let up = match call {
        0 => Some(text::ONLY_INCIDENTS),
        1 => Some(text::FIRST),
        _ => None,
    };
    let down = match call {
        0 => Some(text::ONLY_INCIDENTS),
        last if last == incidents => Some(text::LAST),
        _ => None,
    };
    let half = Signal::derive(move || {
        let half = form.work().with(Work::half);
        denied.get().or_else(|| half.map(str::to_owned))
    });
    let swap = move |by: isize| {
        form.change(|work| work.swap(at, by));
        env.keep_focus();
    };
    let edit = move |()| form.change(|work| work.edit(at));
    let remove = move |()| {
        form.change(|work| work.remove(at));
        env.keep_focus();
    };
    let button = |glyph: Glyph, label: &str, reason, run: Callback<()>| {
        let label = text::of(label, &name);
        view! { <IconButton glyph label small=true disabled_reason=reason on_click=run /> }
            .into_any()
    };
    let purposes = [(one.incident, INCIDENT), (one.review, REVIEW)];
    let purposes = purposes.into_iter().filter(|(is, _)| *is);
    let purposes: Vec<&str> = purposes.map(|(_, name)| name).collect();
    let (words, tone) = match one.state.as_str() {
        "" => (text::NOT_SAVED.to_owned(), Tone::Neutral),
        "pendingNotification" => (text::PENDING.into(), Tone::Info),
        "notified" => (text::NOTIFIED.into(), Tone::Success),
        "bounced" => (text::BOUNCED.into(), Tone::Danger),
        other => (other.to_owned(), Tone::Neutral),
    };
    let contact = one.clone();
    let left = move || {
        let left = contact.left(&gone.read());
        left.then(|| view! { <Badge tone=Tone::Danger text=text::GONE /> })
    };
    let phone = match one.phone.as_str() {
        "" => text::NO_PHONE.to_owned(),
        phone => phone.to_owned(),
    };
    let hours = one
        .hours
        .as_ref()
        .map_or(text::NOT_STATED.to_owned(), in_words);
    view! {
        <tr>
            <td class="tabular">{if call == 0 { text::NOTHING.to_owned() } else { call.to_string() }}</td>
            <th scope="row">
                <span class="strong">{name.clone()}</span>
                <br />
                <span class="muted break">{visible(&one.mail).into_owned()}</span>
                {dynamic(left)}
            </th>
            <td class="nowrap">{phone}</td>
            <td>{purposes.join(", ")}</td>
            <td>{hours}</td>
            <td><Badge tone text=words /></td>
            <td>
                <span class="row">
                    {button(Glyph::ArrowUp, text::UP, or(up), Callback::new(move |()| swap(-1)))}
                    {button(Glyph::ArrowDown, text::DOWN, or(down), Callback::new(move |()| swap(1)))}
                    {button(Glyph::Edit, text::EDIT, half, Callback::new(edit))}
                    {button(Glyph::Trash, text::REMOVE, or(None), Callback::new(remove))}
                </span>
            </td>
        </tr>
    }
    .into_any()
}

/// Asks the directory whether the people among the contacts are still there.
fn look_who_left(form: Form, gone: RwSignal<Vec<String>>) {
    let people = Memo::new(move |_| {
        form.work().with(|work| {
            let people = work.sections.contacts.iter();
            let people = people.filter(|contact| contact.kind == "user");
            people
                .filter_map(|contact| contact.directory.clone())
                .collect::<Vec<_>>()
        })
    });
    crate::reactive::Effect::new(move |asked: Option<Vec<String>>| {
        let mut asked = asked.unwrap_or_default();
        let mut new = people.get();
        new.retain(|person| !asked.contains(person));
        if !new.is_empty() {
            asked.extend(new.clone());
            spawn_local(async move {
                let found = form.settings().gone(&new).await;
                let _ = gone.try_update(|gone| gone.extend(found));
            });
        }
        asked
    });
}
