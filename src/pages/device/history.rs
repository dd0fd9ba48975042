//! What the device has been asked for so far, by whomever, with what can still be done about it: taking
//! an action back that has not ended, fetching a package that was collected.

use super::text;
use crate::domain::machine::{MachineAction, Standing, cancel};
use crate::domain::outbox::With;
use crate::domain::task::{Act, Task};
use crate::domain::text::visible;
use crate::parts::action_card::Outcome;
use crate::reactive::{Effect, Memo, RwSignal, Signal};
use crate::state::drafts::drafts;
use crate::state::machines::{Device, Machines};
use crate::state::responses::responses;
use crate::state::session::session;
use crate::ui::badge::{Badge, Tone};
use crate::ui::button::{Button, ButtonKind};
use crate::ui::dialog::Confirm;
use crate::ui::dynamic::{CollectAny, dynamic};
use crate::ui::field::TextArea;
use crate::ui::message_bar::MessageBar;
use crate::ui::time::Time;
use leptos::prelude::*;
use std::sync::Arc;

/// The list.
#[component]
pub(super) fn History(
    id: String,
    device: Signal<Arc<Device>>,
    machines: Machines,
) -> impl IntoView {
    let cancelling = RwSignal::new(None::<Arc<Task>>);
    let responses = responses();
    let said = RwSignal::new(String::new());
    let package = RwSignal::new(String::new());
    let roles = session().roles();
    let refused = Memo::new(move |_| roles.get().may_act().err());
    let fetch = move |action: String| {
        let done = Callback::new(move |answer| match answer {
            Ok(address) => {
                let _ = package.try_set(address);
            }
            Err(why) => {
                let _ = said.try_set(text::package_missing(&why));
            }
        });
        machines.package(action, done);
    };
    let of_device = id.clone();
    let row = move |one: &MachineAction| {
        let action = one.id.clone();
        let tone = match one.standing {
            Standing::Pending | Standing::InProgress => Tone::Info,
            Standing::Succeeded => Tone::Success,
            Standing::Failed | Standing::TimedOut => Tone::Danger,
            Standing::Cancelled | Standing::Unknown(_) => Tone::Neutral,
        };
        let which = one.scope.as_deref().or(one.file.as_deref());
        let which = which.map(|which| format!(" ({})", visible(which)));
        let collected =
            one.kind == "CollectInvestigationPackage" && one.standing == Standing::Succeeded;
        let cancel = one.live().then(|| {
            let task = Arc::new(cancel::task(&of_device, one));
            let id = task.id.clone();
            let busy = Signal::derive(move || {
                let outbox = responses.outbox().read();
                outbox.get(&id).is_some_and(|one| one.phase.in_flight())
            });
            view! {
                <Button
                    kind=ButtonKind::Subtle
                    small=true
                    disabled_reason=Signal::from(refused)
                    busy
                    on_click=move |()| cancelling.set(Some(task.clone()))
                >
                    {text::CANCEL}
                </Button>
            }
        });
        let fetch = collected.then(|| {
            let action = action.clone();
            view! {
                <Button kind=ButtonKind::Subtle small=true on_click=move |()| fetch(action.clone())>
                    {text::GET_PACKAGE}
                </Button>
            }
        });
        let comment = one.comment.as_deref().map(|it| visible(it).into_owned());
        let requestor = one.requestor.as_deref().map(|it| visible(it).into_owned());
        view! {
            <tr>
                <td>
                    {visible(&one.label()).into_owned()} <span class="breakable">{which}</span>
                </td>
                <td class="truncate"><Badge tone=tone text=one.standing.label().into_owned() /></td>
                <td class="breakable">{requestor}</td>
                <td class="breakable">{comment}</td>
                <td>{one.created.map(|at| view! { <Time ts=at /> })}</td>
                <td class="truncate">{cancel} {fetch}</td>
            </tr>
        }
    };
    let table = move || match &device.read().actions {
        Err(why) => {
            let words = why.wording(text::HISTORY_WHAT);
            let said = format!("{}. {}", words.title, words.advice);
            view! { <MessageBar tone=Tone::Warning text=said /> }.into_any()
        }
        Ok(actions) if actions.is_empty() => {
            view! { <p class="muted">{text::NO_HISTORY}</p> }.into_any()
        }
        Ok(actions) => {
            let rows = actions.iter().map(&row).collect_any();
            view! {
                <div class="table-frame" tabindex="0" role="group" aria-label=text::HISTORY>
                    <table class="table">
                        <thead>
                            <tr>
                                <th scope="col">{text::ACTION}</th>
                                <th scope="col">{text::STATUS}</th>
                                <th scope="col">{text::BY}</th>
                                <th scope="col">{text::COMMENT}</th>
                                <th scope="col">{text::ASKED}</th>
                                <th scope="col">{text::OPTIONS}</th>
                            </tr>
                        </thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
            }
            .into_any()
        }
    };
    let own = id.clone();
    let open = Memo::new(move |_| unsettled(&device.read(), &own));
    view! {
        <section class="card stack" aria-label=text::HISTORY>
            <h2>{text::HISTORY}</h2>
            {dynamic(move || {
                let words = said.get();
                (!words.is_empty()).then(|| view! { <MessageBar tone=Tone::Warning text=words /> })
            })}
            {dynamic(move || {
                let href = package.get();
                let safe = href.starts_with("https://") || href.starts_with("http://");
                safe.then(|| {
                    view! {
                        <MessageBar tone=Tone::Success text=text::PACKAGE_READY>
                            <a class="btn small" href=href download="">{text::DOWNLOAD}</a>
                        </MessageBar>
                    }
                })
            })}
            {dynamic(move || open.get().into_iter().map(outcome).collect_any())}
            {dynamic(table)}
            <Cancel id cancelling />
        </section>
    }
}

/// What takes an action back, of those where that is not settled.
fn unsettled(device: &Device, id: &str) -> Vec<Task> {
    let outbox = responses().outbox();
    let outbox = outbox.read();
    let actions = device.actions.iter().flatten();
    let tasks = actions.map(|action| cancel::task(id, action));
    tasks.filter(|task| outbox.contains_key(&task.id)).collect()
}

/// What became of taking an action back.
fn outcome(task: Task) -> AnyView {
    let title = visible(&task.title).into_owned();
    let label = title.clone();
    let task = Memo::new(move |_| Some(Arc::new(task.clone())));
    view! {
        <div class="stack" role="group" aria-label=label>
            <p>{title}</p>
            <Outcome task />
        </div>
    }
    .into_any()
}

/// The question before an action is taken back.
#[component]
fn Cancel(id: String, cancelling: RwSignal<Option<Arc<Task>>>) -> impl IntoView {
    let responses = responses();
    let draft = drafts().open(&format!("device/{id}/cancel"));
    let comment = Memo::new(move |_| draft.text().read().trim().to_owned());
    // One that was not carried out stands there as it was decided.
    Effect::new(move |_| {
        let Some(task) = cancelling.get() else { return };
        let held = responses.resting_with(&task.id).unwrap_or_default();
        draft.fill(held.comment);
    });
    let missing = move || {
        comment
            .read()
            .is_empty()
            .then(|| text::COMMENT_NEEDED.to_owned())
    };
    let confirm = move |()| {
        let Some(task) = cancelling.get_untracked() else {
            return;
        };
        cancelling.set(None);
        let words = comment.get_untracked();
        responses.act(&task, Act::Run, With::comment(&words));
        // The outbox has it from here on.
        draft.sent(&words);
    };
    view! {
        <Confirm
            open=Signal::derive(move || cancelling.read().is_some())
            title=text::CANCEL_QUESTION
            primary=text::CANCEL_ACTION
            disabled_reason=Signal::derive(missing)
            on_confirm=Callback::new(confirm)
            on_cancel=Callback::new(move |()| cancelling.set(None))
        >
            <p>{text::CANCEL_MEANS}</p>
            <TextArea
                label=text::COMMENT
                value=draft.text()
                on_input=move |typed: String| draft.set(typed)
                required=true
            />
        </Confirm>
    }
}
