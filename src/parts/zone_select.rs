//! The time zone of every time on the screen, as a choice.

use crate::platform::intl;
use crate::reactive::Signal;
use crate::state::preferences::{ZoneChoice, preferences};
use crate::ui::field::Select;
use leptos::prelude::*;
use lexicon::t;

const LABEL: &str = t!("Time zone");
const LOCAL: &str = t!("This browser");
const UTC: &str = "UTC";

/// The choice. Where the surroundings say what it is, its label is not shown.
#[component]
pub fn ZoneSelect(#[prop(optional)] hide_label: bool) -> impl IntoView {
    let preferences = preferences();
    let options = move || {
        let local = format!("{} ({})", LOCAL, intl::local_zone());
        let mut options = vec![(String::new(), local), ("UTC".into(), UTC.into())];
        let named = intl::zones().into_iter().filter(|zone| zone != "UTC");
        options.extend(named.map(|zone| (zone.clone(), zone.replace('_', " "))));
        // A zone chosen elsewhere stays chosen where the browser cannot list it.
        if let ZoneChoice::Named(name) = preferences.zone_choice().get()
            && !options.iter().any(|(zone, _)| *zone == name)
        {
            options.push((name.clone(), name));
        }
        options
    };
    view! {
        <div class="zone-select">
            <Select
                label=LABEL
                hide_label
                options=Signal::derive(options)
                value=Signal::derive(move || preferences.zone_choice().get().slug().to_owned())
                on_change=move |zone: String| preferences.set_zone(&zone)
            />
        </div>
    }
}
