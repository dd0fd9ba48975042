use super::*;
use jiff::tz::TimeZone;

const ZONES: [&str; 8] = [
    "UTC",
    "Europe/Vienna",
    "America/New_York",
    "America/Sao_Paulo",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
    "Pacific/Chatham",
    "Africa/Cairo",
];

fn zone(name: &str) -> Arc<Zone> {
    let tz = TimeZone::get(name).unwrap();
    let start = jiff::Timestamp::from_second(1_700_000_000).unwrap();
    let initial = tz.to_offset(start).seconds() / 60;
    let changes = tz
        .following(start)
        .take_while(|change| change.timestamp().as_second() < 1_900_000_000)
        .map(|change| {
            (
                Timestamp(change.timestamp().as_millisecond()),
                change.offset().seconds() / 60,
            )
        });
    Arc::new(Zone::new(name, initial, changes.collect()))
}

/// The slow way: is somebody there at this very minute, by the clock on their wall?
fn there(at: Timestamp, shift: &Shift) -> bool {
    let zoned = jiff::Timestamp::from_millisecond(at.0)
        .unwrap()
        .to_zoned(TimeZone::get(&shift.zone.name).unwrap());
    let minute =
        u16::from(zoned.hour().unsigned_abs()) * 60 + u16::from(zoned.minute().unsigned_abs());
    let today = zoned.weekday().to_monday_zero_offset();
    let yesterday = (today + 6) % 7;
    shift.spans.iter().any(|span| {
        let on = |day: i8| span.days & 1 << day != 0;
        if span.to > span.from {
            on(today) && minute >= span.from && minute < span.to
        } else {
            on(today) && minute >= span.from || on(yesterday) && minute < span.to
        }
    })
}

struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % bound
    }
}

#[test]
fn no_minute_of_a_random_week_is_told_apart_from_the_slow_way() {
    let rounds: u64 = if std::env::var_os("PORTAL_THOROUGH").is_some() {
        2_000
    } else {
        120
    };
    let zones: Vec<Arc<Zone>> = ZONES.into_iter().map(zone).collect();
    let (mut gapped, mut changed) = (0, 0);
    for seed in 1..=rounds {
        let mut dice = Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        // Half of the weeks hold a change of some clock.
        let around = &zones[usize::try_from(dice.below(8)).unwrap()];
        let (low, high) = (Timestamp(1_750_000_000_000), Timestamp(1_850_000_000_000));
        let pieces = around.pieces(low, high);
        let start = if seed % 2 == 0 && pieces.len() > 1 {
            let at = 1 + usize::try_from(dice.below(pieces.len() as u64 - 1)).unwrap();
            changed += 1;
            pieces[at]
                .0
                .plus(-i64::try_from(dice.below(6 * 1440)).unwrap() * MINUTE)
        } else {
            low.plus(i64::try_from(dice.below(1_000_000)).unwrap() * MINUTE)
        };
        let start = Timestamp(start.0 - start.0.rem_euclid(MINUTE));
        let range = (start, start.plus(7 * DAY));
        let shifts: Vec<Shift> = (0..dice.below(4))
            .map(|_| Shift {
                zone: zones[usize::try_from(dice.below(8)).unwrap()].clone(),
                spans: (0..1 + dice.below(3))
                    .map(|_| {
                        let quarter = |dice: &mut Dice| u16::try_from(dice.below(96) * 15).unwrap();
                        let (from, to) = (quarter(&mut dice), quarter(&mut dice));
                        let whole = dice.below(5) == 0;
                        Span {
                            days: u8::try_from(dice.below(128)).unwrap(),
                            from: if whole { 0 } else { from },
                            to: if whole { 0 } else { to },
                        }
                    })
                    .collect(),
            })
            .collect();
        let gaps = gaps(range, &shifts);
        assert!(gaps.windows(2).all(|two| two[0].1 < two[1].0), "{gaps:?}");
        let mut minute = range.0;
        let mut at = 0;
        while minute < range.1 {
            while gaps.get(at).is_some_and(|gap| gap.1 <= minute) {
                at += 1;
            }
            let gap = gaps.get(at).is_some_and(|gap| gap.0 <= minute);
            let nobody = !shifts.iter().any(|shift| there(minute, shift));
            assert_eq!(gap, nobody, "seed {seed}, {minute:?}, {shifts:?}");
            minute = minute.plus(MINUTE);
        }
        gapped += usize::from(!gaps.is_empty());
    }
    assert!(gapped > 20 && changed > 20, "{gapped} {changed}");
}

#[test]
fn nobody_at_all_is_one_gap_and_somebody_always_is_none() {
    let range = (Timestamp(0), Timestamp(7 * DAY));
    assert_eq!(gaps(range, &[]), [range]);
    let always = Shift {
        zone: zone("Europe/Vienna"),
        spans: vec![Span::ALWAYS],
    };
    assert_eq!(gaps(range, &[always]), []);
    assert_eq!(gaps((range.1, range.0), &[]), []);
    assert_eq!(minutes(&[range]), 7 * 1440);
}

#[test]
fn a_day_is_cut_out_of_a_week() {
    let (noon, day) = (Timestamp(DAY / 2), (Timestamp(0), Timestamp(DAY)));
    let stretches = [(noon, Timestamp(3 * DAY))];
    assert_eq!(within(&stretches, day), [(noon, Timestamp(DAY))]);
    assert_eq!(
        within(&stretches, (Timestamp(4 * DAY), Timestamp(5 * DAY))),
        []
    );
}

#[test]
fn whoever_has_left_the_directory_is_not_called() {
    let contact = |directory: Option<&str>, incident| Contact {
        directory: directory.map(str::to_owned),
        incident,
        ..Contact::default()
    };
    let contacts = [
        contact(Some("omar"), true),
        contact(Some("ada"), false),
        contact(Some("soc"), true),
        contact(None, true),
    ];
    let gone = ["omar".to_owned(), "ada".to_owned()];
    let (one, left) = called(&contacts, &gone);
    assert_eq!((one, left), (vec![&contacts[2], &contacts[3]], 1));
    let (all, left) = called(&contacts, &[]);
    assert_eq!((all.len(), left), (3, 0));
}
