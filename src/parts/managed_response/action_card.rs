//! One response action as a card that expands: what it is, how it stands, and its buttons. All of
//! that is `domain::task::card`'s decision; only which question is being asked is held here.

use super::text;
use crate::domain::outbox::{Phase, Seen};
use crate::domain::task::{Act, Button as Offer, Card, State, Task, card};
use crate::domain::text::visible;
use crate::domain::time::Timestamp;
use crate::parts::badges::ActionBadge;
use crate::reactive::{Memo, RwSignal, Signal};
use crate::state::responses::{Responses, responses};
use crate::state::session::session;
use crate::ui::badge::Tone;
use crate::ui::button::{Button, ButtonKind};
use crate::ui::dialog::Confirm;
use crate::ui::disclosure::Disclosure;
use crate::ui::dynamic::dynamic;
use crate::ui::keyed::keyed;
use crate::ui::message_bar::MessageBar;
use crate::ui::properties::{Properties, Property};
use crate::ui::time::Time;
use leptos::prelude::*;
use std::sync::Arc;

/// The card of a task.
#[component]
pub(super) fn ActionCard(task: Memo<Option<Arc<Task>>>, closed: Signal<bool>) -> impl IntoView {
    let roles = session().roles();
    let outbox = responses().outbox();
    let look = Memo::new(move |before: Option<&Option<Card>>| {
        let task = task.get();
        let look = task.map(|task| {
            card(
                &task,
                outbox.read().get(&task.id),
                &roles.read(),
                closed.get(),
            )
        });
        look.or_else(|| before.cloned().flatten())
    });
    let state = Memo::new(move |_| {
        look.read()
            .as_ref()
            .map_or(State::Unknown, |card| card.state)
    });
    let status = Memo::new(move |_| {
        look.read()
            .as_ref()
            .map(|c| c.status.clone())
            .unwrap_or_default()
    });
    // What has to be done stands open; what is done is folded away.
    let open = RwSignal::new(!matches!(
        state.get_untracked(),
        State::Done | State::Skipped
    ));
    let asked = RwSignal::new(None::<Asked>);
    let title = Signal::derive(move || {
        task.read()
            .as_ref()
            .map(|task| visible(&task.title).into_owned())
            .unwrap_or_default()
    });
    let meta = ViewFn::from(move || {
        dynamic(move || view! { <ActionBadge state=state.get() text=status /> })
    });
    view! {
        <Disclosure title meta level=4 open on_toggle=move |now| open.set(now)>
            {move || task.get().map(|task| facts(&task, status))}
            <Outcome task />
            <Buttons task look asked />
        </Disclosure>
        <Question task look asked />
    }
}

fn facts(task: &Task, status: Memo<String>) -> AnyView {
    let text_of = |words: &Option<String>| words.as_deref().map(|w| visible(w).into_owned());
    let target = text_of(&task.target_name).or(text_of(&task.target));
    let device = text_of(&task.device).filter(|device| Some(device) != task.target.as_ref());
    let at_by = |label: &'static str, at: Option<Timestamp>, by: &Option<String>| {
        let by = by.as_deref().map(|name| text::by(&visible(name)));
        at.map(|at| {
            view! {
                <Property label>
                    <Time ts=at />
                    {by}
                </Property>
            }
        })
    };
    let requested = at_by(text::REQUESTED, task.created, &task.created_by);
    let started = at_by(
        text::STARTED,
        task.started.filter(|_| task.running()),
        &task.modified_by,
    );
    let changed = at_by(
        text::CHANGED,
        task.modified
            .filter(|at| !task.running() && Some(*at) != task.created),
        &task.modified_by,
    );
    let (action, isolation) = (task.action.label(), text_of(&task.isolation));
    let runs = task.action.executable() && task.pending() && !task.running();
    view! {
        <p class="written">{visible(&task.description).into_owned()}</p>
        <Properties>
            <Property label=text::ACTION_STATUS>{move || status.get()}</Property>
            <Property label=text::KIND_OF_ACTION>{action}</Property>
            {target.map(|t| view! { <Property label=text::TARGET>{t}</Property> })}
            {device
                .map(|d| view! { <Property label=text::DEVICE><span class="mono">{d}</span></Property> })}
            {isolation
                .map(|i| view! { <Property label=text::ISOLATION>{i}</Property> })}
            {requested}
            {started}
            {changed}
        </Properties>
        {text_of(&task.detail)
            .map(|detail| {
                view! { <MessageBar tone=Tone::Warning text=detail /> }
            })}
        {runs.then(|| view! { <p class="muted">{text::CHECK_AUTOMATION}</p> })}
    }
    .into_any()
}

/// What became of this person's own attempt, while it is not settled.
#[component]
fn Outcome(task: Memo<Option<Arc<Task>>>) -> impl IntoView {
    let responses = responses();
    let phase = Memo::new(move |_| {
        let task = task.get()?;
        let outbox = responses.outbox().get();
        match outbox.get(&task.id)?.phase.clone() {
            // Read once more is no news.
            Phase::Checking { why, .. } => Some(Phase::Checking { why, reads: 0 }),
            phase => Some(phase),
        }
    });
    let on_task = move |act: fn(Responses, &Task)| {
        move |()| {
            if let Some(task) = task.get_untracked() {
                act(responses, &task);
            }
        }
    };
    let unkept = move || {
        let unkept = phase.read().is_some() && responses.unkept().get();
        unkept.then(|| view! { <MessageBar tone=Tone::Warning text=text::UNKEPT /> })
    };
    let outcome = move || {
        let (tone, words, button, act): (_, _, _, fn(Responses, &Task)) = match phase.get()? {
            Phase::Sending | Phase::Looking => return None,
            Phase::Elsewhere | Phase::Checking { .. } => {
                let words = match phase.read().as_ref() {
                    Some(Phase::Elsewhere) => text::ELSEWHERE,
                    _ => text::CHECKING,
                };
                let bar = view! { <MessageBar tone=Tone::Info text=words /> };
                return Some(bar.into_any());
            }
            Phase::Lost { .. } => (
                Tone::Warning,
                text::LOST.to_owned(),
                text::CHECK,
                |all, task| all.check(task),
            ),
            Phase::Unsent { why } => {
                let words = text::unsent(&why, responses.repeats_are_safe());
                (Tone::Danger, words, text::DISMISS, |all, task| {
                    all.dismiss(&task.id);
                })
            }
            Phase::Overtaken => {
                let words = text::OVERTAKEN.to_owned();
                (Tone::Warning, words, text::DISMISS, |all, task| {
                    all.dismiss(&task.id);
                })
            }
            Phase::Refused(why) => {
                let words = text::refused(&why);
                (Tone::Danger, words, text::DISMISS, |all, task| {
                    all.dismiss(&task.id);
                })
            }
        };
        let bar = view! {
            <MessageBar tone text=words>
                <Button kind=ButtonKind::Subtle small=true on_click=on_task(act)>
                    {button}
                </Button>
            </MessageBar>
        };
        Some(bar.into_any())
    };
    view! {
        {dynamic(outcome)}
        {dynamic(unkept)}
    }
}

#[component]
fn Buttons(
    task: Memo<Option<Arc<Task>>>,
    look: Memo<Option<Card>>,
    asked: RwSignal<Option<Asked>>,
) -> impl IntoView {
    // Keyed by act, so that a button keeps the focus while its state changes.
    let acts = Memo::new(move |_| {
        let look = look.read();
        let buttons = look.iter().flat_map(|card| &card.buttons);
        buttons.map(|button| button.act).collect::<Vec<_>>()
    });
    let offer = move |act: Act| {
        Memo::new(move |before: Option<&Offer>| {
            let look = look.read();
            let found = look
                .iter()
                .flat_map(|card| &card.buttons)
                .find(|button| button.act == act);
            found.or(before).cloned().unwrap_or(Offer {
                act,
                label: String::new(),
                disabled: None,
                busy: false,
            })
        })
    };
    let button = move |act: Act| {
        let offer = offer(act);
        let kind = match act {
            Act::Run => ButtonKind::Primary,
            Act::Confirm if !offers(look, Act::Run) => ButtonKind::Primary,
            Act::Confirm | Act::Skip | Act::Reopen => ButtonKind::Secondary,
        };
        let ask = move |()| {
            let task = task.get_untracked();
            asked.set(task.map(|task| Asked {
                act,
                task,
                moved: false,
            }));
        };
        view! {
            <Button
                kind
                disabled_reason=Signal::derive(move || offer.get().disabled)
                busy=Signal::derive(move || offer.get().busy)
                on_click=ask
            >
                {dynamic(move || offer.get().label)}
            </Button>
        }
        .into_any()
    };
    view! {
        <div class="cluster">
            {keyed(move || acts.get(), |act| act.wire().to_owned(), button)}
        </div>
    }
}

/// Whether a card lets a person do something now.
fn offers(look: Memo<Option<Card>>, act: Act) -> bool {
    look.with_untracked(|look| {
        let mut buttons = look.iter().flat_map(|card| &card.buttons);
        buttons.any(|button| button.act == act && button.disabled.is_none())
    })
}

/// What a person is being asked, about the task as it was then.
#[derive(Clone, PartialEq)]
struct Asked {
    act: Act,
    task: Arc<Task>,
    /// True once the task has changed under the question.
    moved: bool,
}

/// The question before an act: it names the target and what will follow. Where the task changes
/// meanwhile it asks again, and where the act is no longer possible it goes away.
#[component]
fn Question(
    task: Memo<Option<Arc<Task>>>,
    look: Memo<Option<Card>>,
    asked: RwSignal<Option<Asked>>,
) -> impl IntoView {
    let responses = responses();
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
        if !offers(look, question.act) {
            asked.set(None);
        } else if Seen::of(&now) != Seen::of(&question.task) {
            asked.set(Some(Asked {
                task: now,
                moved: true,
                ..question
            }));
        } else {
            asked.set(None);
            responses.act(&now, question.act);
        }
    };
    let consequence = say(text::consequence);
    // What the experts warn of belongs where the decision is made.
    let description = say(|task, act| match act {
        Act::Run => visible(&task.description).into_owned(),
        Act::Confirm | Act::Skip | Act::Reopen => visible(&task.title).into_owned(),
    });
    let moved = move || {
        asked
            .get()
            .filter(|asked| asked.moved)
            .map(|_| text::MOVED.to_owned())
    };
    view! {
        <Confirm
            open=Signal::derive(move || asked.get().is_some())
            title=say(text::question)
            primary=say(|task, act| text::confirm(&task.action, act))
            error=Signal::derive(moved)
            on_confirm=Callback::new(confirm)
            on_cancel=Callback::new(move |()| asked.set(None))
        >
            <p>{move || consequence.get()}</p>
            <p class="written">{move || description.get()}</p>
        </Confirm>
    }
}
