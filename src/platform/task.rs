//! Work that waits for something: it ends with the portal it belongs to, wherever it waits. What is done for
//! one part of a page alone has its requests broken off when that goes away.

use leptos::prelude::{LocalStorage, Owner, StoredValue, WithValue, on_cleanup};
use std::cell::{Cell, RefCell};
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::task::Poll;
use web_sys::{AbortController, AbortSignal};

thread_local! {
    /// Counts the portals this page has had.
    static LIFE: Cell<u32> = const { Cell::new(0) };
    /// Whether somebody still wants what the work that runs right now asks for; nothing where that is certain.
    static WANTED: RefCell<Option<AbortSignal>> = const { RefCell::new(None) };
}

/// Runs a future until it is done or the portal is taken out of its page, as if the tab had been
/// closed: what it would have touched is gone then.
pub fn spawn_local(future: impl Future<Output = ()> + 'static) {
    boxed(Box::pin(future));
}

fn boxed(mut future: Pin<Box<dyn Future<Output = ()>>>) {
    let life = LIFE.get();
    leptos::task::spawn_local(poll_fn(move |context| {
        if LIFE.get() == life {
            future.as_mut().poll(context)
        } else {
            Poll::Ready(())
        }
    }));
}

/// Ends everything that waits.
pub fn end_all() {
    LIFE.set(LIFE.get().wrapping_add(1));
}

/// Whether somebody still wants the answer to what is asked right now: the signal to break it off by.
pub fn wanted() -> Option<AbortSignal> {
    WANTED.with_borrow(Clone::clone)
}

/// A part of a page, while it is in view.
#[derive(Clone, Copy)]
pub struct InView(StoredValue<Option<AbortController>, LocalStorage>);

impl InView {
    /// The part that is being built.
    pub fn current() -> InView {
        let view = InView(StoredValue::new_local(AbortController::new().ok()));
        if Owner::current().is_some() {
            on_cleanup(move || {
                let leave =
                    |stop: &Option<AbortController>| stop.iter().for_each(AbortController::abort);
                let _ = view.0.try_with_value(leave);
            });
        }
        view
    }

    /// Runs a future for it alone. It goes on to its end when the part goes away, but what it still reads from
    /// a service is broken off.
    pub fn spawn(self, future: impl Future<Output = ()> + 'static) {
        let signal = |stop: &Option<AbortController>| stop.as_ref().map(AbortController::signal);
        let wanted = self.0.try_with_value(signal).flatten();
        let mut future: Pin<Box<dyn Future<Output = ()>>> = Box::pin(future);
        spawn_local(poll_fn(move |context| {
            WANTED.set(wanted.clone());
            let polled = future.as_mut().poll(context);
            WANTED.set(None);
            polled
        }));
    }
}
