//! Now, and waiting.

use super::task::spawn_local;
use std::cell::Cell;

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;

/// Several pictures of the page, even where they take long; nobody notices what changes out of sight.
const LATER_MS: i32 = 100;

thread_local! {
    static AHEAD: Cell<i64> = const { Cell::new(0) };
}

/// Milliseconds since 1970-01-01T00:00:00Z, by the browser's clock and what is known of its error.
pub fn now() -> i64 {
    // A double holds milliseconds exactly for 285,000 years.
    js_sys::Date::now() as i64 - AHEAD.get()
}

/// How far the browser's clock is ahead of the true time, in milliseconds.
pub fn ahead() -> i64 {
    AHEAD.get()
}

/// Sets the browser's clock right, for the portal.
pub fn correct(ahead: i64) {
    AHEAD.set(ahead);
}

/// Milliseconds since the page was opened, for measuring: whatever is done to the clock meanwhile,
/// this one only ever goes on.
pub fn uptime() -> i64 {
    let performance = web_sys::window().and_then(|window| window.performance());
    performance.map_or_else(now, |performance| performance.now() as i64)
}

/// Resolves after so many milliseconds.
pub async fn sleep(milliseconds: i32) {
    let timer = js_sys::Promise::new(&mut |resolve, _reject| {
        if let Some(window) = web_sys::window() {
            let resolve = resolve.unchecked_ref();
            drop(
                window.set_timeout_with_callback_and_timeout_and_arguments_0(resolve, milliseconds),
            );
        }
    });
    drop(JsFuture::from(timer).await);
}

/// Runs something that nobody waits for: once the page has shown what somebody does wait for.
pub fn later(run: impl FnOnce() + 'static) {
    spawn_local(async move {
        sleep(LATER_MS).await;
        run();
    });
}

/// A number from 0 up to 1, for jitter only.
pub fn jitter() -> f64 {
    js_sys::Math::random()
}
