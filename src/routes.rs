//! Every address of the portal: parsed, printed and titled here and nowhere else.
//! Pages get a `Route` and move with a `Navigator`. Of the router only its hold on the browser's address
//! is used: which page a route shows is `app::pages`' work.

use crate::domain::id::IncidentId;
use crate::domain::machine;
use crate::domain::queue_query::QueueQuery;
use crate::domain::url_query::{self, Builder, decode, encode};
use crate::reactive::{Effect, Memo, StoredValue};
use leptos::prelude::*;
use leptos_router::location::{BrowserUrl, LocationChange, LocationProvider};
use lexicon::t;

/// A view of the portal, as its address says it.
#[derive(Clone, Debug, PartialEq)]
pub enum Route {
    Home,
    Incidents(QueueQuery),
    Incident(IncidentView),
    /// The inventory of devices and its query.
    Devices(String),
    /// One device, by its id in Defender for Endpoint.
    Device(String),
    /// The list of conversations with the experts: the one that is open, or nothing, and the query.
    Messages(String, String),
    /// The list of alerts and its query.
    Alerts(String),
    /// One alert.
    Alert(String),
    Preferences,
    /// What is going on, in one page.
    Overview,
    /// A page of the settings, by its place among `SETTINGS`, and what of it is in front.
    Settings(&'static str, String),
    /// The report's first tab or its second, and the rest of the address.
    Reports {
        trends: bool,
        query: String,
    },
    /// The components in all their states: one section of them, or all where it is empty.
    #[cfg(feature = "gallery")]
    Gallery(String),
    /// An address that leads nowhere.
    Unknown(String),
}

/// The pages of the settings of Defender Experts, as in addresses, with their titles.
const SETTINGS: [(&str, &str); 12] = [
    ("get-started", t!("Get started")),
    ("get-started/permissions", t!("Get started: Permissions")),
    ("get-started/exclusions", t!("Get started: Exclusions")),
    ("get-started/contacts", t!("Get started: Contacts")),
    ("get-started/teams", t!("Get started: Teams")),
    ("get-started/review", t!("Get started: Review")),
    ("permissions", t!("Permissions")),
    ("exclusions", t!("Exclusions")),
    ("contacts", t!("Notification contacts")),
    ("teams", t!("Teams")),
    ("service-status", t!("Service status")),
    ("sample-notifications", t!("Sample notifications")),
];

/// One incident: the tab in front and the flyout that is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IncidentView {
    pub id: IncidentId,
    pub tab: IncidentTab,
    pub managed_response: bool,
    /// Whether the chat is in front in it.
    pub chat: bool,
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
            chat: false,
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
            ["devices"] => Route::Devices(bare(query)),
            ["devices", id] => Route::Device(id.to_owned()),
            ["messages"] => Route::Messages(String::new(), bare(query)),
            ["messages", id] => Route::Messages(id.to_owned(), bare(query)),
            ["alerts"] => Route::Alerts(bare(query)),
            ["alerts", id] => Route::Alert(id.to_owned()),
            ["preferences"] => Route::Preferences,
            ["overview"] => Route::Overview,
            ["settings", "defender-experts", ref page @ ..] => {
                settings(&page.join("/"), path, query)
            }
            ["reports"] | ["reports", "trends"] => Route::Reports {
                trends: segments.len() > 1,
                query: query.trim_start_matches('?').to_owned(),
            },
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
                query.list(
                    "part",
                    (view.managed_response && view.chat).then_some("chat"),
                );
                query.list("merged", view.merged.iter().map(IncidentId::as_str));
                format!("/incidents/{}{}", encode(view.id.as_str()), query.finish())
            }
            #[cfg(feature = "gallery")]
            Route::Gallery(section) => format!("/gallery?{section}"),
            Route::Devices(query) => format!("/devices{}", asked(query)),
            Route::Device(id) => format!("/devices/{}", encode(id)),
            Route::Messages(id, query) if id.is_empty() => format!("/messages{}", asked(query)),
            Route::Messages(id, query) => format!("/messages/{}{}", encode(id), asked(query)),
            Route::Alerts(query) => format!("/alerts{}", asked(query)),
            Route::Alert(id) => format!("/alerts/{}", encode(id)),
            Route::Preferences => "/preferences".into(),
            Route::Overview => "/overview".into(),
            Route::Settings(page, view) => {
                let mut query = Builder::default();
                query.list("view", Some(view).filter(|view| !view.is_empty()));
                format!("/settings/defender-experts/{page}{}", query.finish())
            }
            Route::Reports { trends, query } => {
                let below = if *trends { "/trends" } else { "" };
                let mark = if query.is_empty() { "" } else { "?" };
                format!("/reports{below}{mark}{query}")
            }
            Route::Unknown(path) => path.clone(),
        }
    }

    /// What the browser's title and the route announcer say.
    pub fn title(&self) -> String {
        match self {
            Route::Home => t!("Home").into(),
            Route::Incidents(_) => t!("Incidents").into(),
            Route::Incident(view) => t!("Incident {}", view.id),
            Route::Devices(_) => t!("Devices").into(),
            Route::Device(_) => t!("Device").into(),
            Route::Messages(..) => t!("Messages").into(),
            Route::Alerts(_) => t!("Alerts").into(),
            Route::Alert(id) => t!("Alert {id}"),
            Route::Preferences => t!("Preferences").into(),
            Route::Overview => t!("Overview").into(),
            Route::Settings(page, _) => {
                let known = SETTINGS.iter().find(|known| known.0 == *page);
                known.map_or_else(String::new, |known| known.1.into())
            }
            Route::Reports { .. } => t!("Reports").into(),
            #[cfg(feature = "gallery")]
            Route::Gallery(_) => t!("Components").into(),
            Route::Unknown(_) => t!("Page not found").into(),
        }
    }

    /// Where the actions of an incident are decided, or those of the device that it stands for.
    pub fn response(incident: &IncidentId) -> Route {
        match machine::of_stand_in(incident) {
            Some(device) => Route::Device(device.to_owned()),
            None => Route::Incident(IncidentView {
                managed_response: true,
                ..IncidentView::new(incident.clone())
            }),
        }
    }

    /// True where two routes are the same page, perhaps in another state.
    pub fn same_page(&self, other: &Route) -> bool {
        match (self, other) {
            (Route::Incident(one), Route::Incident(two)) => one.id == two.id,
            (Route::Device(one), Route::Device(two)) => one == two,
            (Route::Settings(one, _), Route::Settings(two, _)) => one == two,
            (Route::Alert(one), Route::Alert(two)) => one == two,
            _ => std::mem::discriminant(self) == std::mem::discriminant(other),
        }
    }
}

fn settings(page: &str, path: &str, query: &str) -> Route {
    let Some((page, _)) = SETTINGS.iter().find(|known| known.0 == page) else {
        return Route::Unknown(path.to_owned());
    };
    let mut pairs = url_query::parse(query).into_iter();
    let view = pairs.find(|(name, _)| name == "view");
    let view = view.and_then(|(_, values)| values.into_iter().next());
    Route::Settings(page, view.unwrap_or_default())
}

/// A query with its `?`, however it was given.
fn asked(query: &str) -> String {
    match bare(query).as_str() {
        "" => String::new(),
        query => format!("?{query}"),
    }
}

fn bare(query: &str) -> String {
    query.trim_start_matches('?').to_owned()
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
            "part" => view.chat = value == "chat",
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
            chat: true,
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
            (Route::Devices(String::new()), "/devices"),
            (Route::Devices("risk=high".into()), "/devices?risk=high"),
            (Route::Device("a/b".into()), "/devices/a%2Fb"),
            (Route::Overview, "/overview"),
            (
                Route::Settings("get-started/contacts", String::new()),
                "/settings/defender-experts/get-started/contacts",
            ),
            (
                Route::Settings("exclusions", "user-groups".into()),
                "/settings/defender-experts/exclusions?view=user-groups",
            ),
            (
                Route::Unknown("/settings/defender-experts/nowhere".into()),
                "/settings/defender-experts/nowhere",
            ),
            (
                Route::Reports {
                    trends: false,
                    query: "range=7d".into(),
                },
                "/reports?range=7d",
            ),
            (
                Route::Reports {
                    trends: true,
                    query: String::new(),
                },
                "/reports/trends",
            ),
            (Route::Messages(String::new(), String::new()), "/messages"),
            (
                Route::Messages("inq/1".into(), "group=status".into()),
                "/messages/inq%2F1?group=status",
            ),
            (Route::Alerts(String::new()), "/alerts"),
            (Route::Alerts("alert=da1".into()), "/alerts?alert=da1"),
            (Route::Alert("da1".into()), "/alerts/da1"),
            (
                Route::Incident(full),
                "/incidents/29?tab=comments&panel=managed-response&part=chat&merged=7",
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
