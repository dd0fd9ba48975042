//! The query part of a URL as names and lists. Commas separate the members of a list and stay
//! readable; everything that could be mistaken for structure is percent-encoded.

/// Name and members of each parameter, decoded; a parameter given twice appears twice.
pub fn parse(query: &str) -> Vec<(String, Vec<String>)> {
    query
        .trim_start_matches('?')
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let members = value
                .split(',')
                .map(decode)
                .filter(|member| !member.is_empty());
            (decode(name), members.collect())
        })
        .collect()
}

/// Builds a query from parameters in the order given, leaving out those without members.
#[derive(Default)]
pub struct Builder(String);

impl Builder {
    /// Adds a parameter with its members.
    pub fn list<T: AsRef<str>>(&mut self, name: &str, members: impl IntoIterator<Item = T>) {
        let readable = |member: T| encode(member.as_ref()).replace("%20", "+");
        let encoded: Vec<String> = members.into_iter().map(readable).collect();
        if encoded.is_empty() {
            return;
        }
        self.0.push(if self.0.is_empty() { '?' } else { '&' });
        self.0.push_str(name);
        self.0.push('=');
        self.0.push_str(&encoded.join(","));
    }

    /// The query with its `?`, or nothing.
    pub fn finish(self) -> String {
        self.0
    }
}

/// Percent-encodes what is not plainly readable in a URL, for any part of one.
pub fn encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b'@' | b':' => {
                encoded.push(char::from(byte));
            }
            _ => {
                const HEX: &[u8; 16] = b"0123456789ABCDEF";
                encoded.push('%');
                encoded.push(char::from(HEX[usize::from(byte >> 4)]));
                encoded.push(char::from(HEX[usize::from(byte & 15)]));
            }
        }
    }
    encoded
}

/// Takes percent-encoding and `+` back; what is malformed stays as it is.
pub fn decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let hex = |at: usize| bytes.get(at).and_then(|b| char::from(*b).to_digit(16));
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        match (bytes[at], hex(at + 1), hex(at + 2)) {
            (b'%', Some(high), Some(low)) => {
                decoded.push(u8::try_from(high * 16 + low).unwrap_or(b'?'));
                at += 2;
            }
            (b'+', _, _) => decoded.push(b' '),
            (byte, _, _) => decoded.push(byte),
        }
        at += 1;
    }
    String::from_utf8_lossy(&decoded).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn lists_stay_readable() {
        let mut builder = Builder::default();
        builder.list("status", ["active", "inProgress"]);
        builder.list("assigned", ["Defender Experts", "a,b@contoso.com"]);
        builder.list("empty", [] as [&str; 0]);
        let query = builder.finish();
        assert_eq!(
            query,
            "?status=active,inProgress&assigned=Defender+Experts,a%2Cb@contoso.com"
        );
        assert_eq!(
            parse(&query),
            [
                ("status".into(), vec!["active".into(), "inProgress".into()]),
                (
                    "assigned".into(),
                    vec!["Defender Experts".into(), "a,b@contoso.com".into()]
                ),
            ] as [(String, Vec<String>); 2]
        );
    }

    #[test]
    fn malformed_escapes_stay_visible() {
        assert_eq!(decode("100%"), "100%");
        assert_eq!(decode("%zz+%41"), "%zz A");
    }

    proptest! {
        #[test]
        fn what_is_encoded_comes_back(text in "\\PC*") {
            prop_assert_eq!(decode(&encode(&text)), text);
        }

        #[test]
        fn any_query_parses(text in ".*") {
            parse(&text);
        }
    }
}
