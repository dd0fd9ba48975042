//! `/incidents`: the queue. The query in the address is the one truth; filters, order and count are
//! views of it, and the rows follow live changes without moving under a pointer or a focus.

mod cells;
mod columns;
mod facts;
mod filters;
mod nothing;
mod progress;
mod rows;
mod selection;
mod text;
mod tools;

use crate::domain::error::ApiError;
use crate::domain::queue_index::first_sort;
use crate::domain::queue_query::{Column as Field, QueueQuery, Sort};
use crate::platform::observe;
use crate::reactive::{Effect, Memo, RwSignal, Signal};
use crate::routes::{IncidentView, Route, navigator};
use crate::state::incidents::incidents;
use crate::ui::dynamic::dynamic;
use crate::ui::env::env;
use crate::ui::error_panel::ErrorPanel;
use crate::ui::grid::{self, Grid};
use crate::ui::late::Late;
use crate::ui::skeleton::SkeletonRows;
use columns::Columns;
use leptos::html;
use leptos::prelude::*;
use rows::Rows;
use selection::Ticked;
use tools::Head;
pub use tools::{TOOLS, Tools};

/// The page.
#[component]
pub fn IncidentsPage(route: Memo<Route>, tools: Late<Tools>) -> impl IntoView {
    // While another page takes over, the route is no longer ours: the last query stays.
    let query = Memo::new(move |before: Option<&QueueQuery>| match route.get() {
        Route::Incidents(query) => query,
        _ => before.cloned().unwrap_or_default(),
    });
    let incidents = incidents();
    let env = env();
    Effect::new(move |_| incidents.look_at(query.get()));
    Effect::new(move |_| {
        let (from, _) = query.get().range.bounds(env.now.get(), &env.zone.get());
        incidents.cover(from);
    });
    let ticked = Ticked::new();
    let rows = Rows::new(query, ticked);
    let title = NodeRef::<html::H1>::new();
    let list = NodeRef::<html::Div>::new();
    let skip = move |_| {
        if let Some(list) = list.get_untracked() {
            grid::enter(&list);
        }
    };
    view! {
        // Between here and the list there are more than a dozen stops.
        <button type="button" class="skip-link" on:click=skip>
            {text::SKIP}
        </button>
        <header class="page-header">
            <h1 tabindex="-1" node_ref=title>{text::TITLE}</h1>
            <Count rows />
            {dynamic(move || tools.here().map(|tools| {
                (tools.head)(Head { query, rows, ticked, list, title })
            }))}
        </header>
        {tools.show(text::TOOLS, filters::waiting, move |tools| (tools.bar)(query, rows))}
        <Queue query rows ticked list tools />
    }
}

/// How many there are, beside the title, and what the default view added. Not read out while pages
/// come in.
#[component]
fn Count(rows: Rows) -> impl IntoView {
    let sync = incidents().sync();
    let busy = Memo::new(move |_| sync.with(|sync| sync.loading && !sync.stopped));
    view! {
        <p class="queue-count" role="status" aria-busy=move || busy.get().then_some("true")>
            // Nothing read yet is not "0 incidents".
            <strong>
                {move || {
                    let known = sync.get().refreshed.is_some() || !rows.shown().read().rows.is_empty();
                    if known { text::count(rows.shown().read().rows.len()) } else { String::new() }
                }}
            </strong>
            {dynamic(move || {
                let older = rows.shown().read().older_awaiting;
                (older > 0).then(|| view! { <span class="muted">{text::older(older)}</span> })
            })}
        </p>
    }
}

#[component]
fn Queue(
    query: Memo<QueueQuery>,
    rows: Rows,
    ticked: Ticked,
    list: NodeRef<html::Div>,
    tools: Late<Tools>,
) -> impl IntoView {
    let incidents = incidents();
    let navigator = navigator();
    let narrow = RwSignal::new(observe::media_matches(NARROW));
    observe::media(NARROW, move || {
        let _ = narrow.try_set(observe::media_matches(NARROW));
    });
    let columns = Columns::new(query, narrow);
    let sort = Signal::derive(move || {
        let Sort { column, descending } = query.get().sort;
        Some(grid::Sort {
            key: column.slug(),
            descending,
        })
    });
    let on_sort = move |key: &'static str| {
        let Some(column) = Field::from_slug(key) else {
            return;
        };
        let mut next = query.get_untracked();
        let first = first_sort(column);
        next.sort = match next.sort.column == column {
            true => Sort {
                column,
                descending: !next.sort.descending,
            },
            false => first,
        };
        navigator.go(&Route::Incidents(next));
    };
    let on_open = move |at: usize| {
        if let Some(id) = rows.id(at) {
            navigator.go(&Route::Incident(IncidentView::new(id)));
        }
    };
    let count = Signal::derive(move || rows.shown().read().rows.len());
    let empty =
        ViewFn::from(move || dynamic(move || tools.here().map(|tools| (tools.empty)(query))));
    // Nothing has come yet: a first failure has the place of the list, and so has its skeleton.
    let stage = Memo::new(move |_| {
        let sync = incidents.sync().get();
        // The list begins with its first page, or with what awaits the customer where that is in view.
        let begun = sync.refreshed.is_some() || sync.awaiting.value().is_some() && count.get() > 0;
        match (begun, sync.error) {
            (true, _) => Stage::List,
            (false, Some(error)) if !sync.loading => Stage::Failed(error),
            (false, _) => Stage::Loading,
        }
    });
    view! {
        <div
            class="queue"
            on:pointerenter=move |_| rows.hold_pointer(true)
            on:pointerleave=move |_| rows.hold_pointer(false)
            on:focusin=move |_| rows.hold_focus(true)
            on:focusout=move |_| rows.hold_focus(false)
        >
            {move || match stage.get() {
                Stage::Failed(error) => {
                    view! {
                        <ErrorPanel
                            error
                            what=text::WHAT
                            on_retry=Callback::new(move |()| incidents.begin_again())
                        />
                    }
                        .into_any()
                }
                Stage::Loading => view! { <SkeletonRows /> }.into_any(),
                Stage::List => {
                    view! {
                        <Grid
                            label=text::TITLE
                            columns=columns.shown()
                            arranging=columns.arranging(tools)
                            rows=count
                            cell=cells::cell(rows)
                            stamp=Callback::new(move |at| rows.identity(at))
                            sort
                            on_sort=Callback::new(on_sort)
                            on_open=Callback::new(on_open)
                            selection=ticked.of(rows)
                            empty=empty.clone()
                            node_ref=list
                        />
                    }
                        .into_any()
                }
            }}
        </div>
    }
}

const NARROW: &str = "(width < 700px)";
#[derive(Clone, PartialEq)]
enum Stage {
    Loading,
    Failed(ApiError),
    List,
}
