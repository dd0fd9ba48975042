//! Who is signed in, what they may do, and the way to the services.

use super::connection::Connection;
use crate::api::client::Client;
pub use crate::auth::Why;
use crate::auth::{Start, TokenSource};
use crate::domain::config::Config;
use crate::domain::error::ApiError;
use crate::domain::permission::Roles;
use crate::platform::database;
use crate::platform::task::spawn_local;
use crate::reactive::{RwSignal, Signal, StoredValue};
use leptos::prelude::*;
use std::rc::Rc;

/// What never leaves this thread.
type Local<T> = leptos::prelude::StoredValue<T, LocalStorage>;

/// Where the sign-in stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Looking for a session, or on the way to the provider.
    Starting,
    SignedOut(Why),
    SignedIn,
}

/// The signed-in person, as far as known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Person {
    pub name: String,
    pub account: String,
}

/// The session of this page.
#[derive(Clone, Copy)]
pub struct Session {
    tokens: Local<Rc<TokenSource>>,
    client: Local<Rc<Client>>,
    connection: Connection,
    phase: RwSignal<Phase>,
    ended: RwSignal<bool>,
    trouble: RwSignal<Option<String>>,
    person: RwSignal<Person>,
    roles: RwSignal<Roles>,
    organization: RwSignal<String>,
    pub(super) requests_per_minute: StoredValue<Option<u32>>,
}

impl Session {
    /// A session with a deployment's services; `start` has to follow.
    pub fn new(config: &Config, connection: Connection) -> Session {
        let tokens = Rc::new(TokenSource::new(&config.auth));
        // Whose drafts and decisions are asked for on this device is not known yet.
        database::disown();
        Session {
            client: Local::new_local(Rc::new(Client::new(config, tokens.clone()))),
            tokens: Local::new_local(tokens),
            connection,
            phase: RwSignal::new(Phase::Starting),
            ended: RwSignal::new(false),
            trouble: RwSignal::new(None),
            person: RwSignal::default(),
            roles: RwSignal::new(Roles::Unknown),
            organization: RwSignal::default(),
            requests_per_minute: StoredValue::new(config.graph_requests_per_minute),
        }
    }

    /// Takes up a session, or finds that somebody has to sign in. Must be done before the router
    /// reads the address: the provider's answer stands in it.
    pub async fn start(self) {
        let start = self.tokens().start().await;
        self.enter(start);
    }

    /// Leaves for the provider's sign-in page; the person comes back to this address. Where that
    /// fails the page stays as it is, and says why.
    pub fn sign_in(self) {
        spawn_local(async move {
            match self.tokens().sign_in().await {
                Start::SignedOut(Why::Failed(words))
                    if self.phase.get_untracked() == Phase::SignedIn =>
                {
                    self.trouble.set(Some(words));
                }
                start => self.enter(start),
            }
        });
    }

    /// Whether anybody can be signed out from here.
    pub fn signs_out(self) -> bool {
        self.tokens().signs_out()
    }

    /// Ends the session here and at the provider.
    pub fn sign_out(self) {
        spawn_local(async move { self.tokens().sign_out().await });
    }

    fn enter(self, start: Start) {
        match start {
            Start::Ready => {
                if let Some(subject) = self.tokens().subject() {
                    database::belongs_to(subject);
                }
                self.phase.set(Phase::SignedIn);
            }
            Start::Leaving => {}
            Start::SignedOut(why) => self.phase.set(Phase::SignedOut(why)),
        }
    }

    /// Reads name, roles and tenant. None of them is needed to work: what cannot be read stays
    /// unknown, and the server decides. Where the provider has no name for the person, what is kept on this
    /// device waits for the directory's; without one nothing is kept, as the next person would be shown it.
    pub async fn read_person(self) {
        let client = self.client();
        let me = client.me().await;
        let id = me.as_ref().map(|me| me.id.clone());
        database::belongs_to(id.unwrap_or_default());
        match me {
            Ok(me) => self.person.set(Person {
                name: me.name,
                account: me.account,
            }),
            Err(error) => self.heard(&error),
        }
        if let Ok(roles) = client.my_roles().await {
            self.roles.set(roles);
        }
        if let Ok(name) = client.organization().await {
            self.organization.set(name);
        }
    }

    /// Notes what came of a question, for the connection and the sign-in: the error, where it was one.
    pub(super) fn answered(self, error: Option<&ApiError>) {
        self.connection.heard(error);
        match error {
            None => self.works(),
            Some(error) => self.heard(error),
        }
    }

    /// Notes a failure that ends the session. The page and what was typed stay as they are.
    pub(super) fn heard(self, error: &ApiError) {
        if matches!(error, ApiError::SignedOut { .. }) {
            let _ = self.ended.try_set(true);
        }
    }

    /// Notes that a service has taken the token. Another one may still wait for the person.
    pub(super) fn works(self) {
        if self.ended.try_get_untracked() == Some(true) && !self.tokens().wants_person() {
            let _ = self.ended.try_set(false);
        }
    }

    /// True once the portal has been taken out of its page: whoever waited must stop.
    pub(super) fn closed(self) -> bool {
        self.phase.try_get_untracked().is_none()
    }

    /// The provider's own name for the person, under which their tabs find each other; empty where it tells none.
    pub(super) fn owner(self) -> String {
        self.tokens().subject().unwrap_or_default()
    }

    pub(super) fn client(self) -> Rc<Client> {
        self.client.get_value()
    }

    fn tokens(self) -> Rc<TokenSource> {
        self.tokens.get_value()
    }

    /// Whether the deployment has the Experts API.
    pub fn has_experts(self) -> bool {
        self.client().has_experts()
    }

    /// Whether the services can be reached.
    pub fn connection(self) -> Connection {
        self.connection
    }

    /// Where the sign-in stands.
    pub fn phase(self) -> Signal<Phase> {
        self.phase.into()
    }

    /// True once a service has refused the token and it could not be renewed.
    pub fn ended(self) -> Signal<bool> {
        self.ended.into()
    }

    /// Why signing in again did not work.
    pub fn trouble(self) -> Signal<Option<String>> {
        self.trouble.into()
    }

    /// Who is signed in.
    pub fn person(self) -> Signal<Person> {
        self.person.into()
    }

    /// What the directory says they may do.
    pub fn roles(self) -> Signal<Roles> {
        self.roles.into()
    }

    /// The tenant's name, empty while unknown.
    pub fn organization(self) -> Signal<String> {
        self.organization.into()
    }
}

/// The session in context.
pub fn session() -> Session {
    expect_context::<Session>()
}
