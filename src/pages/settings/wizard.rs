//! The first run: welcome, four steps, review, Submit. Each step is an address of its own; what is filled
//! in is kept at every change here and at every step on the server.

use super::{changes, fields, problem, section::begins, text};
use crate::domain::settings::facts;
use crate::domain::settings::{Section, Sections};
use crate::platform::document;
use crate::reactive::{Effect, Memo, RwSignal, Signal};
use crate::routes::{Route, navigator};
use crate::state::settings::Settings;
use crate::state::settings::form::{Form, Kept, Phase, Scope};
use crate::ui::badge::Tone;
use crate::ui::button::{Button, ButtonKind, LinkButton};
use crate::ui::dialog::Confirm;
use crate::ui::dynamic::{CollectAny, dynamic};
use crate::ui::icon::Glyph;
use crate::ui::message_bar::MessageBar;
use crate::ui::steps::{Standing, Step, Steps};
use leptos::html;
use leptos::prelude::*;

/// The addresses of the steps; the last is the review.
const STEPS: [&str; 5] = [
    "get-started/permissions",
    "get-started/exclusions",
    "get-started/contacts",
    "get-started/teams",
    "get-started/review",
];
const REVIEW: usize = 4;

fn to(step: usize) -> Route {
    let slug = STEPS.get(step).copied().unwrap_or("get-started");
    Route::Settings(slug, String::new())
}

fn title(step: usize) -> &'static str {
    Section::ALL
        .get(step)
        .map_or(text::REVIEW, |section| section.title())
}

/// The page's content.
pub(super) fn wizard(settings: Settings, page: Memo<String>, view: Memo<String>) -> AnyView {
    let form = Form::open(settings, Scope::Wizard);
    let navigator = navigator();
    // Which step; past the last for the welcome.
    let at = Memo::new(move |_| {
        let page = page.get();
        STEPS
            .iter()
            .position(|step| *step == page)
            .unwrap_or(STEPS.len())
    });
    let tried = RwSignal::new(false);
    let begun =
        Memo::new(move |begun: Option<&bool>| begun == Some(&true) || begins(&form.phase().read()));
    let reader = Memo::new(move |_| settings.denied().get().is_some());
    let reached = Memo::new(move |_| {
        let reached = form.work().with(|work| work.reached);
        if reader.get() { REVIEW } else { reached }
    });
    // A step whose turn has not come leads to the one whose turn it is.
    Effect::new(move |_| {
        let (at, reached) = (at.get(), reached.get());
        if begun.get() && at < STEPS.len() && at > reached {
            navigator.replace(&to(reached));
        }
    });
    let heading = NodeRef::<html::H2>::new();
    Effect::new(move |before: Option<usize>| {
        let at = at.get();
        if before.is_some_and(|before| before != at) {
            tried.set(false);
            if begun.get_untracked() {
                form.send_draft();
            }
            request_animation_frame(move || {
                if let Some(heading) = heading.try_get_untracked().flatten() {
                    document::focus_quietly(&heading);
                }
            });
        }
        at
    });
    let rail = move || {
        let (reached, at) = (reached.get(), at.get());
        (0..STEPS.len())
            .map(|step| {
                let wrong = Section::ALL.get(step).is_some_and(|section| {
                    form.work().with(|work| work.problem(*section).is_some())
                });
                let passed = step < reached && step != at;
                Step {
                    title: title(step).into(),
                    standing: match (passed, wrong) {
                        (true, true) => Standing::Wrong,
                        (true, false) => Standing::Done,
                        _ => Standing::Ahead,
                    },
                    href: (step <= reached).then(|| navigator.href(&to(step))),
                }
            })
            .collect::<Vec<_>>()
    };
    let content = move || {
        if !begun.get() {
            return ().into_any();
        }
        match at.get() {
            step if step == STEPS.len() => welcome(reached.get_untracked(), settings),
            REVIEW => review(form),
            step => {
                let section = Section::ALL[step];
                view! {
                    <p class="muted">{text::ABOUT[step]}</p>
                    {fields(form, section, Scope::Wizard, view)}
                    {problem(form, section, tried.into())}
                    {buttons(form, section, tried)}
                }
                .into_any()
            }
        }
    };
    let in_steps = Memo::new(move |_| at.get() < STEPS.len());
    let name = move || match at.get() {
        step if step < STEPS.len() => title(step),
        _ => text::GET_STARTED,
    };
    view! {
        <div class="wizard" class:welcome=move || !in_steps.get()>
            {dynamic(move || {
                in_steps
                    .get()
                    .then(|| {
                        view! {
                            <Steps label=text::GET_STARTED steps=Signal::derive(rail) current=Signal::from(at) />
                        }
                    })
            })}
            <div class="stack">
                <h2 tabindex="-1" node_ref=heading>{name}</h2>
                {changes::standing(form, Scope::Wizard, begun)}
                {dynamic(content)}
                {kept(form)}
            </div>
        </div>
    }
    .into_any()
}

fn welcome(reached: usize, settings: Settings) -> AnyView {
    let navigator = navigator();
    let steps = (0..STEPS.len()).map(|step| {
        view! { <li><span class="strong">{title(step)}</span> " – " {text::ABOUT[step]}</li> }
    });
    let complete = settings
        .in_force()
        .with_untracked(|load| load.value().is_some_and(|now| now.complete));
    let begun = reached > 0 && !complete;
    let first = if begun { reached } else { 0 };
    view! {
        <section class="card stack">
            <p class="prose">{text::WELCOME}</p>
            <ol class="stack">{steps.collect_any()}</ol>
            <p class="prose">{text::WELCOME_KEPT}</p>
            <p class="prose">{text::WELCOME_SIGNED_IN}</p>
            <div>
                <LinkButton kind=ButtonKind::Primary href=navigator.href(&to(first))>
                    {if begun { text::CONTINUE } else { text::BEGIN }}
                </LinkButton>
            </div>
        </section>
    }
    .into_any()
}

/// Back, Next, and at the exclusions Skip.
fn buttons(form: Form, section: Section, tried: RwSignal<bool>) -> AnyView {
    let navigator = navigator();
    let step = section as usize;
    let denied = form.settings().denied();
    let next = move |()| {
        tried.set(true);
        let problem = form.work().with_untracked(|work| work.problem(section));
        if problem.is_some() && denied.get_untracked().is_none() {
            return;
        }
        form.reach(step + 1);
        navigator.go(&to(step + 1));
    };
    let asking = RwSignal::new(false);
    let added = move || additions(form, section);
    let skip = move |()| asking.set(true);
    let skipped = move |()| {
        asking.set(false);
        let now = in_force(form);
        form.change(|work| work.sections.take(&now, section));
        form.reach(step + 1);
        navigator.go(&to(step + 1));
    };
    let question = move || {
        let added = added();
        if added.is_empty() {
            return view! { <p>{text::SKIP_NOTHING}</p> }.into_any();
        }
        let item = |words: String| view! { <li>{words}</li> };
        view! {
            <p>{text::SKIP_TEXT}</p>
            <ul>{added.into_iter().map(item).collect_any()}</ul>
        }
        .into_any()
    };
    view! {
        <div class="cluster">
            <Button kind=ButtonKind::Primary on_click=next>{text::NEXT}</Button>
            {(section == Section::Exclusions)
                .then(|| view! { <Button on_click=skip disabled_reason=denied>{text::SKIP}</Button> })}
            {(step > 0)
                .then(|| {
                    view! {
                        <LinkButton kind=ButtonKind::Subtle href=navigator.href(&to(step - 1))>
                            {text::BACK}
                        </LinkButton>
                    }
                })}
        </div>
        <Confirm
            open=asking
            title=text::SKIP_TITLE
            primary=text::SKIP_CONFIRM
            on_confirm=skipped
            on_cancel=move |()| asking.set(false)
        >
            {dynamic(question)}
        </Confirm>
    }
    .into_any()
}

fn in_force(form: Form) -> Sections {
    let load = form.settings().in_force().get_untracked();
    load.value()
        .map(|now| now.sections.clone())
        .unwrap_or_default()
}

/// What Skip would discard, in words.
fn additions(form: Form, section: Section) -> Vec<String> {
    let now = in_force(form);
    let all = form
        .work()
        .with(|work| facts::changes(&now, &work.sections, section));
    let words = |change: facts::Change| match change.after.as_str() {
        "" => text::of(&change.what, text::NOTHING),
        after => text::of(&change.what, after),
    };
    all.into_iter().map(words).collect()
}

/// What will change, and Submit.
fn review(form: Form) -> AnyView {
    let navigator = navigator();
    let settings = form.settings();
    let (work, denied) = (form.work(), settings.denied());
    let busy = Memo::new(move |_| *form.phase().read() == Phase::Sending);
    let changes_in = move |section: Section| {
        let load = settings.in_force().get();
        let now = load
            .value()
            .map(|now| now.sections.clone())
            .unwrap_or_default();
        work.with(|work| facts::changes(&now, &work.sections, section))
    };
    let complete = Memo::new(move |_| {
        let load = settings.in_force().get();
        load.value().is_some_and(|now| now.complete)
    });
    let why_not = move || {
        let conflict = matches!(&*form.phase().read(), Phase::Conflict(..));
        let conflict = conflict.then(|| text::CONFLICT.to_owned());
        let wrong = Section::ALL
            .into_iter()
            .any(|section| work.with(|work| work.problem(section).is_some()));
        let wrong = wrong.then(|| text::TO_MEND.to_owned());
        let some = Section::ALL
            .into_iter()
            .any(|section| !changes_in(section).is_empty());
        // A first run may also confirm what has been saved section by section.
        let none = (!some && complete.get()).then(|| text::NOTHING_TO_SUBMIT.to_owned());
        denied.get().or(conflict).or(wrong).or(none)
    };
    let one = move |section: Section| {
        let problem = work.with(|work| work.problem(section));
        let href = navigator.href(&to(section as usize));
        let mend = problem.map(|words| {
            view! {
                <MessageBar tone=Tone::Danger text=words>
                    <a href=href.clone()>{text::of(text::MEND, section.title())}</a>
                </MessageBar>
            }
        });
        view! {
            <section class="card stack" aria-label=section.title()>
                <h3>{section.title()}</h3>
                {changes::table(section.title(), changes_in(section), text::NOW, text::AFTER)}
                {mend}
            </section>
        }
        .into_any()
    };
    let done = Memo::new(move |_| *form.phase().read() == Phase::Saved);
    let status = navigator.href(&Route::Settings("service-status", String::new()));
    let finished = move || {
        done.get().then(|| {
            view! {
                <MessageBar
                    tone=Tone::Success
                    title=Some(text::SUBMITTED.to_owned())
                    text=text::SUBMITTED_TEXT
                />
            }
        })
    };
    let readiness = move || {
        complete.get().then(|| {
            let status = status.clone();
            view! {
                <LinkButton href=status icon=Glyph::Shield>{text::VIEW_READINESS}</LinkButton>
            }
        })
    };
    view! {
        {dynamic(finished)}
        {dynamic(move || {
            (!done.get()).then(|| Section::ALL.into_iter().map(one).collect_any())
        })}
        <div class="cluster">
            {dynamic(move || {
                (!done.get())
                    .then(|| {
                        view! {
                            <Button
                                kind=ButtonKind::Primary
                                busy=busy
                                disabled_reason=Signal::derive(why_not)
                                on_click=move |()| form.submit()
                            >
                                {text::SUBMIT}
                            </Button>
                        }
                    })
            })}
            {dynamic(readiness)}
            <LinkButton kind=ButtonKind::Subtle href=navigator.href(&to(REVIEW - 1))>
                {text::BACK}
            </LinkButton>
        </div>
    }
    .into_any()
}

/// Where the draft is kept.
fn kept(form: Form) -> AnyView {
    let denied = form.settings().denied();
    dynamic(move || {
        if denied.get().is_some() || !begins(&form.phase().read()) {
            return ().into_any();
        }
        match form.kept().get() {
            Kept::Failed(_) => {
                view! { <MessageBar tone=Tone::Warning text=text::DRAFT_FAILED /> }.into_any()
            }
            other => {
                let words = match other {
                    Kept::Sending => text::DRAFT_SENDING,
                    Kept::There => text::DRAFT_THERE,
                    _ => text::DRAFT_HERE,
                };
                view! { <p class="draft" role="status">{words}</p> }.into_any()
            }
        }
    })
}
