//! That values come back as they were put in, and that those who follow hear of changes only.

use super::*;
use ::leptos::prelude::Owner;
use std::sync::atomic::{AtomicUsize, Ordering};

fn owned(test: impl FnOnce()) {
    let owner = Owner::new();
    owner.with(test);
}

#[test]
fn a_signal_keeps_what_is_set_and_changed() {
    owned(|| {
        let names = RwSignal::new(vec!["a".to_owned()]);
        let read = names.read();
        names.update(|names| names.push("b".into()));
        assert_eq!(*read, ["a"], "who reads keeps what was read");
        assert_eq!(names.get(), ["a", "b"]);
        names.set(Vec::new());
        assert_eq!(Signal::from(names).with(Vec::len), 0);
    });
}

#[test]
fn a_memo_is_made_anew_only_when_something_it_read_has_changed() {
    owned(|| {
        static MADE: AtomicUsize = AtomicUsize::new(0);
        let number = RwSignal::new(3);
        let even = Memo::new(move |_| number.get() % 2 == 0);
        let words = Memo::new(move |before: Option<&String>| {
            MADE.fetch_add(1, Ordering::Relaxed);
            let before = before.cloned().unwrap_or_default();
            format!("{before}{}", if even.get() { "even " } else { "odd " })
        });
        assert_eq!(words.get(), "odd ");
        number.set(5);
        assert_eq!(words.get(), "odd ", "still odd: nothing to do");
        number.set(6);
        assert_eq!(words.get(), "odd even ");
        assert_eq!(MADE.load(Ordering::Relaxed), 2);
    });
}

#[test]
fn a_derived_signal_is_made_when_read_and_a_fixed_one_stays() {
    owned(|| {
        let number = RwSignal::new(1);
        let double = Signal::derive(move || number.get() * 2);
        number.set(21);
        assert_eq!((double.get(), double.get_untracked()), (42, 42));
        let fixed: Signal<String> = "fixed".into();
        assert_eq!(*fixed.read_untracked(), "fixed");
        assert_eq!(Signal::<Option<usize>>::default().get(), None);
    });
}

#[test]
fn what_outlives_its_owner_is_asked_without_a_panic() {
    let owner = Owner::new();
    let (signal, stored) = owner.with(|| (RwSignal::new(1), StoredValue::new(1)));
    let memo = owner.with(|| Memo::new(move |_| signal.get()));
    drop(owner);
    assert_eq!(
        (signal.try_get_untracked(), memo.try_get_untracked()),
        (None, None)
    );
    assert_eq!(
        (signal.try_set(2), stored.try_set_value(2)),
        (Some(2), Some(2))
    );
    assert_eq!(
        (signal.try_update(|_| ()), stored.try_get_value()),
        (None, None)
    );
}
