//! What the tabs of a device share: the disk and the locks.

use super::*;

impl World {
    pub(super) fn held(&self, tab: usize, task: &TaskId) -> Option<Intent> {
        if !self.storage {
            let intent = self.tabs[tab].intents.get(task);
            return intent.filter(|intent| intent.kept).cloned();
        }
        let record = self.disk.get(&(self.person, task.clone()));
        record.and_then(|record| Intent::restored(record))
    }

    pub(super) fn keep(&mut self, tab: usize, task: &TaskId) -> Event {
        let Some(intent) = self.tabs[tab].intents.get(task).cloned() else {
            return Event::Kept(false);
        };
        if !self.storage {
            self.meet("storage refused");
            return Event::Kept(false);
        }
        let place = (self.person, task.clone());
        let marks = intent.marks();
        let marks = marks
            .iter()
            .filter_map(|mark| self.marks.get(&(self.person, mark.clone())));
        let own = self.disk.get(&place).map(String::as_str);
        match intent.keep(Timestamp(self.now), own, marks.map(String::as_str)) {
            Err(event) => event,
            Ok(record) => {
                if self.settlements.iter().any(|(_, one)| one.task == *task) {
                    self.meet("decided anew after it was settled");
                }
                self.disk.insert(place, record);
                self.kept
                    .insert(intent.key.clone(), (intent.looked.0, self.now));
                self.call_others(tab);
                Event::Kept(true)
            }
        }
    }

    pub(super) fn forget(&mut self, tab: usize, intent: &Intent, settled: bool) {
        let place = (self.person, intent.task.clone());
        let held = self
            .disk
            .get(&place)
            .and_then(|text| Intent::restored(text));
        if held.is_none_or(|held| held.key != intent.key) {
            return;
        }
        self.disk.remove(&place);
        if settled {
            let now = Timestamp(self.now);
            for mark in intent.marks() {
                self.marks.insert((self.person, mark), outbox::mark(now));
            }
            self.settlements.push((self.now, intent.clone()));
            // Somebody who has the same question open in the other tab answers it now.
            if self.random.percent(30) {
                let task = self.random.one_of(&intent.marks()).clone();
                let soon = self.random.range(1, 200);
                self.after(soon, 1 - tab, Happening::Hurry(task, intent.act));
            }
        }
        self.call_others(tab);
    }

    pub(super) fn call_others(&mut self, tab: usize) {
        for other in (0..self.tabs.len()).filter(|other| *other != tab) {
            let delay = self.random.range(1, 200);
            self.after(delay, other, Happening::Compare);
        }
    }

    pub(super) fn lock(&mut self, tab: usize, task: &TaskId, wait: bool) -> bool {
        if !self.has_locks {
            return true;
        }
        let me = (tab, self.tabs[tab].life);
        let queue = self.locks.entry(task.clone()).or_default();
        if queue.is_empty() || wait {
            queue.push_back(me);
        }
        queue.front() == Some(&me)
    }

    pub(super) fn release(&mut self, tab: usize, task: &TaskId) {
        let me = (tab, self.tabs[tab].life);
        let Some(queue) = self.locks.get_mut(task) else {
            return;
        };
        if queue.front() != Some(&me) {
            return;
        }
        queue.pop_front();
        if let Some((next, _)) = queue.front().copied() {
            self.after(5, next, Happening::Turn(task.clone()));
        }
    }

    /// Loads a tab: everything in memory is gone, and its locks with it.
    pub(super) fn load(&mut self, tab: usize) {
        self.tell(&format!("tab {tab}: loaded"));
        let me = (tab, self.tabs[tab].life);
        self.last_wishes(me);
        self.tabs[tab] = Tab {
            life: me.1 + 1,
            ..Tab::default()
        };
        let tasks: Vec<_> = self.locks.keys().cloned().collect();
        for task in tasks {
            let queue = self.locks.get_mut(&task).unwrap();
            let held = queue.front() == Some(&me);
            queue.retain(|one| *one != me);
            if let (true, Some((next, _))) = (held, queue.front().copied()) {
                self.after(5, next, Happening::Turn(task));
            }
        }
        self.after(100, tab, Happening::AskAll(Then::Nothing));
        self.after(50, tab, Happening::Compare);
        self.after(15 * SECOND, tab, Happening::Watch);
    }

    /// A browser may still finish what a page that is gone had asked of the disk.
    pub(super) fn last_wishes(&mut self, me: Life) {
        let asked = self
            .queue
            .values()
            .filter_map(|(to, happening)| match happening {
                Happening::Forget(intent, settled, _) if *to == me => {
                    Some((intent.clone(), *settled))
                }
                _ => None,
            });
        for (intent, settled) in asked.collect::<Vec<_>>() {
            let elsewhere = self
                .locks
                .get(&intent.task)
                .is_some_and(|queue| queue.front() != Some(&me));
            if !elsewhere && self.random.percent(50) {
                self.forget(me.0, &intent, settled);
            }
        }
    }
}
