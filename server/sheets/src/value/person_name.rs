//! 姓名 by the rule of the domain.

use bianfang_domain::name;

use super::Read;
use crate::note::NoteCode;

/// A name.
#[must_use]
pub fn person_name(text: &str) -> Read<String> {
    let value = name::normalise(text.trim_start_matches(['\'', '’', '‘']));
    if value.is_empty() {
        return Read::none();
    }
    let separators = |text: &str| text.chars().filter(|c| *c == name::SEPARATOR).count();
    let mut codes = Vec::new();
    if separators(&value) != separators(text) {
        codes.push(NoteCode::SeparatorInName);
    }
    if value.chars().count() != text.chars().count() {
        codes.push(NoteCode::BlankInName);
    }
    Read::some(value, codes)
}
