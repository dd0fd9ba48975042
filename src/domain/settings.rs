//! The customer's settings: what the experts may do, what they never touch, whom they reach, and Teams.
//! How they are written down is `body`, how they read in words `facts`, and what a form holds while
//! somebody fills it in `work`.

pub mod body;
pub mod facts;
pub mod work;

use super::phone;
use super::time::Timestamp;
use lexicon::t;

/// One document of the settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    Permissions,
    Exclusions,
    Contacts,
    Teams,
}

impl Section {
    /// In the order they are gone through.
    pub const ALL: [Section; 4] = [
        Section::Permissions,
        Section::Exclusions,
        Section::Contacts,
        Section::Teams,
    ];

    /// As written in addresses and bodies.
    pub fn slug(self) -> &'static str {
        ["permissions", "exclusions", "contacts", "teams"][self as usize]
    }

    /// Its name.
    pub fn title(self) -> &'static str {
        [
            t!("Permissions"),
            t!("Exclusions"),
            t!("Contacts"),
            t!("Teams"),
        ][self as usize]
    }
}

/// What an administrator decides.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sections {
    pub permissions: Permissions,
    pub exclusions: Exclusions,
    /// In the order they are called.
    pub contacts: Vec<Contact>,
    pub teams: Teams,
}

impl Sections {
    /// Whether two say the same in one section.
    pub fn same(&self, other: &Sections, section: Section) -> bool {
        match section {
            Section::Permissions => self.permissions == other.permissions,
            Section::Exclusions => self.exclusions == other.exclusions,
            Section::Contacts => {
                let told = |contacts: &[Contact]| contacts.iter().map(Contact::told).collect();
                let (one, two): (Vec<_>, Vec<_>) = (told(&self.contacts), told(&other.contacts));
                one == two
            }
            Section::Teams => self.teams == other.teams,
        }
    }

    /// Takes one section of another.
    pub fn take(&mut self, from: &Sections, section: Section) {
        match section {
            Section::Permissions => self.permissions = from.permissions,
            Section::Exclusions => self.exclusions.clone_from(&from.exclusions),
            Section::Contacts => self.contacts.clone_from(&from.contacts),
            Section::Teams => self.teams = from.teams,
        }
    }

    /// The name of what a server's pointer, such as `/exclusions/deviceGroups/0/id`, leads to.
    pub fn culprit(&self, pointer: &str) -> Option<&str> {
        let mut steps = pointer.split('/');
        let list =
            steps.find(|step| matches!(*step, "deviceGroups" | "userGroups" | "contacts"))?;
        let mut steps = steps.skip_while(|step| step.parse::<usize>().is_err());
        let at: usize = steps.next()?.parse().ok()?;
        match list {
            "deviceGroups" => self.exclusions.devices.get(at).map(|group| &*group.name),
            "userGroups" => self.exclusions.users.get(at).map(|group| &*group.name),
            _ => self.contacts.get(at).map(|contact| &*contact.name),
        }
    }

    /// What has to be mended in a section before it can be sent.
    pub fn problem(&self, section: Section) -> Option<&'static str> {
        match section {
            Section::Permissions => (!self.permissions.investigate && !self.permissions.respond)
                .then_some(t!("Grant at least one of the two: the experts could do nothing otherwise.")),
            Section::Contacts => (!self.contacts.iter().any(|contact| contact.incident))
                .then_some(t!("Add at least one contact for incident notification: nobody would be told of incidents otherwise.")),
            Section::Exclusions | Section::Teams => None,
        }
    }
}

/// What the experts may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Permissions {
    /// Security Reader.
    pub investigate: bool,
    /// Security Operator.
    pub respond: bool,
}

impl Default for Permissions {
    fn default() -> Permissions {
        Permissions {
            investigate: true,
            respond: false,
        }
    }
}

/// What the experts never touch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Exclusions {
    pub devices: Vec<Group>,
    pub users: Vec<Group>,
    pub high_value_devices: bool,
    pub high_value_users: bool,
}

/// A group of devices or users.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    pub id: String,
    pub name: String,
}

/// A person or a team to reach.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contact {
    /// Empty while it is new.
    pub id: String,
    /// `user`, `group` or `mail`.
    pub kind: String,
    pub directory: Option<String>,
    pub name: String,
    pub mail: String,
    /// Empty where there is none.
    pub phone: String,
    pub incident: bool,
    pub review: bool,
    pub hours: Option<Hours>,
    /// Whether the mail that tells them arrived; empty while it is new.
    pub state: String,
}

impl Contact {
    /// What is decided about a contact; whether it has been told is not.
    fn told(&self) -> Contact {
        Contact {
            id: String::new(),
            state: String::new(),
            ..self.clone()
        }
    }

    /// Whether it is one of those who are gone from the directory.
    pub fn left(&self, gone: &[String]) -> bool {
        self.directory.as_ref().is_some_and(|id| gone.contains(id))
    }

    /// Whether it says how and when it is reached by phone.
    pub fn reached(&self) -> bool {
        self.hours.is_some() && !self.phone.is_empty()
    }

    /// Takes an address. Another one is another recipient: no longer who was found in the directory.
    pub fn address(&mut self, mail: String) {
        if mail != self.mail {
            self.kind = "mail".into();
            self.directory = None;
        }
        self.mail = mail;
    }

    /// Whether something has been filled in.
    pub fn touched(&self) -> bool {
        *self != Contact::fresh()
    }

    /// The form before anybody filled it in.
    pub fn fresh() -> Contact {
        Contact {
            kind: "mail".into(),
            incident: true,
            ..Contact::default()
        }
    }

    /// The contact as it would be kept, among the others; otherwise what is wrong, and with what.
    pub fn checked(&self, others: &[Contact]) -> Result<Contact, (Flaw, &'static str)> {
        let (name, mail) = (self.name.trim(), self.mail.trim());
        if name.is_empty() {
            return Err((
                Flaw::Name,
                t!("Choose a person or a team, or write a name."),
            ));
        }
        if !plausible(mail) {
            return Err((
                Flaw::Mail,
                t!(
                    "Write the whole address, such as soc@contoso.com: the contact is told by mail."
                ),
            ));
        }
        let same = |other: &Contact| other.mail.trim().eq_ignore_ascii_case(mail);
        if others.iter().any(same) {
            return Err((
                Flaw::Mail,
                t!("This address is among the contacts already. Change that contact instead."),
            ));
        }
        let phone = phone::dialled(&self.phone).map_err(|problem| (Flaw::Phone, problem))?;
        if !self.incident && !self.review {
            return Err((Flaw::Purpose, t!("Choose what the contact is for.")));
        }
        let hours = self.hours.as_ref();
        if hours
            .is_some_and(|hours| hours.spans.is_empty() || hours.spans.iter().any(|s| s.days == 0))
        {
            return Err((Flaw::Hours, t!("Choose at least one day.")));
        }
        Ok(Contact {
            name: name.to_owned(),
            mail: mail.to_owned(),
            phone,
            ..self.clone()
        })
    }
}

/// What of a contact is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    Name,
    Mail,
    Phone,
    Purpose,
    Hours,
}

/// An address that the service takes.
fn plausible(mail: &str) -> bool {
    let of = |text: &str, more: &str| {
        !text.is_empty()
            && text
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || more.contains(c))
    };
    mail.split_once('@').is_some_and(|(local, host)| {
        of(local, "._%+-") && local.len() <= 64 && of(host, ".-") && host.len() <= 185
    })
}

/// When a contact can be reached.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hours {
    /// IANA name.
    pub zone: String,
    pub spans: Vec<Span>,
}

/// The same hours on some days; past midnight where the end is not after the beginning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// Bits, Monday the lowest.
    pub days: u8,
    /// Minutes of the day.
    pub from: u16,
    pub to: u16,
}

impl Span {
    /// Monday to Friday, nine to five.
    pub const OFFICE: Span = Span {
        days: 0b1_1111,
        from: 9 * 60,
        to: 17 * 60,
    };
    /// All days, all day.
    pub const ALWAYS: Span = Span {
        days: 0b111_1111,
        from: 0,
        to: 0,
    };
}

/// Whether to talk on Teams.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Teams {
    pub enabled: bool,
    /// One-way notifications of hunting findings.
    pub hunting: bool,
}

/// How the connection to Teams stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TeamsState {
    /// `off`, `provisioning`, `on`, `disconnecting`, `removed`, `failed`, or what comes to be.
    pub state: String,
    /// Why it failed: a code and the service's words.
    pub failure: Option<(String, String)>,
    pub url: Option<String>,
    pub channel: Option<String>,
    /// Whether the experts can read all messages in the team.
    pub all_messages: bool,
}

/// Who changed something last, and when.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stamp {
    pub at: Option<Timestamp>,
    pub by: String,
}

/// The settings in force.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InForce {
    pub sections: Sections,
    pub teams: TeamsState,
    /// By section.
    pub stamps: Vec<Stamp>,
    /// The server's names for the versions, by section.
    pub versions: Vec<String>,
    /// Whether the first run has been completed; by whom and when.
    pub complete: bool,
    pub completed: Stamp,
}

/// What administrators prepare together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ServerDraft {
    /// The step it was left at, counted from 0.
    pub step: usize,
    /// The settings in force with what is drafted in their place.
    pub sections: Sections,
    /// Whether anything is drafted.
    pub empty: bool,
    pub stamp: Stamp,
    pub version: String,
}

/// One entry of the audit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditEntry {
    pub at: Option<Timestamp>,
    pub by: String,
    pub role: String,
    /// The settings before and after, of which only its section counts.
    pub before: Sections,
    pub after: Sections,
    /// By completing the first run.
    pub first_run: bool,
}

#[cfg(test)]
mod tests;
