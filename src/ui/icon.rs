//! Icons: one enum, one SVG sprite (`public/icons.svg`). An icon never carries meaning alone.

use leptos::prelude::*;

macro_rules! glyphs {
    ($($variant:ident $id:literal),+ $(,)?) => {
        /// A picture of the sprite.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[expect(missing_docs, reason = "the name is the picture")]
        pub enum Glyph { $($variant),+ }

        impl Glyph {
            /// Every picture there is.
            pub const ALL: &[Glyph] = &[$(Glyph::$variant),+];

            /// The symbol's id in the sprite.
            pub fn id(self) -> &'static str {
                match self { $(Glyph::$variant => $id),+ }
            }
        }
    };
}

glyphs! {
    Add "add", App "app", ArrowDown "arrow-down", ArrowLeft "arrow-left", ArrowRight "arrow-right",
    ArrowUp "arrow-up", Bell "bell", Bolt "bolt", Calendar "calendar", Chart "chart", Chat "chat", Check "check",
    ChevronDown "chevron-down", ChevronLeft "chevron-left", ChevronRight "chevron-right",
    ChevronUp "chevron-up", Clock "clock", Close "close", Columns "columns", Comment "comment",
    Copy "copy", Device "device", Download "download", Edit "edit", Error "error",
    Expert "expert", External "external", File "file", Filter "filter", Globe "globe",
    History "history", Home "home", Incidents "incidents", Info "info", Key "key", Link "link",
    Lock "lock", Mail "mail", Menu "menu", Moon "moon", More "more", Network "network", Pause "pause",
    PersonQuestion "person-question", Phone "phone", Play "play", Refresh "refresh", Robot "robot", Search "search",
    Send "send", Server "server", Settings "settings", Shield "shield", SignOut "sign-out", Skip "skip",
    Success "success", Sun "sun", System "system", Tag "tag", Target "target", Team "team", Trash "trash", User "user",
    Warning "warning",
}

/// A decorative picture in the colour of the text around it.
#[component]
pub fn Icon(
    /// Which picture.
    glyph: Glyph,
) -> impl IntoView {
    // Relative to the document's base, so that it works under any path the bundle is served from.
    let href = format!("icons.svg#{}", glyph.id());
    view! {
        <svg class="icon" aria-hidden="true" focusable="false">
            <use href=href></use>
        </svg>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::Glyph;

    #[test]
    fn the_sprite_has_every_glyph_and_no_other() {
        let sprite = include_str!("../../public/icons.svg");
        for glyph in Glyph::ALL {
            assert!(
                sprite.contains(&format!("<symbol id=\"{}\"", glyph.id())),
                "{glyph:?}"
            );
        }
        assert_eq!(sprite.matches("<symbol ").count(), Glyph::ALL.len());
    }
}
