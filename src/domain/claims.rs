//! Claims challenges: what a service wants to be told about a sign-in before it accepts its token, and how
//! that is asked of the provider. Source: the Continuous Access Evaluation pages of Microsoft Entra.

use super::json::Json;

/// What this portal can do, as the provider is told: be asked for claims by a service.
const CAPABLE: &str = r#""xms_cc":{"values":["cp1"]}"#;

/// The claims that a `WWW-Authenticate` header asks for, still in base64.
pub fn challenge(header: &str) -> Option<&str> {
    let (_, rest) = header.split_once("claims=\"")?;
    rest.split('"').next().filter(|claims| !claims.is_empty())
}

/// The `claims` parameter of a request to the provider: those that a service asked for, where it asked,
/// and what this portal can do. Claims that make no sense are left out.
pub fn parameter(asked: Option<&str>) -> String {
    let sound = |text: &&str| match Json::parse(text) {
        Ok(claims) => matches!(claims.get("access_token"), Json::Object(_)),
        Err(_) => false,
    };
    let Some(asked) = asked.filter(sound) else {
        return format!("{{\"access_token\":{{{CAPABLE}}}}}");
    };
    // The first brace after the member's name opens what it holds: no name and no text has one in between.
    let at = asked.find("\"access_token\"").unwrap_or(0);
    let Some(brace) = asked[at..].find('{').map(|brace| at + brace + 1) else {
        return asked.to_owned();
    };
    let (head, tail) = asked.split_at(brace);
    if tail.contains("\"xms_cc\"") {
        return asked.to_owned();
    }
    let comma = if tail.trim_start().starts_with('}') {
        ""
    } else {
        ","
    };
    format!("{head}{CAPABLE}{comma}{tail}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_service_asks_for_is_found_in_its_header() {
        let header = r#"Bearer realm="", authorization_uri="https://login.example/authorize", error="insufficient_claims", claims="eyJhIjoxfQ==""#;
        assert_eq!(challenge(header), Some("eyJhIjoxfQ=="));
        for none in [
            "",
            "Bearer",
            r#"Bearer error="invalid_token""#,
            r#"Bearer claims="""#,
        ] {
            assert_eq!(challenge(none), None, "{none}");
        }
    }

    #[test]
    fn what_is_asked_for_and_what_we_can_do_are_one_parameter() {
        let capable = r#"{"access_token":{"xms_cc":{"values":["cp1"]}}}"#;
        assert_eq!(parameter(None), capable);
        assert_eq!(parameter(Some(r#"{"access_token":{}}"#)), capable);
        let asked = r#"{ "access_token" : {"nbf":{"essential":true,"value":"1604106651"}}}"#;
        let both = parameter(Some(asked));
        assert_eq!(
            both,
            r#"{ "access_token" : {"xms_cc":{"values":["cp1"]},"nbf":{"essential":true,"value":"1604106651"}}}"#
        );
        assert_eq!(parameter(Some(&both)), both, "said once");
        for nonsense in [
            "",
            "{",
            "[]",
            "7",
            r#"{"access_token":7}"#,
            r#"{"id_token":{}}"#,
        ] {
            assert_eq!(parameter(Some(nonsense)), capable, "{nonsense}");
        }
    }
}
