//! Saving a chart: the canvas as a PNG, or drawn once more as an SVG.

use super::bars::{Palette, draw};
use super::scale::Layout;
use super::svg::Svg;
use crate::platform::download;
use crate::reactive::Signal;
use crate::ui::menu::{Menu, MenuItem};
use leptos::prelude::*;
use lexicon::t;

/// The drawing of now as SVG.
pub(super) fn svg(
    (width, height): (i32, i32),
    layout: &Layout,
    labels: &[String],
    palette: &Palette,
) -> String {
    let drawing = Svg::new((width.unsigned_abs(), height.unsigned_abs()));
    // It cannot fail: it only writes text.
    drop(draw(drawing.clone(), layout, labels, palette));
    drawing.finish()
}

/// The menu beside a chart's title. `canvas` finds what is drawn on, `svg` draws it once more.
pub(super) fn menu(
    title: Signal<String>,
    canvas: Callback<(), Option<web_sys::HtmlCanvasElement>>,
    svg: Callback<(), Option<String>>,
) -> AnyView {
    let name = move |end: &str| format!("{}.{end}", file_name(&title.get_untracked()));
    let png = Callback::new(move |()| {
        let url = canvas.run(()).and_then(|canvas| canvas.to_data_url().ok());
        if let Some(url) = url {
            download::address(&name("png"), &url);
        }
    });
    let svg = Callback::new(move |()| {
        if let Some(text) = svg.run(()) {
            download::text(&name("svg"), "image/svg+xml", &text);
        }
    });
    let item = |label: &str, run| MenuItem::Action {
        label: label.to_owned(),
        icon: None,
        run,
    };
    let items = vec![item(t!("PNG"), png), item(t!("SVG"), svg)];
    view! {
        <Menu
            label=Signal::derive(move || {
                let title = title.get();
                t!("Save chart: {title}")
            })
            class="small"
            items
        >
            {t!("Save chart")}
        </Menu>
    }
    .into_any()
}

/// A title as a file is named: letters and digits, joined by hyphens.
pub(super) fn file_name(title: &str) -> String {
    let words = title
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_named_after_their_charts() {
        assert_eq!(
            file_name("Incidents by MITRE tactic / 2026"),
            "incidents-by-mitre-tactic-2026"
        );
    }
}
