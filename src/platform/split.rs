//! Parts of the program in files of their own, which the browser fetches when they are asked for.

use std::pin::Pin;
pub use wasm_split_helpers::SplitLoaderError as Missing;

/// A file under way: what it brings, or that it did not come.
pub type Fetching<T> = Pin<Box<dyn Future<Output = Result<T, Missing>>>>;

/// A function that fetches `$part`, of type `$type`, with everything that nothing else needs, in a file
/// named `$name`. Asking again for a file that is here fetches nothing. Without the feature `split` all
/// of the portal is in one file.
macro_rules! split {
    ($name:ident, $type:ty, $part:expr) => {{
        #[cfg_attr(feature = "split", wasm_split_helpers::wasm_split($name, fallible))]
        fn part() -> Result<$type, $crate::platform::split::Missing> {
            Ok($part)
        }
        fn fetch() -> $crate::platform::split::Fetching<$type> {
            #[cfg(feature = "split")]
            let fetching = part();
            #[cfg(not(feature = "split"))]
            let fetching = std::future::ready(part());
            Box::pin(fetching)
        }
        fetch
    }};
}
pub(crate) use split;
