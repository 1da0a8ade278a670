//! .csv as "save as" makes it: what the cells show, every row with the same number of fields, lines ended by CR LF.

use std::borrow::Cow;

use csv::{Terminator, WriterBuilder};

use super::Encoding;
use crate::book::{Book, Cell};
use crate::error::SheetsError;

pub(super) fn write(book: &Book, encoding: Encoding) -> Result<Vec<u8>, SheetsError> {
    let mut sheet = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(Vec::new());
    for row in &book.rows {
        let shown = (0..book.widths.len()).map(|at| row.cells.get(at).map_or_else(String::new, Cell::shown));
        sheet.write_record(shown)?;
    }
    let plain = sheet.into_inner().map_err(|error| std::io::Error::other(error.error().kind().to_string()))?;
    Ok(match encoding {
        Encoding::Utf8 => plain,
        Encoding::Utf8Bom => [b"\xef\xbb\xbf".as_slice(), &plain].concat(),
        Encoding::Gb18030 => {
            let text = String::from_utf8_lossy(&plain);
            let (encoded, ..) = encoding_rs::GB18030.encode(&text);
            Cow::into_owned(encoded)
        }
    })
}
