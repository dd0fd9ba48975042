//! One response action as a card that expands: what it is, how it stands, and its buttons. All of
//! that is `domain::task::card`'s decision; only which question is being asked is held here.

use super::text;
use crate::domain::outbox::Phase;
use crate::domain::task::{Act, Button as Offer, Card, State, Task, card};
use crate::domain::text::visible;
use crate::domain::time::Timestamp;
use crate::parts::badges::ActionBadge;
use crate::state::responses::responses;
use crate::state::session::session;
use crate::ui::badge::Tone;
use crate::ui::button::{Button, ButtonKind};
use crate::ui::dialog::Confirm;
use crate::ui::disclosure::Disclosure;
use crate::ui::env::env;
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
    announce(task, status);
    // What has to be done stands open; what is done is folded away.
    let open = RwSignal::new(!matches!(
        state.get_untracked(),
        State::Done | State::Skipped
    ));
    let asked = RwSignal::new(None::<Act>);
    let title = Signal::derive(move || {
        task.read()
            .as_ref()
            .map(|task| visible(&task.title).into_owned())
            .unwrap_or_default()
    });
    let meta =
        ViewFn::from(move || move || view! { <ActionBadge state=state.get() text=status /> });
    view! {
        <Disclosure title meta level=4 open on_toggle=move |now| open.set(now)>
            {move || task.get().map(|task| facts(&task, status))}
            <Outcome task />
            <Buttons look asked />
        </Disclosure>
        <Question task asked />
    }
}

/// Says a changed status aloud: its badge may be out of sight.
fn announce(task: Memo<Option<Arc<Task>>>, status: Memo<String>) {
    let env = env();
    Effect::new(move |before: Option<String>| {
        let now = status.get();
        if before.is_some_and(|before| before != now)
            && let Some(task) = task.get_untracked()
        {
            env.announce(format!("{}: {now}", task.title));
        }
        now
    });
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
        task.modified.filter(|_| !task.running()),
        &task.modified_by,
    );
    let (action, isolation) = (task.action.label(), text_of(&task.isolation));
    let runs = task.action.executable() && task.pending();
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
        responses
            .outbox()
            .read()
            .get(&task.id)
            .map(|intent| intent.phase.clone())
    });
    move || {
        let words = match phase.get()? {
            Phase::Sending => return None,
            Phase::Checking { .. } => {
                return Some(
                    view! { <MessageBar tone=Tone::Info text=text::CHECKING /> }.into_any(),
                );
            }
            Phase::Unsent { .. } => text::UNSENT.to_owned(),
            Phase::Refused(error) => text::refused(&error),
        };
        let dismiss = move |()| {
            if let Some(task) = task.get_untracked() {
                responses.dismiss(&task.id);
            }
        };
        let bar = view! {
            <MessageBar tone=Tone::Danger text=words>
                <Button kind=ButtonKind::Subtle small=true on_click=dismiss>
                    {text::DISMISS}
                </Button>
            </MessageBar>
        };
        Some(bar.into_any())
    }
}

#[component]
fn Buttons(look: Memo<Option<Card>>, asked: RwSignal<Option<Act>>) -> impl IntoView {
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
    view! {
        <div class="cluster">
            <For each=move || acts.get() key=|act| *act let:act>
                {
                    let offer = offer(act);
                    let kind = if act == Act::Run || act == Act::Confirm {
                        ButtonKind::Primary
                    } else {
                        ButtonKind::Secondary
                    };
                    view! {
                        <Button
                            kind
                            disabled_reason=Signal::derive(move || offer.get().disabled)
                            busy=Signal::derive(move || offer.get().busy)
                            on_click=move |()| asked.set(Some(act))
                        >
                            {move || offer.get().label}
                        </Button>
                    }
                }
            </For>
        </div>
    }
}

/// The question before an act: it names the target and what will follow.
#[component]
fn Question(task: Memo<Option<Arc<Task>>>, asked: RwSignal<Option<Act>>) -> impl IntoView {
    let responses = responses();
    // The last question stays written while the dialog closes.
    let last =
        Memo::new(move |before: Option<&Option<Act>>| asked.get().or(before.copied().flatten()));
    let say = move |words: fn(&Task, Act) -> String| {
        Signal::derive(move || match (task.get(), last.get()) {
            (Some(task), Some(act)) => words(&task, act),
            _ => String::new(),
        })
    };
    let confirm = move |()| {
        if let (Some(task), Some(act)) = (task.get_untracked(), asked.get_untracked()) {
            asked.set(None);
            responses.act(&task, act);
        }
    };
    let consequence = say(text::consequence);
    view! {
        <Confirm
            open=Signal::derive(move || asked.get().is_some())
            title=say(text::question)
            primary=say(|task, act| text::confirm(&task.action, act))
            on_confirm=Callback::new(confirm)
            on_cancel=Callback::new(move |()| asked.set(None))
        >
            <p>{move || consequence.get()}</p>
            <p class="muted">{move || task.get().map(|task| visible(&task.title).into_owned())}</p>
        </Confirm>
    }
}
