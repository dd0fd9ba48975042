//! Following a list from page to page without being led round in a circle.

/// The pages visited, as far as telling a circle takes: one address, moved forward at every doubling
/// of the way (Brent's algorithm). However long the circle and the way to it are, it is noticed
/// within three times as many pages, and nothing piles up on the way.
#[derive(Clone, Default)]
pub struct Trail {
    kept: String,
    steps: u64,
    until: u64,
}

impl Trail {
    /// Takes the next page's address; true where the trail has come back to where it was.
    pub fn leads_back(&mut self, next: &str) -> bool {
        if self.kept == next {
            return true;
        }
        if self.steps == self.until {
            next.clone_into(&mut self.kept);
            self.until = (self.until * 2).max(1);
            self.steps = 0;
        }
        self.steps += 1;
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How many pages are read of a way of so many that then goes round a circle of so many.
    fn read(way: usize, circle: usize) -> usize {
        let mut trail = Trail::default();
        let mut at = 0;
        for pages in 0..100_000 {
            if trail.leads_back(&format!("page {at}")) {
                return pages;
            }
            at = if at + 1 < way + circle { at + 1 } else { way };
        }
        panic!("never noticed");
    }

    #[test]
    fn a_circle_is_noticed_whatever_its_length() {
        for way in [0, 1, 2, 7, 100] {
            for circle in [1, 2, 3, 8, 50] {
                let pages = read(way, circle);
                assert!(pages <= 3 * (way + circle) + 1, "{way} + {circle}: {pages}");
            }
        }
    }

    #[test]
    fn a_long_list_is_none() {
        let mut trail = Trail::default();
        assert!((0..5_000).all(|page| !trail.leads_back(&format!("page {page}"))));
    }
}
