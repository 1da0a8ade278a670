//! Masked forms of personal data (product.md, principle 5). What is masked here is what leaves the server by default.

/// What stands in the open part for a text that only who has the right may read.
pub const RESTRICTED: &str = "***";

/// `3607**********1234`: first four, last four.
#[must_use]
pub fn id_number(text: &str) -> String {
    middle(text, 4, 4)
}

/// `138****8000`; a landline or a short number keeps its last four.
#[must_use]
pub fn phone(text: &str) -> String {
    if text.chars().count() >= 11 { middle(text, 3, 4) } else { middle(text, 0, 4) }
}

/// `张*`, `欧阳**`: for what leaves the system. Compound family names keep both characters when the name has more than two.
#[must_use]
pub fn name(text: &str) -> String {
    let count = text.chars().count();
    let family: String = text.chars().take(2).collect();
    let keep = if count > 2 && COMPOUND.contains(&family.as_str()) { 2 } else { 1 };
    if count <= keep { "*".repeat(count) } else { middle(text, keep, 0) }
}

/// Free text with every long number in it masked: id numbers (15 or 18), mobile numbers (11) and what else has eleven or more
/// digits (bank accounts, cards). Remarks and unknown columns of sheets hold such numbers of people the register never met.
#[must_use]
pub fn numbers(text: &str) -> String {
    let (mut masked, mut run) = (String::with_capacity(text.len()), String::new());
    for c in text.chars() {
        // Blanks and hyphens stand inside written numbers; they belong to the run as long as digits go on behind them.
        let within = matches!(c, '0'..='9' | '０'..='９') || (!run.is_empty() && matches!(c, ' ' | '-' | 'X' | 'x'));
        if within {
            run.push(c);
        } else {
            masked.push_str(&long(&run));
            run.clear();
            masked.push(c);
        }
    }
    masked.push_str(&long(&run));
    masked
}

/// One run of digits, hidden if it is long. A date with hyphens has eight.
fn long(run: &str) -> String {
    let number = run.trim_end_matches([' ', '-']);
    match number.chars().filter(|c| !matches!(c, ' ' | '-')).count() {
        0..11 => run.to_owned(),
        11 => format!("{}{}", phone(number), run.get(number.len()..).unwrap_or_default()),
        _ => format!("{}{}", id_number(number), run.get(number.len()..).unwrap_or_default()),
    }
}

const COMPOUND: [&str; 12] =
    ["欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "司徒", "夏侯"];

/// Keeps `head` and `tail` characters; a text too short to hide anything between them is hidden whole.
fn middle(text: &str, head: usize, tail: usize) -> String {
    let count = text.chars().count();
    if count <= head + tail {
        return "*".repeat(count);
    }
    let hidden = count - head - tail;
    text.chars().enumerate().map(|(i, c)| if i >= head && i < head + hidden { '*' } else { c }).collect()
}
