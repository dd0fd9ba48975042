//! Which page an address shows, and which file it comes in: the queue is in the first download, the other
//! pages in a few of their own, fetched when one of them is opened, or before, once the queue has its rows.

use super::not_found::NotFound;
use super::text;
use crate::pages::alert::AlertPage;
use crate::pages::alerts::AlertsPage;
use crate::pages::device::DevicePage;
use crate::pages::devices::DevicesPage;
use crate::pages::home::HomePage;
use crate::pages::incident::IncidentPage;
use crate::pages::incidents::{self, IncidentsPage};
use crate::pages::messages::MessagesPage;
use crate::pages::overview::OverviewPage;
use crate::pages::preferences::PreferencesPage;
use crate::pages::reports::ReportsPage;
use crate::pages::settings::SettingsPage;
use crate::platform::split::split;
use crate::reactive::Memo;
use crate::routes::Route;
use crate::state;
use crate::ui::dynamic::dynamic;
use crate::ui::late::{self, Late};
use crate::ui::skeleton::Skeleton;
use leptos::prelude::*;

/// The pages that come in one file.
type Views = &'static [fn(Memo<Route>) -> AnyView];

const HOME: Views = &[
    |_| view! { <HomePage /> }.into_any(),
    |_| view! { <OverviewPage /> }.into_any(),
    |_| view! { <PreferencesPage /> }.into_any(),
];
const INCIDENT: Views = &[
    |route| view! { <IncidentPage route /> }.into_any(),
    |route| view! { <DevicePage route /> }.into_any(),
    |route| view! { <DevicesPage route /> }.into_any(),
];
const TALK: Views = &[
    |route| view! { <AlertsPage route /> }.into_any(),
    |route| view! { <AlertPage route /> }.into_any(),
    |route| view! { <MessagesPage route /> }.into_any(),
];
const SETTINGS: Views = &[|route| view! { <SettingsPage route /> }.into_any()];
const REPORTS: Views = &[|route| view! { <ReportsPage route /> }.into_any()];

/// The page an address shows. It is built anew when another page takes over, not when its own state changes.
#[component]
pub(super) fn Pages(route: Memo<Route>) -> impl IntoView {
    let home = Late::new(split!(home, Views, HOME));
    let incident = Late::new(split!(incident, Views, INCIDENT));
    let talk = Late::new(split!(talk, Views, TALK));
    let settings = Late::new(split!(settings, Views, SETTINGS));
    let reports = Late::new(split!(reports, Views, REPORTS));
    let tools = Late::new(split!(queue, incidents::Tools, incidents::TOOLS));
    late::after(state::incidents::incidents().begun(), move || {
        tools.want();
        for part in [home, incident, talk, settings, reports] {
            part.want();
        }
    });
    let page = Memo::new(move |_| route.with(std::mem::discriminant));
    dynamic(move || {
        // Read, not tracked: a memo that nobody reads follows nothing.
        page.get();
        let (part, at) = match route.get_untracked() {
            Route::Incidents(_) => return view! { <IncidentsPage route tools /> }.into_any(),
            #[cfg(feature = "gallery")]
            Route::Gallery(_) => return crate::pages::gallery::page(route),
            Route::Unknown(_) => return view! { <NotFound /> }.into_any(),
            Route::Home => (home, 0),
            Route::Overview => (home, 1),
            Route::Preferences => (home, 2),
            Route::Incident(_) => (incident, 0),
            Route::Device(_) => (incident, 1),
            Route::Devices(_) => (incident, 2),
            Route::Alerts(_) => (talk, 0),
            Route::Alert(_) => (talk, 1),
            Route::Messages(..) => (talk, 2),
            Route::Settings(..) => (settings, 0),
            Route::Reports { .. } => (reports, 0),
        };
        part.want();
        part.show(text::PAGE, waiting, move |views| views[at](route))
    })
}

fn waiting() -> AnyView {
    view! { <Skeleton lines=8 /> }.into_any()
}
