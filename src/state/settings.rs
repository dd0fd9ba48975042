//! The settings in force and who may change them, for the pages that show them. What a form holds and how
//! it is sent is `form`.

pub mod form;

use super::service;
use super::session::{Session, session};
use crate::api::settings::Found;
use crate::domain::error::ApiError;
use crate::domain::load::Load;
use crate::domain::service::Service;
use crate::domain::settings::{AuditEntry, Group, InForce, Section};
use crate::domain::time::Timestamp;
use crate::platform::clock;
use crate::platform::task::spawn_local;
use crate::reactive::{RwSignal, Signal};
use std::sync::Arc;

/// The settings as a page follows them.
#[derive(Clone, Copy)]
pub struct Settings {
    session: Session,
    in_force: RwSignal<Load<Arc<InForce>>>,
    service: RwSignal<Load<Arc<Service>>>,
    /// A 403 just received, in words.
    refused: RwSignal<Option<String>>,
}

/// What a search found, with what a picker needs of it.
pub type Finding = Result<Vec<Found>, ApiError>;

impl Settings {
    /// The settings for a page, asked for now.
    pub fn open() -> Settings {
        let settings = Settings {
            session: session(),
            in_force: RwSignal::new(Load::Loading),
            service: RwSignal::new(Load::Loading),
            refused: RwSignal::new(None),
        };
        settings.refresh();
        settings
    }

    /// What is in force.
    pub fn in_force(self) -> Signal<Load<Arc<InForce>>> {
        self.in_force.into()
    }

    /// Where the customer stands with the service.
    pub fn service(self) -> Signal<Load<Arc<Service>>> {
        self.service.into()
    }

    /// Why this person may not change settings, and who can; nothing where they may, or nobody knows.
    pub fn denied(self) -> Signal<Option<String>> {
        Signal::derive(move || {
            let service = self.service.read();
            let told = service
                .value()
                .and_then(|service| service.settings_denied());
            told.or_else(|| self.refused.get())
        })
    }

    /// Asks for everything again.
    pub fn refresh(self) {
        spawn_local(async move {
            drop(self.read().await);
        });
        service::read(self.session, self.service);
    }

    /// What is in force now.
    pub(super) async fn read(self) -> Result<Arc<InForce>, ApiError> {
        let answer = self.session.client().settings().await.map(Arc::new);
        self.note(answer.as_ref().err());
        settle(self.in_force, answer.clone());
        answer
    }

    /// Takes what a write has answered.
    fn take(self, answer: &Arc<InForce>) {
        settle(self.in_force, Ok(answer.clone()));
    }

    /// Notes what a failure says of the session and of what the person may do.
    fn note(self, error: Option<&ApiError>) {
        let Some(error) = error else { return };
        self.session.heard(error);
    }

    /// Notes that the server has refused a change to this person.
    fn note_refusal(self, error: &ApiError) {
        self.note(Some(error));
        if let ApiError::Forbidden { message, .. } = error {
            let words = lexicon::t!(
                "The service refused this change to your account. Security Administrator or Global Administrator can make it."
            );
            let words = match message.trim() {
                "" => words.to_owned(),
                said => said.to_owned(),
            };
            let _ = self.refused.try_set(Some(words));
        }
    }

    /// Who changed a section.
    pub async fn audit(self, section: Section) -> Result<(Vec<AuditEntry>, bool), ApiError> {
        self.session.client().settings_audit(section).await
    }

    /// Device groups by a part of their name.
    pub async fn device_groups(self, search: &str) -> Finding {
        self.session.client().device_groups(search).await
    }

    /// Security groups of the directory.
    pub async fn user_groups(self, search: &str) -> Finding {
        self.session.client().groups(search, false).await
    }

    /// People and groups of the directory, each told which it is.
    pub async fn to_reach(self, search: &str) -> Result<Vec<(&'static str, Found)>, ApiError> {
        let client = self.session.client();
        let people = client.people(search).await?;
        let people = people.into_iter().map(|found| ("user", found));
        // Without the right to read groups, people can still be chosen.
        let groups = client.groups(search, true).await.unwrap_or_default();
        let groups = groups.into_iter().map(|found| ("group", found));
        Ok(people.chain(groups).collect())
    }

    /// How many members a group has; nothing where that could not be read.
    pub async fn members(self, group: &Group) -> Option<usize> {
        self.session.client().members(group).await.ok()
    }

    /// Which of some people are not in the directory any more; none where that could not be read.
    pub async fn gone(self, people: &[String]) -> Vec<String> {
        let answer = self.session.client().gone(people).await;
        answer.unwrap_or_default()
    }
}

pub(super) fn settle<T: Clone + Send + Sync + 'static>(
    signal: RwSignal<Load<T>>,
    answer: Result<T, ApiError>,
) {
    let _ = signal.try_update(|held| {
        let was = std::mem::replace(held, Load::Loading);
        *held = was.settle(answer, Timestamp(clock::now()));
    });
}
