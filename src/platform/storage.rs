//! Text under a name in the browser: for the life of a tab, or on this device. Refused storage
//! reads as empty and forgets what is written. What to keep where is its callers' decision.

use web_sys::Storage;

/// Where a text is kept.
#[derive(Clone, Copy)]
pub enum Place {
    /// Until the tab is closed.
    Tab,
    /// On this device: preferences only, never a token.
    Device,
}

fn storage(place: Place) -> Option<Storage> {
    let window = web_sys::window()?;
    match place {
        Place::Tab => window.session_storage(),
        Place::Device => window.local_storage(),
    }
    .ok()
    .flatten()
}

/// The text under a name.
pub fn read(place: Place, name: &str) -> Option<String> {
    storage(place)?.get_item(name).ok().flatten()
}

/// Keeps a text; returns false where the browser refused.
pub fn write(place: Place, name: &str, text: &str) -> bool {
    storage(place).is_some_and(|storage| storage.set_item(name, text).is_ok())
}

/// Forgets a text.
pub fn remove(place: Place, name: &str) {
    if let Some(storage) = storage(place) {
        drop(storage.remove_item(name));
    }
}
