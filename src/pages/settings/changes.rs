//! What differs between two versions of the settings, and the choice between them after a conflict; and
//! what became of the last attempt to save.

use super::text;
use crate::domain::settings::facts::{Change, changes};
use crate::domain::settings::{Section, Sections};
use crate::domain::text::visible;
use crate::reactive::Memo;
use crate::state::settings::form::{Form, Phase, Scope};
use crate::ui::badge::Tone;
use crate::ui::button::{Button, ButtonKind};
use crate::ui::dynamic::{CollectAny, dynamic};
use crate::ui::error_panel::ErrorPanel;
use crate::ui::message_bar::MessageBar;
use crate::ui::skeleton::Skeleton;
use crate::ui::time::Time;
use leptos::prelude::*;

/// The changes as a table, or that there are none. `before` and `after` head its columns.
pub(super) fn table(
    label: &str,
    all: Vec<Change>,
    before: &'static str,
    after: &'static str,
) -> AnyView {
    if all.is_empty() {
        return view! { <p class="muted">{text::NO_CHANGE}</p> }.into_any();
    }
    let cell = |words: &str| match words {
        "" => text::NOTHING.to_owned(),
        words => visible(words).into_owned(),
    };
    let row = |change: Change| {
        view! {
            <tr>
                <th scope="row">{visible(&change.what).into_owned()}</th>
                <td>{cell(&change.before)}</td>
                <td>{cell(&change.after)}</td>
            </tr>
        }
    };
    view! {
        <div class="table-frame" tabindex="0" role="group" aria-label=label.to_owned()>
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{text::SETTING}</th>
                        <th scope="col">{before}</th>
                        <th scope="col">{after}</th>
                    </tr>
                </thead>
                <tbody>{all.into_iter().map(row).collect_any()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// Where a form stands, in words: nothing where there is nothing to say. `begun` tells whether it has ever
/// had what it is to be filled with: before that a failure is one of reading.
pub(super) fn standing(form: Form, scope: Scope, begun: Memo<bool>) -> AnyView {
    dynamic(move || match form.phase().get() {
        Phase::Opening => view! { <Skeleton lines=6 /> }.into_any(),
        Phase::Conflict(theirs, stamp) => {
            let mine = form.work().with(|work| work.sections.clone());
            let at = stamp
                .at
                .map(|at| view! { " " <Time ts=at relative=true /> });
            let by = (!stamp.by.is_empty()).then(|| {
                view! { <p class="muted">{text::changed_by(&stamp.by)} {at}</p> }
            });
            view! {
                <section class="card stack" aria-label=text::CONFLICT>
                    <MessageBar
                        tone=Tone::Warning
                        title=Some(text::CONFLICT.to_owned())
                        text=text::CONFLICT_TEXT
                    />
                    {by}
                    {table(text::CONFLICT, differences(&theirs, &mine, scope), text::THEIRS, text::MINE)}
                    <div class="cluster">
                        <Button kind=ButtonKind::Primary on_click=move |()| form.keep_mine()>
                            {text::KEEP_MINE}
                        </Button>
                        <Button on_click=move |()| form.take_theirs()>{text::TAKE_THEIRS}</Button>
                    </div>
                </section>
            }
            .into_any()
        }
        Phase::Failed(error) => {
            if !begun.get_untracked() {
                let again = Callback::new(move |()| form.begin());
                return view! { <ErrorPanel error what=text::WHAT on_retry=again /> }.into_any();
            }
            let sections = form.work().with_untracked(|work| work.sections.clone());
            let (title, words) = text::failed(&error, &sections);
            let words = visible(&words).into_owned();
            view! { <MessageBar tone=Tone::Danger title=Some(title) text=words /> }.into_any()
        }
        Phase::Open | Phase::Sending | Phase::Saved => ().into_any(),
    })
}

/// What differs in all that a form is about.
fn differences(one: &Sections, two: &Sections, scope: Scope) -> Vec<Change> {
    match scope {
        Scope::One(section) => changes(one, two, section),
        Scope::Wizard => Section::ALL
            .into_iter()
            .flat_map(|section| changes(one, two, section))
            .collect(),
    }
}
