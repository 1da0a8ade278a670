//! Text without what keyboards and programs leave in it.

use bianfang_domain::alike;

use crate::note::NoteCode;

/// Full-width forms of ASCII (U+FF01 to U+FF5E) and the ideographic space, narrowed.
#[must_use]
pub fn narrow(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\u{3000}' | '\u{a0}' => ' ',
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
            other => other,
        })
        .collect()
}

/// Narrowed, as it looks ([`alike::fold`]), without any blank or leading apostrophe.
#[must_use]
pub fn plain(text: &str) -> String {
    alike::key(&narrow(text)).trim_start_matches(['\'', '’', '‘']).to_owned()
}

/// What is told of a text that is read as it looks.
#[must_use]
pub fn marks(text: &str) -> Vec<NoteCode> {
    let unseen = text.chars().any(alike::is_unseen).then_some(NoteCode::InvisibleMark);
    let like = text.chars().any(|c| alike::usual(c) != c).then_some(NoteCode::LookAlike);
    unseen.into_iter().chain(like).collect()
}
