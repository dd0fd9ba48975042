//! Parts of a view that change, and rows of it. Each type of what they show would bring its own
//! effect or list, 1.5 kB; here all share one.

use leptos::prelude::*;

/// What `view` makes, made again whenever a signal that it reads changes.
pub fn dynamic<V: IntoView + 'static>(view: impl Fn() -> V + Send + 'static) -> AnyView {
    part(Box::new(move || view().into_any()))
}

fn part(view: Box<dyn Fn() -> AnyView + Send>) -> AnyView {
    view! { {move || view()} }.into_any()
}

/// Views of one kind, next to each other.
pub trait CollectAny {
    /// Collects them, without their type.
    fn collect_any(self) -> Vec<AnyView>;
}

impl<V: IntoView + 'static, I: Iterator<Item = V>> CollectAny for I {
    fn collect_any(self) -> Vec<AnyView> {
        self.map(IntoAny::into_any).collect()
    }
}
