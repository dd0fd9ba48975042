use super::*;
use proptest::prelude::*;

fn view(rows: usize, top: f64) -> Viewport {
    Viewport {
        rows,
        row_height: 36,
        top,
        height: 720.0,
    }
}

#[test]
fn a_hundred_thousand_rows_stay_below_the_height_browsers_allow() {
    assert_eq!(view(100_000, 0.0).content_height(), 3_600_000);
}

#[test]
fn reveal_scrolls_only_as_far_as_needed() {
    assert_eq!(view(1000, 360.0).reveal(15), None);
    assert_eq!(view(1000, 360.0).reveal(9), Some(324.0));
    assert_eq!(view(1000, 0.0).reveal(20), Some(36.0));
}

#[test]
fn keys_move_within_the_grid_and_to_the_header() {
    let cell = |row, column| Cell { row, column };
    let step = |from: Cell, key, ctrl| from.step(key, ctrl, 100, 5, 10);
    assert_eq!(
        step(cell(Some(0), 0), "ArrowUp", false),
        Some(cell(None, 0))
    );
    assert_eq!(
        step(cell(None, 3), "ArrowDown", false),
        Some(cell(Some(0), 3))
    );
    assert_eq!(
        step(cell(Some(99), 3), "ArrowDown", false),
        Some(cell(Some(99), 3))
    );
    assert_eq!(
        step(cell(Some(95), 3), "PageDown", false),
        Some(cell(Some(99), 3))
    );
    assert_eq!(
        step(cell(Some(5), 3), "PageUp", false),
        Some(cell(Some(0), 3))
    );
    assert_eq!(
        step(cell(Some(5), 4), "ArrowRight", false),
        Some(cell(Some(5), 4))
    );
    assert_eq!(step(cell(Some(5), 4), "Home", true), Some(cell(Some(0), 0)));
    assert_eq!(step(cell(Some(5), 1), "End", true), Some(cell(Some(99), 4)));
    assert_eq!(step(cell(Some(5), 1), "x", false), None);
    assert_eq!(
        cell(None, 0).step("ArrowDown", false, 0, 5, 10),
        Some(cell(None, 0))
    );
    assert_eq!(cell(Some(7), 9).clamp(3, 4), cell(Some(2), 3));
    assert_eq!(cell(Some(7), 9).clamp(0, 0), cell(None, 0));
}

#[test]
fn boxes_change_sides_at_the_edges_and_stay_on_the_screen() {
    let anchor = |x, y| Rect {
        x,
        y,
        width: 80.0,
        height: 32.0,
    };
    let screen = (1000.0, 800.0);
    assert_eq!(
        place(anchor(10.0, 10.0), (200.0, 300.0), screen, true),
        (10.0, 46.0)
    );
    assert_eq!(
        place(anchor(10.0, 700.0), (200.0, 300.0), screen, true),
        (10.0, 396.0)
    );
    assert_eq!(
        place(anchor(950.0, 10.0), (200.0, 300.0), screen, true),
        (792.0, 46.0)
    );
    assert_eq!(
        place(anchor(100.0, 100.0), (40.0, 20.0), screen, false),
        (120.0, 76.0)
    );
    assert_eq!(
        place(anchor(100.0, 4.0), (40.0, 20.0), screen, false),
        (120.0, 40.0)
    );
    // Larger than the screen: its start stays reachable.
    assert_eq!(
        place(anchor(0.0, 0.0), (2000.0, 2000.0), screen, true),
        (8.0, 8.0)
    );
}

proptest! {
    #[test]
    fn every_row_in_sight_has_an_element(
        rows in 0_usize..200_000, top in 0.0_f64..7_000_000.0, height in 0.0_f64..3_000.0,
    ) {
        let view = Viewport { rows, row_height: 36, top, height };
        let pool = pool_size(height, 36);
        let window = view.window(pool);
        prop_assert!(window.len() <= pool && window.end <= rows);
        let most = ((rows as f64 * 36.0) - height).max(0.0);
        if top <= most && rows > 0 {
            let first = (top / 36.0) as usize;
            let last = (((top + height) / 36.0).ceil() as usize).min(rows) - 1;
            prop_assert!(window.contains(&first.min(rows - 1)) && window.contains(&last));
        }
    }

    #[test]
    fn elements_show_each_row_of_the_window_once_and_the_kept_row(
        start in 0_usize..5_000, length in 0_usize..40, kept in proptest::option::of(0_usize..5_100),
    ) {
        let (pool, window) = (40, start..start + length);
        let mut shown: Vec<usize> =
            (0..=pool).filter_map(|slot| slot_row(slot, &window, pool, kept)).collect();
        shown.sort_unstable();
        let mut wanted: Vec<usize> = window.clone().collect();
        wanted.extend(kept.filter(|row| !window.contains(row)));
        wanted.sort_unstable();
        prop_assert_eq!(shown, wanted);
    }

    #[test]
    fn the_row_in_focus_never_changes_its_element(kept in 0_usize..5_000, start in 0_usize..5_000) {
        let window = start..start + 40;
        prop_assert_eq!(slot_row(kept % 40, &window, 40, Some(kept)), Some(kept));
    }
}
