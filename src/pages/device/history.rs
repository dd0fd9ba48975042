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
use crate::ui::keyed::keyed;
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
    // It stays written while the dialog closes.
    let question = RwSignal::new(String::new());
    let responses = responses();
    // Whose package was asked for last, and what came of it. What comes for another one is too late.
    let package = RwSignal::new((String::new(), None::<Result<String, String>>));
    let roles = session().roles();
    let refused = Memo::new(move |_| roles.get().may_act().err());
    let fetch = move |action: String| {
        package.set((action.clone(), None));
        let asked = action.clone();
        let done = Callback::new(move |answer: Result<_, _>| {
            let _ = package.try_update(|(last, came)| {
                if *last == asked {
                    *came = Some(answer.map_err(|why| text::package_missing(&why)));
                }
            });
        });
        machines.package(action, done);
    };
    let of_device = id.clone();
    let row = move |one: &MachineAction| {
        let tone = match one.standing {
            Standing::Pending | Standing::InProgress => Tone::Info,
            Standing::Succeeded => Tone::Success,
            Standing::Failed | Standing::TimedOut => Tone::Danger,
            Standing::Cancelled | Standing::Unknown(_) => Tone::Neutral,
        };
        let which = one.scope.as_deref().or(one.file.as_deref());
        let which = which.map(|which| format!(" ({})", visible(which)));
        let which = which.unwrap_or_default();
        let label = visible(&one.label()).into_owned();
        let collected =
            one.kind == "CollectInvestigationPackage" && one.standing == Standing::Succeeded;
        let cancel = one.live().then(|| {
            let task = Arc::new(cancel::task(&of_device, one));
            let id = task.id.clone();
            let what = format!("{label}{which}");
            let ask = move |()| {
                let device = device.read_untracked();
                let name = device.machine.as_ref().ok().map(|it| visible(&it.name));
                question.set(text::cancel_question(&what, name.as_deref()));
                cancelling.set(Some(task.clone()));
            };
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
                    on_click=ask
                >
                    {text::CANCEL}
                </Button>
            }
        });
        let fetch = collected.then(|| {
            let action = one.id.clone();
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
                    {label} <span class="breakable">{which}</span>
                </td>
                <td class="truncate"><Badge tone=tone text=one.standing.label().into_owned() /></td>
                <td class="breakable">{requestor}</td>
                <td class="breakable">{comment}</td>
                <td>{one.created.map(|at| view! { <Time ts=at /> })}</td>
                <td class="truncate">{cancel} {fetch}</td>
            </tr>
        }
    };
    // Keyed by action, so that a button under the pointer does not come to stand for another one when the
    // list grows.
    let row = move |id: String| {
        let action = Memo::new(move |_| {
            let device = device.read();
            let mut actions = device.actions.iter().flatten();
            actions.find(|one| one.id == id).cloned()
        });
        let row = row.clone();
        dynamic(move || action.read().as_ref().map(&row))
    };
    let ids = move || {
        let device = device.read();
        let actions = device.actions.iter().flatten();
        actions.map(|one| one.id.clone()).collect()
    };
    let shape = Memo::new(move |_| match &device.read().actions {
        Err(why) => Err(why.wording(text::HISTORY_WHAT)),
        Ok(actions) => Ok(actions.is_empty()),
    });
    let table = move || match &*shape.read() {
        Err(words) => {
            let said = format!("{}. {}", words.title, words.advice);
            view! { <MessageBar tone=Tone::Warning text=said /> }.into_any()
        }
        Ok(true) => view! { <p class="muted">{text::NO_HISTORY}</p> }.into_any(),
        Ok(false) => {
            let rows = keyed(ids, String::clone, row.clone());
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
            {dynamic(move || match package.get().1? {
                Err(words) => Some(view! { <MessageBar tone=Tone::Warning text=words /> }.into_any()),
                Ok(href) => {
                    let safe = href.starts_with("https://") || href.starts_with("http://");
                    let link = || {
                        view! {
                            <MessageBar tone=Tone::Success text=text::PACKAGE_READY>
                                <a class="btn small" href=href download="">{text::DOWNLOAD}</a>
                            </MessageBar>
                        }
                    };
                    safe.then(|| link().into_any())
                }
            })}
            {dynamic(move || open.get().into_iter().map(outcome).collect_any())}
            {dynamic(table)}
            <Cancel id cancelling question />
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
fn Cancel(
    id: String,
    cancelling: RwSignal<Option<Arc<Task>>>,
    question: RwSignal<String>,
) -> impl IntoView {
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
            title=question
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
