//! The list of alerts: what of it is shown, as its address says it.

use super::alert::{Alert, AlertStatus};
use super::fold;
use super::time::Timestamp;
use super::url_query::{self, Builder};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// Periods that are offered, in days.
pub const PERIODS: [i64; 4] = [1, 7, 30, 180];
const USUAL_DAYS: i64 = 7;

/// What is shown of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AlertQuery {
    pub text: String,
    /// `open` is what is new or in progress, `all` everything, anything else a status's wire name.
    pub status: String,
    /// A severity's wire name, or empty for all.
    pub severity: String,
    /// Created in the last so many days.
    pub days: i64,
    /// The alert whose flyout is open, or nothing.
    pub open: String,
}

impl Default for AlertQuery {
    fn default() -> AlertQuery {
        AlertQuery {
            text: String::new(),
            status: "open".into(),
            severity: String::new(),
            days: USUAL_DAYS,
            open: String::new(),
        }
    }
}

impl AlertQuery {
    /// Reads an address's query; what it does not know it leaves out.
    pub fn parse(query: &str) -> AlertQuery {
        let mut parsed = AlertQuery::default();
        for (name, values) in url_query::parse(query) {
            let value = values.join(",");
            match name.as_str() {
                "q" => parsed.text = value,
                "status" => parsed.status = value,
                "severity" => parsed.severity = value,
                "alert" => parsed.open = value,
                "days" => {
                    let days = value.parse().ok();
                    let known = days.filter(|days| PERIODS.contains(days));
                    parsed.days = known.unwrap_or(USUAL_DAYS);
                }
                _ => {}
            }
        }
        parsed
    }

    /// The query of an address; what is at its default is left out.
    pub fn print(&self) -> String {
        let usual = AlertQuery::default();
        let mut query = Builder::default();
        let other = |mine: &str, usual: &str| (mine != usual).then(|| mine.to_owned());
        query.list("q", other(&self.text, &usual.text));
        query.list("status", other(&self.status, &usual.status));
        query.list("severity", other(&self.severity, &usual.severity));
        query.list(
            "days",
            (self.days != usual.days).then(|| self.days.to_string()),
        );
        query.list("alert", other(&self.open, &usual.open));
        query.finish()
    }

    /// From when on alerts are asked for.
    pub fn from(&self, now: Timestamp) -> Timestamp {
        now.plus(-self.days * 86_400_000)
    }

    /// What is shown, newest first.
    pub fn apply(&self, all: &[Arc<Alert>], now: Timestamp) -> Vec<Arc<Alert>> {
        let from = self.from(now);
        let lower = |text: &str| text.chars().map(fold::lower).collect::<String>();
        let wanted = lower(self.text.trim());
        let fits = |alert: &&Arc<Alert>| {
            let status = match self.status.as_str() {
                "open" => matches!(alert.status, AlertStatus::New | AlertStatus::InProgress),
                "all" => true,
                other => alert.status.wire() == other,
            };
            let severity = self.severity.is_empty() || alert.severity.wire() == self.severity;
            let texts = [Some(&alert.title), Some(&alert.id), alert.category.as_ref()];
            let found = texts
                .into_iter()
                .flatten()
                .any(|text| lower(text).contains(&wanted));
            // What is known may reach farther back than what was chosen.
            let recent = alert.created.is_none_or(|created| created >= from);
            recent && status && severity && (wanted.is_empty() || found)
        };
        let mut shown: Vec<_> = all.iter().filter(fits).cloned().collect();
        shown.sort_by(|one, two| (two.created, &two.id).cmp(&(one.created, &one.id)));
        shown
    }
}

/// A list with what has changed in it, or come, since it was read.
pub fn with(all: &[Arc<Alert>], changed: Vec<Arc<Alert>>) -> Vec<Arc<Alert>> {
    let new: HashSet<&str> = changed.iter().map(|alert| alert.id.as_str()).collect();
    let kept = all.iter().filter(|alert| !new.contains(alert.id.as_str()));
    kept.chain(&changed).cloned().collect()
}

/// What is laid out, as it is by now: places are held, whatever has come or would no longer match.
pub fn held(laid: &[Arc<Alert>], all: &[Arc<Alert>]) -> Vec<Arc<Alert>> {
    let now: HashMap<&str, &Arc<Alert>> = all.iter().map(|one| (one.id.as_str(), one)).collect();
    let newest = |one: &Arc<Alert>| (*now.get(one.id.as_str()).unwrap_or(&one)).clone();
    laid.iter().map(newest).collect()
}

/// How many alerts wait to be laid out, where places would change.
pub fn waiting(laid: &[Arc<Alert>], live: &[Arc<Alert>]) -> usize {
    if laid
        .iter()
        .map(|one| &one.id)
        .eq(live.iter().map(|one| &one.id))
    {
        return 0;
    }
    let known: HashSet<&str> = laid.iter().map(|one| one.id.as_str()).collect();
    let new = live.iter().filter(|one| !known.contains(one.id.as_str()));
    // What has left counts, too.
    new.count().max(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::severity::Severity;

    fn alert(id: &str, status: AlertStatus, severity: Severity, at: i64) -> Arc<Alert> {
        Arc::new(Alert {
            severity,
            category: Some("Malware".into()),
            created: Some(Timestamp(at)),
            ..Alert::bare(id, &status)
        })
    }

    #[test]
    fn every_view_comes_back_from_its_address() {
        for query in ["", "?q=a&status=all&severity=high&days=30&alert=da1"] {
            assert_eq!(AlertQuery::parse(query).print(), query);
        }
        assert_eq!(AlertQuery::parse("?days=5&x=1"), AlertQuery::default());
    }

    #[test]
    fn held_places_show_what_is_there_by_now_and_count_what_waits() {
        let before = [
            alert("a", AlertStatus::New, Severity::High, 1),
            alert("b", AlertStatus::New, Severity::Low, 2),
        ];
        let all = [
            alert("c", AlertStatus::New, Severity::High, 3),
            alert("b", AlertStatus::Resolved, Severity::Low, 2),
            alert("a", AlertStatus::New, Severity::High, 1),
        ];
        let held = held(&before, &all);
        assert_eq!((held.len(), &*held[0].id, &*held[1].id), (2, "a", "b"));
        assert_eq!(held[1].status, AlertStatus::Resolved);
        assert_eq!(super::held(&before, &[]), before);
        assert_eq!(waiting(&before, &held), 0);
        assert_eq!(waiting(&before, &all), 1);
        assert_eq!(waiting(&before, &before[..1]), 1);
    }

    #[test]
    fn the_usual_list_is_what_is_open_and_newest_first() {
        let all = [
            alert("a", AlertStatus::New, Severity::High, 1),
            alert("b", AlertStatus::Resolved, Severity::High, 2),
            alert("c", AlertStatus::InProgress, Severity::Low, 3),
        ];
        let shown = |query: &str| {
            let shown = AlertQuery::parse(query).apply(&all, Timestamp(4));
            shown
                .iter()
                .map(|alert| alert.id.clone())
                .collect::<String>()
        };
        assert_eq!(shown(""), "ca");
        assert_eq!(shown("?status=all"), "cba");
        assert_eq!(shown("?status=resolved"), "b");
        assert_eq!(shown("?status=all&severity=high"), "ba");
        assert_eq!(shown("?q=ALERT+c"), "c");
        assert_eq!(shown("?q=malw"), "ca");
    }

    #[test]
    fn what_is_older_than_the_chosen_period_is_not_shown_although_it_is_known() {
        let day = 86_400_000;
        let all = [
            alert("a", AlertStatus::New, Severity::High, 9 * day),
            alert("b", AlertStatus::New, Severity::High, 3 * day),
        ];
        let count = |query: &str| {
            let query = AlertQuery::parse(query);
            query.apply(&all, Timestamp(10 * day)).len()
        };
        assert_eq!([count("?days=1"), count(""), count("?days=30")], [1, 2, 2]);
    }

    #[test]
    fn what_has_changed_takes_its_place_and_what_is_new_is_added() {
        let one = |status| alert("a", status, Severity::High, 1);
        let other = alert("b", AlertStatus::New, Severity::Low, 2);
        let all = [one(AlertStatus::New), other.clone()];
        let third = alert("c", AlertStatus::New, Severity::Low, 3);
        let now = with(&all, vec![one(AlertStatus::Resolved), third.clone()]);
        assert_eq!(now, [other, one(AlertStatus::Resolved), third]);
    }
}
