//! What is shown before there is a session: starting, sign-in, and settings that do not work.

use super::text;
use crate::domain::config::ConfigError;
use crate::state::session::{Why, session};
use crate::ui::badge::Tone;
use crate::ui::button::{Button, ButtonKind};
use crate::ui::icon::{Glyph, Icon};
use crate::ui::message_bar::MessageBar;
use crate::ui::spinner::Spinner;
use leptos::prelude::*;

/// While a session is looked for, and on the way to the provider.
#[component]
pub(super) fn Starting() -> impl IntoView {
    view! {
        <main class="gate">
            <Brand />
            <p class="row" role="status">
                <Spinner />
                {text::STARTING}
            </p>
        </main>
    }
}

/// The way in, and why it has to be taken.
#[component]
pub(super) fn SignIn(why: Why) -> impl IntoView {
    let session = session();
    let failure = match &why {
        Why::Failed(words) => Some(words.clone()),
        Why::NoSession | Why::Left => None,
    };
    view! {
        <main class="gate">
            <Brand />
            <h1>{text::sign_in_title(&why)}</h1>
            {failure.map(|words| view! { <MessageBar tone=Tone::Danger text=words /> })}
            <Button kind=ButtonKind::Primary on_click=move |()| session.sign_in()>
                {text::SIGN_IN}
            </Button>
        </main>
    }
}

/// `config.json` is missing or wrong.
#[component]
pub(super) fn StartError(error: ConfigError) -> impl IntoView {
    view! {
        <main class="gate wide">
            <Brand />
            <h1>{text::CONFIG_TITLE}</h1>
            <MessageBar
                tone=Tone::Danger
                text=text::config_problem(&error.member, &error.problem)
            />
            <p>{text::CONFIG_ADVICE}</p>
            <h2>{text::CONFIG_EXAMPLE}</h2>
            <pre class="mono" tabindex="0">{error.example}</pre>
        </main>
    }
}

#[component]
fn Brand() -> impl IntoView {
    view! {
        <div class="gate-brand">
            <Icon glyph=Glyph::Shield />
            <span>{text::PRODUCT}</span>
            <span class="muted">{text::PORTAL}</span>
        </div>
    }
}
