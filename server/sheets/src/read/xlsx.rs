//! .xlsx: the workbook and what its relations name. A sheet that is damaged, or is no sheet of cells, is named; the others are read.

use super::archive::{self, Archive};
use super::book::{Book, BookFormat, UnreadSheet, UnreadWhy};
use super::package::{PartRelation, read_part, relations, workbook};
use super::xlsx_sheet;
use super::xlsx_styles::Styles;
use super::xlsx_texts::Texts;
use super::xml::{Node, attribute, is_set, walk};
use crate::error::ImportError;

/// Reads a workbook.
pub fn read(bytes: &[u8]) -> Result<Book, ImportError> {
    let mut archive = archive::open(bytes)?;
    let main = workbook(&mut archive)?.ok_or(ImportError::Damaged)?;
    let parts = relations(&mut archive, &main)?;
    let (sheets, epoch_1904) = sheets(&mut archive, &main)?;
    let of = |kind: &str| parts.iter().find(|part| part.kind == kind).map(|part| part.path.as_str());
    let texts = match of("sharedStrings") {
        Some(path) => read_part(&mut archive, path, |source| Texts::read(source))?.unwrap_or_default(),
        None => Texts::default(),
    };
    let styles = match of("styles") {
        Some(path) => read_part(&mut archive, path, |source| Styles::read(source))?.unwrap_or_default(),
        None => Styles::default(),
    };
    let mut book = Book { format: BookFormat::Xlsx, epoch_1904, sheets: Vec::new(), unread: Vec::new() };
    for sheet in sheets {
        let part = parts.iter().find(|part| part.id == sheet.relation);
        match cells(&mut archive, part, (&texts, &styles)) {
            Ok(Ok((grid, mut layout))) => {
                layout.hidden = sheet.hidden;
                book.sheets.push(grid.finish(sheet.name, layout));
            }
            Ok(Err(why)) => book.unread.push(UnreadSheet { name: sheet.name, why }),
            Err(ImportError::Damaged) => book.unread.push(UnreadSheet { name: sheet.name, why: UnreadWhy::Damaged }),
            Err(error) => return Err(error),
        }
    }
    let damaged = book.unread.iter().any(|sheet| sheet.why == UnreadWhy::Damaged);
    if book.sheets.is_empty() && damaged { Err(ImportError::Damaged) } else { Ok(book) }
}

type ReadCells = (super::grid::GridBuilder, super::grid::Layout);

fn cells(
    archive: &mut Archive<'_>,
    part: Option<&PartRelation>,
    known: (&Texts, &Styles),
) -> Result<Result<ReadCells, UnreadWhy>, ImportError> {
    match part {
        Some(part) if part.kind == "worksheet" => {
            let read = read_part(archive, &part.path, |source| xlsx_sheet::read(source, known))?;
            Ok(read.ok_or(UnreadWhy::Damaged))
        }
        // A chart, a macro or a dialog of old programs.
        Some(_) => Ok(Err(UnreadWhy::NotCells)),
        None => Ok(Err(UnreadWhy::Damaged)),
    }
}

/// A sheet as the workbook names it.
struct SheetNamed {
    name: String,
    relation: String,
    hidden: bool,
}

fn sheets(archive: &mut Archive<'_>, main: &str) -> Result<(Vec<SheetNamed>, bool), ImportError> {
    let (mut sheets, mut epoch_1904) = (Vec::new(), false);
    read_part(archive, main, |source| {
        walk(source, |node| {
            let Node::Open(tag) = node else { return Ok(()) };
            match (tag.local_name().as_ref(), attribute(tag, "name"), attribute(tag, "id")) {
                ("sheet", Some(name), Some(relation)) => {
                    let hidden = attribute(tag, "state").is_some_and(|state| state != "visible");
                    sheets.push(SheetNamed { name, relation, hidden });
                }
                ("workbookPr", ..) => epoch_1904 = is_set(tag, "date1904"),
                _ => {}
            }
            Ok(())
        })
    })?;
    Ok((sheets, epoch_1904))
}
