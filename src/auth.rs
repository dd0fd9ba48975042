//! Where tokens come from. Nothing else in the portal sees one but `api::client`, and nothing keeps
//! one longer than the page lives.

mod host;
mod oidc;

use crate::domain::config::{AuthConfig, Resource};
use crate::domain::error::ApiError;
use crate::platform::split::split;
use lexicon::t;
use std::cell::OnceCell;
use std::pin::Pin;

/// The deployment's source of tokens.
pub struct TokenSource {
    config: AuthConfig,
    /// How to speak to it: in a file of its own, which the first `start` fetches. Never here where the
    /// deployment adds the credential itself.
    provider: OnceCell<Box<dyn Provider>>,
}

/// What is under way at a provider.
pub type Asking<'a, T> = Pin<Box<dyn Future<Output = T> + 'a>>;

/// A way to come by tokens, as `TokenSource` describes each step.
pub trait Provider {
    fn start(&self) -> Asking<'_, Start>;
    fn sign_in(&self) -> Asking<'_, Start>;
    fn sign_out(&self) -> Asking<'_, ()>;
    /// Whether that does anything.
    fn signs_out(&self) -> bool;
    fn subject(&self) -> Option<String>;
    fn token(&self, resource: Resource, refused: Refused) -> Asking<'_, Result<String, ApiError>>;
    /// Whether a person has to sign in again for one service, while the others go on.
    fn wants_person(&self) -> bool {
        false
    }
}

/// Whether the token at hand has just been refused, and what the service said in `WWW-Authenticate`, which
/// may be nothing.
pub type Refused = Option<String>;

/// How the page begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Start {
    /// Signed in: the portal can ask its services.
    Ready,
    /// The browser is on its way to the provider; nothing is to be shown but that.
    Leaving,
    /// Somebody has to press **Sign in**.
    SignedOut(Why),
}

/// Why somebody has to press **Sign in**.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// A first visit, or the provider's session has ended.
    NoSession,
    /// They signed out.
    Left,
    /// The attempt failed: what the provider or the network said, in words.
    Failed(String),
}

const MISSING: &str = t!("A part of the portal did not arrive. Check your network and try again.");

impl TokenSource {
    /// The source a deployment configures.
    pub fn new(config: &AuthConfig) -> TokenSource {
        TokenSource {
            config: config.clone(),
            provider: OnceCell::new(),
        }
    }

    /// Finishes a sign-in that is under way, or looks for a session without asking.
    pub async fn start(&self) -> Start {
        match self.fetched().await {
            Ok(Some(provider)) => provider.start().await,
            Ok(None) => Start::Ready,
            Err(why) => Start::SignedOut(why),
        }
    }

    /// Takes the person to the provider's sign-in page; they come back to where they are.
    pub async fn sign_in(&self) -> Start {
        match self.fetched().await {
            Ok(Some(provider)) => provider.sign_in().await,
            Ok(None) => Start::Ready,
            Err(why) => Start::SignedOut(why),
        }
    }

    /// The provider's own name for who is signed in, the same at every sign-in, where it tells one.
    pub fn subject(&self) -> Option<String> {
        self.provider()?.subject()
    }

    /// Whether anybody can be signed out from here: not where the deployment, or the page around, sees to it.
    pub fn signs_out(&self) -> bool {
        self.provider().is_some_and(Provider::signs_out)
    }

    /// Forgets the tokens and ends the provider's session.
    pub async fn sign_out(&self) {
        if let Some(provider) = self.provider() {
            provider.sign_out().await;
        }
    }

    /// A token for a resource, `None` where the deployment needs none.
    pub async fn token(
        &self,
        resource: Resource,
        refused: Refused,
    ) -> Result<Option<String>, ApiError> {
        match self.provider() {
            Some(provider) => provider.token(resource, refused).await.map(Some),
            None => Ok(None),
        }
    }

    /// Whether a service waits for the person to sign in again, whatever works meanwhile.
    pub fn wants_person(&self) -> bool {
        self.provider().is_some_and(Provider::wants_person)
    }

    /// How to speak to the provider, once that is here.
    fn provider(&self) -> Option<&dyn Provider> {
        self.provider.get().map(Box::as_ref)
    }

    async fn fetched(&self) -> Result<Option<&dyn Provider>, Why> {
        if !matches!(self.config, AuthConfig::None) && self.provider().is_none() {
            let fetch = split!(oidc, fn(AuthConfig) -> Option<Box<dyn Provider>>, provider);
            let make = fetch().await.map_err(|_| Why::Failed(MISSING.into()))?;
            // Nobody else can have fetched it meanwhile but with the same outcome.
            if let Some(made) = make(self.config.clone()) {
                self.provider.get_or_init(|| made);
            }
        }
        Ok(self.provider())
    }
}

/// How to come by the tokens of a deployment.
fn provider(config: AuthConfig) -> Option<Box<dyn Provider>> {
    match config {
        AuthConfig::Oidc(config) => Some(Box::new(oidc::Oidc::new(config))),
        AuthConfig::Host(config) => Some(Box::new(host::Host::new(config))),
        AuthConfig::None => None,
    }
}
