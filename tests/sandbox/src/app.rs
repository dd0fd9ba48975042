//! The running sandbox: options, clock, database and what tests may steer, shared by all origins.

use std::sync::{Arc, Mutex};

use anyhow::Result;
use p256::ecdsa::SigningKey;
use rusqlite::Transaction;

use crate::{
    cli::Options,
    clock::{Clock, Ticks},
    endpoint::limits::Limits,
    experts::{contract::watch::Disagreements, simulate},
    login::keys,
    service,
    store::{self, Store},
    tenant,
    web::{faults::Faults, log::Log},
};

pub type App = Arc<Sandbox>;

pub struct Sandbox {
    pub options: Options,
    pub clock: Clock,
    pub faults: Faults,
    pub requests: Log,
    pub limits: Limits,
    pub disagreements: Disagreements,
    /// Who may show the portal in a frame; nobody, unless a test says so.
    pub framing: Mutex<Option<String>>,
    pub key: SigningKey,
    store: Store,
}

/// What was found in the database at start.
pub struct Found {
    pub incidents: usize,
    pub seed: u64,
    /// The tenant was there already and the command line asked for another one.
    pub differs: bool,
}

impl Sandbox {
    pub fn open(options: Options) -> Result<(App, Found)> {
        let store = Store::open(&options.db)?;
        let sandbox = Self {
            key: keys::generate()?,
            options,
            clock: Clock::default(),
            faults: Faults::default(),
            requests: Log::default(),
            limits: Limits::default(),
            disagreements: Disagreements::default(),
            framing: Mutex::default(),
            store,
        };
        let found = sandbox.furnish()?;
        Ok((Arc::new(sandbox), found))
    }

    /// Runs the work in one transaction, after the service has done what was due by now.
    pub fn with<T, E: From<anyhow::Error>>(
        &self,
        work: impl FnOnce(&Transaction, Ticks) -> Result<T, E>,
    ) -> Result<T, E> {
        let now = self.clock.now();
        self.store.with(|tx| {
            service::advance(tx, now, self.pace())?;
            simulate::advance(tx, now, self.pace())?;
            work(tx, now)
        })
    }

    /// Generates the tenant anew, of the size and seed it has.
    pub fn reset(&self) -> Result<()> {
        let now = self.clock.now();
        self.store.with(|tx| {
            let (incidents, seed) = tenant::described(tx)?.unwrap_or(self.wanted());
            tenant::generate(tx, incidents, seed, now)
        })
    }

    /// How fast the service works; tests make it faster.
    pub fn pace(&self) -> Pace {
        Pace(self.options.action_seconds / 4.5)
    }

    pub fn origin(&self, host: &str) -> String {
        format!("http://{host}.localhost:{}", self.options.port)
    }

    pub fn authority(&self) -> String {
        format!("{}/contoso/v2.0", self.origin("login"))
    }

    /// Pages that may sign people in and call the Experts API: the served portal and a
    /// development server beside it.
    pub fn page_origins(&self) -> Vec<String> {
        vec![
            self.origin("portal"),
            "http://localhost:8080".into(),
            "http://127.0.0.1:8080".into(),
            "http://portal.localhost:8080".into(),
        ]
    }

    fn wanted(&self) -> (usize, u64) {
        (
            self.options.incidents.unwrap_or(2000),
            self.options.seed.unwrap_or(1),
        )
    }

    fn furnish(&self) -> Result<Found> {
        let now = self.clock.now();
        let existing: Option<(usize, u64)> = self.store.with(|tx| tenant::described(tx))?;
        let existing = existing.filter(|_| !self.options.reset);
        let (incidents, seed) = existing.unwrap_or(self.wanted());
        if existing.is_none() {
            self.store.fill(|tx| {
                store::wipe(tx)?;
                tenant::generate(tx, incidents, seed, now)
            })?;
        }
        let wanted = &self.options;
        let differs = wanted.incidents.is_some_and(|wanted| wanted != incidents)
            || wanted.seed.is_some_and(|wanted| wanted != seed);
        Ok(Found {
            incidents,
            seed,
            differs: existing.is_some() && differs,
        })
    }
}

/// How much faster or slower than usual the service works.
#[derive(Clone, Copy, Debug)]
pub struct Pace(f64);

/// As fast as usual.
impl Default for Pace {
    fn default() -> Self {
        Self(1.0)
    }
}

impl Pace {
    pub fn seconds(self, seconds: f64) -> Ticks {
        (seconds * self.0 * crate::clock::SECOND as f64) as Ticks
    }
}
