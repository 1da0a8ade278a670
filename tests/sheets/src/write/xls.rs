//! .xls as Excel 97 to 2003 wrote it ([MS-XLS], BIFF8): one stream of records in an OLE container.

mod cells;
mod globals;
mod record;

use std::io::{Cursor, Write};

use cfb::{CompoundFile, Version};

use crate::book::Book;
use crate::error::SheetsError;
use record::Records;

/// Rows of a BIFF8 sheet; 256 columns.
const MAX_ROWS: usize = 65_536;
const MAX_COLUMNS: usize = 256;

pub(super) fn write(book: &Book) -> Result<Vec<u8>, SheetsError> {
    if book.rows.len() > MAX_ROWS || book.widths.len() > MAX_COLUMNS {
        return Err(SheetsError::TooLarge);
    }
    let mut strings = globals::Strings::default();
    let mut sheet = Records::default();
    cells::write(&mut sheet, book, &mut strings);
    let mut stream = globals::write(book, &strings)?;
    stream.extend(sheet.into_bytes());
    let mut file = CompoundFile::create_with_version(Version::V3, Cursor::new(Vec::new()))?;
    file.create_stream("Workbook")?.write_all(&stream)?;
    file.flush()?;
    Ok(file.into_inner().into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::{Look, Row};

    #[test]
    fn sheet_beyond_the_rows_of_biff8_is_refused() {
        let book = |rows| Book {
            name: "表".to_owned(),
            base_1904: false,
            widths: vec![10],
            rows: vec![Row { cells: Vec::new(), hidden: None, look: Look::Body }; rows],
            merges: Vec::new(),
        };
        assert!(write(&book(MAX_ROWS)).is_ok());
        assert!(matches!(write(&book(MAX_ROWS + 1)), Err(SheetsError::TooLarge)));
    }
}
