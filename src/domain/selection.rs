//! Which things of a list are ticked: by what they are and not by where they stand, so that sorting,
//! filtering and live changes leave them ticked. Places are those of the list as it is shown.

/// What a person does to a selection, by places in the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tick {
    /// Turns one over.
    One(usize),
    /// Ticks everything from the last one turned over to this one.
    To(usize),
    /// Moves on with Shift held: ticks what lies between, and unticks it on the way back.
    Along {
        /// Where the person was.
        from: usize,
        /// Where the person is now.
        to: usize,
    },
    /// Ticks or unticks the whole list, and nothing that is not in it.
    All(bool),
    /// Unticks everything, in the list or not.
    None,
}

/// The selection. Things are told apart by small numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    ticked: Vec<bool>,
    count: usize,
    range: Option<Range>,
}

/// A range that is being drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Range {
    anchor: u32,
    end: u32,
    /// What was ticked without it.
    before: Vec<bool>,
}

impl Selection {
    /// Whether a thing is ticked.
    pub fn has(&self, thing: u32) -> bool {
        self.ticked.get(thing as usize) == Some(&true)
    }

    /// How many are ticked, wherever they are.
    pub fn count(&self) -> usize {
        self.count
    }

    /// How many of a list are ticked.
    pub fn count_in(&self, list: &[u32]) -> usize {
        match self.count {
            0 => 0,
            _ => list.iter().filter(|thing| self.has(**thing)).count(),
        }
    }

    /// Everything that is ticked.
    pub fn things(&self) -> impl Iterator<Item = u32> {
        let ticked = (0..).zip(&self.ticked);
        ticked.filter(|(_, on)| **on).map(|(thing, _)| thing)
    }

    /// Does what a person asks for.
    pub fn tick(&mut self, tick: Tick, list: &[u32]) {
        let thing = |at: usize| list.get(at).copied();
        match tick {
            Tick::One(at) => {
                if let Some(thing) = thing(at) {
                    self.set(thing, !self.has(thing));
                    self.start(thing);
                }
            }
            Tick::To(at) => {
                if let (Some(thing), true) = (thing(at), self.range.is_none()) {
                    self.start(thing);
                }
                self.draw(at, list);
            }
            Tick::Along { from, to } => {
                if let Some(from) = thing(from)
                    && self.range.as_ref().is_none_or(|range| range.end != from)
                {
                    self.start(from);
                }
                self.draw(to, list);
            }
            Tick::All(on) => {
                list.iter().for_each(|thing| self.set(*thing, on));
                self.range = None;
            }
            Tick::None => *self = Selection::default(),
        }
        self.count = self.ticked.iter().filter(|on| **on).count();
    }

    fn set(&mut self, thing: u32, on: bool) {
        let at = thing as usize;
        if at >= self.ticked.len() {
            self.ticked.resize(at + 1, false);
        }
        self.ticked[at] = on;
    }

    fn start(&mut self, anchor: u32) {
        self.range = Some(Range {
            anchor,
            end: anchor,
            before: self.ticked.clone(),
        });
    }

    fn draw(&mut self, to: usize, list: &[u32]) {
        let (Some(mut range), Some(end)) = (self.range.take(), list.get(to)) else {
            return;
        };
        // Where the range began may be filtered out by now.
        let place = list.iter().position(|thing| *thing == range.anchor);
        let from = place.unwrap_or(to);
        self.ticked.clone_from(&range.before);
        for thing in &list[from.min(to)..=from.max(to)] {
            self.set(*thing, true);
        }
        range.end = *end;
        self.range = Some(range);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: [u32; 6] = [10, 4, 7, 0, 3, 9];

    fn after(ticks: &[Tick], list: &[u32]) -> (Selection, Vec<u32>) {
        let mut selection = Selection::default();
        ticks.iter().for_each(|tick| selection.tick(*tick, list));
        let in_list = list.iter().filter(|thing| selection.has(**thing));
        let in_list = in_list.copied().collect();
        (selection, in_list)
    }

    #[test]
    fn one_is_turned_over() {
        assert_eq!(after(&[Tick::One(2)], &LIST).1, [7]);
        assert_eq!(
            after(&[Tick::One(2), Tick::One(2)], &LIST).1,
            [] as [u32; 0]
        );
    }

    #[test]
    fn a_range_goes_from_the_last_one_turned_over_and_can_be_drawn_anew() {
        let ticks = [Tick::One(0), Tick::One(3), Tick::To(5)];
        assert_eq!(after(&ticks, &LIST).1, [10, 0, 3, 9]);
        let ticks = [Tick::One(0), Tick::One(3), Tick::To(5), Tick::To(2)];
        assert_eq!(after(&ticks, &LIST).1, [10, 7, 0]);
        assert_eq!(after(&[Tick::To(4)], &LIST).1, [3]);
    }

    #[test]
    fn shift_and_an_arrow_draw_a_range_and_take_it_back() {
        let along = |from, to| Tick::Along { from, to };
        assert_eq!(after(&[along(1, 2), along(2, 3)], &LIST).1, [4, 7, 0]);
        assert_eq!(
            after(&[along(1, 2), along(2, 3), along(3, 2)], &LIST).1,
            [4, 7]
        );
        // What was ticked before stays, however the range moves over it.
        let ticks = [Tick::One(3), along(1, 4), along(4, 2)];
        assert_eq!(after(&ticks, &LIST).1, [4, 7, 0]);
        // Elsewhere a new range begins.
        assert_eq!(after(&[along(0, 1), along(4, 5)], &LIST).1, [10, 4, 3, 9]);
    }

    #[test]
    fn the_whole_list_leaves_what_is_filtered_out_alone() {
        let (mut selection, _) = after(&[Tick::One(0), Tick::One(1)], &LIST);
        let filtered = [4, 7];
        selection.tick(Tick::All(true), &filtered);
        assert_eq!((selection.count(), selection.count_in(&filtered)), (3, 2));
        selection.tick(Tick::All(false), &filtered);
        assert_eq!(selection.things().collect::<Vec<_>>(), [10]);
    }

    #[test]
    fn unticking_everything_reaches_what_is_filtered_out() {
        let (mut selection, _) = after(&[Tick::All(true)], &LIST);
        selection.tick(Tick::None, &[4, 7]);
        assert_eq!((selection.count(), selection.has(9)), (0, false));
        // Nor does a range go on that began before.
        selection.tick(Tick::To(3), &LIST);
        assert_eq!(selection.things().collect::<Vec<_>>(), [0]);
    }

    #[test]
    fn another_order_leaves_the_same_things_ticked_and_a_range_where_it_began() {
        let (mut selection, _) = after(&[Tick::One(0)], &LIST);
        let turned = [9, 3, 0, 7, 4, 10];
        assert_eq!(selection.count_in(&turned), 1);
        selection.tick(Tick::To(3), &turned);
        assert_eq!(selection.things().collect::<Vec<_>>(), [4, 7, 10]);
    }

    #[test]
    fn places_that_are_gone_do_nothing() {
        assert_eq!(after(&[Tick::One(9), Tick::To(8)], &LIST).1, [] as [u32; 0]);
        let (mut selection, _) = after(&[Tick::One(0)], &LIST);
        selection.tick(Tick::To(1), &[4, 7]);
        assert_eq!(selection.things().collect::<Vec<_>>(), [7, 10]);
    }
}
