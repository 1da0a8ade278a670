//! A ledger for machines: UTF-8 with BOM (Excel in China takes a CSV without one for GBK), one header row, CRLF.

use std::fs::File;
use std::io::{BufWriter, Seek, Write};
use std::path::Path;

use super::{PaperCell, PaperError, PaperHead, PaperPart, on_disk};

pub(super) fn write(
    head: &PaperHead,
    parts: impl IntoIterator<Item = PaperPart>,
    scratch: &Path,
) -> Result<(File, u64), PaperError> {
    let failed = on_disk(scratch);
    let mut buffer = BufWriter::new(tempfile::tempfile_in(scratch).map_err(&failed)?);
    buffer.write_all("\u{feff}".as_bytes()).map_err(&failed)?;
    let mut sheet = ::csv::WriterBuilder::new().terminator(::csv::Terminator::CRLF).from_writer(buffer);
    sheet.write_record(head.columns.iter().map(|(header, ..)| safe(header)))?;
    let mut count = 0u64;
    for part in parts {
        for cells in part.rows {
            count += 1;
            let texts = cells.iter().enumerate().map(|(at, cell)| match cell {
                _ if at == 0 => count.to_string(),
                PaperCell::Blank => String::new(),
                PaperCell::Number(number) => number.to_string(),
                PaperCell::Text(text) => safe(text),
            });
            sheet.write_record(texts)?;
        }
    }
    let buffer = sheet.into_inner().map_err(|error| failed(std::io::Error::other(error.to_string())))?;
    let mut file = buffer.into_inner().map_err(|error| failed(error.into_error()))?;
    file.rewind().map_err(&failed)?;
    Ok((file, count))
}

/// A short list as a whole: one header row and texts.
///
/// # Errors
/// [`PaperError::Csv`] for a row of another width.
pub fn list<const N: usize>(
    header: [&str; N],
    rows: impl IntoIterator<Item = [String; N]>,
) -> Result<Vec<u8>, PaperError> {
    let mut sheet = ::csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
    sheet.write_record(header)?;
    for row in rows {
        sheet.write_record(row.iter().map(|text| safe(text)))?;
    }
    sheet.into_inner().map_err(|error| PaperError::Csv(std::io::Error::other(error.to_string()).into()))
}

/// A text that a spreadsheet would run as a formula gets an apostrophe in front, as when somebody types one (OWASP, CSV
/// injection); full-width signs too, which East Asian versions read alike. The importer strips leading apostrophes.
fn safe(text: &str) -> String {
    let dangerous = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
    if text.starts_with(dangerous) { format!("'{text}") } else { text.to_owned() }
}
