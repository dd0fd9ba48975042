//! The readiness assessment and its evaluations.

use super::incident::time;
use crate::domain::json::{Json, Reader};
use crate::domain::readiness::{Cover, Item, Readiness, Run, State};
use crate::domain::settings::body::flag;

pub(crate) fn readiness(wire: Reader<'_>) -> Readiness {
    let (devices, identities) = assets(wire);
    Readiness {
        ready: wire.str("state") == Some("ready"),
        evaluated: time(wire, "evaluatedAt"),
        max_age: wire.int("maxAgeHours").unwrap_or(24),
        items: wire.needed_list("items").map(item).collect(),
        devices,
        identities,
        score: score(wire).map(|(reached, of, score)| (reached, of, time(score, "at"))),
        running: wire.str("runningRunId").is_some(),
    }
}

pub(crate) fn item(wire: Reader<'_>) -> Item {
    Item {
        id: wire.needed("id"),
        title: wire.text("title").unwrap_or_default(),
        description: wire.text("description").unwrap_or_default(),
        product: wire.text("product").unwrap_or_default(),
        required: flag(wire, "required"),
        state: State::parse(wire.str("state").unwrap_or("completeNow")),
        learn_more: wire.filled("learnMoreUrl"),
        control: wire.filled("secureScoreControl"),
        updated: time(wire, "updatedAt"),
        updated_by: wire.filled("updatedBy"),
        allowed: wire.texts("allowedActions").unwrap_or_default(),
    }
}

pub(crate) fn run(wire: Reader<'_>) -> Run {
    let (devices, identities) = assets(wire);
    let actions = wire.object("actions");
    let count = |name| actions.map_or(0, |actions| number(actions, name));
    let change = |wire: Reader<'_>| {
        let text = |name| wire.text(name).unwrap_or_default();
        (
            text("itemId"),
            text("title"),
            State::parse(&text("before")),
            State::parse(&text("after")),
        )
    };
    let changes = wire.list("changes");
    Run {
        id: wire.needed("id"),
        finished: time(wire, "finishedAt"),
        started: time(wire, "startedAt"),
        by: wire.filled("requestedBy"),
        complete_now: count("completeNow"),
        completed: count("completed"),
        devices,
        identities,
        score: score(wire).map(|(reached, of, _)| (reached, of)),
        changes: changes.into_iter().flatten().map(change).collect(),
    }
}

/// Secure Score in tenths, and the document it stands in.
fn score(wire: Reader<'_>) -> Option<(i64, i64, Reader<'_>)> {
    let score = wire.object("secureScore")?;
    let tenths = |name: &str| tenths(score.raw().get(name));
    Some((tenths("current")?, tenths("max")?, score))
}

fn assets(wire: Reader<'_>) -> (Cover, Cover) {
    let assets = wire.object("assets");
    let of = |name| {
        let cover = assets.and_then(|assets| assets.object(name));
        cover.map_or_else(Cover::default, |cover| Cover {
            protected: number(cover, "protected"),
            target: number(cover, "target"),
            // None licensed is what is said where the licences could not be read.
            licensed: Some(number(cover, "licensed")).filter(|licensed| *licensed > 0),
        })
    };
    (of("devices"), of("identities"))
}

fn number(wire: Reader<'_>, name: &'static str) -> usize {
    wire.int(name)
        .and_then(|number| usize::try_from(number).ok())
        .unwrap_or_default()
}

/// A number in tenths, so that no fraction has to be formatted.
fn tenths(value: &Json<'_>) -> Option<i64> {
    match value {
        #[expect(clippy::cast_possible_truncation, reason = "a score of some hundreds")]
        Json::Number(number) if number.abs() < 1e9 => Some((number * 10.0).round() as i64),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::json::read;

    #[test]
    fn the_assessment_keeps_what_is_shown() {
        let text = r#"{"actions":{"completeNow":1,"completed":0,"dismissed":0,"inProgress":0,"recommended":0},
            "assets":{"devices":{"licensed":250,"protected":178,"target":200},"identities":{"licensed":0,"protected":91,"target":100}},
            "evaluatedAt":"2026-11-21T02:46:07.7751984Z","maxAgeHours":24,"runningRunId":null,
            "secureScore":{"at":"2026-11-21T02:46:07.7751984Z","current":46.5,"max":66.0},"state":"notReady",
            "items":[{"allowedActions":["acknowledge"],"description":"d","id":"mfa","learnMoreUrl":"https://learn.microsoft.com/x",
              "product":"microsoftDefenderForEndpoint","required":true,"secureScoreControl":null,"state":"completeNow","title":"Turn on MFA",
              "updatedAt":"2026-10-12T07:42:07.7751984Z","updatedBy":null}]}"#;
        let all = read(text, readiness).unwrap();
        assert!(!all.ready && !all.running);
        assert_eq!(all.score.unwrap().0, 465);
        assert_eq!(all.devices.licensed, Some(250));
        assert_eq!(all.identities.licensed, None, "no licence data");
        assert_eq!(all.items[0].state, State::CompleteNow);
    }

    #[test]
    fn an_evaluation_that_runs_has_no_results_yet() {
        let text = r#"{"actions":null,"assets":null,"changes":[],"finishedAt":null,"id":"run-5","requestedBy":"Ada",
            "startedAt":"2026-11-21T07:42:09.3973113Z","state":"running","trigger":"manual"}"#;
        let running = read(text, run).unwrap();
        assert_eq!(
            (running.finished, running.devices),
            (None, Cover::default())
        );
        assert_eq!(running.score, None);
        let text = r#"{"id":"run-6","changes":[{"itemId":"mfa","title":"MFA","before":"completed","after":"completeNow"}]}"#;
        assert_eq!(read(text, run).unwrap().regressions().count(), 1);
        let text =
            r#"{"id":"run-7","secureScore":{"at":"2026-11-21T02:46:07Z","current":46.5,"max":66}}"#;
        assert_eq!(read(text, run).unwrap().score, Some((465, 660)));
    }
}
