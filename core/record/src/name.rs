//! Personal names: any character of GB 18030, at least fifty of them, one separator, and a key to sort them by.

use crate::alike;

/// The only separator inside a name (民委发〔2016〕33号): U+00B7. Sheets bring look-alikes.
pub const SEPARATOR: char = '·';

/// Drops what nobody sees and blanks inside Chinese names, turns look-alikes of ideographs ([`alike::fold`]) and of the separator
/// into the usual ones, keeps everything else. In a name of Latin letters blanks and full stops are part of it.
#[must_use]
pub fn normalise(text: &str) -> String {
    let folded = alike::fold(text);
    let trimmed = folded.trim();
    let latin = trimmed.chars().any(|c| c.is_ascii_alphabetic());
    trimmed
        .chars()
        .filter(|c| latin || !c.is_whitespace())
        .map(|c| match c {
            '•' | '・' | '‧' | '․' | '．' | '∙' | '⋅' | '･' | '\u{0387}' => SEPARATOR,
            '.' if !latin => SEPARATOR,
            other => other,
        })
        .collect()
}

/// A name as it is compared: [`normalise`]d, and a blank or nothing stands for the separator too, for some write 买买提 吐尔逊 and
/// some 买买提·吐尔逊. Kept is what was written.
#[must_use]
pub fn matched(text: &str) -> String {
    normalise(text).chars().filter(|c| !c.is_whitespace() && *c != SEPARATOR).collect()
}

/// The key names are ordered by on both databases: pinyin, then the characters themselves.
#[must_use]
pub fn sort_key(text: &str) -> String {
    use pinyin::ToPinyin;
    let mut key = String::new();
    for (c, reading) in text.chars().zip(text.to_pinyin()) {
        match reading {
            Some(reading) => key.push_str(reading.plain()),
            None => key.extend(c.to_lowercase()),
        }
        key.push(' ');
    }
    key.push_str(text);
    key
}
