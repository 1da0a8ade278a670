//! Masked forms of personal data (product.md, principle 5). What is masked here is what leaves the server by default. Two
//! masks of one person are read together, so they are measured together: ADR 5 counts the id numbers that stay possible.

use crate::alike::{is_hyphen, is_unseen};
use crate::kept_open;
use crate::time::date;

/// What stands in the open part for a text that only who has the right may read.
pub const RESTRICTED: &str = "***";

/// `3607************34`: first four, last two. Beside a birth date and the county, the last four are the whole number. What is
/// shorter is a part of a number or none, and hidden whole. A mask of another length of ends becomes this one.
#[must_use]
pub fn id_number(text: &str) -> String {
    if text.chars().count() < 12 { "*".repeat(text.chars().count()) } else { middle(text, 4, 2) }
}

/// `1950-03` of `1950-03-12`: with the day, the county and the ends of the number nine numbers would be left. A date in a form
/// of somebody's own is hidden whole.
#[must_use]
pub fn birth(text: &str) -> String {
    match date(text) {
        Some((year, Some(month), Some(_))) => format!("{year:04}-{month:02}"),
        None if text.chars().any(char::is_numeric) => RESTRICTED.to_owned(),
        _ => text.to_owned(),
    }
}

/// What the value of a column of somebody's own sheet tells of a person, by its header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tells {
    /// A name.
    Name,
    /// A birth date.
    Birth,
    /// An id number, or a part of one.
    IdNumber,
    /// Nothing of these.
    Other,
}

/// What a header says its column tells.
#[must_use]
pub fn tells(header: &str) -> Tells {
    let of = |words: &[&str]| words.iter().any(|word| header.contains(word));
    if of(&["身份证", "证件号", "公民身份"]) {
        Tells::IdNumber
    } else if of(&["出生", "生日"]) {
        Tells::Birth
    } else if of(&["姓名", "名字"]) {
        Tells::Name
    } else {
        Tells::Other
    }
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

/// Several names of one cell, each masked.
#[must_use]
pub fn names(text: &str) -> String {
    let apart = |c: char| "、，,；;/ ".contains(c);
    text.split_inclusive(apart)
        .map(|part| {
            let bare = part.trim_end_matches(apart);
            format!("{}{}", name(bare), part.get(bare.len()..).unwrap_or_default())
        })
        .collect()
}

/// Free text with every whole id number and bank card in it masked, and nothing else: remarks and unknown columns hold those of
/// relatives. What is written is masked so before it is kept ([`kept_open`]); this hides what older versions kept.
#[must_use]
pub fn id_numbers(text: &str) -> String {
    kept_open::text(text).map_or_else(|| text.to_owned(), |(masked, _)| masked)
}

/// Free text with every long number in it masked: id numbers (15 or 18), mobile numbers (11) and what else has eleven or more
/// digits (bank accounts, cards). Remarks and unknown columns of sheets hold such numbers of people the register never met.
#[must_use]
pub fn numbers(text: &str) -> String {
    let (mut masked, mut run) = (String::with_capacity(text.len()), String::new());
    for c in text.chars() {
        // Blanks, hyphens and what nobody sees stand inside written numbers; they belong to the run as long as digits go on
        // behind them.
        let within = matches!(c, '0'..='9' | '０'..='９') || (!run.is_empty() && (apart(c) || matches!(c, 'X' | 'x')));
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

/// What may stand between the digits of one number.
fn apart(c: char) -> bool {
    c == ' ' || is_hyphen(c) || is_unseen(c)
}

/// One run of digits, hidden if it is long. A date with hyphens has eight.
fn long(run: &str) -> String {
    let number = run.trim_end_matches(apart);
    match number.chars().filter(|c| !apart(*c)).count() {
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
