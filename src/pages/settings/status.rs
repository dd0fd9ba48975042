//! Service status: the readiness assessment with the actions needed and the protected assets, how it went
//! before, and whom to ask.

use super::status_assets::{assets, history};
use super::status_text as text;
use crate::domain::load::Load;
use crate::domain::readiness::{Item, Readiness, State, tenths};
use crate::domain::service::{Service, Stage};
use crate::domain::text::visible;
use crate::reactive::{Memo, Signal};
use crate::routes::{Route, navigator};
use crate::state::readiness::Assessment;
use crate::state::session::session;
use crate::state::settings::Settings;
use crate::ui::badge::{Badge, Tone};
use crate::ui::button::{Button, ButtonKind};
use crate::ui::dynamic::{CollectAny, dynamic};
use crate::ui::empty::Empty;
use crate::ui::env::env;
use crate::ui::icon::Glyph;
use crate::ui::load_view::LoadView;
use crate::ui::message_bar::MessageBar;
use crate::ui::properties::{Properties, Property};
use crate::ui::time::Time;
use leptos::prelude::*;
use std::sync::Arc;

/// The page's content.
pub(super) fn status(settings: Settings, view: Memo<String>) -> AnyView {
    let assessment = Assessment::open();
    let content = move |assessed: Signal<Arc<Readiness>>| {
        view! {
            {dynamic(move || summary(settings, assessment, &assessed.get()))}
            {actions(settings, assessment, assessed, view)}
            {dynamic(move || assets(&assessed.get()))}
            {history(assessment)}
        }
        .into_any()
    };
    view! {
        // Where there is none, the assessment says so.
        {session().has_experts().then(|| service(settings, assessment))}
        <LoadView
            load=assessment.load()
            what=text::WHAT
            on_retry=Callback::new(move |()| assessment.refresh())
            children=content
        />
    }
    .into_any()
}

/// The stage, and whom to ask.
fn service(settings: Settings, assessment: Assessment) -> AnyView {
    let review = move || {
        let load = assessment.review().get();
        match (load.value(), load.error()) {
            (Some(Some(at)), _) => view! { <Time ts=*at /> }.into_any(),
            (Some(None), _) => text::NO_REVIEW.into_any(),
            (None, Some(_)) => text::NOT_KNOWN.into_any(),
            (None, None) => "…".into_any(),
        }
    };
    let facts = move |service: &Service| {
        let (name, mail) = service.manager.clone();
        let href = format!("mailto:{mail}");
        let (stage, plan) = (
            text::stage(&service.state),
            visible(&service.plan).into_owned(),
        );
        view! {
            <Properties>
                <Property label=text::STAGE>
                    <span class="strong">{stage}</span>
                </Property>
                <Property label=text::PLAN>{plan}</Property>
                <Property label=text::MANAGER>
                    {visible(&name).into_owned()} " " <a href=href>{visible(&mail).into_owned()}</a>
                </Property>
                <Property label=text::REVIEW>{dynamic(review)}</Property>
            </Properties>
        }
    };
    let content = move |service: Signal<Arc<Service>>| dynamic(move || facts(&service.get()));
    view! {
        <section class="card" aria-label=text::SERVICE>
            <LoadView
                load=settings.service()
                what=text::SERVICE_WHAT
                on_retry=Callback::new(move |()| settings.refresh())
                children=content
            />
        </section>
    }
    .into_any()
}

/// Ready or not, as of when, and running it again.
fn summary(settings: Settings, assessment: Assessment, now: &Readiness) -> AnyView {
    let env = env();
    let (tone, words, about) = if now.ready {
        (Tone::Success, text::READY, text::READY_TEXT)
    } else {
        let service = settings.service().get();
        let runs = service
            .value()
            .is_some_and(|service| service.stage() == Stage::Active);
        let about = if runs {
            text::WENT_BACK_TEXT
        } else {
            text::NOT_READY_TEXT
        };
        (Tone::Warning, text::NOT_READY, about)
    };
    let old = now.old(env.now.get());
    let at = now.evaluated.map(|at| {
        view! { <p class="muted">{text::AS_OF} " " <Time ts=at /> ". " {text::LAG}</p> }
    });
    let score = now
        .score
        .map(|(reached, of, _)| text::score(&tenths(reached), &tenths(of)));
    let running = now.running;
    let busy = Signal::derive(move || running || assessment.busy().get().as_deref() == Some(""));
    let failed = assessment.failed();
    view! {
        {old
            .then(|| {
                view! {
                    <MessageBar
                        tone=Tone::Warning
                        title=Some(text::OLD.to_owned())
                        text=text::OLD_TEXT
                    />
                }
            })}
        <section class="card stack" aria-label=text::WHAT>
            <div class="cluster">
                <Badge tone text=words />
                {score.map(|score| view! { <span class="muted">{score}</span> })}
            </div>
            <p class="prose">{about}</p>
            {at}
            <div class="cluster">
                <Button
                    icon=Glyph::Refresh
                    busy=busy
                    disabled_reason=settings.denied()
                    on_click=move |()| assessment.run()
                >
                    {text::RUN}
                </Button>
                {running.then(|| view! { <span class="muted" role="status">{text::RUNNING}</span> })}
            </div>
            {dynamic(move || {
                failed
                    .get()
                    .map(|error| {
                        let words = visible(&text::failed(&error)).into_owned();
                        view! {
                            <MessageBar
                                tone=Tone::Danger
                                title=Some(text::NOT_DONE.to_owned())
                                text=words
                            />
                        }
                    })
            })}
        </section>
    }
    .into_any()
}

/// How many items are in each state, each a filter of the list under it.
fn actions(
    settings: Settings,
    assessment: Assessment,
    assessed: Signal<Arc<Readiness>>,
    view: Memo<String>,
) -> AnyView {
    let navigator = navigator();
    let only = Memo::new(move |_| {
        let view = view.get();
        State::KNOWN.into_iter().find(|state| state.wire() == view)
    });
    let filter = move |name: String, slug: &str, count: usize, on: bool| {
        let href = navigator.href(&Route::Settings("service-status", slug.to_owned()));
        view! {
            <li>
                <a class="figure" href=href aria-current=on.then_some("true")>
                    <span class="figure-value">{count}</span>
                    <span class="figure-label">{name}</span>
                </a>
            </li>
        }
        .into_any()
    };
    let filters = move || {
        let (now, only) = (assessed.get(), only.get());
        let mut all = vec![filter(
            text::ALL.into(),
            "",
            now.items.len(),
            only.is_none(),
        )];
        all.extend(State::KNOWN.into_iter().map(|state| {
            let on = only.as_ref() == Some(&state);
            filter(text::state(&state), state.wire(), now.count(&state), on)
        }));
        all
    };
    let runs = Memo::new(move |_| assessment.runs().get().value().cloned());
    let unknown = move || {
        let failed = matches!(&*assessment.runs().read(), Load::Failed(_));
        failed.then(|| view! { <p class="muted">{text::BACK_UNKNOWN}</p> })
    };
    let rows = move || {
        let (now, only, runs) = (assessed.get(), only.get(), runs.get());
        let items = now.listed(only.as_ref());
        if items.is_empty() {
            return view! { <Empty glyph=Glyph::Success title=text::NONE /> }.into_any();
        }
        let rows = items.into_iter().map(|item| {
            let back = runs.as_ref().and_then(|runs| now.went_back(item, runs));
            row(settings, assessment, item, back.is_some())
        });
        view! {
            <div class="table-frame" tabindex="0" role="group" aria-label=text::ACTIONS>
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col">{text::STATUS}</th>
                            <th scope="col">{text::ACTION}</th>
                            <th scope="col">{text::BASIS}</th>
                            <th scope="col">{text::UPDATED}</th>
                            <th scope="col"></th>
                        </tr>
                    </thead>
                    <tbody>{rows.collect_any()}</tbody>
                </table>
            </div>
        }
        .into_any()
    };
    view! {
        <section class="card stack" aria-label=text::ACTIONS>
            <h2>{text::ACTIONS}</h2>
            <ul class="status-figures">{dynamic(filters)}</ul>
            {dynamic(unknown)}
            {dynamic(rows)}
        </section>
    }
    .into_any()
}

fn row(settings: Settings, assessment: Assessment, item: &Item, went_back: bool) -> AnyView {
    let tone = match item.state {
        State::CompleteNow => Tone::Danger,
        State::Recommended => Tone::Warning,
        State::InProgress => Tone::Info,
        State::Completed => Tone::Success,
        State::Dismissed | State::Other(_) => Tone::Neutral,
    };
    let title = visible(&item.title).into_owned();
    let denied = settings.denied();
    let button = |action: &String| {
        let (label, act) = match action.as_str() {
            "acknowledge" => (text::act("acknowledge")?, "acknowledge"),
            "dismiss" => (text::act("dismiss")?, "dismiss"),
            "reopen" => (text::act("reopen")?, "reopen"),
            _ => return None,
        };
        let (id, mine, hidden) = (item.id.clone(), item.id.clone(), format!(" {title}"));
        let busy = Signal::derive(move || assessment.busy().get().as_deref() == Some(&mine));
        let run = move |()| assessment.act(id.clone(), act);
        Some(view! {
            <Button
                kind=ButtonKind::Subtle
                small=true
                busy=busy
                disabled_reason=denied
                on_click=run
            >
                {label}
                <span class="visually-hidden">{hidden}</span>
            </Button>
        })
    };
    let link = item
        .learn_more
        .clone()
        .filter(|url| url.starts_with("https://"));
    let link = link.map(|href| {
        let hidden = format!(" {title}");
        view! {
            <a href=href target="_blank" rel="noopener noreferrer">
                {text::OPEN}
                <span class="visually-hidden">{hidden}</span>
            </a>
        }
    });
    let basis = if item.control.is_some() {
        text::SCORE
    } else {
        text::POLICY
    };
    let by = item.updated_by.clone().map(|by| visible(&by).into_owned());
    let buttons = item.allowed.iter().filter_map(button).collect_any();
    view! {
        <tr>
            <td class="nowrap"><Badge tone text=text::state(&item.state) /></td>
            <th scope="row">
                <span class="cluster">
                    <span class="strong">{title.clone()}</span>
                    {item.required.then(|| view! { <span class="tag">{text::REQUIRED}</span> })}
                    {went_back
                        .then(|| {
                            view! {
                                <Badge tone=Tone::Danger icon=Some(Glyph::History) text=text::WENT_BACK />
                            }
                        })}
                </span>
                <p class="muted">{visible(&item.description).into_owned()}</p>
                {link}
            </th>
            <td>{basis}</td>
            <td>
                {item.updated.map(|at| view! { <Time ts=at short=true /> })}
                {by.map(|by| view! { <p class="muted">{by}</p> })}
            </td>
            <td><span class="cluster">{buttons}</span></td>
        </tr>
    }
    .into_any()
}
