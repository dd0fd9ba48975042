//! What one presses: buttons, links, menus.

use super::state;
use crate::reactive::{RwSignal, Signal};
use crate::ui::button::{Button, ButtonKind, IconButton, LinkButton};
use crate::ui::command_bar::{Command, CommandBar};
use crate::ui::copy::CopyButton;
use crate::ui::icon::Glyph;
use crate::ui::menu::{Menu, MenuItem};
use crate::ui::split_button::SplitButton;
use leptos::prelude::*;

const REASON: &str = "Only a Security Operator can do this. Ask Alex Kim.";

pub(super) fn buttons() -> AnyView {
    let presses = RwSignal::new(0_usize);
    let press = move |()| presses.update(|presses| *presses += 1);
    let pressed = RwSignal::new(true);
    let reason = Some(REASON.to_owned());
    view! {
        {state("Kinds", view! {
            <div class="cluster">
                <Button kind=ButtonKind::Primary on_click=press>"Primary"</Button>
                <Button on_click=press>"Secondary"</Button>
                <Button kind=ButtonKind::Subtle on_click=press>"Subtle"</Button>
                <Button kind=ButtonKind::Danger on_click=press>"Danger"</Button>
            </div>
        })}
        {state("Small, with a picture", view! {
            <div class="cluster">
                <Button kind=ButtonKind::Primary small=true icon=Glyph::Add>"Small primary"</Button>
                <Button small=true icon=Glyph::Filter>"Small"</Button>
                <Button icon=Glyph::Download>"Export"</Button>
                <IconButton glyph=Glyph::Refresh label="Refresh" on_click=press />
                <IconButton glyph=Glyph::More label="More" small=true on_click=press />
            </div>
        })}
        {state("Disabled, with the reason", view! {
            <div class="cluster">
                <Button kind=ButtonKind::Primary disabled_reason=reason.clone() on_click=press>"Run action"</Button>
                <Button disabled_reason=reason.clone() on_click=press>"Skip action"</Button>
                <IconButton glyph=Glyph::Trash label="Delete" disabled_reason=reason on_click=press />
            </div>
        })}
        {state("Busy, pressed", view! {
            <div class="cluster">
                <Button kind=ButtonKind::Primary busy=true on_click=press>"Sending…"</Button>
                <Button busy=true on_click=press>"Loading…"</Button>
                <Button
                    pressed=Signal::derive(move || Some(pressed.get()))
                    on_click=move |()| pressed.update(|on| *on = !*on)
                >
                    "Follow"
                </Button>
            </div>
        })}
        {state("Links", view! {
            <div class="cluster">
                <a href="?buttons">"A link"</a>
                <LinkButton href="?buttons" icon=Glyph::Incidents>"Open queue"</LinkButton>
                <LinkButton href="?buttons" external=true kind=ButtonKind::Subtle>"Documentation"</LinkButton>
                <CopyButton text="4711" label="Copy id" />
            </div>
        })}
        <p class="small muted" role="status">"Pressed " {move || presses.get()} " times"</p>
    }
    .into_any()
}

pub(super) fn menus() -> AnyView {
    let last = RwSignal::new("nothing".to_owned());
    let order = RwSignal::new("updated".to_owned());
    let action = move |label: &'static str, icon| MenuItem::Action {
        label: label.to_owned(),
        icon,
        run: Callback::new(move |()| last.set(label.to_owned())),
    };
    let radio = move |value: &'static str, label: &str| MenuItem::Radio {
        label: label.to_owned(),
        icon: None,
        checked: Signal::derive(move || *order.read() == value),
        run: Callback::new(move |()| order.set(value.to_owned())),
    };
    let items = move || {
        vec![
            MenuItem::Heading("Incident".into()),
            action("Assign to me", Some(Glyph::User)),
            action("Copy link", Some(Glyph::Link)),
            MenuItem::Separator,
            MenuItem::Heading("Sort by".into()),
            radio("updated", "Last update"),
            radio("severity", "Severity"),
            MenuItem::Separator,
            MenuItem::Link {
                label: "Documentation".into(),
                icon: Some(Glyph::External),
                href: "?menus".into(),
            },
        ]
    };
    let others = move || {
        vec![
            action("Resolve as true positive", None),
            MenuItem::Disabled {
                label: "Resolve and exclude".into(),
                icon: None,
                reason: REASON.into(),
            },
        ]
    };
    let resolve = move |()| last.set("Resolve".to_owned());
    let command = move |label: &'static str, icon, disabled_reason: Option<&str>| Command {
        label: label.to_owned(),
        icon,
        disabled_reason: disabled_reason.map(str::to_owned),
        run: Callback::new(move |()| last.set(label.to_owned())),
    };
    let commands = vec![
        command("Manage incident", Glyph::Edit, None),
        command("Ask Defender Experts", Glyph::PersonQuestion, None),
        command("Export", Glyph::Download, Some(REASON)),
        command("Copy link", Glyph::Link, None),
        command("Comment", Glyph::Comment, None),
        command("Refresh", Glyph::Refresh, None),
    ];
    view! {
        {state("Menu buttons", view! {
            <div class="cluster">
                <Menu label="Actions" items=Signal::derive(items) />
                <Menu label="More" icon=Glyph::More icon_only=true items=Signal::derive(items) />
            </div>
        })}
        {state("Split buttons", view! {
            <div class="cluster">
                <SplitButton
                    label="Resolve"
                    menu_label="More ways to resolve"
                    kind=ButtonKind::Primary
                    items=Signal::derive(others)
                    on_click=resolve
                />
                <SplitButton
                    label="Assign"
                    menu_label="More ways to assign"
                    items=Signal::derive(others)
                    disabled_reason=Some(REASON.to_owned())
                    on_click=resolve
                />
                <SplitButton
                    label="Sending…"
                    menu_label="More ways to send"
                    busy=true
                    items=Signal::derive(others)
                    on_click=resolve
                />
            </div>
        })}
        {state("Commands: what does not fit is in the menu", view! {
            <CommandBar label="Incident" commands=commands.clone() />
            <div style:width="220px">
                <CommandBar label="Incident, narrow" commands />
            </div>
        })}
        <p class="small muted" role="status">"Chosen: " {move || last.get()}</p>
    }
    .into_any()
}
