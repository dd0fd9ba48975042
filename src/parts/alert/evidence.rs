//! The evidence of an alert: a line for each piece, which opens to all that is known of it.

use super::text;
use crate::domain::evidence::{Evidence, Fact, FactValue};
use crate::domain::text::visible;
use crate::reactive::{RwSignal, Signal};
use crate::ui::button::{Button, ButtonKind};
use crate::ui::dynamic::{CollectAny, dynamic};
use crate::ui::properties::{Properties, Property};
use crate::ui::time::Time;
use leptos::prelude::*;

/// The table.
pub(super) fn table(all: &[Evidence]) -> AnyView {
    if all.is_empty() {
        return view! { <p class="muted">{text::NO_EVIDENCE}</p> }.into_any();
    }
    view! {
        <div class="table-frame" tabindex="0" role="group" aria-label=text::EVIDENCE>
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{text::EVIDENCE_NAME}</th>
                        <th scope="col">{text::EVIDENCE_KIND}</th>
                        <th scope="col">{text::EVIDENCE_DETAIL}</th>
                        <th scope="col">{text::VERDICT}</th>
                        <th scope="col">{text::REMEDIATION}</th>
                        <th scope="col">{text::PROPERTIES}</th>
                    </tr>
                </thead>
                <tbody>{all.iter().map(rows).collect_any()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn rows(one: &Evidence) -> AnyView {
    let open = RwSignal::new(false);
    let expanded = Signal::derive(move || Some(open.get()));
    let name = visible(&one.name()).into_owned();
    let button = if one.facts().is_empty() {
        ().into_any()
    } else {
        let of = text::of(&name);
        view! {
            <Button
                kind=ButtonKind::Subtle
                small=true
                expanded
                on_click=move |()| open.update(|open| *open = !*open)
            >
                {move || if open.get() { text::HIDE } else { text::SHOW }}
                <span class="visually-hidden">{of}</span>
            </Button>
        }
        .into_any()
    };
    let line = view! {
        <tr>
            <th scope="row">{name}</th>
            <td>{visible(&one.kind()).into_owned()}</td>
            <td class="mono">{one.detail().map(|detail| visible(&detail).into_owned())}</td>
            <td>{one.verdict().label()}</td>
            <td>{one.remediation().label()}</td>
            <td>{button}</td>
        </tr>
    };
    let one = one.clone();
    let facts = move || {
        if !open.get() {
            return ().into_any();
        }
        let facts = one.facts().into_iter().map(fact).collect_any();
        view! {
            <tr>
                <td colspan="6">
                    <Properties>{facts}</Properties>
                </td>
            </tr>
        }
        .into_any()
    };
    view! {
        {line}
        {dynamic(facts)}
    }
    .into_any()
}

fn fact(fact: Fact) -> AnyView {
    let label = visible(&fact.label).into_owned();
    let value = match fact.value {
        FactValue::Text(words) => {
            let words = visible(&words).into_owned();
            view! { <span class="breakable">{words}</span> }.into_any()
        }
        FactValue::At(ts) => view! { <Time ts /> }.into_any(),
    };
    view! { <Property label>{value}</Property> }.into_any()
}
