//! What stands around a control: label, hint, error and counter, and the ids that tie them to it.

use crate::reactive::{Memo, Signal};
use crate::ui::dynamic::dynamic;
use crate::ui::env::unique_id;
use crate::ui::icon::{Glyph, Icon};
use leptos::prelude::*;

/// The ids and texts around one control.
pub(in crate::ui) struct Wiring {
    /// The control's own id.
    pub(in crate::ui) id: String,
    hint: Signal<Option<String>>,
    error: Signal<Option<String>>,
}

impl Wiring {
    pub(in crate::ui) fn new(
        hint: Signal<Option<String>>,
        error: Signal<Option<String>>,
    ) -> Wiring {
        Wiring {
            id: unique_id(),
            hint,
            error,
        }
    }

    pub(in crate::ui) fn label(&self, label: Signal<String>, required: bool) -> AnyView {
        let (hint, id) = (self.hint, format!("{}-hint", self.id));
        view! {
            <label for=self.id.clone()>
                {move || label.get()}
                {required.then(|| view! { <span class="required" aria-hidden="true">"*"</span> })}
            </label>
            {dynamic(move || {
                hint.get().map(|text| view! { <p class="hint" id=id.clone()>{text}</p> })
            })}
        }
        .into_any()
    }

    /// What is wrong comes first, then the hint, then how much has been written of how much.
    pub(in crate::ui) fn described_by(
        &self,
        counted: bool,
    ) -> impl Fn() -> Option<String> + Send + Sync + 'static {
        let (id, hint, error) = (self.id.clone(), self.hint, self.error);
        move || {
            let parts = [
                (error.read().is_some(), "error"),
                (hint.read().is_some(), "hint"),
                (counted, "counter"),
            ];
            let there = parts.iter().filter(|(there, _)| *there);
            let ids: Vec<String> = there.map(|(_, part)| format!("{id}-{part}")).collect();
            (!ids.is_empty()).then(|| ids.join(" "))
        }
    }

    pub(in crate::ui) fn below(
        &self,
        counted: Option<(usize, Signal<String>)>,
        draft: Option<Signal<Option<String>>>,
    ) -> AnyView {
        let (error, id) = (self.error, format!("{}-error", self.id));
        let counter_id = format!("{}-counter", self.id);
        let counter = counted.map(|(max, value)| {
            let used = Memo::new(move |_| value.read().chars().count());
            view! {
                <span class="counter" class:over=move || { used.get() > max } id=counter_id>
                    {move || format!("{} / {max}", used.get())}
                </span>
            }
        });
        view! {
            <div class="field-below">
                {dynamic(move || {
                    error
                        .get()
                        .map(|text| {
                            view! {
                                <p class="field-error" id=id.clone()>
                                    <Icon glyph=Glyph::Error />
                                    {text}
                                </p>
                            }
                        })
                })}
                {draft.map(|draft| {
                    dynamic(move || {
                        draft.get().map(|words| view! { <span class="draft">{words}</span> })
                    })
                })}
                {counter}
            </div>
        }
        .into_any()
    }
}
