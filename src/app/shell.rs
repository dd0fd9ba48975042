//! The frame of every page: navigation, tenant, person, and what concerns the whole session. Also
//! announces each page to people who cannot see it.

use super::corner::{CORNER, Corner};
use super::drawer::Drawer;
use super::navigation::Navigation;
use super::text;
use crate::parts::ask;
use crate::platform::document;
use crate::platform::split::split;
use crate::reactive::{Effect, Memo};
use crate::routes::{Route, navigator};
use crate::state::incidents::incidents;
use crate::state::preferences::preferences;
use crate::state::session::session;
use crate::ui::dynamic::dynamic;
use crate::ui::env::env;
use crate::ui::icon::{Glyph, Icon};
use crate::ui::late::{self, Late};
use leptos::html;
use leptos::prelude::*;

/// The frame, around the page.
#[component]
pub(super) fn Shell(route: Memo<Route>, children: Children) -> impl IntoView {
    let main = NodeRef::<html::Main>::new();
    announce_pages(route, main);
    let (env, preferences) = (env(), preferences());
    let drawer = Drawer::new();
    let corner = Late::new(split!(corner, Corner, CORNER));
    // Somebody who asks before the first rows are here does not wait for them.
    let (begun, asked) = (incidents().begun(), ask::begin());
    let begun = Memo::new(move |_| begun.get() || asked.get());
    late::after(begun, move || corner.want());
    let banners = move || dynamic(move || corner.here().map(|corner| (corner.banners)()));
    env.notices.set_value(ViewFn::from(banners));
    Effect::new(move |before: Option<bool>| {
        let connected = env.connected.get();
        if connected && before == Some(false) {
            env.announce(text::CONNECTED);
        }
        connected
    });
    // Signing in may have shown the clock to be wrong.
    env.tick();
    view! {
        // A link to a fragment would lead to the document's base, not to this page.
        <button
            type="button"
            class="skip-link"
            on:click=move |_| {
                if let Some(main) = main.get_untracked() {
                    document::focus_quietly(&main);
                }
            }
        >
            {text::SKIP}
        </button>
        <TopBar drawer corner />
        <div class="shell" class:narrow=move || preferences.narrow().get()>
            <Navigation route drawer />
            <main class="page" tabindex="-1" node_ref=main>
                {banners()}
                {children()}
            </main>
        </div>
    }
}

/// A new page gets the focus and its title is read out; the first one leaves the focus alone.
fn announce_pages(route: Memo<Route>, main: NodeRef<html::Main>) {
    let env = env();
    Effect::new(move |before: Option<Route>| {
        let now = route.get();
        document::set_title(&format!("{} - {}", now.title(), text::PRODUCT));
        if before.is_some_and(|before| !before.same_page(&now)) {
            env.announce(now.title());
            if let Some(main) = main.get_untracked() {
                document::focus_quietly(&main);
                main.set_scroll_top(0);
            }
        }
        now
    });
}

#[component]
fn TopBar(drawer: Drawer, corner: Late<Corner>) -> impl IntoView {
    let Drawer { open, menu, .. } = drawer;
    let session = session();
    let home = navigator().href(&Route::Home);
    view! {
        <header class="top-bar">
            <button
                type="button"
                class="btn subtle icon-only drawer-button"
                aria-label=text::MENU
                aria-expanded=move || open.get().to_string()
                node_ref=menu
                on:click=move |_| open.update(|open| *open = !*open)
            >
                <Icon glyph=Glyph::Menu />
            </button>
            <a class="brand" href=home>
                <Icon glyph=Glyph::Shield />
                <span>{text::PRODUCT}</span>
            </a>
            <span class="tenant">{move || session.organization().get()}</span>
            {corner.show(text::TOOLS, || ().into_any(), move |corner| (corner.bar)(drawer))}
        </header>
    }
}
