//! How far an incident has come, and what that means for its status, assignee and classification.

use serde::{Deserialize, Serialize};

use crate::store::incidents::{AWAITING, CUSTOMER, EXPERTS, REDIRECTED, RESOLVED};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Fate {
    /// Nobody has looked yet.
    New,
    /// Taken on by the experts, not begun.
    Queued,
    Investigating,
    Awaiting,
    /// A true positive the experts dealt with alone.
    Direct,
    /// A true positive closed after the customer's tasks.
    Helped,
    /// Found harmless by the experts.
    Dismissed,
    /// The customer's own people work on it, or did.
    Customer,
    CustomerClosed,
    Redirected,
}

impl Fate {
    pub fn status(self) -> &'static str {
        match self {
            Self::New | Self::Queued => "active",
            Self::Investigating | Self::Customer => "inProgress",
            Self::Awaiting => AWAITING,
            Self::Direct | Self::Helped | Self::Dismissed | Self::CustomerClosed => RESOLVED,
            Self::Redirected => REDIRECTED,
        }
    }

    /// The party the service writes; people of the customer's are chosen elsewhere.
    pub fn party(self) -> Option<&'static str> {
        match self {
            Self::Queued | Self::Investigating => Some(EXPERTS),
            Self::Awaiting => Some(CUSTOMER),
            _ => None,
        }
    }

    pub fn touched_by_experts(self) -> bool {
        !matches!(
            self,
            Self::New | Self::Customer | Self::CustomerClosed | Self::Redirected
        )
    }

    pub fn published(self) -> bool {
        matches!(self, Self::Awaiting | Self::Direct | Self::Helped)
    }

    /// The experts, or the customer, know what it was.
    pub fn concluded(self) -> bool {
        self.published() || matches!(self, Self::Dismissed | Self::CustomerClosed)
    }

    pub fn over(self) -> bool {
        self.status() == RESOLVED
    }
}
