//! Work that waits for something: it ends with the portal it belongs to, wherever it waits.

use std::cell::Cell;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::task::Poll;

thread_local! {
    /// Counts the portals this page has had.
    static LIFE: Cell<u32> = const { Cell::new(0) };
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
