//! What answers: messages, errors, waiting.

use super::state;
use crate::ui::badge::Tone;
use crate::ui::button::{Button, ButtonKind};
use crate::ui::message_bar::MessageBar;
use leptos::prelude::*;

pub(super) fn messages() -> AnyView {
    view! {
        {state("Message bars", view! {
            <MessageBar tone=Tone::Info text="Experts look at this incident." />
            <MessageBar tone=Tone::Success text="The exclusion is saved." />
            <MessageBar tone=Tone::Warning title=Some("Not up to date.".to_owned()) text="The incident could not be loaded.">
                <Button kind=ButtonKind::Subtle small=true>"Try again"</Button>
            </MessageBar>
            <MessageBar tone=Tone::Danger text="The action was refused: the device is offline." />
        })}
    }
    .into_any()
}
