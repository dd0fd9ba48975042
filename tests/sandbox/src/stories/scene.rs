//! Where a story takes place: who and what is struck, and the attacker's addresses and files.

use super::File;
use crate::{
    rng::Rng,
    tenant::cast::{Cast, Device, User},
};

pub struct Scene<'a> {
    pub rng: Rng,
    pub cast: &'a Cast,
}

/// An outside address and where it is registered.
#[derive(Clone)]
pub struct Address {
    pub ip: String,
    pub country: &'static str,
    pub city: &'static str,
    pub land: &'static str,
}

const PLACES: [(&str, &str, &str); 8] = [
    ("NL", "Amsterdam", "Netherlands"),
    ("RO", "Bucharest", "Romania"),
    ("US", "Ashburn", "United States"),
    ("VN", "Hanoi", "Vietnam"),
    ("BR", "Recife", "Brazil"),
    ("DE", "Frankfurt", "Germany"),
    ("NG", "Lagos", "Nigeria"),
    ("SG", "Singapore", "Singapore"),
];

impl<'a> Scene<'a> {
    pub fn new(rng: Rng, cast: &'a Cast) -> Self {
        Self { rng, cast }
    }

    pub fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        self.rng.pick(from)
    }

    pub fn user(&mut self) -> &'a User {
        &self.cast.users[self.rng.index(self.cast.users.len())]
    }

    pub fn server(&mut self) -> &'a Device {
        // The last two are Linux, on which most of these stories could not happen.
        &self.cast.servers[self.rng.index(12)]
    }

    pub fn machine_of(&self, user: &User) -> &'a Device {
        self.cast.machine_of(user)
    }

    /// Only from the ranges reserved for documentation: nobody is accused.
    pub fn address(&mut self) -> Address {
        let net = self.pick(&["203.0.113", "198.51.100"]);
        let (country, city, land) = self.pick(&PLACES);
        Address {
            ip: format!("{net}.{}", self.rng.between(2, 254)),
            country,
            city,
            land,
        }
    }

    pub fn file(&mut self, name: &str, path: &str) -> File {
        File {
            name: name.to_owned(),
            path: path.to_owned(),
            sha1: self.rng.hex(40),
            sha256: self.rng.hex(64),
            size: self.rng.between(18_000, 4_800_000),
        }
    }

    /// A made-up domain under a reserved name.
    pub fn domain(&mut self) -> String {
        let first = self.pick(&[
            "secure", "docs", "mail", "share", "portal", "cdn", "update", "billing",
        ]);
        let second = self.pick(&[
            "verify", "delivery", "hub", "sync", "cloud", "access", "storage",
        ]);
        format!("{first}-{second}{}.example", self.rng.between(2, 98))
    }

    pub fn number(&mut self, low: i64, high: i64) -> i64 {
        self.rng.between(low, high)
    }
}
