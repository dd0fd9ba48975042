//! The question before an act: it names the target and what will follow, and asks for what goes with
//! it. Where the task changes meanwhile it asks again, and where the act is no longer possible it says so.

use super::facts::warned;
use super::setting::Setting;
use super::skipped;
use super::text;
use super::typed::Typed;
use crate::domain::machine;
use crate::domain::outbox::{Seen, With};
use crate::domain::task::{Act, Card, Task};
use crate::domain::text::visible;
use crate::reactive::{Effect, Memo, RwSignal, Signal};
use crate::state::comments::comments;
use crate::state::responses::responses;
use crate::ui::dialog::Confirm;
use crate::ui::dynamic::dynamic;
use crate::ui::field::{Select, TextArea, TextField};
use leptos::prelude::*;
use std::sync::Arc;

/// What a person is being asked, about the task as it was then.
#[derive(Clone, PartialEq)]
pub(super) struct Asked {
    pub(super) act: Act,
    pub(super) task: Arc<Task>,
    /// True once the task has changed under the question.
    pub(super) moved: bool,
}

/// What goes with the answer: one text and one choice.
#[derive(Clone, Copy)]
struct Fields {
    typed: Typed,
    choice: RwSignal<String>,
}

impl Fields {
    /// Why the answer cannot be given yet.
    fn missing(self, asked: &Asked) -> Option<String> {
        let (_, kind) = machine::of_task(&asked.task.id)?;
        if self.typed.words().is_empty() {
            return Some(text::COMMENT_NEEDED.to_owned());
        }
        let free = matches!(kind.parameter, Some((_, [])));
        let hash = self.choice.get();
        let hash = hash.trim();
        let is_hash = hash.len() == 40 && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
        (free && !is_hash).then(|| text::HASH_NEEDED.to_owned())
    }
}

/// The question.
#[component]
pub(super) fn Question(
    task: Memo<Option<Arc<Task>>>,
    look: Memo<Option<Card>>,
    asked: RwSignal<Option<Asked>>,
    setting: Setting,
    typed: Typed,
) -> impl IntoView {
    let (responses, comments) = (responses(), comments());
    let choice = RwSignal::default();
    let fields = Fields { typed, choice };
    prepare(look, asked, fields, setting);
    // The last question stays written while the dialog closes.
    let last =
        Memo::new(move |before: Option<&Option<Asked>>| asked.get().or(before.cloned().flatten()));
    let say = move |words: fn(&Task, Act) -> String| {
        Signal::derive(move || match last.get() {
            Some(asked) => words(&asked.task, asked.act),
            None => String::new(),
        })
    };
    let confirm = move |()| {
        let (Some(question), Some(now)) = (asked.get_untracked(), task.get_untracked()) else {
            return;
        };
        let over = look.with_untracked(|look| gone(look.as_ref(), question.act));
        if over.is_some() {
            // The dialog says so.
        } else if Seen::of(&now) != Seen::of(&question.task) {
            asked.set(Some(Asked {
                task: now,
                moved: true,
                ..question
            }));
        } else {
            asked.set(None);
            let own = machine::is_of_device(&now.id);
            let mut with = With::default();
            if own {
                with.comment = typed.words();
                with.choice = choice.get_untracked().trim().to_owned();
            }
            let comment = with.comment.clone();
            responses.act(&now, question.act, with);
            if own {
                // The outbox has it from here on.
                typed.draft().sent(&comment);
                choice.set(String::new());
            } else if question.act == Act::Skip {
                skipped::add_once_skipped(responses, comments, typed.field(), now);
            }
        }
    };
    let consequence = say(text::consequence);
    // What the experts warn of belongs where the decision is made.
    let description = say(|task, act| match act {
        Act::Run => visible(&task.description).into_owned(),
        Act::Confirm | Act::Skip | Act::Reopen => visible(&task.title).into_owned(),
    });
    let over = Signal::derive(move || gone(look.read().as_ref(), asked.get()?.act));
    let moved = move || {
        let moved = asked.read().as_ref().is_some_and(|asked| asked.moved);
        over.get().or(moved.then(|| text::MOVED.to_owned()))
    };
    let warnings = move || {
        let run = last.get().filter(|asked| asked.act == Act::Run);
        run.map(|asked| warned(asked.task, setting))
    };
    let missing = move || {
        let asked = asked.get()?;
        over.get().or_else(|| fields.missing(&asked))
    };
    view! {
        <Confirm
            open=Signal::derive(move || asked.get().is_some())
            title=say(text::question)
            primary=say(text::confirm)
            disabled_reason=Signal::derive(missing)
            error=Signal::derive(moved)
            on_confirm=Callback::new(confirm)
            on_cancel=Callback::new(move |()| asked.set(None))
        >
            <p>{move || consequence.get()}</p>
            {dynamic(move || {
                let words = description.get();
                (!words.is_empty()).then(|| view! { <p class="written">{words}</p> })
            })}
            {dynamic(warnings)}
            {dynamic(move || last.get().map(|asked| entry(&asked, fields)))}
        </Confirm>
    }
}

/// When a question is opened, what is known is read anew, and a device's action that was decided and not
/// carried out stands there as it was decided. Until it is closed the card stays where it is: in another
/// list it would be another card, without the question.
fn prepare(
    look: Memo<Option<Card>>,
    asked: RwSignal<Option<Asked>>,
    fields: Fields,
    setting: Setting,
) {
    let responses = responses();
    Effect::new(move |was_open: Option<bool>| {
        let question = asked.get();
        if question.is_some() != was_open.unwrap_or_default() {
            let task = question.as_ref().map(|question| question.task.id.clone());
            let group = look.with_untracked(|look| look.as_ref().map(|card| card.group));
            setting.asking.set(task.zip(group));
        }
        if let (Some(question), true) = (&question, was_open != Some(true)) {
            let task = &question.task;
            if question.act == Act::Run {
                setting.look_again(task);
            }
            if let Some((_, kind)) = machine::of_task(&task.id) {
                let first = kind.parameter.and_then(|(_, values)| values.first());
                let held = responses.resting_with(&task.id);
                let chosen = fields.choice.get_untracked();
                let with = held.unwrap_or_else(|| With {
                    choice: match chosen.is_empty() {
                        true => (*first.unwrap_or(&"")).to_owned(),
                        false => chosen,
                    },
                    ..With::default()
                });
                fields.choice.set(with.choice);
                fields.typed.draft().fill(with.comment);
            }
        }
        question.is_some()
    });
    on_cleanup(move || {
        // The action was withdrawn, and its question with it.
        if asked.try_get_untracked().flatten().is_some() {
            let _ = setting.asking.try_set(None);
        }
    });
}

/// The fields of a question, where it has any.
fn entry(asked: &Asked, fields: Fields) -> Option<AnyView> {
    let own = machine::of_task(&asked.task.id);
    if own.is_none() && asked.act != Act::Skip {
        return None;
    }
    let draft = fields.typed.draft();
    let (label, hint) = match own {
        Some(_) => (text::COMMENT, text::COMMENT_HINT),
        None => (text::REASON, text::REASON_HINT),
    };
    let parameter = own.and_then(|(_, kind)| kind.parameter);
    let choice = parameter.map(|(name, values)| {
        let label = text::parameter(name);
        if values.is_empty() {
            return view! {
                <TextField label required=true value=fields.choice on_input=move |hash: String| fields.choice.set(hash) />
            }
            .into_any();
        }
        let options: Vec<_> = values
            .iter()
            .map(|value| ((*value).to_owned(), text::value(name, value).to_owned()))
            .collect();
        view! {
            <Select label options value=fields.choice on_change=move |value: String| fields.choice.set(value) />
        }
        .into_any()
    });
    let area = view! {
        <TextArea
            label
            hint=Some(hint.to_owned())
            value=draft.text()
            on_input=move |typed: String| draft.set(typed)
            max=skipped::MOST
            required=own.is_some()
        />
    };
    Some(view! { {choice} {area} }.into_any())
}

/// Why a card lets nobody do something now.
pub(super) fn gone(card: Option<&Card>, act: Act) -> Option<String> {
    let mut buttons = card.into_iter().flat_map(|card| &card.buttons);
    match buttons.find(|button| button.act == act) {
        Some(button) if !button.busy => button.disabled.clone(),
        _ => Some(text::GONE.to_owned()),
    }
}
