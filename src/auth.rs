//! Where tokens come from. Nothing else in the portal sees one but `api::client`, and nothing keeps
//! one longer than the page lives.

pub mod oidc;

use crate::domain::config::{AuthConfig, Resource};
use crate::domain::error::ApiError;
use oidc::Oidc;

/// The deployment's source of tokens.
pub enum TokenSource {
    /// An OpenID provider.
    Oidc(Box<Oidc>),
    /// None: the deployment adds the credential itself.
    None,
}

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

impl TokenSource {
    /// The source a deployment configures.
    pub fn new(config: &AuthConfig) -> TokenSource {
        match config {
            AuthConfig::Oidc(oidc) => TokenSource::Oidc(Box::new(Oidc::new(oidc.clone()))),
            AuthConfig::None => TokenSource::None,
        }
    }

    /// Finishes a sign-in that is under way, or looks for a session without asking.
    pub async fn start(&self) -> Start {
        match self {
            TokenSource::Oidc(oidc) => oidc.start().await,
            TokenSource::None => Start::Ready,
        }
    }

    /// Takes the person to the provider's sign-in page; they come back to where they are.
    pub async fn sign_in(&self) -> Start {
        match self {
            TokenSource::Oidc(oidc) => oidc.sign_in().await,
            TokenSource::None => Start::Ready,
        }
    }

    /// The provider's own name for who is signed in, the same at every sign-in.
    pub fn subject(&self) -> String {
        match self {
            TokenSource::Oidc(oidc) => oidc.subject(),
            TokenSource::None => "this device".to_owned(),
        }
    }

    /// Forgets the tokens and ends the provider's session.
    pub async fn sign_out(&self) {
        if let TokenSource::Oidc(oidc) = self {
            oidc.sign_out().await;
        }
    }

    /// A token for a resource, `None` where the deployment needs none. With `renew` the one at hand
    /// has just been refused.
    pub async fn token(&self, resource: Resource, renew: bool) -> Result<Option<String>, ApiError> {
        match self {
            TokenSource::Oidc(oidc) => oidc.token(resource, renew).await.map(Some),
            TokenSource::None => Ok(None),
        }
    }
}
