//! What calamine does not tell of a sheet's XML: which rows are hidden (by hand or by a filter: both set `hidden`). The merge
//! areas are taken in the same pass.

use std::collections::BTreeMap;
use std::io::{BufReader, Read};

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::archive::Archive;
use super::grid::Area;
use crate::error::ImportError;

/// How a sheet is laid out.
#[derive(Debug, Default)]
pub struct Layout {
    /// Merged.
    pub areas: Vec<Area>,
    /// Hidden rows.
    pub hidden: Vec<Area>,
}

/// A sheet may merge the village over its rows, for every village.
const MAX_AREAS: usize = 100_000;

/// Layouts by the name of the sheet.
pub fn read(archive: &mut Archive<'_>) -> Result<BTreeMap<String, Layout>, ImportError> {
    let mut parts: BTreeMap<String, String> = BTreeMap::new();
    each(archive, "xl/_rels/workbook.xml.rels", |tag| {
        if let (b"Relationship", Some(id), Some(target)) =
            (tag.local_name().as_ref().as_bytes(), attribute(tag, "Id"), attribute(tag, "Target"))
        {
            let path = target.strip_prefix('/').map_or_else(|| format!("xl/{target}"), str::to_owned);
            parts.insert(id, path);
        }
        Ok(())
    })?;
    let mut sheets = Vec::new();
    each(archive, "xl/workbook.xml", |tag| {
        if let (b"sheet", Some(name), Some(id)) =
            (tag.local_name().as_ref().as_bytes(), attribute(tag, "name"), attribute(tag, "id"))
        {
            sheets.push((name, id));
        }
        Ok(())
    })?;
    let mut layouts = BTreeMap::new();
    for (name, id) in sheets {
        let Some(path) = parts.get(&id) else { continue };
        layouts.insert(name, layout(archive, path)?);
    }
    Ok(layouts)
}

fn layout(archive: &mut Archive<'_>, path: &str) -> Result<Layout, ImportError> {
    let mut layout = Layout::default();
    let mut row: u32 = 0;
    each(archive, path, |tag| {
        match tag.local_name().as_ref().as_bytes() {
            b"row" => {
                let said = attribute(tag, "r").and_then(|number| number.parse().ok());
                row = said.unwrap_or_else(|| row.saturating_add(1));
                if attribute(tag, "hidden").is_some_and(|hidden| matches!(hidden.as_str(), "1" | "true" | "on")) {
                    add_row(&mut layout.hidden, row.saturating_sub(1));
                }
            }
            b"mergeCell" => layout.areas.extend(attribute(tag, "ref").as_deref().and_then(area)),
            _ => {}
        }
        if layout.areas.len() > MAX_AREAS { Err(ImportError::Damaged) } else { Ok(()) }
    })?;
    Ok(layout)
}

/// Adds a hidden row; neighbours become one stretch.
pub fn add_row(hidden: &mut Vec<Area>, row: u32) {
    match hidden.last_mut().filter(|last| last.end.0.checked_add(1) == Some(row)) {
        Some(last) => last.end.0 = row,
        None => hidden.push(Area { start: (row, 0), end: (row, 0) }),
    }
}

/// Every opening tag of a part. A part that is not there has none.
fn each(
    archive: &mut Archive<'_>,
    path: &str,
    mut tag: impl FnMut(&BytesStart<'_>) -> Result<(), ImportError>,
) -> Result<(), ImportError> {
    let names = archive.file_names().filter_map(Result::ok);
    let Some(path) = names.into_iter().find(|name| name.eq_ignore_ascii_case(path)).map(|name| name.into_owned())
    else {
        return Ok(());
    };
    let entry = archive.by_name(&path).map_err(|_| ImportError::Damaged)?;
    let said = entry.size();
    let mut limited = entry.take(said.saturating_add(1));
    let mut reader = Reader::from_reader(BufReader::new(&mut limited));
    reader.config_mut().check_end_names = false;
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer).map_err(|_| ImportError::Damaged)? {
            Event::Start(start) | Event::Empty(start) => tag(&start)?,
            Event::Eof => break,
            _ => {}
        }
    }
    drop(reader);
    if limited.limit() == 0 { Err(ImportError::UnpacksTooLarge) } else { Ok(()) }
}

/// An attribute by its local name.
pub fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = tag.attributes();
    let mut found = attributes.with_checks(false).filter_map(Result::ok);
    let attribute = found.find(|found| found.key.local_name().as_ref() == name)?;
    Some(attribute.normalized_value(XmlVersion::Implicit1_0).ok()?.into_owned())
}

/// `B3:D5`.
fn area(text: &str) -> Option<Area> {
    let (start, end) = text.split_once(':')?;
    let (start, end) = (position(start)?, position(end)?);
    (start.0 <= end.0 && start.1 <= end.1).then_some(Area { start, end })
}

fn position(text: &str) -> Option<(u32, u32)> {
    let plain = text.replace('$', "");
    let split = plain.find(|c: char| c.is_ascii_digit())?;
    let (letters, digits) = plain.split_at_checked(split)?;
    let mut column: u32 = 0;
    for letter in letters.bytes().map(|letter| letter.to_ascii_uppercase()) {
        let digit = u32::from(letter.checked_sub(b'A')?) + 1;
        column = column.checked_mul(26)?.checked_add(digit)?;
    }
    Some((digits.parse::<u32>().ok()?.checked_sub(1)?, column.checked_sub(1)?))
}
