//! Two kinds of randomness: `Rng`, seeded, for the tenant's content, and `secret`, unguessable, for
//! tokens and request ids.

use sha2::{Digest, Sha256};

/// The splitmix generator: every seed and stream gives an independent, repeatable sequence.
pub struct Rng(u64);

impl Rng {
    pub fn new(seed: u64, stream: u64) -> Self {
        let mut rng = Self(seed ^ stream.wrapping_mul(0xD1B5_4A32_D192_ED03));
        rng.draw();
        rng
    }

    fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number from `low` up to, not including, `high`.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        low + (self.draw() % (high - low).max(1) as u64) as i64
    }

    pub fn percent(&mut self, chance: u64) -> bool {
        self.draw() % 100 < chance
    }

    pub fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.index(from.len())]
    }

    pub fn index(&mut self, length: usize) -> usize {
        (self.draw() % length.max(1) as u64) as usize
    }

    /// An index, each with the weight given.
    pub fn weighted(&mut self, weights: &[u64]) -> usize {
        let mut left = self.draw() % weights.iter().sum::<u64>().max(1);
        for (index, weight) in weights.iter().enumerate() {
            if left < *weight {
                return index;
            }
            left -= weight;
        }
        0
    }

    pub fn hex(&mut self, digits: usize) -> String {
        let mut text = String::with_capacity(digits + 16);
        while text.len() < digits {
            text.push_str(&format!("{:016x}", self.draw()));
        }
        text.truncate(digits);
        text
    }

    pub fn guid(&mut self) -> String {
        dashed(&self.hex(32))
    }
}

/// Hex digits that belong to a name: the same device or user has them in every tenant.
pub fn fingerprint(name: &str, digits: usize) -> String {
    let mut text = hex(&Sha256::digest(name));
    text.truncate(digits);
    text
}

pub fn guid_of(name: &str) -> String {
    dashed(&fingerprint(name, 32))
}

/// Forty unguessable bytes in hex. The operating system's generator does not fail after boot; were
/// it to, an empty secret matches no row and every sign-in is refused.
pub fn secret() -> String {
    let mut bytes = [0; 40];
    match getrandom::fill(&mut bytes) {
        Ok(()) => hex(&bytes),
        Err(_) => String::new(),
    }
}

pub fn request_id() -> String {
    let secret = secret();
    dashed(
        secret
            .get(..32)
            .unwrap_or("00000000000000000000000000000000"),
    )
}

fn hex(bytes: &[u8]) -> String {
    let digit = |half: u8| char::from_digit(half.into(), 16).unwrap_or('0');
    bytes
        .iter()
        .flat_map(|byte| [digit(byte >> 4), digit(byte & 15)])
        .collect()
}

fn dashed(hex: &str) -> String {
    format!(
        "{}-{}-4{}-a{}-{}",
        &hex[..8],
        &hex[8..12],
        &hex[13..16],
        &hex[17..20],
        &hex[20..32]
    )
}
