//! Which pages may read which origin's answers.

use axum::http::{HeaderName, HeaderValue, Method};
use tower_http::cors::{AllowOrigin, CorsLayer};

/// Graph lets every page in and refuses headers it does not know: an `Idempotency-Key` among them.
pub fn graph() -> CorsLayer {
    base()
        .allow_origin(AllowOrigin::any())
        .allow_headers(names(&[
            "authorization",
            "client-request-id",
            "consistencylevel",
            "content-type",
            "prefer",
        ]))
        .expose_headers(names(&[
            "etag",
            "location",
            "preference-applied",
            "content-range",
            "request-id",
            "client-request-id",
            "readwriteconsistencytoken",
            "sdkversion",
            "www-authenticate",
            "x-ms-client-gcc-tenant",
            "retry-after",
        ]))
}

pub fn experts(origins: &[String]) -> CorsLayer {
    base()
        .allow_origin(listed(origins))
        .allow_headers(names(&[
            "authorization",
            "client-request-id",
            "content-type",
            "idempotency-key",
            "if-match",
            "if-none-match",
            "last-event-id",
            "prefer",
        ]))
        .expose_headers(names(&[
            "etag",
            "location",
            "link",
            "retry-after",
            "www-authenticate",
            "x-request-id",
            "idempotency-key",
        ]))
}

/// The token endpoint answers the registered pages alone; discovery and keys are public.
pub fn login(origins: &[String]) -> CorsLayer {
    base()
        .allow_origin(listed(origins))
        .allow_headers(names(&["content-type"]))
}

pub fn open() -> CorsLayer {
    CorsLayer::permissive()
}

fn base() -> CorsLayer {
    CorsLayer::new().allow_methods([
        Method::GET,
        Method::POST,
        Method::PUT,
        Method::PATCH,
        Method::DELETE,
    ])
}

fn listed(origins: &[String]) -> AllowOrigin {
    AllowOrigin::list(
        origins
            .iter()
            .filter_map(|origin| HeaderValue::from_str(origin).ok()),
    )
}

fn names(names: &'static [&'static str]) -> Vec<HeaderName> {
    names
        .iter()
        .map(|name| HeaderName::from_static(name))
        .collect()
}
