//! What the service tells a person in the portal, and when a browser may interrupt them with it.

use super::time::Timestamp;

/// Something for the person to know.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Notification {
    pub id: String,
    pub at: Option<Timestamp>,
    /// `managedResponse`, `chatReply`, `inquiryAnswer`, `readinessChange`, `serviceReview`,
    /// `huntingNotification`, or what comes to be.
    pub kind: String,
    pub title: String,
    /// What it is about: kind and id.
    pub about: (String, Option<String>),
    /// Whether it concerns this person, as far as the service says, and not only their organization.
    pub mine: bool,
    pub read: bool,
}

/// The kinds that are chosen one by one, and whether some of a kind can concern one person alone.
pub const KINDS: [(&str, bool); 6] = [
    ("managedResponse", true),
    ("chatReply", true),
    ("inquiryAnswer", true),
    ("readinessChange", false),
    ("serviceReview", false),
    ("huntingNotification", false),
];

/// How much of a kind may interrupt.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scope {
    /// Whatever concerns the organization.
    #[default]
    Organization,
    /// What concerns this person.
    Mine,
    Nothing,
}

impl Scope {
    /// In the order they are offered.
    pub const ALL: [Scope; 3] = [Scope::Organization, Scope::Mine, Scope::Nothing];

    /// As kept.
    pub fn slug(self) -> &'static str {
        ["organization", "mine", "nothing"][self as usize]
    }

    /// Reads what was kept; whatever else stands there is the default.
    pub fn parse(text: &str) -> Scope {
        let known = Scope::ALL.into_iter().find(|scope| scope.slug() == text);
        known.unwrap_or_default()
    }
}

/// What a person has chosen, kind by kind; a kind that is not among it is as by default.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scopes(Vec<(String, Scope)>);

impl Scopes {
    /// Reads `kind:scope kind:scope`.
    pub fn parse(text: &str) -> Scopes {
        let pairs = text
            .split_whitespace()
            .filter_map(|one| one.split_once(':'));
        Scopes(
            pairs
                .map(|(kind, scope)| (kind.to_owned(), Scope::parse(scope)))
                .collect(),
        )
    }

    /// As it is read again.
    pub fn print(&self) -> String {
        let one = |(kind, scope): &(String, Scope)| format!("{kind}:{}", scope.slug());
        self.0.iter().map(one).collect::<Vec<_>>().join(" ")
    }

    /// What is chosen of a kind.
    pub fn of(&self, kind: &str) -> Scope {
        let found = self.0.iter().find(|(known, _)| known == kind);
        found.map(|(_, scope)| *scope).unwrap_or_default()
    }

    /// Chooses it.
    pub fn set(&mut self, kind: &str, scope: Scope) {
        self.0.retain(|(known, _)| known != kind);
        self.0.push((kind.to_owned(), scope));
    }

    /// Whether something is wanted.
    pub fn want(&self, one: &Notification) -> bool {
        match self.of(&one.kind) {
            Scope::Organization => true,
            Scope::Mine => one.mine,
            Scope::Nothing => false,
        }
    }
}

/// Hours in which nobody is interrupted, in minutes of the day; past midnight where the end is not after
/// the beginning. The same twice is no hours at all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Quiet {
    pub from: u16,
    pub to: u16,
}

impl Quiet {
    /// Whether a minute of the day is among them.
    pub fn holds(self, minute: u16) -> bool {
        if self.from <= self.to {
            (self.from..self.to).contains(&minute)
        } else {
            minute >= self.from || minute < self.to
        }
    }
}

/// Those to interrupt with, the oldest first: unread, wanted, and later than what any tab of this browser
/// has shown.
pub fn to_show<'a>(
    all: &'a [Notification],
    shown: Timestamp,
    scopes: &Scopes,
) -> Vec<&'a Notification> {
    let later = |one: &&Notification| one.at.is_some_and(|at| at > shown);
    let mut new: Vec<&Notification> = all
        .iter()
        .filter(|one| !one.read && scopes.want(one))
        .filter(later)
        .collect();
    new.sort_by_key(|one| one.at);
    new
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quiet_hours_may_pass_midnight() {
        let night = Quiet {
            from: 22 * 60,
            to: 7 * 60,
        };
        assert!(night.holds(23 * 60) && night.holds(0) && night.holds(7 * 60 - 1));
        assert!(!night.holds(7 * 60) && !night.holds(12 * 60));
        let noon = Quiet {
            from: 12 * 60,
            to: 13 * 60,
        };
        assert!(noon.holds(12 * 60) && !noon.holds(13 * 60) && !noon.holds(0));
        assert!(!Quiet::default().holds(0));
    }

    #[test]
    fn an_event_is_shown_once_and_only_where_it_is_wanted() {
        let one = |id: &str, at: i64, kind: &str, read: bool, mine: bool| Notification {
            id: id.into(),
            at: Some(Timestamp(at)),
            kind: kind.into(),
            read,
            mine,
            ..Notification::default()
        };
        let all = [
            one("5", 50, "somethingNew", false, false),
            one("4", 40, "chatReply", false, false),
            one("3", 30, "managedResponse", false, true),
            one("2", 20, "managedResponse", true, true),
            one("1", 10, "managedResponse", false, false),
        ];
        let shown = |since, scopes: &str| {
            let new = to_show(&all, Timestamp(since), &Scopes::parse(scopes));
            new.iter().map(|one| one.id.clone()).collect::<Vec<_>>()
        };
        assert_eq!(shown(10, ""), ["3", "4", "5"]);
        assert_eq!(shown(50, ""), [""; 0]);
        assert_eq!(shown(0, "chatReply:nothing"), ["1", "3", "5"]);
        assert_eq!(
            shown(0, "managedResponse:mine chatReply:mine"),
            ["3", "5"],
            "of a kind that nobody has chosen about, all is shown"
        );
    }

    #[test]
    fn what_is_chosen_is_kept_kind_by_kind() {
        let mut scopes = Scopes::parse("chatReply:mine nonsense readinessChange:later");
        assert_eq!(scopes.of("chatReply"), Scope::Mine);
        assert_eq!(scopes.of("readinessChange"), Scope::Organization);
        scopes.set("chatReply", Scope::Nothing);
        scopes.set("managedResponse", Scope::Mine);
        assert_eq!(Scopes::parse(&scopes.print()), scopes);
        assert_eq!(scopes.of("chatReply"), Scope::Nothing);
    }
}
