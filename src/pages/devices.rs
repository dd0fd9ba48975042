//! `/devices`: the inventory of devices, with one of them in a flyout. What is shown is in the address.

mod cells;
mod filters;
mod flyout;
mod text;

use crate::domain::device_list::{
    Beside, DeviceQuery, Fleet, Listed, counted, incidents_of, table,
};
use crate::domain::load::Load;
use crate::platform::download;
use crate::reactive::{Memo, Signal};
use crate::routes::{Route, navigator};
use crate::state::incidents::{Incidents, incidents};
use crate::state::inventory::Inventory;
use crate::ui::badge::Tone;
use crate::ui::button::{Button, ButtonKind};
use crate::ui::copy::CopyLink;
use crate::ui::dynamic::dynamic;
use crate::ui::empty::Empty;
use crate::ui::env::env;
use crate::ui::grid::{Column, Grid, Sort};
use crate::ui::icon::Glyph;
use crate::ui::load_view::LoadView;
use crate::ui::message_bar::MessageBar;
use crate::ui::stale_bar::StaleBar;
use crate::ui::time::Time;
use filters::Filters;
use flyout::DeviceFlyout;
use leptos::prelude::*;
use std::sync::Arc;

type Change = Callback<Box<dyn FnOnce(&mut DeviceQuery)>>;

/// What the page shows and knows.
#[derive(Clone, Copy)]
struct View {
    query: Memo<DeviceQuery>,
    change: Change,
    inventory: Inventory,
    incidents: Incidents,
    /// Everything that is known, filtered or not.
    fleet: Memo<Arc<Fleet>>,
    beside: Memo<Beside>,
    /// What is shown, in order.
    shown: Memo<Vec<Arc<Listed>>>,
}

/// The page.
#[component]
pub fn DevicesPage(route: Memo<Route>) -> impl IntoView {
    // While another page takes over, the route is no longer ours: the last query stays.
    let query = Memo::new(move |before: Option<&DeviceQuery>| match route.get() {
        Route::Devices(query) => DeviceQuery::parse(&query),
        _ => before.cloned().unwrap_or_default(),
    });
    let navigator = navigator();
    let change: Change = Callback::new(move |change: Box<dyn FnOnce(&mut DeviceQuery)>| {
        let mut next = query.get_untracked();
        let (open, text) = (next.open.clone(), next.text.clone());
        change(&mut next);
        let route = Route::Devices(next.print());
        // A letter is no step for Back, and neither is closing the flyout.
        match next.text != text || next.open.is_empty() && !open.is_empty() {
            true => navigator.replace(&route),
            false => navigator.go(&route),
        }
    });
    let view = View::new(query, change);
    let retry = Callback::new(move |()| view.inventory.read());
    let load = view.inventory.fleet();
    view! {
        <header class="page-header">
            <h1 tabindex="-1">{text::TITLE}</h1>
            <Count view />
            <span class="spread cluster">
                <CopyLink />
                <Export view />
                <Refresh view />
            </span>
        </header>
        <Notices view />
        <Filters view />
        <LoadView load what=text::WHAT on_retry=retry children=move |_| list(view) />
        <DeviceFlyout view />
    }
}

impl View {
    fn new(query: Memo<DeviceQuery>, change: Change) -> View {
        let (inventory, incidents, env) = (Inventory::new(), incidents(), env());
        inventory.read();
        let from = Memo::new(move |_| counted().range.bounds(env.now.get(), &env.zone.get()).0);
        incidents.cover(from.get_untracked());
        incidents.cover_facts(from.get_untracked());
        let facts = incidents.facts();
        let known = Memo::new(move |_| facts.read().reach(from.get()).value().is_some());
        let counts = Memo::new(move |_| {
            let count = || {
                let (now, zone) = (env.now.get(), env.zone.get());
                let index = incidents.index();
                index.with(|index| index.by_fact(&counted(), "asset", now, &zone))
            };
            known.get().then(count)
        });
        let beside = Memo::new(move |_| Beside {
            incidents: counts.get(),
            isolation: inventory.isolation().with(|load| {
                let known = load.value();
                known.map(|all| all.to_vec()).unwrap_or_default()
            }),
        });
        let (load, reachable) = (inventory.fleet(), inventory.reachable());
        let fleet = Memo::new(move |_| {
            let mut fleet = load.with(|load| load.value().cloned()).unwrap_or_default();
            if !reachable {
                Arc::make_mut(&mut fleet).hear_of(facts.read().assets.all());
            }
            fleet
        });
        View {
            query,
            change,
            inventory,
            incidents,
            fleet,
            beside,
            shown: Memo::new(move |_| query.read().apply(&fleet.read(), &beside.read())),
        }
    }

    /// Does something to the address.
    fn change(self, change: impl FnOnce(&mut DeviceQuery) + 'static) {
        self.change.run(Box::new(change));
    }

    /// Whether nothing at all is known, and nothing more will come.
    fn nothing(self) -> bool {
        let reading = self.inventory.reading().get() || self.incidents.facts().read().loading;
        self.fleet.read().devices().is_empty() && !reading
    }
}

/// How many there are, and how old the list is.
#[component]
fn Count(view: View) -> impl IntoView {
    let load = view.inventory.fleet();
    let loaded = Memo::new(move |_| match *load.read() {
        Load::Ready(_, at) => Some(at),
        _ => None,
    });
    let known = Memo::new(move |_| load.read().value().is_some());
    let words = move || {
        let all = view.fleet.read().devices().len();
        known
            .get()
            .then(|| text::count(view.shown.read().len(), all))
    };
    let reading = move || view.inventory.reading().get() && view.fleet.read().partial;
    view! {
        <p class="queue-count muted" role="status" aria-busy=move || reading().then_some("true")>
            <span>{words}</span>
            {dynamic(move || reading().then_some(text::READING))}
            {dynamic(move || {
                let at = loaded.get().filter(|_| !reading())?;
                Some(view! { <span>{text::LOADED} " " <Time ts=at relative=true /></span> })
            })}
        </p>
    }
}

#[component]
fn Refresh(view: View) -> impl IntoView {
    let again = move |()| {
        view.inventory.read();
        view.incidents.renew_facts();
    };
    view! {
        <Button
            kind=ButtonKind::Subtle
            icon=Glyph::Refresh
            busy=view.inventory.reading()
            on_click=again
        >
            {text::REFRESH}
        </Button>
    }
}

#[component]
fn Export(view: View) -> impl IntoView {
    let empty = Memo::new(move |_| view.shown.read().is_empty());
    let reason = move || empty.get().then(|| text::NOTHING_SHOWN.to_owned());
    let export = move |()| {
        let csv = table(&view.shown.read_untracked(), &view.beside.read_untracked());
        download::text("devices.csv", "text/csv", &csv);
    };
    view! {
        <Button
            kind=ButtonKind::Subtle
            icon=Glyph::Download
            disabled_reason=Signal::derive(reason)
            on_click=export
        >
            {text::EXPORT}
        </Button>
    }
}

/// What is missing from the list, or from what is known beside it.
#[component]
fn Notices(view: View) -> impl IntoView {
    let (reachable, facts, env) = (view.inventory.reachable(), view.incidents.facts(), env());
    let (load, isolation) = (view.inventory.fleet(), view.inventory.isolation());
    let missing = move || {
        let load = load.read();
        let fleet = load.value()?;
        let (tone, words) = match (reachable, fleet.partial) {
            (false, partial) => (Tone::Info, text::no_endpoint(fleet.alerts, !partial)),
            (true, true) if !view.inventory.reading().get() => {
                (Tone::Warning, text::partial(fleet.devices().len()))
            }
            _ => return None,
        };
        Some(view! { <MessageBar tone text=words /> })
    };
    let from = move || counted().range.bounds(env.now.get(), &env.zone.get()).0;
    let counting = Memo::new(move |_| facts.read().reach(from()));
    let uncounted = move || {
        let (error, at) = match counting.get() {
            Load::Ready(..) => return None,
            Load::Loading => {
                let (read, of) = facts.with(|facts| (facts.read, facts.of));
                let words = text::reading_incidents(read, of);
                return Some(view! { <p class="muted small">{words}</p> }.into_any());
            }
            Load::Failed(error) => (error, None),
            Load::Stale((), at, error) => (error, Some(at)),
        };
        let words = error.wording(text::INCIDENTS_WHAT);
        let text = format!("{}. {}", words.title, words.advice);
        let on_retry = Some(Callback::new(move |()| view.incidents.renew_facts()));
        Some(view! { <StaleBar text at request_id=words.request_id on_retry /> }.into_any())
    };
    let unknown = move || {
        let words = isolation.read().error()?.wording(text::ISOLATION_WHAT);
        let words = format!("{}. {}", words.title, words.advice);
        Some(view! { <MessageBar tone=Tone::Warning text=words /> })
    };
    view! {
        {dynamic(missing)}
        {dynamic(uncounted)}
        {dynamic(unknown)}
    }
}

/// The list, or why it is empty.
fn list(view: View) -> AnyView {
    let nothing = Memo::new(move |_| view.nothing());
    let reachable = view.inventory.reachable();
    dynamic(move || {
        if !nothing.get() {
            return grid(view);
        }
        let advice = if reachable {
            text::NONE_ADVICE
        } else {
            text::NONE_SEEN_ADVICE
        };
        let advice = Some(advice.to_owned());
        view! { <Empty glyph=Glyph::Device title=text::NONE text=advice /> }.into_any()
    })
}

fn grid(view: View) -> AnyView {
    let View { query, shown, .. } = view;
    let stamp = move |at: usize| {
        let mark = cells::mark(&shown.read().get(at)?.machine.id);
        Some((mark, 0))
    };
    let open = move |at: usize| {
        let id = shown.with_untracked(|shown| shown.get(at).map(|one| one.machine.id.clone()));
        if let Some(id) = id {
            view.change(move |query| query.open = id);
        }
    };
    let current = Signal::derive(move || {
        let open = query.read().open.clone();
        shown.read().iter().position(|one| one.machine.id == open)
    });
    let sort = Signal::derive(move || {
        let (key, descending) = query.read().sort;
        Some(Sort { key, descending })
    });
    let on_sort = move |key: &'static str| view.change(move |query| query.order(key));
    let clear = move |()| {
        view.change(|query| {
            *query = DeviceQuery {
                sort: query.sort,
                ..DeviceQuery::default()
            };
        });
    };
    let empty = ViewFn::from(move || {
        let advice = Some(text::NO_MATCH_ADVICE.to_owned());
        view! {
            <Empty glyph=Glyph::Filter title=text::NO_MATCH text=advice>
                <Button on_click=clear>{text::CLEAR}</Button>
            </Empty>
        }
    });
    view! {
        <div class="queue">
            <Grid
                label=text::TITLE
                columns=columns(view.inventory.reachable())
                rows=Memo::new(move |_| shown.read().len())
                cell=cells::cell(view)
                stamp=Callback::new(stamp)
                sort
                on_sort=Callback::new(on_sort)
                on_open=Callback::new(open)
                current
                empty
            />
        </div>
        <p class="muted small">{text::PERIOD}</p>
    }
    .into_any()
}

/// The columns; without Defender for Endpoint, those that alerts can fill.
fn columns(reachable: bool) -> Vec<Column> {
    let all = [
        Column::new("name", text::NAME, 200).grow(3),
        Column::new("risk", text::RISK, 100),
        Column::new("incidents", text::INCIDENTS, 120).numeric(),
        Column::new("isolation", text::ISOLATION, 130),
        Column::new("health", text::HEALTH, 120).grow(1),
        Column::new("value", text::VALUE, 80),
        Column::new("system", text::SYSTEM, 120).grow(1),
        Column::new("group", text::GROUP, 130).grow(1),
        Column::new("tags", text::TAGS, 100).grow(1),
        Column::new("seen", text::LAST_SEEN, 120),
    ];
    let known =
        |column: &Column| reachable || !matches!(column.key, "isolation" | "value" | "seen");
    let sortable = |column: Column| match column.key {
        "tags" => column,
        _ => column.sortable(),
    };
    all.into_iter().filter(known).map(sortable).collect()
}
