//! Columns that a person makes wider or narrower and moves: by pointer, by keys on the heading, or by the
//! heading's menu. What keeps them is the caller's; a grid without this has none of its code.

use super::Column;
use crate::platform::dom;
use crate::reactive::{Memo, RwSignal, Signal, StoredValue};
use crate::ui::env::{Env, env};
use crate::ui::icon::Glyph;
use crate::ui::menu::{Menu, MenuItem};
use leptos::{ev, prelude::*};
use std::sync::Arc;

const STEP: i32 = 16;
const LEAST: i32 = 48;
const MOST: i32 = 1_200;
/// A pointer that moves less than this has clicked.
const CLICK: i32 = 6;

/// The keys, as assistive technology is told them.
pub(super) const KEYS: &str = "Shift+ArrowLeft Shift+ArrowRight Control+Shift+ArrowLeft Control+Shift+ArrowRight Alt+ArrowDown";

/// What a heading offers besides sorting.
#[derive(Clone)]
pub struct Arranging {
    /// What stands at a heading's end.
    pub(super) draw: Arc<dyn Fn(Column) -> AnyView + Send + Sync>,
    /// Does what a key on a heading asks for, if anything, and returns where it moved the column.
    pub(super) on_key: OnKey,
    /// A press on a heading: what follows may be a drag.
    pub(super) on_press: Callback<(ev::PointerEvent, &'static str)>,
    pub(super) on_drag: Callback<ev::PointerEvent>,
    pub(super) on_drop: Callback<()>,
    /// The column that is being dragged, and the place it would get.
    pub(super) dragged: Signal<Option<(String, usize)>>,
}

type OnKey = Arc<dyn Fn(&ev::KeyboardEvent, &'static str) -> Option<Option<usize>> + Send + Sync>;

/// Lets the columns be arranged; the new ones are given to `on_change`.
pub fn arranging(columns: Signal<Vec<Column>>, on_change: Callback<Vec<Column>>) -> Arranging {
    let arrange = Arrange {
        columns,
        on_change,
        env: env(),
    };
    let dragged = RwSignal::new(None::<(String, usize)>);
    let pressed = StoredValue::new(None::<(i32, &'static str)>);
    let on_press = move |(event, key): (ev::PointerEvent, &'static str)| {
        if event.button() == 0 {
            pressed.set_value(Some((event.client_x(), key)));
        }
    };
    let on_drag = move |event: ev::PointerEvent| {
        let Some((from, key)) = pressed.try_get_value().flatten() else {
            return;
        };
        let begun = dragged.read_untracked().is_some();
        if begun || (event.client_x() - from).abs() >= CLICK {
            if !begun {
                dom::capture(&event);
            }
            dragged.set(Some((key.to_owned(), place_under(&event))));
        }
    };
    let on_drop = move |()| {
        let pressed = pressed.try_update_value(Option::take).flatten();
        let drop_at = dragged.try_update(Option::take).flatten();
        if let (Some((_, key)), Some((_, to))) = (pressed, drop_at) {
            arrange.put(key, to);
        }
    };
    Arranging {
        draw: Arc::new(move |column| arrange.tools(&column)),
        on_key: Arc::new(move |event, key| arrange.on_key(event, key)),
        on_press: Callback::new(on_press),
        on_drag: Callback::new(on_drag),
        on_drop: Callback::new(on_drop),
        dragged: Memo::new(move |_| dragged.get()).into(),
    }
}

/// The place of the heading under the pointer, among those that can be moved.
fn place_under(event: &ev::PointerEvent) -> usize {
    let heading = dom::current_target(event);
    let row = heading.and_then(|heading| heading.parent_element());
    let headings = row.map_or_else(Vec::new, |row| {
        dom::within(&row, ".grid-heading:not(.grid-box)")
    });
    let left_of = |heading: &&web_sys::HtmlElement| {
        heading.get_bounding_client_rect().right() < f64::from(event.client_x())
    };
    let passed = headings.iter().filter(left_of).count();
    passed.min(headings.len().saturating_sub(1))
}

#[derive(Clone, Copy)]
struct Arrange {
    columns: Signal<Vec<Column>>,
    on_change: Callback<Vec<Column>>,
    env: Env,
}

impl Arrange {
    fn place(self, key: &str) -> Option<usize> {
        let columns = self.columns.read_untracked();
        columns.iter().position(|column| column.key == key)
    }

    /// Moves a column to a place.
    fn put(self, key: &str, to: usize) {
        let mut columns = self.columns.get_untracked();
        let Some(from) = self
            .place(key)
            .filter(|from| *from != to && to < columns.len())
        else {
            return;
        };
        let column = columns.remove(from);
        let words = format!(
            "{}: column {} of {}",
            column.title,
            to + 1,
            columns.len() + 1
        );
        columns.insert(to, column);
        self.on_change.run(columns);
        self.env.announce(words);
    }

    /// Makes a column this wide; it no longer takes a share of what is left over.
    fn widen(self, key: &str, px: i32) -> i32 {
        let px = px.clamp(LEAST, MOST);
        let mut columns = self.columns.get_untracked();
        for column in columns.iter_mut().filter(|column| column.key == key) {
            (column.width, column.grow) = (px as u16, 0);
        }
        self.on_change.run(columns);
        px
    }

    fn on_key(self, event: &ev::KeyboardEvent, key: &'static str) -> Option<Option<usize>> {
        let at = self.place(key)?;
        let by = match event.key().as_str() {
            "ArrowLeft" => -1,
            "ArrowRight" => 1,
            "ArrowDown" if event.alt_key() => {
                let menu = dom::current_target(event)
                    .map(|heading| dom::within(&heading, "[aria-haspopup]"));
                menu.iter().flatten().for_each(|button| button.click());
                return Some(None);
            }
            _ => return None,
        };
        if !event.shift_key() || event.alt_key() {
            return None;
        }
        if event.ctrl_key() || event.meta_key() {
            let to = at
                .checked_add_signed(by)
                .filter(|to| *to < self.columns.read_untracked().len());
            to.into_iter().for_each(|to| self.put(key, to));
            return Some(to);
        }
        let heading = dom::current_target(event);
        let width = heading.map_or(0, |heading| heading.offset_width());
        self.step(key, width, by as i32);
        Some(None)
    }

    fn step(self, key: &str, width: i32, by: i32) {
        let px = self.widen(key, width + by * STEP);
        self.env.announce(format!("{px} pixels wide"));
    }

    fn tools(self, column: &Column) -> AnyView {
        let key = column.key;
        let edge = NodeRef::<leptos::html::Span>::new();
        let width = move || {
            let heading = edge
                .try_get_untracked()
                .flatten()
                .and_then(|edge| edge.parent_element());
            heading.map_or(0, |heading| {
                heading.get_bounding_client_rect().width() as i32
            })
        };
        let item = move |label: &str, icon, run: Callback<()>| MenuItem::Action {
            label: label.to_owned(),
            icon: Some(icon),
            run,
        };
        let shift = move |by: isize| {
            Callback::new(move |()| {
                let to = self.place(key).and_then(|at| at.checked_add_signed(by));
                to.into_iter().for_each(|to| self.put(key, to));
            })
        };
        let resize = move |by: i32| Callback::new(move |()| self.step(key, width(), by * 4));
        let items = move || {
            vec![
                item("Move left", Glyph::ArrowLeft, shift(-1)),
                item("Move right", Glyph::ArrowRight, shift(1)),
                MenuItem::Separator,
                item("Wider", Glyph::Add, resize(1)),
                item("Narrower", Glyph::Columns, resize(-1)),
            ]
        };
        let grip = StoredValue::new(None::<(i32, i32)>);
        view! {
            <Menu
                label=format!("Arrange {}", column.title)
                items=Signal::derive(items)
                icon=Glyph::ChevronDown
                icon_only=true
                class="small"
                no_tab_stop=true
            />
            <span
                class="grid-edge"
                aria-hidden="true"
                node_ref=edge
                on:pointerdown=move |event| {
                    // Not the beginning of moving the column.
                    event.stop_propagation();
                    event.prevent_default();
                    dom::capture(&event);
                    grip.set_value(Some((event.client_x(), width())));
                }
                on:pointermove=move |event| {
                    if let Some((from, width)) = grip.try_get_value().flatten() {
                        event.stop_propagation();
                        self.widen(key, width + event.client_x() - from);
                    }
                }
                on:lostpointercapture=move |_| {
                    let _ = grip.try_set_value(None);
                }
            ></span>
        }
        .into_any()
    }
}
