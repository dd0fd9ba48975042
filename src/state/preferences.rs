//! What a person has chosen for this device: theme, density, time zone and keys. Kept in local storage, which may
//! lose the last seconds when the browser is killed; nothing else may be kept there.

use crate::domain::time::{DAY, Timestamp, Zone};
use crate::platform::storage::{self, Place};
use crate::platform::{clock, intl};
use crate::reactive::{Memo, RwSignal, Signal};
use leptos::prelude::*;
use std::sync::Arc;

const THEME: &str = "mdr-theme";
const ZONE: &str = "mdr-time-zone";
const COMPACT: &str = "mdr-compact";
const NARROW: &str = "mdr-narrow-navigation";
const NO_LETTERS: &str = "mdr-no-letters";
/// Offsets are known from so long before now, as incidents may be years old, to so long after it.
const PAST: i64 = 5 * 366 * DAY;
const FUTURE: i64 = 400 * DAY;

/// The colours of the portal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    System,
    Light,
    Dark,
}

impl Theme {
    /// In the order they are offered.
    pub const ALL: [Theme; 3] = [Theme::System, Theme::Light, Theme::Dark];

    /// The value of `data-theme`; empty leaves it to the system.
    pub fn slug(self) -> &'static str {
        ["", "light", "dark"][self as usize]
    }
}

/// The time zone of every time on the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ZoneChoice {
    /// The browser's own.
    Local,
    Utc,
    /// By IANA name.
    Named(String),
}

impl ZoneChoice {
    fn parse(text: &str) -> ZoneChoice {
        match text {
            "" => ZoneChoice::Local,
            "UTC" => ZoneChoice::Utc,
            name => ZoneChoice::Named(name.to_owned()),
        }
    }

    /// As kept in storage and in a select: empty for the browser's own.
    pub fn slug(&self) -> &str {
        match self {
            ZoneChoice::Local => "",
            ZoneChoice::Utc => "UTC",
            ZoneChoice::Named(name) => name,
        }
    }

    fn zone(&self) -> Zone {
        let name = match self {
            ZoneChoice::Utc => return Zone::utc(),
            ZoneChoice::Local => intl::local_zone(),
            ZoneChoice::Named(name) => name.clone(),
        };
        let now = clock::now();
        match intl::transitions(&name, now - PAST, now + FUTURE) {
            Some((initial, changes)) => {
                let changes = changes
                    .into_iter()
                    .map(|(at, offset)| (Timestamp(at), offset));
                Zone::new(&name, initial, changes.collect())
            }
            None => Zone::utc(),
        }
    }
}

/// The person's choices.
#[derive(Clone, Copy)]
pub struct Preferences {
    theme: RwSignal<Theme>,
    choice: RwSignal<ZoneChoice>,
    zone: Memo<Arc<Zone>>,
    compact: RwSignal<bool>,
    letters: RwSignal<bool>,
    narrow: RwSignal<bool>,
}

impl Preferences {
    /// Reads what was chosen before.
    pub fn load() -> Preferences {
        let theme = storage::read(Place::Device, THEME);
        let theme = Theme::ALL
            .into_iter()
            .find(|t| Some(t.slug()) == theme.as_deref());
        let choice = storage::read(Place::Device, ZONE).unwrap_or_default();
        let choice = RwSignal::new(ZoneChoice::parse(&choice));
        Preferences {
            theme: RwSignal::new(theme.unwrap_or(Theme::System)),
            choice,
            zone: Memo::new(move |_| Arc::new(choice.get().zone())),
            compact: RwSignal::new(storage::read(Place::Device, COMPACT).is_some()),
            letters: RwSignal::new(storage::read(Place::Device, NO_LETTERS).is_none()),
            narrow: RwSignal::new(storage::read(Place::Device, NARROW).is_some()),
        }
    }

    /// The colours chosen.
    pub fn theme(self) -> Signal<Theme> {
        self.theme.into()
    }

    /// Changes the colours.
    pub fn set_theme(self, theme: Theme) {
        self.theme.set(theme);
        storage::write(Place::Device, THEME, theme.slug());
    }

    /// Whether lists and controls are set closer together.
    pub fn compact(self) -> Signal<bool> {
        self.compact.into()
    }

    /// Sets lists and controls closer together, or not.
    pub fn set_compact(self, compact: bool) {
        self.compact.set(compact);
        keep(COMPACT, compact);
    }

    /// Whether keys without Ctrl do something outside of text fields.
    pub fn letters(self) -> Signal<bool> {
        self.letters.into()
    }

    /// Lets keys without Ctrl do something, or not.
    pub fn set_letters(self, letters: bool) {
        self.letters.set(letters);
        keep(NO_LETTERS, !letters);
    }

    /// Whether the navigation shows its pictures only.
    pub fn narrow(self) -> Signal<bool> {
        self.narrow.into()
    }

    /// Lets the navigation show its pictures only, or its words too.
    pub fn set_narrow(self, narrow: bool) {
        self.narrow.set(narrow);
        keep(NARROW, narrow);
    }

    /// The zone chosen, as a choice.
    pub fn zone_choice(self) -> Signal<ZoneChoice> {
        self.choice.into()
    }

    /// The zone chosen, ready to format with.
    pub fn zone(self) -> Signal<Arc<Zone>> {
        self.zone.into()
    }

    /// Changes the zone by its slug.
    pub fn set_zone(self, slug: &str) {
        self.choice.set(ZoneChoice::parse(slug));
        storage::write(Place::Device, ZONE, slug);
    }
}

/// Keeps what differs from the default.
fn keep(name: &str, kept: bool) {
    if kept {
        storage::write(Place::Device, name, "1");
    } else {
        storage::remove(Place::Device, name);
    }
}

/// The preferences in context.
pub fn preferences() -> Preferences {
    expect_context::<Preferences>()
}
