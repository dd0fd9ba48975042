//! A word to the other tabs of this browser (`BroadcastChannel`). It carries no content: whoever
//! hears it looks for itself. Where the browser has none, nothing is heard.

use wasm_bindgen::prelude::*;
use web_sys::BroadcastChannel;

/// A channel that is open until this is dropped.
pub struct Channel {
    channel: Option<BroadcastChannel>,
    _heard: Closure<dyn Fn()>,
}

impl Channel {
    /// Opens a channel; `heard` is called at each word of another tab.
    pub fn open(name: &str, heard: impl Fn() + 'static) -> Channel {
        let heard = Closure::<dyn Fn()>::new(heard);
        let channel = BroadcastChannel::new(name).ok();
        if let Some(channel) = &channel {
            channel.set_onmessage(Some(heard.as_ref().unchecked_ref()));
        }
        Channel {
            channel,
            _heard: heard,
        }
    }

    /// Says the word to all other tabs.
    pub fn tell(&self) {
        if let Some(channel) = &self.channel {
            drop(channel.post_message(&JsValue::NULL));
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
