//! Now, and waiting.

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;

/// The browser's clock: milliseconds since 1970-01-01T00:00:00Z.
pub fn now() -> i64 {
    // A double holds milliseconds exactly for 285,000 years.
    js_sys::Date::now() as i64
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

/// A number from 0 up to 1, for jitter only.
pub fn jitter() -> f64 {
    js_sys::Math::random()
}
