//! The language of the bundle, for `lexicon`: a change of it, or of its file, compiles the portal anew.

fn main() {
    println!("cargo::rerun-if-env-changed=PORTAL_LANGUAGE");
    println!("cargo::rerun-if-changed=languages");
    println!("cargo::rerun-if-env-changed=PORTAL_TEXTS");
    let language = std::env::var("PORTAL_LANGUAGE").unwrap_or_default();
    let language = if language.is_empty() {
        "en".to_owned()
    } else {
        language
    };
    println!("cargo::rustc-env=PORTAL_LANGUAGE={language}");
}
