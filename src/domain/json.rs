//! JSON as the portal reads and writes it: one tree for every body, and a reader that takes members
//! out of it and remembers the first one that is not what it should be. What the members mean is the
//! business of those who read; a decoder derived for each shape would cost the bundle 44 kB.

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, Serializer};
use std::borrow::Cow;
use std::cell::Cell;
use std::fmt;

/// Any JSON value. Texts without escapes point into the body they were read from.
#[derive(Clone, Debug, PartialEq)]
pub enum Json<'a> {
    Null,
    Bool(bool),
    Number(f64),
    Text(Cow<'a, str>),
    List(Vec<Json<'a>>),
    /// In the order of the body; of a repeated member the first counts.
    Object(Vec<(Cow<'a, str>, Json<'a>)>),
}

const NULL: &Json<'static> = &Json::Null;

impl<'a> Json<'a> {
    /// Reads a body. The error says what is wrong, with line and column.
    pub fn parse(text: &'a str) -> Result<Json<'a>, String> {
        serde_json::from_str(text).map_err(|error| error.to_string())
    }

    /// A member of an object; null where there is none.
    pub fn get(&self, name: &str) -> &Json<'a> {
        match self {
            Json::Object(members) => members
                .iter()
                .find(|(known, _)| known == name)
                .map_or(NULL, |(_, value)| value),
            _ => NULL,
        }
    }

    /// The text, where it is one.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Json::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The whole number, where it is one.
    pub fn as_int(&self) -> Option<i64> {
        match self {
            #[expect(clippy::cast_possible_truncation, reason = "exact below 2^53")]
            Json::Number(number) if number.fract() == 0.0 && number.abs() < 9e15 => {
                Some(*number as i64)
            }
            _ => None,
        }
    }

    /// The items of a list; nothing else has any.
    pub fn items(&self) -> &[Json<'a>] {
        match self {
            Json::List(items) => items,
            _ => &[],
        }
    }
}

/// Writes an object of texts: a request's body, or what is kept on the device.
pub fn object(members: &[(&str, &str)]) -> String {
    serde_json::to_string(&Members(members)).unwrap_or_default()
}

/// Writes one text, for bodies that hold more than texts.
pub fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap_or_default()
}

struct Members<'a>(&'a [(&'a str, &'a str)]);

impl Serialize for Members<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().copied())
    }
}

/// What a reader had to object to: the value that holds the member, the member, what was expected.
type Objection<'a> = (&'a Json<'a>, &'static str, &'static str);

/// Reads a body with `read`. An error says what is wrong and where: `value[3].severity is not a text`.
pub fn read<T>(body: &str, read: impl FnOnce(Reader<'_>) -> T) -> Result<T, String> {
    let root = Json::parse(body)?;
    let objection = Cell::new(None);
    let value = read(Reader {
        value: &root,
        objection: &objection,
    });
    match objection.get() {
        None => Ok(value),
        Some(objection) => Err(in_words(&root, objection)),
    }
}

/// One value of a body being read. What is absent or null is `None`; what is of another type is
/// noted, and makes the whole reading fail in the end.
#[derive(Clone, Copy)]
pub struct Reader<'a> {
    value: &'a Json<'a>,
    objection: &'a Cell<Option<Objection<'a>>>,
}

impl<'a> Reader<'a> {
    /// A member as text.
    pub fn text(self, name: &'static str) -> Option<String> {
        self.str(name).map(str::to_owned)
    }

    /// A member as text; one of blanks only is none.
    pub fn filled(self, name: &'static str) -> Option<String> {
        self.str(name)
            .filter(|text| !text.trim().is_empty())
            .map(str::to_owned)
    }

    /// A member as text, where it stands in the body.
    pub fn str(self, name: &'static str) -> Option<&'a str> {
        match self.value.get(name) {
            Json::Text(text) => Some(text),
            Json::Null => None,
            _ => self.object_to(name, "is not a text"),
        }
    }

    /// A member as text that has to be there.
    pub fn needed(self, name: &'static str) -> String {
        let found = self.text(name);
        if found.is_none() {
            self.object_to::<()>(name, "is missing");
        }
        found.unwrap_or_default()
    }

    /// A member as a whole number.
    pub fn int(self, name: &'static str) -> Option<i64> {
        match self.value.get(name) {
            Json::Null => None,
            value => value
                .as_int()
                .or_else(|| self.object_to(name, "is not a whole number")),
        }
    }

    /// A member that is an object.
    pub fn object(self, name: &'static str) -> Option<Reader<'a>> {
        match self.value.get(name) {
            value @ Json::Object(_) => Some(self.at(value)),
            Json::Null => None,
            _ => self.object_to(name, "is not an object"),
        }
    }

    /// The items of a member that is a list.
    pub fn list(self, name: &'static str) -> Option<impl Iterator<Item = Reader<'a>>> {
        let items = match self.value.get(name) {
            Json::List(items) => items,
            Json::Null => return None,
            _ => return self.object_to(name, "is not a list"),
        };
        Some(items.iter().map(move |item| self.at(item)))
    }

    /// The items of a member that has to be a list.
    pub fn needed_list(self, name: &'static str) -> impl Iterator<Item = Reader<'a>> {
        let found = self.list(name);
        if found.is_none() {
            self.object_to::<()>(name, "is missing");
        }
        found.into_iter().flatten()
    }

    /// The texts of a member that is a list of texts.
    pub fn texts(self, name: &'static str) -> Option<Vec<String>> {
        let mut texts = Vec::new();
        for item in self.list(name)? {
            match item.value.as_text() {
                Some(text) => texts.push(text.to_owned()),
                None => self.object_to(name, "is not a list of texts")?,
            }
        }
        Some(texts)
    }

    /// The value itself, for members that are known by name only at run time.
    pub fn raw(self) -> &'a Json<'a> {
        self.value
    }

    fn at(self, value: &'a Json<'a>) -> Reader<'a> {
        Reader { value, ..self }
    }

    fn object_to<T>(self, name: &'static str, what: &'static str) -> Option<T> {
        if self.objection.get().is_none() {
            self.objection.set(Some((self.value, name, what)));
        }
        None
    }
}

fn in_words(root: &Json<'_>, (holder, name, what): Objection<'_>) -> String {
    let mut place = path(root, holder).unwrap_or_default();
    if !place.is_empty() {
        place.push('.');
    }
    format!("{place}{name} {what}")
}

/// The way from a value to one inside it. It is looked for only when something is wrong, so that
/// reading does not have to keep track.
fn path(from: &Json<'_>, wanted: &Json<'_>) -> Option<String> {
    if std::ptr::eq(from, wanted) {
        return Some(String::new());
    }
    let rest = |step: String, value| path(value, wanted).map(|rest| join(step, &rest));
    match from {
        Json::List(items) => items
            .iter()
            .enumerate()
            .find_map(|(at, item)| rest(format!("[{at}]"), item)),
        Json::Object(members) => members
            .iter()
            .find_map(|(name, value)| rest(name.to_string(), value)),
        _ => None,
    }
}

fn join(mut step: String, rest: &str) -> String {
    if !rest.is_empty() && !rest.starts_with('[') {
        step.push('.');
    }
    step.push_str(rest);
    step
}

impl<'de> Deserialize<'de> for Json<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Builder)
    }
}

struct Builder;

impl<'de> Visitor<'de> for Builder {
    type Value = Json<'de>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Json<'de>, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Json<'de>, E> {
        Ok(Json::Bool(value))
    }

    #[expect(
        clippy::cast_precision_loss,
        reason = "JSON's own numbers are no more precise"
    )]
    fn visit_i64<E>(self, value: i64) -> Result<Json<'de>, E> {
        Ok(Json::Number(value as f64))
    }

    #[expect(
        clippy::cast_precision_loss,
        reason = "JSON's own numbers are no more precise"
    )]
    fn visit_u64<E>(self, value: u64) -> Result<Json<'de>, E> {
        Ok(Json::Number(value as f64))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Json<'de>, E> {
        Ok(Json::Number(value))
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Json<'de>, E> {
        Ok(Json::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Json<'de>, E> {
        Ok(Json::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Json<'de>, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Json::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Json<'de>, A::Error> {
        let mut members = Vec::new();
        while let Some(name) = entries.next_key::<Json>()? {
            let name = match name {
                Json::Text(name) => name,
                _ => Cow::Borrowed(""),
            };
            members.push((name, entries.next_value()?));
        }
        Ok(Json::Object(members))
    }
}

#[cfg(test)]
mod tests;
