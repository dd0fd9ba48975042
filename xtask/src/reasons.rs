//! Why browser tests failed, in a line each, as Playwright's report has it. What CI shows of a run is its end: without these
//! lines it names the tests, and the reasons are pages above.

use serde_json::Value;

/// So long may a reason be, in characters.
const LENGTH: usize = 400;

/// `sign-in.spec.ts:12 signs in: Error: …` for each failed test, in the order of the report.
pub(crate) fn from_playwright(report: &Value) -> Vec<String> {
    let mut found = Vec::new();
    collect(report, &mut found);
    found
}

/// A suite holds further suites (a file's are its `describe`s) and the tests themselves.
fn collect(suite: &Value, found: &mut Vec<String>) {
    for inner in list(suite, "suites") {
        collect(inner, found);
    }
    for test in list(suite, "specs").filter(|test| test["ok"] == false) {
        let text = |key: &str| test[key].as_str().unwrap_or_default();
        let messages = list(test, "tests")
            .flat_map(|run| list(run, "results"))
            .flat_map(|result| list(result, "errors"))
            .filter_map(|error| error["message"].as_str());
        let reason = messages.map(one_line).collect::<Vec<_>>().join("; ");
        found.push(format!(
            "{}:{} {}: {}",
            text("file"),
            test["line"],
            text("title"),
            reason.chars().take(LENGTH).collect::<String>()
        ));
    }
}

fn list<'a>(value: &'a Value, key: &str) -> impl Iterator<Item = &'a Value> {
    value[key].as_array().into_iter().flatten()
}

/// The message without its colours and its line breaks.
fn one_line(message: &str) -> String {
    let mut plain = String::new();
    let mut rest = message;
    while let Some((before, escape)) = rest.split_once("\u{1b}[") {
        plain.push_str(before);
        rest = escape.split_once('m').map_or("", |(_, after)| after);
    }
    plain.push_str(rest);
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn test(title: &str, ok: bool, messages: &[&str]) -> Value {
        let errors: Vec<_> = messages
            .iter()
            .map(|text| json!({"message": text}))
            .collect();
        json!({"title": title, "file": "a.spec.ts", "line": 7, "ok": ok, "tests": [{"results": [{"errors": errors}]}]})
    }

    #[test]
    fn tells_why_each_failed_in_a_line() {
        let report = json!({"suites": [{
            "specs": [test("goes well", true, &[])],
            "suites": [{"specs": [test("goes wrong", false, &["\u{1b}[31mError:\u{1b}[39m no\n\n  - 1\n  + 2", "and more"])]}],
        }]});
        assert_eq!(
            from_playwright(&report),
            ["a.spec.ts:7 goes wrong: Error: no - 1 + 2; and more"]
        );
    }

    #[test]
    fn a_page_of_text_is_cut_and_a_report_of_nothing_has_none() {
        let report =
            json!({"suites": [{"specs": [test("long", false, &["é".repeat(2_000).as_str()])]}]});
        let reasons = from_playwright(&report);
        assert_eq!(
            reasons[0],
            format!("a.spec.ts:7 long: {}", "é".repeat(LENGTH))
        );
        assert!(from_playwright(&json!({})).is_empty());
    }
}
