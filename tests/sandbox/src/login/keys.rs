//! The key identity tokens are signed with. It lives as long as the process; a client that checks
//! signatures finds its public half where discovery says.

use anyhow::{Result, anyhow};
use axum::{Json, extract::State};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD as BASE64};
use p256::ecdsa::{Signature, SigningKey, signature::Signer};
use serde_json::{Value, json};

use crate::app::App;

const KEY_ID: &str = "sandbox";

pub fn generate() -> Result<SigningKey> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|error| anyhow!("No random numbers: {error}"))?;
    // Nearly every 256-bit number is a valid key; clearing the top bit makes all of them so.
    bytes[0] &= 0x7f;
    Ok(SigningKey::from_slice(&bytes)?)
}

pub async fn jwks(State(app): State<App>) -> Json<Value> {
    let point = app.key.verifying_key().to_encoded_point(false);
    let part = |bytes: Option<&_>| bytes.map(|bytes| BASE64.encode::<&[u8]>(bytes));
    Json(json!({ "keys": [{
        "kty": "EC", "crv": "P-256", "alg": "ES256", "use": "sig", "kid": KEY_ID,
        "x": part(point.x().map(AsRef::as_ref)),
        "y": part(point.y().map(AsRef::as_ref)),
    }]}))
}

pub fn sign(key: &SigningKey, claims: &Value) -> String {
    let header = json!({ "typ": "JWT", "alg": "ES256", "kid": KEY_ID });
    let text = format!(
        "{}.{}",
        BASE64.encode(header.to_string()),
        BASE64.encode(claims.to_string())
    );
    let signature: Signature = key.sign(text.as_bytes());
    format!("{text}.{}", BASE64.encode(signature.to_bytes()))
}
