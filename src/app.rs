//! Providers, sign-in and shell: what stands around every page.

mod banners;
mod bell;
mod corner;
mod drawer;
mod gate;
mod keys;
mod navigation;
mod not_found;
mod outbox;
mod pages;
mod palette;
mod shell;
mod shortcuts;
mod text;

use crate::domain::config::{self, Config, ConfigError};
use crate::domain::plural;
use crate::domain::queue_query::Range;
use crate::domain::time::{Timestamp, Zone};
use crate::platform::task::spawn_local;
use crate::platform::{clock, intl, location};
use crate::reactive::{Memo, RwSignal, Signal};
use crate::routes::{Navigator, Route};
use crate::state::comments::Comments;
use crate::state::connection::Connection;
use crate::state::drafts::Drafts;
use crate::state::incidents::Incidents;
use crate::state::preferences::Preferences;
use crate::state::responses::Responses;
use crate::state::session::{Phase, Session};
use crate::ui::announce::LiveRegion;
use crate::ui::commands::Commands;
use crate::ui::dynamic::dynamic;
use crate::ui::env::Env;
use gate::{SignIn, StartError, Starting};
use leptos::html;
use leptos::prelude::*;
use pages::Pages;
use shell::Shell;

/// The portal, given the text of `config.json` or why there is none.
#[component]
pub fn App(text: Option<String>, problem: Option<String>) -> impl IntoView {
    plural::follow(intl::plural);
    let preferences = Preferences::load();
    provide_context(preferences);
    let root = NodeRef::<html::Div>::new();
    let theme = Signal::derive(move || preferences.theme().get().slug());
    let connection = Connection::watch();
    Env::provide(preferences.zone(), theme, root, connection.up());
    Commands::provide();
    let config = match text {
        Some(text) => config::parse(&text),
        None => Err(ConfigError {
            member: String::new(),
            problem: problem.unwrap_or_else(|| text::CONFIG_MISSING.into()),
            example: config::EXAMPLE.into(),
        }),
    };
    let content = match config {
        Ok(config) => gated(&config, connection),
        Err(error) => view! { <StartError error /> }.into_any(),
    };
    view! {
        <div
            class="mdr"
            lang=intl::LANGUAGE
            data-theme=move || theme.get()
            data-density=move || preferences.compact().get().then_some("compact")
            node_ref=root
        >
            {content}
            <LiveRegion />
        </div>
    }
}

/// Sign-in first: the provider's answer has to leave the address before the router reads it.
fn gated(config: &Config, connection: Connection) -> AnyView {
    let session = Session::new(config, connection);
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
    provide_context(Responses::new(session, incidents, drafts));
    let route = Navigator::start(location::base_path())?;
    incidents.start();
    if let Route::Incidents(query) = route.get_untracked()
        && !matches!(query.range, Range::Days(..))
    {
        let now = Timestamp(clock::now());
        incidents.cover(query.range.bounds(now, &Zone::utc()).0);
    }
    // The first questions are on their way while the page is being built.
    let asked = RwSignal::new(false);
    spawn_local(async move { asked.set(true) });
    Some(dynamic(move || {
        asked.get().then(|| {
            view! {
                <Shell route>
                    <Pages route />
                </Shell>
            }
        })
    }))
}
