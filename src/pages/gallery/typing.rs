//! What one types into.

use super::state;
use crate::domain::error::ApiError;
use crate::domain::load::Load;
use crate::domain::time::Timestamp;
use crate::platform::clock;
use crate::platform::task::spawn_local;
use crate::reactive::{RwSignal, Signal};
use crate::ui::chips::Chips;
use crate::ui::combobox::{Combobox, Suggestion};
use crate::ui::field::{SearchBox, TagInput, TextArea, TextField};
use leptos::prelude::*;

fn some(words: &str) -> Option<String> {
    Some(words.to_owned())
}

pub(super) fn text() -> AnyView {
    let name = RwSignal::new("Multi-stage incident on one endpoint".to_owned());
    let address = RwSignal::new("alex@".to_owned());
    let note = RwSignal::new("Looks like the scanner of the audit team.".to_owned());
    let search = RwSignal::new("lsass".to_owned());
    view! {
        <TextField
            label="Incident name"
            value=name
            on_input=move |text| name.set(text)
            required=true
            hint=some("Everyone who can see the incident reads it.")
            max=60_usize
        />
        <TextField
            label="Email"
            kind="email"
            value=address
            on_input=move |text| address.set(text)
            hint=some("Experts write to this address.")
            error=some("Write the whole address, such as alex@contoso.com.")
        />
        <TextField
            label="Name that is too long"
            value=name
            on_input=move |text| name.set(text)
            max=20_usize
            error=some("Use at most 20 characters.")
        />
        <TextArea
            label="Comment"
            value=note
            on_input=move |text| note.set(text)
            max=400_usize
            draft=Signal::from(some("Draft kept on this device"))
        />
        {state("Search", view! {
            <SearchBox label="Search incidents" value=search on_input=move |text| search.set(text) />
        })}
    }
    .into_any()
}

const PEOPLE: [(&str, &str); 6] = [
    ("Ada Lindqvist", "ada.lindqvist@contoso.com"),
    ("Gabriel Adeyemi", "gabriel.adeyemi@contoso.com"),
    ("Greta Reiter", "greta.reiter@contoso.com"),
    ("Nils Berger", "nils.berger@contoso.com"),
    ("Omar Haddad", "omar.haddad@contoso.com"),
    ("Rhea Novak", "rhea.novak@contoso.com"),
];

pub(super) fn comboboxes() -> AnyView {
    let chosen = RwSignal::new(String::new());
    let found = RwSignal::new(Load::Loading);
    let answer = |text: &str| {
        let text = text.to_ascii_lowercase();
        let one = |(name, address): &(&str, &str)| Suggestion {
            value: (*address).to_owned(),
            label: (*name).to_owned(),
            detail: some(address),
        };
        if text == "many" {
            let many = (1..=10_000).map(|at| Suggestion {
                value: at.to_string(),
                label: format!("Person {at}"),
                detail: None,
            });
            return many.collect();
        }
        let fits = |(name, _): &&(&str, &str)| name.to_ascii_lowercase().contains(&text);
        PEOPLE.iter().filter(fits).map(one).collect::<Vec<_>>()
    };
    // As a directory does: after a while, and not always.
    let search = move |text: String| {
        found.set(Load::Loading);
        spawn_local(async move {
            clock::sleep(150).await;
            let _ = found.try_set(match text.as_str() {
                "fail" => Load::Failed(ApiError::Offline),
                text => Load::Ready(answer(text), Timestamp(clock::now())),
            });
        });
    };
    let fixed = |label: &'static str, found: Load<Vec<Suggestion>>| {
        view! {
            <Combobox
                label
                what="The directory"
                chosen=""
                found=Signal::from(found)
                on_search=|_| ()
                on_pick=|_| ()
            />
        }
    };
    view! {
        <Combobox
            label="Assigned to"
            what="The directory"
            hint=some("Write part of a name. \"fail\" fails, \"many\" finds many.")
            chosen
            found
            on_search=search
            on_pick=move |one: Suggestion| chosen.set(one.label)
        />
        <p class="small muted" role="status">"Assigned to: " {move || chosen.get()}</p>
        {fixed("Still searching", Load::Loading)}
        {fixed("Nothing found", Load::Ready(Vec::new(), Timestamp(0)))}
        {fixed("Failed", Load::Failed(ApiError::Offline))}
        <Combobox
            label="Wrong"
            what="The directory"
            chosen="Somebody who left"
            required=true
            error=some("This person is no longer in the directory.")
            found=Signal::from(Load::Loading)
            on_search=|_| ()
            on_pick=|_| ()
        />
    }
    .into_any()
}

pub(super) fn tags() -> AnyView {
    let tags = RwSignal::new(vec![
        "ransomware".to_owned(),
        "vip".to_owned(),
        "finance".to_owned(),
    ]);
    let problem =
        |text: String| (text.chars().count() > 40).then(|| "Use at most 40 characters.".to_owned());
    let shown = vec!["ransomware".to_owned(), "vip".to_owned()];
    view! {
        <TagInput
            label="Tags"
            hint=some("Enter or a comma ends a tag.")
            tags
            on_change=move |next| tags.set(next)
            problem=Callback::new(problem)
        />
        <p class="small muted" role="status">"Tags: " {move || tags.read().join(" | ")}</p>
        {state("Only shown", view! { <Chips label="Shown tags" items=shown /> })}
    }
    .into_any()
}
