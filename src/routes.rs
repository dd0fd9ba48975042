//! Every address of the portal: parsed, printed and titled here and nowhere else.
//! Pages get a `Route` and move with a `Navigator`. Of the router only its hold on the browser's address
//! is used: which page a route shows is `app::pages`' work.

use crate::domain::id::IncidentId;
use crate::domain::queue_query::QueueQuery;
use crate::domain::url_query::{self, Builder, decode, encode};
use crate::reactive::{Effect, Memo, StoredValue};
use leptos::prelude::*;
use leptos_router::location::{BrowserUrl, LocationChange, LocationProvider};

/// A view of the portal, as its address says it.
#[derive(Clone, Debug, PartialEq)]
pub enum Route {
    Home,
    Incidents(QueueQuery),
    Incident(IncidentView),
    Preferences,
    /// The components in all their states: one section of them, or all where it is empty.
    #[cfg(feature = "gallery")]
    Gallery(String),
    /// An address that leads nowhere.
    Unknown(String),
}

/// One incident: the tab in front and the flyout that is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IncidentView {
    pub id: IncidentId,
    pub tab: IncidentTab,
    pub managed_response: bool,
    /// The incident that was asked for, where it has been merged into this one.
    pub merged: Option<IncidentId>,
}

/// The tabs of an incident's page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IncidentTab {
    Summary,
    Alerts,
    Comments,
}

impl IncidentTab {
    /// In the order they stand.
    pub const ALL: [IncidentTab; 3] = [
        IncidentTab::Summary,
        IncidentTab::Alerts,
        IncidentTab::Comments,
    ];

    /// As written in URLs.
    pub fn slug(self) -> &'static str {
        ["summary", "alerts", "comments"][self as usize]
    }
}

impl IncidentView {
    /// An incident's page as it opens by default.
    pub fn new(id: IncidentId) -> IncidentView {
        IncidentView {
            id,
            tab: IncidentTab::Summary,
            managed_response: false,
            merged: None,
        }
    }
}

impl Route {
    /// Reads a path below the portal's base and a query, with or without its `?`.
    pub fn parse(path: &str, query: &str) -> Route {
        let segments: Vec<String> = path
            .split('/')
            .filter(|s| !s.is_empty())
            .map(decode)
            .collect();
        let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
        match segments[..] {
            [] => Route::Home,
            ["incidents"] => Route::Incidents(QueueQuery::parse(query)),
            ["incidents", id] => Route::Incident(incident(id, query)),
            ["preferences"] => Route::Preferences,
            #[cfg(feature = "gallery")]
            ["gallery"] => Route::Gallery(query.trim_start_matches('?').to_owned()),
            _ => Route::Unknown(path.to_owned()),
        }
    }

    /// The path below the base, with its query.
    pub fn path(&self) -> String {
        match self {
            Route::Home => "/".into(),
            Route::Incidents(query) => format!("/incidents{}", query.print()),
            Route::Incident(view) => {
                let mut query = Builder::default();
                let tab = (view.tab != IncidentTab::Summary).then(|| view.tab.slug());
                query.list("tab", tab);
                query.list("panel", view.managed_response.then_some("managed-response"));
                query.list("merged", view.merged.iter().map(IncidentId::as_str));
                format!("/incidents/{}{}", encode(view.id.as_str()), query.finish())
            }
            #[cfg(feature = "gallery")]
            Route::Gallery(section) => format!("/gallery?{section}"),
            Route::Preferences => "/preferences".into(),
            Route::Unknown(path) => path.clone(),
        }
    }

    /// What the browser's title and the route announcer say.
    pub fn title(&self) -> String {
        match self {
            Route::Home => "Home".into(),
            Route::Incidents(_) => "Incidents".into(),
            Route::Incident(view) => format!("Incident {}", view.id),
            Route::Preferences => "Preferences".into(),
            #[cfg(feature = "gallery")]
            Route::Gallery(_) => "Components".into(),
            Route::Unknown(_) => "Page not found".into(),
        }
    }

    /// True where two routes are the same page, perhaps in another state.
    pub fn same_page(&self, other: &Route) -> bool {
        match (self, other) {
            (Route::Incident(one), Route::Incident(two)) => one.id == two.id,
            _ => std::mem::discriminant(self) == std::mem::discriminant(other),
        }
    }
}

fn incident(id: &str, query: &str) -> IncidentView {
    let mut view = IncidentView::new(IncidentId(id.to_owned()));
    for (name, values) in url_query::parse(query) {
        let value = values.first().map(String::as_str).unwrap_or_default();
        match name.as_str() {
            "tab" => {
                let tab = IncidentTab::ALL.into_iter().find(|tab| tab.slug() == value);
                view.tab = tab.unwrap_or(IncidentTab::Summary);
            }
            "panel" => view.managed_response = value == "managed-response",
            "merged" if !value.is_empty() => view.merged = Some(IncidentId(value.to_owned())),
            _ => {}
        }
    }
    view
}

/// Moves through the portal, and writes links that keep the deployment's base path.
#[derive(Clone, Copy)]
pub struct Navigator {
    base: StoredValue<String>,
    browser: StoredValue<BrowserUrl>,
}

impl Navigator {
    /// Follows the browser's address below a base path without a final slash, takes over clicks on
    /// links to it, and provides the navigator. Returns what the address shows; `None` where the
    /// browser does not tell its address.
    pub fn start(base: String) -> Option<Memo<Route>> {
        let browser = BrowserUrl::new().ok()?;
        browser.init(Some(base.clone().into()));
        let url = browser.as_url().clone();
        provide_context(Navigator {
            base: StoredValue::new(base.clone()),
            browser: StoredValue::new(browser.clone()),
        });
        let route = {
            let url = url.clone();
            Memo::new(move |_| {
                let url = url.read();
                let below = url.path().strip_prefix(base.as_str());
                Route::parse(below.unwrap_or(url.path()), url.search())
            })
        };
        // A clicked link reaches the address bar once its page is in place.
        Effect::new(move |_| {
            url.track();
            browser.ready_to_complete();
        });
        Some(route)
    }

    /// A link's address.
    pub fn href(self, route: &Route) -> String {
        format!(
            "{}{}",
            self.base.try_get_value().unwrap_or_default(),
            route.path()
        )
    }

    /// Goes to another view; Back returns to this one.
    pub fn go(self, route: &Route) {
        self.navigate(&self.href(route), false);
    }

    /// Shows this view in another state without a step for Back, as while typing.
    pub fn replace(self, route: &Route) {
        self.navigate(&self.href(route), true);
    }

    /// Goes to a link's address, as written by `href`.
    pub fn open(self, href: &str) {
        self.navigate(href, false);
    }

    fn navigate(self, href: &str, replace: bool) {
        let Some(browser) = self.browser.try_get_value() else {
            return;
        };
        let Ok(url) = BrowserUrl::parse(href) else {
            return;
        };
        let change = LocationChange {
            value: href.to_owned(),
            replace,
            scroll: false,
            ..Default::default()
        };
        if *browser.as_url().read_untracked() != url {
            browser.as_url().set(url);
        }
        browser.complete_navigation(&change);
    }
}

/// The navigator of this portal. Call while a component is built.
pub fn navigator() -> Navigator {
    expect_context::<Navigator>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_route_comes_back_from_its_address() {
        let id = || IncidentId("29".into());
        let full = IncidentView {
            id: id(),
            tab: IncidentTab::Comments,
            managed_response: true,
            merged: Some(IncidentId("7".into())),
        };
        for (route, address) in [
            (Route::Home, "/"),
            (Route::Incidents(QueueQuery::default()), "/incidents"),
            (
                Route::Incidents(QueueQuery::awaiting()),
                "/incidents?status=awaitingAction&range=all",
            ),
            (Route::Incident(IncidentView::new(id())), "/incidents/29"),
            (Route::Preferences, "/preferences"),
            (
                Route::Incident(full),
                "/incidents/29?tab=comments&panel=managed-response&merged=7",
            ),
            (
                Route::Incident(IncidentView::new(IncidentId("a/b?c".into()))),
                "/incidents/a%2Fb%3Fc",
            ),
            (
                Route::Unknown("/no/where/at/all".into()),
                "/no/where/at/all",
            ),
        ] {
            assert_eq!(route.path(), address);
            let (path, query) = address.split_once('?').unwrap_or((address, ""));
            assert_eq!(Route::parse(path, query), route, "{address}");
            assert!(!route.title().is_empty());
        }
    }

    #[test]
    fn an_unknown_tab_opens_the_summary() {
        let Route::Incident(view) = Route::parse("/incidents/29", "?tab=nonsense&panel=x") else {
            panic!()
        };
        assert_eq!(view, IncidentView::new(IncidentId("29".into())));
    }
}
