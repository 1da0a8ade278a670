//! The binding generator, pinned to the very uniffi version that the library is built with.
fn main() {
    uniffi::uniffi_bindgen_main();
}
