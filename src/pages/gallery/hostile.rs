//! What comes from attackers and from chance: names without end and without spaces, other directions, marks
//! that reorder or hide, nothing at all, far too many.

use super::state;
use crate::domain::text::visible;
use crate::reactive::{RwSignal, Signal};
use crate::ui::avatar::Avatar;
use crate::ui::badge::{Badge, Tone};
use crate::ui::button::Button;
use crate::ui::chips::Chips;
use crate::ui::dialog::Dialog;
use crate::ui::disclosure::Disclosure;
use crate::ui::empty::Empty;
use crate::ui::field::{Checkbox, RadioCard, RadioCards, Select, TagInput, TextField};
use crate::ui::icon::Glyph;
use crate::ui::menu::{Menu, MenuItem};
use crate::ui::message_bar::MessageBar;
use crate::ui::multi_select::{Choice, MultiSelect};
use crate::ui::progress::Progress;
use crate::ui::properties::{Properties, Property};
use crate::ui::steps::{Standing, Step, Steps};
use leptos::prelude::*;

fn long() -> String {
    "N".repeat(500)
}

pub(super) fn hostile() -> AnyView {
    let owned = long();
    let bidi = "invoice\u{202e}fdp.exe";
    let arabic = "تحليل حادث أمني على خادم المالية";
    let emoji = "👩\u{200d}💻🔥 incident 🇦🇹";
    let names = [
        ("Long", owned.as_str()),
        ("Reordered", bidi),
        ("Right to left", arabic),
        ("Emoji", emoji),
        ("Empty", ""),
    ];
    let tags: Vec<String> = (1..=10_000)
        .map(|at| format!("tag {at}"))
        .chain([long(), bidi.to_owned()])
        .collect();
    let mut first = vec![long(), bidi.to_owned(), arabic.to_owned(), emoji.to_owned()];
    first.extend(tags);
    let tags = RwSignal::new(first);
    let text = RwSignal::new(long());
    let open = RwSignal::new(true);
    let dialog = RwSignal::new(false);
    let facts = names.map(|(label, name)| {
        let name = visible(name).into_owned();
        view! { <Property label=label>{name}</Property> }
    });
    let badges = names.map(|(_, name)| {
        view! { <Badge tone=Tone::Info text=visible(name).into_owned() /> }
    });
    let items = || {
        vec![
            MenuItem::Action {
                label: long(),
                icon: None,
                run: Callback::new(|()| ()),
            },
            MenuItem::Disabled {
                label: long(),
                icon: None,
                reason: long(),
            },
        ]
    };
    let choices = vec![Choice {
        value: "a".into(),
        label: long(),
        count: Some(10_000),
    }];
    let options = vec![("a".to_owned(), long()), ("b".to_owned(), String::new())];
    let card = RadioCard {
        value: "a".into(),
        title: long(),
        text: long(),
        disabled_reason: None,
    };
    let step = Step {
        title: long(),
        standing: Standing::Wrong,
        href: None,
    };
    view! {
        <Properties>{facts}</Properties>
        <div class="cluster">
            {badges}
            {names.map(|(_, name)| view! { <Avatar name alone=true /> })}
        </div>
        <div class="cluster">
            <Button on_click=move |()| dialog.set(true)>{long()}</Button>
            <Menu label="Long" items=Signal::derive(items) />
            <MultiSelect
                label="Filter"
                choices
                selected=vec!["a".to_owned()]
                on_change=|_| ()
            />
        </div>
        <TextField
            label=long()
            value=text
            on_input=move |next| text.set(next)
            hint=Some(long())
            error=Some(long())
            max=10_usize
        />
        <Select label="Long choice" options value="a" on_change=|_| () />
        <Checkbox label=long() checked=true on_change=|_| () hint=Some(long()) />
        <RadioCards label="Cards" cards=vec![card] value="a" on_change=|_| () />
        <MessageBar tone=Tone::Danger title=Some(long()) text=long() />
        <Disclosure
            title=long()
            open
            on_toggle=move |next| open.set(next)
            meta=ViewFn::from(|| view! { <span>{long()}</span> })
        >
            <p>{visible(bidi).into_owned()}</p>
        </Disclosure>
        <Steps label="Steps" steps=vec![step] current=0_usize />
        <Progress label=long() percent=Some(400) text=long() />
        {state("Ten thousand tags", view! {
            <TagInput label="Many tags" tags on_change=move |next| tags.set(next) />
            <Chips label="Many shown tags" items=tags />
        })}
        <Empty glyph=Glyph::Filter title=long() text=Some(long()) />
        <Dialog open=dialog title=long() on_close=move |()| dialog.set(false)>
            <p>{long()}</p>
            <div class="dialog-actions">
                <Button on_click=move |()| dialog.set(false)>"Close"</Button>
            </div>
        </Dialog>
    }
    .into_any()
}
