//! The bureau's list of divisions: code and name. Level and parent follow from the code's length (GB/T 10114): 6 digits a
//! county, 9 a township, 12 a village.

use super::problem::{CellProblem, ImportError, ProblemCode};
use super::sheet::Sheet;

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

const CODE: [&str; 4] = ["区划代码", "代码", "code", "统计用区划代码"];
const NAME: [&str; 4] = ["名称", "区划名称", "name", "单位名称"];

/// Reads a list of the divisions below the county.
///
/// # Errors
/// [`ImportError::NoDivisionHeader`].
pub fn read_divisions(sheet: &Sheet, county: &str) -> Result<DivisionList, ImportError> {
    let mut rows = sheet.rows.iter();
    let mut columns = None;
    for row in rows.by_ref() {
        let at = |names: &[&str]| {
            (0..row.cells.len()).find(|at| names.contains(&row.cell(*at).trim_start_matches('\u{feff}')))
        };
        columns = at(&CODE).zip(at(&NAME));
        if columns.is_some() {
            break;
        }
    }
    let (code_at, name_at) = columns.ok_or(ImportError::NoDivisionHeader)?;
    let mut list = DivisionList::default();
    for row in rows {
        list.rows += 1;
        let (code, name) = (row.cell(code_at), row.cell(name_at));
        let mut refuse = |column, code| {
            list.problems.push(CellProblem { at: row.address(column), code, row_refused: true });
        };
        let digits = code.bytes().all(|byte| byte.is_ascii_digit());
        if !digits || !code.starts_with(county) || !matches!(code.len(), 6 | 9 | 12) {
            refuse(code_at, ProblemCode::DivisionCode);
        } else if name.is_empty() {
            refuse(name_at, ProblemCode::NameMissing);
        } else if code.len() > 6 {
            list.divisions.push(SheetDivision { code: code.to_owned(), name: name.to_owned() });
        }
    }
    list.divisions.sort_by_key(|division| (division.code.len(), division.code.clone()));
    list.divisions.dedup();
    Ok(list)
}
