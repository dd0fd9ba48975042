//! The person, colleagues, and everything that goes wrong.

use super::*;

/// Two files, or two ways of doing something.
const CHOICES: [&str; 2] = ["Ab", "Cd"];

impl World {
    pub(super) fn disturb(&mut self) -> Result<(), Broken> {
        let tab = usize::from(self.random.percent(40));
        match self.random.range(0, 100) {
            0..48 => self.click(tab)?,
            48..58 => self.answer(tab)?,
            58..68 => {
                for intent in self.tabs[tab].intents.values() {
                    let met = format!("reload while {}", name(&intent.phase));
                    *self.met.entry(met).or_default() += 1;
                }
                self.load(tab);
            }
            68..73 => {
                self.tell("the browser is killed");
                for tab in 0..self.tabs.len() {
                    self.load(tab);
                }
            }
            73..79 => {
                let lasts = *self.random.one_of(&[5 * SECOND, 40 * SECOND, 60 * MINUTE]);
                self.tell(&format!("offline for {lasts}"));
                self.offline_until = self.now + lasts;
                if lasts > MINUTE {
                    self.meet("offline for an hour");
                    self.pass(lasts / 2)?;
                }
            }
            79..82 => self.suspend()?,
            82..86 => {
                self.tell(&format!("tab {tab}: session expired"));
                self.tabs[tab].expired = true;
            }
            86..88 => {
                let person = *self.random.one_of(&["ada", "bo"]);
                self.sign_in(person);
            }
            88..90 => {
                self.meet("minutes pass");
                self.pass(5 * MINUTE)?;
            }
            _ => self.interfere(),
        }
        self.look_at(0)?;
        self.look_at(1)
    }

    /// The person presses something that the page offers: once, twice, or in both tabs.
    pub(super) fn click(&mut self, tab: usize) -> Result<(), Broken> {
        if self.tabs[tab].expired && self.random.percent(50) {
            self.load(tab);
            return Ok(());
        }
        let shown: Vec<_> = self.tabs[tab].shown.values().cloned().collect();
        if shown.is_empty() {
            return Ok(());
        }
        let task = self.random.one_of(&shown).clone();
        let card = self.card(tab, &task);
        let acts: Vec<_> = card.buttons.iter().map(|button| button.act).collect();
        if acts.is_empty() {
            return Ok(());
        }
        let act = *self.random.one_of(&acts);
        let again = self.random.range(0, 100);
        self.press(tab, &task.id, act)?;
        if again < 15 {
            self.press(tab, &task.id, act)?;
        } else if again < 30 {
            let other = 1 - tab;
            if let Some(there) = self.tabs[other].shown.get(&task.id).cloned() {
                let card = self.card(other, &there);
                if let Some(button) = card.buttons.first() {
                    self.press(other, &there.id, button.act)?;
                }
            }
        }
        Ok(())
    }

    /// Decides about what rests on a tab: again where that is offered, check, or enough of it.
    pub(super) fn answer(&mut self, tab: usize) -> Result<(), Broken> {
        let resting: Vec<_> = self.tabs[tab].intents.values().cloned().collect();
        for intent in resting.iter().filter(|intent| !intent.phase.in_flight()) {
            let shown = self.tabs[tab].shown.get(&intent.task).cloned();
            let card = shown.map(|shown| self.card(tab, &shown));
            let mut buttons = card.iter().flat_map(|card| &card.buttons);
            let offered = buttons.any(|button| button.act == intent.act);
            let enough = !self.calm && self.random.percent(25);
            match &intent.phase {
                Phase::Unsent { .. } if offered && !enough => {
                    self.press(tab, &intent.task, intent.act)?;
                }
                Phase::Lost { .. } => self.deliver(tab, &intent.task, Event::Check)?,
                _ => {
                    self.meet("dismissed");
                    self.dismiss(tab, intent, false);
                }
            }
        }
        Ok(())
    }

    pub(super) fn dismiss(&mut self, tab: usize, intent: &Intent, settled: bool) {
        self.tell(&format!("tab {tab} {}: dismissed", intent.task));
        self.tabs[tab].intents.remove(&intent.task);
        let forget = Happening::Forget(Box::new(intent.clone()), settled, Then::Nothing);
        self.after(20, tab, forget);
    }

    pub(super) fn press(&mut self, tab: usize, id: &TaskId, act: Act) -> Result<(), Broken> {
        let held = self.tabs[tab].intents.get(id).cloned();
        // A question begins with what was decided before. Most leave it so; some write other words.
        let mut with = held.clone().map(|held| held.with).unwrap_or_default();
        if machine::is_of_device(id) && self.random.percent(40) {
            with.comment = format!("words {}", self.keys.len());
        }
        if takes_choice(id) && (with.choice.is_empty() || self.random.percent(40)) {
            with.choice = (*self.random.one_of(&CHOICES)).to_owned();
        }
        let what = outbox::press(held.as_ref(), act, &with);
        self.tell(&format!("tab {tab} {id}: press {act:?}: {what:?}"));
        match what {
            Press::Ignored => {
                self.meet("pressed while under way");
                Ok(())
            }
            Press::Again => {
                let carrying = self.carrying[&(tab, id.clone())];
                self.decisions[carrying].pressed = self.now;
                self.decisions[carrying].again = true;
                self.meet("pressed again");
                let now = Timestamp(self.now);
                self.deliver(tab, id, Event::Again(now))
            }
            Press::Anew => {
                let Some(task) = self.tabs[tab].shown.get(id).cloned() else {
                    return Ok(());
                };
                // "You can try again; it will not be done twice": that is the same decision.
                let unsent = |held: &&Intent| matches!(held.phase, Phase::Unsent { .. });
                let unsent = held.as_ref().filter(unsent);
                if unsent.is_some_and(|held| held.with != with) {
                    self.meet("decided otherwise");
                }
                let same = |held: &&Intent| held.act == act && held.with == with;
                let decision = match unsent.filter(same) {
                    Some(_) => self.carrying[&(tab, id.clone())],
                    None => {
                        self.decisions.push(Decision::default());
                        self.decisions.len() - 1
                    }
                };
                self.decisions[decision].pressed = self.now;
                // The earlier one may have been carried out by now.
                self.decisions[decision].again = unsent.is_some();
                self.carrying.insert((tab, id.clone()), decision);
                let key = format!("key-{}", self.keys.len());
                self.keys.insert(key.clone(), decision);
                let now = Timestamp(self.now);
                let looked = Timestamp(self.tabs[tab].looked);
                let mut intent = Intent::new(&task, act, key, now, looked).instead_of(held);
                intent.with = with;
                self.tabs[tab].intents.insert(id.clone(), intent);
                self.drive(tab, id, Next::Turn)
            }
        }
    }

    /// Everybody at this device is one person; signing in loads the pages anew.
    pub(super) fn sign_in(&mut self, person: &'static str) {
        self.tell(&format!("{person} signs in"));
        self.person = person;
        for tab in 0..self.tabs.len() {
            self.load(tab);
        }
    }

    /// The lid is closed for an hour: pages stand still, the service goes on.
    pub(super) fn suspend(&mut self) -> Result<(), Broken> {
        self.tell("suspended for an hour");
        self.meet("suspended");
        let waiting = std::mem::take(&mut self.queue);
        for ((at, serial), (to, happening)) in waiting {
            let sleeps = !matches!(happening, Happening::Arrive(..));
            let at = if sleeps { at + 60 * MINUTE } else { at };
            self.queue.insert((at, serial), (to, happening));
        }
        self.pass(60 * MINUTE)
    }

    /// An expert or a colleague changes a task.
    pub(super) fn interfere(&mut self) {
        let tasks = self.server.tasks(self.now);
        let task = self.random.one_of(&tasks).id.clone();
        if takes_choice(&task) {
            let choice = *self.random.one_of(&CHOICES);
            self.tell(&format!("a colleague asks for {task}: {choice}"));
            self.meet("a colleague asks the device");
            let key = format!("colleague-{}", self.now);
            let lasts = self.random.range(500, 15 * SECOND);
            let what = (&*key, choice);
            drop(self.server.write(self.now, (&task, Act::Run), what, lasts));
            return;
        }
        let open = Some(TaskStatus::Open);
        let changes = [
            None,
            open.clone(),
            open.clone(),
            open,
            Some(TaskStatus::NotRelevant),
            Some(TaskStatus::Completed),
            Some(TaskStatus::Failed),
        ];
        let status = self.random.one_of(&changes).clone();
        self.tell(&format!("a colleague changes {task}: {status:?}"));
        self.server.change(self.now, &task, status);
    }
}
