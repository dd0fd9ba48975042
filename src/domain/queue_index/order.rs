//! Row numbers in an order that is kept: only what has changed since is sorted and merged in again.
//! The one place that sorts, as each copy of the sort weighs on the bundle.

use std::cmp::Ordering;

/// How two rows compare, by their numbers.
pub(super) type Compare<'a> = dyn Fn(usize, usize) -> Ordering + 'a;

/// An order of the numbers from 0 on; empty until it is first asked for.
#[derive(Default)]
pub(super) struct Order {
    sorted: Vec<u32>,
    /// Those of `sorted` that may stand in the wrong place.
    stale: Vec<u32>,
}

impl Order {
    /// A number may have to move.
    pub(super) fn touch(&mut self, number: usize) {
        if number < self.sorted.len() {
            self.stale.push(number as u32);
        }
    }

    /// Whether all of `count` numbers stand where they belong.
    pub(super) fn is_fresh(&self, count: usize) -> bool {
        self.sorted.len() == count && self.stale.is_empty()
    }

    /// Puts new and changed numbers into their places.
    pub(super) fn refresh(&mut self, count: usize, compare: &Compare) {
        let known = self.sorted.len();
        if !self.stale.is_empty() {
            let mut stale = vec![false; known];
            for number in self.stale.drain(..) {
                stale[number as usize] = true;
            }
            self.sorted.retain(|number| !stale[*number as usize]);
            let stale = stale.into_iter().zip(0..);
            self.sorted
                .extend(stale.filter(|(stale, _)| *stale).map(|(_, number)| number));
        }
        self.sorted.extend(known as u32..count as u32);
        sort(&mut self.sorted, compare);
    }

    /// The numbers in ascending order.
    pub(super) fn numbers(&self) -> &[u32] {
        &self.sorted
    }
}

/// Sorts numbers. The stable sort takes what is in order already as it is and merges the rest in.
pub(super) fn sort(numbers: &mut [u32], compare: &Compare) {
    numbers.sort_by(|a, b| compare(*a as usize, *b as usize));
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_merged_in_is_as_if_all_had_been_sorted(
            first in proptest::collection::vec(0_u8..20, 0..80),
            changes in proptest::collection::vec((any::<proptest::sample::Index>(), 0_u8..20), 0..40),
            more in proptest::collection::vec(0_u8..20, 0..40),
        ) {
            let mut values = first;
            let mut order = Order::default();
            order.refresh(values.len(), &|a, b| (values[a], a).cmp(&(values[b], b)));
            for (at, value) in changes {
                if !values.is_empty() {
                    let at = at.index(values.len());
                    values[at] = value;
                    order.touch(at);
                }
            }
            values.extend(more);
            order.refresh(values.len(), &|a, b| (values[a], a).cmp(&(values[b], b)));
            let mut plain: Vec<u32> = (0..values.len() as u32).collect();
            plain.sort_by_key(|at| (values[*at as usize], *at));
            prop_assert!(order.is_fresh(values.len()));
            prop_assert_eq!(order.numbers(), plain);
        }
    }
}
