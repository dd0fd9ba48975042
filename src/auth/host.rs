//! Tokens from the page around the portal: by the function it mounts the portal with, or, where the portal
//! is in a frame, by a message port that it hands over. The portal never sees how they are come by.

use super::{Asking, Provider, Refused, Start, Why};
use crate::domain::claims;
use crate::domain::config::{HostConfig, Resource};
use crate::domain::error::ApiError;
use crate::platform::host::{self, Question, Source};
use crate::platform::{clock, crypto, location};
use lexicon::t;
use std::cell::RefCell;
use std::collections::HashMap;

/// A token is asked for anew so long before it ends.
const MARGIN_MS: i64 = 60_000;

/// The page around the portal, and what it has given us.
pub(super) struct Host {
    config: HostConfig,
    source: RefCell<Option<Source>>,
    subject: RefCell<Option<String>>,
    /// By resource, with when it ends by `clock::uptime`.
    held: RefCell<HashMap<Resource, (String, i64)>>,
}

impl Host {
    pub(super) fn new(config: HostConfig) -> Host {
        Host {
            config,
            source: RefCell::default(),
            subject: RefCell::default(),
            held: RefCell::default(),
        }
    }

    async fn begin(&self) -> Start {
        let found = match Source::mounted() {
            Some(found) => Some(found),
            None if location::framed() => Source::around(&self.config.origins).await,
            None => None,
        };
        let Some((source, subject)) = found else {
            let words = if location::framed() {
                t!(
                    "The page around the portal did not hand over a way to sign in. Reload it. If it stays so, its address may be missing among host.origins in config.json: tell your administrator."
                )
            } else {
                t!(
                    "This portal is signed in to by the page around it. Open that page instead. If this is it, it has to mount the portal with getToken: tell your administrator."
                )
            };
            return Start::SignedOut(Why::Failed(words.into()));
        };
        let before = self.subject.replace(subject.clone());
        if before.is_some() && before != subject {
            // Another person: nothing of the one before may stay on the page.
            location::reload();
            return Start::Leaving;
        }
        self.source.replace(Some(source));
        // What cannot be had now would not be had by the first question either.
        match self.ask(Resource::Graph, None).await {
            Ok(_) => Start::Ready,
            Err(error) => {
                let words = error.wording(t!("The sign-in"));
                Start::SignedOut(Why::Failed(format!("{}. {}", words.title, words.advice)))
            }
        }
    }

    async fn ask(&self, resource: Resource, refused: Refused) -> Result<String, ApiError> {
        if refused.is_none()
            && let Some((token, ends)) = self.held.borrow().get(&resource)
            && *ends > clock::uptime() + MARGIN_MS
        {
            return Ok(token.clone());
        }
        let source = self.source.borrow().clone();
        let ended = ApiError::SignedOut { request_id: None };
        let source = source.ok_or(ended.clone())?;
        let asked = refused.as_deref().and_then(claims::challenge);
        let question = Question {
            resource: resource.name(),
            scopes: self.config.scopes.of(resource),
            claims: asked.and_then(crypto::from_base64url),
            force: refused.is_some(),
        };
        let answer = source.token(&question).await.map_err(|_| ended)?;
        let lasts = answer.ends.map_or(300_000, |ends| ends - clock::now());
        let held = (answer.token.clone(), clock::uptime() + lasts);
        self.held.borrow_mut().insert(resource, held);
        Ok(answer.token)
    }
}

impl Provider for Host {
    fn start(&self) -> Asking<'_, Start> {
        Box::pin(self.begin())
    }

    fn sign_in(&self) -> Asking<'_, Start> {
        self.held.borrow_mut().clear();
        Box::pin(self.begin())
    }

    fn sign_out(&self) -> Asking<'_, ()> {
        self.held.borrow_mut().clear();
        Box::pin(async { host::sign_out().await })
    }

    fn signs_out(&self) -> bool {
        host::can_sign_out()
    }

    fn subject(&self) -> Option<String> {
        self.subject.borrow().clone()
    }

    fn token(&self, resource: Resource, refused: Refused) -> Asking<'_, Result<String, ApiError>> {
        Box::pin(self.ask(resource, refused))
    }
}
