//! The filter bar: search, four filters with the counts each choice would show, the time range, and
//! a way back to the default view.

use super::columns;
use super::text;
use crate::domain::incident::Status;
use crate::domain::queue_index::Facets;
use crate::domain::queue_query::{Column as Field, Preset, QueueQuery, Range};
use crate::domain::severity::Severity;
use crate::domain::text::visible;
use crate::reactive::{Memo, Signal};
use crate::routes::{Route, navigator};
use crate::state::incidents::incidents;
use crate::ui::button::{Button, ButtonKind};
use crate::ui::dynamic::dynamic;
use crate::ui::env::env;
use crate::ui::field::{SearchBox, Select};
use crate::ui::icon::Glyph;
use crate::ui::multi_select::{Choice, MultiSelect};
use leptos::prelude::*;

/// Its place, until it comes.
pub(super) fn waiting() -> AnyView {
    view! { <div class="toolbar" aria-hidden="true"></div> }.into_any()
}

/// The bar.
#[component]
pub(super) fn Filters(query: Memo<QueueQuery>) -> impl IntoView {
    let navigator = navigator();
    let incidents = incidents();
    let env = env();
    let facets = Memo::new(move |_| {
        let (now, zone) = (env.now.get(), env.zone.get());
        incidents
            .index()
            .with(|index| index.facets(&query.read(), now, &zone))
    });
    let change = move |edit: &dyn Fn(&mut QueueQuery)| {
        let mut next = query.get_untracked();
        next.ignored.clear();
        edit(&mut next);
        navigator.go(&Route::Incidents(next));
    };
    // Each letter is not a step back: the address follows, the history does not grow.
    let search = move |typed: String| {
        let next = QueueQuery {
            text: typed,
            ignored: Vec::new(),
            ..query.get_untracked()
        };
        navigator.replace(&Route::Incidents(next));
    };
    // No box ticked is no restriction: every status.
    let set_status = move |values: Vec<String>| {
        let chosen: Vec<Status> = values.iter().map(|v| Status::parse(v)).collect();
        change(&|q| q.status = (!chosen.is_empty()).then(|| chosen.clone()));
    };
    let set_severity = move |values: Vec<String>| {
        change(&|q| q.severity = values.iter().map(|v| Severity::parse(v)).collect());
    };
    let set_assigned = move |values: Vec<String>| change(&|q| q.assigned.clone_from(&values));
    let set_tags = move |values: Vec<String>| change(&|q| q.tags.clone_from(&values));
    let set_columns = move |values: Vec<String>| {
        let mut next = query.get_untracked();
        next.columns = chosen(&next, &values);
        navigator.replace(&Route::Incidents(next));
    };
    view! {
        <div class="toolbar" role="search" aria-label=text::FILTERS>
            <SearchBox
                label=text::SEARCH
                value=Signal::derive(move || query.get().text)
                on_input=search
            />
            <MultiSelect
                label=text::STATUS
                choices=Signal::derive(move || statuses(&facets.read()))
                selected=Signal::derive(move || {
                    query.get().status.unwrap_or_default().iter().map(|s| s.wire().to_owned()).collect()
                })
                on_change=set_status
            />
            <MultiSelect
                label=text::SEVERITY
                choices=Signal::derive(move || severities(&facets.read()))
                selected=Signal::derive(move || {
                    query.get().severity.iter().map(|s| s.wire().to_owned()).collect()
                })
                on_change=set_severity
            />
            <MultiSelect
                label=text::ASSIGNED
                choices=Signal::derive(move || named(&facets.read().assigned, &query.read().assigned))
                selected=Signal::derive(move || query.get().assigned)
                on_change=set_assigned
            />
            <MultiSelect
                label=text::TAGS
                choices=Signal::derive(move || named(&facets.read().tags, &query.read().tags))
                selected=Signal::derive(move || query.get().tags)
                on_change=set_tags
            />
            <Select
                label=text::RANGE
                hide_label=true
                options=Signal::derive(move || ranges(query.get().range))
                value=Signal::derive(move || query.get().range.slug())
                on_change=move |slug: String| {
                    change(&|q| q.range = Range::parse(&slug).unwrap_or(q.range));
                }
            />
            <MultiSelect
                label=text::COLUMNS
                name_only=true
                choices=Signal::derive(move || Field::ALL.into_iter().map(|field| Choice {
                    value: field.slug().to_owned(),
                    label: text::column(field).to_owned(),
                    count: None,
                }).collect::<Vec<_>>())
                selected=Signal::derive(move || slugs(&columns::order(&query.read(), false)))
                on_change=set_columns
            />
            {dynamic(move || {
                query.get().filtered().then(|| {
                    let reset = move |()| {
                        let QueueQuery { sort, columns, .. } = query.get_untracked();
                        let all = QueueQuery { sort, columns, ..QueueQuery::default() };
                        navigator.go(&Route::Incidents(all));
                    };
                    view! {
                        <Button kind=ButtonKind::Subtle icon=Glyph::Close on_click=reset>
                            {text::RESET}
                        </Button>
                    }
                })
            })}
        </div>
    }
}

/// The columns that are ticked: in the order they had, then those that are new.
fn chosen(query: &QueueQuery, ticked: &[String]) -> Vec<Field> {
    let before = columns::order(query, false);
    let ticked: Vec<Field> = ticked
        .iter()
        .filter_map(|slug| Field::from_slug(slug))
        .collect();
    let kept = before.iter().filter(|field| ticked.contains(field));
    let new = ticked.iter().filter(|field| !before.contains(field));
    let next: Vec<Field> = kept.chain(new).copied().collect();
    // All of them as they come are nothing to say in an address.
    if next == Field::ALL { Vec::new() } else { next }
}

fn slugs(fields: &[Field]) -> Vec<String> {
    fields.iter().map(|field| field.slug().to_owned()).collect()
}

/// Every known status, and whatever else the data holds.
fn statuses(facets: &Facets) -> Vec<Choice> {
    let count = |status: &Status| {
        facets
            .status
            .iter()
            .find(|(s, _)| s == status)
            .map_or(0, |(_, n)| *n)
    };
    let unknown = facets
        .status
        .iter()
        .map(|(status, _)| status)
        .filter(|s| matches!(s, Status::Unknown(_)));
    let all = Status::ALL.iter().chain(unknown);
    all.map(|s| choice(s.wire(), s.label().into_owned(), count(s)))
        .collect()
}

fn severities(facets: &Facets) -> Vec<Choice> {
    let count = |severity: &Severity| {
        facets
            .severity
            .iter()
            .find(|(s, _)| s == severity)
            .map_or(0, |(_, n)| *n)
    };
    let known = Severity::ALL.iter().filter(|s| **s != Severity::NotSet);
    let others = facets.severity.iter().map(|(s, _)| s);
    let others = others.filter(|s| matches!(s, Severity::Unknown(_) | Severity::NotSet));
    known
        .chain(others)
        .map(|s| choice(s.wire(), s.label().into_owned(), count(s)))
        .collect()
}

/// The values of the data, and those of the query that the data does not hold (yet).
fn named(values: &[(String, usize)], chosen: &[String]) -> Vec<Choice> {
    let missing = chosen
        .iter()
        .filter(|c| !values.iter().any(|(v, _)| v == *c));
    let known = values
        .iter()
        .map(|(value, count)| choice(value, value.clone(), *count));
    known
        .chain(missing.map(|value| choice(value, value.clone(), 0)))
        .collect()
}

fn choice(value: &str, label: String, count: usize) -> Choice {
    Choice {
        value: value.to_owned(),
        label: visible(&label).into_owned(),
        count: Some(count),
    }
}

/// The presets, everything, and the days a link brought along.
fn ranges(current: Range) -> Vec<(String, String)> {
    let mut ranges: Vec<Range> = Preset::ALL.into_iter().map(Range::Last).collect();
    ranges.push(Range::All);
    if !ranges.contains(&current) {
        ranges.push(current);
    }
    ranges
        .into_iter()
        .map(|range| (range.slug(), range.label()))
        .collect()
}
