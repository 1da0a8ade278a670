//! Several telephone numbers in one cell, each with its owner in brackets or before it: 13800138000(儿子)、0797-1234567.

use bianfang_domain::{alike, phone};
use serde::Serialize;

use super::{Read, marks, narrow};
use crate::note::NoteCode;
use crate::read::GridValue;

/// A number and whose it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SheetPhone {
    /// Checked.
    pub number: String,
    /// 儿子, 本人, a name: as written.
    pub owner: Option<String>,
}

/// The numbers of a cell. What is no number is left out and named; the others stay.
#[must_use]
pub fn phones(value: GridValue<'_>) -> Read<Vec<SheetPhone>> {
    let text = match value {
        GridValue::Empty | GridValue::Error(_) | GridValue::Uncomputed | GridValue::Bool(_) => return Read::none(),
        GridValue::Number(number) | GridValue::Date(number) => format!("{number}"),
        GridValue::Text(text) => text.to_owned(),
    };
    let marks = marks(&text);
    let text = alike::fold(&text);
    let narrowed = narrow(&text);
    let mut found = Vec::new();
    let mut codes = Vec::new();
    for part in split(&narrowed) {
        if matches!(part.as_str(), "无" | "-" | "—" | "无电话") {
            continue;
        }
        match one(&part) {
            Some(phone) => found.push(phone),
            None => codes.push(NoteCode::PhoneInvalid),
        }
    }
    codes.dedup();
    let single = matches!(found.as_slice(), [one] if one.owner.is_none());
    let plainly = single && matches!(found.as_slice(), [one] if one.number == text);
    if !found.is_empty() && !plainly && !matches!(value, GridValue::Number(_)) {
        codes.push(match single {
            true if text.trim_start().starts_with(['\'', '’', '‘']) => NoteCode::Apostrophe,
            true if narrowed != text => NoteCode::FullWidth,
            _ => NoteCode::PhonesSplit,
        });
    }
    codes.extend(marks.into_iter().filter(|_| !found.is_empty()));
    Read { value: Some(found).filter(|found| !found.is_empty()), codes }
}

/// At separators outside brackets; blanks separate where whole numbers stand on both sides.
fn split(text: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut depth = 0_usize;
    for c in text.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        let whole = || parts.last().is_some_and(|part| one(part).is_some());
        let ends = depth == 0
            && (matches!(c, ',' | ';' | '、' | '/' | '\n' | '\r' | '|' | '，' | '；')
                || (c.is_whitespace() && whole()));
        if ends {
            parts.push(String::new());
        } else if let Some(part) = parts.last_mut() {
            part.push(c);
        }
    }
    parts.iter().map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect()
}

fn one(part: &str) -> Option<SheetPhone> {
    let digit = |c: char| c.is_ascii_digit() || c == '+';
    let start = part.find(digit)?;
    let end = part.rfind(|c: char| c.is_ascii_digit())? + 1;
    let number = phone::parse(part.get(start..end)?)?;
    let around = format!("{}{}", part.get(..start)?, part.get(end..)?);
    let owner = around.trim_matches(|c: char| c.is_whitespace() || "()（）:：'’‘".contains(c)).to_owned();
    Some(SheetPhone { number, owner: Some(owner).filter(|owner| !owner.is_empty()) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_numbers_of_a_cell_keep_their_owners() {
        let read = phones(GridValue::Text("13800138000（儿子）、0797-1234567 女儿：139 0013 9000/12")).clone();
        let found = read.value.unwrap_or_default();
        let shown: Vec<_> = found.iter().map(|phone| (phone.number.as_str(), phone.owner.as_deref())).collect();
        assert_eq!(shown, [("13800138000", Some("儿子")), ("0797-1234567", None), ("13900139000", Some("女儿"))]);
        assert_eq!(read.codes, [NoteCode::PhoneInvalid, NoteCode::PhonesSplit]);
        assert_eq!(phones(GridValue::Number(13_800_138_000.0)).codes, []);
        let marked = phones(GridValue::Text("\u{202d}138\u{2060}00138000\u{202c}"));
        let found: Vec<String> = marked.value.unwrap_or_default().into_iter().map(|phone| phone.number).collect();
        assert_eq!((found, marked.codes), (vec!["13800138000".to_owned()], vec![NoteCode::InvisibleMark]));
    }
}
