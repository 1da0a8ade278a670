//! 姓名 by the rule of the domain.

use bianfang_domain::{alike, name};

use super::{Read, marks};
use crate::note::NoteCode;

/// A name.
#[must_use]
pub fn person_name(text: &str) -> Read<String> {
    let seen = alike::fold(text);
    let value = name::normalise(seen.trim().trim_start_matches(['\'', '’', '‘']));
    if value.is_empty() {
        return Read::none();
    }
    let separators = |text: &str| text.chars().filter(|c| *c == name::SEPARATOR).count();
    let mut codes = marks(text);
    if separators(&value) != separators(text) {
        codes.push(NoteCode::SeparatorInName);
    }
    if value.chars().count() != seen.chars().count() {
        codes.push(NoteCode::BlankInName);
    }
    Read::some(value, codes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_change_of_a_name_is_named() {
        for (text, name, codes) in [
            ("张三", "张三", vec![]),
            ("张 三", "张三", vec![NoteCode::BlankInName]),
            ("\u{2fbc}\u{e863}", "高䶮", vec![NoteCode::LookAlike]),
            ("\u{202d}高\u{fe00}䶮\u{202c}", "高䶮", vec![NoteCode::InvisibleMark]),
            ("\u{200e} 张三", "张三", vec![NoteCode::InvisibleMark, NoteCode::BlankInName]),
            ("买买提•吐尔逊", "买买提·吐尔逊", vec![NoteCode::SeparatorInName]),
        ] {
            assert_eq!(person_name(text), Read::some(name.to_owned(), codes), "{text:?}");
        }
    }
}
