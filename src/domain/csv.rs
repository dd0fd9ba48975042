//! Tables as CSV (RFC 4180) for spreadsheets. A cell that a spreadsheet would take for a formula is made
//! text, because names of incidents, files and users are written by attackers.

/// A value in an exported table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    Text(String),
    Count(usize),
    /// A number with one decimal; nothing where it is not known.
    Tenths(Option<i64>),
    /// What is not known.
    Nothing,
}

impl From<&str> for Value {
    fn from(text: &str) -> Value {
        Value::Text(text.to_owned())
    }
}

impl From<usize> for Value {
    fn from(count: usize) -> Value {
        Value::Count(count)
    }
}

impl Value {
    /// As it is written; empty where it is not known.
    pub fn text(&self) -> String {
        match self {
            Value::Text(text) => text.clone(),
            Value::Count(count) => count.to_string(),
            Value::Tenths(Some(tenths)) => format!("{}.{}", tenths / 10, tenths % 10),
            Value::Tenths(None) | Value::Nothing => String::new(),
        }
    }
}

/// The table with its heading, in UTF-8 with the mark by which spreadsheets know it.
pub fn csv(columns: &[&str], rows: &[Vec<Value>]) -> String {
    let mut out = String::from("\u{feff}");
    let heading = columns.iter().map(|name| (*name).to_owned());
    line(&mut out, heading);
    for row in rows {
        line(&mut out, row.iter().map(cell));
    }
    out
}

fn line(out: &mut String, cells: impl Iterator<Item = String>) {
    for (at, cell) in cells.enumerate() {
        if at > 0 {
            out.push(',');
        }
        out.push_str(&cell);
    }
    out.push_str("\r\n");
}

fn cell(value: &Value) -> String {
    let text = value.text();
    let Value::Text(_) = value else { return text };
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let text = if formula { format!("'{text}") } else { text };
    if text.contains(['"', ',', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_and_never_formulas() {
        let rows = [vec![
            "a,b".into(),
            "say \"hi\"".into(),
            "=HYPERLINK(1)".into(),
            "-2+3".into(),
            Value::Tenths(Some(1_858)),
            Value::Tenths(None),
            7.into(),
        ]];
        assert_eq!(
            csv(&["x", "y"], &rows),
            "\u{feff}x,y\r\n\"a,b\",\"say \"\"hi\"\"\",'=HYPERLINK(1),'-2+3,185.8,,7\r\n"
        );
    }
}
