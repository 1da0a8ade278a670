//! Personal names: any character of GB 18030, at least fifty of them, one separator, and a key to sort them by.

/// The only separator inside a name (民委发〔2016〕33号): U+00B7. Sheets bring look-alikes.
pub const SEPARATOR: char = '·';

/// Drops blanks inside Chinese names, turns the look-alikes of the separator into it, keeps everything else. In a name of
/// Latin letters blanks and full stops are part of it.
#[must_use]
pub fn normalise(text: &str) -> String {
    let visible = text.chars().filter(|c| !matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}'));
    let cleaned: String = visible.collect();
    let trimmed = cleaned.trim();
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
