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
        marked: RGBColor(4, 4, 4),
        series: vec![
            (RGBColor(5, 5, 5), Pattern::Solid),
            (RGBColor(6, 6, 6), Pattern::Hatched),
        ],
        family: "sans-serif".into(),
    }
}

#[test]
fn the_second_series_is_told_apart_by_its_pattern() {
    let layout = Layout::new(300, 200, &[vec![3, 1], vec![0, 2]], 40);
    let recorder = Recorder::default();
    let labels = vec!["1 Nov".to_owned(), "2 Nov".to_owned()];
    assert!(draw(recorder.clone(), &layout, &labels, &palette(), None).is_ok());
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

#[test]
fn the_bar_being_read_is_marked() {
    let layout = Layout::new(300, 200, &[vec![3, 1]], 40);
    let recorder = Recorder::default();
    assert!(
        draw(
            recorder.clone(),
            &layout,
            &["1 Nov".into()],
            &palette(),
            Some(0)
        )
        .is_ok()
    );
    assert!(recorder.all("rect")[0].contains("(4, 4, 4) true"));
}

#[test]
fn thousands_are_grouped() {
    assert_eq!(grouped(999), "999");
    assert_eq!(grouped(1_234_567), "1\u{202f}234\u{202f}567");
}
