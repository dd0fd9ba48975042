//! A section's frame: heading, definition, and its table as CSV and JSON.

use super::text;
use crate::domain::report::export::{Stamp, Table};
use crate::platform::download;
use crate::reactive::Signal;
use crate::ui::button::ButtonKind;
use crate::ui::menu::{Menu, MenuItem};
use leptos::prelude::*;

/// What a section exports; `None` while there is nothing.
pub(super) type Exported = Callback<(), Option<(Table, Stamp)>>;

/// The frame.
pub(super) fn section(
    title: &'static str,
    definition: &'static str,
    exported: Exported,
    content: AnyView,
) -> AnyView {
    view! {
        <section class="card stack" aria-label=title>
            <div class="row">
                <h2 class="grow">{title}</h2>
                {menu(title, exported)}
            </div>
            <p class="muted small">{definition}</p>
            {content}
        </section>
    }
    .into_any()
}

/// The menu alone.
pub(super) fn menu(title: &'static str, exported: Exported) -> AnyView {
    let item = |label: &'static str, json: bool| MenuItem::Action {
        label: label.to_owned(),
        icon: None,
        run: Callback::new(move |()| {
            let Some((table, stamp)) = exported.run(()) else {
                return;
            };
            let name = format!("report-{}-{}-{}", table.name, stamp.from, stamp.to);
            if json {
                download::text(
                    &format!("{name}.json"),
                    "application/json",
                    &table.json(&stamp),
                );
            } else {
                download::text(&format!("{name}.csv"), "text/csv", &table.csv(&stamp));
            }
        }),
    };
    let items = vec![item(text::CSV, false), item(text::JSON, true)];
    view! {
        <Menu label=text::export(title) kind=ButtonKind::Subtle class="small" items=Signal::from(items)>
            {text::EXPORT}
        </Menu>
    }
    .into_any()
}
