//! The split button: the usual action, and beside it a menu of its kin.

use super::button::{Button, ButtonKind};
use super::icon::Glyph;
use super::menu::{Menu, MenuItem};
use crate::reactive::Signal;
use leptos::prelude::*;

/// Two buttons in one frame.
#[component]
pub fn SplitButton(
    /// The usual action, in its own words.
    #[prop(into)]
    label: Signal<String>,
    /// The menu's name, such as "More ways to resolve".
    #[prop(into)]
    menu_label: Signal<String>,
    /// The other actions, asked for each time the menu opens.
    #[prop(into)]
    items: Signal<Vec<MenuItem>>,
    /// Looks.
    #[prop(optional)]
    kind: ButtonKind,
    /// Why the usual action cannot be taken now; the menu stays.
    #[prop(optional, into)]
    disabled_reason: Signal<Option<String>>,
    /// True while its work is under way.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// The usual action.
    #[prop(into)]
    on_click: Callback<()>,
) -> impl IntoView {
    view! {
        <div class="split-button" role="group" aria-label=move || label.get()>
            <Button kind busy disabled_reason on_click>
                {move || label.get()}
            </Button>
            <Menu kind label=menu_label items icon=Glyph::ChevronDown icon_only=true />
        </div>
    }
    .into_any()
}
