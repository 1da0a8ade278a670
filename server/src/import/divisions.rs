//! The bureau's list of divisions as the plain importer takes it: code and name, level and parent by the code's length
//! (GB/T 10114): 6 digits a county, 9 a township, 12 a village.

use super::error::ImportError;
use super::ledger::DivisionRow;
use super::note::NoteCode;
use super::problem::CellProblem;
use super::read::Book;
use super::table::{Ledger, Reading};

/// One division of the sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetDivision {
    /// 9 or 12 digits.
    pub code: String,
    /// 名称
    pub name: String,
}

/// A list that was read.
#[derive(Debug, Default)]
pub struct DivisionList {
    /// Townships before their villages.
    pub divisions: Vec<SheetDivision>,
    /// What was left out, and where.
    pub problems: Vec<CellProblem>,
    /// Rows below the header.
    pub rows: usize,
}

/// Reads a list of the divisions below the county.
///
/// # Errors
/// [`ImportError::NoHeader`].
pub fn read_divisions(book: Book, county: &str, year: i32) -> Result<DivisionList, ImportError> {
    let reading = Reading::new(book, Ledger::Divisions, None)?;
    let mut list = DivisionList::default();
    for row in reading.tables.iter().flat_map(|table| table.rows::<DivisionRow>(year)) {
        list.rows += 1;
        let at = |code| format!("{}{}", if code == NoteCode::DivisionCode { "A" } else { "B" }, row.row);
        if let Some(refused) = row.refused {
            list.problems.push(CellProblem { at: refused.at, code: refused.code, row_refused: true });
            continue;
        }
        let DivisionRow { code, name, village, township, .. } = row.fields;
        match (code, name.or(village).or(township)) {
            (Some(code), Some(name)) if code.starts_with(county) => {
                if code.len() > 6 {
                    list.divisions.push(SheetDivision { code, name });
                }
            }
            _ => {
                let code = NoteCode::DivisionCode;
                list.problems.push(CellProblem { at: at(code), code, row_refused: true });
            }
        }
    }
    list.divisions.sort_by_key(|division| (division.code.len(), division.code.clone()));
    list.divisions.dedup();
    Ok(list)
}
