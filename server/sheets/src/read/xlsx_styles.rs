//! Which formats of an .xlsx show a day or a time: a number under one of them is a day number.

use std::collections::BTreeSet;
use std::io::BufRead;

use super::xml::{Node, attribute, walk};
use crate::error::ImportError;

/// For each format of a cell (`cellXfs`), whether it shows a day.
#[derive(Debug, Default)]
pub struct Styles(Vec<bool>);

impl Styles {
    /// Reads the styles of a book.
    pub fn read(source: &mut dyn BufRead) -> Result<Self, ImportError> {
        let (mut own, mut shown) = (BTreeSet::new(), Vec::new());
        let mut of_cells = false;
        walk(source, |node| {
            match node {
                Node::Open(tag) => match tag.local_name().as_ref() {
                    "numFmt" => {
                        let code = attribute(tag, "formatCode").unwrap_or_default();
                        if let Some(id) = number(tag, "numFmtId").filter(|_| shows_day(&code)) {
                            own.insert(id);
                        }
                    }
                    "cellXfs" => of_cells = true,
                    "xf" if of_cells => {
                        let id = number(tag, "numFmtId").unwrap_or(0);
                        shown.push(own.contains(&id) || is_built_in(id));
                    }
                    _ => {}
                },
                Node::Close("cellXfs") => of_cells = false,
                _ => {}
            }
            Ok(())
        })?;
        Ok(Self(shown))
    }

    /// Whether a format shows a day.
    #[must_use]
    pub fn shows_day(&self, format: usize) -> bool {
        self.0.get(format).copied().unwrap_or(false)
    }
}

fn number(tag: &quick_xml::events::BytesStart<'_>, name: &str) -> Option<u32> {
    attribute(tag, name)?.parse().ok()
}

/// The formats that need no code, those of Chinese programs among them (ECMA-376 part 1, 18.8.30).
fn is_built_in(id: u32) -> bool {
    matches!(id, 14..=22 | 27..=36 | 45..=47 | 50..=58)
}

/// Whether a code shows years, months, days or times outside quotes, escapes and brackets.
fn shows_day(code: &str) -> bool {
    // The one word in a code that is no letter of a day.
    let code = code.replace("General", "");
    let mut chars = code.chars();
    while let Some(c) = chars.next() {
        match c {
            '"' => _ = chars.find(|c| *c == '"'),
            '\\' | '_' | '*' => _ = chars.next(),
            '[' => {
                let bracket = chars.by_ref().take_while(|c| *c != ']').collect::<String>().to_lowercase();
                // Time that ran on: [h]:mm.
                if !bracket.is_empty() && bracket.chars().all(|c| matches!(c, 'h' | 'm' | 's')) {
                    return true;
                }
            }
            ';' => return false,
            'y' | 'Y' | 'm' | 'M' | 'd' | 'D' | 'h' | 'H' | 's' | 'S' => return true,
            // Of an era, not the exponent 0.00E+00.
            'e' => return true,
            _ => {}
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_days_are_told_from_those_of_numbers() {
        for code in ["yyyy-mm-dd", "yyyy\"年\"m\"月\"", "[$-804]yyyy\"年\"m\"月\"d\"日\";@", "m/d/yy h:mm", "[h]:mm:ss"]
        {
            assert!(shows_day(code), "{code}");
        }
        for code in ["General", "General\"元\"", "0.00E+00", "0_ ", "\"day\"0", "[Red]0.00", "@", "#,##0\\d", "0;yyyy"]
        {
            assert!(!shows_day(code), "{code}");
        }
    }
}
