//! Files to go with a message: chosen, looked at, named, removed. What may go is `domain::enclosure`'s
//! decision.

use super::text;
use crate::domain::enclosure::{self, LARGEST, MOST};
use crate::domain::text::visible;
use crate::platform::files;
use crate::platform::task::spawn_local;
use crate::reactive::RwSignal;
use crate::state::letters::Enclosure;
use crate::ui::badge::Tone;
use crate::ui::button::{Button, ButtonKind, IconButton};
use crate::ui::dynamic::{CollectAny, dynamic};
use crate::ui::icon::{Glyph, Icon};
use crate::ui::message_bar::MessageBar;
use leptos::html;
use leptos::prelude::*;

/// The chosen files and the way to choose more.
#[component]
pub fn Files(
    /// What has been chosen.
    chosen: RwSignal<Vec<Enclosure>>,
) -> impl IntoView {
    let input = NodeRef::<html::Input>::new();
    let refused = RwSignal::new(Vec::<String>::new());
    let take = move |_| {
        let Some(input) = input.get_untracked() else {
            return;
        };
        refused.set(Vec::new());
        spawn_local(async move {
            let most = u32::try_from(LARGEST).unwrap_or(u32::MAX);
            let mut wrong = Vec::new();
            for file in files::take(&input, most).await {
                let shown = visible(&file.name).into_owned();
                let full = chosen.try_with_untracked(|chosen| chosen.len() >= MOST);
                match enclosure::check(&shown, &file.media, &file.content) {
                    _ if full != Some(false) => {
                        wrong.push(text::TOO_MANY.to_owned());
                        break;
                    }
                    Err(why) => wrong.push(why),
                    Ok(media) => {
                        let _ = chosen.try_update(|chosen| {
                            chosen.push(Enclosure {
                                name: file.name,
                                media: media.to_owned(),
                                content: file.content,
                            });
                        });
                    }
                }
            }
            let _ = refused.try_set(wrong);
        });
    };
    let list = move || {
        let chosen_now = chosen.read();
        let one = |(at, file): (usize, &Enclosure)| {
            let size = i64::try_from(file.content.len()).unwrap_or_default();
            let remove = move |()| {
                chosen.update(|chosen| {
                    if at < chosen.len() {
                        chosen.remove(at);
                    }
                });
            };
            view! {
                <li class="cluster">
                    <Icon glyph=Glyph::File />
                    <span class="breakable">{visible(&file.name).into_owned()}</span>
                    <span class="muted small">{enclosure::size(size)}</span>
                    <IconButton
                        glyph=Glyph::Close
                        label=text::remove(&file.name)
                        small=true
                        on_click=remove
                    />
                </li>
            }
        };
        (!chosen_now.is_empty()).then(|| {
            let files = chosen_now.iter().enumerate().map(one).collect_any();
            view! { <ul class="plain-list" aria-label=text::ATTACHED>{files}</ul> }
        })
    };
    view! {
        {dynamic(list)}
        {dynamic(move || {
            let words = refused.get();
            words
                .into_iter()
                .map(|text| view! { <MessageBar tone=Tone::Warning text /> })
                .collect_any()
        })}
        <input
            type="file"
            multiple
            hidden
            aria-label=text::ATTACH
            node_ref=input
            on:change=take
        />
        <Button
            kind=ButtonKind::Subtle
            icon=Glyph::File
            on_click=move |()| {
                if let Some(input) = input.get_untracked() {
                    input.click();
                }
            }
        >
            <span title=text::FILES_HINT>{text::ATTACH}</span>
        </Button>
    }
}
