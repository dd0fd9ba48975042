//! Server-sent events as they arrive: bytes in pieces of any length become frames. Source: the HTML standard,
//! 9.2.6, without what this portal has no use for (`event`, `retry`).

/// One event of a stream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    /// Where to go on after it, if the stream has said so yet.
    pub id: Option<String>,
    pub data: String,
}

/// A line longer than this is no event of ours: it is dropped, and memory with it.
const LONGEST: usize = 1 << 20;

/// What has come of a stream and is not a frame yet.
#[derive(Debug, Default)]
pub struct Frames {
    line: Vec<u8>,
    id: Option<String>,
    data: Vec<String>,
}

impl Frames {
    /// Takes a piece in; gives the frames that it completes.
    pub fn push(&mut self, piece: &[u8]) -> Vec<Frame> {
        let mut frames = Vec::new();
        for byte in piece {
            match byte {
                b'\n' => {
                    let line = std::mem::take(&mut self.line);
                    frames.extend(self.end(String::from_utf8_lossy(&line).trim_end_matches('\r')));
                }
                _ if self.line.len() < LONGEST => self.line.push(*byte),
                _ => {}
            }
        }
        frames
    }

    fn end(&mut self, line: &str) -> Option<Frame> {
        if line.is_empty() {
            let data = std::mem::take(&mut self.data).join("\n");
            return (!data.is_empty()).then(|| Frame {
                id: self.id.clone(),
                data,
            });
        }
        let (name, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value).to_owned();
        match name {
            "id" => self.id = Some(value),
            "data" => self.data.push(value),
            // A comment keeps the connection open; the rest means nothing here.
            _ => {}
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const STREAM: &str = "retry: 3000\n\n: still here\n\nid: 7\r\nevent: thread.updated\r\ndata: {\"a\":1}\r\n\r\nid:8\ndata: one\ndata: zwei…\n\n";

    fn expected() -> Vec<Frame> {
        let frame = |id: &str, data: &str| Frame {
            id: Some(id.into()),
            data: data.into(),
        };
        vec![frame("7", "{\"a\":1}"), frame("8", "one\nzwei…")]
    }

    #[test]
    fn a_stream_is_read_whole() {
        assert_eq!(Frames::default().push(STREAM.as_bytes()), expected());
    }

    #[test]
    fn half_a_frame_is_none() {
        let mut frames = Frames::default();
        assert!(frames.push(b"data: x\n").is_empty());
        assert!(frames.push(&vec![b'y'; 3 << 20]).is_empty());
        assert_eq!(frames.push(b"\n\n").len(), 1);
    }

    proptest! {
        #[test]
        fn it_does_not_matter_how_it_is_cut(cuts in proptest::collection::vec(1_usize..9, 0..200)) {
            let (mut frames, mut found, mut rest) = (Frames::default(), Vec::new(), STREAM.as_bytes());
            for cut in cuts {
                let (piece, after) = rest.split_at(cut.min(rest.len()));
                found.extend(frames.push(piece));
                rest = after;
            }
            found.extend(frames.push(rest));
            prop_assert_eq!(found, expected());
        }
    }
}
