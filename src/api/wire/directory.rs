//! People, their roles and their organisation, from Graph's directory.

use crate::domain::json::Reader;

/// The name of a directory role; `None` for anything else a person is a member of.
pub(crate) fn role(membership: Reader<'_>) -> Option<String> {
    let kind = membership.str("@odata.type");
    let role = membership.str("roleTemplateId").is_some()
        || kind.is_some_and(|kind| kind.ends_with("directoryRole"));
    membership.text("displayName").filter(|_| role)
}
