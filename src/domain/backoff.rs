//! How long a service is left alone that fails.

/// The first pause, in milliseconds; each is three times the one before, up to the longest.
const FIRST_MS: u32 = 3_000;
const LONGEST_MS: u32 = 60_000;

/// The pause after so many failures in a row, in milliseconds: none without any. `jitter`, from 0 up to
/// 1, keeps those apart who have failed together.
pub fn pause(failures: u32, jitter: f64) -> i64 {
    let Some(before) = failures.checked_sub(1) else {
        return 0;
    };
    let pause = (FIRST_MS * 3_u32.pow(before.min(3))).min(LONGEST_MS);
    (f64::from(pause) * (1.0 - jitter / 5.0)) as i64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_up_to_a_minute_and_begin_again_after_a_success() {
        let pauses: Vec<i64> = (0..6).map(|failures| pause(failures, 0.0)).collect();
        assert_eq!(pauses, [0, 3_000, 9_000, 27_000, 60_000, 60_000]);
        assert_eq!(pause(u32::MAX, 0.0), 60_000);
    }

    #[test]
    fn in_the_first_minute_a_service_is_asked_four_times_at_the_most() {
        let shortest = |failures| pause(failures, 1.0);
        assert!(shortest(1) + shortest(2) + shortest(3) + shortest(4) > 60_000);
    }
}
