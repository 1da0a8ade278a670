//! Text without what keyboards and programs leave in it.

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

/// Narrowed, without any blank, invisible mark or leading apostrophe.
#[must_use]
pub fn plain(text: &str) -> String {
    let narrow = narrow(text);
    let visible = narrow.chars().filter(|c| !c.is_whitespace() && !matches!(c, '\u{200b}'..='\u{200f}' | '\u{feff}'));
    visible.collect::<String>().trim_start_matches(['\'', '’', '‘']).to_owned()
}
