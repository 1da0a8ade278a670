//! How one value gets dirty, and what must be understood of it all the same. A cell gets one kind of dirt at a time, so
//! that each note of the truth has one cause.

use bianfang_domain::id_number::IdNumber;
use bianfang_domain::name;
use bianfang_domain::time::Day;

use crate::book::{Cell, Expression, NumberLook};
use crate::dirt::Dirt;
use crate::ledger::Kind;
use crate::truth::{Code, Outcome};

/// A cell with what is to be concluded from it.
#[derive(Debug, Clone)]
pub(crate) struct Spoiled {
    pub cell: Cell,
    /// Normalized; empty when the value is left out.
    pub value: String,
    pub notes: Vec<(Code, String, String)>,
    /// What the row becomes by this cell.
    pub outcome: Outcome,
}

impl Spoiled {
    /// As it should be.
    pub fn clean(cell: Cell, value: &str) -> Self {
        Self { cell, value: value.to_owned(), notes: Vec::new(), outcome: Outcome::Record }
    }

    /// A text that is understood as `value`, with a note.
    pub fn noted(text: &str, value: &str, code: Code) -> Self {
        let note = (code, text.to_owned(), value.to_owned());
        Self { cell: Cell::text(text), value: value.to_owned(), notes: vec![note], outcome: Outcome::Record }
    }

    fn becoming(mut self, outcome: Outcome) -> Self {
        self.outcome = outcome;
        self
    }
}

/// The value of a column of this kind as it is typed without dirt.
pub(crate) fn typed(kind: Kind, value: &str) -> Spoiled {
    match (kind, value.parse::<f64>()) {
        (Kind::Serial | Kind::Money, Ok(number)) => Spoiled::clean(Cell::Number(number, NumberLook::General), value),
        (Kind::Month, _) => {
            let month = value.get(..7).unwrap_or(value);
            Spoiled::clean(Cell::text(month), month)
        }
        _ => Spoiled::clean(Cell::text(value), value),
    }
}

/// The value with this dirt, or None where the dirt does not touch such a value. `turn` varies what a kind has several of.
pub(crate) fn spoil(kind: Kind, dirt: Dirt, value: &str, turn: usize) -> Option<Spoiled> {
    let variant = |among: &[&'static str]| among.get(turn % among.len().max(1)).copied().unwrap_or_default();
    Some(match (kind, dirt) {
        (_, _) if value.is_empty() => return None,
        (Kind::Id, _) => return id(dirt, value, turn),
        (Kind::Month | Kind::Day, _) => return date(kind, dirt, value, turn),
        (Kind::Name, Dirt::BlankInName) => {
            let spaced: Vec<String> = value.chars().map(String::from).collect();
            Spoiled::noted(&spaced.join(variant(&[" ", "　", "  "])), value, Code::BlankInName)
        }
        (Kind::Name, Dirt::SeparatorInName) => {
            let written = format!("巴特尔{}{value}", variant(&["•", "・", "‧", "．"]));
            Spoiled::noted(&written, &name::normalise(&written), Code::SeparatorInName)
        }
        // U+20BB7 and U+2A3ED: personal names use them, and UTF-16 needs two units for each.
        (Kind::Name, Dirt::NameBeyondBmp) => typed(kind, &format!("{value}{}", variant(&["𠮷", "𪏭"]))),
        (Kind::Name, Dirt::NameMissing) => {
            let note = (Code::NameMissing, String::new(), String::new());
            Spoiled { cell: Cell::Empty, value: String::new(), notes: vec![note], outcome: Outcome::Refused }
        }
        (Kind::Phones, Dirt::SeveralPhones) => {
            let second = "04760000000";
            let written = format!("{value}{}{second}", variant(&["、", "/", "，", " ", ";", "\n"]));
            Spoiled::noted(&written, &format!("{value},{second}"), Code::PhonesSplit)
        }
        (Kind::Phones, Dirt::PhoneInvalid) => {
            Spoiled::noted(variant(&["1990000", "无", "停机"]), "", Code::PhoneInvalid)
        }
        (Kind::Phones, Dirt::PhoneNumber) => {
            Spoiled::clean(Cell::Number(value.parse().ok()?, NumberLook::Whole), value)
        }
        (Kind::Phones, Dirt::Apostrophe) => Spoiled::noted(&format!("'{value}"), value, Code::Apostrophe),
        (Kind::Phones | Kind::Money | Kind::Login, Dirt::FullWidth) => {
            Spoiled::noted(&full_width(value), value, Code::FullWidth)
        }
        (Kind::Money, Dirt::MoneyText) => Spoiled::noted(&format!("{value}元"), value, Code::MoneyNormalized),
        (Kind::Money, Dirt::Formulas) => formula(Expression::Product(value.parse::<u16>().ok()? / 10, 10)),
        (Kind::Address, Dirt::LineBreaks) => {
            let at = value.char_indices().nth(value.chars().count() / 2)?.0;
            let (a, b) = value.split_at(at);
            Spoiled::clean(Cell::text(format!("{a}\n{b}")), &format!("{a}\n{b}"))
        }
        // Digits joined would be a number to some writers.
        (Kind::Address | Kind::Text, Dirt::Formulas) if value.parse::<f64>().is_err() => {
            let at = value.chars().next()?.len_utf8();
            let (a, b) = value.split_at(at);
            formula(Expression::Join(a.to_owned(), b.to_owned()))
        }
        (Kind::Text, Dirt::Errors) => {
            let note = (Code::CellError, "#N/A".to_owned(), String::new());
            Spoiled { cell: Cell::Error, value: String::new(), notes: vec![note], outcome: Outcome::Record }
        }
        _ => return None,
    })
}

fn formula(expression: Expression) -> Spoiled {
    let value = expression.result();
    let note = (Code::FormulaValue, expression.source(), value.clone());
    Spoiled { cell: Cell::Formula(expression), value, notes: vec![note], outcome: Outcome::Record }
}

fn id(dirt: Dirt, value: &str, turn: usize) -> Option<Spoiled> {
    Some(match dirt {
        Dirt::IdRounded => {
            // Excel keeps 15 digits of a number.
            let rounded = format!("{}000", value.get(..15)?);
            let cell = Cell::Number(rounded.parse().ok()?, NumberLook::Whole);
            let note = (Code::IdRounded, rounded, String::new());
            Spoiled { cell, value: String::new(), notes: vec![note], outcome: Outcome::Refused }
        }
        Dirt::IdExponent => {
            let text = format!("{}.{}E+17", value.get(..1)?, value.get(1..6)?);
            Spoiled::noted(&text, "", Code::IdRounded).becoming(Outcome::Refused)
        }
        Dirt::IdInvalid => {
            let last = if value.ends_with('0') { "1" } else { "0" };
            let text = format!("{}{last}", value.get(..17)?);
            let mut spoiled = Spoiled::noted(&text, &text, Code::IdInvalid);
            spoiled.notes.iter_mut().for_each(|note| note.2.clear());
            spoiled
        }
        Dirt::IdOldCard => {
            let text = format!("{}{}", value.get(..6)?, value.get(8..17)?);
            let whole = IdNumber::parse(&text).ok().filter(|number| number.reveal() == value)?;
            Spoiled::noted(&text, whole.reveal(), Code::IdUpgraded)
        }
        Dirt::IdLowerX => {
            let cross = *["x", "×", "Ｘ"].get(turn % 3)?;
            Spoiled::noted(&format!("{}{cross}", value.strip_suffix('X')?), value, Code::IdLowerX)
        }
        Dirt::Apostrophe => Spoiled::noted(&format!("'{value}"), value, Code::Apostrophe),
        Dirt::FullWidth => Spoiled::noted(&full_width(value), value, Code::FullWidth),
        _ => return None,
    })
}

fn date(kind: Kind, dirt: Dirt, value: &str, turn: usize) -> Option<Spoiled> {
    let (year, month, day) = Day::parse(value)?.ymd()?;
    let whole = kind == Kind::Day;
    let meant = if whole { value } else { value.get(..7)? };
    let with = |text: String, of_day: String| if whole { of_day } else { text };
    let normalized = |text: String| Spoiled::noted(&text, meant, Code::DateNormalized);
    Some(match dirt {
        Dirt::DateDots => normalized(with(format!("{year}.{month:02}"), format!("{year}.{month}.{day}"))),
        Dirt::DateDashes => normalized(with(format!("{year}-{month}"), format!("{year}-{month}-{day}")))
            .without_note_if(|text| text == meant),
        Dirt::DateSlashes => Spoiled::noted(&format!("{year}/{month}/{day}"), value, Code::DateNormalized),
        Dirt::DateCompact => normalized(with(format!("{year}{month:02}"), format!("{year}{month:02}{day:02}"))),
        Dirt::DateChinese => normalized(with(format!("{year}年{month}月"), format!("{year}年{month}月{day}日"))),
        // 30 to 34 is left out of the fixtures: it could be either century.
        Dirt::DateTwoDigits => {
            let short = with(format!("{:02}年{month}月", year % 100), format!("{:02}年{month}月{day}日", year % 100));
            Spoiled::noted(&short, meant, Code::TwoDigitYear)
        }
        Dirt::DateNumerals => {
            let digits: String = year.to_string().chars().map(|c| numeral(c.to_digit(10).unwrap_or(0))).collect();
            let (month, day) = (tens(u32::from(month)), tens(u32::from(day)));
            normalized(with(format!("{digits}年{month}月"), format!("{digits}年{month}月{day}日")))
        }
        Dirt::DateCell | Dirt::Base1904 => Spoiled::clean(Cell::Date { ymd: (year, month, day) }, value),
        Dirt::DateSerial => {
            let serial = serial(value, false)?;
            let note = (Code::DateNormalized, serial.to_string(), value.to_owned());
            let cell = Cell::Number(f64::from(serial), NumberLook::General);
            Spoiled { cell, value: value.to_owned(), notes: vec![note], outcome: Outcome::Record }
        }
        Dirt::DateInvalid => {
            let text = *["不详", "2023.13", "待查"].get(turn % 3)?;
            Spoiled::noted(text, "", Code::DateInvalid)
        }
        Dirt::FullWidth => Spoiled::noted(&full_width(meant), meant, Code::FullWidth),
        _ => return None,
    })
}

impl Spoiled {
    /// A form that happens to be the usual one needs no word.
    fn without_note_if(mut self, usual: impl Fn(&str) -> bool) -> Self {
        self.notes.retain(|(_, from, _)| !usual(from));
        self
    }
}

/// Days as Excel counts them. Its 1900 has a 29 February that never was; no fixture is that old.
pub(crate) fn serial(day: &str, base_1904: bool) -> Option<i32> {
    let zero = if base_1904 { Day::from_ymd(1904, 1, 1) } else { Day::from_ymd(1899, 12, 30) }?;
    Some(Day::parse(day)?.0 - zero.0)
}

/// The full-width form of each digit, letter and hyphen.
pub(crate) fn full_width(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_ascii_graphic() { char::from_u32(u32::from(c) + 0xFEE0).unwrap_or(c) } else { c })
        .collect()
}

fn numeral(digit: u32) -> char {
    "〇一二三四五六七八九".chars().nth(digit as usize).unwrap_or('〇')
}

/// 1 to 31 in numerals: 三十一.
fn tens(number: u32) -> String {
    let (tens, ones) = (number / 10, number % 10);
    let mut text = String::new();
    if tens > 1 {
        text.push(numeral(tens));
    }
    if tens > 0 {
        text.push('十');
    }
    if ones > 0 {
        text.push(numeral(ones));
    }
    text
}
