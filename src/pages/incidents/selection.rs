//! The incidents that are ticked in the queue, and what can be done with them. They stay ticked until
//! the page is left, whichever query it shows.

use super::rows::Rows;
use super::text;
use crate::domain::id::IncidentId;
use crate::domain::selection::{Selection, Tick};
use crate::platform::task::spawn_local;
use crate::platform::{clipboard, location};
use crate::reactive::{Effect, Memo, RwSignal, Signal};
use crate::routes::{IncidentView, Navigator, Route, navigator};
use crate::state::incidents::incidents;
use crate::ui::button::{Button, ButtonKind};
use crate::ui::dynamic::dynamic;
use crate::ui::grid;
use leptos::html;
use leptos::prelude::*;

/// What is ticked, by the index's row numbers: an incident keeps its number.
#[derive(Clone, Copy)]
pub(super) struct Ticked(RwSignal<Selection>);

impl Ticked {
    /// Nothing yet.
    pub(super) fn new() -> Ticked {
        Ticked(RwSignal::new(Selection::default()))
    }

    /// Whether there is anything, without following it.
    pub(super) fn any(self) -> bool {
        self.0.with_untracked(|ticked| ticked.count() > 0)
    }

    /// What the grid asks and does.
    pub(super) fn of(self, rows: Rows) -> grid::Selection {
        let shown = rows.shown();
        grid::Selection {
            is: Callback::new(move |at: usize| {
                let row = shown.read().rows.get(at).copied();
                row.is_some_and(|row| self.0.read().has(row))
            }),
            label: Callback::new(move |at: usize| {
                let id = rows.id(at);
                id.map_or_else(String::new, |id| text::select(id.as_str()))
            }),
            tick: Callback::new(move |tick| {
                let view = shown.get_untracked();
                self.0.update(|ticked| ticked.tick(tick, &view.rows));
            }),
            all: Signal::derive(move || {
                let view = shown.read();
                match self.0.read().count_in(&view.rows) {
                    0 => Some(false),
                    some => (some == view.rows.len()).then_some(true),
                }
            }),
        }
    }

    /// The one incident that is ticked, where it is one: id and name.
    pub(super) fn only(self, rows: Rows) -> Option<(String, String)> {
        let ticked = self.0.get_untracked();
        if ticked.count() != 1 {
            return None;
        }
        let shown = rows.shown().get_untracked();
        let in_view = shown.rows.iter().copied().find(|row| ticked.has(*row));
        let row = in_view.or_else(|| ticked.things().next())?;
        incidents().index().with_untracked(|index| {
            let row = index.row(row)?;
            Some((row.id().to_owned(), row.name().to_owned()))
        })
    }

    fn clear(self) {
        self.0.update(|ticked| ticked.tick(Tick::None, &[]));
    }

    /// The addresses of what is ticked, one a line: as the rows stand, then what is not in view.
    fn links(self, rows: Rows, navigator: Navigator) -> Vec<String> {
        let ticked = self.0.get_untracked();
        let view = rows.shown().get_untracked();
        let in_view = view.rows.iter().copied().filter(|row| ticked.has(*row));
        let mut hidden = ticked.clone();
        hidden.tick(Tick::All(false), &view.rows);
        let index = incidents().index();
        let link = |row: u32| {
            let id = index.with_untracked(|index| Some(index.row(row)?.id().to_owned()))?;
            let id = IncidentId(id);
            let route = Route::Incident(IncidentView::new(id));
            location::absolute(&navigator.href(&route))
        };
        in_view.chain(hidden.things()).filter_map(link).collect()
    }
}

/// How many are ticked, beside the list's own count, and what can be done with them.
#[component]
pub(super) fn Selected(ticked: Ticked, rows: Rows, list: NodeRef<html::Div>) -> impl IntoView {
    let navigator = navigator();
    let any = Memo::new(move |_| ticked.0.read().count() > 0);
    let words = Memo::new(move |_| {
        let ticked = ticked.0.read();
        let hidden = ticked.count() - ticked.count_in(&rows.shown().read().rows);
        text::selected(ticked.count(), hidden)
    });
    let outcome = RwSignal::new(String::new());
    // It was said of another selection.
    Effect::new(move |_| {
        ticked.0.track();
        outcome.set(String::new());
    });
    let copy = move |()| {
        let links = ticked.links(rows, navigator);
        spawn_local(async move {
            let copied = clipboard::write(&links.join("\n")).await;
            let _ = outcome.try_set(match copied {
                true => text::links_copied(links.len()),
                false => text::LINKS_NOT_COPIED.into(),
            });
        });
    };
    let clear = move |()| {
        ticked.clear();
        // The button goes with what it cleared.
        if let Some(list) = list.get_untracked() {
            grid::enter(&list);
        }
    };
    view! {
        <p class="queue-selection">
            <strong role="status">{move || words.get()}</strong>
            {dynamic(move || {
                any.get().then(|| {
                    view! {
                        <Button kind=ButtonKind::Subtle small=true on_click=copy>
                            {text::COPY_LINKS}
                        </Button>
                        <Button kind=ButtonKind::Subtle small=true on_click=clear>
                            {text::CLEAR}
                        </Button>
                    }
                })
            })}
            <span class="muted" role="status">{move || outcome.get()}</span>
        </p>
    }
}
