//! The document's operations: which there are, who may call them, what they take and answer.

use std::{collections::BTreeMap, sync::OnceLock};

use serde_json::Value;

use super::schema::{Schema, found, inlined, strict};
use crate::people::Level;

const DOCUMENT: &str = include_str!("../../../../../public/openapi/experts-v1.yaml");

pub struct Contract {
    pub operations: Vec<Operation>,
}

pub struct Operation {
    pub id: String,
    pub method: String,
    /// Segments of the path; those in braces are parameters.
    path: Vec<String>,
    pub level: Level,
    pub parameters: Vec<Parameter>,
    pub body: Option<Body>,
    pub answers: BTreeMap<u16, Vec<Body>>,
}

pub struct Parameter {
    pub name: String,
    /// path, query or header.
    pub place: String,
    pub required: bool,
    pub schema: Schema,
}

pub struct Body {
    pub media: String,
    pub schema: Schema,
}

pub enum Match {
    Found(&'static Operation, BTreeMap<String, String>),
    /// The path is known, with other methods.
    Methods(Vec<String>),
    Nothing,
}

/// The document, read once.
pub fn contract() -> &'static Contract {
    static CONTRACT: OnceLock<Contract> = OnceLock::new();
    CONTRACT.get_or_init(|| {
        // An unreadable document has no operations, which every test then finds missing.
        Contract::read(&serde_yaml_ng::from_str(DOCUMENT).unwrap_or_default())
    })
}

impl Contract {
    fn read(document: &Value) -> Self {
        let mut operations = Vec::new();
        for (path, methods) in document["paths"].as_object().into_iter().flatten() {
            for (method, operation) in methods.as_object().into_iter().flatten() {
                operations.push(Operation::read(path, method, operation, document));
            }
        }
        Self { operations }
    }

    /// The operation for a method and a path below the base URL. A path without braces is nearer
    /// than one with.
    pub fn find(&'static self, method: &str, path: &str) -> Match {
        let fits: Vec<(&Operation, BTreeMap<String, String>)> = self
            .operations
            .iter()
            .filter_map(|operation| Some((operation, operation.fit(path)?)))
            .collect();
        let nearest = fits.iter().map(|(_, values)| values.len()).min();
        let mut methods = Vec::new();
        for (operation, values) in fits {
            if Some(values.len()) != nearest {
                continue;
            }
            if operation.method == method {
                return Match::Found(operation, values);
            }
            methods.push(operation.method.clone());
        }
        match methods.is_empty() {
            true => Match::Nothing,
            false => Match::Methods(methods),
        }
    }
}

impl Operation {
    fn read(path: &str, method: &str, operation: &Value, document: &Value) -> Self {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let parameters = operation["parameters"].as_array().into_iter().flatten();
        let answers = operation["responses"].as_object().into_iter().flatten();
        let request = operation.get("requestBody");
        Self {
            id: text(&operation["operationId"]),
            method: method.to_uppercase(),
            path: path.split('/').skip(1).map(str::to_owned).collect(),
            level: Level::named(&text(&operation["x-required-role"])),
            parameters: parameters
                .map(|parameter| {
                    let parameter = inlined(parameter, document);
                    Parameter {
                        name: text(&parameter["name"]),
                        place: text(&parameter["in"]),
                        required: parameter["required"] == true,
                        schema: Schema::new(parameter["schema"].clone()),
                    }
                })
                .collect(),
            body: request.and_then(|request| bodies(request, document, false).pop()),
            answers: answers
                .filter_map(|(status, answer)| {
                    let answer = match answer["$ref"].as_str() {
                        Some(link) => found(link, document),
                        None => answer,
                    };
                    Some((status.parse().ok()?, bodies(answer, document, true)))
                })
                .collect(),
        }
    }

    pub fn takes(&self, header: &str) -> bool {
        let mut parameters = self.parameters.iter();
        parameters.any(|it| it.place == "header" && it.name.eq_ignore_ascii_case(header))
    }

    /// The values of the path's parameters, if the path is one of this operation.
    fn fit(&self, path: &str) -> Option<BTreeMap<String, String>> {
        let segments: Vec<&str> = path.split('/').skip(1).collect();
        if segments.len() != self.path.len() {
            return None;
        }
        let mut values = BTreeMap::new();
        for (mine, given) in self.path.iter().zip(segments) {
            match mine
                .strip_prefix('{')
                .and_then(|name| name.strip_suffix('}'))
            {
                Some(name) => {
                    values.insert(name.to_owned(), given.to_owned());
                }
                None if mine == given => {}
                None => return None,
            }
        }
        Some(values)
    }
}

fn bodies(holder: &Value, document: &Value, answer: bool) -> Vec<Body> {
    let content = holder["content"].as_object().into_iter().flatten();
    content
        .map(|(media, body)| {
            let schema = inlined(&body["schema"], document);
            Body {
                media: media.clone(),
                schema: Schema::new(if answer { strict(schema) } else { schema }),
            }
        })
        .collect()
}
