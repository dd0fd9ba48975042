//! The list without rows, and what to do about it.

use super::text;
use crate::domain::id::IncidentId;
use crate::domain::queue_query::QueueQuery;
use crate::reactive::Memo;
use crate::routes::{IncidentView, Route, navigator};
use crate::state::incidents::incidents;
use crate::ui::button::{Button, LinkButton};
use crate::ui::empty::Empty;
use crate::ui::icon::Glyph;
use leptos::prelude::*;

/// A list without rows: because of the filters, or because there is nothing.
#[component]
pub(super) fn Nothing(query: Memo<QueueQuery>) -> impl IntoView {
    let navigator = navigator();
    let incidents = incidents();
    let reading = Memo::new(move |_| {
        let pages = incidents.sync().with(|sync| sync.loading && !sync.stopped);
        pages || incidents.facts().with(|facts| facts.loading)
    });
    let partial = Memo::new(move |_| incidents.sync().with(|sync| sync.partial));
    view! {
        {move || {
            if reading.get() {
                return view! { <p class="muted pad">{text::LOADING}</p> }.into_any();
            }
            if partial.get() {
                let go_on = move |()| incidents.go_on();
                return view! {
                    <Empty
                        glyph=Glyph::Filter
                        title=text::NONE_MATCH
                        text=Some(text::NONE_READ.to_owned())
                    >
                        <Button on_click=go_on>{text::CONTINUE}</Button>
                    </Empty>
                }
                    .into_any();
            }
            if query.get().filtered() {
                let reset = move |()| navigator.go(&Route::Incidents(QueueQuery::default()));
                // An id from a ticket may be of an incident that the filters leave out.
                let id = query.get().text.trim().to_owned();
                let by_id = id.bytes().all(|byte| byte.is_ascii_digit()) && !id.is_empty();
                let by_id = by_id.then(|| {
                    let to = Route::Incident(IncidentView::new(IncidentId(id.clone())));
                    view! { <LinkButton href=navigator.href(&to)>{text::open_by_id(&id)}</LinkButton> }
                });
                return view! {
                    <Empty
                        glyph=Glyph::Filter
                        title=text::NONE_MATCH
                        text=Some(text::NONE_MATCH_ADVICE.to_owned())
                    >
                        {by_id}
                        <Button on_click=reset>{text::START_OVER}</Button>
                    </Empty>
                }
                    .into_any();
            }
            view! {
                <Empty glyph=Glyph::Success title=text::NONE text=Some(text::NONE_ADVICE.to_owned()) />
            }
                .into_any()
        }}
    }
}
