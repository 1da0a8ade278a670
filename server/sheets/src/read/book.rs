//! A book: the sheets of one file, and what holds for all of them.

use super::grid::Grid;

/// What a file is, by its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BookFormat {
    /// Office Open XML.
    Xlsx,
    /// BIFF, Excel 5 to 2003.
    Xls,
    /// OpenDocument.
    Ods,
    /// Text with commas.
    Csv,
}

/// A file that was read.
#[derive(Debug)]
pub struct Book {
    /// What it was.
    pub format: BookFormat,
    /// Days are counted from 1904 (old Macs), not from 1900.
    pub epoch_1904: bool,
    /// Its sheets, in order. A CSV has one.
    pub sheets: Vec<Grid>,
}
