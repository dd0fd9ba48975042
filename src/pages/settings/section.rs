//! One section of the settings after the first run: its form, what would change, and who changed it.

use super::{audit, changes, fields, problem, text};
use crate::domain::settings::Section;
use crate::domain::settings::facts;
use crate::reactive::{Effect, Memo, RwSignal, Signal};
use crate::state::settings::Settings;
use crate::state::settings::form::{Form, Phase, Scope};
use crate::ui::badge::Tone;
use crate::ui::button::{Button, ButtonKind};
use crate::ui::dialog::Confirm;
use crate::ui::dynamic::dynamic;
use crate::ui::env::env;
use crate::ui::message_bar::MessageBar;
use crate::ui::time::Time;
use leptos::prelude::*;

/// The page's content.
pub(super) fn section(settings: Settings, section: Section, view: Memo<String>) -> AnyView {
    let scope = Scope::One(section);
    let form = Form::open(settings, scope);
    let tried = RwSignal::new(true);
    let begun =
        Memo::new(move |begun: Option<&bool>| begun == Some(&true) || begins(&form.phase().read()));
    let stamp = Memo::new(move |_| {
        let load = settings.in_force().get();
        let stamps = load
            .value()
            .map(|now| now.stamps.clone())
            .unwrap_or_default();
        stamps.into_iter().nth(section as usize).unwrap_or_default()
    });
    let mark = Signal::derive(move || {
        let stamp = stamp.get();
        format!("{} {}", stamp.at.unwrap_or_default().0, stamp.by)
    });
    let last = move || {
        let stamp = stamp.get();
        let at = stamp.at?;
        Some(view! {
            <p class="muted">{text::changed_by(&stamp.by)} ", " <Time ts=at /></p>
        })
    };
    let content = move || {
        begun.get().then(|| {
            view! {
                {dynamic(last)}
                {not_onboarded(settings)}
                {fields(form, section, scope, view)}
                {problem(form, section, tried.into())}
                {saving(form, section)}
            }
        })
    };
    view! {
        {changes::standing(form, scope, begun)}
        {dynamic(content)}
        {audit::audit(settings, section, mark)}
    }
    .into_any()
}

/// Whether a form has what it is to be filled with.
pub(super) fn begins(phase: &Phase) -> bool {
    !matches!(phase, Phase::Opening | Phase::Failed(_))
}

fn not_onboarded(settings: Settings) -> AnyView {
    dynamic(move || {
        let load = settings.in_force().get();
        let before = load.value().is_some_and(|now| !now.complete);
        before.then(|| view! { <MessageBar tone=Tone::Info text=text::NOT_ONBOARDED /> })
    })
}

/// What would change, and the buttons that make it so, or not.
fn saving(form: Form, section: Section) -> AnyView {
    let settings = form.settings();
    let (work, denied) = (form.work(), settings.denied());
    let all = Memo::new(move |_| {
        let now = settings.in_force().get();
        let now = now
            .value()
            .map(|now| now.sections.clone())
            .unwrap_or_default();
        work.with(|work| facts::changes(&now, &work.sections, section))
    });
    let busy = Memo::new(move |_| *form.phase().read() == Phase::Sending);
    let changed = Memo::new(move |_| !all.read().is_empty());
    let half = Memo::new(move |_| work.with(|work| work.contact.is_some()));
    let env = env();
    Effect::new(move |_| {
        if *form.phase().read() == Phase::Saved {
            env.announce(text::SAVED);
        }
    });
    let removes_teams = move || {
        let now = settings.in_force().get_untracked();
        let was = now.value().is_some_and(|now| now.sections.teams.enabled);
        section == Section::Teams && was && !work.with_untracked(|work| work.sections.teams.enabled)
    };
    let asking = RwSignal::new(false);
    let save = move |()| {
        if removes_teams() {
            asking.set(true);
        } else {
            form.save();
        }
    };
    let why_not = move || {
        let conflict = matches!(&*form.phase().read(), Phase::Conflict(..));
        let problem = work.with(|work| work.problem(section)).map(str::to_owned);
        let none = (!changed.get()).then(|| text::NO_CHANGES.to_owned());
        let conflict = conflict.then(|| text::CONFLICT.to_owned());
        denied.get().or(conflict).or(problem).or(none)
    };
    let nothing = move || {
        let none = !changed.get() && !half.get();
        let wait = busy.get().then(|| text::CANCEL_FIRST.to_owned());
        wait.or_else(|| none.then(|| text::NO_CHANGES.to_owned()))
    };
    view! {
        <section class="card stack" aria-label=text::WOULD_CHANGE>
            <h2>{text::WOULD_CHANGE}</h2>
            {dynamic(move || changes::table(text::WOULD_CHANGE, all.get(), text::NOW, text::AFTER))}
            <div class="cluster">
                <Button
                    kind=ButtonKind::Primary
                    busy=busy
                    disabled_reason=Signal::derive(why_not)
                    on_click=save
                >
                    {text::SAVE}
                </Button>
                <Button
                    disabled_reason=Signal::derive(nothing)
                    on_click=move |()| form.discard()
                >
                    {text::DISCARD}
                </Button>
            </div>
            {dynamic(move || {
                (*form.phase().read() == Phase::Saved)
                    .then(|| view! { <MessageBar tone=Tone::Success text=text::SAVED /> })
            })}
            <Confirm
                open=asking
                title=text::TEAMS_OFF_TITLE
                primary=text::TEAMS_OFF
                danger=true
                on_confirm=move |()| {
                    asking.set(false);
                    form.save();
                }
                on_cancel=move |()| asking.set(false)
            >
                <p>{text::TEAMS_FINAL}</p>
            </Confirm>
        </section>
    }
    .into_any()
}
