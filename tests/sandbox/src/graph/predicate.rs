//! `$filter` over documents: comparisons, `startsWith`, `endsWith`, `contains`, `in`, `any`,
//! joined by `and`, `or`, `not` and parentheses. For what is few enough to be read through; rows
//! of the database are filtered by `filter`.

use serde_json::Value;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Text,
    Number,
    Bool,
    Time,
    List,
}

pub struct Property {
    pub name: &'static str,
    pub kind: Kind,
}

pub const fn property(name: &'static str, kind: Kind) -> Property {
    Property { name, kind }
}

#[derive(Debug, PartialEq)]
pub enum Wrong {
    /// What cannot be read, and where.
    Syntax(String),
    /// There is no such property to filter by.
    Property(String),
    /// The operator does not go with the property.
    Operator(String, String),
}

#[derive(Debug)]
pub struct Predicate {
    root: Node,
    /// Uses what a directory answers only for `ConsistencyLevel: eventual`.
    pub advanced: bool,
}

#[derive(Debug)]
enum Node {
    All(Vec<Node>),
    Any(Vec<Node>),
    Not(Box<Node>),
    Compare(&'static str, Kind, Operator, Vec<Literal>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Operator {
    Equal,
    Differs,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Starts,
    Ends,
    Contains,
    In,
    HasAny,
}

#[derive(Clone, Debug, PartialEq)]
enum Literal {
    Text(String),
    Number(f64),
    Bool(bool),
    Time(i64),
    Null,
}

#[derive(Clone, Debug, PartialEq)]
enum Token {
    Word(String),
    Quoted(String),
    Mark(char),
}

pub fn parse(text: &str, properties: &'static [Property]) -> Result<Predicate, Wrong> {
    let mut parser = Parser {
        tokens: tokens(text)?,
        at: 0,
        properties,
        advanced: false,
    };
    let root = parser.any()?;
    match parser.peek() {
        None => Ok(Predicate {
            root,
            advanced: parser.advanced,
        }),
        Some(token) => Err(unexpected(token)),
    }
}

impl Predicate {
    pub fn holds(&self, document: &Value) -> bool {
        holds(&self.root, document)
    }
}

struct Parser {
    tokens: Vec<Token>,
    at: usize,
    properties: &'static [Property],
    advanced: bool,
}

impl Parser {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at)
    }

    fn next(&mut self) -> Result<Token, Wrong> {
        let token = self.tokens.get(self.at).cloned();
        self.at += 1;
        token.ok_or_else(|| Wrong::Syntax("Expression expected at the end of the filter.".into()))
    }

    fn takes(&mut self, word: &str) -> bool {
        let found = matches!(self.peek(), Some(Token::Word(text)) if text == word);
        self.at += usize::from(found);
        found
    }

    fn mark(&mut self, mark: char) -> Result<(), Wrong> {
        match self.next()? {
            Token::Mark(found) if found == mark => Ok(()),
            other => Err(unexpected(&other)),
        }
    }

    fn any(&mut self) -> Result<Node, Wrong> {
        let mut parts = vec![self.all()?];
        while self.takes("or") {
            parts.push(self.all()?);
        }
        Ok(Node::Any(parts))
    }

    fn all(&mut self) -> Result<Node, Wrong> {
        let mut parts = vec![self.one()?];
        while self.takes("and") {
            parts.push(self.one()?);
        }
        Ok(Node::All(parts))
    }

    fn one(&mut self) -> Result<Node, Wrong> {
        if self.takes("not") {
            self.advanced = true;
            return Ok(Node::Not(Box::new(self.one()?)));
        }
        if self.peek() == Some(&Token::Mark('(')) {
            self.at += 1;
            let inner = self.any()?;
            self.mark(')')?;
            return Ok(inner);
        }
        let Token::Word(word) = self.next()? else {
            let token = &self.tokens[self.at - 1];
            return Err(unexpected(token));
        };
        match word.to_lowercase().as_str() {
            "startswith" => self.call(Operator::Starts),
            "endswith" => {
                self.advanced = true;
                self.call(Operator::Ends)
            }
            "contains" => self.call(Operator::Contains),
            _ => match word.strip_suffix("/any") {
                Some(list) => self.has_any(list),
                None => self.compare(&word),
            },
        }
    }

    fn call(&mut self, operator: Operator) -> Result<Node, Wrong> {
        self.mark('(')?;
        let Token::Word(name) = self.next()? else {
            return Err(Wrong::Syntax("A property is expected.".into()));
        };
        let property = self.property(&name)?;
        self.mark(',')?;
        let literal = literal(&self.next()?, property)?;
        self.mark(')')?;
        Ok(Node::Compare(
            property.name,
            property.kind,
            operator,
            vec![literal],
        ))
    }

    /// `list/any(it: it eq 'x')`
    fn has_any(&mut self, list: &str) -> Result<Node, Wrong> {
        let property = self.property(list)?;
        self.mark('(')?;
        let it = self.next()?;
        self.mark(':')?;
        if self.next()? != it || !self.takes("eq") {
            return Err(Wrong::Syntax(format!("'{list}/any' compares with 'eq'.")));
        }
        let literal = literal(&self.next()?, property)?;
        self.mark(')')?;
        Ok(Node::Compare(
            property.name,
            property.kind,
            Operator::HasAny,
            vec![literal],
        ))
    }

    fn compare(&mut self, name: &str) -> Result<Node, Wrong> {
        let property = self.property(name)?;
        let Token::Word(word) = self.next()? else {
            return Err(Wrong::Syntax(format!(
                "An operator is expected after '{name}'."
            )));
        };
        let refused = || Wrong::Operator(word.clone(), name.to_owned());
        let ordered = matches!(property.kind, Kind::Time | Kind::Number);
        let operator = match word.as_str() {
            _ if property.kind == Kind::List => return Err(refused()),
            "eq" => Operator::Equal,
            "ne" => Operator::Differs,
            "in" => Operator::In,
            "lt" if ordered => Operator::Less,
            "le" if ordered => Operator::LessOrEqual,
            "gt" if ordered => Operator::Greater,
            "ge" if ordered => Operator::GreaterOrEqual,
            _ => return Err(refused()),
        };
        self.advanced |= operator == Operator::Differs;
        let mut literals = Vec::new();
        if operator == Operator::In {
            self.mark('(')?;
            loop {
                literals.push(literal(&self.next()?, property)?);
                if self.peek() != Some(&Token::Mark(',')) {
                    break;
                }
                self.at += 1;
            }
            self.mark(')')?;
        } else {
            literals.push(literal(&self.next()?, property)?);
        }
        Ok(Node::Compare(
            property.name,
            property.kind,
            operator,
            literals,
        ))
    }

    fn property(&self, name: &str) -> Result<&'static Property, Wrong> {
        self.properties
            .iter()
            .find(|property| property.name == name)
            .ok_or_else(|| Wrong::Property(name.to_owned()))
    }
}

fn literal(token: &Token, property: &Property) -> Result<Literal, Wrong> {
    let literal = match (property.kind, token) {
        (_, Token::Word(word)) if word == "null" => Some(Literal::Null),
        (Kind::Text | Kind::List, Token::Quoted(text)) => Some(Literal::Text(text.to_lowercase())),
        (Kind::Number, Token::Word(word)) => word.parse().ok().map(Literal::Number),
        (Kind::Bool, Token::Word(word)) => word.parse().ok().map(Literal::Bool),
        (Kind::Time, Token::Word(word)) => crate::clock::parse(word).map(Literal::Time),
        _ => None,
    };
    literal.ok_or_else(|| {
        let (Token::Word(text) | Token::Quoted(text)) = token else {
            return unexpected(token);
        };
        Wrong::Syntax(format!(
            "'{text}' cannot be compared with '{}'.",
            property.name
        ))
    })
}

/// Texts are compared without regard to case, as the directory compares them.
fn holds(node: &Node, document: &Value) -> bool {
    match node {
        Node::All(parts) => parts.iter().all(|part| holds(part, document)),
        Node::Any(parts) => parts.iter().any(|part| holds(part, document)),
        Node::Not(inner) => !holds(inner, document),
        Node::Compare(name, Kind::List, _, literals) => document[*name]
            .as_array()
            .into_iter()
            .flatten()
            .any(|item| value(item, Kind::Text) == literals[0]),
        Node::Compare(name, kind, operator, literals) => {
            let found = value(&document[*name], *kind);
            compares(&found, *operator, literals)
        }
    }
}

fn value(json: &Value, kind: Kind) -> Literal {
    let text = || json.as_str();
    let found = match kind {
        Kind::Number => json.as_f64().map(Literal::Number),
        Kind::Bool => json.as_bool().map(Literal::Bool),
        Kind::Time => text().and_then(crate::clock::parse).map(Literal::Time),
        Kind::Text | Kind::List => text().map(|text| Literal::Text(text.to_lowercase())),
    };
    found.unwrap_or(Literal::Null)
}

fn compares(found: &Literal, operator: Operator, literals: &[Literal]) -> bool {
    let wanted = &literals[0];
    let texts = |test: fn(&str, &str) -> bool| match (found, wanted) {
        (Literal::Text(found), Literal::Text(wanted)) => test(found, wanted),
        _ => false,
    };
    let order = match (found, wanted) {
        (Literal::Number(found), Literal::Number(wanted)) => found.partial_cmp(wanted),
        (Literal::Time(found), Literal::Time(wanted)) => Some(found.cmp(wanted)),
        _ => None,
    };
    match operator {
        Operator::Equal | Operator::HasAny => found == wanted,
        Operator::Differs => found != wanted,
        Operator::In => literals.contains(found),
        Operator::Starts => texts(|found, wanted| found.starts_with(wanted)),
        Operator::Ends => texts(|found, wanted| found.ends_with(wanted)),
        Operator::Contains => texts(|found, wanted| found.contains(wanted)),
        Operator::Less => order.is_some_and(|order| order.is_lt()),
        Operator::LessOrEqual => order.is_some_and(|order| order.is_le()),
        Operator::Greater => order.is_some_and(|order| order.is_gt()),
        Operator::GreaterOrEqual => order.is_some_and(|order| order.is_ge()),
    }
}

fn unexpected(token: &Token) -> Wrong {
    let text = match token {
        Token::Word(text) | Token::Quoted(text) => text.clone(),
        Token::Mark(mark) => mark.to_string(),
    };
    Wrong::Syntax(format!("'{text}' is not expected here."))
}

fn tokens(text: &str) -> Result<Vec<Token>, Wrong> {
    let mut tokens = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        if first == '\'' {
            let (quoted, after) = super::filter::quoted_end(&rest[1..]).ok_or_else(|| {
                Wrong::Syntax(format!(
                    "There is an unterminated string literal in '{text}'."
                ))
            })?;
            tokens.push(Token::Quoted(quoted));
            rest = after;
        } else if "(),:".contains(first) {
            tokens.push(Token::Mark(first));
            rest = &rest[1..];
        } else {
            let ends = |at: char| at.is_whitespace() || "(),'".contains(at);
            // The colon of a lambda ends its variable; those of a time belong to it.
            let time = first.is_ascii_digit();
            let end = rest.find(|at| ends(at) || (at == ':' && !time));
            let end = end.unwrap_or(rest.len());
            tokens.push(Token::Word(rest[..end].to_owned()));
            rest = &rest[end..];
        }
        rest = rest.trim_start();
    }
    Ok(tokens)
}
