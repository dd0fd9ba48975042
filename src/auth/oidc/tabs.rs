//! Tokens among the tabs of one person: what one tab gets is told to the others, so that ten tabs renew as
//! one. Nothing is kept anywhere but in their memory.

use super::{Access, LEFT, leave_tab};
use crate::domain::config::Resource;
use crate::domain::json::{self, Reader};
use crate::platform::channel::Channel;
use crate::platform::{clock, location};
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

/// The way to the other tabs.
pub(super) struct Tabs(Channel);

impl Tabs {
    /// Meets the tabs in which the same person is signed in; what they get is put among what is held here.
    /// Where the person signs out, nothing of theirs stays in any of them: each begins anew, signed out.
    pub(super) fn meet(subject: &str, held: Rc<RefCell<HashMap<Resource, Access>>>) -> Tabs {
        let heard = move |word: String| {
            if word == LEFT {
                leave_tab();
                return location::reload();
            }
            let Ok(Some((resource, access))) = json::read(&word, told) else {
                return;
            };
            let mut held = held.borrow_mut();
            let known = held.get(&resource).map_or(0, |known| known.ends);
            if access.ends > known {
                held.insert(resource, access);
            }
        };
        Tabs(Channel::open(&format!("mdr-tokens/{subject}"), heard))
    }

    /// Tells them of a token that is good for so many seconds.
    pub(super) fn share(&self, resource: Resource, token: &str, lasts: i64) {
        let lasts = lasts.to_string();
        let word = [
            ("for", resource.name()),
            ("token", token),
            ("lasts", &lasts),
        ];
        self.0.tell(&json::object(&word));
    }

    /// Tells them that the person signs out.
    pub(super) fn leave(&self) {
        self.0.tell(LEFT);
    }
}

fn told(word: Reader<'_>) -> Option<(Resource, Access)> {
    let name = word.needed("for");
    let resource = Resource::ALL
        .into_iter()
        .find(|known| known.name() == name)?;
    let lasts: i64 = word.needed("lasts").parse().ok()?;
    let access = Access {
        token: word.needed("token"),
        ends: clock::uptime() + lasts * 1_000,
    };
    Some((resource, access))
}
