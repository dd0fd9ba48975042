//! **Most impacted assets**: users and devices, each with its incidents.

use super::context::{Ctx, unknown};
use super::overview::stamp;
use super::{export, linked, text};
use crate::domain::report::{Impact, Known, Report, export as tables};
use crate::domain::text::visible;
use crate::reactive::Signal;
use crate::ui::dynamic::{CollectAny, dynamic};
use leptos::prelude::*;
use std::sync::Arc;

pub(super) fn section(ctx: Ctx, report: Signal<Arc<Report>>) -> AnyView {
    let exported = Callback::new(move |()| {
        let report = report.try_get_untracked()?;
        Some((tables::impacted(&report), stamp(ctx, &report)))
    });
    let content = dynamic(move || lists(ctx, &report.get()));
    export::section(text::ASSETS, text::ASSETS_DEFINITION, exported, content)
}

/// Both lists.
pub(super) fn lists(ctx: Ctx, report: &Report) -> AnyView {
    let list = |title: &'static str, assets: &Known<Vec<Impact>>| {
        let rows = match assets {
            Err(why) => unknown(*why),
            Ok(assets) if assets.is_empty() => {
                view! { <p class="muted">{text::NO_ASSETS}</p> }.into_any()
            }
            Ok(assets) => {
                let row = |asset: &Impact| {
                    let to = ctx.list(&report.period, false, &[("asset", &asset.id)]);
                    let name = visible(&asset.name).into_owned();
                    view! {
                        <li class="row">
                            <span class="grow breakable">{name}</span>
                            {linked(asset.count, to)}
                        </li>
                    }
                };
                let rows = assets.iter().map(row).collect_any();
                view! { <ul class="plain-list">{rows}</ul> }.into_any()
            }
        };
        view! {
            <div class="stack">
                <h3>{title}</h3>
                {rows}
            </div>
        }
        .into_any()
    };
    view! { {list(text::USERS, &report.users)} {list(text::DEVICES, &report.devices)} }.into_any()
}
