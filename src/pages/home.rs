//! `/`: what must I do now, and how has it been going. Every number opens the list it counts.

mod chart;
mod stage;
mod text;

use crate::domain::id::IncidentId;
use crate::domain::incident::{EXPERTS_TAG, Status};
use crate::domain::load::Load;
use crate::domain::queue_query::{Column, Preset, QueueQuery, Range, Sort};
use crate::domain::severity::Severity;
use crate::domain::text::visible;
use crate::domain::time::Timestamp;
use crate::parts::badges::SeverityBadge;
use crate::reactive::{Memo, Signal};
use crate::routes::{Route, navigator};
use crate::state::incidents::incidents;
use crate::state::session::session;
use crate::state::talks::talks;
use crate::ui::button::{ButtonKind, LinkButton};
use crate::ui::dynamic::{CollectAny, dynamic};
use crate::ui::env::env;
use crate::ui::icon::{Glyph, Icon};
use crate::ui::load_view::LoadView;
use crate::ui::skeleton::Skeleton;
use crate::ui::time::Time;
use chart::UpdatesChart;
use leptos::prelude::*;

/// How many of those that have not changed for longest are named.
const NAMED: usize = 5;

/// The page.
#[component]
pub fn HomePage() -> impl IntoView {
    let (from, _) =
        Range::Last(Preset::Days30).bounds(env().now.get_untracked(), &env().zone.get_untracked());
    incidents().cover(from);
    view! {
        <header class="page-header">
            <h1>{text::TITLE}</h1>
            <Updated />
        </header>
        <div class="home">
            <ExpertsCard />
            <Figures from />
            <UpdatesChart from />
        </div>
    }
}

/// When the service last answered, so that a stale page does not pass for a calm one.
#[component]
fn Updated() -> impl IntoView {
    let sync = incidents().sync();
    dynamic(move || {
        sync.get().refreshed.map(|at| {
            view! {
                <p class="muted">
                    {text::UPDATED} " " <Time ts=at relative=true />
                </p>
            }
        })
    })
}

/// How many incidents await the customer, and the ones that have not changed for longest: since when each
/// waits, only its managed response says.
#[component]
fn ExpertsCard() -> impl IntoView {
    let incidents = incidents();
    let awaiting = Signal::derive(move || incidents.sync().get().awaiting);
    view! {
        <section class="card experts-card" aria-label=text::CARD>
            <h2>{text::CARD}</h2>
            {stage::stage()}
            <LoadView
                load=awaiting
                what=text::AWAITING_WHAT
                skeleton=ViewFn::from(|| view! { <Skeleton lines=3 /> })
                on_retry=Callback::new(move |()| incidents.retry())
                children=move |_| view! { <Awaiting /> }.into_any()
            />
            {unread()}
        </section>
    }
}

/// How many conversations hold something new, where there are some.
fn unread() -> AnyView {
    if !session().has_experts() {
        return ().into_any();
    }
    let talks = talks();
    talks.refresh();
    let list = navigator().href(&Route::Messages(String::new(), "unread=true".into()));
    let unread = talks.unread();
    dynamic(move || {
        let count = unread.get().filter(|count| *count > 0)?;
        Some(view! {
            <p class="row">
                <Icon glyph=Glyph::Chat />
                <a href=list.clone()>{text::unread(count)}</a>
            </p>
        })
    })
}

#[component]
fn Awaiting() -> impl IntoView {
    let incidents = incidents();
    let env = env();
    let navigator = navigator();
    let query = QueueQuery {
        sort: Sort {
            column: Column::Updated,
            descending: false,
        },
        ..QueueQuery::awaiting()
    };
    let view = Memo::new(move |_| {
        incidents
            .index()
            .with(|index| index.view(&query, env.now.get(), &env.zone.get()).rows)
    });
    let count = move || view.read().len();
    let list = navigator.href(&Route::Incidents(QueueQuery::awaiting()));
    let overview = navigator.href(&Route::Overview);
    let named = move || {
        let rows: Vec<_> = view.read().iter().take(NAMED).copied().collect();
        incidents.index().with(|index| {
            let rows = rows.into_iter().filter_map(|row| index.row(row));
            rows.map(|row| {
                let href = navigator.href(&Route::response(&IncidentId(row.id().to_owned())));
                let name = visible(row.name()).into_owned();
                let title = name.clone();
                view! {
                    <li class="row">
                        <SeverityBadge severity=row.severity().clone() />
                        <a class="grow clip" href=href title=title>{name}</a>
                        <span class="muted nowrap"><Time ts=row.updated() relative=true /></span>
                    </li>
                }
            })
            .collect_any()
        })
    };
    view! {
        {move || {
            if count() == 0 {
                return view! {
                    <p class="headline calm">
                        <Icon glyph=Glyph::Success />
                        {text::NONE_AWAITING}
                    </p>
                    <p class="muted">{text::NONE_AWAITING_ADVICE}</p>
                    <div class="cluster">
                        <LinkButton href=overview.clone()>{text::OVERVIEW}</LinkButton>
                    </div>
                }
                    .into_any();
            }
            view! {
                <p class="headline">
                    <a href=list.clone()>{text::awaiting(count())}</a>
                </p>
                <p class="muted">{text::LONGEST}</p>
                <ul class="plain-list">{dynamic(named)}</ul>
                <div class="cluster">
                    <LinkButton kind=ButtonKind::Primary href=list.clone()>
                        {text::SHOW_AWAITING}
                    </LinkButton>
                    <LinkButton href=overview.clone()>{text::OVERVIEW}</LinkButton>
                </div>
            }
                .into_any()
        }}
    }
}

/// A few counts of the default range, each with its list.
#[component]
fn Figures(from: Timestamp) -> impl IntoView {
    let incidents = incidents();
    let env = env();
    let navigator = navigator();
    let reach = Memo::new(move |_| incidents.sync().get().reach(from));
    let figure = move |label: &'static str, query: QueueQuery| {
        let href = navigator.href(&Route::Incidents(query.clone()));
        let count = Memo::new(move |_| {
            incidents
                .index()
                .with(|index| index.count(&query, env.now.get(), &env.zone.get()))
        });
        view! {
            <a class="figure" href=href>
                <span class="figure-value">
                    {move || match reach.get() {
                        Load::Ready(..) | Load::Stale(..) => count.get().to_string(),
                        Load::Loading => "…".to_owned(),
                        Load::Failed(_) => text::NOT_LOADED.to_owned(),
                    }}
                </span>
                <span class="figure-label">{label}</span>
            </a>
        }
    };
    let default = QueueQuery::default;
    view! {
        <section class="card" aria-label=text::FIGURES>
            <h2>{text::FIGURES}</h2>
            <div class="figures">
                {figure(text::OPEN, default())}
                {figure(text::OPEN_HIGH, QueueQuery { severity: vec![Severity::High], ..default() })}
                {figure(
                    text::INVESTIGATING,
                    QueueQuery {
                        status: Some(vec![Status::InProgress]),
                        assigned: vec![EXPERTS_TAG.into()],
                        ..default()
                    },
                )}
                {figure(
                    text::FINISHED,
                    QueueQuery {
                        status: Some(vec![Status::Resolved]),
                        tags: vec![EXPERTS_TAG.into()],
                        ..default()
                    },
                )}
            </div>
        </section>
    }
}
