//! What can be done on the page in view, as the page itself says. The command palette lists it, and keys
//! run it; neither is known here.

use crate::reactive::{Signal, StoredValue};
use leptos::prelude::*;

/// Something that can be done.
#[derive(Clone)]
pub struct Command {
    /// Its words, unlike those of any other.
    pub label: String,
    /// The key that does it, such as `j`, or two in turn, such as `g h`; empty for none.
    pub keys: &'static str,
    /// Whether it can be done while a dialog is open, from the palette. Keys wait until it is closed.
    pub in_dialogs: bool,
    /// Whether its key acts in an open panel, too: it is the panel's own, or of what the panel is about.
    pub of_panel: bool,
    /// Why it cannot be done now.
    pub disabled_reason: Signal<Option<String>>,
    /// Does it.
    pub run: Callback<()>,
}

impl Command {
    /// A command of the page.
    pub fn new(
        label: impl Into<String>,
        keys: &'static str,
        run: impl Fn() + Send + Sync + 'static,
    ) -> Command {
        Command {
            label: label.into(),
            keys,
            in_dialogs: false,
            of_panel: false,
            disabled_reason: Signal::from(None),
            run: Callback::new(move |()| run()),
        }
    }

    /// The same command, also while a dialog is open.
    pub fn in_dialogs(self) -> Command {
        Command {
            in_dialogs: true,
            ..self
        }
    }

    /// The same command, also by its key in an open panel.
    pub fn of_panel(self) -> Command {
        Command {
            of_panel: true,
            ..self
        }
    }

    /// The same command, with why it cannot be done at times.
    pub fn disabled(self, reason: Signal<Option<String>>) -> Command {
        Command {
            disabled_reason: reason,
            ..self
        }
    }
}

/// The commands of everything in view, in the order they were offered.
#[derive(Clone, Copy)]
pub struct Commands(StoredValue<Vec<(u32, Command)>>);

impl Commands {
    /// Provides the context to everything below the current component.
    pub fn provide() {
        provide_context(Commands(StoredValue::default()));
    }

    /// All of them.
    pub fn all(self) -> Vec<Command> {
        let all = self
            .0
            .try_with_value(|all| all.iter().map(|(_, one)| one.clone()).collect());
        all.unwrap_or_default()
    }

    /// Offers a command for as long as the current component is in view.
    pub fn offer(self, command: Command) {
        let id = self.0.try_update_value(|all| {
            let id = all.last().map_or(0, |(id, _)| id + 1);
            all.push((id, command));
            id
        });
        on_cleanup(move || {
            self.0
                .try_update_value(|all| all.retain(|(other, _)| Some(*other) != id));
        });
    }
}

/// The commands; nobody asks for those that are offered where the app provides none.
pub fn commands() -> Commands {
    use_context::<Commands>().unwrap_or_else(|| Commands(StoredValue::default()))
}
