//! Bytes of a text file to text: UTF-8, UTF-16 of both orders ("Unicode text" of spreadsheets) or GB18030, which Excel in China
//! writes. One cut character does not make a file another encoding: it stays where it is, and its cell is named.

use std::borrow::Cow;

use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

/// What stands for bytes that are no character.
pub const BROKEN: char = '\u{fffd}';

/// The text of a file, without a mark of its byte order.
pub fn decode(bytes: &[u8]) -> Cow<'_, str> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return encoding.decode_without_bom_handling(bytes.get(mark..).unwrap_or_default()).0;
    }
    if let Some(encoding) = wide(bytes) {
        return encoding.decode_without_bom_handling(bytes).0;
    }
    let (text, broken) = UTF_8.decode_without_bom_handling(bytes);
    if broken && !mostly_whole(&text) { GB18030.decode_without_bom_handling(bytes).0 } else { text }
}

/// Whether bytes are UTF-16 without a mark: a sheet's separators and digits have a zero byte on one side.
fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..bytes.len().min(4096)).unwrap_or_default();
    let zeros = |side: usize| head.iter().skip(side).step_by(2).filter(|byte| **byte == 0).count();
    // A few characters end in a zero byte themselves.
    match (zeros(0), zeros(1)) {
        (other, low) if low > 2 && other * 8 <= low => Some(UTF_16LE),
        (high, other) if high > 2 && other * 8 <= high => Some(UTF_16BE),
        _ => None,
    }
}

/// Whether bytes with zeros among them are a text.
pub fn is_wide(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") || wide(bytes).is_some()
}

/// Ten whole characters beyond ASCII for each that is broken: a text of GB18030 has none that are whole by design.
fn mostly_whole(text: &str) -> bool {
    let broken = text.matches(BROKEN).count();
    let whole = text.chars().filter(|c| !c.is_ascii() && *c != BROKEN).count();
    whole >= broken.saturating_mul(10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_read_whatever_its_bytes() {
        let text = "姓名,村,电话\n张三,东村,13800138000\n";
        let utf16 = |big: bool| -> Vec<u8> {
            text.encode_utf16().flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
        };
        let mark = |mark: &[u8], bytes: Vec<u8>| [mark, &bytes].concat();
        for bytes in [
            text.as_bytes().to_vec(),
            mark(b"\xef\xbb\xbf", text.as_bytes().to_vec()),
            GB18030.encode(text).0.into_owned(),
            utf16(false),
            utf16(true),
            mark(b"\xff\xfe", utf16(false)),
            mark(b"\xfe\xff", utf16(true)),
        ] {
            assert_eq!(decode(&bytes), text);
        }
    }

    #[test]
    fn cut_character_costs_itself_alone() {
        let mut bytes = "姓名,村\n张三,东村\n李四,西村七分地\n".as_bytes().to_vec();
        bytes.remove(7 + 8);
        let text = decode(&bytes);
        assert_eq!((text.matches(BROKEN).count(), text.matches("西村").count()), (1, 1), "{text}");
    }
}
