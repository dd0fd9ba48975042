//! Whose turn it is to ask a service what is new: of all tabs of a person that somebody can see, one asks, and
//! tells the others. What is told, and what they do who have heard nothing for too long, is their business.

use crate::platform::channel::Channel;
use crate::platform::locks::{self, Lock};
use crate::reactive::StoredValue;
use leptos::prelude::*;

type Local<T> = leptos::prelude::StoredValue<T, LocalStorage>;

/// This tab's part in it.
#[derive(Clone, Copy)]
pub(super) struct Turn {
    name: StoredValue<String>,
    lock: Local<Option<Lock>>,
    channel: Local<Option<Channel>>,
}

impl Turn {
    /// The turn to ask for something, among the tabs of a person.
    pub(super) fn new(what: &str, owner: &str) -> Turn {
        Turn {
            name: StoredValue::new(format!("mdr-{what}/{owner}")),
            lock: Local::new_local(None),
            channel: Local::new_local(None),
        }
    }

    /// Calls `heard` with each word of the tab whose turn it is.
    pub(super) fn listen(self, heard: impl Fn(String) + 'static) {
        let name = self.name.get_value();
        self.channel.set_value(Some(Channel::open(&name, heard)));
    }

    /// Tells the other tabs.
    pub(super) fn tell(self, word: &str) {
        let tell = |channel: &Option<Channel>| channel.as_ref().map(|channel| channel.tell(word));
        let _ = self.channel.try_with_value(tell);
    }

    /// Takes the turn, unless another tab has it; true where this one has it now.
    pub(super) async fn take(self) -> bool {
        if self.lock.try_with_value(Option::is_some) == Some(true) {
            return true;
        }
        let lock = locks::take(&self.name.try_get_value().unwrap_or_default(), false).await;
        let taken = lock.is_some();
        let _ = self.lock.try_set_value(lock);
        taken
    }

    /// Gives it to a tab that somebody can see.
    pub(super) fn give(self) {
        let _ = self.lock.try_set_value(None);
    }
}
