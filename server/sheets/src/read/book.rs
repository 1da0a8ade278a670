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
    /// Sheets whose cells could not be read.
    pub unread: Vec<UnreadSheet>,
}

/// A sheet that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnreadSheet {
    /// As the book names it.
    pub name: String,
    /// Why.
    pub why: UnreadWhy,
}

/// Why the cells of a sheet were not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnreadWhy {
    /// Its part is broken or missing.
    Damaged,
    /// A chart or a macro.
    NotCells,
}
