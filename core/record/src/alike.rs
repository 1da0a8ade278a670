//! Characters that nobody sees, and characters that look like the usual ones: marks that programs leave at the ends of a copied
//! number, radicals and private-use characters that old keyboards write for an ideograph. Two texts that look the same are the
//! same here, in names, numbers and codes, wherever they are kept, compared or looked for.

mod table;

use unicode_normalization::char::decompose_canonical;

/// Every format character (general category Cf, Unicode 14.0) and the variation selectors VS1 to VS256.
const UNSEEN: [(char, char); 23] = [
    ('\u{ad}', '\u{ad}'),
    ('\u{600}', '\u{605}'),
    ('\u{61c}', '\u{61c}'),
    ('\u{6dd}', '\u{6dd}'),
    ('\u{70f}', '\u{70f}'),
    ('\u{890}', '\u{891}'),
    ('\u{8e2}', '\u{8e2}'),
    ('\u{180e}', '\u{180e}'),
    ('\u{200b}', '\u{200f}'),
    ('\u{202a}', '\u{202e}'),
    ('\u{2060}', '\u{2064}'),
    ('\u{2066}', '\u{206f}'),
    ('\u{fe00}', '\u{fe0f}'),
    ('\u{feff}', '\u{feff}'),
    ('\u{fff9}', '\u{fffb}'),
    ('\u{110bd}', '\u{110bd}'),
    ('\u{110cd}', '\u{110cd}'),
    ('\u{13430}', '\u{13438}'),
    ('\u{1bca0}', '\u{1bca3}'),
    ('\u{1d173}', '\u{1d17a}'),
    ('\u{e0001}', '\u{e0001}'),
    ('\u{e0020}', '\u{e007f}'),
    ('\u{e0100}', '\u{e01ef}'),
];

/// Whether nobody sees a character: a format character or a variation selector.
#[must_use]
pub fn is_unseen(c: char) -> bool {
    c >= '\u{ad}' && UNSEEN.iter().any(|(first, last)| (*first..=*last).contains(&c))
}

/// Whether a character joins the groups of a number: the hyphen, the hyphens that look like it, and the dashes.
#[must_use]
pub fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}')
}

/// The usual character for one that looks the same: the hyphen, and the unified ideograph of a radical, of a compatibility
/// ideograph or of what programs before GB 18030-2005 kept as private use. Every other character is its own.
#[must_use]
pub fn usual(c: char) -> char {
    match c {
        '\u{2010}' | '\u{2011}' | '\u{2212}' | '\u{fe63}' => '-',
        '\u{2e80}'..='\u{2ef3}' => of(table::RADICALS, c),
        '\u{2f00}'..='\u{2fd5}' => of(table::KANGXI, c),
        // ḿ and ǹ of pinyin, for A8BC and A8BF of the same table.
        '\u{e7c7}' => 'ḿ',
        '\u{e7c8}' => 'ǹ',
        '\u{e815}'..='\u{e864}' => usual(of(table::GB18030, c)),
        '\u{f900}'..='\u{faff}' | '\u{2f800}'..='\u{2fa1f}' => {
            let mut usual = c;
            decompose_canonical(c, |part| usual = part);
            usual
        }
        other => other,
    }
}

fn of((first, usual): (char, &str), c: char) -> char {
    let place = (c as usize).saturating_sub(first as usize);
    usual.chars().nth(place).filter(|usual| *usual != '-').unwrap_or(c)
}

/// A text as it looks: without what nobody sees, in the usual characters.
#[must_use]
pub fn fold(text: &str) -> String {
    text.chars().filter(|c| !is_unseen(*c)).map(usual).collect()
}

/// A text as it is compared with others that should look the same: folded, without blanks.
#[must_use]
pub fn key(text: &str) -> String {
    fold(text).chars().filter(|c| !c.is_whitespace()).collect()
}
