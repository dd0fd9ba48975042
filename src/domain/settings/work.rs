//! What a form holds while somebody fills it in, and how it is kept on the device: all of it, finished or
//! not, so that no reload loses a word.

use super::{Contact, Section, Sections, body};
use crate::domain::json;

/// Settings in the making.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Work {
    pub sections: Sections,
    /// A contact that is being written: its place among the contacts, or none where it is new.
    pub contact: Option<(Option<usize>, Contact)>,
    /// The version on the server that this was begun on.
    pub base: String,
    /// How far the wizard has been walked: steps up to this one may be gone to.
    pub reached: usize,
    /// The key of a submission whose outcome is not known, and the version it was of.
    pub intent: Option<(String, String)>,
}

impl Work {
    /// What has to be mended in a section before it can be left or sent.
    pub fn problem(&self, section: Section) -> Option<&'static str> {
        let half = self.half().filter(|_| section == Section::Contacts);
        half.or_else(|| self.sections.problem(section))
    }

    /// That a contact is being written which is not in the list as it stands in its form.
    pub fn half(&self) -> Option<&'static str> {
        let (at, contact) = self.contact.as_ref()?;
        let listed = at.and_then(|at| self.sections.contacts.get(at));
        let half = match listed {
            Some(listed) => contact.told() != listed.told(),
            None => contact.touched(),
        };
        half.then_some(lexicon::t!(
            "A contact is half written. Add it, or clear it."
        ))
    }

    /// Takes a contact of the list into the form, unless something would be lost that stands there.
    pub fn edit(&mut self, at: usize) {
        if self.half().is_none() {
            let one = self.sections.contacts.get(at).cloned();
            self.contact = one.map(|one| (Some(at), one));
        }
    }

    /// Takes a contact out of the list. One that is being changed stays the one that it is.
    pub fn remove(&mut self, at: usize) {
        if at >= self.sections.contacts.len() {
            return;
        }
        self.sections.contacts.remove(at);
        self.contact = self.contact.take().filter(|(of, _)| *of != Some(at));
        if let Some((Some(of), _)) = &mut self.contact
            && *of > at
        {
            *of -= 1;
        }
    }

    /// Lets a contact and its next neighbour that is called change places, however many stand between them
    /// that are not. One that is being changed stays the one that it is.
    pub fn swap(&mut self, at: usize, by: isize) {
        let contacts = &mut self.sections.contacts;
        let mut to = at.checked_add_signed(by);
        while let Some(other) = to.and_then(|to| contacts.get(to)) {
            if other.incident {
                break;
            }
            to = to.and_then(|to| to.checked_add_signed(by));
        }
        let Some(to) = to.filter(|to| at.max(*to) < contacts.len()) else {
            return;
        };
        contacts.swap(at, to);
        if let Some((Some(of), _)) = &mut self.contact {
            *of = match *of {
                of if of == at => to,
                of if of == to => at,
                of => of,
            };
        }
    }

    /// Whether two say the same, wherever they were begun.
    pub fn says(&self, other: &Work) -> bool {
        self.sections == other.sections && self.contact == other.contact
    }

    /// Goes on from what is in force since `sent` was saved. What has been typed meanwhile stays; whether
    /// nothing was.
    pub fn settle(&mut self, sent: &Work, now: &Sections, base: String) -> bool {
        let all = self.says(sent);
        if all {
            *self = Work {
                sections: now.clone(),
                ..Work::default()
            };
        }
        // A contact that was new is known by now: once more it would be told anew.
        for contact in &mut self.sections.contacts {
            let known = now.contacts.iter().find(|known| known.mail == contact.mail);
            if let Some(known) = known.filter(|_| contact.id.is_empty()) {
                contact.id.clone_from(&known.id);
                contact.state.clone_from(&known.state);
            }
        }
        self.base = base;
        all
    }

    /// As kept on the device.
    pub fn record(&self) -> String {
        let contact = match &self.contact {
            Some((at, contact)) => format!(
                r#"{{"at":{},"contact":{}}}"#,
                at.map_or("null".into(), |at| at.to_string()),
                body::one_contact(contact, None)
            ),
            None => "null".into(),
        };
        let (key, of) = self.intent.clone().unwrap_or_default();
        format!(
            r#"{{"base":{},"reached":{},"key":{},"of":{},"contact":{contact},"sections":{}}}"#,
            body::quoted(&self.base),
            self.reached,
            body::quoted(&key),
            body::quoted(&of),
            body::write_some(&self.sections, |_| true),
        )
    }

    /// What was kept; `None` for a text that is nothing of the kind.
    pub fn restored(record: &str) -> Option<Work> {
        let read = json::read(record, |wire| {
            let mut work = Work::default();
            if let Some(sections) = wire.object("sections") {
                body::read_some(sections, &mut work.sections);
            }
            let place = |at: Option<i64>| at.and_then(|at| usize::try_from(at).ok());
            work.contact = wire.object("contact").and_then(|half| {
                let contact = half.object("contact").map(body::contact)?;
                Some((place(half.int("at")), contact))
            });
            work.base = wire.needed("base");
            work.reached = place(wire.int("reached")).unwrap_or_default();
            let intent = (wire.text("key"), wire.text("of"));
            if let (Some(key), Some(of)) = intent
                && !key.is_empty()
            {
                work.intent = Some((key, of));
            }
            work
        });
        read.ok()
    }
}
