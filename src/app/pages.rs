//! Which page an address shows, and which file it comes in: the queue is in the first download, every
//! other page in one of its own, fetched when it is opened, or before, once the queue has its rows.

use super::not_found::NotFound;
use super::text;
use crate::pages::home::HomePage;
use crate::pages::incident::IncidentPage;
use crate::pages::incidents::{self, IncidentsPage};
use crate::pages::preferences::PreferencesPage;
use crate::platform::split::split;
use crate::reactive::{Effect, Memo};
use crate::routes::Route;
use crate::state;
use crate::state::responses::{Responses, responses};
use crate::ui::dynamic::dynamic;
use crate::ui::late::{self, Late};
use crate::ui::skeleton::Skeleton;
use leptos::prelude::*;

type View = fn(Memo<Route>) -> AnyView;

/// The page an address shows. It is built anew when another page takes over, not when its own state changes.
#[component]
pub(super) fn Pages(route: Memo<Route>) -> impl IntoView {
    let home = Late::new(split!(home, View, |_| view! { <HomePage /> }.into_any()));
    // Decisions are carried out by the page they are made on; what an earlier page left is taken up.
    let incident: Late<(View, fn(Responses))> = Late::new(split!(
        incident,
        (View, fn(Responses)),
        (
            |route| view! { <IncidentPage route /> }.into_any(),
            Responses::start
        )
    ));
    let preferences = Late::new(split!(preferences, View, |_| {
        view! { <PreferencesPage /> }.into_any()
    }));
    let responses = responses();
    Effect::new(move |_| {
        if let Some((_, begin)) = incident.here() {
            begin(responses);
        }
    });
    let tools = Late::new(split!(queue, incidents::Tools, incidents::TOOLS));
    late::after(state::incidents::incidents().begun(), move || {
        tools.want();
        home.want();
        incident.want();
        preferences.want();
    });
    let page = Memo::new(move |_| route.with(std::mem::discriminant));
    dynamic(move || {
        // Read, not tracked: a memo that nobody reads follows nothing.
        page.get();
        match route.get_untracked() {
            Route::Home => {
                home.want();
                home.show(text::PAGE, waiting, move |view| view(route))
            }
            Route::Incidents(_) => view! { <IncidentsPage route tools /> }.into_any(),
            Route::Incident(_) => {
                incident.want();
                incident.show(text::PAGE, waiting, move |(view, _)| view(route))
            }
            Route::Preferences => {
                preferences.want();
                preferences.show(text::PAGE, waiting, move |view| view(route))
            }
            #[cfg(feature = "gallery")]
            Route::Gallery(_) => crate::pages::gallery::page(route),
            Route::Unknown(_) => view! { <NotFound /> }.into_any(),
        }
    })
}

fn waiting() -> AnyView {
    view! { <Skeleton lines=8 /> }.into_any()
}
