use super::*;
use proptest::prelude::*;

fn text(words: &str) -> Vec<Inline> {
    vec![Inline::Text(words.into())]
}

fn paragraph(source: &str) -> Vec<Inline> {
    match parse(source).as_slice() {
        [Block::Paragraph(inner)] => inner.clone(),
        other => panic!("{other:?}"),
    }
}

/// All words of a parsed text, marks left out.
fn words(blocks: &[Block]) -> String {
    fn inline(all: &[Inline], out: &mut String) {
        for one in all {
            match one {
                Inline::Text(text) | Inline::Code(text) => out.push_str(text),
                Inline::Break => out.push('\n'),
                Inline::Strong(inner) | Inline::Emphasis(inner) => inline(inner, out),
                Inline::Link { text, .. } => inline(text, out),
            }
        }
    }
    fn items(all: &[Item], out: &mut String) {
        for item in all {
            inline(&item.text, out);
            item.nested.iter().for_each(|block| block_words(block, out));
        }
    }
    fn block_words(block: &Block, out: &mut String) {
        match block {
            Block::Heading(_, inner) | Block::Paragraph(inner) => inline(inner, out),
            Block::Bullets(all) | Block::Numbers(_, all) => items(all, out),
            Block::Quote(inner) => inner.iter().for_each(|block| block_words(block, out)),
            Block::Code(text) => out.push_str(text),
            Block::Rule => {}
            Block::Table { head, rows } => {
                head.iter()
                    .chain(rows.iter().flatten())
                    .for_each(|cell| inline(cell, out));
            }
        }
    }
    let mut out = String::new();
    blocks.iter().for_each(|block| block_words(block, &mut out));
    out
}

#[test]
fn blocks_of_an_expert_summary() {
    let source = "## What happened\nA user opened *invoice.exe*.\nThen more.\n\n- one\n  - inner\n- two\n\n1. first\n2. second\n\n> quoted\n\n```\nwhoami *x*\n```\n---\n";
    assert_eq!(
        parse(source),
        vec![
            Block::Heading(2, text("What happened")),
            Block::Paragraph(vec![
                Inline::Text("A user opened ".into()),
                Inline::Emphasis(text("invoice.exe")),
                Inline::Text(".\nThen more.".into()),
            ]),
            Block::Bullets(vec![
                Item {
                    text: text("one"),
                    nested: Some(Box::new(Block::Bullets(vec![Item {
                        text: text("inner"),
                        nested: None
                    }]))),
                },
                Item {
                    text: text("two"),
                    nested: None
                },
            ]),
            Block::Numbers(
                1,
                vec![
                    Item {
                        text: text("first"),
                        nested: None
                    },
                    Item {
                        text: text("second"),
                        nested: None
                    },
                ]
            ),
            Block::Quote(vec![Block::Paragraph(text("quoted"))]),
            Block::Code("whoami *x*".into()),
            Block::Rule,
        ]
    );
}

#[test]
fn marks_nest_and_unclosed_ones_stay_text() {
    assert_eq!(
        paragraph("**a *b* c**"),
        vec![Inline::Strong(vec![
            Inline::Text("a ".into()),
            Inline::Emphasis(text("b")),
            Inline::Text(" c".into()),
        ])]
    );
    for same in [
        "**open",
        "2 * 3 * 4",
        "a* b",
        "[half](",
        "[x]",
        "`tick",
        "**a *b",
        "][",
        "x_y_z",
    ] {
        assert_eq!(paragraph(same), text(same), "{same}");
    }
}

#[test]
fn code_is_verbatim() {
    assert_eq!(paragraph("`a*b*`"), vec![Inline::Code("a*b*".into())]);
    assert_eq!(paragraph("`` a`b ``"), vec![Inline::Code("a`b".into())]);
    assert_eq!(parse("```sh\nx\n"), vec![Block::Code("x".into())]);
}

#[test]
fn only_safe_schemes_become_links_and_hosts_are_the_real_ones() {
    let host_of = |source: &str| match paragraph(source).as_slice() {
        [Inline::Link { host, .. }] => Some(host.clone()),
        _ => None,
    };
    assert_eq!(
        host_of("[docs](https://Example.com/a?b)"),
        Some(Some("example.com".into()))
    );
    assert_eq!(host_of("[m](mailto:a@b.c)"), Some(None));
    assert_eq!(
        host_of("[bank](https://bank.com@evil.test/)"),
        Some(Some("evil.test".into()))
    );
    assert_eq!(
        host_of("[bank](https://evil.test\\@bank.com)"),
        Some(Some("evil.test".into()))
    );
    assert_eq!(
        host_of("[w](https://en.wiki/A_(b))"),
        Some(Some("en.wiki".into()))
    );
    for bad in [
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert)",
        "[x](data:text/html,x)",
        "[x](//evil.test)",
        "[x](/incidents)",
        "[x](https://)",
        "[x](https://a\u{202e}b)",
        "[](https://a.test)",
        "https://a.test/auto",
    ] {
        assert_eq!(words(&parse(bad)), bad, "{bad}");
        assert_eq!(host_of(bad), None, "{bad}");
    }
}

#[test]
fn paths_keep_their_backslashes() {
    for path in [r"\\server\share", r"C:\Users\_x\a.exe", r"HKLM\Software"] {
        assert_eq!(paragraph(path), text(path));
    }
    assert_eq!(paragraph(r"\*not\*"), text("*not*"));
}

#[test]
fn tables_have_even_rows_and_lose_no_cell() {
    let source = "| a | b |\n|---|:-:|\n| 1 | `x|y` |\n| 2 |\n| 3 | 4 | 5 |\nend";
    let [Block::Table { head, rows }, Block::Paragraph(_)] = &parse(source)[..] else {
        panic!()
    };
    assert_eq!(head, &vec![text("a"), text("b")]);
    assert_eq!(rows[0][1], vec![Inline::Code("x|y".into())]);
    assert_eq!(rows[1], vec![text("2"), vec![]]);
    assert_eq!(rows[2], vec![text("3"), text("4 | 5")]);
}

#[test]
fn hostile_input_takes_linear_time() {
    let long = |part: &str| part.repeat(200_000 / part.len());
    let parts = [
        "[", "]", "*", "**a", "`", "`a``b", "[a](", "> ", "- ", "  - a\n", "|", "\\", "[a](x(", "#",
    ];
    let started = std::time::Instant::now();
    for part in parts {
        let one_line = long(part);
        let lines = long(&format!("{part}\n"));
        for source in [&one_line, &lines] {
            let _ = parse(source);
        }
    }
    let table = format!("{}\n{}\n{}", long("|a"), long("|-"), long("|b"));
    let _ = parse(&table);
    // Generous: a quadratic step would take minutes.
    assert!(started.elapsed().as_secs() < 20, "{:?}", started.elapsed());
}

proptest! {
    #[test]
    fn no_input_panics_and_plain_words_survive(source in "[-*`#>|\\[\\]()a-z0-9 .:\\\\\n\u{202e}é]{0,200}") {
        let blocks = parse(&source);
        let letters = |text: &str| text.chars().filter(|c| c.is_ascii_lowercase()).count();
        // Addresses of links and the language of a fence are the only letters not shown as words.
        if !source.contains("](") && !source.contains("```") {
            prop_assert_eq!(letters(&words(&blocks)), letters(&source));
        }
    }

    #[test]
    fn any_unicode_is_read(source in "\\PC*") {
        let _ = parse(&source);
    }
}
