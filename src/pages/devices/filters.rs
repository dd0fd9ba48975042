//! Search and filters; each offers the values that devices have.

use super::{View, text};
use crate::domain::device_list::FILTERS;
use crate::reactive::{Memo, Signal};
use crate::ui::dynamic::{CollectAny, dynamic};
use crate::ui::field::{SearchBox, Select, Switch};
use leptos::prelude::*;

#[component]
pub(super) fn Filters(view: View) -> impl IntoView {
    let query = view.query;
    let counted = move || {
        let unknown = view.beside.read().incidents.is_none();
        unknown.then(|| text::NOT_COUNTED.to_owned())
    };
    view! {
        <div class="toolbar" role="search">
            <SearchBox
                label=text::SEARCH
                value=Signal::derive(move || query.read().text.clone())
                on_input=move |typed: String| view.change(move |query| query.text = typed)
            />
            {FILTERS.into_iter().map(|filter| one(view, filter)).collect_any()}
            <Switch
                label=text::THREATENED
                checked=Signal::derive(move || query.read().threatened)
                disabled_reason=Signal::derive(counted)
                on_change=move |on| view.change(move |query| query.threatened = on)
            />
        </div>
    }
}

/// A filter; absent while no device has such a value and none is asked for.
fn one(view: View, filter: &'static str) -> AnyView {
    let chosen = Memo::new(move |_| view.query.read().value(filter));
    let values = Memo::new(move |_| {
        let chosen = chosen.get();
        let mut values = view.fleet.read().values(filter, &view.beside.read());
        // A link may ask for what no device has.
        if !chosen.is_empty() && !values.iter().any(|(value, _)| *value == chosen) {
            values.push((chosen.clone(), chosen));
        }
        values
    });
    let offered = Memo::new(move |_| !values.read().is_empty());
    dynamic(move || {
        let options = Signal::derive(move || {
            let any = (String::new(), text::ANY.to_owned());
            [vec![any], values.get()].concat()
        });
        offered.get().then(|| {
            view! {
                <Select
                    label=text::filter(filter)
                    options
                    value=chosen
                    on_change=move |to: String| view.change(move |query| query.only(filter, to))
                />
            }
        })
    })
}
