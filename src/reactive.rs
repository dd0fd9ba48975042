//! Signals, memos and effects, used as leptos's own. Those are built anew for every type of value, 3 kB
//! each, which made a seventh of the first download; these keep every value behind one type, so that
//! leptos's machinery is in the bundle once. Nothing here knows what the values are.

mod stored;

pub use stored::StoredValue;

use leptos::prelude as leptos;
use leptos::{Get, GetUntracked, GetValue, UntrackableGuard, Write};
use std::any::Any;
use std::marker::PhantomData;
use std::ops::Deref;
use std::sync::Arc;

type Shared = Arc<dyn Any + Send + Sync>;

/// A value of any type, and how two of that type are compared.
#[derive(Clone)]
struct Comparable {
    value: Shared,
    same: Same,
}

type Same = Arc<dyn Fn(&Shared, &Shared) -> bool + Send + Sync>;

impl PartialEq for Comparable {
    fn eq(&self, other: &Comparable) -> bool {
        (self.same)(&self.value, &other.value)
    }
}

/// Only this module puts values in and takes them out, each by its own `T`.
fn of<T: 'static>(value: &Shared) -> &T {
    match (**value).downcast_ref() {
        Some(value) => value,
        None => wrong_type(),
    }
}

fn of_mut<T: Clone + Send + Sync + 'static>(value: &mut Shared) -> &mut T {
    // Somebody reads it at this moment: they keep what they read.
    if Arc::get_mut(value).is_none() {
        *value = Arc::new(of::<T>(value).clone());
    }
    match Arc::get_mut(value).and_then(|value| value.downcast_mut()) {
        Some(value) => value,
        None => wrong_type(),
    }
}

fn wrong_type() -> ! {
    panic!("a signal holds another type than its own")
}

/// A value as it was read.
pub struct Ref<T> {
    value: Shared,
    of: PhantomData<T>,
}

impl<T: 'static> Ref<T> {
    fn new(value: Shared) -> Ref<T> {
        Ref {
            value,
            of: PhantomData,
        }
    }
}

impl<T: 'static> Deref for Ref<T> {
    type Target = T;

    fn deref(&self) -> &T {
        of(&self.value)
    }
}

/// Where a value comes from, whatever its type.
#[derive(Clone, Copy)]
enum Source {
    Fixed(leptos::StoredValue<Shared>),
    Set(leptos::RwSignal<Shared>),
    Kept(leptos::Memo<Comparable>),
    Made(leptos::StoredValue<Arc<dyn Fn() -> Shared + Send + Sync>>),
}

impl Source {
    /// The value, followed; `None` where its owner is gone.
    fn followed(self) -> Option<Shared> {
        match self {
            Source::Fixed(value) => value.try_get_value(),
            Source::Set(signal) => signal.try_get(),
            Source::Kept(memo) => memo.try_get().map(|held| held.value),
            Source::Made(make) => make.try_get_value().map(|make| make()),
        }
    }

    /// The value, not followed; `None` where its owner is gone.
    fn value(self) -> Option<Shared> {
        match self {
            Source::Fixed(value) => value.try_get_value(),
            Source::Set(signal) => signal.try_get_untracked(),
            Source::Kept(memo) => memo.try_get_untracked().map(|held| held.value),
            Source::Made(make) => make.try_get_value().map(|make| leptos::untrack(|| make())),
        }
    }

    fn must(value: Option<Shared>) -> Shared {
        match value {
            Some(value) => value,
            None => panic!("a signal was read after its owner had gone"),
        }
    }
}

/// Reading, the same for all three.
macro_rules! readable {
    ($name:ident) => {
        impl<T: 'static> $name<T> {
            /// The value, followed. Panics where its owner is gone, as leptos does.
            pub fn read(self) -> Ref<T> {
                Ref::new(Source::must(self.source().followed()))
            }

            /// The value, not followed. Panics where its owner is gone.
            pub fn read_untracked(self) -> Ref<T> {
                Ref::new(Source::must(self.source().value()))
            }

            /// The value, not followed; `None` where its owner is gone.
            pub fn try_read_untracked(self) -> Option<Ref<T>> {
                self.source().value().map(Ref::new)
            }

            /// Follows it, without need of the value.
            pub fn track(self) {
                drop(self.source().followed());
            }

            /// Looks at the value and follows it.
            pub fn with<R>(self, look: impl FnOnce(&T) -> R) -> R {
                look(&self.read())
            }

            /// Looks at the value.
            pub fn with_untracked<R>(self, look: impl FnOnce(&T) -> R) -> R {
                look(&self.read_untracked())
            }

            /// Looks at the value; `None` where its owner is gone.
            pub fn try_with_untracked<R>(self, look: impl FnOnce(&T) -> R) -> Option<R> {
                self.try_read_untracked().map(|value| look(&value))
            }
        }

        impl<T: Clone + 'static> $name<T> {
            /// A copy of the value, followed.
            pub fn get(self) -> T {
                self.read().clone()
            }

            /// A copy of the value, not followed.
            pub fn get_untracked(self) -> T {
                self.read_untracked().clone()
            }

            /// A copy of the value, followed; `None` where its owner is gone.
            pub fn try_get(self) -> Option<T> {
                self.source()
                    .followed()
                    .map(|value| of::<T>(&value).clone())
            }

            /// A copy of the value, not followed; `None` where its owner is gone.
            pub fn try_get_untracked(self) -> Option<T> {
                self.source().value().map(|value| of::<T>(&value).clone())
            }
        }
    };
}

macro_rules! copy {
    ($($name:ident)*) => {$(
        impl<T> Copy for $name<T> {}

        impl<T> Clone for $name<T> {
            fn clone(&self) -> $name<T> {
                *self
            }
        }
    )*};
}

copy! { RwSignal Memo Signal }
readable!(RwSignal);
readable!(Memo);
readable!(Signal);

/// A value that can be set.
pub struct RwSignal<T> {
    inner: leptos::RwSignal<Shared>,
    of: PhantomData<fn() -> T>,
}

impl<T: Send + Sync + 'static> RwSignal<T> {
    /// A signal with a first value.
    pub fn new(value: T) -> RwSignal<T> {
        RwSignal {
            inner: signal(Arc::new(value)),
            of: PhantomData,
        }
    }

    /// Sets it; nothing happens where its owner is gone.
    pub fn set(self, value: T) {
        drop(self.try_set(value));
    }

    /// Sets it, or gives the value back where its owner is gone.
    pub fn try_set(self, value: T) -> Option<T> {
        let Some(mut held) = self.inner.try_write() else {
            return Some(value);
        };
        *held = Arc::new(value);
        None
    }
}

fn signal(value: Shared) -> leptos::RwSignal<Shared> {
    leptos::RwSignal::new(value)
}

impl<T: Clone + Send + Sync + 'static> RwSignal<T> {
    /// Changes the value; nothing happens where its owner is gone.
    pub fn update(self, change: impl FnOnce(&mut T)) {
        self.try_update(change);
    }

    /// Changes the value; `None` where its owner is gone.
    pub fn try_update<R>(self, change: impl FnOnce(&mut T) -> R) -> Option<R> {
        let mut held = self.inner.try_write()?;
        Some(change(of_mut(&mut held)))
    }

    /// Changes the value, and tells those who follow it only where `change` says that it did.
    pub fn try_maybe_update(self, change: impl FnOnce(&mut T) -> bool) -> Option<()> {
        let mut held = self.inner.try_write()?;
        if !change(of_mut(&mut held)) {
            held.untrack();
        }
        Some(())
    }
}

impl<T> RwSignal<T> {
    fn source(self) -> Source {
        Source::Set(self.inner)
    }
}

impl<T: Default + Send + Sync + 'static> Default for RwSignal<T> {
    fn default() -> RwSignal<T> {
        RwSignal::new(T::default())
    }
}

/// A value made of others and kept until they change; those who follow it hear only of a new one.
pub struct Memo<T> {
    inner: leptos::Memo<Comparable>,
    of: PhantomData<fn() -> T>,
}

impl<T: PartialEq + Send + Sync + 'static> Memo<T> {
    /// A memo of what `make` returns; it is given the value before.
    pub fn new(make: impl Fn(Option<&T>) -> T + Send + Sync + 'static) -> Memo<T> {
        Memo::new_where(make, T::eq)
    }
}

impl<T: Send + Sync + 'static> Memo<T> {
    /// A memo of what `make` returns, where `same` says what is no change.
    pub fn new_where(
        make: impl Fn(Option<&T>) -> T + Send + Sync + 'static,
        same: fn(&T, &T) -> bool,
    ) -> Memo<T> {
        let same: Same = Arc::new(move |one, two| same(of(one), of(two)));
        Memo {
            inner: memo(Box::new(move |before| Comparable {
                value: Arc::new(make(before.map(of))),
                same: same.clone(),
            })),
            of: PhantomData,
        }
    }
}

type Make = Box<dyn Fn(Option<&Shared>) -> Comparable + Send + Sync>;

fn memo(make: Make) -> leptos::Memo<Comparable> {
    leptos::Memo::new(move |before: Option<&Comparable>| make(before.map(|before| &before.value)))
}

impl<T> Memo<T> {
    fn source(self) -> Source {
        Source::Kept(self.inner)
    }
}

/// Any value to read: fixed, set elsewhere, or made anew whenever it is read.
pub struct Signal<T> {
    source: Source,
    of: PhantomData<fn() -> T>,
}

impl<T> Signal<T> {
    fn source(self) -> Source {
        self.source
    }

    fn from_source(source: Source) -> Signal<T> {
        Signal {
            source,
            of: PhantomData,
        }
    }
}

impl<T: Send + Sync + 'static> Signal<T> {
    /// A signal that makes its value anew whenever it is read.
    pub fn derive(make: impl Fn() -> T + Send + Sync + 'static) -> Signal<T> {
        Signal::from_source(made(Arc::new(move || Arc::new(make()))))
    }
}

fn made(make: Arc<dyn Fn() -> Shared + Send + Sync>) -> Source {
    Source::Made(leptos::StoredValue::new(make))
}

fn fixed(value: Shared) -> Source {
    Source::Fixed(leptos::StoredValue::new(value))
}

impl<T: Send + Sync + 'static> From<T> for Signal<T> {
    fn from(value: T) -> Signal<T> {
        Signal::from_source(fixed(Arc::new(value)))
    }
}

impl From<&str> for Signal<String> {
    fn from(value: &str) -> Signal<String> {
        Signal::from(value.to_owned())
    }
}

impl<T> From<RwSignal<T>> for Signal<T> {
    fn from(signal: RwSignal<T>) -> Signal<T> {
        Signal::from_source(signal.source())
    }
}

impl<T> From<Memo<T>> for Signal<T> {
    fn from(memo: Memo<T>) -> Signal<T> {
        Signal::from_source(memo.source())
    }
}

impl<T: Default + Send + Sync + 'static> Default for Signal<T> {
    fn default() -> Signal<T> {
        Signal::from(T::default())
    }
}

/// What happens whenever something it has read changes.
pub struct Effect;

impl Effect {
    /// Runs `run` soon, and again after every change; it is given what it returned before.
    pub fn new<T: 'static>(mut run: impl FnMut(Option<T>) -> T + 'static) -> Effect {
        let mut before = None;
        effect(Box::new(move || before = Some(run(before.take()))));
        Effect
    }
}

fn effect(mut run: Box<dyn FnMut()>) {
    leptos::Effect::new(move |_: Option<()>| run());
}

#[cfg(test)]
mod tests;
