//! What a body says, what it leaves out, and where it is wrong.

use super::*;

const BODY: &str = r#"{"id":"7","note":null,"blank":" ","tags":["a","b\n"],"big":12,"half":1.5,
    "value":[{"severity":"high"},{"severity":["x"]}],"inner":{"deep":[{"flag":true}]}}"#;

#[test]
fn members_are_read_by_type_and_what_is_absent_or_null_is_none() {
    let read = read(BODY, |body| {
        assert_eq!(body.needed("id"), "7");
        assert_eq!((body.text("note"), body.text("gone")), (None, None));
        assert_eq!(
            (body.text("blank").as_deref(), body.filled("blank")),
            (Some(" "), None)
        );
        assert_eq!(body.texts("tags").unwrap(), ["a", "b\n"]);
        assert_eq!((body.int("big"), body.int("gone")), (Some(12), None));
        assert_eq!(body.needed_list("value").count(), 2);
        assert!(body.object("inner").unwrap().list("gone").is_none());
    });
    assert_eq!(read, Ok(()));
}

#[test]
fn the_first_wrong_member_is_named_by_its_place() {
    let all = |body: Reader<'_>| {
        body.list("value").into_iter().flatten().for_each(|item| {
            item.text("severity");
        });
        body.text("big");
    };
    assert_eq!(
        read(BODY, all),
        Err("value[1].severity is not a text".into())
    );
    let words = |look: &dyn Fn(Reader<'_>)| read(BODY, look).unwrap_err();
    assert_eq!(words(&|body| drop(body.needed("gone"))), "gone is missing");
    assert_eq!(words(&|body| drop(body.needed("big"))), "big is not a text");
    assert_eq!(
        words(&|body| assert_eq!(body.int("half"), None)),
        "half is not a whole number"
    );
    assert_eq!(
        words(&|body| drop(body.texts("value"))),
        "value is not a list of texts"
    );
    assert_eq!(
        words(&|body| assert!(body.object("id").is_none())),
        "id is not an object"
    );
    assert_eq!(
        words(&|body| assert_eq!(body.needed_list("gone").count(), 0)),
        "gone is missing"
    );
    let deep = |body: Reader<'_>| {
        let inner = body.object("inner").unwrap();
        inner
            .list("deep")
            .unwrap()
            .for_each(|item| drop(item.text("flag")));
    };
    assert_eq!(words(&deep), "inner.deep[0].flag is not a text");
}

#[test]
fn a_body_that_is_no_object_has_no_members() {
    for body in ["[]", "null", "3", "\"x\""] {
        assert_eq!(read(body, |body| body.text("id")), Ok(None), "{body}");
        assert_eq!(
            read(body, |body| body.needed("id")),
            Err("id is missing".into()),
            "{body}"
        );
    }
}

#[test]
fn what_is_not_json_says_where() {
    let error = read("{\n\"a\": tru", |_| ()).unwrap_err();
    assert!(error.contains("line 2"), "{error}");
    assert!(
        Json::parse(&"[".repeat(100_000)).is_err(),
        "depth is bounded"
    );
}

#[test]
fn texts_are_written_so_that_they_read_back() {
    let awkward = "quote \" slash \\ line\n tab\t nul\u{0} \u{202e} 🦀 </script>";
    let body = object(&[("comment", awkward), ("@odata.type", "x")]);
    let comment = read(&body, |body| body.needed("comment"));
    assert_eq!(comment.as_deref(), Ok(awkward));
}

#[test]
fn numbers_are_whole_only_when_they_are() {
    let int = |text: &str| Json::parse(text).unwrap().as_int();
    assert_eq!(
        (int("-3"), int("1e3"), int("0.5"), int("1e300")),
        (Some(-3), Some(1_000), None, None)
    );
}
