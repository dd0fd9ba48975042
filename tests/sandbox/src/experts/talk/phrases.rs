//! What the simulated experts say, and in other languages.

pub const ASSISTANT: &str = "Defender Experts virtual assistant";
pub const EXPERTS: [&str; 3] = [
    "Defender Expert Mira",
    "Defender Expert Jonas",
    "Defender Expert Aiko",
];

pub const WELCOME: &str = "Thank you, your message has reached us. An expert will answer shortly.";
pub const ANSWERS: [&str; 4] = [
    "We have looked again: there is no sign of activity after the containment. The steps in the \
     managed response remain what we recommend.",
    "Yes, that matches what we saw. Please keep the device as it is until the action is completed.",
    "We have checked the account's sign-ins of the last 30 days. Nothing beyond what the summary lists.",
    "Thank you for the details. We have added them to the investigation and will follow up here if \
     anything changes.",
];
pub const PROGRESS: [(&str, &str); 4] = [
    (
        "moreInformationNeeded",
        "Which devices did this user work on in the last week? A list of names is enough.",
    ),
    (
        "concluded",
        "We have finished looking into this. The activity is benign: it comes from a tool your \
      administrators installed. Nothing is left to do.",
    ),
    (
        "moreTimeNeeded",
        "We are correlating this with telemetry of the last 30 days and will report again.",
    ),
    (
        "fileSampleNeeded",
        "Please upload the file in question here. A password-protected archive is fine.",
    ),
];
pub const CONCLUDED: &str = "With what you sent we could finish: there was no access beyond what is known. Nothing is left to do.";

pub const LANGUAGES: [&str; 5] = ["en", "es", "ja", "pt-BR", "pt-PT"];

/// A stand-in for a translator: the first phrases for real, all else marked as untranslated text in
/// that language's frame.
pub fn translated(text: &str, language: &str) -> String {
    let frame = match language {
        "es" if text == WELCOME => {
            return "Gracias, hemos recibido su mensaje. Un experto le responderá en breve.".into();
        }
        "ja" if text == WELCOME => {
            return "メッセージを受け取りました。まもなく専門家が回答します。".into();
        }
        "pt-BR" if text == WELCOME => {
            return "Obrigado, recebemos sua mensagem. Um especialista responderá em breve.".into();
        }
        "pt-PT" if text == WELCOME => {
            return "Obrigado, recebemos a sua mensagem. Um especialista responderá em breve."
                .into();
        }
        "es" => "Traducción de prueba",
        "ja" => "翻訳の見本",
        "pt-BR" | "pt-PT" => "Tradução de teste",
        _ => return text.to_owned(),
    };
    // One message stays within the limit of one message.
    let text: String = text.chars().take(7900).collect();
    format!("[{frame}] {text}")
}
