//! Who answers which operation of the document.

use super::{
    attachments, call::Handler, chat, conversations, credits, deliveries, device_groups, events,
    history, hunting, inquiries, managed_response, notifications, readiness, reports, reviews,
    service_state, settings, talk,
};

pub fn of(operation: &str) -> Option<Handler> {
    Some(match operation {
        "getService" => service_state::get,
        "listManagedResponses" => managed_response::list,
        "getManagedResponse" => managed_response::get,
        "getIncidentHistory" => history::get,

        "listThreads" => chat::list,
        "openThread" => chat::open,
        "getThread" => chat::get,
        "listInquiries" => inquiries::list,
        "submitInquiry" => inquiries::submit,
        "getInquiry" => inquiries::get,
        "getInquiryCredits" => credits::get,
        "putInquiryContacts" => inquiries::put_contacts,
        "closeInquiry" => inquiries::close,
        "listChatMessages" | "listInquiryMessages" => talk::list,
        "postChatMessage" | "postInquiryMessage" => talk::post::post,
        "markChatRead" | "markInquiryRead" => talk::aside::read,
        "showChatTyping" | "showInquiryTyping" => talk::aside::show_typing,
        "putChatFeedback" | "putInquiryFeedback" => talk::aside::feedback,
        "getChatTranslation" | "getInquiryTranslation" => talk::aside::translation,
        "uploadAttachment" => attachments::upload,
        "getAttachment" => attachments::get,
        "getAttachmentContent" => attachments::content,
        "listConversations" => conversations::list,

        "getSettings" => settings::all,
        "getPermissions" | "getExclusions" | "getContacts" | "getTeams" => settings::get,
        "putPermissions" | "putExclusions" | "putContacts" | "putTeams" => settings::put,
        "getSettingsDraft" => settings::draft::get,
        "putSettingsDraft" => settings::draft::put,
        "discardSettingsDraft" => settings::draft::discard,
        "completeSettings" => settings::draft::complete,
        "listSettingsAudit" => settings::audit::list,
        "listDeviceGroups" => device_groups::list,

        "getReadiness" => readiness::get,
        "actOnReadinessItem" => readiness::act,
        "runReadiness" => readiness::runs::start,
        "listReadinessRuns" => readiness::runs::list,
        "getReadinessRun" => readiness::runs::get,

        "getReportSummary" => reports::summary::get,
        "getReportTactics" => reports::tactics::get,
        "getReportTrends" => reports::trends::get,
        "getReportRequiredActions" => reports::required::get,
        "getReportAssets" => reports::assets::get,
        "listReportIncidents" => reports::list::get,

        "listReviews" => reviews::list,
        "getReview" => reviews::get,
        "getReviewDocument" => reviews::document,
        "listDeliveries" => deliveries::list,
        "sendSample" => deliveries::sample,
        "getDelivery" => deliveries::get,
        "getHuntingSummary" => hunting::summary,
        "listHunts" => hunting::list,
        "getHunt" => hunting::get,
        "listNotifications" => notifications::list,
        "readNotification" => notifications::read,
        "pollEvents" => events::poll,
        _ => return None,
    })
}
