//! One device with its tabs, a network that fails, a service, and a person who clicks, on a clock of
//! their own. What happens when is drawn from the seed.

mod device;
mod law;
mod network;
mod person;
mod tab;

use super::random::Random;
use super::server::{Server, takes_choice};
use mdr_portal::domain::error::ApiError;
use mdr_portal::domain::id::TaskId;
use mdr_portal::domain::machine;
use mdr_portal::domain::outbox::{self, Event, Intent, Next, Phase, Press, Seen};
use mdr_portal::domain::permission::Roles;
use mdr_portal::domain::task::{self, Act, ActionType, Around, Task, TaskStatus};
use mdr_portal::domain::time::Timestamp;
use std::collections::{BTreeMap, VecDeque};

const SECOND: i64 = 1_000;
const MINUTE: i64 = 60 * SECOND;
const READ_BACK: [i64; 5] = [500, 1_000, 2_000, 5_000, 10_000];
/// The longest a decision may wait between the last click and the request.
const DECISION_LASTS: i64 = 2 * MINUTE;

pub(crate) type Broken = String;

/// A tab, and which of its lives.
type Life = (usize, u64);

/// What is going to happen to a tab's life, and what a tab has set going.
#[derive(Clone, Debug)]
enum Happening {
    Turn(TaskId),
    Keep(TaskId),
    /// The disk forgets an intent: settled, or given up.
    Forget(Box<Intent>, bool, Then),
    /// The person answers the question that was open all the while.
    Hurry(TaskId, Act),
    Deliver(TaskId, Event),
    /// A write reaches the service.
    Arrive(TaskId, Act, String, Option<Result<(), ApiError>>),
    Ask(TaskId),
    AskAll(Then),
    Refreshed(i64, Vec<Task>, Then),
    Compare,
    Watch,
}

/// What follows once the disk or the tasks are read.
#[derive(Clone, Debug)]
enum Then {
    Nothing,
    Settle(Box<Intent>),
}

/// Why a tab takes a decision for settled.
#[derive(Clone, Copy)]
enum Evidence {
    Answer,
    Task,
    /// It is no longer on the disk.
    AnotherTab,
}

#[derive(Default)]
struct Tab {
    /// Counts its loads: what was begun in an earlier one is not heard of any more.
    life: u64,
    intents: BTreeMap<TaskId, Intent>,
    shown: BTreeMap<TaskId, Task>,
    looked: i64,
    /// What a task was when it was last read, for the check that a retry reads first.
    read: BTreeMap<TaskId, (i64, Seen)>,
    pauses: BTreeMap<TaskId, usize>,
    expired: bool,
}

/// Everything a person did about one decision.
#[derive(Default)]
struct Decision {
    keys: Vec<String>,
    pressed: i64,
    again: bool,
}

pub(crate) struct World {
    random: Random,
    pub(crate) now: i64,
    serial: u64,
    queue: BTreeMap<(i64, u64), (Life, Happening)>,
    server: Server,
    disk: BTreeMap<(&'static str, TaskId), String>,
    /// What the disk says of decisions that were settled.
    marks: BTreeMap<(&'static str, TaskId), String>,
    /// What decisions were made on and when they were put on the disk, by key.
    kept: BTreeMap<String, (i64, i64)>,
    /// When which of them were settled there.
    settlements: Vec<(i64, Intent)>,
    /// Who holds a task's lock, and who waits for it.
    locks: BTreeMap<TaskId, VecDeque<Life>>,
    has_locks: bool,
    storage: bool,
    tabs: Vec<Tab>,
    person: &'static str,
    offline_until: i64,
    calm: bool,
    decisions: Vec<Decision>,
    /// The decision that a key was made for.
    keys: BTreeMap<String, usize>,
    /// The file, or the way, that a key was sent with.
    choices: BTreeMap<String, String>,
    /// The decision a tab is carrying out on a task.
    carrying: BTreeMap<(usize, TaskId), usize>,
    writing: Vec<(usize, u64, TaskId)>,
    pub(crate) story: Vec<String>,
    pub(crate) met: BTreeMap<String, u32>,
}

impl World {
    pub(crate) fn new(seed: u64) -> World {
        let mut random = Random::new(seed);
        let permissive = random.percent(50);
        let has_locks = random.percent(80);
        let storage = random.percent(90);
        // Three kinds take turns, so that few seeds meet all of them; a device's own actions, too.
        let all = ActionType::ALL;
        let turn = |by: u64| usize::try_from(seed * 3 + by).unwrap_or_default() % all.len();
        let kinds = [0, 1, 2].map(|by| all[turn(by)].clone());
        let of_device = usize::try_from(seed).unwrap_or_default() % machine::KINDS.len();
        let mut world = World {
            random,
            now: 1_000_000,
            serial: 0,
            queue: BTreeMap::new(),
            server: Server::new(permissive, &kinds, of_device),
            disk: BTreeMap::new(),
            marks: BTreeMap::new(),
            kept: BTreeMap::new(),
            settlements: Vec::new(),
            locks: BTreeMap::new(),
            has_locks,
            storage,
            tabs: vec![Tab::default(), Tab::default()],
            person: "ada",
            offline_until: 0,
            calm: false,
            decisions: Vec::new(),
            keys: BTreeMap::new(),
            choices: BTreeMap::new(),
            carrying: BTreeMap::new(),
            writing: Vec::new(),
            story: Vec::new(),
            met: BTreeMap::new(),
        };
        for kind in &kinds {
            world.meet(kind.wire());
        }
        world.meet(machine::KINDS[of_device].wire);
        let words = format!("permissive {permissive}, locks {has_locks}, storage {storage}");
        world.tell(&words);
        for tab in 0..2 {
            world.load(tab);
        }
        world
    }

    /// Lets a schedule of so many acts happen, then gives everybody time and patience, and sees that
    /// nothing is left open.
    pub(crate) fn run(&mut self, acts: u32) -> Result<(), Broken> {
        for _ in 0..acts {
            let pause = *self.random.one_of(&[20, 300, 2 * SECOND, 8 * SECOND]);
            self.pass(pause)?;
            self.disturb()?;
        }
        self.calm = true;
        self.offline_until = 0;
        self.sign_in("ada");
        for _ in 0..60 {
            self.pass(30 * SECOND)?;
            if self.open_decisions() == 0 {
                return self.account();
            }
            for tab in 0..self.tabs.len() {
                self.answer(tab)?;
            }
        }
        Err("half an hour of calm, and a decision is still open".into())
    }

    fn pass(&mut self, time: i64) -> Result<(), Broken> {
        let until = self.now + time;
        while let Some(entry) = self.queue.first_entry().filter(|e| e.key().0 <= until) {
            let ((at, _), (to, happening)) = entry.remove_entry();
            self.now = self.now.max(at);
            match happening {
                // What has been sent arrives, whatever has become of the tab.
                Happening::Arrive(task, act, key, answer) => {
                    self.arrive(to, &task, act, key, answer);
                }
                happening if self.tabs[to.0].life == to.1 => self.happen(to.0, happening)?,
                _ => {}
            }
        }
        self.now = until;
        Ok(())
    }

    fn after(&mut self, wait: i64, tab: usize, happening: Happening) {
        self.serial += 1;
        let to = (tab, self.tabs[tab].life);
        let key = (self.now + wait, self.serial);
        self.queue.insert(key, (to, happening));
    }

    fn happen(&mut self, tab: usize, happening: Happening) -> Result<(), Broken> {
        match happening {
            Happening::Turn(task) => {
                let held = self.held(tab, &task);
                self.deliver(tab, &task, Event::Turn(held.map(Box::new)))
            }
            Happening::Keep(task) => {
                let event = self.keep(tab, &task);
                self.deliver(tab, &task, event)
            }
            Happening::Hurry(task, act) => {
                let shown = self.tabs[tab].shown.get(&task);
                let card = shown.map(|shown| self.card(tab, shown));
                let mut buttons = card.iter().flat_map(|card| &card.buttons);
                if !self.calm && buttons.any(|button| button.act == act) {
                    self.press(tab, &task, act)?;
                }
                Ok(())
            }
            Happening::Forget(intent, settled, then) => {
                let me = (tab, self.tabs[tab].life);
                let holder = self
                    .locks
                    .get(&intent.task)
                    .and_then(|queue| queue.front().copied());
                if holder.is_some_and(|holder| holder != me) {
                    self.meet("dismissed while another tab has it");
                    return self.compare(tab);
                }
                self.forget(tab, &intent, settled);
                match then {
                    Then::Nothing => Ok(()),
                    Then::Settle(intent) => {
                        self.release(tab, &intent.task);
                        self.after(50, tab, Happening::AskAll(Then::Settle(intent)));
                        Ok(())
                    }
                }
            }
            Happening::Deliver(task, event) => {
                if matches!(event, Event::Answered(_)) {
                    let life = self.tabs[tab].life;
                    self.writing.retain(|w| *w != (tab, life, task.clone()));
                }
                self.deliver(tab, &task, event)
            }
            Happening::Ask(task) => {
                let event = match self.readable(tab) {
                    Some(error) => Event::ReadFailed(error),
                    None => {
                        let all = self.server.tasks(self.now);
                        let now = all.into_iter().find(|one| one.id == task).unwrap();
                        Event::Read(Box::new(now))
                    }
                };
                let latency = self.random.range(10, 400);
                self.after(latency, tab, Happening::Deliver(task, event));
                Ok(())
            }
            Happening::AskAll(then) => {
                if self.readable(tab).is_some() {
                    if matches!(then, Then::Settle(_)) {
                        self.after(3 * SECOND, tab, Happening::AskAll(then));
                    }
                    return Ok(());
                }
                let (began, all) = (self.now, self.server.tasks(self.now));
                let latency = self.random.range(10, 400);
                self.after(latency, tab, Happening::Refreshed(began, all, then));
                Ok(())
            }
            Happening::Refreshed(began, all, then) => self.refreshed(tab, began, all, then),
            Happening::Compare => self.compare(tab),
            Happening::Watch => {
                self.after(15 * SECOND, tab, Happening::Watch);
                let resting = |intent: &Intent| !intent.phase.in_flight();
                if self.tabs[tab].intents.values().any(resting) {
                    self.after(0, tab, Happening::AskAll(Then::Nothing));
                }
                Ok(())
            }
            Happening::Arrive(..) => Ok(()),
        }
    }

    fn tell(&mut self, words: &str) {
        self.story.push(format!("{:>10} {words}", self.now));
    }

    fn meet(&mut self, what: &str) {
        *self.met.entry(what.to_owned()).or_default() += 1;
    }
}

fn name(phase: &Phase) -> &'static str {
    match phase {
        Phase::Sending => "Sending",
        Phase::Looking => "Looking",
        Phase::Elsewhere => "Elsewhere",
        Phase::Checking { .. } => "Checking",
        Phase::Unsent { .. } => "Unsent",
        Phase::Overtaken => "Overtaken",
        Phase::Forestalled => "Forestalled",
        Phase::Lost { .. } => "Lost",
        Phase::Refused(_) => "Refused",
    }
}
