//! .csv in UTF-8 (with or without mark) or GB18030, which Excel in China writes. Commas, semicolons or tabs.

use super::book::{Book, BookFormat};
use super::grid::{GridBuilder, GridValue};
use crate::error::ImportError;

/// Reads a text.
pub fn read(bytes: &[u8]) -> Result<Book, ImportError> {
    let (decoded, _, broken) = encoding_rs::UTF_8.decode(bytes);
    let decoded = if broken { encoding_rs::GB18030.decode(bytes).0 } else { decoded };
    let text = decoded.trim_start_matches('\u{feff}');
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter(text))
        .from_reader(text.as_bytes());
    let mut grid = GridBuilder::default();
    let mut record = csv::StringRecord::new();
    let mut row = 0;
    let mut counted = 0;
    while reader.read_record(&mut record).map_err(|_| ImportError::Damaged)? {
        // Lines that are empty are skipped by the parser, and are rows in a spreadsheet; a cell of several lines is one row.
        let start = record.position().map_or(0, |position| usize::try_from(position.byte()).unwrap_or(usize::MAX));
        let between = text.as_bytes().get(counted..start).unwrap_or_default();
        row += u32::try_from(between.iter().filter(|byte| **byte == b'\n').count()).unwrap_or(u32::MAX);
        counted = usize::try_from(reader.position().byte()).unwrap_or(usize::MAX);
        for (column, cell) in (0..).zip(record.iter()) {
            grid.put((row, column), GridValue::Text(cell), false)?;
        }
        row = row.saturating_add(1);
    }
    let sheet = grid.finish(String::new(), Vec::new(), &[]);
    Ok(Book { format: BookFormat::Csv, epoch_1904: false, sheets: vec![sheet] })
}

/// The separator that stands most often in the first lines.
fn delimiter(text: &str) -> u8 {
    let head: String = text.lines().take(5).collect();
    let count = |byte: u8| head.bytes().filter(|found| *found == byte).count();
    let best = [b',', b'\t', b';'].into_iter().rev().max_by_key(|byte| count(*byte));
    best.unwrap_or(b',')
}
