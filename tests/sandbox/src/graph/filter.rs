//! `$filter` as far as Graph supports it here: comparisons joined by `and`, turned into SQL.
//! Which properties may be compared is the caller's list.

use rusqlite::types::Value;

use crate::clock;

pub enum Kind {
    Text,
    /// An enum: only its members may be compared with.
    Member(&'static [&'static str]),
    Time,
    /// A number that is a name rather than an amount, such as an error code.
    Code,
}

pub struct Field {
    pub name: &'static str,
    pub column: &'static str,
    pub kind: Kind,
}

#[derive(Debug, Default)]
pub struct Filter {
    pub sql: String,
    pub values: Vec<Value>,
}

#[derive(Clone, Debug, PartialEq)]
enum Token {
    Word(String),
    Quoted(String),
}

/// The error says what was not understood and by name.
pub fn parse(text: &str, fields: &[Field]) -> Result<Filter, String> {
    let mut filter = Filter::default();
    for clause in tokens(text)?.split(|token| matches!(token, Token::Word(word) if word == "and")) {
        let [Token::Word(name), Token::Word(operator), literal] = clause else {
            return Err(format!(
                "'{text}' is not a list of comparisons joined by 'and'."
            ));
        };
        let field = fields
            .iter()
            .find(|field| field.name == name)
            .ok_or_else(|| format!("Filtering by '{name}' is not supported."))?;
        let sign = sign(operator, &field.kind)
            .ok_or_else(|| format!("'{operator}' is not supported on '{name}'."))?;
        let value = value(literal, field)?;
        if !filter.sql.is_empty() {
            filter.sql.push_str(" AND ");
        }
        filter.sql.push_str(&format!("{} {sign} ?", field.column));
        filter.values.push(value);
    }
    Ok(filter)
}

/// `IS` rather than `=`: here null equals null and differs from every value.
fn sign(operator: &str, kind: &Kind) -> Option<&'static str> {
    let ordered = matches!(kind, Kind::Time);
    match operator {
        "eq" => Some("IS"),
        "ne" => Some("IS NOT"),
        "gt" if ordered => Some(">"),
        "ge" if ordered => Some(">="),
        "lt" if ordered => Some("<"),
        "le" if ordered => Some("<="),
        _ => None,
    }
}

fn value(literal: &Token, field: &Field) -> Result<Value, String> {
    let name = field.name;
    match (&field.kind, literal) {
        (Kind::Text, Token::Quoted(text)) => Ok(Value::Text(text.clone())),
        (Kind::Text, Token::Word(word)) if word == "null" => Ok(Value::Null),
        (Kind::Member(members), Token::Quoted(text)) if members.contains(&text.as_str()) => {
            Ok(Value::Text(text.clone()))
        }
        (Kind::Time, Token::Word(word)) => clock::parse(word)
            .map(Value::Integer)
            .ok_or_else(|| format!("'{word}' is not a date and time, as '{name}' needs.")),
        (Kind::Code, Token::Word(word)) if word.parse::<i64>().is_ok() => {
            Ok(Value::Text(word.clone()))
        }
        (_, Token::Word(text) | Token::Quoted(text)) => {
            Err(format!("'{text}' cannot be compared with '{name}'."))
        }
    }
}

fn tokens(text: &str) -> Result<Vec<Token>, String> {
    let mut tokens = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        if let Some(quoted) = rest.strip_prefix('\'') {
            let (token, after) = quoted_end(quoted)
                .ok_or_else(|| format!("There is an unterminated string literal in '{text}'."))?;
            tokens.push(Token::Quoted(token));
            rest = after.trim_start();
        } else {
            let end = rest.find([' ', '\'']).unwrap_or(rest.len());
            tokens.push(Token::Word(rest[..end].to_owned()));
            rest = rest[end..].trim_start();
        }
    }
    Ok(tokens)
}

/// Splits after the closing quote; a doubled quote stands for one.
pub fn quoted_end(text: &str) -> Option<(String, &str)> {
    let mut token = String::new();
    let mut rest = text;
    loop {
        let (before, after) = rest.split_once('\'')?;
        token.push_str(before);
        match after.strip_prefix('\'') {
            Some(next) => {
                token.push('\'');
                rest = next;
            }
            None => return Some((token, after)),
        }
    }
}
