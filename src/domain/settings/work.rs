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
        let half = section == Section::Contacts
            && self
                .contact
                .as_ref()
                .is_some_and(|(_, contact)| contact.touched());
        self.sections
            .problem(section)
            .filter(|_| !half)
            .or_else(|| {
                half.then_some(lexicon::t!(
                    "A contact is half written. Add it, or clear it."
                ))
            })
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
