//! Amounts of money to integer fen, by the digits: 0.1 + 0.2 yuan are 30 fen.

use super::{Read, narrow, plain};
use crate::note::NoteCode;
use crate::read::GridValue;

/// An amount in fen. `ten_thousand`: the column is headed 万元.
#[must_use]
pub fn amount(value: GridValue<'_>, ten_thousand: bool) -> Read<i64> {
    let text = match value {
        GridValue::Empty | GridValue::Error(_) | GridValue::Uncomputed => return Read::none(),
        GridValue::Bool(_) | GridValue::Date(_) => return Read::left_out(NoteCode::MoneyInvalid),
        // The shortest decimal that means this number: what was typed.
        GridValue::Number(number) => format!("{number}"),
        GridValue::Text(text) => text.to_owned(),
    };
    let bare = plain(&text).replace(',', "").replace(['￥', '¥'], "");
    if matches!(bare.as_str(), "" | "无" | "/" | "-" | "—") {
        return Read::none();
    }
    let (number, unit) = match bare.strip_suffix("万元").or_else(|| bare.strip_suffix('万')) {
        Some(number) => (number, 1_000_000),
        None => match bare.strip_suffix('元').or_else(|| bare.strip_suffix("元整")) {
            Some(number) => (number, 100),
            None => (bare.as_str(), if ten_thousand { 1_000_000 } else { 100 }),
        },
    };
    match fen(number, unit) {
        Some(fen) => {
            let plainly = number == text.trim() && unit == 100;
            let codes = match value {
                GridValue::Number(_) if unit == 100 => vec![],
                _ if plainly => vec![],
                _ if number == bare && unit == 100 && narrow(&text).trim() == number => vec![NoteCode::FullWidth],
                _ => vec![NoteCode::MoneyNormalized],
            };
            Read::some(fen, codes)
        }
        None => Read::left_out(NoteCode::MoneyInvalid),
    }
}

/// None for less than a fen, for more than the integer holds, and for what is no decimal.
fn fen(number: &str, unit: i64) -> Option<i64> {
    let (whole, part) = number.split_once('.').unwrap_or((number, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if (whole.is_empty() && part.is_empty()) || !digits(whole) || !digits(part) {
        return None;
    }
    let places = if unit == 100 { 2 } else { 6 };
    let part = part.trim_end_matches('0');
    if part.len() > places {
        return None;
    }
    let padded = format!("{part:0<places$}");
    let whole: i64 = if whole.is_empty() { 0 } else { whole.parse().ok()? };
    whole.checked_mul(unit)?.checked_add(padded.parse().ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_to_the_fen() {
        for (text, column, fen) in [
            ("500", false, 50_000),
            ("1,234.50", false, 123_450),
            ("０.１元", false, 10),
            ("1.2万元", false, 1_200_000),
            ("0.29", true, 290_000),
            ("￥300元", true, 30_000),
        ] {
            assert_eq!(amount(GridValue::Text(text), column).value, Some(fen), "{text}");
        }
        assert_eq!(amount(GridValue::Number(0.29), false).value, Some(29));
        for text in ["-5", "0.001", "五百", "1e5", "99999999999999999999"] {
            assert_eq!(amount(GridValue::Text(text), false).codes, [NoteCode::MoneyInvalid], "{text}");
        }
    }
}
