//! The settings: the sections in force, the draft that administrators prepare, who changed what, and the
//! groups and people that can be chosen.

use super::client::{Call, Client};
use super::wire::settings::{audit_entry, draft, in_force};
use crate::domain::config::Resource;
use crate::domain::error::ApiError;
use crate::domain::json::{Json, Reader};
use crate::domain::settings::{AuditEntry, Group, InForce, Section, Sections, ServerDraft};
use crate::domain::url_query::encode;
use gloo_net::http::Method;

/// How many of what was found are asked for: more than a person reads.
const FOUND: usize = 50;

/// Somebody or some group that the directory or the service knows.
pub struct Found {
    pub id: String,
    pub name: String,
    /// An address or a description.
    pub detail: String,
    /// Its address for mail; empty where it has none.
    pub mail: String,
}

impl Client {
    /// All sections in force.
    pub async fn settings(&self) -> Result<InForce, ApiError> {
        Ok(self.experts_document("/settings", in_force).await?.0)
    }

    /// The draft, over what is in force.
    pub async fn settings_draft(&self, over: &Sections) -> Result<ServerDraft, ApiError> {
        let read = |wire: Reader<'_>| draft(wire, over);
        let (draft, version) = self.experts_document("/settings/draft", read).await?;
        Ok(ServerDraft {
            version: version.unwrap_or_default(),
            ..draft
        })
    }

    /// Replaces the draft.
    pub async fn put_settings_draft(
        &self,
        body: String,
        version: String,
        over: &Sections,
    ) -> Result<ServerDraft, ApiError> {
        let answer = self
            .experts_write(
                Method::PUT,
                "/settings/draft",
                Some(body),
                None,
                Some(version),
            )
            .await?;
        Ok(ServerDraft {
            version: answer.version.clone().unwrap_or_default(),
            ..answer.read(|wire| draft(wire, over))?
        })
    }

    /// Puts the draft of that version into force, once for a key.
    pub async fn complete_settings(
        &self,
        key: String,
        version: String,
    ) -> Result<InForce, ApiError> {
        let answer = self
            .experts_write(
                Method::POST,
                "/settings/complete",
                None,
                Some(key),
                Some(version),
            )
            .await?;
        answer.read(in_force)
    }

    /// Replaces one section.
    pub async fn put_settings(
        &self,
        section: Section,
        body: String,
        version: String,
    ) -> Result<(), ApiError> {
        let path = format!("/settings/{}", section.slug());
        self.experts_write(Method::PUT, &path, Some(body), None, Some(version))
            .await
            .map(drop)
    }

    /// Who changed a section, the newest first; and whether there is more than was asked for.
    pub async fn settings_audit(
        &self,
        section: Section,
    ) -> Result<(Vec<AuditEntry>, bool), ApiError> {
        let path = format!("/settings/audit?section={}&limit=20", section.slug());
        let read = |page: Reader<'_>| {
            let entries = page.needed_list("items");
            (
                entries.map(|wire| audit_entry(wire, section)).collect(),
                page.text("nextCursor").is_some(),
            )
        };
        Ok(self.experts_document(&path, read).await?.0)
    }

    /// The device groups whose name holds a text.
    pub async fn device_groups(&self, search: &str) -> Result<Vec<Found>, ApiError> {
        let path = format!("/device-groups?search={}&limit={FOUND}", encode(search));
        let one = |wire: Reader<'_>| Found {
            id: wire.needed("id"),
            name: wire.text("name").unwrap_or_default(),
            detail: wire.text("description").unwrap_or_default(),
            mail: String::new(),
        };
        let read = |page: Reader<'_>| page.needed_list("items").map(one).collect();
        Ok(self.experts_document(&path, read).await?.0)
    }

    /// The directory's security groups whose name begins so; all kinds of group where they are to be reached.
    pub async fn groups(&self, search: &str, to_reach: bool) -> Result<Vec<Found>, ApiError> {
        let mut url = self.directory("groups", search, "id,displayName,description,mail");
        if !to_reach {
            url.push_str("&$filter=");
            url.push_str(&encode("securityEnabled eq true"));
        }
        self.found(url, "description").await
    }

    /// The directory's people whose name or address begins so.
    pub async fn people(&self, search: &str) -> Result<Vec<Found>, ApiError> {
        let url = self.directory("users", search, "id,displayName,mail,userPrincipalName");
        self.found(url, "userPrincipalName").await
    }

    fn directory(&self, kind: &str, search: &str, select: &str) -> String {
        // A quote would end the words that are searched for.
        let words = search.replace(['"', '\\'], " ");
        let url = format!(
            "{}/{kind}?$select={select}&$top={FOUND}&$count=true",
            self.graph
        );
        if words.trim().is_empty() {
            return url;
        }
        let words = words.trim();
        let wanted = encode(&format!("\"displayName:{words}\" OR \"mail:{words}\""));
        format!("{url}&$search={wanted}")
    }

    async fn found(&self, url: String, detail: &'static str) -> Result<Vec<Found>, ApiError> {
        let mut all = Vec::new();
        let take = &mut |wire: Reader<'_>| {
            let mail = wire.text("mail").unwrap_or_default();
            let beside = wire.filled(detail).or_else(|| wire.filled("mail"));
            all.push(Found {
                id: wire.needed("id"),
                name: wire.text("displayName").unwrap_or_default(),
                detail: beside.unwrap_or_default(),
                mail,
            });
        };
        self.page(Resource::Graph, url, take).await?;
        Ok(all)
    }

    /// How many members a group of the directory has.
    pub async fn members(&self, group: &Group) -> Result<usize, ApiError> {
        let url = format!("{}/groups/{}/members/$count", self.graph, encode(&group.id));
        let answer = self.answer(Call::get(Resource::Graph, url)).await?;
        let count = answer.read(|wire| wire.raw().as_int())?;
        Ok(count
            .and_then(|count| usize::try_from(count).ok())
            .unwrap_or_default())
    }

    /// Which of some people are not there any more: not in the directory, or blocked. Of whom nothing is
    /// known, they are taken to be there.
    pub async fn gone(&self, people: &[String]) -> Result<Vec<String>, ApiError> {
        let path = |person: &String| format!("/users/{}?$select=id,accountEnabled", encode(person));
        let paths: Vec<String> = people.iter().map(path).collect();
        let mut gone = Vec::new();
        let take = &mut |at: usize, status: i64, body: Option<Reader<'_>>| {
            let enabled = body.map(|body| body.raw().get("accountEnabled"));
            if status == 404 || status == 200 && enabled == Some(&Json::Bool(false)) {
                gone.extend(people.get(at).cloned());
            }
        };
        self.together(&paths, take).await?;
        Ok(gone)
    }
}
