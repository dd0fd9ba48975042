//! A word to the other tabs of this browser (`BroadcastChannel`). Where the browser has none, nothing is
//! heard.

use wasm_bindgen::prelude::*;
use web_sys::{BroadcastChannel, MessageEvent};

/// A channel that is open until this is dropped.
pub struct Channel {
    channel: Option<BroadcastChannel>,
    _heard: Closure<dyn Fn(MessageEvent)>,
}

impl Channel {
    /// Opens a channel; `heard` is called with each word of another tab.
    pub fn open(name: &str, heard: impl Fn(String) + 'static) -> Channel {
        let heard = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            heard(event.data().as_string().unwrap_or_default());
        });
        let channel = BroadcastChannel::new(name).ok();
        if let Some(channel) = &channel {
            channel.set_onmessage(Some(heard.as_ref().unchecked_ref()));
        }
        Channel {
            channel,
            _heard: heard,
        }
    }

    /// Says a word to all other tabs.
    pub fn tell(&self, word: &str) {
        if let Some(channel) = &self.channel {
            drop(channel.post_message(&word.into()));
        }
    }
}

impl Drop for Channel {
    fn drop(&mut self) {
        if let Some(channel) = &self.channel {
            channel.set_onmessage(None);
            channel.close();
        }
    }
}
