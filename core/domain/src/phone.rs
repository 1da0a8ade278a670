//! Telephone numbers as forms and sheets bring them: mobile numbers, and landlines with their area code.

use crate::alike::{is_hyphen, is_unseen};

/// The number without blanks and marks nobody sees, with full-width digits narrowed and +86 dropped, if it is one: 11 digits `1[3-9]…`, or
/// `0xx(x)` with 7 or 8 digits, a dash after the area code kept as it was written.
#[must_use]
pub fn parse(text: &str) -> Option<String> {
    let plain: String = text
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '\'' | '’') && !is_unseen(*c))
        .map(|c| match c {
            '０'..='９' => char::from_u32(c as u32 - '０' as u32 + '0' as u32).unwrap_or(c),
            other if is_hyphen(other) => '-',
            '＋' => '+',
            other => other,
        })
        .collect();
    let plain = plain.strip_prefix("+86").unwrap_or(&plain).trim_start_matches('-');
    let digits: String = plain.chars().filter(|c| *c != '-').collect();
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let digits = if digits.len() == 13 && digits.starts_with("861") { digits.get(2..)?.to_owned() } else { digits };
    if digits.len() == 11 && digits.starts_with('1') && matches!(digits.as_bytes().get(1), Some(b'3'..=b'9')) {
        return Some(digits);
    }
    // Area codes have three or four digits, local numbers seven or eight.
    let landline = digits.starts_with('0') && (10..=12).contains(&digits.len());
    landline.then(|| plain.to_owned())
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn numbers_as_people_write_them_become_one_form() {
        for text in ["13800138000", "138 0013 8000", "138-0013-8000", "１３８００１３８０００", "+86 13800138000"]
        {
            assert_eq!(parse(text).as_deref(), Some("13800138000"), "{text}");
        }
        assert_eq!(parse("0797—1234567").as_deref(), Some("0797-1234567"));
    }

    #[test]
    fn texts_that_are_no_numbers_are_none() {
        for text in ["", "138", "12800138000", "1380013800x", "无", "99999999999", "1380013800000"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
