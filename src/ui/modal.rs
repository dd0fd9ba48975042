//! The shared ground of dialog and flyout: the native `<dialog>`, opened by a signal, closed by Escape and,
//! where it is modal, by a press on the scrim; the focus goes inside, and back when it is closed.

use super::dynamic::dynamic;
use super::env::env;
use crate::platform::{dom, observe};
use crate::reactive::{Effect, Memo, Signal, StoredValue};
use leptos::{ev, html, prelude::*};

/// What the focus may go to in a dialog: not in what concerns the whole session, which stands above the heading.
const CONTROLS: &str = ":is(h2 ~ *, h2 ~ * *):is(input, select, textarea, button, a[href])";

/// A native dialog. It asks to be closed and never closes itself.
pub(super) struct Modal {
    /// The dialog's classes.
    pub(super) class: &'static str,
    /// The id of its heading.
    pub(super) labelled_by: String,
    /// The id of the words that say what it is about, where they are few.
    pub(super) described_by: Option<String>,
    /// Beside the page, which stays in use.
    pub(super) beside: bool,
    /// How wide it is, where that is not for the stylesheet to say.
    pub(super) width: Option<Signal<usize>>,
    /// Whether it is open.
    pub(super) open: Signal<bool>,
    /// True while it must not be closed.
    pub(super) busy: Signal<bool>,
    /// Called when the person wants it closed.
    pub(super) on_close: Callback<()>,
    /// What takes the focus on opening; otherwise the first control.
    pub(super) focus_first: NodeRef<html::H2>,
}

impl Modal {
    /// Draws it. The content exists only while it is open.
    pub(super) fn view(self, content: Box<dyn Fn() -> AnyView + Send + Sync>) -> AnyView {
        let Modal {
            class,
            labelled_by,
            described_by,
            beside,
            width,
            open,
            busy,
            on_close,
            focus_first,
        } = self;
        let dialog = NodeRef::<html::Dialog>::new();
        let shown = Memo::new(move |_| open.get());
        let env = env();
        let notices = env.notices;
        let ask = move || {
            if !busy.try_get_untracked().unwrap_or(true) {
                on_close.run(());
            }
        };
        let opener = leptos::prelude::StoredValue::new_local(None::<web_sys::HtmlElement>);
        Effect::new(move |was_open: Option<bool>| {
            let (is_open, was_open) = (shown.get(), was_open.unwrap_or(false));
            let Some(dialog) = dialog.get() else {
                return false;
            };
            if is_open && !was_open {
                opener.set_value(dom::active_element(&dialog));
                // A narrow screen has no beside.
                if beside && !observe::media_matches("(width < 700px)") {
                    dialog.show();
                } else {
                    drop(dialog.show_modal());
                }
                match focus_first.get_untracked() {
                    Some(heading) => drop(heading.focus()),
                    None => {
                        let controls = dom::within(&dialog, CONTROLS);
                        controls
                            .first()
                            .into_iter()
                            .for_each(|first| drop(first.focus()));
                    }
                }
            } else if was_open && !is_open {
                // The content and the focus in it have gone: nobody has the focus, or somebody outside.
                let active = dom::active_element(&dialog);
                let outside =
                    |e: &web_sys::HtmlElement| e.tag_name() != "BODY" && !dialog.contains(Some(e));
                let elsewhere = beside && active.is_some_and(|active| outside(&active));
                dialog.close();
                // The browser gives the focus back by itself, except where its own memory of the
                // opener was lost by a forced close.
                let opener = opener.try_update_value(Option::take).flatten();
                if !elsewhere {
                    if let Some(opener) = opener.filter(|o| !dom::has_focus(o)) {
                        drop(opener.focus());
                    }
                    // What was done inside may have taken the opener away, or it was an address that opened it.
                    env.keep_focus();
                }
            }
            is_open
        });
        // A press that began inside and ends on the scrim, such as selecting text, does not close. Neither
        // does the second press of a double click: it was meant for a dialog above, which has gone.
        let pressed_scrim = StoredValue::new(false);
        let on_itself = move |event: &ev::Event| {
            dialog
                .try_get_untracked()
                .flatten()
                .is_some_and(|dialog| event.target().is_some_and(|target| target == ****dialog))
        };
        view! {
            <dialog
                class=class
                class:beside=beside
                aria-labelledby=labelled_by
                aria-describedby=described_by
                style:width=move || width.map(|width| format!("{}px", width.get()))
                node_ref=dialog
                on:keydown=move |event: ev::KeyboardEvent| {
                    // Of a dialog that is not modal the browser knows no Escape.
                    if beside && event.key() == "Escape" && !event.default_prevented() {
                        event.prevent_default();
                        ask();
                    }
                }
                on:cancel=move |event: ev::Event| {
                    // A file chooser that was left without a choice says so to all around it.
                    if on_itself(&event) {
                        event.prevent_default();
                        ask();
                    }
                }
                on:close=move |_| {
                    // The browser may force a close that was prevented, on a second Escape. Its word of
                    // a close comes late, though: the dialog may be open again by then.
                    let closed = dialog.try_get_untracked().flatten().filter(|dialog| !dialog.open());
                    if let Some(dialog) = closed.filter(|_| shown.try_get_untracked() == Some(true)) {
                        if busy.try_get_untracked() == Some(true) {
                            drop(dialog.show_modal());
                        } else {
                            on_close.run(());
                        }
                    }
                }
                on:mousedown=move |event| {
                    let _ = pressed_scrim.try_set_value(on_itself(&event) && event.detail() < 2);
                }
                on:click=move |event| {
                    if on_itself(&event) && pressed_scrim.try_get_value() == Some(true) {
                        ask();
                    }
                }
            >
                {dynamic(move || {
                    shown.get().then(|| {
                        // What stands above the page is out of reach behind an open dialog.
                        let notices = notices.try_get_value().filter(|_| !beside);
                        let notices = notices.map(|notices| notices.run());
                        view! { <div class="modal-surface">{notices} {content()}</div> }
                    })
                })}
            </dialog>
        }
        .into_any()
    }
}
