//! What must hold, whatever happens.

use super::*;

impl World {
    /// Before a request leaves: by its own person, soon after the click, under the decision's one key,
    /// not from two tabs at once, pressed again only after a look, and not on what was read before the
    /// same was settled at this device.
    pub(super) fn check_send(&mut self, tab: usize, intent: &Intent) -> Result<(), Broken> {
        let (task, key) = (&intent.task, &intent.key);
        let carrying = self.carrying[&(tab, task.clone())];
        let decision = &mut self.decisions[carrying];
        if !decision.keys.contains(key) {
            decision.keys.push(key.clone());
        }
        if decision.keys.len() > 1 {
            return Err(format!("{task}: one decision, two keys"));
        }
        if self.now - decision.pressed > DECISION_LASTS {
            return Err(format!("{task}: sent long after the click"));
        }
        let looked = self.tabs[tab].read.get(task);
        let fresh =
            looked.is_some_and(|(at, seen)| *at >= decision.pressed && *seen == intent.seen);
        if (decision.again || !self.storage) && !fresh {
            return Err(format!("{task}: sent again, or unkept, without a look"));
        }
        let now = (intent.looked.0, self.now);
        let (looked, kept_at) = self.kept.get(key).copied().unwrap_or(now);
        let same = |other: &Intent| {
            other
                .marks()
                .iter()
                .any(|mark| intent.marks().contains(mark))
        };
        let settled = self.settlements.iter().find(|(at, other)| {
            (looked + 1..=kept_at).contains(at) && other.key != *key && same(other)
        });
        if let Some((_, other)) = settled {
            let other = &other.key;
            return Err(format!(
                "{task}: {key} sent after {other} was settled, unseen"
            ));
        }
        let kept = self.disk.get(&(self.person, task.clone()));
        let kept = kept.is_some_and(|text| Intent::restored(text).is_some_and(|i| i.key == *key));
        if self.storage && self.has_locks && !kept {
            return Err(format!("{task}: on the wire before on the disk"));
        }
        let elsewhere = self.writing.iter().any(|(other, life, written)| {
            written == task && *other != tab && self.tabs[*other].life == *life
        });
        if self.has_locks && elsewhere {
            return Err(format!("{task}: two tabs send at once"));
        }
        Ok(())
    }

    /// When a page takes a decision for carried out: it was, once, or somebody else did it.
    pub(super) fn settled(&mut self, intent: &Intent, evidence: Evidence) -> Result<(), Broken> {
        let own = self.server.effects_of(std::slice::from_ref(&intent.key));
        let seen = intent.seen.modified.map_or(0, |at| at.0);
        let mut effects = self.server.effects.iter();
        let choice = &intent.with.choice;
        let by_somebody = effects.any(|e| {
            let same = e.task == intent.task && e.act == intent.act && e.choice == *choice;
            same && e.at >= seen
        });
        let ends = [
            TaskStatus::InProgress,
            TaskStatus::Completed,
            TaskStatus::Failed,
        ];
        let wanted = intent.act.status().map_or(ends.to_vec(), |one| vec![one]);
        // What stands there says what was done, and not to which file or how.
        let by_experts = !takes_choice(&intent.task)
            && self.server.has_been(self.now, &intent.task, &wanted, seen);
        let true_to_fact = match evidence {
            Evidence::Answer => own == 1,
            Evidence::Task => own == 1 || by_somebody || by_experts,
            Evidence::AnotherTab => true,
        };
        if true_to_fact {
            return Ok(());
        }
        Err(format!("{}: shown as done, and nobody did it", intent.task))
    }

    /// What the page shows: nothing is called completed that never was.
    pub(super) fn look_at(&mut self, tab: usize) -> Result<(), Broken> {
        let shown: Vec<_> = self.tabs[tab].shown.values().cloned().collect();
        for shown in shown {
            let card = self.card(tab, &shown);
            let completed = [TaskStatus::Completed];
            if card.status == "Completed"
                && !self.server.has_been(self.now, &shown.id, &completed, 0)
            {
                return Err(format!("{}: shown as completed before it was", shown.id));
            }
        }
        Ok(())
    }

    pub(super) fn card(&self, tab: usize, shown: &Task) -> task::Card {
        let intent = self.tabs[tab].intents.get(&shown.id);
        task::card(shown, intent, &Around::new(&Roles::Unknown, false))
    }

    /// One effect at most for each decision, whatever happened.
    pub(super) fn account(&self) -> Result<(), Broken> {
        for decision in &self.decisions {
            if self.server.effects_of(&decision.keys) > 1 {
                return Err(format!("one decision, two effects: {:?}", decision.keys));
            }
        }
        Ok(())
    }

    pub(super) fn open_decisions(&self) -> usize {
        let kept = self.disk.keys().filter(|(person, _)| *person == "ada");
        kept.count() + self.tabs.iter().map(|tab| tab.intents.len()).sum::<usize>()
    }
}
