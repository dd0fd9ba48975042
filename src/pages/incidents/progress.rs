//! How much of the queue has been read while that is not all, with the way to stop and to go on.

use super::text;
use crate::platform::document;
use crate::reactive::{Effect, Memo, StoredValue};
use crate::state::incidents::incidents;
use crate::ui::button::{Button, ButtonKind};
use crate::ui::dynamic::dynamic;
use leptos::html;
use leptos::prelude::*;

/// The line; absent once everything that was asked for has been read. The focus then goes to `title`
/// where it would go nowhere.
#[component]
pub(super) fn Progress(title: NodeRef<html::H1>) -> impl IntoView {
    let incidents = incidents();
    let sync = incidents.sync();
    let shown = Memo::new(move |_| sync.with(|sync| sync.partial && sync.read > 0));
    let reading = Memo::new(move |_| sync.with(|sync| sync.loading && !sync.stopped));
    // After an error there is **Try again**, which goes on as well.
    let failed = Memo::new(move |_| {
        sync.with(|sync| sync.error.is_some() && !sync.loading && !sync.stopped)
    });
    let words = move || {
        sync.with(|sync| match reading.get() {
            true => text::reading(sync.read, sync.of),
            false => text::left(sync.read),
        })
    };
    let used = StoredValue::new(false);
    let press = move |()| {
        used.set_value(true);
        match reading.get_untracked() {
            true => incidents.stop(),
            false => incidents.go_on(),
        }
    };
    Effect::new(move |_| {
        let title = title.get_untracked().filter(|_| used.get_value());
        if let (false, Some(title)) = (shown.get(), title) {
            document::keep_focus(&title);
        }
    });
    dynamic(move || {
        shown.get().then(|| {
            let label = move || {
                if reading.get() {
                    text::STOP
                } else {
                    text::CONTINUE
                }
            };
            view! {
                <p class="queue-progress">
                    <span class="muted">{dynamic(words)}</span>
                    {dynamic(move || {
                        (!failed.get()).then(|| {
                            view! {
                                <Button kind=ButtonKind::Subtle small=true on_click=press>
                                    {dynamic(label)}
                                </Button>
                            }
                        })
                    })}
                </p>
            }
        })
    })
}
