//! The sign-in page and its error page: plain HTML under a policy of its own, no script.

use axum::{
    http::StatusCode,
    response::{Html, IntoResponse, Response},
};
use base64::{Engine, prelude::BASE64_STANDARD};
use sha2::{Digest, Sha256};

use crate::{people::PEOPLE, web::envelope::put};

const STYLE: &str = "\
:root{color-scheme:light dark;font:1rem/1.5 system-ui,sans-serif}\
body{max-width:26rem;margin:4rem auto;padding:0 1rem}\
h1{font-size:1.4rem;font-weight:600}\
ul{list-style:none;padding:0;margin:1.5rem 0}\
li{margin:.5rem 0}\
button{display:flex;justify-content:space-between;gap:1rem;width:100%;padding:.7rem 1rem;\
font:inherit;text-align:left;border:1px solid;border-radius:.4rem;background:Canvas;\
color:CanvasText;cursor:pointer}\
button:hover,button:focus-visible{background:Highlight;color:HighlightText}\
button:focus-visible{outline:3px solid;outline-offset:2px}";

/// The list of people; `fields` come back with the choice, `target` is where it will lead.
pub fn people(fields: &[(&str, &str)], target: &str) -> Response {
    let hidden: String = fields
        .iter()
        .map(|(name, value)| {
            format!(
                "<input type=\"hidden\" name=\"{name}\" value=\"{}\">",
                escape(value)
            )
        })
        .collect();
    let list: String = PEOPLE
        .iter()
        .map(|person| {
            format!(
                "<li><button name=\"person\" value=\"{0}\"><strong>{0}</strong> \
                 <span>{1}</span></button></li>",
                person.name,
                person.role_name()
            )
        })
        .collect();
    let body = format!(
        "<h1>Sign in to Contoso (sandbox)</h1><p>No password is needed: this tenant is made up. \
         Choose who you are.</p><form method=\"post\">{hidden}<ul>{list}</ul></form>"
    );
    page(
        StatusCode::OK,
        "Sign in to Contoso (sandbox)",
        &body,
        &format!("'self' {target}"),
    )
}

/// Shown where sending the browser back would help an attacker: the address itself is in doubt.
pub fn problem(what: &str) -> Response {
    let body = format!("<h1>Sign-in cannot go on</h1><p>{}</p>", escape(what));
    page(
        StatusCode::BAD_REQUEST,
        "Sign-in cannot go on",
        &body,
        "'none'",
    )
}

pub fn signed_out() -> Response {
    page(
        StatusCode::OK,
        "Signed out",
        "<h1>You are signed out</h1>",
        "'none'",
    )
}

fn page(status: StatusCode, title: &str, body: &str, form_action: &str) -> Response {
    let html = format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><title>{title}</title>\
         <style>{STYLE}</style></head><body><main>{body}</main></body></html>"
    );
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{}'; form-action {form_action}; base-uri 'none'; \
         frame-ancestors 'none'",
        BASE64_STANDARD.encode(Sha256::digest(STYLE))
    );
    let mut response = (status, Html(html)).into_response();
    put(response.headers_mut(), "content-security-policy", &policy);
    put(response.headers_mut(), "x-content-type-options", "nosniff");
    put(response.headers_mut(), "referrer-policy", "no-referrer");
    response
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
