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
        if let Some(earlier) = &intent.ends {
            self.forget(tab, task, earlier);
        }
        let place = (self.person, task.clone());
        match self
            .disk
            .get(&place)
            .and_then(|text| Intent::restored(text))
        {
            Some(other) => Event::Turn(Some(Box::new(other))),
            None => {
                self.disk.insert(place, intent.record());
                self.call_others(tab);
                Event::Kept(true)
            }
        }
    }

    pub(super) fn forget(&mut self, tab: usize, task: &TaskId, key: &str) {
        let place = (self.person, task.clone());
        let held = self
            .disk
            .get(&place)
            .and_then(|text| Intent::restored(text));
        if held.is_some_and(|held| held.key == key) {
            self.disk.remove(&place);
            self.call_others(tab);
        }
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
                Happening::Forget(task, key, _) if *to == me => Some((task.clone(), key.clone())),
                _ => None,
            });
        for (task, key) in asked.collect::<Vec<_>>() {
            let elsewhere = self
                .locks
                .get(&task)
                .is_some_and(|queue| queue.front() != Some(&me));
            if !elsewhere && self.random.percent(50) {
                self.forget(me.0, &task, &key);
            }
        }
    }
}
