//! People, their roles and their organisation, from Graph's directory.

use serde::Deserialize;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Person {
    pub(crate) id: Option<String>,
    pub(crate) display_name: Option<String>,
    pub(crate) user_principal_name: Option<String>,
}

/// One thing a person is a member of: a directory role, a group, an administrative unit.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Membership {
    #[serde(rename = "@odata.type")]
    kind: Option<String>,
    display_name: Option<String>,
    role_template_id: Option<String>,
}

impl Membership {
    /// The role's name, where it is a directory role.
    pub(crate) fn role(self) -> Option<String> {
        let role = self.role_template_id.is_some()
            || self
                .kind
                .is_some_and(|kind| kind.ends_with("directoryRole"));
        self.display_name.filter(|_| role)
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Organization {
    pub(crate) display_name: Option<String>,
}
