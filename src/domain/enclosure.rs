//! Which files may go with a message: texts and pictures within the service's limits, told apart by
//! what is in them. A name and a type are claims; a file that is not what it claims to be is refused.

use lexicon::t;

/// The most files of one message.
pub const MOST: usize = 10;
/// The most bytes of one file.
pub const LARGEST: usize = 10 << 20;

/// Pictures by their first bytes, with the endings their names have.
const PICTURES: [(&[u8], &str, &[&str]); 4] = [
    (b"\x89PNG\r\n\x1a\n", "image/png", &["png"]),
    (b"\xff\xd8\xff", "image/jpeg", &["jpg", "jpeg"]),
    (b"GIF8", "image/gif", &["gif"]),
    (b"RIFF", "image/webp", &["webp"]),
];
/// Endings that promise a text.
const TEXTS: [&str; 11] = [
    "txt", "log", "csv", "json", "md", "xml", "eml", "ps1", "kql", "yml", "yaml",
];

/// The type of a file that may go, or why it may not. `claimed` is the type the browser names.
pub fn check(name: &str, claimed: &str, content: &[u8]) -> Result<&'static str, String> {
    if content.is_empty() {
        return Err(t!("{name} is empty."));
    }
    if content.len() > LARGEST {
        return Err(t!(
            "{name} is larger than 10 MB, the most that can be sent."
        ));
    }
    let Some((found, endings)) = kind(content) else {
        return Err(t!(
            "{name} is neither a text nor a picture (PNG, JPEG, GIF, WebP). Nothing else can be sent."
        ));
    };
    let ending = name
        .rsplit_once('.')
        .map(|(_, ending)| ending.to_ascii_lowercase());
    let ending = ending.as_deref().unwrap_or_default();
    let known = PICTURES.iter().any(|(_, _, of)| of.contains(&ending)) || TEXTS.contains(&ending);
    let ending_lies = known && !endings.contains(&ending);
    let claims_picture = claimed.starts_with("image/");
    let type_lies =
        claims_picture && claimed != found || claimed.starts_with("text/") && found != TEXT;
    if ending_lies || type_lies {
        let found = found
            .rsplit('/')
            .next()
            .unwrap_or_default()
            .to_ascii_uppercase();
        return Err(t!(
            "{name} is not what its name says: its content is {found}. It was not attached."
        ));
    }
    Ok(found)
}

const TEXT: &str = "text/plain";

/// What is in a file, and which endings go with that.
fn kind(content: &[u8]) -> Option<(&'static str, &'static [&'static str])> {
    let picture = PICTURES
        .iter()
        .find(|(first, ..)| content.starts_with(first));
    if let Some((_, media, endings)) = picture {
        let whole = *media != "image/webp" || content.get(8..12) == Some(b"WEBP");
        return whole.then_some((media, *endings));
    }
    let text = std::str::from_utf8(content).is_ok_and(|text| {
        let control = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{c}');
        !text.chars().any(control)
    });
    text.then_some((TEXT, &TEXTS))
}

/// A number of bytes for people.
pub fn size(bytes: i64) -> String {
    match bytes {
        ..1_024 => t!("{bytes} B"),
        1_024..1_048_576 => {
            let kib = (bytes + 512) / 1_024;
            t!("{kib} KB")
        }
        _ => {
            let (whole, tenth) = (bytes / 1_048_576, bytes % 1_048_576 * 10 / 1_048_576);
            t!("{whole}.{tenth} MB")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PNG: &[u8] = b"\x89PNG\r\n\x1a\nrest";

    #[test]
    fn texts_and_pictures_may_go() {
        assert_eq!(check("shot.png", "image/png", PNG), Ok("image/png"));
        assert_eq!(check("SHOT.PNG", "", PNG), Ok("image/png"));
        assert_eq!(
            check("process.log", "", "café\r\n".as_bytes()),
            Ok("text/plain")
        );
        assert_eq!(
            check("query.kql", "application/octet-stream", b"a | b"),
            Ok("text/plain")
        );
        assert_eq!(
            check("photo.jpeg", "image/jpeg", b"\xff\xd8\xff\xe0"),
            Ok("image/jpeg")
        );
    }

    #[test]
    fn a_file_that_lies_about_its_type_is_refused_by_its_content() {
        for (name, claimed, content) in [
            ("shot.png", "image/png", &b"MZ\x90\0\x03"[..]),
            ("shot.png", "image/png", b"<script>alert(1)</script>"),
            ("notes.txt", "text/plain", PNG),
            ("shot.jpg", "image/jpeg", PNG),
            ("noending", "image/gif", PNG),
            ("sound.webp", "image/webp", b"RIFF\0\0\0\0WAVEfmt "),
        ] {
            let refused = check(name, claimed, content).unwrap_err();
            assert!(refused.contains(name), "{refused}");
        }
    }

    #[test]
    fn what_is_empty_or_too_large_is_refused() {
        assert!(check("a.txt", "", b"").is_err());
        assert!(check("a.txt", "", &vec![b'a'; LARGEST]).is_ok());
        assert!(check("a.txt", "", &vec![b'a'; LARGEST + 1]).is_err());
    }

    #[test]
    fn sizes_read_well() {
        let sizes = [17, 2_048, 5_347_738].map(size);
        assert_eq!(sizes, ["17 B", "2 KB", "5.1 MB"]);
    }
}
