//! What answers: messages, errors, waiting.

use super::state;
use crate::domain::error::ApiError;
use crate::domain::load::Load;
use crate::domain::time::Timestamp;
use crate::platform::clock;
use crate::reactive::Signal;
use crate::ui::badge::Tone;
use crate::ui::button::{Button, ButtonKind};
use crate::ui::empty::Empty;
use crate::ui::error_panel::ErrorPanel;
use crate::ui::icon::Glyph;
use crate::ui::load_view::LoadView;
use crate::ui::message_bar::MessageBar;
use crate::ui::progress::Progress;
use crate::ui::skeleton::{Skeleton, SkeletonRows};
use crate::ui::spinner::Busy;
use leptos::prelude::*;

fn busy() -> ApiError {
    ApiError::Server {
        status: 503,
        message: String::new(),
        request_id: Some("a1b2c3d4".into()),
    }
}

pub(super) fn messages() -> AnyView {
    let stale = Load::Stale(
        "The incident".to_owned(),
        Timestamp(clock::now() - 600_000),
        busy(),
    );
    let content = |value: Signal<String>| view! { <p>{move || value.get()}</p> }.into_any();
    let title = Some("Not up to date.".to_owned());
    view! {
        <MessageBar tone=Tone::Info text="Experts look at this incident." />
        <MessageBar tone=Tone::Success text="The exclusion is saved." />
        <MessageBar tone=Tone::Warning title text="The incident could not be loaded.">
            <Button kind=ButtonKind::Subtle small=true>"Try again"</Button>
        </MessageBar>
        <MessageBar tone=Tone::Danger text="The action was refused: the device is offline." />
        {state("Shown, but old", view! {
            <LoadView
                load=Signal::from(stale)
                what="The incident"
                on_retry=Callback::new(|()| ())
                children=content
            />
        })}
    }
    .into_any()
}

pub(super) fn waiting() -> AnyView {
    view! {
        <Busy label="Loading comments…" />
        <Progress label="Loading incidents" percent=Some(60) text="1,200 of 2,000" />
        <Progress label="Isolating the device" percent=None />
        <Skeleton lines=3 />
        <SkeletonRows rows=3 />
        <Empty
            glyph=Glyph::Filter
            title="No incidents match"
            text=Some("Take a filter away to see more.".to_owned())
        >
            <Button>"Clear filters"</Button>
        </Empty>
        <ErrorPanel error=busy() what="The incident" on_retry=|()| () />
    }
    .into_any()
}
