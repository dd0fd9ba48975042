//! The one registered application: its id and the addresses it may be sent back to.

use crate::app::App;

pub const CLIENT_ID: &str = "mdr-portal";

/// The base of a page origin, or any folder on it: the portal may be served under a base path.
pub fn allows(app: &App, uri: &str) -> bool {
    origin_of(app, uri).is_some()
}

/// The page origin a registered address belongs to.
pub fn origin_of(app: &App, uri: &str) -> Option<String> {
    app.page_origins().into_iter().find(|origin| {
        uri.strip_prefix(origin.as_str()).is_some_and(|path| {
            path.starts_with('/') && path.ends_with('/') && !path.contains(['?', '#', '\\'])
        })
    })
}
