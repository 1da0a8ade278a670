//! A ledger for machines: UTF-8 with BOM (Excel in China takes a CSV without one for GBK), one header row, CRLF.

use std::fs::File;
use std::io::{BufWriter, Seek, Write};
use std::path::Path;

use tokio::sync::mpsc::Receiver;

use super::line::Cell;
use super::run::{Head, Part};
use crate::ServerError;

/// Writes what comes until the sender is dropped; the file at its beginning, and its rows.
pub(super) fn write(head: &Head, mut parts: Receiver<Part>, scratch: &Path) -> Result<(File, u64), ServerError> {
    let failed = |source| ServerError::File { path: scratch.to_owned(), source };
    let mut buffer = BufWriter::new(tempfile::tempfile_in(scratch).map_err(failed)?);
    buffer.write_all("\u{feff}".as_bytes()).map_err(failed)?;
    let mut sheet = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(buffer);
    sheet.write_record(head.columns.iter().map(|(header, ..)| safe(header)))?;
    let mut count = 0u64;
    while let Some(part) = parts.blocking_recv() {
        for cells in part.rows {
            count += 1;
            let texts = cells.iter().enumerate().map(|(at, cell)| match cell {
                _ if at == 0 => count.to_string(),
                Cell::Blank => String::new(),
                Cell::Number(number) => number.to_string(),
                Cell::Text(text) => safe(text),
            });
            sheet.write_record(texts)?;
        }
    }
    let buffer = sheet.into_inner().map_err(|error| failed(std::io::Error::other(error.to_string())))?;
    let mut file = buffer.into_inner().map_err(|error| failed(error.into_error()))?;
    file.rewind().map_err(failed)?;
    Ok((file, count))
}

/// A text that a spreadsheet would run as a formula gets an apostrophe in front, as when somebody types one (OWASP, CSV
/// injection); full-width signs too, which East Asian versions read alike. The importer strips leading apostrophes.
fn safe(text: &str) -> String {
    let dangerous = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
    if text.starts_with(dangerous) { format!("'{text}") } else { text.to_owned() }
}
