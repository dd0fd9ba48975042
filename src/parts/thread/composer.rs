//! The box to write in: its draft, what it quotes, the files that go along. What is sent goes through
//! the letters: nothing leaves here directly.

use super::{Files, Quote, text};
use crate::domain::conversation::MESSAGE_LIMIT;
use crate::domain::inquiry::message;
use crate::domain::letter::Letter;
use crate::reactive::Signal;
use crate::state::drafts::drafts;
use crate::state::letters::letters;
use crate::ui::badge::Tone;
use crate::ui::button::{Button, ButtonKind};
use crate::ui::dynamic::dynamic;
use crate::ui::field::TextArea;
use crate::ui::icon::Glyph;
use crate::ui::menu::{Menu, MenuItem};
use crate::ui::message_bar::MessageBar;
use leptos::html;
use leptos::prelude::*;

/// The box. It keeps one draft for each lane.
#[component]
pub fn Composer(
    /// What the letters go in, and the draft's name.
    #[prop(into)]
    lane: Signal<String>,
    /// Why nothing can be written here.
    #[prop(into)]
    denied: Signal<Option<String>>,
    /// Makes a letter of a body.
    letter: Callback<String, Option<Letter>>,
    /// What can be quoted.
    #[prop(optional, into)]
    quotes: Signal<Vec<Quote>>,
    /// Called at each change.
    #[prop(optional, into)]
    on_typing: Option<Callback<()>>,
) -> impl IntoView {
    let field = lane.get_untracked();
    let draft = drafts().open(&field);
    let letters = letters();
    let files = letters.files(&field);
    let busy = {
        let field = field.clone();
        Signal::derive(move || letters.hands_over(&field))
    };
    let area = NodeRef::<html::Textarea>::new();
    let reason = Signal::derive(move || {
        let length = draft.text().read().trim().chars().count();
        denied.get().or_else(|| match length {
            0 => Some(text::NOTHING.to_owned()),
            n if n > MESSAGE_LIMIT => Some(text::TOO_LONG.to_owned()),
            _ => None,
        })
    });
    let send = Callback::new(move |()| {
        if reason.read_untracked().is_some() || busy.get_untracked() {
            return;
        }
        let words = draft.text().get_untracked().trim().to_owned();
        let Some(mut letter) = letter.run(message(&words)) else {
            return;
        };
        (letter.field, letter.words) = (field.clone(), words);
        let posted = letters.post(letter, files.get_untracked(), || ());
        if posted.is_some() {
            files.set(Vec::new());
        }
        if let Some(area) = area.get_untracked() {
            drop(area.focus());
        }
    });
    let quote_items = move || {
        let item = |(label, words): Quote| MenuItem::Action {
            label,
            icon: None,
            run: Callback::new(move |()| {
                let mut now = draft.text().get_untracked();
                if !now.is_empty() && !now.ends_with('\n') {
                    now.push('\n');
                }
                for line in words.lines() {
                    now.push_str("> ");
                    now.push_str(line);
                    now.push('\n');
                }
                draft.set(now);
                if let Some(area) = area.get_untracked() {
                    drop(area.focus());
                }
            }),
        };
        quotes.get().into_iter().map(item).collect::<Vec<_>>()
    };
    let quotable = crate::reactive::Memo::new(move |_| !quotes.read().is_empty());
    let unkept = letters.unkept();
    view! {
        <section class="comment-box" aria-label=text::MESSAGE>
            <TextArea
                label=text::MESSAGE
                hint=Some(text::HINT.to_owned())
                value=draft.text()
                on_input=move |typed: String| {
                    draft.set(typed);
                    if let Some(on_typing) = on_typing {
                        on_typing.run(());
                    }
                }
                max=MESSAGE_LIMIT
                on_submit=send
                node_ref=area
            />
            {dynamic(move || {
                denied.get().map(|words| view! { <MessageBar tone=Tone::Info text=words /> })
            })}
            {dynamic(move || {
                unkept
                    .get()
                    .then(|| view! { <MessageBar tone=Tone::Warning text=text::UNKEPT /> })
            })}
            <div class="cluster end">
                {dynamic(move || {
                    quotable
                        .get()
                        .then(|| {
                            view! {
                                <Menu label=text::QUOTE items=Signal::derive(quote_items) />
                            }
                        })
                })}
                <Files chosen=files />
                <Button
                    kind=ButtonKind::Primary
                    icon=Glyph::Send
                    disabled_reason=reason
                    busy
                    on_click=send
                >
                    {text::SEND}
                </Button>
            </div>
        </section>
    }
}
