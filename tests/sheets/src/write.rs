//! A book as a file of each format that bureaus send.

mod csv;
mod ods;
mod xls;
mod xlsx;

use crate::book::Book;
use crate::error::SheetsError;

/// The form of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// Excel since 2007.
    Xlsx,
    /// Excel 97 to 2003 (BIFF8).
    Xls,
    /// OpenDocument.
    Ods,
    /// Text; knows nothing of hidden rows, merged areas and formulas.
    Csv(Encoding),
}

/// How a CSV is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Encoding {
    /// UTF-8.
    Utf8,
    /// UTF-8 after U+FEFF, as Excel's "CSV UTF-8" writes.
    Utf8Bom,
    /// What Excel in China saves.
    Gb18030,
}

impl Format {
    /// Every format.
    pub const ALL: [Format; 6] = [
        Self::Xlsx,
        Self::Xls,
        Self::Ods,
        Self::Csv(Encoding::Utf8),
        Self::Csv(Encoding::Utf8Bom),
        Self::Csv(Encoding::Gb18030),
    ];

    /// The end of a file name, unlike for each: `gb18030.csv`.
    #[must_use]
    pub fn ending(self) -> &'static str {
        match self {
            Self::Xlsx => "xlsx",
            Self::Xls => "xls",
            Self::Ods => "ods",
            Self::Csv(Encoding::Utf8) => "csv",
            Self::Csv(Encoding::Utf8Bom) => "bom.csv",
            Self::Csv(Encoding::Gb18030) => "gb18030.csv",
        }
    }
}

pub(crate) fn bytes(book: &Book, format: Format) -> Result<Vec<u8>, SheetsError> {
    match format {
        Format::Xlsx => xlsx::write(book),
        Format::Xls => xls::write(book),
        Format::Ods => ods::write(book),
        Format::Csv(encoding) => csv::write(book, encoding),
    }
}
