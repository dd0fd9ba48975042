//! `/alerts`: what the products have raised, newest first, with one of them in a flyout. What is shown
//! is in the address.

mod cells;
mod flyout;
mod rows;
mod text;

use crate::domain::alert::{Alert, AlertStatus};
use crate::domain::alert_list::{AlertQuery, PERIODS};
use crate::domain::load::Load;
use crate::domain::severity::Severity;
use crate::reactive::{Effect, Memo, Signal};
use crate::routes::{Route, navigator};
use crate::state::alerts::{Alerts, Extent};
use crate::ui::badge::Tone;
use crate::ui::dynamic::dynamic;
use crate::ui::empty::Empty;
use crate::ui::env::env;
use crate::ui::field::{SearchBox, Select};
use crate::ui::grid::{Column, Grid};
use crate::ui::icon::Glyph;
use crate::ui::load_view::LoadView;
use crate::ui::message_bar::MessageBar;
use crate::ui::skeleton::Skeleton;
use flyout::AlertFlyout;
use leptos::prelude::*;
use rows::Rows;
use std::sync::Arc;

/// What is shown, in order.
type Shown = Memo<Vec<Arc<Alert>>>;
type Change = Callback<Box<dyn FnOnce(&mut AlertQuery)>>;

/// The page.
#[component]
pub fn AlertsPage(route: Memo<Route>) -> impl IntoView {
    // While another page takes over, the route is no longer ours: the last query stays.
    let query = Memo::new(move |before: Option<&AlertQuery>| match route.get() {
        Route::Alerts(query) => AlertQuery::parse(&query),
        _ => before.cloned().unwrap_or_default(),
    });
    let navigator = navigator();
    let change: Change = Callback::new(move |change: Box<dyn FnOnce(&mut AlertQuery)>| {
        let mut next = query.get_untracked();
        let open = next.open.clone();
        change(&mut next);
        let route = Route::Alerts(next.print());
        match next.open == open {
            true => navigator.replace(&route),
            false => navigator.go(&route),
        }
    });
    let (alerts, env) = (Alerts::new(), env());
    let days = Memo::new(move |_| query.read().days);
    let read = move || {
        days.track();
        alerts.read(query.with_untracked(|query| query.from(env.now.get_untracked())));
    };
    Effect::new(move |_| read());
    let list = alerts.list();
    let live: Shown = Memo::new(move |_| {
        let list = list.get();
        list.value()
            .map(|all| query.read().apply(all, env.now.get()))
            .unwrap_or_default()
    });
    let rows = Rows::new(query, list, live);
    let shown = rows.shown();
    let count = Memo::new(move |_| shown.read().len());
    let open_row = move |at: usize| {
        let id = shown.with_untracked(|shown| shown.get(at).map(|alert| alert.id.clone()));
        if let Some(id) = id {
            change.run(Box::new(move |query| query.open = id));
        }
    };
    let stamp = move |at: usize| {
        let alert = shown.read().get(at).cloned()?;
        let looks = alert.status.rank() * 16 + alert.severity.rank();
        Some((mark(&alert.id), looks as u32))
    };
    let current = Signal::derive(move || {
        let open = query.read().open.clone();
        shown.read().iter().position(|alert| alert.id == open)
    });
    let extent = alerts.extent();
    let empty = ViewFn::from(move || {
        if extent.get() == Extent::Reading {
            return view! { <Skeleton /> }.into_any();
        }
        let advice = Some(text::NO_MATCH_ADVICE.to_owned());
        view! { <Empty glyph=Glyph::Bell title=text::NO_MATCH text=advice /> }.into_any()
    });
    let grid = move |_| {
        view! {
            {rows.notice()}
            <div
                class="queue"
                on:pointerenter=move |_| rows.hold_pointer(true)
                on:pointerleave=move |_| rows.hold_pointer(false)
                on:focusin=move |_| rows.hold_focus(true)
                on:focusout=move |_| rows.hold_focus(false)
            >
                <Grid
                    label=text::TITLE
                    columns=columns()
                    rows=count
                    cell=cells::cell(shown, query)
                    stamp=Callback::new(stamp)
                    on_open=Callback::new(open_row)
                    current
                    empty=empty.clone()
                />
            </div>
        }
        .into_any()
    };
    view! {
        <header class="page-header">
            <h1 tabindex="-1">{text::TITLE}</h1>
            <p class="queue-count muted" role="status">
                {dynamic(move || {
                    let known = list.read().value().is_some();
                    let reading = extent.get() == Extent::Reading;
                    known.then(|| text::count(count.get(), reading))
                })}
            </p>
        </header>
        <Filters query change />
        {dynamic(move || {
            let part = extent.get() == Extent::Part && matches!(*list.read(), Load::Ready(..));
            part.then(|| view! { <MessageBar tone=Tone::Warning text=text::PART /> })
        })}
        <LoadView
            load=list
            what=text::WHAT
            on_retry=Callback::new(move |()| read())
            children=grid
        />
        <AlertFlyout query shown change />
    }
}

fn columns() -> Vec<Column> {
    vec![
        Column::new("name", text::NAME, 260).grow(3),
        Column::new("severity", text::SEVERITY, 120),
        Column::new("status", text::STATUS, 110),
        Column::new("category", text::CATEGORY, 150).grow(1),
        Column::new("source", text::SOURCE, 170).grow(1),
        Column::new("incident", text::INCIDENT, 90),
        Column::new("created", text::CREATED, 120),
    ]
}

/// A number for an id; two that share one are drawn anew where they change places.
fn mark(id: &str) -> u32 {
    let fold = |sum: u32, byte: u8| (sum ^ u32::from(byte)).wrapping_mul(16_777_619);
    id.bytes().fold(2_166_136_261, fold)
}

#[component]
fn Filters(query: Memo<AlertQuery>, change: Change) -> impl IntoView {
    let of = move |read: fn(&AlertQuery) -> String| Signal::derive(move || query.with(read));
    let mut statuses = vec![
        ("open".to_owned(), text::OPEN.to_owned()),
        ("all".to_owned(), text::ANY.to_owned()),
    ];
    let known = AlertStatus::ALL.iter();
    statuses.extend(known.map(|one| (one.wire().to_owned(), one.label().into_owned())));
    let mut severities = vec![(String::new(), text::ANY.to_owned())];
    let known = Severity::ALL.iter();
    severities.extend(known.map(|one| (one.wire().to_owned(), one.label().into_owned())));
    let periods = PERIODS.map(|days| (days.to_string(), text::period(days)));
    view! {
        <div class="toolbar" role="search">
            <SearchBox
                label=text::SEARCH
                value=of(|query| query.text.clone())
                on_input=move |typed: String| change.run(Box::new(move |query| query.text = typed))
            />
            <Select
                label=text::STATUS
                options=statuses
                value=of(|query| query.status.clone())
                on_change=move |to: String| change.run(Box::new(move |query| query.status = to))
            />
            <Select
                label=text::SEVERITY
                options=severities
                value=of(|query| query.severity.clone())
                on_change=move |to: String| change.run(Box::new(move |query| query.severity = to))
            />
            <Select
                label=text::PERIOD
                options=periods.to_vec()
                value=of(|query| query.days.to_string())
                on_change=move |to: String| {
                    change.run(Box::new(move |query| query.days = to.parse().unwrap_or(7)));
                }
            />
        </div>
    }
}
