//! Lists in pages. The cursor names the last item told, so that what is added before it changes
//! nothing about what follows.

use serde_json::{Value, json};

use super::{
    call::{Call, Reply},
    check,
};
use crate::refusal::Refusal;

/// One page of the items, each told only if it is on the page; `key` is the item's id.
pub fn page<T>(
    call: &Call,
    items: &[T],
    key: impl Fn(&T) -> String,
    mut tell: impl FnMut(&T) -> Result<Value, Refusal>,
) -> Result<Value, Refusal> {
    let start = match call.word("cursor") {
        None => 0,
        Some(cursor) => {
            let place = items.iter().position(|item| key(item) == cursor);
            place.map(|place| place + 1).ok_or_else(|| {
                let text = "The cursor is not one of this list.";
                check::invalid_parameter("cursor", "invalidCursor", text)
            })?
        }
    };
    let limit = call.number("limit").unwrap_or(50) as usize;
    let end = items.len().min(start + limit);
    let told = items[start..end]
        .iter()
        .map(&mut tell)
        .collect::<Result<Vec<_>, _>>()?;
    let next = (end < items.len()).then(|| key(&items[end - 1]));
    Ok(json!({ "items": told, "nextCursor": next }))
}

/// The page as an answer, with the link to the next.
pub fn reply(call: &Call, body: Value) -> Reply {
    let Some(next) = body["nextCursor"].as_str() else {
        return Reply::ok(body);
    };
    let mut pairs: Vec<String> = vec![format!("cursor={next}")];
    for (name, value) in call.query.iter().filter(|(name, _)| *name != "cursor") {
        let value = value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned);
        pairs.push(format!("{name}={}", escaped(&value)));
    }
    let link = format!("<?{}>; rel=\"next\"", pairs.join("&"));
    Reply::ok(body).header("link", link)
}

fn escaped(text: &str) -> String {
    let kept = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    let letter = |byte: u8| match kept(byte) {
        true => char::from(byte).to_string(),
        false => format!("%{byte:02X}"),
    };
    text.bytes().map(letter).collect()
}
