//! The design system: components that know nothing of incidents, styled by class names that match
//! their file names (`style/ui.css`). No state that outlives a component, no network, no routes.

mod anchor;
pub mod announce;
pub mod badge;
pub mod button;
pub mod copy;
pub mod dialog;
pub mod disclosure;
pub mod dynamic;
pub mod empty;
pub mod env;
pub mod error_panel;
pub mod field;
pub mod flyout;
pub mod grid;
pub mod icon;
pub mod keyed;
pub mod late;
pub mod load_view;
pub mod markdown;
pub mod menu;
pub mod message_bar;
mod modal;
pub mod multi_select;
pub mod properties;
pub mod skeleton;
pub mod spinner;
pub mod stale_bar;
pub mod tabs;
pub mod time;
pub mod toast;
mod tooltip;
