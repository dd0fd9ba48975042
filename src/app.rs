//! Providers, sign-in, router and shell: what stands around every page.

mod gate;
mod not_found;
mod outbox;
mod shell;
mod text;

use crate::domain::config::{self, Config, ConfigError};
use crate::pages::{home::HomePage, incident::IncidentPage, incidents::IncidentsPage};
use crate::platform::location;
use crate::routes::{self, Navigator, Route as Address};
use crate::state::comments::Comments;
use crate::state::drafts::Drafts;
use crate::state::incidents::Incidents;
use crate::state::preferences::Preferences;
use crate::state::responses::Responses;
use crate::state::session::{Phase, Session};
use crate::ui::announce::LiveRegion;
use crate::ui::env::Env;
use gate::{SignIn, StartError, Starting};
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::components::{FlatRoutes, Route, Router};
use leptos_router::hooks::use_location;
use leptos_router::{ParamSegment, StaticSegment};
use not_found::NotFound;
use shell::Shell;

/// The portal, given the text of `config.json` or why there is none.
#[component]
pub fn App(text: Option<String>, problem: Option<String>) -> impl IntoView {
    let preferences = Preferences::load();
    provide_context(preferences);
    let root = NodeRef::<html::Div>::new();
    let theme = Signal::derive(move || preferences.theme().get().slug());
    Env::provide(preferences.zone(), theme, root);
    let config = match text {
        Some(text) => config::parse(&text),
        None => Err(ConfigError {
            member: String::new(),
            problem: problem.unwrap_or_else(|| text::CONFIG_MISSING.into()),
            example: config::EXAMPLE.into(),
        }),
    };
    let content = match config {
        Ok(config) => gated(&config),
        Err(error) => view! { <StartError error /> }.into_any(),
    };
    view! {
        <div class="mdr" data-theme=move || theme.get() node_ref=root>
            {content}
            <LiveRegion />
        </div>
    }
}

/// Sign-in first: the provider's answer has to leave the address before the router reads it.
fn gated(config: &Config) -> AnyView {
    let session = Session::new(config);
    provide_context(session);
    spawn_local(session.start());
    // Only a change of kind rebuilds: a phase that repeats must not tear the page down.
    let phase = Memo::new(move |_| session.phase().get());
    (move || match phase.get() {
        Phase::Starting => view! { <Starting /> }.into_any(),
        Phase::SignedOut(why) => view! { <SignIn why /> }.into_any(),
        Phase::SignedIn => view! { <Portal /> }.into_any(),
    })
    .into_any()
}

#[component]
fn Portal() -> impl IntoView {
    let session = crate::state::session::session();
    let incidents = Incidents::new(session);
    provide_context(incidents);
    let drafts = Drafts::new(session);
    provide_context(drafts);
    provide_context(Comments::new(incidents, drafts));
    provide_context(Responses::new(session, incidents));
    incidents.start();
    let base = location::base_path();
    view! {
        <Router base=base.clone()>
            <Pages base />
        </Router>
    }
}

/// The only place that says which address shows which page.
#[component]
fn Pages(base: String) -> impl IntoView {
    Navigator::provide(base.clone());
    let location = use_location();
    let route = Memo::new(move |_| {
        let path = location.pathname.read();
        let below = path.strip_prefix(base.as_str()).unwrap_or(&path).to_owned();
        Address::parse(&below, &location.search.read())
    });
    view! {
        <Shell route>
            <FlatRoutes fallback=move || view! { <NotFound /> }>
                <Route path=StaticSegment("") view=HomePage />
                <Route path=routes::INCIDENTS view=move || view! { <IncidentsPage route /> } />
                <Route path=(routes::INCIDENTS, ParamSegment("id")) view=move || view! { <IncidentPage route /> } />
            </FlatRoutes>
        </Shell>
    }
}
