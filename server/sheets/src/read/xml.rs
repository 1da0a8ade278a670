//! The XML of a sheet's parts, tag by tag: names without their prefix (programs choose their own), entities resolved.

use std::io::BufRead;

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use crate::error::ImportError;

/// What stands next.
pub enum Node<'a> {
    /// A tag opens; one that is empty closes at once.
    Open(&'a BytesStart<'a>),
    /// A tag closes, by its local name.
    Close(&'a str),
    /// A piece of text.
    Text(&'a str),
}

/// Walks a part from its first tag to its last.
pub fn walk(
    source: impl BufRead,
    mut each: impl FnMut(Node<'_>) -> Result<(), ImportError>,
) -> Result<(), ImportError> {
    let mut reader = Reader::from_reader(source);
    reader.config_mut().check_end_names = false;
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer).map_err(|_| ImportError::Damaged)? {
            Event::Start(tag) => each(Node::Open(&tag))?,
            Event::Empty(tag) => {
                each(Node::Open(&tag))?;
                each(Node::Close(tag.local_name().as_ref()))?;
            }
            Event::End(tag) => each(Node::Close(tag.local_name().as_ref()))?,
            Event::Text(text) => each(Node::Text(&text.xml10_content()))?,
            Event::CData(text) => each(Node::Text(&text.xml10_content()))?,
            Event::GeneralRef(entity) => {
                let named = quick_xml::escape::resolve_predefined_entity(&entity).map(str::to_owned);
                let resolved = named.or_else(|| Some(entity.resolve_char_ref().ok()??.to_string()));
                each(Node::Text(&resolved.unwrap_or_default()))?;
            }
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

/// An attribute by its local name.
pub fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = tag.attributes();
    let mut found = attributes.with_checks(false).filter_map(Result::ok);
    let attribute = found.find(|found| found.key.local_name().as_ref() == name)?;
    Some(attribute.normalized_value(XmlVersion::Implicit1_0).ok()?.into_owned())
}

/// Whether an attribute says yes: `1`, `true`, `on`.
pub fn is_set(tag: &BytesStart<'_>, name: &str) -> bool {
    attribute(tag, name).is_some_and(|said| matches!(said.as_str(), "1" | "true" | "on"))
}
