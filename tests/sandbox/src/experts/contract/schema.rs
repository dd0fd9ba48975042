//! Schemas of the document, made ready for checking.

use std::sync::OnceLock;

use jsonschema::Validator;
use serde_json::{Map, Value, json};

/// What is wrong, and where: a JSON Pointer, the keyword, and a sentence.
#[derive(Clone, Debug)]
pub struct Mistake {
    pub pointer: String,
    pub code: String,
    pub detail: String,
}

/// A schema that is compiled when it is first needed.
pub struct Schema {
    source: Value,
    compiled: OnceLock<Option<Validator>>,
}

impl Schema {
    pub fn new(source: Value) -> Self {
        Self {
            source,
            compiled: OnceLock::new(),
        }
    }

    pub fn kind(&self) -> &str {
        self.source["type"].as_str().unwrap_or_default()
    }

    pub fn default(&self) -> Option<&Value> {
        self.source.get("default")
    }

    pub fn mistakes(&self, instance: &Value) -> Vec<Mistake> {
        let compiled = self.compiled.get_or_init(|| {
            let options = jsonschema::options().should_validate_formats(true);
            options.build(&self.source).ok()
        });
        let Some(validator) = compiled else {
            return vec![Mistake {
                pointer: String::new(),
                code: "schema".into(),
                detail: format!("The schema cannot be used: {}", self.source),
            }];
        };
        let mistake = |error: jsonschema::ValidationError| Mistake {
            pointer: error.instance_path().to_string(),
            code: error.kind().keyword().to_owned(),
            detail: error.to_string(),
        };
        validator
            .iter_errors(instance)
            .take(20)
            .map(mistake)
            .collect()
    }
}

/// The schema with every reference replaced by what it leads to; none of them is recursive.
pub fn inlined(schema: &Value, document: &Value) -> Value {
    match schema {
        Value::Object(members) => match members.get("$ref").and_then(Value::as_str) {
            Some(link) => inlined(found(link, document), document),
            None => members
                .iter()
                .map(|(name, value)| (name.clone(), inlined(value, document)))
                .collect::<Map<_, _>>()
                .into(),
        },
        Value::Array(items) => items.iter().map(|item| inlined(item, document)).collect(),
        other => other.clone(),
    }
}

pub fn found<'a>(link: &str, document: &'a Value) -> &'a Value {
    link.strip_prefix('#')
        .and_then(|pointer| document.pointer(pointer))
        .unwrap_or(&Value::Null)
}

/// What a client must tolerate this server must not send: members and enum values that the document
/// does not name.
pub fn strict(mut schema: Value) -> Value {
    tighten(&mut schema);
    schema
}

fn tighten(schema: &mut Value) {
    match schema {
        Value::Object(members) => {
            members.values_mut().for_each(tighten);
            if members.get("properties").is_some_and(Value::is_object)
                && !members.contains_key("additionalProperties")
            {
                members.insert("additionalProperties".into(), json!(false));
            }
            if let Some(Value::Array(mut known)) = members.remove("x-extensible-enum") {
                if members.get("type").is_some_and(Value::is_array) {
                    known.push(Value::Null);
                }
                members.insert("enum".into(), known.into());
            }
        }
        Value::Array(items) => items.iter_mut().for_each(tighten),
        _ => {}
    }
}
