//! What a person has chosen for this device: theme and time zone. Kept in local storage, which may
//! lose the last seconds when the browser is killed; nothing else may be kept there.

use crate::domain::time::{DAY, Timestamp, Zone};
use crate::platform::storage::{self, Place};
use crate::platform::{clock, intl};
use crate::reactive::{Memo, RwSignal, Signal};
use leptos::prelude::*;
use std::sync::Arc;

const THEME: &str = "mdr-theme";
const ZONE: &str = "mdr-time-zone";
/// Offsets are known for so long before and after now: all the service keeps, and then some.
const KNOWN: i64 = 400 * DAY;

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
        match intl::transitions(&name, now - KNOWN, now + KNOWN) {
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

/// The preferences in context.
pub fn preferences() -> Preferences {
    expect_context::<Preferences>()
}
