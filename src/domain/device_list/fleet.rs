//! The devices that have been read, and what is known of them beside their entries in Defender for
//! Endpoint: how many open incidents name one, and how far it is isolated.

use crate::domain::evidence::{Asset, AssetKind};
use crate::domain::fold::fold;
use crate::domain::machine::{Machine, MachineAction, Standing, in_force, system_name};
use crate::domain::task::ActionType;
use lexicon::t;
use std::sync::Arc;

/// How far a device is isolated, as far as its actions tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Isolation {
    Isolated,
    /// Asked for, and not carried out yet.
    Isolating,
    /// Isolated, and its release was asked for.
    Releasing,
}

impl Isolation {
    /// All of them.
    pub const ALL: [Isolation; 3] = [
        Isolation::Isolated,
        Isolation::Isolating,
        Isolation::Releasing,
    ];

    /// As written in addresses.
    pub fn slug(self) -> &'static str {
        ["isolated", "isolating", "releasing"][self as usize]
    }

    /// What a person reads.
    pub fn label(self) -> &'static str {
        [
            t!("Isolated"),
            t!("Isolation requested"),
            t!("Release requested"),
        ][self as usize]
    }

    /// What the actions of one device tell; nothing where they do not say that it is isolated.
    pub fn of(actions: &[MachineAction]) -> Option<Isolation> {
        let live = |kind: &str| actions.iter().any(|one| one.live() && one.kind == kind);
        let isolated = in_force(actions, &ActionType::IsolateDevice).is_some_and(|(on, _)| on);
        match isolated {
            true if live("Unisolate") => Some(Isolation::Releasing),
            true => Some(Isolation::Isolated),
            false => live("Isolate").then_some(Isolation::Isolating),
        }
    }
}

/// Devices with how far they are isolated, in the order of their ids; those that are not are left out.
pub fn isolations(mut actions: Vec<(String, MachineAction)>) -> Vec<(String, Isolation)> {
    // What failed or was taken back has changed nothing.
    let counts = |one: &MachineAction| one.live() || one.standing == Standing::Succeeded;
    actions.retain(|(_, one)| counts(one));
    actions.sort_by(|one, other| one.0.cmp(&other.0));
    let mut found = Vec::new();
    for of_one in actions.chunk_by(|one, other| one.0 == other.0) {
        let own: Vec<MachineAction> = of_one.iter().map(|(_, action)| action.clone()).collect();
        found.extend(Isolation::of(&own).map(|isolation| (of_one[0].0.clone(), isolation)));
    }
    found
}

/// A device with what it is searched by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    pub machine: Machine,
    pub(super) name: String,
    pub(super) text: String,
}

impl Listed {
    /// Makes its texts.
    pub fn new(machine: Machine) -> Listed {
        let system = machine.os.as_deref().map(system_name);
        let texts = [
            Some(&machine.id),
            machine.group.as_ref(),
            machine.os.as_ref(),
            // As it is shown.
            system.as_ref(),
            machine.address.as_ref(),
            machine.external_address.as_ref(),
            machine.directory_id.as_ref(),
        ];
        let name = fold(&machine.name);
        let mut text = name.clone();
        for more in texts.into_iter().flatten().chain(&machine.tags) {
            text.push('\n');
            text.push_str(&fold(more));
        }
        Listed {
            name,
            text,
            machine,
        }
    }
}

/// What has been read of the inventory, in the order of ids, each once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fleet {
    pub(super) devices: Vec<Arc<Listed>>,
    /// Whether there are more that have not been read.
    pub partial: bool,
    /// How many alerts were looked through, where the devices come from them.
    pub alerts: usize,
}

impl Fleet {
    /// The devices.
    pub fn devices(&self) -> &[Arc<Listed>] {
        &self.devices
    }

    /// Takes devices in. Of two with one id, as where the list has moved on between two pages, the one
    /// that came first stays.
    pub fn take(&mut self, machines: Vec<Machine>) {
        let new = machines.into_iter().map(|one| Arc::new(Listed::new(one)));
        self.devices.extend(new);
        self.devices
            .sort_by(|one, other| one.machine.id.cmp(&other.machine.id));
        self.devices
            .dedup_by(|later, first| later.machine.id == first.machine.id);
    }

    /// Takes in devices of which nothing but id and name is known.
    pub fn hear_of(&mut self, assets: &[Asset]) {
        let devices = assets.iter().filter(|one| one.kind == AssetKind::Device);
        self.take(devices.map(named).collect());
    }

    /// A device by its id.
    pub fn find(&self, id: &str) -> Option<&Arc<Listed>> {
        let order = |one: &Arc<Listed>| one.machine.id.as_str().cmp(id);
        let at = self.devices.binary_search_by(order).ok()?;
        self.devices.get(at)
    }

    /// The values that devices have for a filter, each with its words, in the order of lists.
    pub fn values(&self, filter: &str, beside: &Beside) -> Vec<(String, String)> {
        let mut all: Vec<Choice> = Vec::new();
        for one in &self.devices {
            for choice in choices(&one.machine, filter, beside) {
                if let Err(at) = all.binary_search(&choice) {
                    all.insert(at, choice);
                }
            }
        }
        let words = |one: Choice| (one.wire, one.label);
        all.into_iter().map(words).collect()
    }
}

fn named(asset: &Asset) -> Machine {
    Machine {
        id: asset.id.clone(),
        name: asset.name.clone(),
        ..Machine::default()
    }
}

/// What is known of devices from elsewhere, each by id and in the order of ids.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Beside {
    /// How many open incidents name a device; `None` before that is known.
    pub incidents: Option<Vec<(String, usize)>>,
    pub isolation: Vec<(String, Isolation)>,
}

impl Beside {
    /// How many open incidents name the device.
    pub fn incidents(&self, id: &str) -> Option<usize> {
        let all = self.incidents.as_ref()?;
        Some(at(all, id).unwrap_or_default())
    }

    /// How far it is isolated.
    pub fn isolation(&self, id: &str) -> Option<Isolation> {
        at(&self.isolation, id)
    }
}

fn at<T: Copy>(all: &[(String, T)], id: &str) -> Option<T> {
    let found = all.binary_search_by(|(held, _)| held.as_str().cmp(id));
    found.ok().map(|at| all[at].1)
}

/// A value of a filter; in the order of lists.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Choice {
    rank: usize,
    label: String,
    pub(super) wire: String,
}

/// The values that a device has for a filter: several tags, and one or none of all else.
pub(super) fn choices(machine: &Machine, filter: &str, beside: &Beside) -> Vec<Choice> {
    let plain = |text: &str| Choice {
        rank: 0,
        label: text.to_owned(),
        wire: text.to_owned(),
    };
    // An enumeration's member, by its place in lists.
    macro_rules! member {
        ($value:expr) => {
            $value.as_ref().map(|one| Choice {
                rank: one.rank(),
                label: one.label().into_owned(),
                wire: one.wire().to_owned(),
            })
        };
    }
    let one = match filter {
        "risk" => member!(machine.risk),
        "health" => member!(machine.health),
        "value" => member!(machine.value),
        "system" => machine.os.as_deref().map(|os| Choice {
            label: system_name(os),
            ..plain(os)
        }),
        "group" => group(machine).map(plain),
        "isolation" => beside.isolation(&machine.id).map(|one| Choice {
            rank: one as usize,
            label: one.label().to_owned(),
            wire: one.slug().to_owned(),
        }),
        _ => return machine.tags.iter().map(|tag| plain(tag)).collect(),
    };
    one.into_iter().collect()
}

/// The device group by name, or by number where it has none.
pub fn group(machine: &Machine) -> Option<&str> {
    machine.group.as_deref().or(machine.group_id.as_deref())
}
