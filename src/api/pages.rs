//! Collections as Graph answers them, page by page.

use super::client::{Call, Client};
use crate::domain::config::Resource;
use crate::domain::error::ApiError;
use crate::domain::json::Reader;
use crate::platform::location;
use lexicon::t;

/// Pages of a list that is short by nature; more is a server that walks in circles.
const MOST_PAGES: u32 = 50;

/// What a page of a collection says beside its items.
pub(super) struct More {
    pub(super) next: Option<String>,
    /// How many there are on all pages; on the first page, where it was asked for.
    pub(super) total: Option<usize>,
}

impl Client {
    /// One page of a collection: gives each item to `take` and returns what there is besides. The
    /// next page has to be on the same host, as following it elsewhere would hand the token over.
    pub(super) async fn page(
        &self,
        resource: Resource,
        url: String,
        take: &mut dyn FnMut(Reader<'_>),
    ) -> Result<More, ApiError> {
        let answer = self.answer(Call::get(resource, url.clone())).await?;
        let more = answer.read(|page| {
            page.needed_list("value").for_each(take);
            More {
                next: page.text("@odata.nextLink"),
                total: page
                    .int("@odata.count")
                    .and_then(|n| usize::try_from(n).ok()),
            }
        })?;
        let refused = |why: &str| {
            Err(ApiError::BadReply {
                at: why.to_owned(),
                request_id: answer.request_id.clone(),
            })
        };
        match &more.next {
            Some(next) if location::origin(next) != location::origin(&url) => {
                refused(t!("the next page is on another host and was refused"))
            }
            Some(next) if *next == url => refused(t!("the next page is the page itself")),
            _ => Ok(more),
        }
    }

    /// A short collection whole.
    pub(super) async fn all(
        &self,
        resource: Resource,
        url: String,
        take: &mut dyn FnMut(Reader<'_>),
    ) -> Result<(), ApiError> {
        let mut page = Some(url);
        for _ in 0..MOST_PAGES {
            let Some(url) = page else { return Ok(()) };
            page = self.page(resource, url, take).await?.next;
        }
        Err(ApiError::BadReply {
            at: t!("a list does not end").to_owned(),
            request_id: None,
        })
    }
}
