//! The command bar: a row of actions; those for which there is no room go into a menu at its end.

use super::button::{Button, ButtonKind};
use super::icon::Glyph;
use super::keyed::keyed;
use super::menu::{Menu, MenuItem};
use crate::platform::{dom, observe};
use crate::reactive::{Effect, Memo, RwSignal, Signal, StoredValue};
use leptos::{html, prelude::*};
use lexicon::t;

/// Between two buttons, in px; as in the stylesheet.
const GAP: f64 = 4.0;
/// The button of the menu, and the gap before it.
const MENU: f64 = 44.0;

/// One action.
#[derive(Clone)]
pub struct Command {
    /// Its words, unlike those of any other.
    pub label: String,
    /// A picture before them.
    pub icon: Glyph,
    /// Why it cannot be done now.
    pub disabled_reason: Option<String>,
    /// What it does.
    pub run: Callback<()>,
}

/// The bar.
#[component]
pub fn CommandBar(
    /// What the actions belong to, such as "Incident".
    #[prop(into)]
    label: Signal<String>,
    /// The actions, the most used first.
    #[prop(into)]
    commands: Signal<Vec<Command>>,
    /// What is always in the menu.
    #[prop(optional, into)]
    more: Signal<Vec<MenuItem>>,
) -> impl IntoView {
    let bar = NodeRef::<html::Div>::new();
    let room = RwSignal::new(f64::MAX);
    let widths = RwSignal::new(Vec::<f64>::new());
    let fits = Memo::new(move |_| fitting(&widths.read(), room.get(), more.read().len()));
    let in_menu = Memo::new(move |_| {
        let over = commands.read().len().saturating_sub(fits.get());
        over + more.read().len()
    });
    let names = Memo::new(move |_| {
        let commands = commands.read();
        commands
            .iter()
            .map(|command| command.label.clone())
            .collect::<Vec<_>>()
    });
    // What does not fit is out of sight but laid out, so that it can be measured at any time.
    let measure = move || {
        let bar = bar.try_get_untracked().flatten();
        let all = bar.map_or_else(Vec::new, |bar| dom::within(&bar, ".command"));
        let all = all
            .iter()
            .map(|one| f64::from(one.offset_width()))
            .collect();
        let _ = widths.try_set(all);
    };
    Effect::new(move |_| {
        names.track();
        request_animation_frame(measure);
    });
    Effect::new(move |_| {
        if let Some(bar) = bar.get() {
            observe::resize(&bar, move |width, _| {
                let _ = room.try_set(width);
                measure();
            });
        }
    });
    let now = move |name: &String| {
        let commands = commands.read();
        commands
            .iter()
            .find(|command| command.label == *name)
            .cloned()
    };
    let button = move |(at, name): (usize, String)| {
        let kept = StoredValue::new(name.clone());
        let command = move || kept.try_with_value(now).flatten();
        let reason = Signal::derive(move || command().and_then(|command| command.disabled_reason));
        let icon = now(&name).map_or(Glyph::More, |command| command.icon);
        let press = move |()| {
            command()
                .into_iter()
                .for_each(|command| command.run.run(()));
        };
        view! {
            <div class="command" class:out=move || fits.get() <= at>
                <Button kind=ButtonKind::Subtle icon disabled_reason=reason on_click=press>
                    {name}
                </Button>
            </div>
        }
        .into_any()
    };
    let rest = Signal::derive(move || {
        let commands = commands.get().into_iter().skip(fits.get());
        let item = |command: Command| {
            let (label, icon) = (command.label, Some(command.icon));
            match command.disabled_reason {
                Some(reason) => MenuItem::Disabled {
                    label,
                    icon,
                    reason,
                },
                None => MenuItem::Action {
                    label,
                    icon,
                    run: command.run,
                },
            }
        };
        commands.map(item).chain(more.get()).collect()
    });
    let numbered = move || names.get().into_iter().enumerate().collect();
    view! {
        <div class="command-bar" role="group" aria-label=move || label.get() node_ref=bar>
            {keyed(numbered, |(at, name)| format!("{at} {name}"), button)}
            <div class="command-rest" hidden=move || in_menu.get() == 0>
                <Menu label=t!("More actions") icon=Glyph::More icon_only=true items=rest />
            </div>
        </div>
    }
    .into_any()
}

/// How many of these widths there is room for, with that of the menu where it is not all, or where the
/// menu has something of its own.
fn fitting(widths: &[f64], room: f64, own: usize) -> usize {
    let mut used = 0.0;
    let mut fit = 0;
    for (at, width) in widths.iter().enumerate() {
        used += width + if at == 0 { 0.0 } else { GAP };
        if used + MENU <= room {
            fit = at + 1;
        }
    }
    if used <= room && own == 0 {
        widths.len()
    } else {
        fit
    }
}

#[cfg(test)]
mod tests {
    use super::fitting;

    #[test]
    fn all_fit_or_the_menu_does_too() {
        let widths = [100.0, 100.0, 100.0];
        assert_eq!(fitting(&widths, 308.0, 0), 3);
        assert_eq!(fitting(&widths, 307.0, 0), 2);
        assert_eq!(fitting(&widths, 247.0, 0), 1);
        assert_eq!(fitting(&widths, 20.0, 0), 0);
        assert_eq!(fitting(&[], 20.0, 0), 0);
    }

    #[test]
    fn a_menu_with_something_of_its_own_takes_its_place() {
        let widths = [100.0, 100.0];
        assert_eq!(fitting(&widths, 204.0, 1), 1);
        assert_eq!(fitting(&widths, 248.0, 1), 2);
    }
}
