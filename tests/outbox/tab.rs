//! A tab: what `state::responses::decisions` does. It obeys what the outbox says is next, and decides
//! nothing.

use super::*;

impl World {
    pub(super) fn deliver(
        &mut self,
        tab: usize,
        task: &TaskId,
        event: Event,
    ) -> Result<(), Broken> {
        let now = self.now;
        if let Event::Read(read) = &event {
            let seen = (now, Seen::of(read));
            self.tabs[tab].read.insert(task.clone(), seen);
        }
        let evidence = match event {
            Event::Answered(_) => Evidence::Answer,
            Event::Read(_) => Evidence::Task,
            _ => Evidence::AnotherTab,
        };
        let words = format!("tab {tab} {task}: {event:?}");
        let Some(intent) = self.tabs[tab].intents.get_mut(task) else {
            return Ok(());
        };
        let (key, before) = (intent.key.clone(), name(&intent.phase));
        let next = intent.on(event);
        let (after, intent) = (name(&intent.phase), intent.clone());
        self.tell(&format!("{words:.160} -> {after}, {next:?}"));
        if before == "Looking" && next == Next::Send {
            self.meet("looked, then sent");
        }
        if key != intent.key {
            self.meet("an earlier decision came first");
            self.take_over(tab, &intent)?;
        }
        if before != after {
            self.meet(after);
        }
        if after == "Overtaken" && takes_choice(task) {
            self.meet("another choice overtook it");
        }
        if next == Next::Settled {
            self.settled(&intent, evidence)?;
        }
        self.drive(tab, task, next)
    }

    pub(super) fn drive(&mut self, tab: usize, task: &TaskId, next: Next) -> Result<(), Broken> {
        let latency = self.random.range(1, 60);
        match next {
            Next::Turn | Next::Wait => {
                if self.lock(tab, task, next == Next::Wait) {
                    self.after(latency, tab, Happening::Turn(task.clone()));
                } else if next == Next::Turn {
                    self.deliver(tab, task, Event::Elsewhere)?;
                }
            }
            Next::Keep => self.after(latency, tab, Happening::Keep(task.clone())),
            Next::Send => self.send(tab, task)?,
            Next::Look => self.after(latency, tab, Happening::Ask(task.clone())),
            Next::Read => {
                let pauses = self.tabs[tab].pauses.entry(task.clone()).or_default();
                let pause = READ_BACK[(*pauses).min(READ_BACK.len() - 1)];
                *pauses += 1;
                self.after(pause + latency, tab, Happening::Ask(task.clone()));
            }
            Next::Rest => {
                self.release(tab, task);
                self.tabs[tab].pauses.remove(task);
                self.after(latency, tab, Happening::AskAll(Then::Nothing));
            }
            Next::Settled => {
                self.tabs[tab].pauses.remove(task);
                let Some(intent) = self.tabs[tab].intents.get(task).cloned() else {
                    return Ok(());
                };
                let intent = Box::new(intent);
                let then = Then::Settle(intent.clone());
                self.after(latency, tab, Happening::Forget(intent, true, then));
            }
        }
        Ok(())
    }

    pub(super) fn refreshed(
        &mut self,
        tab: usize,
        began: i64,
        all: Vec<Task>,
        then: Then,
    ) -> Result<(), Broken> {
        let now = self.now;
        if began >= self.tabs[tab].looked {
            self.tabs[tab].looked = began;
            for task in all {
                let seen = (now, Seen::of(&task));
                self.tabs[tab].read.insert(task.id.clone(), seen);
                self.tabs[tab].shown.insert(task.id.clone(), task);
            }
            let shown: Vec<_> = self.tabs[tab].shown.values().cloned().collect();
            for task in shown {
                self.judge_again(tab, task)?;
            }
        }
        if let Then::Settle(intent) = then {
            self.tabs[tab].intents.remove(&intent.task);
        }
        self.look_at(tab)
    }

    pub(super) fn judge_again(&mut self, tab: usize, task: Task) -> Result<(), Broken> {
        let Some(intent) = self.tabs[tab].intents.get_mut(&task.id) else {
            return Ok(());
        };
        if intent.phase.in_flight() {
            return Ok(());
        }
        let (id, next) = (task.id.clone(), intent.on(Event::Read(Box::new(task))));
        let intent = intent.clone();
        if next == Next::Settled {
            self.tell(&format!("tab {tab} {id}: noticed while it rested"));
            self.meet("noticed while it rested");
            self.settled(&intent, Evidence::Task)?;
            self.dismiss(tab, &intent, true);
        }
        Ok(())
    }

    pub(super) fn compare(&mut self, tab: usize) -> Result<(), Broken> {
        if !self.storage {
            return Ok(());
        }
        let own = self
            .disk
            .iter()
            .filter(|((person, _), _)| *person == self.person);
        let kept: Vec<_> = own.filter_map(|(_, text)| Intent::restored(text)).collect();
        let (gone, new) = outbox::compare(self.tabs[tab].intents.values(), &kept);
        for intent in gone {
            self.tabs[tab].intents.remove(&intent.task);
            self.after(10, tab, Happening::AskAll(Then::Nothing));
        }
        for intent in new {
            let task = intent.task.clone();
            self.tell(&format!("tab {tab} {task}: takes {} up", intent.key));
            self.take_over(tab, &intent)?;
            self.tabs[tab].intents.insert(task.clone(), intent);
            self.drive(tab, &task, Next::Turn)?;
        }
        Ok(())
    }

    /// A tab goes on with a decision that it did not make.
    pub(super) fn take_over(&mut self, tab: usize, intent: &Intent) -> Result<(), Broken> {
        let decision = self.keys.get(&intent.key);
        let stranger = || format!("{}: a key that no decision was given", intent.task);
        let decision = *decision.ok_or_else(stranger)?;
        self.carrying.insert((tab, intent.task.clone()), decision);
        Ok(())
    }
}
