use super::*;
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingErrorKind,
};
use std::cell::RefCell;
use std::convert::Infallible;
use std::rc::Rc;

/// Writes down what is drawn.
#[derive(Clone, Default)]
struct Recorder(Rc<RefCell<Vec<String>>>);

type Drawn = Result<(), DrawingErrorKind<Infallible>>;

impl Recorder {
    fn note(&self, what: String) -> Drawn {
        self.0.borrow_mut().push(what);
        Ok(())
    }

    fn all(&self, kind: &str) -> Vec<String> {
        let all = self.0.borrow();
        all.iter()
            .filter(|line| line.starts_with(kind))
            .cloned()
            .collect()
    }
}

impl DrawingBackend for Recorder {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        (300, 200)
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        Ok(())
    }

    fn draw_pixel(&mut self, _: BackendCoord, _: BackendColor) -> Drawn {
        self.note("pixel".into())
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
        fill: bool,
    ) -> Drawn {
        self.note(format!(
            "rect {from:?} {to:?} {:?} {fill}",
            style.color().rgb
        ))
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Drawn {
        let path: Vec<_> = path.into_iter().collect();
        self.note(format!("path {path:?} {:?}", style.color().rgb))
    }

    fn draw_text<S: BackendTextStyle>(&mut self, text: &str, _: &S, at: BackendCoord) -> Drawn {
        self.note(format!("text {text} {at:?}"))
    }
}

fn palette() -> Palette {
    Palette {
        surface: RGBColor(255, 255, 255),
        text: RGBColor(1, 1, 1),
        line: RGBColor(2, 2, 2),
        axis: RGBColor(3, 3, 3),
        series: vec![
            (RGBColor(5, 5, 5), Pattern::Solid),
            (RGBColor(6, 6, 6), Pattern::Hatched),
        ],
        family: "sans-serif".into(),
        number: |number| number.to_string(),
    }
}

#[test]
fn the_second_series_is_told_apart_by_its_pattern() {
    let layout = Layout::new(
        300,
        200,
        &[vec![3, 1], vec![0, 2]],
        40,
        Shape::Stacked,
        false,
    );
    let recorder = Recorder::default();
    let labels = vec!["1 Nov".to_owned(), "2 Nov".to_owned()];
    assert!(draw(recorder.clone(), &layout, &labels, &palette()).is_ok());
    let filled = |rgb: &str| {
        recorder
            .all("rect")
            .iter()
            .filter(|r| r.contains(rgb))
            .count()
    };
    assert_eq!(filled("(5, 5, 5) true"), 1);
    assert_eq!(filled("(6, 6, 6) false"), 2);
    assert!(
        recorder
            .all("path")
            .iter()
            .any(|path| path.contains("(6, 6, 6)"))
    );
    assert_eq!(recorder.all("text").len(), layout.ticks.len() + 2);
    assert!(
        recorder.all("pixel").is_empty(),
        "nothing falls back to single pixels"
    );
}

/// The drawings that plotters' own SVG backend and ours make of the same chart, beside the ones of before.
/// `UPDATE_SNAPSHOTS=1` writes them anew, to be looked at.
#[test]
fn drawings_are_as_they_were() {
    let values = [vec![3, 1, 2], vec![0, 2, 5], vec![7, 7, 1]];
    let labels: Vec<String> = ["Sep", "Oct", "<Nov>"].map(str::to_owned).to_vec();
    let mut palette = palette();
    palette.series.push((RGBColor(7, 7, 7), Pattern::Back));
    for (name, shape, lying) in [
        ("stacked", Shape::Stacked, false),
        ("grouped", Shape::Grouped, false),
        ("line", Shape::Line, false),
        ("lying", Shape::Stacked, true),
        ("lying-grouped", Shape::Grouped, true),
    ] {
        let layout = Layout::new(300, 200, &values, 40, shape, lying);
        let mut theirs = String::new();
        let backend = plotters_svg::SVGBackend::with_string(&mut theirs, (300, 200));
        assert!(draw(backend, &layout, &labels, &palette).is_ok());
        let ours = crate::charts::save::svg((300, 200), &layout, &labels, &palette);
        assert!(ours.contains("&lt;Nov&gt;"), "what is written is text");
        for (whose, drawing) in [("plotters", &theirs), ("ours", &ours)] {
            let path = format!(
                "{}/tests/fixtures/charts/{name}-{whose}.svg",
                env!("CARGO_MANIFEST_DIR")
            );
            if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
                std::fs::write(&path, drawing).unwrap();
            }
            assert_eq!(*drawing, std::fs::read_to_string(&path).unwrap(), "{path}");
        }
    }
}
