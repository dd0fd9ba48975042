//! The service's own document, deliveries, and a person's notifications.

use super::incident::time;
use crate::domain::json::{Json, Reader};
use crate::domain::notification::Notification;
use crate::domain::service::{Delivery, Service};
use crate::domain::settings::body::flag;

pub(crate) fn service(wire: Reader<'_>) -> Service {
    let caller = wire.object("caller");
    let manager = wire.object("sdm");
    let of_manager = |name| manager.and_then(|manager| manager.text(name));
    let banner = wire.object("banner");
    Service {
        state: wire.text("state").unwrap_or_default(),
        plan: wire.text("plan").unwrap_or_default(),
        onboarded: time(wire, "onboardedAt"),
        manager: (
            of_manager("displayName").unwrap_or_default(),
            of_manager("mail").unwrap_or_default(),
        ),
        banner: banner.and_then(|banner| Some((banner.filled("text")?, banner.filled("url")))),
        // A service that does not say leaves it to the server to decide.
        may_change_settings: caller.is_none_or(|caller| flag(caller, "mayChangeSettings")),
        role: caller
            .and_then(|caller| caller.filled("role"))
            .unwrap_or_else(|| lexicon::t!("Your account").into()),
        denied: caller.and_then(|caller| caller.filled("deniedReason")),
    }
}

pub(crate) fn delivery(wire: Reader<'_>) -> Delivery {
    let to = wire.object("recipient");
    let of_recipient = |name| to.and_then(|to| to.text(name)).unwrap_or_default();
    Delivery {
        id: wire.needed("id"),
        at: time(wire, "at"),
        channel: wire.text("channel").unwrap_or_default(),
        purpose: wire.text("purpose").unwrap_or_default(),
        name: of_recipient("displayName"),
        address: of_recipient("address"),
        subject: wire.text("subject").unwrap_or_default(),
        text: wire.text("text").unwrap_or_default(),
        state: wire.text("state").unwrap_or_default(),
        detail: wire.filled("stateDetail"),
    }
}

pub(crate) fn notification(wire: Reader<'_>) -> Notification {
    let about = wire.object("reference");
    Notification {
        id: wire.needed("id"),
        at: time(wire, "at"),
        kind: wire.text("kind").unwrap_or_default(),
        title: wire.text("title").unwrap_or_default(),
        about: (
            about
                .and_then(|about| about.text("kind"))
                .unwrap_or_default(),
            about.and_then(|about| about.filled("id")),
        ),
        // What a service says nothing about may concern the person.
        mine: *wire.raw().get("mine") != Json::Bool(false),
        read: flag(wire, "read"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::json::read;
    use crate::domain::service::Stage;

    #[test]
    fn the_service_says_its_stage_and_what_one_may_do() {
        let text = r#"{"banner":{"severity":"warning","text":"Slow today","url":null},
            "caller":{"deniedReason":"no","displayName":"R","mail":"r@c","mayAct":false,"mayAsk":true,"mayChangeSettings":false,"role":"Security Reader"},
            "features":{"ask":true},"onboardedAt":"2026-04-23T07:42:07.7751984Z","plan":"Defender Experts for XDR",
            "sdm":{"displayName":"Priya Raman","mail":"priya.raman@experts.example"},"state":"monitoring"}"#;
        let told = read(text, service).unwrap();
        assert_eq!(told.stage(), Stage::Monitoring);
        assert!(
            told.settings_denied()
                .unwrap()
                .starts_with("Security Reader")
        );
        assert_eq!(told.manager.0, "Priya Raman");
        assert_eq!(told.banner.unwrap().0, "Slow today");
        let bare = read(r#"{"state":"active"}"#, service).unwrap();
        assert_eq!(
            bare.settings_denied(),
            None,
            "nothing is disabled without evidence"
        );
    }

    #[test]
    fn deliveries_and_notifications_keep_what_is_shown() {
        let text = r#"{"at":"2026-11-20T06:53:07.1Z","channel":"mail","id":"del-1","purpose":"managedResponse",
            "recipient":{"address":"soc@contoso.com","displayName":"SOC"},"reference":{"kind":"general","id":null,"displayName":null},
            "sample":true,"state":"bounced","stateDetail":"550 5.1.1","subject":"Sample","text":"Nothing happened."}"#;
        let sent = read(text, delivery).unwrap();
        assert_eq!((&*sent.name, &*sent.state), ("SOC", "bounced"));
        assert_eq!(sent.detail.as_deref(), Some("550 5.1.1"));
        let text = r#"{"at":"2026-11-20T06:53:07.1Z","id":"n-6","kind":"managedResponse","read":false,"readAt":null,
            "reference":{"displayName":null,"id":"38516","kind":"incident"},"title":"Managed response: x"}"#;
        let told = read(text, notification).unwrap();
        assert_eq!(told.about, ("incident".into(), Some("38516".into())));
        assert!(
            !told.read && told.mine,
            "a service that does not say whom it concerns"
        );
        let text = text.replace("\"read\"", "\"mine\":false,\"read\"");
        assert!(!read(&text, notification).unwrap().mine);
    }
}
