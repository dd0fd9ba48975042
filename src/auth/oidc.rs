//! OpenID Connect in a page without a server: authorization code with PKCE, one token per resource
//! from one refresh token, everything in memory. A reload comes back through a top-level redirect
//! that asks nothing (`prompt=none`); frames and storage are not relied on.

mod identity;
mod provider;
mod redirect;
mod tabs;

use super::{Asking, Provider, Refused, Start, Why};
use crate::domain::claims;
use crate::domain::config::{OidcConfig, Resource};
use crate::domain::error::ApiError;
use crate::domain::time::{Timestamp, clock_error};
use crate::platform::storage::{self, Place};
use crate::platform::{clock, crypto, location, locks};
use lexicon::t;
use provider::{Discovery, Grant, ProviderError, STANDARD, Tokens};
use redirect::{Answer, SILENT};
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;
use tabs::Tabs;

/// Set while somebody has signed out on purpose, so that a reload does not sign them in again. It is also
/// the word for it among tabs.
const LEFT: &str = "mdr-signed-out";
/// Who signed in last in this tab, for a provider that knows several people in this browser: it would have to
/// ask which of them it is to be. Gone once they sign out.
const HINT: &str = "mdr-login-hint";
/// Asks the provider who it is to be.
const ANOTHER: &str = "select_account";
/// A token is renewed so long before it ends.
const MARGIN_MS: i64 = 60_000;

/// The provider that a deployment names, and what it has given us.
pub(super) struct Oidc {
    config: OidcConfig,
    discovery: RefCell<Option<Discovery>>,
    refresh: RefCell<Option<String>>,
    access: Rc<RefCell<HashMap<Resource, Access>>>,
    /// The same in the other tabs of this person: what one of them gets is good for all.
    tabs: RefCell<Option<Tabs>>,
    subject: RefCell<Option<String>>,
    /// One refresh at a time: providers that rotate refresh tokens take a second use for theft.
    refreshing: Cell<bool>,
    /// What each service wants to be told about the sign-in, until the provider is asked for its token.
    claims: RefCell<[Option<String>; Resource::ALL.len()]>,
    /// For which services a person has to sign in again, though the sign-in goes on for the others, and
    /// what the provider is to be told then.
    demanding: RefCell<Vec<Resource>>,
    demanded: RefCell<Option<String>>,
    /// For which services there is no token, where the provider has given one for all and nothing to renew it with.
    beyond: RefCell<Vec<Resource>>,
    /// Which of the standard scopes the provider has granted. Some strike `offline_access` out without a
    /// word, and refuse a renewal that asks for it.
    granted: RefCell<Vec<&'static str>>,
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

    fn signs_out(&self) -> bool {
        true
    }

    fn subject(&self) -> Option<String> {
        self.subject.borrow().clone()
    }

    fn token(&self, resource: Resource, refused: Refused) -> Asking<'_, Result<String, ApiError>> {
        Box::pin(self.held(resource, refused))
    }

    fn wants_person(&self) -> bool {
        let lacks = |resource: &Resource| self.good(*resource).is_none();
        self.demanding.borrow().iter().any(lacks)
    }
}

impl Oidc {
    pub(super) fn new(config: OidcConfig) -> Oidc {
        Oidc {
            config,
            discovery: RefCell::default(),
            refresh: RefCell::default(),
            access: Rc::default(),
            tabs: RefCell::default(),
            subject: RefCell::default(),
            refreshing: Cell::new(false),
            claims: RefCell::default(),
            demanding: RefCell::default(),
            demanded: RefCell::default(),
            beyond: RefCell::default(),
            granted: RefCell::new(STANDARD.to_vec()),
        }
    }

    async fn begin(&self) -> Start {
        if location::framed() {
            let advice = t!(
                "This deployment signs in by redirect, which does not work inside a frame. Open the portal in its own tab, or set auth.kind to \"host\" or \"none\"."
            );
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
            Some(Answer::Refused {
                error,
                description,
                silent,
            }) => Start::SignedOut(match ProviderError::code(&error, &description) {
                // Whoever presses Sign in is asked for what is missing.
                ProviderError::NeedsPerson | ProviderError::NoConsent if silent => Why::NoSession,
                other => Why::Failed(other.words()),
            }),
            Some(Answer::Foreign) => Start::SignedOut(Why::Failed(
                t!("The answer of the sign-in page does not belong to this tab. Sign in again.")
                    .into(),
            )),
            None if storage::read(Place::Tab, LEFT).is_some() => Start::SignedOut(Why::Left),
            None => self.leave_for(SILENT).await,
        }
    }

    async fn ask(&self) -> Start {
        // Whoever has signed out may be about to come back as somebody else.
        let left = storage::read(Place::Tab, LEFT).is_some();
        self.leave_for(if left { ANOTHER } else { "" }).await
    }

    async fn leave_for(&self, prompt: &str) -> Start {
        let discovery = match self.discovery().await {
            Ok(discovery) => discovery,
            Err(error) => return Start::SignedOut(Why::Failed(error.words())),
        };
        let claims = claims_for(&discovery, self.demanded.borrow().as_deref());
        // Not every provider has a list of accounts to choose from.
        let chooses = prompt != ANOTHER || discovery.takes_claims();
        let prompt = if chooses { prompt } else { "login" };
        let hint = storage::read(Place::Tab, HINT);
        match redirect::leave(&self.config, &discovery, prompt, claims, hint).await {
            Ok(()) => Start::Leaving,
            Err(why) => Start::SignedOut(Why::Failed(why.into())),
        }
    }

    async fn end(&self) {
        self.refresh.take();
        self.access.borrow_mut().clear();
        leave_tab();
        if let Some(tabs) = &*self.tabs.borrow() {
            tabs.leave();
        }
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

    async fn held(&self, resource: Resource, refused: Refused) -> Result<String, ApiError> {
        if let Some(said) = refused {
            self.access.borrow_mut().remove(&resource);
            let asked = claims::challenge(&said).and_then(crypto::from_base64url);
            if asked.is_some() {
                self.claims.borrow_mut()[resource as usize] = asked;
            }
        }
        loop {
            if let Some(token) = self.good(resource) {
                return Ok(token);
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
        let renewed = self.renew_once(resource).await;
        self.refreshing.set(false);
        renewed
    }

    /// The token at hand, where it lasts.
    fn good(&self, resource: Resource) -> Option<String> {
        let held = self.access.borrow().get(&resource).cloned();
        let lasts = |access: &Access| access.ends > clock::uptime() + MARGIN_MS;
        held.filter(lasts).map(|access| access.token)
    }

    /// One tab at a time: those that waited find what the first one got.
    async fn renew_once(&self, resource: Resource) -> Result<String, ApiError> {
        let _turn = locks::take("mdr-renew", true).await;
        match self.good(resource) {
            Some(token) => Ok(token),
            None => self.renew(resource).await,
        }
    }

    async fn renew(&self, resource: Resource) -> Result<String, ApiError> {
        let ended = ApiError::SignedOut { request_id: None };
        // Asked again, the provider would answer the same.
        if self.demanding.borrow().contains(&resource) {
            return Err(ended);
        }
        let discovery = self.discovery().await.map_err(ProviderError::into_api)?;
        let asked = self.claims.borrow_mut()[resource as usize].take();
        let Some(refresh) = self.refresh.borrow().clone() else {
            self.demand(asked);
            if self.beyond.borrow().contains(&resource) {
                return Err(provider::unrenewable());
            }
            self.demanding.borrow_mut().push(resource);
            return Err(ended);
        };
        let grant = Grant::Refresh { token: &refresh };
        let claims = claims_for(&discovery, asked.as_deref());
        let scopes = self.scopes(resource);
        match provider::redeem(&discovery, &self.config, &grant, &scopes, claims).await {
            Ok(tokens) => {
                self.keep(resource, &tokens);
                Ok(tokens.access_token)
            }
            Err(ProviderError::NeedsPerson) => {
                self.refresh.take();
                self.demanding.borrow_mut().push(resource);
                self.demand(asked);
                Err(ended)
            }
            Err(ProviderError::NeedsMore(claims)) => {
                self.demanding.borrow_mut().push(resource);
                self.demand(claims.or(asked));
                Err(ended)
            }
            Err(error) => {
                self.claims.borrow_mut()[resource as usize] = asked;
                Err(error.into_api())
            }
        }
    }

    async fn redeem(&self, code: String, pending: &redirect::Pending) -> Result<(), ProviderError> {
        let discovery = self.discovery().await?;
        let grant = Grant::Code {
            code: &code,
            verifier: &pending.verifier,
        };
        let scopes = self.scopes(Resource::Graph);
        let claims = claims_for(&discovery, None);
        let tokens = provider::redeem(&discovery, &self.config, &grant, &scopes, claims).await;
        if let Err(ProviderError::NeedsMore(claims)) = &tokens {
            self.demand(claims.clone());
        }
        let tokens = tokens?;
        // Entra tells the scopes of the service alone; who tells of any standard one tells of all.
        if let Some(told) = &tokens.scope {
            let told: Vec<&str> = told.split(' ').collect();
            if told.contains(&STANDARD[0]) {
                self.granted
                    .borrow_mut()
                    .retain(|scope| told.contains(scope));
            }
        }
        let identity = identity::check(&tokens, &discovery, &self.config, &pending.nonce)?;
        let shown = Timestamp(clock::now() + clock::ahead());
        clock::correct(clock_error(shown, identity.issued));
        match &identity.hint {
            Some(hint) => drop(storage::write(Place::Tab, HINT, hint)),
            None => storage::remove(Place::Tab, HINT),
        }
        let subject = identity.subject;
        self.tabs
            .replace(Some(Tabs::meet(&subject, self.access.clone())));
        self.subject.replace(Some(subject));
        if tokens.refresh_token.is_none() {
            self.spread(&tokens);
        }
        self.keep(Resource::Graph, &tokens);
        Ok(())
    }

    /// A provider that gives nothing to renew with has given all there will be: its one token is for every
    /// service whose scopes were granted with it. Where it does not tell, what was asked for was granted, and that
    /// was Graph's alone.
    fn spread(&self, tokens: &Tokens) {
        let granted = tokens.scope.as_deref();
        let has =
            |scope: &String| granted.is_some_and(|told| told.split(' ').any(|one| one == scope));
        let reaches = |resource: &Resource| self.config.scopes.of(*resource).iter().all(has);
        let others = Resource::ALL.into_iter().skip(1);
        let (within, beyond): (Vec<_>, _) = others.partition(reaches);
        self.beyond.replace(beyond);
        for resource in within {
            self.keep(resource, tokens);
        }
    }

    /// Keeps for the next sign-in what the provider wants to be told then: its own words, or else those of the
    /// service that led to them.
    fn demand(&self, claims: Option<String>) {
        if claims.is_some() {
            self.demanded.replace(claims);
        }
    }

    fn keep(&self, resource: Resource, tokens: &Tokens) {
        if tokens.refresh_token.is_some() {
            self.refresh.replace(tokens.refresh_token.clone());
        }
        let lasts = tokens.expires_in.unwrap_or(3_600);
        if let Some(tabs) = &*self.tabs.borrow() {
            tabs.share(resource, &tokens.access_token, lasts);
        }
        let ends = clock::uptime() + lasts * 1_000;
        let access = Access {
            token: tokens.access_token.clone(),
            ends,
        };
        self.access.borrow_mut().insert(resource, access);
    }

    /// What to ask for when a token is for a resource.
    fn scopes(&self, resource: Resource) -> Vec<&str> {
        let own = self.config.scopes.of(resource).iter().map(String::as_str);
        self.granted.borrow().iter().copied().chain(own).collect()
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

/// What the provider is to be told for a service, or that a service may ask. Others than those that
/// know of it would refuse the parameter, or ignore it.
fn claims_for(discovery: &Discovery, asked: Option<&str>) -> Option<String> {
    let wanted = asked.is_some() || discovery.takes_claims();
    wanted.then(|| claims::parameter(asked))
}

/// Notes that the person has left, and no longer who it was.
fn leave_tab() {
    storage::write(Place::Tab, LEFT, "1");
    storage::remove(Place::Tab, HINT);
}
