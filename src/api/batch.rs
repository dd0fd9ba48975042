//! Several questions to Graph in one request (`$batch`). Each counts against its limits as if it had come
//! alone; what is saved is the way there and back.

use super::client::{Call, Client};
use crate::domain::config::Resource;
use crate::domain::error::ApiError;
use crate::domain::json::{self, Reader};
use gloo_net::http::Method;

/// Graph takes no more in one request.
const MOST: usize = 20;

impl Client {
    /// Reads what stands at some paths below Graph's address. `take` gets which of them an answer is for, its
    /// status, and its body; the answers come in any order, and one that was put off is among them as 429.
    pub(super) async fn together(
        &self,
        paths: &[String],
        take: &mut dyn FnMut(usize, i64, Option<Reader<'_>>),
    ) -> Result<(), ApiError> {
        let url = format!("{}/$batch", self.graph);
        for (round, paths) in paths.chunks(MOST).enumerate() {
            let question = |(at, path): (usize, &String)| {
                let path = json::quoted(path);
                format!("{{\"id\":\"{at}\",\"method\":\"GET\",\"url\":{path}}}")
            };
            let questions: Vec<String> = paths.iter().enumerate().map(question).collect();
            let body = format!("{{\"requests\":[{}]}}", questions.join(","));
            let call = Call::write(Method::POST, Resource::Graph, url.clone(), Some(body));
            self.answer(call).await?.read(|wire| {
                for one in wire.needed_list("responses") {
                    let at: Option<usize> = one.needed("id").parse().ok();
                    if let (Some(at), Some(status)) =
                        (at.filter(|at| *at < paths.len()), one.int("status"))
                    {
                        take(round * MOST + at, status, one.object("body"));
                    }
                }
            })?;
        }
        Ok(())
    }
}
