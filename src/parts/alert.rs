//! What is known of one alert: its description, its facts and the evidence it rests on.

mod evidence;
mod text;

use crate::domain::alert::Alert;
use crate::domain::text::visible;
use crate::domain::time::Timestamp;
use crate::ui::properties::{Properties, Property};
use crate::ui::time::Time;
use leptos::prelude::*;
use std::sync::Arc;

/// Description, facts and evidence of an alert.
#[component]
pub fn AlertFacts(
    /// Which.
    alert: Arc<Alert>,
) -> impl IntoView {
    let text_of = |words: &Option<String>| words.as_deref().map(|w| visible(w).into_owned());
    let category = text_of(&alert.category);
    let source = text_of(&alert.source);
    let description = text_of(&alert.description);
    let techniques = visible(&alert.techniques.join(", ")).into_owned();
    let time = |label: &'static str, at: Option<Timestamp>| {
        at.map(|at| view! { <Property label><Time ts=at /></Property> })
    };
    let (first, last) = (alert.first_activity, alert.last_activity);
    view! {
        {description.map(|words| view! { <p class="prose">{words}</p> })}
        <Properties>
            {category.map(|c| view! { <Property label=text::CATEGORY>{c}</Property> })}
            {source.map(|s| view! { <Property label=text::SOURCE>{s}</Property> })}
            {(!techniques.is_empty())
                .then(|| view! { <Property label=text::TECHNIQUES>{techniques}</Property> })}
            {time(text::FIRST_ACTIVITY, first)}
            {time(text::LAST_ACTIVITY, last)}
        </Properties>
        <h3>{text::EVIDENCE}</h3>
        {evidence::table(&alert.evidence)}
    }
    .into_any()
}
