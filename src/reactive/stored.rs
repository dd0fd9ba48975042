//! A value that is kept as long as its owner and that nobody follows.

use super::{Shared, Source, of, of_mut};
use leptos::prelude as leptos;
use leptos::{GetValue, WriteValue};
use std::marker::PhantomData;
use std::sync::Arc;

/// The value; a copy of this is the same value.
pub struct StoredValue<T> {
    inner: leptos::StoredValue<Shared>,
    of: PhantomData<fn() -> T>,
}

impl<T: Send + Sync + 'static> StoredValue<T> {
    /// Keeps a value.
    pub fn new(value: T) -> StoredValue<T> {
        StoredValue {
            inner: leptos::StoredValue::new(Arc::new(value)),
            of: PhantomData,
        }
    }

    /// Looks at it. Panics where its owner is gone.
    pub fn with_value<R>(self, look: impl FnOnce(&T) -> R) -> R {
        look(of(&Source::must(self.inner.try_get_value())))
    }

    /// Looks at it; `None` where its owner is gone.
    pub fn try_with_value<R>(self, look: impl FnOnce(&T) -> R) -> Option<R> {
        let value = self.inner.try_get_value()?;
        Some(look(of(&value)))
    }

    /// Puts another value in its place; nothing happens where its owner is gone.
    pub fn set_value(self, value: T) {
        drop(self.try_set_value(value));
    }

    /// Puts another value in its place, or gives it back where its owner is gone.
    pub fn try_set_value(self, value: T) -> Option<T> {
        let Some(mut held) = self.inner.try_write_value() else {
            return Some(value);
        };
        *held = Arc::new(value);
        None
    }
}

impl<T: Clone + Send + Sync + 'static> StoredValue<T> {
    /// A copy of it. Panics where its owner is gone.
    pub fn get_value(self) -> T {
        self.with_value(T::clone)
    }

    /// A copy of it; `None` where its owner is gone.
    pub fn try_get_value(self) -> Option<T> {
        self.try_with_value(T::clone)
    }

    /// Changes it; nothing happens where its owner is gone.
    pub fn update_value(self, change: impl FnOnce(&mut T)) {
        self.try_update_value(change);
    }

    /// Changes it; `None` where its owner is gone.
    pub fn try_update_value<R>(self, change: impl FnOnce(&mut T) -> R) -> Option<R> {
        let mut held = self.inner.try_write_value()?;
        Some(change(of_mut(&mut held)))
    }
}

impl<T: Default + Send + Sync + 'static> Default for StoredValue<T> {
    fn default() -> StoredValue<T> {
        StoredValue::new(T::default())
    }
}

impl<T> Copy for StoredValue<T> {}

impl<T> Clone for StoredValue<T> {
    fn clone(&self) -> StoredValue<T> {
        *self
    }
}
