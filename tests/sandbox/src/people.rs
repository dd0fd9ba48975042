//! Who can sign in: the tenant's people, their directory roles and what each role may do.

use serde_json::{Value, json};

use crate::rng::guid_of;

pub const TENANT: &str = "Contoso";
pub const TENANT_ID: &str = "6f2c1f1e-4b0e-4c57-9d57-0c6a41f3c0de";
pub const DOMAIN: &str = "contoso.com";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Role {
    pub name: &'static str,
    /// Entra's own id of the role, the same in every tenant.
    pub template: &'static str,
    acts: bool,
}

const SECURITY_READER: Role = Role {
    name: "Security Reader",
    template: "5d6b6bb7-de71-4623-b4af-96380a352509",
    acts: false,
};
const GLOBAL_READER: Role = Role {
    name: "Global Reader",
    template: "f2ef992c-3afb-46b9-b7cf-a126ee74c451",
    acts: false,
};
const SECURITY_OPERATOR: Role = Role {
    name: "Security Operator",
    template: "5f2222b1-57c3-48ba-8ad5-d4759f1fde6f",
    acts: true,
};
const SECURITY_ADMINISTRATOR: Role = Role {
    name: "Security Administrator",
    template: "194ae4cb-b126-40b2-bd5b-6091b380977d",
    acts: true,
};
const GLOBAL_ADMINISTRATOR: Role = Role {
    name: "Global Administrator",
    template: "62e90394-69f5-4237-9190-012177145e10",
    acts: true,
};

/// What an operation of the Experts API asks of a caller's role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    Reader,
    /// Submits inquiries: every role but the one that is there for reading alone.
    Asker,
    Operator,
    Administrator,
}

impl Level {
    /// As the document writes it; what it does not know nobody but administrators may call.
    pub fn named(name: &str) -> Self {
        match name {
            "reader" => Self::Reader,
            "asker" => Self::Asker,
            "operator" => Self::Operator,
            _ => Self::Administrator,
        }
    }

    /// Who else can, told to those who cannot.
    pub fn who(self) -> &'static str {
        match self {
            Self::Reader => "Security Reader or higher can.",
            Self::Asker => "Security Reader, Security Operator or an administrator can.",
            Self::Operator => "Security Operator or higher can.",
            Self::Administrator => "Security Administrator or Global Administrator can.",
        }
    }
}

#[derive(Debug, PartialEq, Eq)]
pub struct Person {
    pub name: &'static str,
    pub title: &'static str,
    pub role: Option<Role>,
}

pub static PEOPLE: [Person; 6] = [
    Person {
        name: "Rhea Novak",
        title: "SOC analyst",
        role: Some(SECURITY_READER),
    },
    Person {
        name: "Omar Haddad",
        title: "Senior SOC analyst",
        role: Some(SECURITY_OPERATOR),
    },
    Person {
        name: "Ada Lindqvist",
        title: "Head of security operations",
        role: Some(SECURITY_ADMINISTRATOR),
    },
    Person {
        name: "Greta Reiter",
        title: "Internal auditor",
        role: Some(GLOBAL_READER),
    },
    Person {
        name: "Gabriel Adeyemi",
        title: "Directory administrator",
        role: Some(GLOBAL_ADMINISTRATOR),
    },
    Person {
        name: "Nils Berger",
        title: "Account manager",
        role: None,
    },
];

pub fn named(name: &str) -> Option<&'static Person> {
    PEOPLE.iter().find(|person| person.name == name)
}

impl Person {
    pub fn mail(&self) -> String {
        format!("{}@{DOMAIN}", self.name.to_lowercase().replace(' ', "."))
    }

    pub fn id(&self) -> String {
        guid_of(self.name)
    }

    pub fn role_name(&self) -> &'static str {
        self.role.map_or("No role", |role| role.name)
    }

    pub fn reads(&self) -> bool {
        self.role.is_some()
    }

    pub fn acts(&self) -> bool {
        self.role.is_some_and(|role| role.acts)
    }

    pub fn reaches(&self, level: Level) -> bool {
        let administers = matches!(
            self.role,
            Some(SECURITY_ADMINISTRATOR | GLOBAL_ADMINISTRATOR)
        );
        match level {
            Level::Reader => self.reads(),
            Level::Asker => self.role.is_some_and(|role| role != GLOBAL_READER),
            Level::Operator => self.acts(),
            Level::Administrator => administers,
        }
    }

    /// The person as Graph's `/me` writes one.
    pub fn user(&self) -> Value {
        let (given, family) = self.name.split_once(' ').unwrap_or((self.name, ""));
        json!({
            "businessPhones": ["+43 1 555 0109"],
            "displayName": self.name,
            "givenName": given,
            "id": self.id(),
            "jobTitle": self.title,
            "mail": self.mail(),
            "mobilePhone": null,
            "officeLocation": "18/2111",
            "preferredLanguage": "en-US",
            "surname": family,
            "userPrincipalName": self.mail(),
        })
    }
}
