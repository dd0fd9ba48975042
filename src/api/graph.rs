//! Microsoft Graph: incidents, comments, and who is signed in.

use super::client::{Call, Client};
use super::wire::directory::role;
use super::wire::incident::{comment, incident, new_comment, resolved};
use crate::domain::config::Resource;
use crate::domain::error::ApiError;
use crate::domain::id::IncidentId;
use crate::domain::incident::{Comment, Incident, Status};
use crate::domain::json::Reader;
use crate::domain::permission::Roles;
use crate::domain::resolution::Resolution;
use crate::domain::time::Timestamp;
use crate::domain::url_query::encode;
use gloo_net::http::Method;

/// Which incidents a list asks for; the service filters nothing else the portal needs.
#[derive(Clone, Debug)]
pub enum Listing {
    /// Those that await the customer, of any age.
    Awaiting,
    /// Those updated from one instant on, and before another where there is one.
    Updated {
        from: Option<Timestamp>,
        before: Option<Timestamp>,
        /// Whether to ask how many there are.
        count: bool,
    },
}

/// One page of a list.
pub struct Page {
    pub incidents: Vec<Incident>,
    /// Where the next page is; already checked to be on Graph's own origin.
    pub next: Option<String>,
    /// How many the list has on all its pages, where it was asked and this is the first.
    pub total: Option<usize>,
}

/// The person behind the token.
pub struct Me {
    /// The directory's id; empty where it is not told.
    pub id: String,
    pub name: String,
    pub account: String,
}

impl Client {
    /// The first page of a list, latest update first.
    pub async fn incidents(&self, listing: &Listing) -> Result<Page, ApiError> {
        let filter = match listing {
            Listing::Awaiting => format!("status eq '{}'", Status::AwaitingAction.wire()),
            Listing::Updated { from, before, .. } => {
                let from = from.map(|at| format!("lastUpdateDateTime ge {}", at.rfc3339()));
                let before = before.map(|at| format!("lastUpdateDateTime lt {}", at.rfc3339()));
                let bounds: Vec<String> = from.into_iter().chain(before).collect();
                bounds.join(" and ")
            }
        };
        let mut url = format!("{}/security/incidents?$top={}", self.graph, self.page_size);
        if !filter.is_empty() {
            url.push_str("&$filter=");
            url.push_str(&encode(&filter));
        }
        if matches!(listing, Listing::Updated { count: true, .. }) {
            url.push_str("&$count=true");
        }
        self.incidents_page(url).await
    }

    /// The page a previous one pointed at.
    pub async fn more_incidents(&self, next: String) -> Result<Page, ApiError> {
        self.incidents_page(next).await
    }

    async fn incidents_page(&self, url: String) -> Result<Page, ApiError> {
        let mut incidents = Vec::new();
        let take = &mut |wire: Reader<'_>| incidents.push(incident(wire));
        let more = self.page(Resource::Graph, url, take).await?;
        Ok(Page {
            incidents,
            next: more.next,
            total: more.total,
        })
    }

    /// One incident with its alerts.
    pub async fn incident(&self, id: &IncidentId) -> Result<Incident, ApiError> {
        let url = format!(
            "{}/security/incidents/{}?$expand=alerts",
            self.graph,
            encode(id.as_str())
        );
        let answer = self.answer(Call::get(Resource::Graph, url)).await?;
        answer.read(incident)
    }

    /// Adds a comment and returns all of them. Never sent twice: Graph has no key to tell a repeat.
    pub async fn add_comment(&self, id: &IncidentId, text: &str) -> Result<Vec<Comment>, ApiError> {
        let url = format!(
            "{}/security/incidents/{}/comments",
            self.graph,
            encode(id.as_str())
        );
        let call = Call::write(Method::POST, Resource::Graph, url, Some(new_comment(text)));
        let answer = self.answer(call).await?;
        answer.read(|body| body.needed_list("value").map(comment).collect())
    }

    /// Marks an incident resolved. Never sent twice unseen: Graph has no key to tell a repeat.
    pub async fn resolve_incident(
        &self,
        id: &IncidentId,
        resolution: &Resolution,
    ) -> Result<Incident, ApiError> {
        let url = format!("{}/security/incidents/{}", self.graph, encode(id.as_str()));
        let body = resolved(resolution, true);
        let call = Call::write(Method::PATCH, Resource::Graph, url, Some(body));
        self.answer(call).await?.read(incident)
    }

    /// Marks an alert resolved, as its incident was.
    pub async fn resolve_alert(&self, id: &str, resolution: &Resolution) -> Result<(), ApiError> {
        let url = format!("{}/security/alerts_v2/{}", self.graph, encode(id));
        let body = resolved(resolution, false);
        let call = Call::write(Method::PATCH, Resource::Graph, url, Some(body));
        self.answer(call).await.map(drop)
    }

    /// Who is signed in.
    pub async fn me(&self) -> Result<Me, ApiError> {
        let url = format!("{}/me", self.graph);
        let answer = self.answer(Call::get(Resource::Graph, url)).await?;
        answer.read(|me| {
            let account = me.text("userPrincipalName").unwrap_or_default();
            let name = me.text("displayName");
            Me {
                id: me.text("id").unwrap_or_default(),
                name: name.unwrap_or_else(|| account.clone()),
                account,
            }
        })
    }

    /// The directory roles of who is signed in, also those that come with a group, however many groups
    /// stand before them.
    pub async fn my_roles(&self) -> Result<Roles, ApiError> {
        let url = format!("{}/me/transitiveMemberOf", self.graph);
        let mut roles = Vec::new();
        self.all(Resource::Graph, url, &mut |wire| roles.extend(role(wire)))
            .await?;
        Ok(Roles::Known(roles))
    }

    /// The tenant's name.
    pub async fn organization(&self) -> Result<String, ApiError> {
        let url = format!(
            "{}/organization?$select=id,displayName,verifiedDomains",
            self.graph
        );
        let answer = self.answer(Call::get(Resource::Graph, url)).await?;
        let name = |found: Reader<'_>| {
            let mut tenants = found.needed_list("value");
            tenants.find_map(|tenant| tenant.text("displayName"))
        };
        Ok(answer.read(name)?.unwrap_or_default())
    }

    /// The directory's people whose name or address begins so: name and mail.
    pub async fn addressees(&self, search: &str) -> Result<Vec<(String, String)>, ApiError> {
        // A quote would end the words that are searched for.
        let words = search.replace(['"', '\\'], " ");
        let words = words.trim();
        let mut url = format!(
            "{}/users?$select=id,displayName,mail&$top=20&$count=true",
            self.graph
        );
        if !words.is_empty() {
            let wanted = format!("\"displayName:{words}\" OR \"mail:{words}\"");
            url.push_str("&$search=");
            url.push_str(&encode(&wanted));
        }
        let mut all = Vec::new();
        let take = &mut |wire: Reader<'_>| {
            let text = |name| wire.text(name).unwrap_or_default();
            all.push((text("displayName"), text("mail")));
        };
        self.page(Resource::Graph, url, take).await?;
        Ok(all)
    }
}
