//! Times against jiff, which is a dev-dependency only.

use super::*;
use jiff::{Timestamp as Oracle, tz::TimeZone};

/// A zone's transitions from jiff, as `platform::intl` gives them in the browser.
fn zone(name: &str) -> Zone {
    let tz = TimeZone::get(name).unwrap();
    let from = Oracle::from_millisecond(1_735_689_600_000).unwrap();
    let to = Oracle::from_millisecond(1_830_297_600_000).unwrap();
    let transitions = tz
        .following(from)
        .take_while(|t| t.timestamp() < to)
        .map(|t| {
            (
                Timestamp(t.timestamp().as_millisecond()),
                t.offset().seconds() / 60,
            )
        })
        .collect();
    Zone::new(name, tz.to_offset(from).seconds() / 60, transitions)
}

#[test]
fn reads_every_spelling_graph_sends() {
    let base = 1_783_771_200_000; // 2026-07-11T12:00:00Z
    for (text, expected) in [
        ("2026-07-11T12:00:00Z", base),
        ("2026-07-11T12:00:00.5Z", base + 500),
        ("2026-07-11T12:00:00.1433333Z", base + 143),
        ("2026-07-11T14:00:00+02:00", base),
        ("2026-07-11T04:30:00.999-07:30", base + 999),
    ] {
        assert_eq!(Timestamp::parse(text), Some(Timestamp(expected)), "{text}");
    }
}

#[test]
fn any_number_of_fraction_digits_is_a_time() {
    let whole = Timestamp::parse("2026-07-11T12:00:00Z").unwrap();
    for (digits, milliseconds) in [
        ("", 0),
        (".9", 900),
        (".98", 980),
        (".987", 987),
        (".9876", 987),
        (".98765", 987),
        (".987654", 987),
        (".9876543", 987),
    ] {
        let text = format!("2026-07-11T12:00:00{digits}Z");
        assert_eq!(
            Timestamp::parse(&text),
            Some(whole.plus(milliseconds)),
            "{text}"
        );
    }
}

#[test]
fn refuses_what_is_not_a_time() {
    for text in [
        "",
        "2026-07-11",
        "2026-07-11T12:00:00",
        "2026-13-11T12:00:00Z",
        "2026-07-11T25:00:00Z",
        "2026-07-11T12:00:00Zjunk",
        "2026/07/11T12:00:00Z",
        "２０２６-07-11T12:00:00Z",
        "2026-07-11T12:00:00.Zé",
    ] {
        assert_eq!(Timestamp::parse(text), None, "{text}");
    }
}

#[test]
fn writes_what_it_reads() {
    let at = Timestamp(1_783_771_205_000);
    assert_eq!(at.rfc3339(), "2026-07-11T12:00:05Z");
    assert_eq!(Timestamp::parse(&at.rfc3339()), Some(at));
}

#[test]
fn agrees_with_jiff_over_two_years_in_six_zones() {
    for name in [
        "UTC",
        "Europe/Vienna",
        "America/New_York",
        "Asia/Kolkata",
        "Australia/Lord_Howe",
        "America/Santiago",
    ] {
        let ours = zone(name);
        let tz = TimeZone::get(name).unwrap();
        let mut at = 1_740_000_000_000;
        while at < 1_800_000_000_000 {
            let theirs = Oracle::from_millisecond(at).unwrap().to_zoned(tz.clone());
            let expected = theirs.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string();
            assert_eq!(ours.iso(Timestamp(at)), expected, "{name}");
            at += 10_801_000 * 3;
        }
    }
}

#[test]
fn a_day_starts_where_jiff_says() {
    for name in [
        "Europe/Vienna",
        "America/New_York",
        "America/Santiago",
        "Asia/Kolkata",
        "UTC",
    ] {
        let ours = zone(name);
        let tz = TimeZone::get(name).unwrap();
        for day in 20_150..20_800 {
            let day = Day(day);
            let date: jiff::civil::Date = day.to_string().parse().unwrap();
            let expected = date
                .to_zoned(tz.clone())
                .unwrap()
                .timestamp()
                .as_millisecond();
            assert_eq!(ours.start(day), Timestamp(expected), "{name} {day}");
            assert_eq!(ours.day(ours.start(day)), day, "{name} {day}");
        }
    }
}

#[test]
fn days_read_and_print() {
    assert_eq!(
        Day::parse("2026-11-21").map(|d| d.long()),
        Some("21 Nov 2026".into())
    );
    assert_eq!(Day::parse("2026-02-30"), None);
    assert_eq!(Day::parse("2026-2-3"), None);
    assert_eq!(
        Day::parse("2024-02-29").map(|d| d.to_string()),
        Some("2024-02-29".into())
    );
}

#[test]
fn a_column_leaves_this_year_out() {
    let zone = zone("Europe/Vienna");
    let now = Timestamp::parse("2026-11-21T12:00:00Z").unwrap();
    let at = |text: &str| Timestamp::parse(text).unwrap();
    assert_eq!(
        zone.format_short(at("2026-07-11T12:05:00Z"), now),
        "11 Jul, 14:05"
    );
    assert_eq!(
        zone.format_short(at("2025-12-31T22:59:00Z"), now),
        "31 Dec 2025, 23:59"
    );
    assert_eq!(
        zone.format_short(at("2025-12-31T23:00:00Z"), now),
        "1 Jan, 00:00"
    );
}

#[test]
fn relative_times_read_naturally() {
    let now = Timestamp(10 * 365 * DAY);
    for (ago, text) in [
        (0, "just now"),
        (5 * MINUTE, "5 min ago"),
        (3 * HOUR, "3 h ago"),
        (DAY, "1 day ago"),
        (12 * DAY, "12 days ago"),
        (90 * DAY, "3 months ago"),
        (-5 * MINUTE, "in 5 min"),
    ] {
        assert_eq!(relative(now.plus(-ago), now), text);
    }
}
