//! The entry of the bundle: makes a panic visible. Everything else starts when `boot.js`, or the
//! page that embeds the portal, calls the exported `mount`.

fn main() {
    mdr_portal::install_panic_hook();
}
