//! Modal dialogs over the native `<dialog>`: a free one, and the question before an action.
//! Opening, Escape, focus and its return are `modal`'s work, shared with the flyout.

use super::announce::LiveRegion;
use super::badge::Tone;
use super::button::{Button, ButtonKind};
use super::dynamic::dynamic;
use super::env::unique_id;
use super::message_bar::MessageBar;
use super::modal::Modal;
use crate::reactive::Signal;
use leptos::prelude::*;
use lexicon::t;

/// A modal dialog with a title. Its content exists only while it is open.
#[component]
pub fn Dialog(
    /// Whether it is open.
    #[prop(into)]
    open: Signal<bool>,
    /// The heading, and the dialog's name.
    #[prop(into)]
    title: Signal<String>,
    /// True while it must not be closed.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// 720 px instead of 480.
    #[prop(optional)]
    wide: bool,
    /// Gives the focus to the title instead of the first control.
    #[prop(optional)]
    focus_title: bool,
    /// Called by Escape and the scrim. The caller then sets `open` to false.
    #[prop(into)]
    on_close: Callback<()>,
    /// The id of the few words that say what it is about.
    #[prop(optional)]
    described_by: Option<String>,
    /// What stands below the heading; buttons go into an element of class `dialog-actions`.
    children: ChildrenFn,
) -> impl IntoView {
    let heading = unique_id();
    let class = if wide { "dialog wide" } else { "dialog" };
    let title_node = NodeRef::new();
    let focus_first = if focus_title {
        title_node
    } else {
        NodeRef::new()
    };
    let modal = Modal {
        class,
        labelled_by: heading.clone(),
        described_by,
        beside: false,
        width: None,
        open,
        busy,
        on_close,
        focus_first,
    };
    modal.view(Box::new(move || {
        view! {
            <h2 class="dialog-title" id=heading.clone() tabindex="-1" node_ref=title_node>
                {move || title.get()}
            </h2>
            {children()}
            <LiveRegion />
        }
        .into_any()
    }))
}

/// The question before an action: title, what will happen, the action and "Cancel".
#[component]
pub fn Confirm(
    /// Whether it is open.
    #[prop(into)]
    open: Signal<bool>,
    /// The question, such as "Isolate server SRV-042?".
    #[prop(into)]
    title: Signal<String>,
    /// The action in its own words, such as "Isolate device".
    #[prop(into)]
    primary: Signal<String>,
    /// True for an action that takes something away or contains a machine. Its button does not
    /// get the focus, so that a key held too long does not press it.
    #[prop(optional)]
    danger: bool,
    /// True while the action is under way: no closing, no second click.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// Why the action cannot be taken as things stand, such as an empty field.
    #[prop(optional, into)]
    disabled_reason: Signal<Option<String>>,
    /// What went wrong with the last attempt.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// Called by the action's button.
    #[prop(into)]
    on_confirm: Callback<()>,
    /// Called by "Cancel", Escape and the scrim. The caller then sets `open` to false.
    #[prop(into)]
    on_cancel: Callback<()>,
    /// What will happen.
    children: ChildrenFn,
) -> impl IntoView {
    let kind = if danger {
        ButtonKind::Danger
    } else {
        ButtonKind::Primary
    };
    let body = unique_id();
    view! {
        <Dialog open title busy focus_title=true described_by=body.clone() on_close=on_cancel>
            <div class="dialog-body" id=body.clone()>{children()}</div>
            {dynamic(move || error.get().map(|text| view! { <MessageBar tone=Tone::Danger text /> }))}
            <div class="dialog-actions">
                <Button kind busy disabled_reason on_click=on_confirm>
                    {move || primary.get()}
                </Button>
                <Button
                    disabled_reason=Signal::derive(move || {
                        busy.get().then(|| t!("Wait until the action has been answered.").to_owned())
                    })
                    on_click=on_cancel
                >
                    {t!("Cancel")}
                </Button>
            </div>
        </Dialog>
    }
    .into_any()
}
