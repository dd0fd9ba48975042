//! The machine by itself; whole lives of letters are in `tests/letters.rs`.

use super::*;

const NOW: Timestamp = Timestamp(1_000_000);

fn letter() -> Letter {
    Letter::new(
        "k1".into(),
        "chat/29",
        "/chat/threads/{thread}/messages",
        "{\"a\":1}".into(),
        NOW,
    )
}

fn conflict(code: &str) -> ApiError {
    ApiError::Conflict {
        code: code.into(),
        message: "The conversation is closed".into(),
        request_id: None,
    }
}

fn sent(letter: &mut Letter) {
    assert_eq!(letter.on(Event::Turn(NOW)), Next::Keep);
    assert_eq!(letter.on(Event::Kept(true, NOW)), Next::Send);
}

#[test]
fn it_is_on_the_disk_before_it_is_on_the_wire() {
    let mut letter = letter();
    sent(&mut letter);
    let restored = Letter::restored(&letter.record()).unwrap();
    assert!(restored.doubt && !restored.withdrawable());
    assert_eq!(letter.on(Event::Answered(Ok("m1".into()))), Next::Arrived);
}

#[test]
fn what_goes_before_it_is_done_first_and_becomes_part_of_it() {
    let mut letter = letter();
    letter.before = vec![
        Before {
            what: What::Thread {
                incident: "29".into(),
            },
            key: "k2".into(),
            id: None,
        },
        Before {
            what: What::File {
                name: "a&b.png".into(),
                media: "image/png".into(),
            },
            key: "k3".into(),
            id: None,
        },
    ];
    letter.on(Event::Turn(NOW));
    assert_eq!(letter.on(Event::Kept(true, NOW)), Next::Prepare(0));
    assert_eq!(letter.on(Event::Prepared(Ok("t/1".into()))), Next::Keep);
    // The browser is killed here; another tab goes on where it was.
    let mut letter = Letter::restored(&letter.record()).unwrap();
    letter.on(Event::Turn(NOW));
    assert_eq!(letter.on(Event::Kept(true, NOW)), Next::Prepare(1));
    letter.on(Event::Prepared(Ok("f\"1".into())));
    assert_eq!(letter.on(Event::Kept(true, NOW)), Next::Send);
    let (path, body) = letter.request();
    assert_eq!(path, "/chat/threads/t%2F1/messages");
    assert_eq!(body, "{\"a\":1,\"attachmentIds\":[\"f\\\"1\"]}");
}

#[test]
fn while_only_its_file_is_on_the_way_it_can_be_taken_back() {
    let mut letter = letter();
    letter.before = vec![Before {
        what: What::File {
            name: "a.png".into(),
            media: "image/png".into(),
        },
        key: "k3".into(),
        id: None,
    }];
    letter.on(Event::Turn(NOW));
    assert_eq!(letter.on(Event::Kept(true, NOW)), Next::Prepare(0));
    assert!(!letter.withdrawable());
    let offline = Event::Prepared(Err(ApiError::Offline));
    assert!(matches!(letter.on(offline), Next::Pause(_)));
    let restored = Letter::restored(&letter.record()).unwrap();
    for letter in [&letter, &restored] {
        assert!(letter.withdrawable());
        assert_eq!(letter.label(), "Waiting to be sent");
    }
    // Once the letter itself was on the wire, a file that is gone changes nothing about that.
    sent_with_file(&mut letter);
    letter.on(Event::Answered(Err(ApiError::TimedOut)));
    assert!(letter.doubt && !letter.withdrawable());
}

fn sent_with_file(letter: &mut Letter) {
    letter.on(Event::Turn(NOW));
    assert_eq!(letter.on(Event::Kept(true, NOW)), Next::Prepare(0));
    assert_eq!(letter.on(Event::Prepared(Ok("f1".into()))), Next::Keep);
    assert_eq!(letter.on(Event::Kept(true, NOW)), Next::Send);
}

#[test]
fn a_lost_answer_is_followed_by_the_same_letter_with_growing_pauses() {
    let mut letter = letter();
    let mut pauses = Vec::new();
    for _ in 0..7 {
        sent(&mut letter);
        let Next::Pause(pause) = letter.on(Event::Answered(Err(ApiError::TimedOut))) else {
            panic!()
        };
        pauses.push(pause);
        assert!(letter.doubt && !letter.withdrawable());
    }
    assert_eq!(
        pauses,
        [1_000, 2_000, 5_000, 10_000, 30_000, 60_000, 60_000]
    );
    assert_eq!(letter.key, "k1");
}

#[test]
fn a_busy_service_is_left_alone_and_the_letter_can_still_be_taken_back() {
    let mut letter = letter();
    sent(&mut letter);
    let busy = ApiError::Busy {
        retry_after_ms: Some(7_000),
        request_id: None,
    };
    assert_eq!(letter.on(Event::Answered(Err(busy))), Next::Pause(7_000));
    assert!(letter.withdrawable());
}

#[test]
fn what_is_tried_again_waits_all_the_time_and_what_is_tried_for_the_first_time_does_not() {
    let busy = ApiError::Busy {
        retry_after_ms: None,
        request_id: None,
    };
    let mut letter = letter();
    assert!(letter.waits());
    sent(&mut letter);
    assert!(!letter.waits(), "it will be there in a moment");
    for _ in 0..3 {
        letter.on(Event::Answered(Err(busy.clone())));
        assert!(letter.waits());
        letter.on(Event::Turn(NOW));
        letter.on(Event::Kept(true, NOW));
        assert!(letter.waits());
    }
    letter.on(Event::Answered(Ok("m1".into())));
    assert!(!letter.waits());
}

#[test]
fn what_uploads_a_file_waits_and_all_is_unconfirmed_until_it_has_arrived() {
    let mut letter = letter();
    letter.before = vec![Before {
        what: What::File {
            name: "a.png".into(),
            media: "image/png".into(),
        },
        key: "k2".into(),
        id: None,
    }];
    letter.on(Event::Turn(NOW));
    assert_eq!(letter.on(Event::Kept(true, NOW)), Next::Prepare(0));
    assert!(letter.waits() && letter.unconfirmed());
    letter.on(Event::Prepared(Ok("f1".into())));
    assert!(!letter.waits() && letter.unconfirmed());
    letter.on(Event::Answered(Ok("m1".into())));
    assert!(!letter.unconfirmed());
}

#[test]
fn a_conflict_is_believed_when_it_is_said_twice_and_a_running_request_never() {
    let mut letter = letter();
    for _ in 0..5 {
        sent(&mut letter);
        let running = Event::Answered(Err(conflict("requestInProgress")));
        assert!(matches!(letter.on(running), Next::Pause(_)));
    }
    sent(&mut letter);
    let closed = || Event::Answered(Err(conflict("conversationClosed")));
    assert!(matches!(letter.on(closed()), Next::Pause(_)));
    sent(&mut letter);
    assert_eq!(letter.on(closed()), Next::Rest);
    assert_eq!(
        letter.phase,
        Phase::Refused("The conversation is closed".into())
    );
    let restored = Letter::restored(&letter.record()).unwrap();
    assert_eq!(restored.phase, letter.phase);
    assert!(restored.withdrawable());
}

#[test]
fn after_a_day_it_is_not_repeated_unless_the_person_says_so() {
    let mut letter = letter();
    sent(&mut letter);
    letter.on(Event::Answered(Err(ApiError::Offline)));
    let late = Timestamp(NOW.0 + KEY_LASTS_MS + 1);
    assert_eq!(letter.on(Event::Turn(late)), Next::Rest);
    assert_eq!(letter.phase, Phase::Lost);
    letter.on(Event::Again);
    assert_eq!(letter.on(Event::Turn(late)), Next::Keep);
    // The lid was closed between the disk and the wire.
    let later = Timestamp(late.0 + KEY_LASTS_MS + 1);
    assert_eq!(letter.on(Event::Kept(true, later)), Next::Rest);
    assert_eq!(letter.phase, Phase::Lost);
}

#[test]
fn the_task_outbox_and_this_one_do_not_read_each_others_records() {
    use crate::domain::outbox::Intent;
    let mut letter = letter();
    for extra in 0..4 {
        assert!(Intent::restored(&letter.record()).is_none());
        letter.before.push(Before {
            what: What::Thread {
                incident: "29".into(),
            },
            key: extra.to_string(),
            id: None,
        });
    }
    assert_eq!(Letter::restored("t1&29&Isolate&execute&k&1&open&1"), None);
    assert_eq!(Letter::restored("letter&k&lane"), None);
}
