//! Choosing groups to exclude: found by name while one writes, ticked, and added together.

use super::exclusions::count;
use super::text;
use crate::domain::load::Load;
use crate::domain::settings::Group;
use crate::domain::text::visible;
use crate::domain::time::Timestamp;
use crate::platform::clock;
use crate::platform::task::spawn_local;
use crate::reactive::{Effect, RwSignal, Signal, StoredValue};
use crate::state::settings::form::Form;
use crate::ui::button::{Button, ButtonKind};
use crate::ui::combobox::Suggestion;
use crate::ui::dialog::Dialog;
use crate::ui::dynamic::dynamic;
use crate::ui::empty::Empty;
use crate::ui::env::env;
use crate::ui::field::{Checkbox, SearchBox};
use crate::ui::icon::Glyph;
use crate::ui::keyed::keyed;
use crate::ui::load_view::LoadView;
use leptos::prelude::*;

/// What is drawn of what was found; more is narrowed by writing.
const MOST: usize = 50;

/// What a group consists of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Devices,
    Users,
}

/// The search: one question at a time, and what was written meanwhile is asked next.
#[derive(Clone, Copy)]
struct Search {
    form: Form,
    kind: Kind,
    text: RwSignal<String>,
    found: RwSignal<Load<Vec<Suggestion>>>,
    asking: StoredValue<bool>,
}

impl Search {
    fn ask(self) {
        if self.asking.try_get_value() != Some(false) {
            return;
        }
        self.asking.set_value(true);
        spawn_local(async move {
            while let Some(text) = self.text.try_get_untracked() {
                let settings = self.form.settings();
                let answer = match self.kind {
                    Kind::Devices => settings.device_groups(text.trim()).await,
                    Kind::Users => settings.user_groups(text.trim()).await,
                };
                let answer = answer.map(|found| {
                    let found = found.into_iter().map(|one| Suggestion {
                        value: one.id,
                        label: one.name,
                        detail: Some(one.detail).filter(|detail| !detail.is_empty()),
                    });
                    found.collect()
                });
                let now = Timestamp(clock::now());
                let _ = self.found.try_update(|found| {
                    let was = std::mem::replace(found, Load::Loading);
                    *found = was.settle(answer, now);
                });
                if self.text.try_get_untracked().is_none_or(|now| now == text) {
                    break;
                }
            }
            let _ = self.asking.try_set_value(false);
        });
    }
}

/// The dialog.
pub(super) fn adding(form: Form, kind: Kind, open: RwSignal<bool>) -> AnyView {
    let search = Search {
        form,
        kind,
        text: RwSignal::default(),
        found: RwSignal::new(Load::Loading),
        asking: StoredValue::default(),
    };
    let chosen = RwSignal::new(Vec::<String>::new());
    // Names of what was ticked, also once it is no longer among what is found.
    let names = StoredValue::new(Vec::<Group>::new());
    Effect::new(move |_| {
        if open.get() {
            chosen.set(Vec::new());
            names.set_value(Vec::new());
            search.text.set(String::new());
            search.ask();
        }
    });
    let title = match kind {
        Kind::Devices => text::ADD_DEVICE_GROUPS,
        Kind::Users => text::ADD_USER_GROUPS,
    };
    let env = env();
    let add = move |()| {
        let groups = names.try_get_value().unwrap_or_default();
        let count = groups.len();
        form.change(|work| {
            let all = &mut work.sections.exclusions;
            let into = if kind == Kind::Users {
                &mut all.users
            } else {
                &mut all.devices
            };
            into.extend(groups);
        });
        open.set(false);
        env.announce(text::added(count));
    };
    let close = move |()| open.set(false);
    view! {
        <Dialog open title wide=true on_close=close>
            {content(search, chosen, names)}
            <div class="dialog-actions">
                <Button
                    kind=ButtonKind::Primary
                    disabled_reason=Signal::derive(move || {
                        chosen.read().is_empty().then(|| text::CHOOSE.to_owned())
                    })
                    on_click=add
                >
                    {move || text::add_chosen(chosen.read().len())}
                </Button>
                <Button on_click=close>{text::CANCEL}</Button>
            </div>
        </Dialog>
    }
    .into_any()
}

fn content(
    search: Search,
    chosen: RwSignal<Vec<String>>,
    names: StoredValue<Vec<Group>>,
) -> AnyView {
    let (label, only) = match search.kind {
        Kind::Devices => (text::SEARCH_DEVICE_GROUPS, text::ONLY_DEVICE_GROUPS),
        Kind::Users => (text::SEARCH_USER_GROUPS, text::ONLY_USER_GROUPS),
    };
    let row = move |one: Suggestion| {
        let id = StoredValue::new(one.value.clone());
        let group = Group {
            id: one.value,
            name: one.label.clone(),
        };
        let already = search.form.work().with_untracked(|work| {
            let all = &work.sections.exclusions;
            let there = if search.kind == Kind::Users {
                &all.users
            } else {
                &all.devices
            };
            there.iter().any(|known| known.id == group.id)
        });
        let ticked = move || id.with_value(|id| chosen.read().contains(id));
        // What is chosen says how many it stands for: one question for each, not one for all that is listed.
        let members = RwSignal::new(String::new());
        let detail = one
            .detail
            .map(|detail| visible(&detail).into_owned())
            .unwrap_or_default();
        let hint = move || {
            let members = members.get();
            let both = [detail.as_str(), members.as_str()];
            let both: Vec<&str> = both.into_iter().filter(|words| !words.is_empty()).collect();
            Some(both.join(" · ")).filter(|words| !words.is_empty())
        };
        let tick = move |on: bool| {
            if on && search.kind == Kind::Users && members.get_untracked().is_empty() {
                count(search.form, group.clone(), members);
            }
            let id = group.id.clone();
            names.update_value(|names| {
                names.retain(|known| known.id != id);
                if on {
                    names.push(group.clone());
                }
            });
            chosen.update(|chosen| {
                chosen.retain(|known| *known != id);
                if on {
                    chosen.push(id);
                }
            });
        };
        view! {
            <li>
                <Checkbox
                    label=visible(&one.label).into_owned()
                    hint=Signal::derive(hint)
                    checked=Signal::derive(ticked)
                    on_change=tick
                    disabled_reason=already.then(|| text::ALREADY.to_owned())
                />
            </li>
        }
        .into_any()
    };
    let list = move |found: Signal<Vec<Suggestion>>| {
        let shown = move || found.get().into_iter().take(MOST).collect::<Vec<_>>();
        view! {
            {dynamic(move || {
                found
                    .read()
                    .is_empty()
                    .then(|| view! { <Empty glyph=Glyph::Search title=text::NO_MATCH /> })
            })}
            <ul class="plain-list group-list" role="list" aria-label=text::FOUND>
                {keyed(shown, |one| one.value.clone(), row)}
            </ul>
            {dynamic(move || {
                (found.read().len() >= MOST).then(|| view! { <p class="hint">{text::MOST}</p> })
            })}
        }
        .into_any()
    };
    view! {
        <div class="dialog-body">
            <SearchBox
                label
                value=search.text
                on_input=move |typed| {
                    search.text.set(typed);
                    search.ask();
                }
            />
            <LoadView
                load=search.found
                what=text::GROUPS_WHAT
                on_retry=Callback::new(move |()| search.ask())
                children=list
            />
            <div class="row">
                <p class="hint grow">{only}</p>
                <Button
                    kind=ButtonKind::Subtle
                    icon=Glyph::Refresh
                    on_click=move |()| search.ask()
                >
                    {text::REFRESH}
                </Button>
            </div>
        </div>
    }
    .into_any()
}
