//! What the experts never touch: groups of devices and of users, and all that is of high value.

use super::adding::{Kind, adding};
use super::text;
use crate::domain::settings::Group;
use crate::domain::settings::facts::{HIGH_DEVICES, HIGH_USERS};
use crate::domain::text::visible;
use crate::platform::task::spawn_local;
use crate::reactive::{Memo, RwSignal, Signal};
use crate::routes::{Route, navigator};
use crate::state::settings::form::{Form, Scope};
use crate::ui::badge::Tone;
use crate::ui::button::{Button, ButtonKind};
use crate::ui::dynamic::dynamic;
use crate::ui::empty::Empty;
use crate::ui::env::env;
use crate::ui::field::Checkbox;
use crate::ui::icon::Glyph;
use crate::ui::keyed::keyed;
use crate::ui::message_bar::MessageBar;
use crate::ui::tabs::{Tab, Tabs};
use leptos::prelude::*;

const DEVICES: &str = "device-groups";
const USERS: &str = "user-groups";

/// The form.
pub(super) fn exclusions(form: Form, scope: Scope, view: Memo<String>) -> AnyView {
    let navigator = navigator();
    let page = match scope {
        Scope::Wizard => "get-started/exclusions",
        Scope::One(_) => "exclusions",
    };
    let href = move |view: &str| navigator.href(&Route::Settings(page, view.to_owned()));
    let tabs = move || {
        form.work().with(|work| {
            let all = &work.sections.exclusions;
            vec![
                Tab::link(DEVICES, text::DEVICE_GROUPS, href("")).with_count(all.devices.len()),
                Tab::link(USERS, text::USER_GROUPS, href(USERS)).with_count(all.users.len()),
            ]
        })
    };
    let users = Memo::new(move |_| view.get() == USERS);
    let selected = Signal::derive(move || if users.get() { USERS } else { DEVICES });
    view! {
        <section class="card stack">
            <p class="prose">{text::EXCLUSIONS_TEXT}</p>
            <Tabs label=text::EXCLUSIONS tabs=Signal::derive(tabs) selected=selected>
                {dynamic(move || groups(form, if users.get() { Kind::Users } else { Kind::Devices }))}
            </Tabs>
        </section>
    }
    .into_any()
}

fn groups(form: Form, kind: Kind) -> AnyView {
    let denied = form.settings().denied();
    let open = RwSignal::new(false);
    let users = kind == Kind::Users;
    let (add, none) = match kind {
        Kind::Devices => (text::ADD_DEVICE_GROUPS, text::NO_DEVICE_GROUPS),
        Kind::Users => (text::ADD_USER_GROUPS, text::NO_USER_GROUPS),
    };
    let (switch, about) = match kind {
        Kind::Devices => (HIGH_DEVICES, text::HIGH_DEVICES_TEXT),
        Kind::Users => (HIGH_USERS, text::HIGH_USERS_TEXT),
    };
    let all = move || {
        form.work().with(|work| {
            let all = &work.sections.exclusions;
            if users {
                all.users.clone()
            } else {
                all.devices.clone()
            }
        })
    };
    let empty = Memo::new(move |_| all().is_empty());
    let high = Memo::new(move |_| {
        form.work().with(|work| {
            let all = &work.sections.exclusions;
            if users {
                all.high_value_users
            } else {
                all.high_value_devices
            }
        })
    });
    let set_high = move |on: bool| {
        form.change(|work| {
            let all = &mut work.sections.exclusions;
            if users {
                all.high_value_users = on;
            } else {
                all.high_value_devices = on;
            }
        });
    };
    view! {
        <div class="stack">
            <div>
                <Button icon=Glyph::Add disabled_reason=denied on_click=move |()| open.set(true)>
                    {add}
                </Button>
            </div>
            {dynamic(move || {
                empty.get().then(|| view! { <Empty glyph=Glyph::Shield title=none /> })
            })}
            <ul class="plain-list">
                {keyed(all, |group| group.id.clone(), move |group| row(form, kind, group))}
            </ul>
            <Checkbox
                label=switch
                hint=Some(about.to_owned())
                checked=Signal::from(high)
                on_change=set_high
                disabled_reason=denied
            />
            {dynamic(move || {
                high.get().then(|| view! { <MessageBar tone=Tone::Warning text=text::HIGH_WARNING /> })
            })}
        </div>
        {adding(form, kind, open)}
    }
    .into_any()
}

/// Says how many members a group of the directory has, in words.
pub(super) fn count(form: Form, group: Group, members: RwSignal<String>) {
    members.set(text::MEMBERS_READING.into());
    spawn_local(async move {
        let words = match form.settings().members(&group).await {
            Some(count) => text::members(count),
            None => text::MEMBERS_UNKNOWN.into(),
        };
        let _ = members.try_set(words);
    });
}

fn row(form: Form, kind: Kind, group: Group) -> AnyView {
    let name = visible(&group.name).into_owned();
    let members = RwSignal::new(text::DEVICES_NOT_TOLD.to_owned());
    if kind == Kind::Users {
        count(form, group.clone(), members);
    }
    let remove = match kind {
        Kind::Devices => text::REMOVE_DEVICE_GROUP,
        Kind::Users => text::REMOVE_USER_GROUP,
    };
    let env = env();
    let id = group.id;
    let gone = move |()| {
        form.change(|work| {
            let all = &mut work.sections.exclusions;
            let groups = if kind == Kind::Users {
                &mut all.users
            } else {
                &mut all.devices
            };
            groups.retain(|group| group.id != id);
        });
        env.keep_focus();
    };
    let hidden = format!(" {name}");
    view! {
        <li class="row">
            <span class="grow break">{name}</span>
            <span class="muted nowrap">{move || members.get()}</span>
            <Button
                kind=ButtonKind::Subtle
                small=true
                icon=Glyph::Trash
                disabled_reason=form.settings().denied()
                on_click=gone
            >
                {remove}
                <span class="visually-hidden">{hidden}</span>
            </Button>
        </li>
    }
    .into_any()
}
