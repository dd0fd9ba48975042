//! Documents that are read again and again, as they came last: where nothing has changed since, the service
//! says just that. Only those that came with a version (`ETag`).

use std::cell::RefCell;
use std::rc::Rc;

/// So many are kept.
const MOST: usize = 24;
/// A larger one is no document that is read often.
const LARGEST: usize = 256 << 10;

/// The documents by their addresses, the one that came last at the end.
#[derive(Default)]
pub(super) struct Kept(RefCell<Vec<(String, Rc<Document>)>>);

/// A document, and the version that it is.
pub(super) struct Document {
    pub(super) version: String,
    pub(super) body: Vec<u8>,
}

impl Kept {
    /// What came last from an address.
    pub(super) fn of(&self, url: &str) -> Option<Rc<Document>> {
        let all = self.0.borrow();
        let found = all.iter().find(|(known, _)| known == url)?;
        Some(found.1.clone())
    }

    /// Keeps a document in place of an older one.
    pub(super) fn keep(&self, url: &str, version: &str, body: &[u8]) {
        let mut all = self.0.borrow_mut();
        all.retain(|(known, _)| known != url);
        if body.len() > LARGEST {
            return;
        }
        if all.len() >= MOST {
            all.remove(0);
        }
        let (version, body) = (version.to_owned(), body.to_vec());
        all.push((url.to_owned(), Rc::new(Document { version, body })));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version(kept: &Kept, url: &str) -> Option<String> {
        kept.of(url).map(|document| document.version.clone())
    }

    #[test]
    fn the_last_one_of_an_address_is_kept_and_never_too_many() {
        let kept = Kept::default();
        assert_eq!(version(&kept, "a"), None);
        kept.keep("a", "1", b"one");
        let held = kept.of("a").unwrap();
        kept.keep("a", "2", b"two");
        assert_eq!(version(&kept, "a").as_deref(), Some("2"));
        assert_eq!(
            held.body, b"one",
            "who asks about a version still has it when the answer comes"
        );
        for at in 0..MOST {
            kept.keep(&format!("other {at}"), "1", b"");
        }
        assert_eq!(version(&kept, "a"), None);
    }

    #[test]
    fn what_is_too_large_takes_the_place_of_what_was_there_and_is_not_kept() {
        let kept = Kept::default();
        kept.keep("a", "1", b"one");
        kept.keep("a", "2", &vec![b' '; LARGEST + 1]);
        assert_eq!(version(&kept, "a"), None);
    }
}
