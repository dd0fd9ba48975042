//! The **Chat** tab of a managed response: the conversation about it, once there is one to talk about.
//! Before that it says why not, and offers to ask.

mod text;

use crate::domain::conversation::Message;
use crate::domain::id::IncidentId;
use crate::domain::letter::Letter;
use crate::domain::load::Load;
use crate::domain::task::{Around, card};
use crate::domain::text::visible;
use crate::domain::time::Timestamp;
use crate::parts::ask;
use crate::parts::thread::{self, Composer, Pending, Quote, Transcript};
use crate::platform::clock;
use crate::platform::task::spawn_local;
use crate::reactive::{Effect, Memo, RwSignal, Signal};
use crate::state::incidents::incidents;
use crate::state::letters::letters;
use crate::state::responses::responses;
use crate::state::session::session;
use crate::state::talks::{Thread, talks};
use crate::ui::button::{Button, ButtonKind};
use crate::ui::dynamic::dynamic;
use crate::ui::empty::Empty;
use crate::ui::icon::Glyph;
use crate::ui::load_view::LoadView;
use leptos::prelude::*;
use std::sync::Arc;

/// The tab of one incident.
#[component]
pub fn ChatTab(
    /// Whose managed response it belongs to.
    incident: IncidentId,
) -> impl IntoView {
    let talks = talks();
    if !talks.configured() {
        return nothing(text::NOT_CONFIGURED, text::NOT_CONFIGURED_ADVICE, None);
    }
    let summary = responses().summary(&incident);
    // What was published does not go: how old the answer is is for the summary to say.
    let published = Memo::new(move |_| match summary.get() {
        Load::Ready(summary, at) | Load::Stale(summary, at, _) => {
            Load::Ready(summary.is_some(), at)
        }
        Load::Loading => Load::Loading,
        Load::Failed(error) => Load::Failed(error),
    });
    let retry = {
        let incident = incident.clone();
        Callback::new(move |()| responses().refresh_summary(&incident))
    };
    let offered = Memo::new(move |_| {
        let rights = talks.rights().get();
        rights.value().is_none_or(|rights| rights.has_chat)
    });
    let content = move |published: Signal<bool>| {
        let incident = incident.clone();
        dynamic(move || {
            if published.get() {
                return view! { <Chat incident=incident.clone() /> }.into_any();
            }
            let asking = Callback::new(|()| ask::ask(ask::in_view()));
            nothing(
                text::NOT_PUBLISHED,
                text::NOT_PUBLISHED_ADVICE,
                Some(asking),
            )
        })
    };
    dynamic(move || {
        if !offered.get() {
            return nothing(text::NOT_OFFERED, "", None);
        }
        let children = content.clone();
        view! { <LoadView load=published what=text::WHAT on_retry=retry children /> }.into_any()
    })
}

fn nothing(title: &'static str, advice: &'static str, ask: Option<Callback<()>>) -> AnyView {
    let advice = Some(advice.to_owned()).filter(|words| !words.is_empty());
    view! {
        <Empty glyph=Glyph::Chat title text=advice>
            {ask
                .map(|on_click| {
                    view! {
                        <Button kind=ButtonKind::Primary icon=Glyph::PersonQuestion on_click>
                            {ask::TITLE}
                        </Button>
                    }
                })}
        </Empty>
    }
    .into_any()
}

/// The conversation, or the box that opens it.
#[component]
fn Chat(incident: IncidentId) -> impl IntoView {
    let talks = talks();
    let quotes = quotes(&incident);
    let load = RwSignal::new(Load::Loading);
    let read = {
        let incident = incident.clone();
        move || {
            let incident = incident.clone();
            spawn_local(async move {
                let found = talks.chat_of(incident.as_str()).await;
                if let Some(before) = load.try_get_untracked() {
                    let _ = load.try_set(before.settle(found.map(Found), Timestamp(clock::now())));
                }
            });
        }
    };
    read();
    let open =
        move || load.with_untracked(|load| load.value().is_some_and(|found| found.0.is_some()));
    // The first message has opened it.
    let all = letters().all();
    let lane = format!("chat/{incident}");
    let waiting = {
        let lane = lane.clone();
        Memo::new(move |_| {
            all.read()
                .iter()
                .filter(|one| one.lane == lane && !one.at_rest())
                .count()
        })
    };
    let look = read.clone();
    Effect::new(move |before: Option<usize>| {
        let now = waiting.get();
        if before.is_some_and(|before| now < before) && !open() {
            look();
        }
        now
    });
    // Or somebody else has, whose conversation nobody here knows by its name.
    let (stirred, look) = (talks.stirred(), read.clone());
    Effect::new(move |before: Option<()>| {
        stirred.track();
        if before.is_some() && !open() {
            look();
        }
    });
    let content = move |found: Signal<Found>| {
        let shown = {
            let lane = lane.clone();
            dynamic(move || match found.get().0 {
                Some(thread) => view! { <Transcript thread /> }.into_any(),
                None => first(lane.clone()),
            })
        };
        // One box from the first message on: what is typed while that opens the chat stays in it.
        view! {
            <div class="comments">
                {shown} <Write incident=incident.clone() lane=lane.clone() found quotes />
            </div>
        }
        .into_any()
    };
    view! { <LoadView load=Signal::from(load) what=text::WHAT on_retry=Callback::new(move |()| read()) children=content /> }
}

/// The thread of a chat, where there is one.
#[derive(Clone, Copy)]
struct Found(Option<Thread>);

impl PartialEq for Found {
    fn eq(&self, other: &Found) -> bool {
        self.0.map(Thread::id) == other.0.map(Thread::id)
    }
}

fn first(lane: String) -> AnyView {
    talks().watch();
    let messages = Signal::from(Arc::<Vec<Message>>::default());
    view! {
        <p class="muted">{text::BEGIN}</p>
        <Pending lane messages />
    }
    .into_any()
}

#[component]
fn Write(
    incident: IncidentId,
    lane: String,
    found: Signal<Found>,
    quotes: Signal<Vec<Quote>>,
) -> impl IntoView {
    let talks = talks();
    let denied = Signal::derive(move || {
        let about = found.get().0.map(|thread| thread.about().get());
        if let Some(about) = about.as_ref().and_then(Load::value) {
            return thread::why_not(about);
        }
        let rights = talks.rights().get();
        let rights = rights.value()?;
        let why = rights.denied.as_deref().unwrap_or(text::MAY_NOT);
        (!rights.may_act).then(|| format!("{} {}", visible(why), text::WHO_MAY))
    });
    let letter = Callback::new(move |body: String| {
        let open = found.get_untracked().0;
        if let Some(letter) = open.and_then(|open| thread::letter(open, body.clone())) {
            return Some(letter);
        }
        let mut letter: Letter = talks.first_of_chat(incident.as_str(), body);
        letter.title = text::title(incident.as_str());
        Some(letter)
    });
    let on_typing = Callback::new(move |()| {
        if let Some(open) = found.get_untracked().0 {
            open.says_typing();
        }
    });
    view! { <Composer lane denied letter quotes on_typing /> }
}

/// What a message here can quote: the actions, and the evidence of the alerts.
fn quotes(incident: &IncidentId) -> Signal<Vec<Quote>> {
    const MOST: usize = 30;
    let tasks = responses().tasks(incident);
    let detail = incidents().open(incident);
    let roles = session().roles();
    Memo::new(move |_| {
        let mut quotes: Vec<Quote> = Vec::new();
        let tasks = tasks.get();
        for task in tasks.value().iter().flat_map(|tasks| tasks.iter()) {
            let target = task.target_name.clone().or_else(|| task.target.clone());
            let status = card(task, None, &Around::new(&roles.read(), false)).status;
            let words = text::action(&task.title, &target.unwrap_or_default(), &status);
            quotes.push((words.clone(), words));
        }
        let detail = detail.get();
        let alerts = detail.value().and_then(|incident| incident.alerts.clone());
        for one in alerts.iter().flatten().flat_map(|alert| &alert.evidence) {
            let detail = one.detail().unwrap_or_default();
            let words = text::evidence(&one.kind(), &one.name(), &detail);
            if quotes.len() < MOST && !quotes.iter().any(|(_, known)| *known == words) {
                quotes.push((words.clone(), words));
            }
        }
        quotes
    })
    .into()
}
