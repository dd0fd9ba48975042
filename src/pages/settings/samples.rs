//! Sample notifications: sent to a contact or to oneself, and whether they arrived.

use super::status_text as text;
use crate::domain::load::Load;
use crate::domain::service::Delivery;
use crate::domain::text::visible;
use crate::reactive::{RwSignal, Signal};
use crate::state::samples::Samples;
use crate::state::settings::Settings;
use crate::ui::badge::{Badge, Tone};
use crate::ui::button::{Button, ButtonKind};
use crate::ui::dynamic::{CollectAny, dynamic};
use crate::ui::empty::Empty;
use crate::ui::field::Select;
use crate::ui::icon::Glyph;
use crate::ui::load_view::LoadView;
use crate::ui::message_bar::MessageBar;
use crate::ui::time::Time;
use leptos::prelude::*;

/// The page's content.
pub(super) fn samples(settings: Settings) -> AnyView {
    let samples = Samples::open();
    let channel = RwSignal::new("mail".to_owned());
    let purpose = RwSignal::new("managedResponse".to_owned());
    let recipient = RwSignal::new(String::new());
    let channels = [("mail", text::MAIL), ("teams", text::TEAMS)];
    let owned = |(value, words): (&str, &str)| (value.to_owned(), words.to_owned());
    let channels: Vec<_> = channels.into_iter().map(owned).collect();
    let purposes: Vec<_> = text::PURPOSES.into_iter().map(owned).collect();
    let recipients = move || {
        let load = settings.in_force().get();
        let mut all = vec![(String::new(), text::MYSELF.to_owned())];
        if let Load::Ready(now, _) | Load::Stale(now, ..) = load {
            let contacts = now.sections.contacts.iter();
            all.extend(contacts.map(|one| (one.id.clone(), visible(&one.name).into_owned())));
        }
        all
    };
    let send = move |()| {
        samples.send(
            channel.get_untracked(),
            purpose.get_untracked(),
            recipient.get_untracked(),
        );
    };
    let list = move |all: Signal<Vec<Delivery>>| {
        dynamic(move || {
            let all = all.get();
            if all.is_empty() {
                return view! { <Empty glyph=Glyph::Mail title=text::NO_SAMPLES /> }.into_any();
            }
            let rows = all.iter().map(row).collect_any();
            view! {
                <div class="table-frame" tabindex="0" role="group" aria-label=text::SENT>
                    <table class="table">
                        <thead>
                            <tr>
                                <th scope="col">{text::WHEN}</th>
                                <th scope="col">{text::RECIPIENT}</th>
                                <th scope="col">{text::SUBJECT}</th>
                                <th scope="col">{text::ARRIVED}</th>
                            </tr>
                        </thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
            }
            .into_any()
        })
    };
    view! {
        <section class="card stack">
            <p class="prose">{text::SAMPLES_TEXT}</p>
            <div class="columns">
                <Select
                    label=text::CHANNEL
                    options=channels
                    value=channel
                    on_change=move |to| channel.set(to)
                />
                <Select
                    label=text::PURPOSE
                    options=purposes
                    value=purpose
                    on_change=move |to| purpose.set(to)
                />
                <Select
                    label=text::RECIPIENT
                    options=Signal::derive(recipients)
                    value=recipient
                    on_change=move |to| recipient.set(to)
                />
            </div>
            <div>
                <Button
                    kind=ButtonKind::Primary
                    icon=Glyph::Send
                    busy=samples.busy()
                    disabled_reason=settings.denied()
                    on_click=send
                >
                    {text::SEND}
                </Button>
            </div>
            {dynamic(move || {
                samples
                    .failed()
                    .get()
                    .map(|error| {
                        let words = visible(&text::failed(&error)).into_owned();
                        view! {
                            <MessageBar
                                tone=Tone::Danger
                                title=Some(text::NOT_DONE.to_owned())
                                text=words
                            />
                        }
                    })
            })}
        </section>
        <section class="card stack" aria-label=text::SENT>
            <h2>{text::SENT}</h2>
            <LoadView
                load=samples.sent()
                what=text::SAMPLES_WHAT
                on_retry=Callback::new(move |()| samples.refresh())
                children=list
            />
        </section>
    }
    .into_any()
}

fn row(one: &Delivery) -> AnyView {
    let tone = match one.state.as_str() {
        "delivered" => Tone::Success,
        "bounced" | "failed" => Tone::Danger,
        _ => Tone::Info,
    };
    let detail = one
        .detail
        .as_ref()
        .map(|detail| visible(detail).into_owned());
    view! {
        <tr>
            <td>{one.at.map(|at| view! { <Time ts=at /> })}</td>
            <th scope="row">
                {visible(&one.name).into_owned()}
                <p class="muted break">{visible(&one.address).into_owned()}</p>
            </th>
            <td>{visible(&one.subject).into_owned()}</td>
            <td>
                <Badge tone text=text::delivery(&one.state) />
                {detail.map(|detail| view! { <p class="muted">{detail}</p> })}
            </td>
        </tr>
    }
    .into_any()
}
