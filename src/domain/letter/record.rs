//! A letter as text on the disk. Whether an attempt is under way is not written: after a reload nobody
//! knows what became of it, and the same letter goes again.

use super::{Before, Letter, Phase, What};
use crate::domain::time::Timestamp;
use crate::domain::url_query::{decode, encode};

/// Tells a letter from what else is kept on the same shelf.
const MARK: &str = "letter";

impl Letter {
    /// The text to keep.
    pub fn record(&self) -> String {
        let tried = self.tried.map(|at| at.0.to_string()).unwrap_or_default();
        let refused = match &self.phase {
            Phase::Refused(why) => why,
            _ => "",
        };
        let written = self.written.0.to_string();
        let mut fields = vec![
            MARK,
            &self.key,
            &self.lane,
            &self.path,
            &self.body,
            &self.title,
            &self.field,
            &self.words,
            &written,
            &tried,
            refused,
        ];
        for before in &self.before {
            let (name, media) = match &before.what {
                What::File { name, media } => (name.as_str(), media.as_str()),
                What::Thread { incident } => (incident.as_str(), ""),
            };
            let id = before.id.as_deref().unwrap_or_default();
            fields.extend([before.key.as_str(), name, media, id]);
        }
        let fields: Vec<String> = fields.into_iter().map(encode).collect();
        fields.join("&")
    }

    /// The letter of a kept text; `None` for a text that is none.
    pub fn restored(record: &str) -> Option<Letter> {
        let mut fields = record.split('&').map(decode);
        let mut next = || fields.next();
        if next()? != MARK {
            return None;
        }
        let (key, lane, path, body) = (next()?, next()?, next()?, next()?);
        let (title, field, words) = (next()?, next()?, next()?);
        let written = Timestamp(next()?.parse().ok()?);
        let tried = next()?.parse().ok().map(Timestamp);
        let refused = next()?;
        let mut letter = Letter::new(key, &lane, &path, body, written);
        (letter.title, letter.field, letter.words) = (title, field, words);
        (letter.tried, letter.doubt, letter.kept) = (tried, tried.is_some(), true);
        if !refused.is_empty() {
            letter.phase = Phase::Refused(refused);
        }
        while let Some(key) = next() {
            let (name, media, id) = (next()?, next()?, next()?);
            let what = if media.is_empty() {
                What::Thread { incident: name }
            } else {
                What::File { name, media }
            };
            let id = Some(id).filter(|id| !id.is_empty());
            letter.before.push(Before { what, key, id });
        }
        Some(letter)
    }
}
