//! The portal's texts in the language a bundle is built for: `t!` stands around every text that a person
//! reads, and is the translated text when the portal is compiled. A language is a file,
//! `languages/<language>.json`, and the variable `PORTAL_LANGUAGE` at the build; no page knows of it, and
//! no bundle carries a language that is not its own. Without the variable it is English, as written.
//!
//! * `t!("Incidents")` is a `&'static str`.
//! * `t!("Incident {id} was merged")` fills the names in, as `format!` does, and is a `String`.
//! * `t!(count, "{count} incident", "{count} incidents")` picks the plural form that the language asks for
//!   at a number, and is a `String`.
//!
//! The pseudo-locale `en-XA` has no file: every text is made longer, accented and put in brackets, so
//! that what did not pass through here is seen at once.

mod catalogue;
mod pseudo;
mod source;

use catalogue::{Catalogue, Entry};
use proc_macro::{Delimiter, Group, Ident, Literal, Punct, Spacing, Span, TokenStream, TokenTree};

/// A text in the language of the bundle. See the crate's documentation.
#[proc_macro]
pub fn t(input: TokenStream) -> TokenStream {
    let catalogue = match Catalogue::of_the_build() {
        Ok(catalogue) => catalogue,
        Err(problem) => return error(Span::call_site(), &problem),
    };
    let tokens: Vec<TokenTree> = input.into_iter().map(bare).collect();
    if let [TokenTree::Literal(text), rest @ ..] = tokens.as_slice() {
        return one(&catalogue, text, rest);
    }
    let comma = tokens
        .iter()
        .position(|token| matches!(token, TokenTree::Punct(p) if p.as_char() == ','));
    let Some((count, forms)) = comma.map(|at| (&tokens[..at], &tokens[at + 1..])) else {
        return error(
            Span::call_site(),
            "a text, or a number and its two forms, is expected",
        );
    };
    match forms {
        [
            TokenTree::Literal(one),
            TokenTree::Punct(_),
            TokenTree::Literal(other),
            rest @ ..,
        ] => plural(&catalogue, count, one, other, rest),
        _ => error(
            Span::call_site(),
            "a number is followed by the text for one and the text for others",
        ),
    }
}

/// A text without a number.
fn one(catalogue: &Catalogue, literal: &Literal, rest: &[TokenTree]) -> TokenStream {
    let Some(text) = source::value(&literal.to_string()) else {
        return error(literal.span(), "only a string can be translated");
    };
    if let Err(problem) = source::note(&[&text]) {
        return error(literal.span(), &problem);
    }
    let written = match catalogue.entry(&text) {
        Entry::AsWritten => literal.clone(),
        Entry::Text(translated) => spanned(&translated, literal),
        Entry::Forms(_) => {
            return error(
                literal.span(),
                "the catalogue has plural forms for a text without a number",
            );
        }
    };
    if source::has_places(&text) {
        format(written, rest)
    } else {
        TokenTree::Literal(written).into()
    }
}

/// A text at a number: a match over the forms that the language has.
fn plural(
    catalogue: &Catalogue,
    count: &[TokenTree],
    one: &Literal,
    other: &Literal,
    rest: &[TokenTree],
) -> TokenStream {
    let (Some(single), Some(many)) = (
        source::value(&one.to_string()),
        source::value(&other.to_string()),
    ) else {
        return error(other.span(), "only strings can be translated");
    };
    if let Err(problem) = source::note(&[&single, &many]) {
        return error(other.span(), &problem);
    }
    let forms = match catalogue.entry(&many) {
        Entry::Forms(forms) => forms
            .into_iter()
            .map(|(form, text)| (form, spanned(&text, other)))
            .collect(),
        Entry::Text(text) => match catalogue.entry(&single) {
            Entry::Text(single) => vec![
                ("one".to_owned(), spanned(&single, one)),
                ("other".to_owned(), spanned(&text, other)),
            ],
            _ => vec![("other".to_owned(), spanned(&text, other))],
        },
        Entry::AsWritten => vec![
            ("one".to_owned(), one.clone()),
            ("other".to_owned(), other.clone()),
        ],
    };
    let mut arms = TokenStream::new();
    for (form, text) in forms {
        let pattern = if form == "other" {
            TokenStream::from(TokenTree::Ident(Ident::new("_", Span::call_site())))
        } else {
            TokenTree::Literal(Literal::string(&form)).into()
        };
        arms.extend(pattern);
        arms.extend(punctuation("=>"));
        arms.extend(format(text, rest));
        arms.extend(punctuation(","));
    }
    let mut call: TokenStream = path(&["crate", "domain", "plural", "form"]);
    call.extend([group(
        Delimiter::Parenthesis,
        count.iter().cloned().collect(),
    )]);
    let mut stream: TokenStream = TokenTree::Ident(Ident::new("match", Span::call_site())).into();
    stream.extend(call);
    stream.extend([group(Delimiter::Brace, arms)]);
    // In parentheses it is an expression wherever it stands.
    group(Delimiter::Parenthesis, stream).into()
}

/// `::std::format!(text, rest)`.
fn format(text: Literal, rest: &[TokenTree]) -> TokenStream {
    let mut arguments: TokenStream = TokenTree::Literal(text).into();
    arguments.extend(rest.iter().cloned());
    let mut stream = punctuation("::");
    stream.extend(path(&["std", "format"]));
    stream.extend(punctuation("!"));
    stream.extend([group(Delimiter::Parenthesis, arguments)]);
    stream
}

/// A literal that comes through another macro is wrapped in a group that nobody sees.
fn bare(token: TokenTree) -> TokenTree {
    if let TokenTree::Group(group) = &token
        && group.delimiter() == Delimiter::None
    {
        let mut inner = group.stream().into_iter();
        if let (Some(only), None) = (inner.next(), inner.next()) {
            return bare(only);
        }
    }
    token
}

/// The names in a text are those around the text it stands for.
fn spanned(text: &str, place: &Literal) -> Literal {
    let mut literal = Literal::string(text);
    literal.set_span(place.span());
    literal
}

fn path(names: &[&str]) -> TokenStream {
    let mut stream = TokenStream::new();
    for (at, name) in names.iter().enumerate() {
        if at > 0 {
            stream.extend(punctuation("::"));
        }
        stream.extend([TokenTree::Ident(Ident::new(name, Span::call_site()))]);
    }
    stream
}

fn punctuation(signs: &str) -> TokenStream {
    let last = signs.chars().count() - 1;
    let sign = |(at, sign)| {
        let spacing = if at == last {
            Spacing::Alone
        } else {
            Spacing::Joint
        };
        TokenTree::Punct(Punct::new(sign, spacing))
    };
    signs.chars().enumerate().map(sign).collect()
}

fn group(delimiter: Delimiter, stream: TokenStream) -> TokenTree {
    TokenTree::Group(Group::new(delimiter, stream))
}

fn error(at: Span, problem: &str) -> TokenStream {
    let mut literal = Literal::string(problem);
    literal.set_span(at);
    let mut stream = punctuation("::");
    stream.extend(path(&["std", "compile_error"]));
    stream.extend(punctuation("!"));
    stream.extend([group(
        Delimiter::Parenthesis,
        TokenTree::Literal(literal).into(),
    )]);
    stream
}
