//! OpenID Connect in a page without a server: authorization code with PKCE, one token per resource
//! from one refresh token, everything in memory. A reload comes back through a top-level redirect
//! that asks nothing (`prompt=none`); frames and storage are not relied on.

mod provider;
mod redirect;

use super::{Asking, Provider, Start, Why};
use crate::domain::config::{OidcConfig, Resource};
use crate::domain::error::ApiError;
use crate::domain::time::{Timestamp, clock_error};
use crate::platform::storage::{self, Place};
use crate::platform::{clock, location};
use provider::{Discovery, Grant, ProviderError, Tokens};
use redirect::Answer;
use std::cell::{Cell, RefCell};
use std::collections::HashMap;

/// Set while somebody has signed out on purpose, so that a reload does not sign them in again.
const LEFT: &str = "mdr-signed-out";
/// A token is renewed so long before it ends.
const MARGIN_MS: i64 = 60_000;

/// How to speak to the provider that a deployment names.
pub(super) fn provider(config: OidcConfig) -> Box<dyn Provider> {
    Box::new(Oidc::new(config))
}

/// The provider, and what it has given us.
struct Oidc {
    config: OidcConfig,
    discovery: RefCell<Option<Discovery>>,
    refresh: RefCell<Option<String>>,
    access: RefCell<HashMap<Resource, Access>>,
    subject: RefCell<String>,
    /// One refresh at a time: providers that rotate refresh tokens take a second use for theft.
    refreshing: Cell<bool>,
}

#[derive(Clone)]
struct Access {
    token: String,
    /// By `clock::uptime`.
    ends: i64,
}

impl Provider for Oidc {
    fn start(&self) -> Asking<'_, Start> {
        Box::pin(self.begin())
    }

    fn sign_in(&self) -> Asking<'_, Start> {
        Box::pin(self.ask())
    }

    fn sign_out(&self) -> Asking<'_, ()> {
        Box::pin(self.end())
    }

    fn subject(&self) -> String {
        self.subject.borrow().clone()
    }

    fn token(&self, resource: Resource, renew: bool) -> Asking<'_, Result<String, ApiError>> {
        Box::pin(self.held(resource, renew))
    }
}

impl Oidc {
    fn new(config: OidcConfig) -> Oidc {
        Oidc {
            config,
            discovery: RefCell::default(),
            refresh: RefCell::default(),
            access: RefCell::default(),
            subject: RefCell::default(),
            refreshing: Cell::new(false),
        }
    }

    async fn begin(&self) -> Start {
        if location::framed() {
            let advice = "This deployment signs in by redirect, which does not work inside a frame. Open the portal in its own tab, or set auth.kind to \"host\" or \"none\".";
            return Start::SignedOut(Why::Failed(advice.into()));
        }
        match redirect::answer() {
            Some(Answer::Code { code, pending }) => {
                let redeemed = self.redeem(code, &pending).await;
                match redeemed {
                    Ok(()) => {
                        storage::remove(Place::Tab, LEFT);
                        Start::Ready
                    }
                    Err(error) => Start::SignedOut(Why::Failed(error.words())),
                }
            }
            Some(Answer::Refused { error, description }) => {
                Start::SignedOut(match ProviderError::code(&error, &description) {
                    ProviderError::NeedsPerson => Why::NoSession,
                    other => Why::Failed(other.words()),
                })
            }
            Some(Answer::Foreign) => Start::SignedOut(Why::Failed(
                "The answer of the sign-in page does not belong to this tab. Sign in again.".into(),
            )),
            None if storage::read(Place::Tab, LEFT).is_some() => Start::SignedOut(Why::Left),
            None => self.leave_for("none").await,
        }
    }

    async fn ask(&self) -> Start {
        let prompt = if storage::read(Place::Tab, LEFT).is_some() {
            "select_account"
        } else {
            ""
        };
        self.leave_for(prompt).await
    }

    async fn leave_for(&self, prompt: &str) -> Start {
        let discovery = match self.discovery().await {
            Ok(discovery) => discovery,
            Err(error) => return Start::SignedOut(Why::Failed(error.words())),
        };
        match redirect::leave(&self.config, &discovery, prompt).await {
            Ok(()) => Start::Leaving,
            Err(why) => Start::SignedOut(Why::Failed(why.into())),
        }
    }

    async fn end(&self) {
        self.refresh.take();
        self.access.borrow_mut().clear();
        storage::write(Place::Tab, LEFT, "1");
        let end = self
            .discovery()
            .await
            .ok()
            .and_then(|discovery| discovery.end_session_endpoint);
        match end {
            Some(end) => location::leave(&redirect::end_session(&end, &self.config.client_id)),
            None => location::leave(&location::base()),
        }
    }

    async fn held(&self, resource: Resource, renew: bool) -> Result<String, ApiError> {
        if renew {
            self.access.borrow_mut().remove(&resource);
        }
        loop {
            let held = self.access.borrow().get(&resource).cloned();
            if let Some(access) = held.filter(|access| access.ends > clock::uptime() + MARGIN_MS) {
                return Ok(access.token);
            }
            if !self.refreshing.replace(true) {
                break;
            }
            // The refresh under way may be for another resource: look again when it is over.
            self.refreshing.set(true);
            while self.refreshing.get() {
                clock::sleep(20).await;
            }
        }
        let renewed = self.renew(resource).await;
        self.refreshing.set(false);
        renewed
    }

    async fn renew(&self, resource: Resource) -> Result<String, ApiError> {
        let ended = ApiError::SignedOut { request_id: None };
        let refresh = self.refresh.borrow().clone().ok_or(ended.clone())?;
        let discovery = self.discovery().await.map_err(ProviderError::into_api)?;
        let grant = Grant::Refresh { token: &refresh };
        let scopes = self.config.scopes(resource);
        match provider::redeem(&discovery, &self.config, &grant, scopes).await {
            Ok(tokens) => Ok(self.keep(resource, tokens)),
            Err(ProviderError::NeedsPerson) => {
                self.refresh.take();
                Err(ended)
            }
            Err(error) => Err(error.into_api()),
        }
    }

    async fn redeem(&self, code: String, pending: &redirect::Pending) -> Result<(), ProviderError> {
        let discovery = self.discovery().await?;
        let grant = Grant::Code {
            code: &code,
            verifier: &pending.verifier,
        };
        let scopes = self.config.scopes(Resource::Graph);
        let tokens = provider::redeem(&discovery, &self.config, &grant, scopes).await?;
        let (subject, issued) =
            provider::check_id_token(&tokens, &discovery, &self.config, &pending.nonce)?;
        let shown = Timestamp(clock::now() + clock::ahead());
        clock::correct(clock_error(shown, issued));
        self.subject.replace(subject);
        self.keep(Resource::Graph, tokens);
        Ok(())
    }

    fn keep(&self, resource: Resource, tokens: Tokens) -> String {
        if let Some(refresh) = tokens.refresh_token {
            self.refresh.replace(Some(refresh));
        }
        let ends = clock::uptime() + tokens.expires_in.unwrap_or(3_600) * 1_000;
        let access = Access {
            token: tokens.access_token.clone(),
            ends,
        };
        self.access.borrow_mut().insert(resource, access);
        tokens.access_token
    }

    async fn discovery(&self) -> Result<Discovery, ProviderError> {
        if let Some(known) = self.discovery.borrow().clone() {
            return Ok(known);
        }
        let discovery = provider::discover(&self.config.authority).await?;
        self.discovery.replace(Some(discovery.clone()));
        Ok(discovery)
    }
}
