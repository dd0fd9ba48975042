//! Draws the Markdown subset of `domain::markdown`. Text stays text: no markup comes from it.

use super::dynamic::CollectAny;
use crate::domain::markdown::{self, Block, Inline, Item};
use crate::domain::text::visible;
use crate::reactive::Signal;
use leptos::prelude::*;
use lexicon::t;

/// Formatted text written by experts.
#[component]
pub fn Markdown(
    /// The source.
    #[prop(into)]
    text: Signal<String>,
    /// The level a heading of level 1 gets, so that the page's outline stays whole.
    #[prop(default = 3)]
    first_level: u8,
) -> impl IntoView {
    view! {
        <div class="markdown">
            {move || blocks(&markdown::parse(&text.read()), first_level)}
        </div>
    }
    .into_any()
}

fn blocks(all: &[Block], first_level: u8) -> AnyView {
    all.iter()
        .map(|block| one(block, first_level))
        .collect_view()
        .into_any()
}

fn one(block: &Block, first_level: u8) -> AnyView {
    match block {
        Block::Heading(level, text) => {
            let level = (level - 1).saturating_add(first_level).min(6);
            let text = inlines(text);
            match level {
                2 => view! { <h2>{text}</h2> }.into_any(),
                3 => view! { <h3>{text}</h3> }.into_any(),
                4 => view! { <h4>{text}</h4> }.into_any(),
                5 => view! { <h5>{text}</h5> }.into_any(),
                _ => view! { <h6>{text}</h6> }.into_any(),
            }
        }
        Block::Paragraph(text) => view! { <p>{inlines(text)}</p> }.into_any(),
        Block::Bullets(items) => view! { <ul>{list(items)}</ul> }.into_any(),
        Block::Numbers(start, items) => {
            view! { <ol start=start.to_string()>{list(items)}</ol> }.into_any()
        }
        Block::Quote(inner) => {
            view! { <blockquote>{blocks(inner, first_level)}</blockquote> }.into_any()
        }
        Block::Code(text) => {
            view! { <pre tabindex="0"><code>{visible(text).into_owned()}</code></pre> }.into_any()
        }
        Block::Rule => view! { <hr /> }.into_any(),
        Block::Table { head, rows } => {
            let head = head
                .iter()
                .map(|c| view! { <th scope="col">{inlines(c)}</th> });
            let rows = rows.iter().map(|row| {
                let cells = row
                    .iter()
                    .map(|c| view! { <td>{inlines(c)}</td> })
                    .collect_any();
                view! { <tr>{cells}</tr> }
            });
            view! {
                <div class="table-scroll" tabindex="0" role="group" aria-label=t!("Table")>
                    <table class="table">
                        <thead><tr>{head.collect_any()}</tr></thead>
                        <tbody>{rows.collect_any()}</tbody>
                    </table>
                </div>
            }
            .into_any()
        }
    }
}

fn list(items: &[Item]) -> AnyView {
    items
        .iter()
        .map(|item| {
            let nested = item.nested.as_deref().map(|block| one(block, 6));
            view! { <li>{inlines(&item.text)}{nested}</li> }
        })
        .collect_any()
        .into_any()
}

fn inlines(all: &[Inline]) -> AnyView {
    all.iter().map(inline).collect_view().into_any()
}

fn inline(part: &Inline) -> AnyView {
    match part {
        Inline::Text(text) => visible(text).into_owned().into_any(),
        Inline::Break => view! { <br /> }.into_any(),
        Inline::Code(text) => view! { <code>{visible(text).into_owned()}</code> }.into_any(),
        Inline::Strong(inner) => view! { <strong>{inlines(inner)}</strong> }.into_any(),
        Inline::Emphasis(inner) => view! { <em>{inlines(inner)}</em> }.into_any(),
        Inline::Link { text, href, host } => {
            // The host is shown, because the words of a link can claim anything.
            let host = host.as_ref().map(|host| {
                view! { <span class="link-host">" (" {visible(host).into_owned()} ")"</span> }
            });
            view! {
                <a href=href.clone() target="_blank" rel="noopener noreferrer">{inlines(text)}</a>
                {host}
            }
            .into_any()
        }
    }
}
