//! `/overview`: what must I do now, and what did the experts do lately. Every number opens its list.

mod failed;
mod text;

use crate::charts::gauge::spark;
use crate::domain::error::ApiError;
use crate::domain::id::IncidentId;
use crate::domain::incident::{EXPERTS_TAG, Status};
use crate::domain::load::Load;
use crate::domain::queue_query::{Column, Preset, QueueQuery, Range, Sort};
use crate::domain::text::visible;
use crate::domain::time::Timestamp;
use crate::parts::ask;
use crate::parts::badges::SeverityBadge;
use crate::reactive::{Effect, Memo, Signal};
use crate::routes::{IncidentView, Route, navigator};
use crate::state::failed_actions::FailedActions;
use crate::state::incidents::incidents;
use crate::state::readiness::to_complete_now;
use crate::state::session::session;
use crate::state::talks::talks;
use crate::ui::button::Button;
use crate::ui::dynamic::{CollectAny, dynamic};
use crate::ui::empty::Empty;
use crate::ui::env::env;
use crate::ui::error_panel::ErrorPanel;
use crate::ui::icon::Glyph;
use crate::ui::load_view::LoadView;
use crate::ui::skeleton::Skeleton;
use crate::ui::time::Time;
use leptos::prelude::*;
use lexicon::t;
use std::sync::Arc;

/// How many of the experts' latest works are named.
const NAMED: usize = 8;
const DAYS: i32 = 30;

/// The page.
#[component]
pub fn OverviewPage() -> AnyView {
    if !session().has_experts() {
        let error = ApiError::NotConfigured {
            what: t!("Experts API (expertsBaseUrl)"),
        };
        return view! {
            <h1 tabindex="-1">{text::TITLE}</h1>
            <ErrorPanel error what=text::TITLE />
        }
        .into_any();
    }
    let (from, _) =
        Range::Last(Preset::Days30).bounds(env().now.get_untracked(), &env().zone.get_untracked());
    incidents().cover(from);
    let failed = FailedActions::follow();
    let heading = NodeRef::new();
    view! {
        <header class="page-header">
            <div>
                <h1 tabindex="-1">{text::TITLE}</h1>
                <p class="subtitle">{text::SUBTITLE}</p>
            </div>
            <Button icon=Glyph::PersonQuestion on_click=move |()| ask::ask(ask::general())>
                {ask::TITLE}
            </Button>
        </header>
        <div class="home">
            {required(failed::figure(failed, heading))}
            {highlights(from)}
            {failed::list(failed, heading)}
            {latest(from)}
        </div>
    }
    .into_any()
}

/// A number and its name, leading to the list that it counts.
fn figure(
    value: impl Fn() -> String + Send + Sync + 'static,
    label: &'static str,
    to: &Route,
) -> AnyView {
    let href = navigator().href(to);
    view! {
        <a class="figure" href=href>
            <span class="figure-value">{value}</span>
            <span class="figure-label">{label}</span>
        </a>
    }
    .into_any()
}

/// A number in words: as it is, being asked for, or not known because that has failed.
fn told(count: Option<usize>, error: Option<&ApiError>) -> String {
    match (count, error) {
        (Some(count), _) => count.to_string(),
        (None, Some(_)) => text::UNKNOWN.to_owned(),
        (None, None) => "…".to_owned(),
    }
}

/// How long a list of the queue is, once it has been read.
fn counted(
    query: QueueQuery,
    read: Signal<Load<()>>,
) -> impl Fn() -> String + Send + Sync + 'static {
    let (incidents, env) = (incidents(), env());
    let count = Memo::new(move |_| {
        incidents
            .index()
            .with(|index| index.count(&query, env.now.get(), &env.zone.get()))
    });
    move || {
        let read = read.read();
        told(read.value().map(|()| count.get()), read.error())
    }
}

/// Items that require your action.
fn required(failed: AnyView) -> AnyView {
    let incidents = incidents();
    let awaiting = Signal::derive(move || incidents.sync().get().awaiting);
    let actions = to_complete_now();
    let to_complete = move || {
        let actions = actions.read();
        told(actions.value().copied(), actions.error())
    };
    let talks = talks();
    let renewed = Memo::new(move |_| incidents.sync().get().refreshed);
    Effect::new(move |_| {
        renewed.track();
        talks.refresh();
    });
    let (unread, list) = (talks.unread(), talks.list());
    let unread = move || told(unread.get(), list.read().error());
    let list = QueueQuery::awaiting();
    view! {
        <section class="card" aria-label=text::REQUIRED>
            <h2>{text::REQUIRED}</h2>
            <div class="figures">
                {figure(counted(list.clone(), awaiting), text::AWAITING, &Route::Incidents(list))}
                {figure(
                    unread,
                    text::UNREAD,
                    &Route::Messages(String::new(), "unread=true".into()),
                )}
                {figure(
                    to_complete,
                    text::READINESS,
                    &Route::Settings("service-status", "completeNow".into()),
                )}
                {failed}
            </div>
        </section>
    }
    .into_any()
}

/// What the experts resolved, and what they work on.
fn highlights(from: Timestamp) -> AnyView {
    let (incidents, env, navigator) = (incidents(), env(), navigator());
    let reach = Signal::derive(move || incidents.sync().get().reach(from));
    let known = Memo::new(move |_| {
        let reach = reach.get();
        let known = reach.value().is_some();
        (known || reach.error().is_some()).then_some(known)
    });
    let span = Memo::new(move |_| {
        let today = env.zone.get().day(env.now.get());
        (today.plus(1 - DAYS), today)
    });
    let days = Memo::new(move |_| {
        let (first, last) = span.get();
        let zone = env.zone.get();
        let days = incidents
            .index()
            .with(|index| index.per_day(first, last, &zone));
        days.into_iter().map(|day| day.resolved).collect::<Vec<_>>()
    });
    let words = move || text::trend(days.read().iter().sum());
    let resolved = move || {
        let (first, last) = span.get();
        navigator.href(&Route::Incidents(QueueQuery {
            status: Some(vec![Status::Resolved]),
            range: Range::Days(first, last),
            ..QueueQuery::default()
        }))
    };
    // Of half of the incidents there is no trend.
    let trend = move || {
        match known.get() {
            Some(true) => {}
            Some(false) => return view! { <p class="muted">{text::UNKNOWN}</p> }.into_any(),
            None => return view! { <Skeleton lines=3 /> }.into_any(),
        }
        view! {
            <p class="plain-list"><a href=resolved>{words}</a></p>
            <div class="spark">{spark(Signal::derive(words), Signal::from(days))}</div>
        }
        .into_any()
    };
    view! {
        <section class="card" aria-label=text::HIGHLIGHTS>
            <h2>{text::HIGHLIGHTS}</h2>
            <div class="figures">
                {figure(
                    counted(finished(), reach),
                    text::FINISHED,
                    &Route::Incidents(finished()),
                )}
                {figure(
                    counted(investigating(), reach),
                    text::INVESTIGATING,
                    &Route::Incidents(investigating()),
                )}
            </div>
            {dynamic(trend)}
        </section>
    }
    .into_any()
}

fn finished() -> QueueQuery {
    QueueQuery {
        status: Some(vec![Status::Resolved]),
        tags: vec![EXPERTS_TAG.into()],
        ..QueueQuery::default()
    }
}

fn investigating() -> QueueQuery {
    QueueQuery {
        status: Some(vec![Status::InProgress]),
        assigned: vec![EXPERTS_TAG.into()],
        ..QueueQuery::default()
    }
}

/// What the experts did lately, incident by incident.
fn latest(from: Timestamp) -> AnyView {
    let (incidents, env, navigator) = (incidents(), env(), navigator());
    let query = QueueQuery {
        status: None,
        tags: vec![EXPERTS_TAG.into()],
        sort: Sort {
            column: Column::Updated,
            descending: true,
        },
        ..QueueQuery::default()
    };
    let list = navigator.href(&Route::Incidents(query.clone()));
    let covered = Signal::derive(move || incidents.sync().get().reach(from));
    let rows = move || {
        let query = query.clone();
        let found = incidents.index().with(|index| {
            let view = index.view(&query, env.now.get(), &env.zone.get());
            let rows = view.rows.into_iter().take(NAMED);
            let rows = rows.filter_map(|row| index.row(row));
            rows.map(|row| {
                let id = IncidentId(row.id().to_owned());
                let href = navigator.href(&Route::Incident(IncidentView::new(id)));
                let name = visible(row.name()).into_owned();
                view! {
                    <li class="row">
                        <SeverityBadge severity=row.severity().clone() />
                        <a class="grow clip" href=href title=name.clone()>{name.clone()}</a>
                        <span class="muted nowrap">{row.status().label().into_owned()}</span>
                        <span class="muted nowrap"><Time ts=row.updated() relative=true /></span>
                    </li>
                }
            })
            .collect_any()
        });
        if found.is_empty() {
            return view! { <Empty glyph=Glyph::Expert title=text::NONE_LATEST /> }.into_any();
        }
        view! {
            <ul class="plain-list latest">{found}</ul>
            <p><a href=list.clone()>{text::SHOW_ALL}</a></p>
        }
        .into_any()
    };
    let rows = Arc::new(rows);
    view! {
        <section class="card chart-card stack" aria-label=text::LATEST>
            <h2>{text::LATEST}</h2>
            <LoadView
                load=covered
                what=text::LATEST_WHAT
                on_retry=Callback::new(move |()| incidents.retry())
                children=move |_| {
                    let rows = rows.clone();
                    dynamic(move || rows())
                }
            />
        </section>
    }
    .into_any()
}
