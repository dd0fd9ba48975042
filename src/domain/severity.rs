//! How bad an incident or an alert is.

use super::open_enum::open_enum;

open_enum! {
    /// Severity, worst first. The portal has no Critical.
    pub enum Severity {
        High = "high" => "High",
        Medium = "medium" => "Medium",
        Low = "low" => "Low",
        Informational = "informational" => "Informational",
        NotSet = "unknown" => "Not set",
    }
}
