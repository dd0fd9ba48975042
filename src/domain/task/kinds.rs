//! What each kind of action does, in the words said before it is done, and where it is done by hand
//! where no service runs it for this portal.

use super::ActionType;
use lexicon::t;

/// How an action is carried out elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ByHand {
    pub step: &'static str,
    /// The page of the product where it is done, and its name.
    pub link: &'static str,
    pub place: &'static str,
}

impl ActionType {
    /// What it does to its target; empty for kinds whose card alone can say.
    pub fn consequence(&self) -> &'static str {
        match self {
            ActionType::IsolateDevice => {
                t!(
                    "Isolates the device, which helps prevent an attacker from controlling it and performing further activities such as data exfiltration and lateral movement. The isolated device will still be connected to Microsoft Defender for Endpoint."
                )
            }
            ActionType::ReleaseFromIsolation => {
                t!("Undoes isolation of the device: it is back on the network.")
            }
            ActionType::RestrictAppExecution => {
                t!(
                    "Restricts the execution of potentially malicious programs and locks down the device to prevent further attempts: only programs signed by Microsoft run until the restriction is removed."
                )
            }
            // The seed says here that it undoes release from isolation, which is a mistake.
            ActionType::RemoveAppRestriction => {
                t!("Undoes the restriction of app execution: the device can run any program again.")
            }
            ActionType::QuarantineFile => {
                t!(
                    "Stops running processes, quarantines the files, and deletes persistent data such as registry keys."
                )
            }
            ActionType::RunAntivirusScan => t!("Starts an antivirus scan on the device."),
            ActionType::CollectInvestigationPackage => {
                t!("Collects forensic data from the device, to be downloaded from its page.")
            }
            ActionType::SubmitIocRule => t!("Blocks the indicator in the whole tenant."),
            ActionType::DisableUser => {
                t!(
                    "Blocks sign-in of the account. Sessions that exist may go on until they are revoked."
                )
            }
            ActionType::EnableUser => t!("Lets the account sign in again."),
            ActionType::ForcePasswordReset => {
                t!("The person has to set a new password at the next sign-in.")
            }
            ActionType::MarkUserCompromised => {
                t!(
                    "Raises the risk of the account to high, which conditional access policies follow."
                )
            }
            ActionType::RequireSignIn => {
                t!("Ends all sessions of the account: the person has to sign in again everywhere.")
            }
            ActionType::SoftDeleteEmails => {
                t!(
                    "Moves the messages to Recoverable Items: people no longer see them, and they can be brought back."
                )
            }
            ActionType::HardDeleteEmails => {
                t!("Deletes the messages for good: they cannot be brought back.")
            }
            ActionType::TriggerInvestigation => {
                t!(
                    "Lets the automated investigation of the incident's alerts run, with its pending actions approved first."
                )
            }
            ActionType::BlockOAuthApps => {
                t!(
                    "Takes the apps' access away: nobody can sign in to them, and their permissions no longer work."
                )
            }
            ActionType::Text | ActionType::Unknown(_) => "",
        }
    }

    /// How it is done where it cannot be run from here.
    pub fn by_hand(&self) -> Option<ByHand> {
        let (step, link, place) = match self {
            ActionType::IsolateDevice
            | ActionType::ReleaseFromIsolation
            | ActionType::RestrictAppExecution
            | ActionType::RemoveAppRestriction
            | ActionType::RunAntivirusScan
            | ActionType::CollectInvestigationPackage => (
                t!("Open the device in the device inventory and choose the action from its menu."),
                "https://security.microsoft.com/machines",
                t!("Device inventory"),
            ),
            ActionType::QuarantineFile | ActionType::SubmitIocRule => (
                t!("Search for the file or indicator and choose the action from its page."),
                "https://security.microsoft.com/searchresults",
                t!("Search"),
            ),
            ActionType::DisableUser | ActionType::EnableUser | ActionType::ForcePasswordReset => (
                t!("Find the account among the users and change it there."),
                "https://entra.microsoft.com/#view/Microsoft_AAD_UsersAndTenants/UserManagementMenuBlade",
                t!("Users in Microsoft Entra"),
            ),
            ActionType::MarkUserCompromised | ActionType::RequireSignIn => (
                t!(
                    "Find the account among the risky users, or among all users, and choose the action there."
                ),
                "https://entra.microsoft.com/#view/Microsoft_AAD_IAM/RiskyUsersBlade",
                t!("Risky users in Microsoft Entra"),
            ),
            ActionType::SoftDeleteEmails | ActionType::HardDeleteEmails => (
                t!("Find the messages in the explorer, select them and choose to delete them."),
                "https://security.microsoft.com/threatexplorerv3",
                t!("Explorer"),
            ),
            ActionType::TriggerInvestigation => (
                t!(
                    "Open the pending actions of the automated investigation and approve them, those of this incident first."
                ),
                "https://security.microsoft.com/action-center/pending",
                t!("Action center"),
            ),
            ActionType::BlockOAuthApps => (
                t!("Find the apps among the OAuth apps and disable them there."),
                "https://security.microsoft.com/cloudapps/app-governance",
                t!("App governance"),
            ),
            ActionType::Text | ActionType::Unknown(_) => return None,
        };
        Some(ByHand { step, link, place })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_says_what_it_does_and_where_it_is_done_by_hand() {
        for kind in ActionType::ALL {
            let free = *kind == ActionType::Text;
            assert_eq!(kind.consequence().is_empty(), free, "{kind:?}");
            assert_eq!(kind.by_hand().is_none(), free, "{kind:?}");
            if let Some(by_hand) = kind.by_hand() {
                assert!(by_hand.link.starts_with("https://"), "{kind:?}");
            }
        }
    }

    #[test]
    fn removing_a_restriction_undoes_the_restriction_and_no_isolation() {
        let words = ActionType::RemoveAppRestriction.consequence();
        assert!(words.contains("restriction") && !words.contains("isolation"));
    }
}
