//! A month as a calendar shows it: six weeks from a Monday on, the keys that move in it, its names; and a
//! range of days as it is typed and as addresses write it.

use super::civil::{civil_from_days, days_from_civil};
use super::{Day, month_name};
use lexicon::t;

/// Days in a calendar's page: six weeks, so that every month is equally high.
pub const PAGE: i32 = 42;

/// The days of the week as a calendar is headed, from Monday on: short, and in full.
pub const WEEKDAYS: [(&str, &str); 7] = [
    (t!("Mo"), t!("Monday")),
    (t!("Tu"), t!("Tuesday")),
    (t!("We"), t!("Wednesday")),
    (t!("Th"), t!("Thursday")),
    (t!("Fr"), t!("Friday")),
    (t!("Sa"), t!("Saturday")),
    (t!("Su"), t!("Sunday")),
];

/// The place of a day in its week; Monday is 0.
pub fn weekday(day: Day) -> usize {
    // 1970-01-01 was a Thursday.
    (day.0.rem_euclid(7) as usize + 3) % 7
}

/// The day's number in its month.
pub fn number(day: Day) -> i64 {
    civil(day).2
}

/// `Saturday, 21 Nov 2026`.
pub fn spoken(day: Day) -> String {
    format!("{}, {}", WEEKDAYS[weekday(day)].1, day.long())
}

/// `Nov 2026`.
pub fn month(day: Day) -> String {
    let (year, month, _) = civil(day);
    format!("{} {year}", month_name(month))
}

/// Whether two days are in the same month.
pub fn same_month(one: Day, other: Day) -> bool {
    let ((year, month, _), (other_year, other_month, _)) = (civil(one), civil(other));
    (year, month) == (other_year, other_month)
}

/// The first day on the page of a day's month: the Monday on or before its first.
pub fn first_on_page(day: Day) -> Day {
    let first = day.plus(1 - number(day) as i32);
    first.plus(-(weekday(first) as i32))
}

/// The same day so many months later (or earlier), or the last of that month where it has no such day.
pub fn plus_months(day: Day, months: i64) -> Day {
    let (year, month, number) = civil(day);
    let count = year * 12 + month - 1 + months;
    let of = |count: i64| days_from_civil(count.div_euclid(12), count.rem_euclid(12) + 1, 1);
    let (first, next) = (of(count), of(count + 1));
    i32::try_from((first + number - 1).min(next - 1)).map_or(day, Day)
}

/// Where a key leads from a day; `None` where it is not a calendar's key.
pub fn step(day: Day, key: &str, shift: bool) -> Option<Day> {
    let in_week = weekday(day) as i32;
    Some(match key {
        "ArrowLeft" => day.plus(-1),
        "ArrowRight" => day.plus(1),
        "ArrowUp" => day.plus(-7),
        "ArrowDown" => day.plus(7),
        "Home" => day.plus(-in_week),
        "End" => day.plus(6 - in_week),
        "PageUp" => plus_months(day, if shift { -12 } else { -1 }),
        "PageDown" => plus_months(day, if shift { 12 } else { 1 }),
        _ => return None,
    })
}

/// Reads `2026-11-01..2026-11-21`; nothing where it is no range of days, or ends before it begins.
pub fn range(text: &str) -> Option<(Day, Day)> {
    let (from, to) = text.split_once("..")?;
    let (from, to) = (Day::parse(from)?, Day::parse(to)?);
    (from <= to).then_some((from, to))
}

fn civil(day: Day) -> (i64, i64, i64) {
    civil_from_days(i64::from(day.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    #[test]
    fn weeks_begin_on_mondays() {
        assert_eq!(weekday(day("1970-01-01")), 3);
        assert_eq!(weekday(day("1969-12-29")), 0);
        assert_eq!(spoken(day("2026-11-21")), "Saturday, 21 Nov 2026");
        assert_eq!(first_on_page(day("2026-11-21")), day("2026-10-26"));
        assert_eq!(first_on_page(day("2026-06-30")), day("2026-06-01"));
        assert_eq!(month(day("2026-11-21")), "Nov 2026");
    }

    #[test]
    fn every_page_shows_its_whole_month() {
        for months in 0..4_800 {
            let first = plus_months(day("1800-01-01"), months);
            let (page, last) = (first_on_page(first), plus_months(first, 1).plus(-1));
            assert!(page <= first && last <= page.plus(PAGE - 1), "{first}");
            assert_eq!(weekday(page), 0);
        }
    }

    #[test]
    fn keys_move_by_days_weeks_months_and_years() {
        let from = day("2026-10-31");
        for (key, shift, to) in [
            ("ArrowRight", false, "2026-11-01"),
            ("ArrowLeft", false, "2026-10-30"),
            ("ArrowDown", false, "2026-11-07"),
            ("ArrowUp", false, "2026-10-24"),
            ("Home", false, "2026-10-26"),
            ("End", false, "2026-11-01"),
            ("PageDown", false, "2026-11-30"),
            ("PageUp", false, "2026-09-30"),
            ("PageDown", true, "2027-10-31"),
            ("PageUp", true, "2025-10-31"),
        ] {
            assert_eq!(step(from, key, shift), Some(day(to)), "{key}");
        }
        assert_eq!(
            step(day("2028-02-29"), "PageDown", true),
            Some(day("2029-02-28"))
        );
        assert_eq!(step(from, "Enter", false), None);
    }

    #[test]
    fn a_range_is_read_as_addresses_write_it() {
        let (from, to) = (day("2026-11-01"), day("2026-11-21"));
        assert_eq!(range("2026-11-01..2026-11-21"), Some((from, to)));
        for wrong in [
            "",
            "30d",
            "2026-11-21..2026-11-01",
            "2026-11-31..2026-12-01",
            "..",
        ] {
            assert_eq!(range(wrong), None, "{wrong}");
        }
    }
}
