//! Where the customer stands with the service, while there is something to say about it: nothing is said of
//! a service that runs, or of a deployment without one.

use super::text;
use crate::domain::error::ApiError;
use crate::domain::load::Load;
use crate::domain::service::Stage;
use crate::domain::text::visible;
use crate::routes::{Route, navigator};
use crate::state::service::{service, to_complete_now};
use crate::ui::badge::Tone;
use crate::ui::button::{ButtonKind, LinkButton};
use crate::ui::dynamic::dynamic;
use crate::ui::message_bar::MessageBar;
use crate::ui::time::Time;
use leptos::prelude::*;

/// The call to action above the count.
pub(super) fn stage() -> AnyView {
    let service = service();
    let navigator = navigator();
    let to = move |slug: &'static str, view: &str| {
        navigator.href(&Route::Settings(slug, view.to_owned()))
    };
    let call = move |words: &'static str, advice: &'static str| {
        view! {
            <p class="strong">{words}</p>
            <p class="muted">{advice}</p>
        }
    };
    let link = move |href: String, words: &'static str| {
        view! {
            <div class="cluster">
                <LinkButton kind=ButtonKind::Primary href=href>{words}</LinkButton>
            </div>
        }
    };
    dynamic(move || {
        let load = service.get();
        let now = match &load {
            Load::Ready(now, _) | Load::Stale(now, ..) => now,
            Load::Loading | Load::Failed(ApiError::NotConfigured { .. }) => return ().into_any(),
            Load::Failed(_) => {
                return view! { <p class="muted">{text::STAGE_UNKNOWN}</p> }.into_any();
            }
        };
        let banner = now.banner.clone().map(|(words, _)| {
            let words = visible(&words).into_owned();
            view! { <MessageBar tone=Tone::Info text=words /> }
        });
        let stage = match now.stage() {
            Stage::Active => ().into_any(),
            Stage::SettingUp => view! {
                {call(text::SETTING_UP, text::SETTING_UP_TEXT)}
                {link(to("get-started", ""), text::GET_STARTED)}
            }
            .into_any(),
            Stage::Readiness => {
                let count = to_complete_now();
                let list = to("service-status", "completeNow");
                view! {
                    {call(text::READINESS, text::READINESS_TEXT)}
                    {dynamic(move || {
                        let list = list.clone();
                        count
                            .get()
                            .filter(|count| *count > 0)
                            .map(|count| {
                                view! { <p><a href=list>{text::to_complete(count)}</a></p> }
                            })
                    })}
                    {link(to("service-status", ""), text::VIEW_READINESS)}
                }
                .into_any()
            }
            Stage::Monitoring => call(text::MONITORING, text::MONITORING_TEXT).into_any(),
            Stage::Ended => call(text::ENDED, text::ENDED_TEXT).into_any(),
        };
        let old = match &load {
            Load::Stale(_, at, _) => {
                let at = *at;
                Some(view! {
                    <p class="muted">{text::STAGE_OLD} " " <Time ts=at relative=true /> "."</p>
                })
            }
            _ => None,
        };
        view! {
            {banner}
            {stage}
            {old}
        }
        .into_any()
    })
}
