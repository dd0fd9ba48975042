//! Words of the preferences.

pub(super) const TITLE: &str = "Preferences";
pub(super) const SUBTITLE: &str = "Kept in this browser, for everybody who uses it.";
pub(super) const LOOK: &str = "Appearance";
pub(super) const THEME: &str = "Theme";
pub(super) const THEMES: [&str; 3] = ["Same as system", "Light", "Dark"];
pub(super) const DENSITY: &str = "Density";
pub(super) const DENSITIES: [&str; 2] = ["Comfortable", "Compact"];
pub(super) const TIME: &str = "Time";
pub(super) const KEYS: &str = "Keyboard";
pub(super) const LETTERS: &str = "Keys without Ctrl";
pub(super) const LETTERS_HINT: &str = "Such as j and k for the next and the previous row, or ? for all of them. Switch them off where a voice or a screen reader types by itself.";
