//! `/reports` and `/reports/trends`: what the service did, in figures that each open the list they count,
//! with their definitions, range, zone, origin and age beside them.

mod breakdown;
mod context;
mod export;
mod headline;
mod impacted;
mod in_turn;
mod overview;
mod proof;
mod required;
mod review;
mod tactics;
mod tasks;
mod text;
mod times;
mod trends;

use crate::domain::queue_query::{Preset, Range};
use crate::domain::report::Period;
use crate::domain::report::view::{PRESETS, View};
use crate::reactive::{Memo, Signal};
use crate::routes::{Route, navigator};
use crate::state::incidents::incidents;
use crate::ui::badge::Tone;
use crate::ui::button::{Button, ButtonKind, LinkButton};
use crate::ui::date_range::DateRange;
use crate::ui::dynamic::dynamic;
use crate::ui::env::env;
use crate::ui::field::Switch;
use crate::ui::icon::Glyph;
use crate::ui::message_bar::MessageBar;
use crate::ui::tabs::{Tab, Tabs};
use context::{Ctx, href};
use leptos::prelude::*;

const OVERVIEW: &str = "overview";
const TRENDS: &str = "trends";

/// The page.
#[component]
pub fn ReportsPage(route: Memo<Route>) -> impl IntoView {
    // While another page takes over, the route is no longer ours: the last address stays.
    let address = Memo::new(move |before: Option<&(bool, String)>| match route.get() {
        Route::Reports { trends, query } => (trends, query),
        _ => before.cloned().unwrap_or_default(),
    });
    let view = Memo::new(move |_| View::parse(&address.read().1));
    let trends = Memo::new(move |_| address.read().0);
    let (navigator, env) = (navigator(), env());
    let period = Memo::new(move |_| Period::of(view.read().range, env.now.get(), &env.zone.get()));
    let ctx = Ctx {
        view,
        period,
        trends,
        navigator,
        incidents: incidents(),
        zone: env.zone,
        now: env.now,
        again: crate::reactive::RwSignal::new(0),
    };
    let tab = move |key: &'static str, words: &'static str| {
        let to = Route::Reports {
            trends: key == TRENDS,
            query: address.read().1.clone(),
        };
        Tab::link(key, words, navigator.href(&to))
    };
    let tabs =
        Signal::derive(move || vec![tab(OVERVIEW, text::OVERVIEW), tab(TRENDS, text::TRENDS)]);
    let selected = Signal::derive(move || if trends.get() { TRENDS } else { OVERVIEW });
    let review = Memo::new(move |_| view.read().review);
    dynamic(move || {
        if review.get() {
            return review::document(ctx);
        }
        view! {
            <div class="report">
                <header class="page-header">
                    <div>
                        <h1 tabindex="-1">{text::TITLE}</h1>
                        <p class="subtitle">{text::SUBTITLE}</p>
                    </div>
                    <Button kind=ButtonKind::Subtle icon=Glyph::Refresh on_click=move |()| ctx.refresh()>
                        {text::REFRESH}
                    </Button>
                    <LinkButton icon=Glyph::File href=Signal::derive(move || ctx.review_href())>
                        {text::REVIEW}
                    </LinkButton>
                </header>
                {dynamic(move || ignored(&view.read().ignored))}
                <Tabs label=text::TITLE tabs selected>
                    {dynamic(move || {
                        if trends.get() { trends::tab(ctx) } else { overview(ctx) }
                    })}
                </Tabs>
            </div>
        }
        .into_any()
    })
}

fn ignored(names: &[String]) -> Option<AnyView> {
    (!names.is_empty())
        .then(|| view! { <MessageBar tone=Tone::Warning text=text::ignored(names) /> }.into_any())
}

fn overview(ctx: Ctx) -> AnyView {
    let presets: Vec<_> = PRESETS
        .iter()
        .map(|preset: &Preset| (preset.slug().to_owned(), preset.label().to_owned()))
        .collect();
    let change = move |slug: String| {
        if let Some(range) = Range::parse(&slug) {
            ctx.change(|view| view.range = range);
        }
    };
    view! {
        <div class="toolbar" role="group" aria-label=text::RANGE_AND_COMPARISON>
            <DateRange
                label=text::DATE_RANGE
                presets
                value=Signal::derive(move || ctx.view.read().range.slug())
                on_change=change
            />
            <Switch
                label=text::COMPARE
                checked=Signal::derive(move || ctx.view.read().compare)
                on_change=move |on: bool| ctx.change(|view| view.compare = on)
            />
        </div>
        {overview::overview(ctx)}
    }
    .into_any()
}

/// A link to a list, with the number it counts.
fn linked(number: usize, to: String) -> AnyView {
    view! { <a href=to>{href::number(number)}</a> }.into_any()
}
