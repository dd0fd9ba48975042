//! Files between the device and the page: those a person has chosen, and one to keep.

use super::download;
use js_sys::{Array, Uint8Array};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, HtmlInputElement, Url};

/// A file that was chosen.
pub struct Chosen {
    pub name: String,
    /// What the browser takes it for.
    pub media: String,
    pub content: Vec<u8>,
}

/// The files of a file input, each read whole, up to `most` bytes and one more; the input is empty after.
pub async fn take(input: &HtmlInputElement, most: u32) -> Vec<Chosen> {
    let mut taken = Vec::new();
    let list = input.files();
    let count = list.as_ref().map_or(0, web_sys::FileList::length);
    let files: Vec<_> = (0..count).filter_map(|at| list.as_ref()?.get(at)).collect();
    for file in files {
        let Ok(part) = file.slice_with_f64_and_f64(0.0, f64::from(most) + 1.0) else {
            continue;
        };
        let Ok(content) = JsFuture::from(part.array_buffer()).await else {
            continue;
        };
        taken.push(Chosen {
            name: file.name(),
            media: file.type_(),
            content: Uint8Array::new(&content).to_vec(),
        });
    }
    input.set_value("");
    taken
}

/// Gives a file to the browser's downloads. False where it does not take it.
pub fn save(name: &str, content: &[u8]) -> bool {
    let parts = Array::of1(&Uint8Array::from(content));
    let blob = Blob::new_with_u8_array_sequence(&parts);
    let address = blob.and_then(|blob| Url::create_object_url_with_blob(&blob));
    address.is_ok_and(|address| {
        download::address(name, &address);
        Url::revoke_object_url(&address).is_ok()
    })
}
