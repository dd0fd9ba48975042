//! One incident of the plan with everything that hangs on it: the same whenever it is told.

use anyhow::Result;
use rusqlite::Connection;
use serde_json::Value;

use super::{
    cast::Cast,
    documents::{self, Place},
    fate::Fate,
    plan::Slot,
    todo,
};
use crate::{
    clock::{HOUR, MINUTE, SECOND, Ticks, iso},
    people::PEOPLE,
    rng::Rng,
    store::{
        alerts::Alert,
        incidents::{Comment, EXPERTS, Incident, Text},
        machines,
        responses::Response,
        tasks::Task,
    },
    stories::{self, Scene, Story, showcase::Stage},
};

/// When things happened to an incident.
pub struct Times {
    pub created: Ticks,
    /// The experts, or the customer, knew what it was.
    pub concluded: Ticks,
    pub updated: Ticks,
}

/// An incident with everything that hangs on it.
pub struct Told {
    pub incident: Incident,
    pub alerts: Vec<Alert>,
    pub response: Option<Response>,
    pub tasks: Vec<Task>,
    /// Ids of the devices its alerts name.
    pub devices: Vec<String>,
}

/// How much of an incident is told: a big tenant leaves the documents of alerts and summaries for
/// later.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detail {
    Whole,
    Outline,
}

pub fn told(cast: &Cast, slot: &Slot, all: &[Slot], seed: u64, now: Ticks, detail: Detail) -> Told {
    let (mut story, mut rng) = story(cast, slot, seed);
    let times = times(slot, &mut rng, now);
    let fate = slot.fate;
    if fate == Fate::Direct {
        story.summary = asking_nothing(&story.summary);
    }

    let incident = Incident {
        id: slot.id,
        status: fate.status().into(),
        severity: story.severity.into(),
        classification: if fate.concluded() {
            story.classification
        } else {
            "unknown"
        }
        .into(),
        determination: if fate.concluded() {
            story.determination
        } else {
            "unknown"
        }
        .into(),
        assigned_to: assignee(fate, &mut rng),
        created: times.created,
        updated: times.updated,
        resolve_at: None,
        text: text(&story, slot, all, &times, &mut rng),
    };
    let mut told = Told {
        incident,
        alerts: Vec::new(),
        response: None,
        tasks: Vec::new(),
        devices: devices(&story),
    };
    if fate == Fate::Redirected {
        told.devices.clear();
    } else {
        told.alerts = alerts(&mut story, &told.incident, fate, &mut rng, now, detail);
    }
    if fate.published() {
        let began = times.created - 9 * MINUTE;
        told.response = Some(Response {
            incident: slot.id,
            published: times.concluded,
            awaiting_since: (fate == Fate::Awaiting).then_some(times.concluded),
            summary: match detail {
                Detail::Whole => documents::summary(&story, began),
                Detail::Outline => Value::Null,
            },
        });
        told.tasks = todo::tasks(story.tasks, slot, &times, &mut rng);
    }
    told
}

/// The story of a slot and the random numbers that go on from it.
pub fn story(cast: &Cast, slot: &Slot, seed: u64) -> (Story, Rng) {
    // The showcase is the same whatever the seed: tests look for its names.
    let seed = if slot.fixed.is_some() { 1 } else { seed };
    let mut scene = Scene::new(Rng::new(seed, slot.stream), cast);
    let story = tell(slot, &mut scene);
    (story, scene.rng)
}

impl Told {
    pub fn save(&self, db: &Connection) -> Result<()> {
        self.incident.save(db)?;
        for alert in &self.alerts {
            alert.insert(db)?;
        }
        for device in &self.devices {
            machines::involve(db, device, self.incident.id)?;
        }
        if let Some(response) = &self.response {
            response.save(db)?;
        }
        for task in &self.tasks {
            task.save(db)?;
        }
        Ok(())
    }
}

fn devices(story: &Story) -> Vec<String> {
    let mut ids: Vec<String> = story
        .alerts
        .iter()
        .flat_map(|alert| &alert.evidence)
        .filter_map(|item| item.device.clone())
        .collect();
    ids.sort();
    ids.dedup();
    ids
}

fn tell(slot: &Slot, scene: &mut Scene) -> Story {
    if let Some(fixed) = slot.fixed {
        return (fixed.tell)(scene);
    }
    if let Some(tell) = slot.story.as_deref().and_then(stories::named) {
        return tell(scene);
    }
    let shelf = match slot.fate {
        Fate::Direct => stories::CONTAINABLE,
        Fate::Awaiting | Fate::Helped => stories::ATTACKS,
        Fate::Dismissed => stories::HARMLESS,
        Fate::Customer | Fate::CustomerClosed => stories::NOISE,
        _ => scene
            .rng
            .pick(&[stories::ATTACKS, stories::HARMLESS, stories::HARMLESS]),
    };
    (scene.rng.pick(shelf))(scene)
}

/// Where the experts needed nobody, the last section of their summary says so.
fn asking_nothing(summary: &str) -> String {
    const HEADING: &str = "## What you need to do\n\n";
    let told = summary.split(HEADING).next().unwrap_or(summary);
    format!("{told}{HEADING}Nothing. We carried out all actions ourselves and closed the incident.")
}

fn times(slot: &Slot, rng: &mut Rng, now: Ticks) -> Times {
    let created = ragged(slot.created, rng);
    let latest = now - 30 * SECOND;
    let looked = created + rng.between(4, 45) * MINUTE;
    let concluded = match slot.fixed {
        Some(fixed) => created + fixed.concluded_after * MINUTE,
        None => looked + rng.between(60, 260) * MINUTE,
    };
    // A young incident was dealt with faster than usual rather than in the future.
    let concluded = concluded.min(created + (latest - created) / 4 * 3);
    let updated = match slot.fate {
        Fate::New | Fate::Redirected => created + rng.between(1, 40) * MINUTE,
        Fate::Queued | Fate::Investigating => looked,
        Fate::Awaiting | Fate::Direct | Fate::Dismissed => concluded,
        Fate::Helped => concluded + rng.between(40, 72 * 60) * MINUTE,
        Fate::Customer | Fate::CustomerClosed => created + rng.between(1, 60) * HOUR,
    };
    // The same holds for what would be updated only tomorrow: somewhere in the time there was.
    let updated = match updated < latest {
        true => updated,
        false => created + (latest - created) / 100 * rng.between(30, 97),
    };
    Times {
        created,
        concluded: ragged(concluded, rng).max(created),
        updated: ragged(updated, rng).max(created),
    }
}

/// Services write from no to seven fraction digits; so does this one.
fn ragged(at: Ticks, rng: &mut Rng) -> Ticks {
    let digits = rng.weighted(&[3, 2, 6, 10, 1, 1, 12, 25]) as u32;
    let at = at - at.rem_euclid(SECOND) + rng.between(0, SECOND);
    at - at.rem_euclid(10_i64.pow(7 - digits))
}

fn assignee(fate: Fate, rng: &mut Rng) -> Option<String> {
    match fate {
        Fate::Customer => Some(PEOPLE[rng.index(3)].mail()),
        Fate::CustomerClosed if rng.percent(60) => Some(PEOPLE[rng.index(3)].mail()),
        _ => fate.party().map(str::to_owned),
    }
}

fn text(story: &Story, slot: &Slot, all: &[Slot], times: &Times, rng: &mut Rng) -> Text {
    let fate = slot.fate;
    let closed_by_experts = matches!(fate, Fate::Direct | Fate::Helped | Fate::Dismissed);
    let comments = match fate {
        _ if closed_by_experts => vec![comment(EXPERTS, &story.closing, times.updated)],
        Fate::Customer if rng.percent(50) => {
            vec![comment(
                &PEOPLE[1].mail(),
                "Checking with the owner of the device.",
                times.updated,
            )]
        }
        _ => Vec::new(),
    };
    let mut system_tags: Vec<String> = match fate {
        Fate::Redirected => Vec::new(),
        _ => story.tags.iter().map(|tag| (*tag).to_owned()).collect(),
    };
    if fate.touched_by_experts() {
        system_tags.insert(0, EXPERTS.into());
    }
    let custom = rng
        .percent(12)
        .then(|| rng.pick(&["Finance", "VIP", "Follow-up", "Retail"]));
    Text {
        display_name: story.name.clone(),
        description: Some(story.description.clone()),
        summary: match fate {
            Fate::Dismissed => Some(story.closing.clone()),
            _ => fate.published().then(|| story.description.clone()),
        },
        custom_tags: custom.into_iter().map(str::to_owned).collect(),
        system_tags,
        comments,
        last_modified_by: match fate {
            Fate::New => "Microsoft 365 Defender-IncidentCreation".into(),
            Fate::Redirected => "Microsoft 365 Defender-AlertCorrelation".into(),
            Fate::Customer | Fate::CustomerClosed => format!("API-App:{}", PEOPLE[1].mail()),
            _ => EXPERTS.into(),
        },
        resolving_comment: match fate {
            Fate::CustomerClosed => Some(story.closing.clone()),
            _ => closed_by_experts.then(|| story.closing.clone()),
        },
        redirect_incident_id: (fate == Fate::Redirected).then(|| target(slot, all).to_string()),
        priority_score: priority(story.severity, rng),
    }
}

fn comment(by: &str, text: &str, at: Ticks) -> Comment {
    Comment {
        comment: text.to_owned(),
        created_by_display_name: by.to_owned(),
        created_date_time: iso(at),
    }
}

fn priority(severity: &str, rng: &mut Rng) -> Option<i64> {
    let (low, high) = match severity {
        "high" => (70, 101),
        "medium" => (28, 86),
        "low" => (5, 34),
        _ => (0, 13),
    };
    let score = rng.between(low, high);
    (!rng.percent(8)).then_some(score)
}

/// What a merged incident was merged into: the one its story names, or the next that is not
/// itself merged.
fn target(slot: &Slot, all: &[Slot]) -> i64 {
    if let Some(Stage::MergedInto(name)) = slot.fixed.map(|fixed| fixed.stage) {
        let named = all
            .iter()
            .find(|other| other.fixed.is_some_and(|fixed| fixed.name == name));
        return named.map_or(slot.id, |other| other.id);
    }
    let place = all.partition_point(|other| other.id < slot.id);
    let stands = |other: &&Slot| other.fate != Fate::Redirected;
    let before = all[..place].iter().rev().find(stands);
    let after = all[place..].iter().find(stands);
    before
        .into_iter()
        .chain(after)
        .min_by_key(|other| (other.id - slot.id).abs())
        .map_or(slot.id, |other| other.id)
}

fn alerts(
    story: &mut Story,
    incident: &Incident,
    fate: Fate,
    rng: &mut Rng,
    now: Ticks,
    detail: Detail,
) -> Vec<Alert> {
    let verdict = (story.classification, story.determination);
    let mut written = Vec::new();
    for (index, alert) in std::mem::take(&mut story.alerts).into_iter().enumerate() {
        let created = ragged(incident.created + alert.minute * MINUTE, rng).max(incident.created);
        // What has not happened yet is not known yet; the first alert made the incident.
        if index > 0 && created > now {
            continue;
        }
        let place = Place {
            incident: incident.id,
            created,
            updated: incident.updated,
            fate,
        };
        written.push(documents::alert(alert, verdict, &place, rng, detail));
    }
    written
}
