//! Rows to files: a workbook for people and paper, a CSV for machines. Rows come in parts and go to disk as they come.

mod csv;
mod form;
mod marked;
mod xlsx;

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

pub use csv::list;
pub use form::{FormLine, form};
pub use marked::{MARKS, Marks, RowMark, marked};
pub use xlsx::fitting;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// 序号, counted by the writer.
    Number,
    /// Text, wrapped.
    Text,
    /// Id and telephone numbers, dates: text that a spreadsheet must not turn into a number when somebody types in it.
    Digits,
    /// Marks of our own (photo numbers), in which no personal number can stand: not masked.
    Mark,
}

/// How a ledger lies on paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paper {
    /// One table, as wide as the page; unknown columns of the sheets follow at its end.
    Register,
    /// To be taken along and written on: high rows, each village on a page of its own, counted from 1.
    Printed,
}

/// A cell.
#[derive(Debug, Clone, PartialEq)]
pub enum PaperCell {
    /// Nothing.
    Blank,
    /// A text, never a formula.
    Text(String),
    /// A number to count with.
    Number(f64),
}

impl<T: Into<String>> From<Option<T>> for PaperCell {
    fn from(text: Option<T>) -> Self {
        text.map_or(Self::Blank, |text| Self::Text(text.into()))
    }
}
impl From<String> for PaperCell {
    fn from(text: String) -> Self {
        if text.is_empty() { Self::Blank } else { Self::Text(text) }
    }
}
impl From<&str> for PaperCell {
    fn from(text: &str) -> Self {
        Self::from(text.to_owned())
    }
}

/// What a file is to look like.
#[derive(Debug)]
pub struct PaperHead {
    /// The ledger's title.
    pub title: &'static str,
    /// Who, when, what, and whether masked.
    pub about: String,
    /// Header, width (characters of the default font; a Chinese one takes two) and content of each column.
    pub columns: Vec<(String, f64, Holds)>,
    /// How it lies on paper.
    pub form: Paper,
}

/// What flows to the writer: rows of one place. The first cell of each, 序号, is counted by the writer.
#[derive(Debug)]
pub struct PaperPart {
    /// The place's name where a printed list comes to it.
    pub begins: Option<String>,
    /// Its rows, or some of them.
    pub rows: Vec<Vec<PaperCell>>,
}

/// The file's form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaperKind {
    /// For people and paper.
    Xlsx,
    /// For machines: UTF-8 with BOM, the same columns under one header row.
    Csv,
}

/// Why a file could not be written.
#[derive(Debug, thiserror::Error)]
pub enum PaperError {
    /// The disk.
    #[error("{path}: {source}")]
    File {
        /// The folder of the file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// Against a limit of the format.
    #[error("{0}")]
    Workbook(#[from] rust_xlsxwriter::XlsxError),
    /// A row of another width.
    #[error("{0}")]
    Csv(#[from] ::csv::Error),
}

fn on_disk(path: &Path) -> impl Fn(io::Error) -> PaperError + '_ {
    |source| PaperError::File { path: path.to_owned(), source }
}

/// Writes the parts, each as it comes, to a file without a name in a folder with room: the file at its beginning, and its
/// rows.
///
/// # Errors
/// [`PaperError`].
pub fn write(
    kind: PaperKind,
    head: &PaperHead,
    parts: impl IntoIterator<Item = PaperPart>,
    scratch: &Path,
) -> Result<(File, u64), PaperError> {
    match kind {
        PaperKind::Xlsx => xlsx::write(head, parts, scratch),
        PaperKind::Csv => csv::write(head, parts, scratch),
    }
}
