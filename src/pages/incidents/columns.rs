//! The columns of the queue: which, in which order and how wide. Which and in which order is in the address;
//! how wide is this browser's, as screens differ. How a person arranges them comes with the tools.

use super::text;
use super::tools::Tools;
use crate::domain::queue_query::{Column as Field, QueueQuery};
use crate::platform::storage::{self, Place};
use crate::reactive::{Memo, RwSignal, Signal};
use crate::routes::{Route, navigator};
use crate::ui::dynamic::dynamic;
use crate::ui::grid::Column;
use crate::ui::grid::arrange::{Arranging, arranging};
use crate::ui::late::Late;
use leptos::prelude::*;
use std::sync::Arc;

const WIDTHS: &str = "queue-widths";

/// The columns as they are shown.
#[derive(Clone, Copy)]
pub(super) struct Columns {
    query: Memo<QueueQuery>,
    narrow: RwSignal<bool>,
    /// Of those that somebody has made wider or narrower, as they are kept: `name:240,id:80`.
    widths: RwSignal<String>,
}

impl Columns {
    pub(super) fn new(query: Memo<QueueQuery>, narrow: RwSignal<bool>) -> Columns {
        Columns {
            query,
            narrow,
            widths: RwSignal::new(storage::read(Place::Device, WIDTHS).unwrap_or_default()),
        }
    }

    pub(super) fn shown(self) -> Signal<Vec<Column>> {
        Signal::derive(move || {
            let fields = order(&self.query.read(), self.narrow.get());
            let widths = self.widths.read();
            fields
                .into_iter()
                .map(|field| column(field, &widths))
                .collect()
        })
    }

    /// What the headings offer, once it is here.
    pub(super) fn arranging(self, tools: Late<Tools>) -> Arranging {
        Arc::new(move |column: &Column| {
            let column = column.clone();
            dynamic(move || tools.here().map(|tools| (tools.arrange)(self, &column)))
        })
    }

    /// What a heading offers.
    pub(super) fn arrange(self, column: &Column) -> AnyView {
        let navigator = navigator();
        let on_change = Callback::new(move |columns: Vec<Column>| {
            self.widths.set(widths(&columns));
            storage::write(Place::Device, WIDTHS, &self.widths.get_untracked());
            let mut query = self.query.get_untracked();
            let fields = columns
                .iter()
                .filter_map(|column| Field::from_slug(column.key));
            let fields: Vec<Field> = fields.collect();
            if fields != order(&query, self.narrow.get_untracked()) {
                query.columns = fields;
                navigator.replace(&Route::Incidents(query));
            }
        });
        arranging(self.shown(), on_change)(column)
    }
}

/// Those that the address names, or all as they come.
pub(super) fn order(query: &QueueQuery, narrow: bool) -> Vec<Field> {
    match (query.columns.as_slice(), narrow) {
        ([], true) => ON_A_PHONE.to_vec(),
        ([], false) => Field::ALL.to_vec(),
        (named, _) => named.to_vec(),
    }
}

/// Those that no longer take a share of what is left over.
fn widths(columns: &[Column]) -> String {
    let set = columns.iter().filter(|one| {
        Field::from_slug(one.key).is_some_and(|field| {
            let usual = column(field, "");
            (usual.width, usual.grow) != (one.width, one.grow)
        })
    });
    let set: Vec<String> = set
        .map(|one| format!("{}:{}", one.key, one.width))
        .collect();
    set.join(",")
}

/// Where only the first columns are in sight, they say how bad and whose turn.
const ON_A_PHONE: [Field; 9] = [
    Field::Name,
    Field::Severity,
    Field::Status,
    Field::Updated,
    Field::Assigned,
    Field::Id,
    Field::Tags,
    Field::Classification,
    Field::Determination,
];

fn column(field: Field, widths: &str) -> Column {
    let (width, grow) = match field {
        Field::Name => (200, 3),
        Field::Id => (62, 0),
        Field::Tags => (134, 0),
        Field::Severity => (106, 0),
        Field::Status => (208, 0),
        Field::Assigned => (134, 1),
        Field::Classification => (112, 1),
        Field::Determination => (118, 1),
        Field::Updated => (110, 0),
    };
    let set = widths.split(',').find_map(|one| {
        let (key, width) = one.split_once(':')?;
        (key == field.slug()).then(|| width.parse().ok()).flatten()
    });
    let (width, grow) = set.map_or((width, grow), |width| (width, 0));
    let column = Column::new(field.slug(), text::column(field), width)
        .grow(grow)
        .sortable();
    if field == Field::Id {
        column.numeric()
    } else {
        column
    }
}
