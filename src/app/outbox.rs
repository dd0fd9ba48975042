//! What is not settled, from every page: the decisions in the top bar, and the question before
//! somebody signs out and leaves something behind.

use super::text;
use crate::domain::id::TaskId;
use crate::domain::inquiry::asked;
use crate::domain::letter::{self, Letter};
use crate::domain::outbox::{Intent, Phase};
use crate::domain::text::visible;
use crate::domain::time::Timestamp;
use crate::parts::ask;
use crate::platform::task::spawn_local;
use crate::reactive::{Effect, Memo, RwSignal, Signal};
use crate::routes::{Route, navigator};
use crate::state::drafts::{Drafts, drafts};
use crate::state::letters::{Decision, letters};
use crate::state::responses::{Responses, responses};
use crate::state::session::{Session, session};
use crate::ui::badge::Tone;
use crate::ui::button::Button;
use crate::ui::dialog::Confirm;
use crate::ui::dynamic::{CollectAny, dynamic};
use crate::ui::env::env;
use crate::ui::flyout::Flyout;
use crate::ui::icon::{Glyph, Icon};
use crate::ui::message_bar::MessageBar;
use crate::ui::time::Time;
use leptos::prelude::*;
use std::collections::HashMap;

type Intents = Signal<HashMap<TaskId, Intent>>;

/// How many decisions and letters are open, and the list of them. Absent when there is none.
#[component]
pub(super) fn Unsettled() -> impl IntoView {
    let intents = responses().outbox();
    let letters = letters().all();
    let count = move |of: fn(&Phase) -> bool| {
        Memo::new(move |_| intents.read().values().filter(|one| of(&one.phase)).count())
    };
    let resting = count(|phase| !phase.in_flight());
    let under_way = count(Phase::in_flight);
    let unknown = count(|phase| matches!(phase, Phase::Checking { .. }));
    let unsent = Memo::new(move |_| letters.read().iter().filter(|one| one.waits()).count());
    let words = move || match (resting.get(), under_way.get(), unsent.get()) {
        (0, 0, unsent) => text::letters(unsent),
        (resting, under_way, _) => text::decisions(resting, under_way),
    };
    let name = move || {
        let (count, words) = words();
        format!("{count} {words}")
    };
    let name = Signal::derive(name);
    let env = env();
    Effect::new(move |before: Option<(usize, usize)>| {
        let now = (resting.get(), unknown.get());
        let before = before.unwrap_or_default();
        if now.0 > before.0 || now.1 > before.1 {
            env.announce(name.get_untracked());
        }
        now
    });
    let open = RwSignal::new(false);
    let some = Memo::new(move |_| !intents.read().is_empty() || unsent.get() > 0);
    let button = move || {
        some.get().then(|| {
            view! {
                <button
                    type="button"
                    class="btn subtle outbox"
                    aria-label=move || name.get()
                    title=move || name.get()
                    aria-haspopup="dialog"
                    on:click=move |_| open.set(true)
                >
                    <Icon glyph=Glyph::Warning />
                    <strong>{move || words().0}</strong>
                    <span class="outbox-words">{move || words().1}</span>
                </button>
            }
        })
    };
    view! {
        {dynamic(button)}
        <Flyout open title=text::OUTBOX on_close=move |()| open.set(false)>
            <List open />
        </Flyout>
    }
}

/// Everything unsent, unsettled and failed, the oldest first, with what can still be done about it.
#[component]
fn List(open: RwSignal<bool>) -> impl IntoView {
    let (responses, letters, navigator) = (responses(), letters(), navigator());
    let refused = Memo::new(move |_| responses.unkept().get() || letters.unkept().get());
    let late = RwSignal::new(false);
    let entry = move |at: Timestamp, words: AnyView, said: Option<AnyView>, buttons: AnyView| {
        let view = view! {
            <li class="card row">
                <div class="grow breakable">{words} " · " <Time ts=at relative=true /> {said}</div>
                {buttons}
            </li>
        };
        (at, view.into_any())
    };
    let small = |label: &'static str, act: Callback<()>| {
        view! { <Button small=true on_click=act>{label}</Button> }.into_any()
    };
    let of_intent = move |intent: Intent| {
        let href = navigator.href(&Route::response(&intent.incident));
        let button = |label, act: fn(Responses, &TaskId)| {
            let task = intent.task.clone();
            small(label, Callback::new(move |()| act(responses, &task)))
        };
        let phase = &intent.phase;
        let first = match phase {
            Phase::Looking => Some(button(text::WITHDRAW, |all, task| all.withdraw(task))),
            Phase::Lost { .. } => Some(button(text::CHECK, |all, task| all.check(task))),
            _ => None,
        };
        let dismiss = phase.dismissible();
        let dismiss = dismiss.then(|| button(text::DISMISS, |all, task| all.dismiss(task)));
        let buttons = view! { {first} {dismiss} }.into_any();
        let words = view! { <a href=href on:click=move |_| open.set(false)>{line(&intent)}</a> };
        entry(intent.at, words.into_any(), None, buttons)
    };
    let decide = move |letter: &Letter, label: &'static str, decision: Decision| {
        let key = letter.key.clone();
        let act = move |()| {
            let key = key.clone();
            spawn_local(async move {
                let done = letters.decide(&key, decision).await;
                let _ = late.try_set(!done);
            });
        };
        small(label, Callback::new(act))
    };
    let of_letter = move |letter: Letter| {
        let title = visible(&letter.title).into_owned();
        let title = view! { <strong>{title}</strong> " " {letter.label()} };
        // What nobody can read elsewhere is not decided about unseen.
        let said = visible(&letter.words).into_owned();
        let said = (!said.is_empty()).then(|| view! { <p class="written">{said}</p> }.into_any());
        let again = letter.at_rest();
        let again = again.then(|| decide(&letter, text::SEND_AGAIN, Decision::Again));
        let question = letter.withdrawable() && asked(&letter.body).is_some();
        let back = letter.withdrawable();
        let back = back.then(|| decide(&letter, text::WITHDRAW, Decision::TakeBack));
        let at = letter.written;
        if letters.decided().read().contains(&letter.key) {
            return entry(at, title.into_any(), said, letter::DECIDED.into_any());
        }
        let edit = question.then(|| {
            let act = move |()| {
                let letter = letter.clone();
                spawn_local(async move {
                    let done = ask::edit(letters, &letter).await;
                    let _ = late.try_set(!done);
                    if done {
                        let _ = open.try_set(false);
                    }
                });
            };
            small(text::EDIT_QUESTION, Callback::new(act))
        });
        let buttons = view! { {again} {edit} {back} };
        entry(at, title.into_any(), said, buttons.into_any())
    };
    let env = env();
    let list = move || {
        // The button that settled something goes with it.
        env.keep_focus();
        let intents = responses.outbox().get();
        let mut all: Vec<_> = intents.values().cloned().map(of_intent).collect();
        let unsent = letters.all().get().into_iter();
        all.extend(unsent.filter(Letter::unconfirmed).map(of_letter));
        all.sort_by_key(|(at, _)| *at);
        if all.is_empty() {
            return view! { <p class="muted">{text::OUTBOX_EMPTY}</p> }.into_any();
        }
        let all = all.into_iter().map(|(_, view)| view).collect_any();
        view! { <ul class="plain-list stack" aria-label=text::OUTBOX>{all}</ul> }.into_any()
    };
    view! {
        <div class="stack">
            <p class="muted">{text::OUTBOX_MEANS}</p>
            {dynamic(move || {
                refused.get().then(|| view! { <MessageBar tone=Tone::Warning text=text::SIGN_OUT_UNKEPT /> })
            })}
            {dynamic(move || {
                late.get()
                    .then(|| view! { <MessageBar tone=Tone::Warning text=letter::TOO_LATE /> })
            })}
            {dynamic(list)}
        </div>
    }
}

/// The oldest first.
fn sorted(intents: Intents) -> Vec<Intent> {
    let all = intents.try_with_untracked(|all| all.values().cloned().collect::<Vec<_>>());
    let mut all = all.unwrap_or_default();
    all.sort_by_key(|intent| intent.at);
    all
}

fn line(intent: &Intent) -> String {
    text::decision(&visible(&intent.title), intent.phase.label())
}

/// Signing out, with a question where something would be left behind.
#[derive(Clone, Copy)]
pub(super) struct SignOut {
    session: Session,
    drafts: Drafts,
    intents: Intents,
    open: RwSignal<bool>,
    decisions: RwSignal<Vec<String>>,
    texts: RwSignal<Vec<String>>,
}

impl SignOut {
    pub(super) fn new() -> SignOut {
        SignOut {
            session: session(),
            drafts: drafts(),
            intents: responses().outbox(),
            open: RwSignal::new(false),
            decisions: RwSignal::default(),
            texts: RwSignal::default(),
        }
    }

    /// Signs out, or asks first.
    pub(super) fn ask(self) {
        spawn_local(async move {
            let texts = self.drafts.unsent().await;
            let texts = texts
                .iter()
                .map(|(field, typed)| text::unsent(field, &visible(typed)));
            let texts: Vec<String> = texts.collect();
            let mut decisions: Vec<String> = sorted(self.intents).iter().map(line).collect();
            let letters = letters().all().get_untracked();
            let unsent = letters.iter().filter(|one| one.unconfirmed());
            decisions.extend(unsent.map(|one| text::decision(&visible(&one.title), one.label())));
            if texts.is_empty() && decisions.is_empty() {
                return self.leave();
            }
            let _ = self.texts.try_set(texts);
            let _ = self.decisions.try_set(decisions);
            let _ = self.open.try_set(true);
        });
    }

    /// The next person at this device must not find what this one typed.
    fn leave(self) {
        spawn_local(async move {
            self.drafts.wipe().await;
            self.session.sign_out();
        });
    }

    /// The dialog, where it is open.
    pub(super) fn question(self) -> AnyView {
        let refused = responses().unkept();
        let list = move |kept: &'static str, unkept: &'static str, lines: RwSignal<Vec<String>>| {
            dynamic(move || {
                let words = if refused.get() { unkept } else { kept };
                let lines = lines.get();
                (!lines.is_empty()).then(|| {
                    let item = |line| view! { <li class="written">{line}</li> };
                    view! {
                        <p>{words}</p>
                        <ul>{lines.into_iter().map(item).collect_any()}</ul>
                    }
                })
            })
        };
        view! {
            <Confirm
                open=self.open
                title=text::SIGN_OUT_QUESTION
                primary=text::SIGN_OUT
                on_confirm=move |()| {
                    self.open.set(false);
                    self.leave();
                }
                on_cancel=move |()| self.open.set(false)
            >
                {list(text::SIGN_OUT_TEXTS, text::SIGN_OUT_TEXTS, self.texts)}
                {list(text::SIGN_OUT_DECISIONS, text::SIGN_OUT_UNKEPT, self.decisions)}
            </Confirm>
        }
        .into_any()
    }
}
