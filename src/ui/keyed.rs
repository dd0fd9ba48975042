//! Lists whose rows stay while their keys do. One instance of leptos's `For` serves them all, because
//! each costs 9 kB.

use leptos::prelude::*;

struct Row {
    key: String,
    draw: Box<dyn FnOnce() -> AnyView + Send>,
}

/// A row for each item; a row is built once for its key and then follows its signals.
pub fn keyed<T: Send + 'static>(
    items: impl Fn() -> Vec<T> + Send + 'static,
    key: impl Fn(&T) -> String + Send + 'static,
    row: impl Fn(T) -> AnyView + Clone + Send + 'static,
) -> AnyView {
    list(Box::new(move || {
        let items = items().into_iter();
        let rows = items.map(|item| {
            let row = row.clone();
            Row {
                key: key(&item),
                draw: Box::new(move || row(item)),
            }
        });
        rows.collect()
    }))
}

fn list(rows: Box<dyn Fn() -> Vec<Row> + Send>) -> AnyView {
    view! { <For each=rows key=|row| row.key.clone() children=|row| (row.draw)() /> }.into_any()
}
