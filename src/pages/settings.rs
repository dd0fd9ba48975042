//! `/settings/defender-experts/…`: the first run, each section of the settings afterwards, the readiness
//! assessment and sample notifications. Whoever may not change them sees them all the same.

mod adding;
mod audit;
mod changes;
mod contact;
mod contacts;
mod coverage;
mod exclusions;
mod hours;
mod permissions;
mod samples;
mod section;
mod status;
mod status_assets;
mod status_text;
mod teams;
mod text;
mod wizard;

use crate::domain::settings::Section;
use crate::reactive::{Memo, Signal};
use crate::routes::{Route, navigator};
use crate::state::settings::Settings;
use crate::state::settings::form::{Form, Scope};
use crate::ui::badge::Tone;
use crate::ui::dynamic::{CollectAny, dynamic};
use crate::ui::message_bar::MessageBar;
use leptos::prelude::*;

/// The pages beside the wizard, in order, and what is written in each section's.
const PAGES: [&str; 7] = [
    "get-started",
    "permissions",
    "exclusions",
    "contacts",
    "teams",
    "service-status",
    "sample-notifications",
];

/// The page.
#[component]
pub fn SettingsPage(route: Memo<Route>) -> impl IntoView {
    let settings = Settings::open();
    let page = Memo::new(move |_| match route.get() {
        Route::Settings(page, _) => page.to_owned(),
        _ => String::new(),
    });
    let view = Memo::new(move |_| match route.get() {
        Route::Settings(_, view) => view,
        _ => String::new(),
    });
    // The steps of the wizard are one page: it is not built anew between them.
    let group = Memo::new(move |_| {
        let page = page.get();
        page.split('/').next().unwrap_or_default().to_owned()
    });
    let title = move || route.get().title();
    let content = move || match group.get().as_str() {
        "get-started" => wizard::wizard(settings, page, view),
        "service-status" => status::status(settings, view),
        "sample-notifications" => samples::samples(settings),
        slug => {
            let found = Section::ALL
                .into_iter()
                .find(|section| section.slug() == slug);
            let one = found.map(|section| section::section(settings, section, view));
            one.into_any()
        }
    };
    let denied = settings.denied();
    view! {
        <header class="page-header">
            <div>
                <p class="subtitle">{text::SETTINGS} " › " {text::AREA}</p>
                <h1 tabindex="-1">{title}</h1>
            </div>
        </header>
        <div class="settings">
            {navigation(group)}
            <div class="stack settings-content">
                {dynamic(move || {
                    denied
                        .get()
                        .map(|why| {
                            view! { <MessageBar tone=Tone::Info title=Some(text::READ_ONLY.to_owned()) text=why /> }
                        })
                })}
                {dynamic(content)}
            </div>
        </div>
    }
}

fn navigation(group: Memo<String>) -> AnyView {
    let navigator = navigator();
    let link = move |slug: &'static str| {
        let route = Route::Settings(slug, String::new());
        let here = move || (*group.read() == slug).then_some("page");
        view! {
            <li>
                <a class="nav-link" href=navigator.href(&route) aria-current=here>
                    {route.title()}
                </a>
            </li>
        }
    };
    view! {
        <nav class="settings-nav" aria-label=text::NAVIGATION>
            <ul>{PAGES.into_iter().map(link).collect_any()}</ul>
        </nav>
    }
    .into_any()
}

/// The form of a section: the same in the wizard and afterwards. Its problem is said once somebody has
/// `tried` to go on.
fn fields(form: Form, section: Section, scope: Scope, view: Memo<String>) -> AnyView {
    match section {
        Section::Permissions => permissions::permissions(form, scope),
        Section::Exclusions => exclusions::exclusions(form, scope, view),
        Section::Contacts => contacts::contacts(form),
        Section::Teams => teams::teams(form),
    }
}

/// What keeps a section from being left or sent.
fn problem(form: Form, section: Section, tried: Signal<bool>) -> AnyView {
    dynamic(move || {
        let problem = form.work().with(|work| work.problem(section));
        problem
            .filter(|_| tried.get())
            .map(|words| view! { <MessageBar tone=Tone::Danger text=words /> })
    })
}
