//! Marking an incident resolved: one dialog wherever an incident is. It asks, and never resolves by
//! itself; what somebody else has changed meanwhile is shown before anything is written over it.

mod text;

use crate::domain::id::IncidentId;
use crate::domain::incident::{Classification, Determination, Incident, Status};
use crate::domain::load::Load;
use crate::domain::permission::Roles;
use crate::domain::resolution::{CLASSIFICATIONS, Resolution, determinations, open_alerts};
use crate::domain::text::visible;
use crate::platform::storage::{self, Place};
use crate::platform::task::spawn_local;
use crate::reactive::{Effect, RwSignal, Signal};
use crate::state::drafts::{Draft, drafts};
use crate::state::incidents::{Resolved, incidents};
use crate::state::session::session;
use crate::ui::dialog::Confirm;
use crate::ui::dynamic::dynamic;
use crate::ui::env::env;
use crate::ui::field::{Checkbox, Select, TextArea};
use leptos::prelude::*;
use std::sync::Arc;

/// Where it stands whether linked alerts are resolved with their incident: as last chosen here.
const ALERTS_TOO: &str = "mdr-resolve-alerts";
/// The longest note that the service takes.
const MOST: usize = 30_000;

/// Why an incident cannot be marked resolved by this person now.
pub fn why_not_resolve(roles: &Roles, load: &Load<Arc<Incident>>) -> Option<String> {
    let refused = roles.may_act().err();
    refused.or_else(|| match load.value().map(|incident| &incident.status) {
        None => Some(text::NOT_LOADED.to_owned()),
        Some(Status::Resolved) => Some(text::ALREADY.to_owned()),
        Some(Status::Redirected) => Some(text::MERGED.to_owned()),
        Some(_) => None,
    })
}

/// What has been chosen and typed.
#[derive(Clone, Copy)]
struct Answers {
    classification: RwSignal<String>,
    determination: RwSignal<String>,
    note: Draft,
    alerts: RwSignal<bool>,
}

impl Answers {
    fn resolution(self, incident: &Incident) -> Resolution {
        let open = open_alerts(incident).unwrap_or_default();
        Resolution {
            classification: Classification::parse(&self.classification.get_untracked()),
            determination: Determination::parse(&self.determination.get_untracked()),
            note: self.note.text().get_untracked().trim().to_owned(),
            alerts: if self.alerts.get_untracked() {
                open
            } else {
                Vec::new()
            },
        }
    }

    /// Takes over what the incident says already, as far as it is still offered.
    fn begin(self, incident: &Incident) {
        let offered = CLASSIFICATIONS.contains(&incident.classification);
        let classification = if offered {
            incident.classification.wire()
        } else {
            ""
        };
        self.classification.set(classification.to_owned());
        let offered = determinations(&incident.classification).contains(&incident.determination);
        let determination = if offered {
            incident.determination.wire()
        } else {
            ""
        };
        self.determination.set(determination.to_owned());
        self.alerts
            .set(storage::read(Place::Device, ALERTS_TOO).is_some());
    }

    fn missing(self) -> Option<String> {
        if self.classification.read().is_empty() {
            return Some(text::CHOOSE_CLASSIFICATION.to_owned());
        }
        let missing = self.determination.read().is_empty();
        missing.then(|| text::CHOOSE_DETERMINATION.to_owned())
    }
}

/// The dialog.
#[component]
pub fn ResolveDialog(
    /// Which one.
    incident: IncidentId,
    /// The incident, as its page follows it.
    load: Signal<Load<Arc<Incident>>>,
    /// Whether it is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let seen = RwSignal::new(None::<Arc<Incident>>);
    let roles = session().roles();
    // What is made while it opens would go when it closes.
    let answers = Answers {
        classification: RwSignal::default(),
        determination: RwSignal::default(),
        note: drafts().open(&format!("incident/{incident}/resolve")),
        alerts: RwSignal::new(false),
    };
    let (busy, error) = (RwSignal::new(false), RwSignal::new(None::<String>));
    let unknown = RwSignal::new(false);
    Effect::new(move |was_open: Option<bool>| {
        let now = open.get();
        let incident = load.with_untracked(|load| load.value().cloned());
        if let (true, Some(incident)) = (now && was_open != Some(true), incident) {
            answers.begin(&incident);
            seen.set(Some(incident));
            error.set(None);
            unknown.set(false);
        }
        now
    });
    let missing = move || {
        // Resolved it may be by the person's own attempt: trying again finds out, and does what is left.
        let refused = why_not_resolve(&roles.read(), &load.get())
            .filter(|why| why != text::ALREADY || !unknown.get());
        refused.or_else(|| answers.missing())
    };
    let (incidents, env) = (incidents(), env());
    let confirm = move |()| {
        // The button is there for a moment after somebody has cancelled.
        if !open.get_untracked() {
            return;
        }
        let Some(incident) = seen.get_untracked() else {
            return;
        };
        busy.set(true);
        error.set(None);
        spawn_local(async move {
            let resolution = answers.resolution(&incident);
            let outcome = incidents.resolve(&incident, &resolution).await;
            let _ = busy.try_set(false);
            let _ = unknown.try_set(outcome == Resolved::Unknown);
            let words = match outcome {
                Resolved::Done { failed, of } => {
                    answers.note.sent(&resolution.note);
                    env.announce(text::resolved(of - failed));
                    let _ = open.try_set(failed > 0);
                    (failed > 0).then(|| text::alerts_left(failed, of))
                }
                Resolved::Already(now) => Some(text::already_by(&by(&now))),
                Resolved::Moved(now) => {
                    let words = text::moved(&by(&now));
                    let _ = seen.try_set(Some(now));
                    Some(words)
                }
                Resolved::Refused(why) => Some(text::refused(&why)),
                Resolved::Unknown => Some(text::UNKNOWN.to_owned()),
            };
            let _ = error.try_set(words);
        });
    };
    view! {
        <Confirm
            open
            title=text::TITLE
            primary=text::RESOLVE
            busy
            disabled_reason=Signal::derive(missing)
            error
            on_confirm=Callback::new(confirm)
            on_cancel=Callback::new(move |()| open.set(false))
        >
            {dynamic(move || seen.get().map(|incident| fields(&incident, answers)))}
        </Confirm>
    }
}

/// Who has changed an incident last.
fn by(incident: &Incident) -> String {
    let by = incident
        .last_modified_by
        .as_deref()
        .unwrap_or(text::SOMEBODY);
    visible(by).into_owned()
}

fn named(value: &str, label: String) -> (String, String) {
    (value.to_owned(), label)
}

fn fields(incident: &Arc<Incident>, answers: Answers) -> AnyView {
    let first = || vec![named("", text::CHOOSE.to_owned())];
    let mut classes = first();
    classes.extend(
        CLASSIFICATIONS
            .iter()
            .map(|one| named(one.wire(), one.label().into_owned())),
    );
    let reasons = move || {
        let classification = Classification::parse(&answers.classification.read());
        let mut all = first();
        let offered = determinations(&classification).iter();
        all.extend(offered.map(|one| named(one.wire(), one.label().into_owned())));
        all
    };
    let open = open_alerts(incident);
    let alerts = match &open {
        None => view! { <p class="muted">{text::ALERTS_UNKNOWN}</p> }.into_any(),
        Some(open) if open.is_empty() => {
            view! { <p class="muted">{text::NO_ALERTS}</p> }.into_any()
        }
        Some(open) => view! {
            <Checkbox
                label=text::alerts(open.len())
                hint=Some(text::ALERTS_HINT.to_owned())
                checked=answers.alerts
                on_change=move |too: bool| {
                    answers.alerts.set(too);
                    if too {
                        storage::write(Place::Device, ALERTS_TOO, "1");
                    } else {
                        storage::remove(Place::Device, ALERTS_TOO);
                    }
                }
            />
        }
        .into_any(),
    };
    view! {
        <div class="stack">
            <p class="breakable">{visible(&incident.name).into_owned()}</p>
            <Select
                label=text::CLASSIFICATION
                options=classes
                value=answers.classification
                on_change=move |value: String| {
                    answers.classification.set(value);
                    answers.determination.set(String::new());
                }
            />
            <Select
                label=text::DETERMINATION
                options=Signal::derive(reasons)
                value=answers.determination
                on_change=move |value: String| answers.determination.set(value)
            />
            <TextArea
                label=text::NOTE
                hint=Some(text::NOTE_HINT.to_owned())
                value=answers.note.text()
                on_input=move |typed: String| answers.note.set(typed)
                max=MOST
            />
            {alerts}
            <p class="muted small">{text::SENTINEL}</p>
        </div>
    }
    .into_any()
}
