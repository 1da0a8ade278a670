//! Text without what keyboards and programs leave in it.

use bianfang_domain::mask;

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

/// Every run of seven digits or more is masked, as a number of somebody's.
#[must_use]
pub fn mask_numbers(text: &str) -> String {
    let mut masked = String::new();
    let mut run = String::new();
    let flush = |run: &mut String, masked: &mut String| {
        let digits = run.chars().filter(char::is_ascii_digit).count();
        match digits {
            0..7 => masked.push_str(run),
            7..15 => masked.push_str(&mask::phone(run)),
            _ => masked.push_str(&mask::id_number(run)),
        }
        run.clear();
    };
    for c in narrow(text).chars() {
        let within = c.is_ascii_digit() || (!run.is_empty() && matches!(c, '-' | ' ' | 'X' | 'x' | '×'));
        if !within {
            flush(&mut run, &mut masked);
        }
        if within { run.push(c) } else { masked.push(c) }
    }
    flush(&mut run, &mut masked);
    masked
}
