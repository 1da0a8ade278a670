//! Days as sheets write them: 1985.03, 1985-3, 198503, 19850302, 85年3月, 1985年3月2日, 1985/3/2, and day numbers.

use bianfang_domain::time::Day;
use serde::{Serialize, Serializer};

use super::{Read, plain};
use crate::note::NoteCode;
use crate::read::GridValue;

/// A day, or a month where the sheet tells no more, or a year.
///
/// Serialized as `1985-03-02`, `1985-03` or `1985`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SheetDate {
    /// Four digits.
    pub year: i32,
    /// 1 to 12; None where only the year is told.
    pub month: Option<u8>,
    /// 1 to 31; None where only the month is told.
    pub day: Option<u8>,
}

impl std::fmt::Display for SheetDate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}", self.year)?;
        self.month.map_or(Ok(()), |month| write!(f, "-{month:02}"))?;
        self.day.map_or(Ok(()), |day| write!(f, "-{day:02}"))
    }
}

impl Serialize for SheetDate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl SheetDate {
    /// From a day of the calendar.
    #[must_use]
    pub fn of(day: Day) -> Option<Self> {
        let (year, month, day) = day.ymd()?;
        Some(Self { year, month: Some(month), day: Some(day) })
    }

    /// The day, if it is told.
    #[must_use]
    pub fn day(self) -> Option<Day> {
        Day::from_ymd(self.year, self.month?, self.day?)
    }

    /// The first day it may mean.
    #[must_use]
    pub fn first_day(self) -> Option<Day> {
        Day::from_ymd(self.year, self.month.unwrap_or(1), self.day.unwrap_or(1))
    }
}

/// The day of a day number. The epoch 1900 counts a 29 February 1900 that never was, so numbers below 60 are a day later.
#[must_use]
pub fn serial_day(serial: f64, epoch_1904: bool) -> Option<Day> {
    // Up to 9999-12-31; a day number has no use for more, and the cast is exact.
    let first = if epoch_1904 { 0.0 } else { 1.0 };
    if !(first..2_958_466.0).contains(&serial) {
        return None;
    }
    let days = serial.floor() as i32;
    let (year, month, day) = if epoch_1904 { (1904, 1, 1) } else { (1899, 12, 30) };
    let early = i32::from(!epoch_1904 && days < 60);
    Some(Day(Day::from_ymd(year, month, day)?.0 + days + early))
}

/// A day. Years of two digits up to `pivot` (this year's) are of this century, later ones of the last.
#[must_use]
pub fn date(value: GridValue<'_>, epoch_1904: bool, pivot: i32) -> Read<SheetDate> {
    let invalid = || Read::left_out(NoteCode::DateInvalid);
    match value {
        GridValue::Empty | GridValue::Error(_) | GridValue::Uncomputed => Read::none(),
        GridValue::Bool(_) => invalid(),
        GridValue::Date(serial) => {
            let day = serial_day(serial, epoch_1904).and_then(SheetDate::of).filter(|date| plausible(*date));
            day.map_or_else(invalid, |date| Read::some(date, Vec::new()))
        }
        GridValue::Number(number) => of_number(number, epoch_1904, pivot),
        GridValue::Text(text) => of_text(text, epoch_1904, pivot),
    }
}

/// 1985.03 stored as a number reads 1985.03, but 1985.1 is what a spreadsheet made of 1985.10, or what somebody typed for January.
fn of_number(number: f64, epoch_1904: bool, pivot: i32) -> Read<SheetDate> {
    if number.fract() == 0.0 && (2200.0..100_000.0).contains(&number) {
        let day = serial_day(number, epoch_1904).and_then(SheetDate::of).filter(|date| plausible(*date));
        return day.map_or_else(
            || Read::left_out(NoteCode::DateInvalid),
            |date| Read::some(date, vec![NoteCode::DateNormalized]),
        );
    }
    match either(GridValue::Number(number)) {
        Some((one, _)) => Read::some(SheetDate { month: None, day: None, ..one }, vec![NoteCode::DateEither]),
        None => of_text(&format!("{number}"), epoch_1904, pivot),
    }
}

/// The two days that a cell may mean, the sooner first: January or October of the number 1985.1; the second of March or the third of
/// February of 02/03/1985.
#[must_use]
pub fn either(value: GridValue<'_>) -> Option<(SheetDate, SheetDate)> {
    match value {
        GridValue::Number(number) => {
            let text = format!("{number}");
            let year = text.strip_suffix(".1")?.parse().ok()?;
            let month = |month| SheetDate { year, month: Some(month), day: None };
            plausible(month(1)).then_some((month(1), month(10)))
        }
        GridValue::Text(text) => {
            let bare = without_time(text);
            let mut pieces = bare.split(SEPARATORS);
            let (one, other, year) = (pieces.next()?, pieces.next()?, pieces.next()?);
            let short = |text: &str| text.parse::<u8>().ok().filter(|_| text.len() <= 2);
            let (one, other) = (short(one)?, short(other)?);
            let year: i32 = year.parse().ok().filter(|_| year.len() == 4 && pieces.next().is_none())?;
            let date = |month, day| SheetDate { year, month: Some(month), day: Some(day) };
            let (first, second) = (date(one.min(other), one.max(other)), date(one.max(other), one.min(other)));
            (one != other && first.day().is_some() && second.day().is_some()).then_some((first, second))
        }
        _ => None,
    }
}

const LUNAR: [&str; 5] = ["农历", "阴历", "旧历", "腊月", "闰月"];

fn of_text(text: &str, epoch_1904: bool, pivot: i32) -> Read<SheetDate> {
    let bare = without_time(text);
    if bare.is_empty() || matches!(bare.as_str(), "无" | "/" | "-" | "—") {
        return Read::none();
    }
    if LUNAR.iter().any(|word| bare.contains(word)) {
        return Read::left_out(NoteCode::LunarDate);
    }
    let number = bare.parse::<f64>().ok().filter(|number| number.fract() == 0.0 && bare.len() == 5);
    if let Some(number) = number {
        return of_number(number, epoch_1904, pivot);
    }
    if let Some((one, _)) = either(GridValue::Text(text)) {
        return Read::some(SheetDate { month: None, day: None, ..one }, vec![NoteCode::DateEither]);
    }
    let Some((parts, short, unknown)) = parts(&bare, pivot) else { return Read::left_out(NoteCode::DateInvalid) };
    let meant = parts.to_string();
    let codes = match short {
        _ if unknown => vec![NoteCode::DatePartUnknown],
        true => vec![NoteCode::TwoDigitYear],
        false if meant == text => vec![],
        false if text.chars().any(|c| ('\u{ff01}'..='\u{ff5e}').contains(&c)) => vec![NoteCode::FullWidth],
        false if text.trim().starts_with(['\'', '’', '‘']) => vec![NoteCode::Apostrophe],
        false => vec![NoteCode::DateNormalized],
    };
    Read::some(parts, codes)
}

/// A time of the day after the date is dropped.
fn without_time(text: &str) -> String {
    let text = text.trim();
    let day = text.split_once(['T', ' ']).filter(|(_, time)| time.contains(':')).map_or(text, |(day, _)| day);
    let bare = plain(day);
    if bare.contains('年') { numerals(&bare) } else { bare }
}

/// 二〇二六年三月二十日 in digits.
fn numerals(text: &str) -> String {
    const DIGITS: &str = "零一二三四五六七八九";
    let digit = |c: char| if c == '〇' { Some(0) } else { DIGITS.chars().position(|known| known == c) };
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::new();
    for (at, c) in chars.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| chars.get(at)).is_some_and(|c| digit(*c).is_some());
        let after = chars.get(at + 1).is_some_and(|c| digit(*c).is_some());
        match (*c, before, after) {
            ('十', true, true) => {}
            ('十', true, false) => out.push('0'),
            ('十', false, true) => out.push('1'),
            ('十', false, false) => out.push_str("10"),
            (other, ..) => match digit(other) {
                Some(digit) => out.push_str(&digit.to_string()),
                None => out.push(other),
            },
        }
    }
    out
}

/// What stands between year, month and day.
const SEPARATORS: [char; 12] = ['.', '-', '/', ',', '年', '月', '日', '号', '．', '。', '、', '—'];

/// The day, whether its year has two digits, and whether a part of it is written as 00.
fn parts(bare: &str, pivot: i32) -> Option<(SheetDate, bool, bool)> {
    let digits = bare.bytes().all(|byte| byte.is_ascii_digit());
    let pieces: Vec<&str> = match (digits, bare.len()) {
        (true, 8) => vec![bare.get(..4)?, bare.get(4..6)?, bare.get(6..)?],
        (true, 6) => vec![bare.get(..4)?, bare.get(4..)?],
        (true, 4) => vec![bare],
        (true, _) => return None,
        _ => bare.split(SEPARATORS).collect(),
    };
    let mut pieces = pieces;
    while pieces.last().is_some_and(|piece| piece.is_empty()) {
        pieces.pop();
    }
    // 02/13/1985 can only be one day.
    if let [one, other, year] = pieces.as_slice()
        && year.len() == 4
        && one.len() <= 2
    {
        let (one, other) = (*one, *other);
        let day_first = one.parse::<u8>().is_ok_and(|number| number > 12);
        pieces = if day_first { vec![*year, other, one] } else { vec![*year, one, other] };
    }
    let mut pieces = pieces.into_iter();
    let written = pieces.next()?;
    let short = written.len() == 2;
    let mut year: i32 = written.parse().ok()?;
    if short {
        year += if year <= pivot % 100 { 2000 } else { 1900 };
    }
    let mut part = || {
        let number = |piece: &str| piece.parse::<u8>().ok().filter(|_| piece.len() <= 2).ok_or(());
        pieces.next().map(number).transpose().ok()
    };
    let (month, day) = (part()?, part()?);
    // Two digits alone are an age or a count, not a year; only 85年 says what it is.
    let told = month.is_some() || written.len() == 4 || bare.contains('年');
    let unknown = month == Some(0) || day == Some(0);
    let month = month.filter(|month| *month > 0);
    let date = SheetDate { year, month, day: day.filter(|day| *day > 0 && month.is_some()) };
    let whole = pieces.next().is_none() && plausible(date) && date.first_day().is_some();
    (told && whole).then_some((date, short, unknown))
}

fn plausible(date: SheetDate) -> bool {
    (1850..2200).contains(&date.year)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_of_a_date_is_read_with_its_precision() {
        for (text, found) in [
            ("1985.03", "1985-03"),
            ("1985-3", "1985-03"),
            ("198503", "1985-03"),
            ("19850302", "1985-03-02"),
            ("85年3月", "1985-03"),
            ("1985年3月2日", "1985-03-02"),
            ("1985/3/2", "1985-03-02"),
            ("１９８５．３", "1985-03"),
            ("1985.10", "1985-10"),
            ("2024-01-05 00:00:00", "2024-01-05"),
            ("1985年", "1985"),
            ("31108", "1985-03-02"),
            ("二〇二六年三月二十一日", "2026-03-21"),
            ("一九九〇年十月", "1990-10"),
        ] {
            let read = date(GridValue::Text(text), false, 2026);
            assert_eq!(read.value.map(|date| date.to_string()).as_deref(), Some(found), "{text}");
            assert!(!read.codes.is_empty(), "{text}");
        }
        assert_eq!(date(GridValue::Text("85.3"), false, 2026).codes, [NoteCode::TwoDigitYear]);
        assert_eq!(date(GridValue::Text("24年3月"), false, 2026).value.map(|date| date.year), Some(2024));
    }

    #[test]
    fn day_numbers_follow_the_epoch_of_the_book() {
        let text = |serial, mac| serial_day(serial, mac).map(|day| day.to_string());
        assert_eq!(text(1.0, false).as_deref(), Some("1900-01-01"));
        assert_eq!(text(61.0, false).as_deref(), Some("1900-03-01"));
        assert_eq!(text(31_108.0, false).as_deref(), Some("1985-03-02"));
        assert_eq!(text(29_646.0, true).as_deref(), Some("1985-03-02"));
        assert_eq!(text(f64::NAN, false), None);
    }

    #[test]
    fn date_that_may_be_two_is_told_and_keeps_its_year() {
        for (value, first, second) in [
            (GridValue::Number(1985.1), "1985-01", "1985-10"),
            (GridValue::Text("02/03/1985"), "1985-02-03", "1985-03-02"),
            (GridValue::Text("3.2.1985"), "1985-02-03", "1985-03-02"),
        ] {
            let read = date(value, false, 2026);
            assert_eq!(
                (read.value.map(|date| date.to_string()).as_deref(), read.codes),
                (Some("1985"), vec![NoteCode::DateEither])
            );
            let told = either(value).map(|(one, other)| (one.to_string(), other.to_string()));
            assert_eq!(told, Some((first.to_owned(), second.to_owned())));
        }
        let read = |text| date(GridValue::Text(text), false, 2026);
        for (text, found, code) in [
            ("03/13/1985", "1985-03-13", NoteCode::DateNormalized),
            ("13/03/1985", "1985-03-13", NoteCode::DateNormalized),
            ("1985,3,2", "1985-03-02", NoteCode::DateNormalized),
            ("19850300", "1985-03", NoteCode::DatePartUnknown),
            ("1985-00-00", "1985", NoteCode::DatePartUnknown),
        ] {
            let read = read(text);
            assert_eq!(
                (read.value.map(|date| date.to_string()).as_deref(), read.codes),
                (Some(found), vec![code]),
                "{text}"
            );
        }
        assert_eq!(read("农历1985年三月初二").codes, [NoteCode::LunarDate]);
    }

    #[test]
    fn what_is_no_date_is_left_out() {
        for text in ["1985.13", "1985-02-30", "春节", "85", "1985.3.2.1", "123456789", "1985-3-2-"] {
            let read = date(GridValue::Text(text), false, 2026);
            assert!(read.value.is_none() || text.ends_with('-'), "{text}");
        }
    }
}
