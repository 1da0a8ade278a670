//! A sheet as rows of text with their own row numbers: .xlsx by calamine, .csv in UTF-8 or GB18030.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};

use super::problem::ImportError;

/// A sheet.
#[derive(Debug, Clone)]
pub struct Sheet {
    /// Rows that hold anything, top to bottom.
    pub rows: Vec<SheetRow>,
}

/// A row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetRow {
    /// As Excel counts, from 1.
    pub number: u32,
    /// Column A is the first.
    pub cells: Vec<String>,
}

impl SheetRow {
    /// The text of a column, trimmed.
    #[must_use]
    pub fn cell(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", |text| text.trim())
    }

    /// The address of a column in this row: `E5`.
    #[must_use]
    pub fn address(&self, column: usize) -> String {
        let mut letters = String::new();
        let mut rest = column + 1;
        while rest > 0 {
            let digit = u8::try_from((rest - 1) % 26).unwrap_or(0);
            letters.insert(0, char::from(b'A' + digit));
            rest = (rest - 1) / 26;
        }
        format!("{letters}{}", self.number)
    }
}

/// Reads a file's bytes; `name` tells its type.
///
/// # Errors
/// [`ImportError`] when it is no sheet.
pub fn read_sheet(name: &str, bytes: &[u8]) -> Result<Sheet, ImportError> {
    let name = name.to_lowercase();
    let rows = if name.ends_with(".xlsx") {
        workbook(bytes)?
    } else if name.ends_with(".csv") {
        text(bytes)?
    } else {
        return Err(ImportError::UnknownType);
    };
    Ok(Sheet { rows: rows.into_iter().filter(|row| row.cells.iter().any(|cell| !cell.trim().is_empty())).collect() })
}

fn workbook(bytes: &[u8]) -> Result<Vec<SheetRow>, ImportError> {
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).map_err(ImportError::Workbook)?;
    let range = book.worksheet_range_at(0).ok_or(ImportError::Empty)?.map_err(ImportError::Workbook)?;
    let (top, left) = range.start().unwrap_or((0, 0));
    let padding = usize::try_from(left).unwrap_or(0);
    let rows = range.rows().zip(top + 1..).map(|(row, number)| {
        let cells = row.iter().map(cell_text);
        SheetRow { number, cells: std::iter::repeat_n(String::new(), padding).chain(cells).collect() }
    });
    Ok(rows.collect())
}

/// Whole numbers without exponent, so that an id number stored as a number shows what is left of it.
fn cell_text(cell: &Data) -> String {
    match cell {
        Data::Float(value) if value.fract() == 0.0 && value.abs() < 1e19 => format!("{value:.0}"),
        other => other.to_string(),
    }
}

fn text(bytes: &[u8]) -> Result<Vec<SheetRow>, ImportError> {
    let (decoded, _, broken) = encoding_rs::UTF_8.decode(bytes);
    let decoded = if broken { encoding_rs::GB18030.decode(bytes).0 } else { decoded };
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(decoded.as_bytes());
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record?;
        let line = record.position().map_or(0, csv::Position::line);
        let cells = record.iter().map(str::to_owned).collect();
        rows.push(SheetRow { number: u32::try_from(line).unwrap_or(u32::MAX), cells });
    }
    Ok(rows)
}
