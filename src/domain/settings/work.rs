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
    /// What stood there in each section when it was begun: a section that still says so has not been touched.
    pub ground: Sections,
    /// The wizard's draft as it was last put on its way to the server, whether it arrived or not.
    pub sent: String,
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

    /// Takes up what stands on the server by now, in the sections that nobody has touched here. Where one was
    /// changed here and there, and where what is in force has `overtaken` a draft, both stay as they are: then
    /// this is what the form would say with theirs in place of mine. `ours` are the sections of the draft there
    /// where that came from here.
    pub fn rebase(
        &mut self,
        there: &Sections,
        overtaken: &[Section],
        ours: &[Section],
    ) -> Option<Sections> {
        let mut theirs = None;
        for section in Section::ALL {
            let writing = section == Section::Contacts && self.contact.is_some();
            let touched = writing || !self.sections.same(&self.ground, section);
            let moved = !there.same(&self.ground, section);
            if self.sections.same(there, section) {
                // Who was new here may be known there.
                if !writing {
                    self.sections.take(there, section);
                }
            } else if overtaken.contains(&section) || touched && moved && !ours.contains(&section) {
                theirs
                    .get_or_insert_with(|| self.sections.clone())
                    .take(there, section);
            } else if !touched {
                self.sections.take(there, section);
                self.ground.take(there, section);
            }
        }
        theirs
    }

    /// Goes on after somebody has chosen between two versions: with theirs, or with mine over it.
    pub fn resolve(&mut self, theirs: &Sections, mine: bool, base: String) {
        for section in Section::ALL {
            if !self.sections.same(theirs, section) {
                self.ground.take(theirs, section);
            }
        }
        self.base = base;
        self.intent = None;
        if !mine {
            self.sections.clone_from(theirs);
            self.contact = None;
        }
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
        self.ground.clone_from(now);
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
            r#"{{"base":{},"sent":{},"reached":{},"key":{},"of":{},"contact":{contact},"ground":{},"sections":{}}}"#,
            body::quoted(&self.base),
            body::quoted(&self.sent),
            self.reached,
            body::quoted(&key),
            body::quoted(&of),
            body::write_some(&self.ground, |_| true),
            body::write_some(&self.sections, |_| true),
        )
    }

    /// What was kept; `None` for a text that is nothing of the kind.
    pub fn restored(record: &str) -> Option<Work> {
        let read = json::read(record, |wire| {
            let mut work = Work::default();
            for (name, into) in [
                ("sections", &mut work.sections),
                ("ground", &mut work.ground),
            ] {
                if let Some(sections) = wire.object(name) {
                    body::read_some(sections, into);
                }
            }
            let place = |at: Option<i64>| at.and_then(|at| usize::try_from(at).ok());
            work.contact = wire.object("contact").and_then(|half| {
                let contact = half.object("contact").map(body::contact)?;
                Some((place(half.int("at")), contact))
            });
            work.base = wire.needed("base");
            work.sent = wire.text("sent").unwrap_or_default();
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
