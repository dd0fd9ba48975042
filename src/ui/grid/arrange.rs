//! Columns that a person makes wider or narrower and moves: by pointer, by keys on the heading, or by the
//! heading's menu. What keeps them is the caller's; a grid without this has none of its code, so the
//! listeners are put on the heading from here.

use super::Column;
use crate::platform::dom;
use crate::reactive::{Effect, Signal, StoredValue};
use crate::ui::env::{Env, env};
use crate::ui::icon::Glyph;
use crate::ui::menu::{Menu, MenuItem};
use leptos::{ev, html, prelude::*};
use lexicon::t;
use std::sync::Arc;
use web_sys::{Element, HtmlElement};

const STEP: i32 = 16;
const LEAST: i32 = 48;
const MOST: i32 = 1_200;
/// A pointer that moves less than this has clicked.
const CLICK: i32 = 6;

/// The keys, as assistive technology is told them.
const KEYS: &str = "Shift+ArrowLeft Shift+ArrowRight Control+Shift+ArrowLeft \
    Control+Shift+ArrowRight Alt+ArrowDown";

/// Draws what a heading offers besides sorting.
pub type Arranging = Arc<dyn Fn(&Column) -> AnyView + Send + Sync>;

/// Lets the columns be arranged; the new ones are given to `on_change`.
pub fn arranging(columns: Signal<Vec<Column>>, on_change: Callback<Vec<Column>>) -> Arranging {
    let arrange = Arrange {
        columns,
        on_change,
        env: env(),
    };
    Arc::new(move |column| arrange.tools(column))
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
        let of = columns.len() + 1;
        let words = t!("{}: column {} of {of}", column.title, to + 1);
        columns.insert(to, column);
        self.on_change.run(columns);
        self.env.announce(words);
    }

    /// Moves a column by one place.
    fn shift(self, key: &str, by: isize) {
        let to = self.place(key).and_then(|at| at.checked_add_signed(by));
        to.into_iter().for_each(|to| self.put(key, to));
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

    /// Makes a column wider or narrower than its heading is now.
    fn step(self, key: &str, heading: &Element, by: i32) {
        let px = self.widen(key, width(heading) + by);
        self.env.announce(t!("{px} pixels wide"));
    }

    fn on_key(self, event: &ev::KeyboardEvent, key: &str, heading: &HtmlElement) {
        let by: i32 = match event.key().as_str() {
            "ArrowLeft" => -1,
            "ArrowRight" => 1,
            "ArrowDown" if event.alt_key() => {
                event.prevent_default();
                event.stop_propagation();
                let menu = dom::within(heading, "[aria-haspopup]");
                menu.iter().for_each(|button| button.click());
                return;
            }
            _ => return,
        };
        if !event.shift_key() || event.alt_key() {
            return;
        }
        event.prevent_default();
        event.stop_propagation();
        if event.ctrl_key() || event.meta_key() {
            let row = heading.parent_element();
            self.shift(key, by as isize);
            let to = self.place(key).unwrap_or(0);
            // Once the headings have been drawn in their new order.
            request_animation_frame(move || {
                let heading = row.and_then(|row| headings(&row).into_iter().nth(to));
                let control = heading.map(|heading| {
                    let button = dom::within(&heading, ".grid-sort").into_iter().next();
                    button.unwrap_or(heading)
                });
                control
                    .into_iter()
                    .for_each(|control| drop(control.focus()));
            });
        } else {
            self.step(key, heading, by * STEP);
        }
    }

    /// Listens for keys and for the pointer that drags the whole heading.
    /// Listens for keys and for the pointer that drags the whole heading. A pointer may leave the heading
    /// between two of its events: what follows the press is heard by the row.
    fn listen(self, heading: &HtmlElement, key: &'static str) {
        let Some(row) = dom::parent(heading) else {
            return;
        };
        let on_key = heading.clone();
        dom::listen(heading, ev::keydown, move |event| {
            self.on_key(&event, key, &on_key);
        });
        let pressed = StoredValue::new(None::<i32>);
        let target = StoredValue::new(None::<usize>);
        dom::listen(heading, ev::pointerdown, move |event| {
            pressed.set_value((event.button() == 0).then(|| event.client_x()));
        });
        let all = row.clone();
        dom::listen(&row, ev::pointermove, move |event| {
            let x = event.client_x();
            let from = pressed.get_value().filter(|_| event.buttons() & 1 == 1);
            let begun = target.get_value().is_some();
            if from.is_none_or(|from| !begun && (x - from).abs() < CLICK) {
                return;
            }
            if !begun {
                // From now on a click is none: it would sort.
                dom::capture(&event);
            }
            let all = headings(&all);
            let passed =
                |heading: &&HtmlElement| heading.get_bounding_client_rect().right() < f64::from(x);
            let to = all.iter().filter(passed).count();
            let to = to.min(all.len().saturating_sub(1));
            target.set_value(Some(to));
            mark(&all, Some(to));
        });
        let all = row.clone();
        let end = move |keep: bool| {
            pressed.set_value(None);
            let to = target.try_update_value(Option::take).flatten();
            let to = to.inspect(|_| mark(&headings(&all), None));
            to.filter(|_| keep)
                .into_iter()
                .for_each(|to| self.put(key, to));
        };
        let lost = end.clone();
        dom::listen(&row, ev::pointerup, move |_| end(true));
        dom::listen(&row, ev::pointercancel, move |_| lost(false));
    }

    fn tools(self, column: &Column) -> AnyView {
        let (key, title) = (column.key, column.title.clone());
        let edge = NodeRef::<html::Span>::new();
        let heading = move || {
            let edge = edge.try_get_untracked().flatten();
            edge.and_then(|edge| dom::parent(&edge))
        };
        Effect::new(move |_| {
            let Some(heading) = edge.get().and_then(|edge| dom::parent(&edge)) else {
                return;
            };
            // Its name is not that of the menu, too.
            drop(heading.set_attribute("aria-label", &title));
            drop(heading.set_attribute("aria-keyshortcuts", KEYS));
            self.listen(&heading, key);
        });
        let item = move |label: &str, icon, run: Callback<()>| MenuItem::Action {
            label: label.to_owned(),
            icon: Some(icon),
            run,
        };
        let shift = move |by: isize| Callback::new(move |()| self.shift(key, by));
        let resize = move |by: i32| {
            Callback::new(move |()| {
                let heading = heading();
                heading
                    .iter()
                    .for_each(|heading| self.step(key, heading, by));
            })
        };
        let items = move || {
            vec![
                item(t!("Move left"), Glyph::ArrowLeft, shift(-1)),
                item(t!("Move right"), Glyph::ArrowRight, shift(1)),
                MenuItem::Separator,
                item(t!("Wider"), Glyph::Add, resize(4 * STEP)),
                item(t!("Narrower"), Glyph::Subtract, resize(-4 * STEP)),
            ]
        };
        let grip = StoredValue::new(None::<(i32, i32)>);
        view! {
            <Menu
                label=t!("Arrange {}", column.title)
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
                    let wide = heading().map(|heading| width(&heading));
                    grip.set_value(wide.map(|wide| (event.client_x(), wide)));
                }
                on:pointermove=move |event| {
                    if let Some((from, wide)) = grip.try_get_value().flatten() {
                        self.widen(key, wide + event.client_x() - from);
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

/// The headings of a row that can be moved.
fn headings(row: &Element) -> Vec<HtmlElement> {
    dom::within(row, ".grid-heading:not(.grid-box)")
}

fn width(heading: &Element) -> i32 {
    heading.get_bounding_client_rect().width().round() as i32
}

/// Shows where what is dragged would go.
fn mark(headings: &[HtmlElement], target: Option<usize>) {
    for (at, heading) in headings.iter().enumerate() {
        let here = target == Some(at);
        drop(heading.class_list().toggle_with_force("target", here));
    }
}
