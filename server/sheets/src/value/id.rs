//! 身份证号码. A spreadsheet keeps fifteen digits of a number: an id number stored as one is lost.

use bianfang_domain::alike;
use bianfang_domain::id_number::{IdNumber, IdNumberError};

use super::{Read, marks, plain};
use crate::note::NoteCode;
use crate::read::GridValue;

/// An id number. `typed`: the file tells text from numbers (a workbook); in a CSV a tail of 000 is what is left of a number,
/// even where the check character happens to fit (one in eleven does).
#[must_use]
pub fn id_number(value: GridValue<'_>, typed: bool) -> Read<IdNumber> {
    let text = match value {
        GridValue::Empty | GridValue::Error(_) | GridValue::Uncomputed | GridValue::Bool(_) => return Read::none(),
        GridValue::Number(number) | GridValue::Date(number) if number.abs() >= 1e15 => {
            return Read::left_out(NoteCode::IdRounded);
        }
        GridValue::Number(number) | GridValue::Date(number) => format!("{number}"),
        GridValue::Text(text) => text.to_owned(),
    };
    let bare = plain(&text);
    if bare.is_empty() || matches!(bare.as_str(), "无" | "/" | "-" | "—") {
        return Read::none();
    }
    let exponent = bare.contains(['E', 'e']) && bare.parse::<f64>().is_ok();
    let tail = bare.len() == 18 && bare.ends_with("000") && bare.bytes().all(|byte| byte.is_ascii_digit());
    let parsed = IdNumber::parse(&bare);
    if exponent || (tail && (!typed || parsed.is_err())) {
        return Read::left_out(NoteCode::IdRounded);
    }
    match parsed {
        Ok(number) => Read::some(number, changes(&text)),
        Err(IdNumberError::Length | IdNumberError::Character | IdNumberError::Birth | IdNumberError::Check) => {
            Read::left_out(NoteCode::IdInvalid)
        }
    }
}

/// What is kept of a number that fails its check, so that people can compare it with the card: its eighteen or fifteen characters.
#[must_use]
pub fn suspect_number(value: GridValue<'_>) -> Option<String> {
    let GridValue::Text(text) = value else { return None };
    let bare: String = plain(text).to_uppercase().replace('×', "X");
    let (body, last) = bare.split_at_checked(bare.len().checked_sub(1)?)?;
    let digits =
        body.bytes().all(|byte| byte.is_ascii_digit()) && last.starts_with(|c: char| c.is_ascii_digit() || c == 'X');
    (digits && matches!(bare.len(), 15 | 18)).then_some(bare)
}

fn changes(text: &str) -> Vec<NoteCode> {
    let mut codes = marks(text);
    let text = &alike::fold(text);
    let bare = plain(text);
    if text.trim().starts_with(['\'', '’', '‘']) {
        codes.push(NoteCode::Apostrophe);
    }
    if text.chars().any(|c| ('０'..='９').contains(&c)) {
        codes.push(NoteCode::FullWidth);
    }
    if text.chars().any(char::is_whitespace) {
        codes.push(NoteCode::BlankInName);
    }
    let wide_digits = codes.contains(&NoteCode::FullWidth);
    if text.trim().chars().last().is_some_and(|last| !bare.ends_with(char::is_numeric) && last != 'X' && !wide_digits) {
        codes.push(NoteCode::IdLowerX);
    }
    if bare.chars().filter(|c| *c != '-').count() == 15 {
        codes.push(NoteCode::IdUpgraded);
    }
    codes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Option<String>, Vec<NoteCode>) {
        let read = id_number(GridValue::Text(text), true);
        (read.value.map(|number| number.reveal().to_owned()), read.codes)
    }

    #[test]
    fn numbers_as_people_write_them_become_one_form_and_each_change_is_named() {
        let number = Some("11010519491231002X".to_owned());
        for (text, codes) in [
            ("11010519491231002X", vec![]),
            ("'11010519491231002X", vec![NoteCode::Apostrophe]),
            ("11010519491231002x", vec![NoteCode::IdLowerX]),
            ("11010519491231002×", vec![NoteCode::IdLowerX]),
            ("110105 19491231 002X", vec![NoteCode::BlankInName]),
            ("１１０１０５１９４９１２３１００２Ｘ", vec![NoteCode::FullWidth]),
            ("\u{202d}11010519491231002X\u{202c}", vec![NoteCode::InvisibleMark]),
            ("110105\u{2011}19491231\u{ad}\u{2011}002X", vec![NoteCode::InvisibleMark, NoteCode::LookAlike]),
            (
                "\u{feff}'11010519491231002x\u{2060}",
                vec![NoteCode::InvisibleMark, NoteCode::Apostrophe, NoteCode::IdLowerX],
            ),
        ] {
            assert_eq!(read(text), (number.clone(), codes), "{text}");
        }
        assert_eq!(read("110105491231002").1, [NoteCode::IdUpgraded]);
    }

    #[test]
    fn number_that_lost_its_end_is_left_out_and_never_guessed() {
        let lost = (None, vec![NoteCode::IdRounded]);
        assert_eq!(read("3.60722E+17"), lost);
        assert_eq!(read("990722199001010000"), lost);
        assert_eq!(id_number(GridValue::Number(9.907_221_990_010_1e17), true).codes, [NoteCode::IdRounded]);
        assert_eq!(read("110105194912310021"), (None, vec![NoteCode::IdInvalid]));
    }
}
