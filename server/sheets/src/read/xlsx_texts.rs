//! The table of texts of an .xlsx: rich text is its runs one after another, phonetic readings above them are no text.

use std::io::BufRead;

use super::xml::{Node, walk};
use crate::error::ImportError;

/// The texts that cells name by number, in one string.
#[derive(Debug, Default)]
pub struct Texts {
    bytes: String,
    ends: Vec<usize>,
}

impl Texts {
    /// Reads the table.
    pub fn read(source: &mut dyn BufRead) -> Result<Self, ImportError> {
        let mut texts = Self::default();
        let mut item = TextItem::default();
        walk(source, |node| {
            item.take(&node);
            if matches!(node, Node::Close("si")) {
                texts.bytes.push_str(&item.finish());
                texts.ends.push(texts.bytes.len());
            }
            Ok(())
        })?;
        Ok(texts)
    }

    /// A text by its number.
    #[must_use]
    pub fn get(&self, number: usize) -> Option<&str> {
        let from = number.checked_sub(1).map_or(Some(0), |before| self.ends.get(before).copied())?;
        self.bytes.get(from..*self.ends.get(number)?)
    }
}

/// A text under way: `t` within it, but not within a phonetic run.
#[derive(Debug, Default)]
pub struct TextItem {
    text: String,
    open: bool,
    phonetic: bool,
}

impl TextItem {
    /// Takes what stands next.
    pub fn take(&mut self, node: &Node<'_>) {
        match node {
            Node::Open(tag) => match tag.local_name().as_ref() {
                "t" => self.open = true,
                "rPh" => self.phonetic = true,
                _ => {}
            },
            Node::Close("t") => self.open = false,
            Node::Close("rPh") => self.phonetic = false,
            Node::Text(text) if self.open && !self.phonetic => self.text.push_str(text),
            _ => {}
        }
    }

    /// The text, and nothing left of it.
    pub fn finish(&mut self) -> String {
        let text = std::mem::take(self).text;
        if text.contains("_x") { unescaped(&text) } else { text }
    }
}

/// `_x000D_` is the character it names, `_x005F_` an underline that names nothing (ECMA-376 part 1, 22.9.2.19).
pub fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let hex = from.get(2..6).filter(|_| from.get(6..7) == Some("_"));
        let named = hex.and_then(|hex| u32::from_str_radix(hex, 16).ok()).and_then(char::from_u32);
        match named {
            Some(c) => out.push(c),
            None => out.push_str("_x"),
        }
        rest = from.get(if named.is_some() { 7 } else { 2 }..).unwrap_or_default();
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_are_one_text_without_their_readings() {
        let xml = "<sst><si><t>a</t></si><si><r><t>张</t></r><r><t xml:space=\"preserve\"> 三</t></r><rPh><t>ZHANG</t></rPh></si><si/>\
            <si><t>a_x000D_b_x005F_c_xZZ</t></si></sst>";
        let texts = Texts::read(&mut xml.as_bytes()).unwrap_or_default();
        let all: Vec<_> = (0..5).map(|number| texts.get(number)).collect();
        assert_eq!(all, [Some("a"), Some("张 三"), Some(""), Some("a\rb_c_xZZ"), None]);
    }
}
