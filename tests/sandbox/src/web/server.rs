//! The accept loop. It exists because only a connection can be dropped without an answer, and
//! because it must not keep connections alive: on a reused one a browser repeats an unanswered
//! request by itself, and a test that drops an answer would then measure the browser.

use std::{convert::Infallible, future::Future, pin::pin};

use axum::{Router, body::Body, extract::Request, response::Response};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use tower::ServiceExt;

/// Put among a response's extensions, it closes the connection in the answer's place.
#[derive(Clone, Copy, Debug)]
pub struct Hangup;

#[derive(Debug)]
struct HungUp;

impl std::fmt::Display for HungUp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the answer was dropped on request")
    }
}

impl std::error::Error for HungUp {}

pub async fn serve(listener: TcpListener, router: Router, stop: impl Future<Output = ()>) {
    let mut stop = pin!(stop);
    loop {
        tokio::select! {
            () = &mut stop => return,
            accepted = listener.accept() => if let Ok((stream, _)) = accepted {
                tokio::spawn(connection(stream, router.clone()));
            }
        }
    }
}

async fn connection(stream: TcpStream, router: Router) {
    let service = service_fn(move |request: hyper::Request<Incoming>| {
        let router = router.clone();
        async move { answer(router, request.map(Body::new)).await }
    });
    // A broken connection is the client's business; there is nobody here to tell.
    http1::Builder::new()
        .keep_alive(false)
        .serve_connection(TokioIo::new(stream), service)
        .await
        .ok();
}

async fn answer(router: Router, request: Request) -> Result<Response, HungUp> {
    let answered: Result<Response, Infallible> = router.oneshot(request).await;
    let Ok(response) = answered;
    match response.extensions().get::<Hangup>() {
        Some(Hangup) => Err(HungUp),
        None => Ok(response),
    }
}
