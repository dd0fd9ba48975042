//! Means, medians, shares and minutes, in whole tenths: figures that are compared must not depend on how
//! floating-point numbers are added up or printed.

use lexicon::t;

/// Tenths of a minute.
pub type Minutes = i64;

/// A mean and a median of the same values.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stat {
    /// `None` of no values.
    pub mean: Option<Minutes>,
    pub median: Option<Minutes>,
    pub count: usize,
}

/// Mean and median.
pub fn stat(values: &mut [Minutes]) -> Stat {
    Stat {
        mean: mean(values),
        median: median(values),
        count: values.len(),
    }
}

/// The mean, rounded half away from zero; of nothing there is none.
pub fn mean(values: &[Minutes]) -> Option<Minutes> {
    let count = i64::try_from(values.len())
        .ok()
        .filter(|count| *count > 0)?;
    Some(rounded(values.iter().sum::<i64>(), count))
}

/// The value in the middle, or the mean of the two that are.
pub fn median(values: &mut [Minutes]) -> Option<Minutes> {
    values.sort_unstable();
    let low = values.get(values.len().checked_sub(1)? / 2)?;
    let high = values.get(values.len() / 2)?;
    Some(rounded(low + high, 2))
}

fn rounded(sum: i64, count: i64) -> i64 {
    let half = if sum < 0 { -count } else { count } / 2;
    (sum + half) / count
}

/// A share in tenths of a percent; of nothing there is none.
pub fn share(part: usize, whole: usize) -> Option<i64> {
    let (part, whole) = (i64::try_from(part).ok()?, i64::try_from(whole).ok()?);
    (whole > 0).then(|| rounded(part * 1_000, whole))
}

/// `86.3 %`, or a dash.
pub fn percent(share: Option<i64>) -> String {
    match share {
        Some(share) if share % 10 == 0 => format!("{} %", share / 10),
        Some(share) => format!("{}.{} %", share / 10, share % 10),
        None => "–".to_owned(),
    }
}

/// `185.8`, for tables and exports; a dash where there is none.
pub fn tenths(value: Option<Minutes>) -> String {
    value.map_or_else(
        || "–".to_owned(),
        |value| format!("{}.{}", value / 10, value % 10),
    )
}

/// `3 h 6 min`, in whole minutes; days from two of them on.
pub fn spoken(value: Option<Minutes>) -> String {
    let Some(value) = value else {
        return "–".to_owned();
    };
    let minutes = (value + 5) / 10;
    let (days, hours, left) = (minutes / 1_440, minutes / 60 % 24, minutes % 60);
    match minutes {
        0..60 => t!("{minutes} min"),
        60..2_880 => {
            let hours = minutes / 60;
            t!("{hours} h {left} min")
        }
        _ => t!("{days} d {hours} h"),
    }
}

/// Tenths of a minute between two instants in milliseconds.
pub fn between(from: i64, to: i64) -> Minutes {
    rounded(to.saturating_sub(from), 6_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_has_neither_mean_nor_share() {
        assert_eq!(stat(&mut []), Stat::default());
        assert_eq!(percent(share(0, 0)), "–");
        assert_eq!((tenths(None), spoken(None)), ("–".into(), "–".into()));
    }

    #[test]
    fn shares_are_rounded_once() {
        assert_eq!(percent(share(44, 51)), "86.3 %");
        assert_eq!(percent(share(1, 2)), "50 %");
        assert_eq!(percent(share(2, 3)), "66.7 %");
        assert_eq!(percent(share(7, 7)), "100 %");
    }

    #[test]
    fn a_median_is_not_the_mean() {
        assert_eq!(
            stat(&mut [10, 10_000, 20]),
            Stat {
                mean: Some(3_343),
                median: Some(20),
                count: 3
            }
        );
        assert_eq!(median(&mut [30, 10]), Some(20));
        assert_eq!(median(&mut [15, 10]), Some(13));
    }

    #[test]
    fn minutes_read_as_people_say_them() {
        assert_eq!(spoken(Some(1_858)), "3 h 6 min");
        assert_eq!(spoken(Some(594)), "59 min");
        assert_eq!(spoken(Some(19_658)), "32 h 46 min");
        assert_eq!(spoken(Some(100_000)), "6 d 22 h");
        assert_eq!(tenths(Some(1_858)), "185.8");
        assert_eq!(between(0, 90_000), 15);
    }
}
