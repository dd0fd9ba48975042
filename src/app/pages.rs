//! Which page an address shows, and which file it comes in: the queue is in the first download, every
//! other page in one of its own, fetched when it is opened, or before, once the queue has its rows.

use super::not_found::NotFound;
use super::text;
use crate::pages::{home::HomePage, incident::IncidentPage, incidents::IncidentsPage};
use crate::platform::clock;
use crate::platform::task::spawn_local;
use crate::reactive::{Effect, Memo, RwSignal};
use crate::routes::Route;
use crate::state::incidents::incidents;
use crate::state::responses::{Responses, responses};
use crate::ui::button::Button;
use crate::ui::dynamic::dynamic;
use crate::ui::empty::Empty;
use crate::ui::icon::Glyph;
use crate::ui::skeleton::Skeleton;
use leptos::prelude::*;
use std::pin::Pin;
use wasm_split_helpers::SplitLoaderError;
#[cfg(feature = "split")]
use wasm_split_helpers::wasm_split;

type View = fn(Memo<Route>) -> AnyView;
/// What a file brings: its page, and what begins once it is here.
type Part = (View, fn(Responses));
type Fetching = Pin<Box<dyn Future<Output = Result<Part, SplitLoaderError>>>>;

/// When the files are fetched where no list of incidents has come.
const AT_LAST_MS: i32 = 5_000;

/// A page in a file of its own. Without the feature `split` all are in one.
macro_rules! lazy {
    ($name:ident, $view:expr, $begin:expr) => {{
        #[cfg_attr(feature = "split", wasm_split($name, fallible))]
        fn part() -> Result<Part, SplitLoaderError> {
            Ok(($view, $begin))
        }
        fn fetch() -> Fetching {
            #[cfg(feature = "split")]
            let fetching = part();
            #[cfg(not(feature = "split"))]
            let fetching = std::future::ready(part());
            Box::pin(fetching)
        }
        File::new(fetch)
    }};
}

/// The file of a page.
#[derive(Clone, Copy)]
struct File {
    fetch: fn() -> Fetching,
    state: RwSignal<State>,
    responses: Responses,
}

#[derive(Clone, Copy)]
enum State {
    Absent,
    Coming,
    Here(View),
    Failed,
}

impl File {
    fn new(fetch: fn() -> Fetching) -> File {
        File {
            fetch,
            state: RwSignal::new(State::Absent),
            responses: responses(),
        }
    }

    /// Fetches it, unless it is here or on its way.
    fn want(self) {
        let state = self.state.try_get_untracked();
        if !matches!(state, Some(State::Absent | State::Failed)) {
            return;
        }
        self.state.set(State::Coming);
        spawn_local(async move {
            let state = match (self.fetch)().await {
                Ok((view, begin)) => {
                    begin(self.responses);
                    State::Here(view)
                }
                Err(_) => State::Failed,
            };
            let _ = self.state.try_set(state);
        });
    }

    fn show(self, route: Memo<Route>) -> AnyView {
        self.want();
        dynamic(move || match self.state.get() {
            State::Here(view) => view(route),
            State::Failed => view! { <Missing on_retry=move |()| self.want() /> }.into_any(),
            State::Absent | State::Coming => view! { <Skeleton lines=8 /> }.into_any(),
        })
    }
}

/// The page an address shows. It is built anew when another page takes over, not when its own state changes.
#[component]
pub(super) fn Pages(route: Memo<Route>) -> impl IntoView {
    let home = lazy!(home, |_| view! { <HomePage /> }.into_any(), |_| ());
    // Decisions are carried out by the page they are made on; what an earlier page left is taken up.
    let incident = lazy!(
        incident,
        |route| view! { <IncidentPage route /> }.into_any(),
        Responses::start
    );
    let fetch = move || {
        home.want();
        incident.want();
    };
    let index = incidents().index();
    Effect::new(move |_| {
        if index.with(|index| !index.is_empty()) {
            fetch();
        }
    });
    spawn_local(async move {
        clock::sleep(AT_LAST_MS).await;
        fetch();
    });
    let page = Memo::new(move |_| route.with(std::mem::discriminant));
    dynamic(move || {
        // Read, not tracked: a memo that nobody reads follows nothing.
        page.get();
        match route.get_untracked() {
            Route::Home => home.show(route),
            Route::Incidents(_) => view! { <IncidentsPage route /> }.into_any(),
            Route::Incident(_) => incident.show(route),
            #[cfg(feature = "gallery")]
            Route::Gallery(_) => crate::pages::gallery::page(route),
            Route::Unknown(_) => view! { <NotFound /> }.into_any(),
        }
    })
}

/// The page's file did not come.
#[component]
fn Missing(#[prop(into)] on_retry: Callback<()>) -> impl IntoView {
    view! {
        <div role="alert">
            <Empty
                glyph=Glyph::Error
                title=text::PAGE_MISSING
                text=Some(text::PAGE_MISSING_ADVICE.to_owned())
            >
                <Button on_click=on_retry>{text::TRY_AGAIN}</Button>
            </Empty>
        </div>
    }
}
