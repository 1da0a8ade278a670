//! The 退役军人花名册: each row a person, with the problems named by cell. A plain first importer; matching against the
//! register and the dry run come with the register's own issue.

use std::collections::{BTreeMap, BTreeSet};

use bianfang_domain::id_number::IdNumber;
use bianfang_domain::name;

use super::header::{Column, Header};
use super::problem::{CellProblem, ImportError, ProblemCode};
use super::sheet::{Sheet, SheetRow};

/// A sheet that was read.
#[derive(Debug, Default)]
pub struct Roster {
    /// People in the order of the sheet.
    pub people: Vec<RosterPerson>,
    /// What was left out, and where.
    pub problems: Vec<CellProblem>,
    /// Rows below the header, without totals.
    pub rows: usize,
}

/// One person of the sheet.
#[derive(Debug, Clone)]
pub struct RosterPerson {
    /// The sheet's row number.
    pub row: u32,
    /// Normalised.
    pub name: String,
    /// 男 or 女, as the sheet says, else as the id number says.
    pub sex: Option<String>,
    /// Checked.
    pub id_number: Option<IdNumber>,
    /// 乡镇
    pub township: String,
    /// 村
    pub village: String,
    /// Where they live.
    pub address: Option<String>,
    /// Where they are registered.
    pub registered_address: Option<String>,
    /// Checked, in the order of the cell.
    pub phones: Vec<String>,
    /// As written.
    pub categories: Vec<String>,
    /// Every column we have no meaning for, under its own header.
    pub extra: BTreeMap<String, String>,
}

/// Reads a roster.
///
/// # Errors
/// [`ImportError::NoHeader`] when no row names person and village.
pub fn read_roster(sheet: &Sheet) -> Result<Roster, ImportError> {
    let mut rows = sheet.rows.iter();
    let header = rows.by_ref().find_map(Header::of).ok_or(ImportError::NoHeader)?;
    let mut roster = Roster::default();
    let mut seen = BTreeSet::new();
    let mut place = (String::new(), String::new());
    for row in rows.filter(|row| !is_total(row)) {
        roster.rows += 1;
        if let Some(person) = person(row, &header, &mut place, &mut seen, &mut roster.problems) {
            roster.people.push(person);
        }
    }
    Ok(roster)
}

/// 小计 and 合计 rows are no people.
fn is_total(row: &SheetRow) -> bool {
    row.cells.iter().any(|cell| {
        let plain: String = cell.chars().filter(|c| !c.is_whitespace()).collect();
        matches!(plain.as_str(), "小计" | "合计" | "总计")
    })
}

fn person(
    row: &SheetRow,
    header: &Header,
    place: &mut (String, String),
    seen: &mut BTreeSet<String>,
    problems: &mut Vec<CellProblem>,
) -> Option<RosterPerson> {
    let column = |column| header.at(column).unwrap_or(usize::MAX);
    let cell = |wanted| Some(row.cell(column(wanted))).filter(|text| !text.is_empty());
    let mut problem = |wanted, code, row_refused| {
        problems.push(CellProblem { at: row.address(header.at(wanted).unwrap_or(0)), code, row_refused });
    };
    // Merged cells of township and village leave the rows below empty.
    fill(&mut place.0, cell(Column::Township));
    fill(&mut place.1, cell(Column::Village));
    let Some(written) = cell(Column::Name) else {
        problem(Column::Name, ProblemCode::NameMissing, true);
        return None;
    };
    if place.0.is_empty() || place.1.is_empty() {
        problem(Column::Village, ProblemCode::PlaceMissing, true);
        return None;
    }
    let id_number = match cell(Column::IdNumber).map(|text| (text, IdNumber::parse(text))) {
        None => None,
        Some((_, Ok(number))) if !seen.insert(number.reveal().to_owned()) => {
            problem(Column::IdNumber, ProblemCode::IdNumberTwice, true);
            return None;
        }
        Some((_, Ok(number))) => Some(number),
        Some((text, Err(_))) => {
            let rounded = text.contains(['E', 'e', '+']) || (text.len() == 18 && text.ends_with("000"));
            let code = if rounded { ProblemCode::IdNumberRounded } else { ProblemCode::IdNumberInvalid };
            problem(Column::IdNumber, code, false);
            None
        }
    };
    let (phones, others): (Vec<String>, Vec<String>) =
        split(cell(Column::Phone)).into_iter().partition(|p| is_phone(p));
    if !others.is_empty() {
        problem(Column::Phone, ProblemCode::PhoneInvalid, false);
    }
    let kept = header.columns.iter().filter(|(at, meaning, _)| meaning.is_none() && !row.cell(*at).is_empty());
    Some(RosterPerson {
        row: row.number,
        name: name::normalise(written),
        sex: cell(Column::Sex).map(str::to_owned),
        id_number,
        township: place.0.clone(),
        village: place.1.clone(),
        address: cell(Column::Address).map(str::to_owned),
        registered_address: cell(Column::RegisteredAddress).map(str::to_owned),
        phones,
        categories: split(cell(Column::Category)),
        extra: kept.map(|(at, _, header)| (header.clone(), row.cell(*at).to_owned())).collect(),
    })
}

fn fill(above: &mut String, here: Option<&str>) {
    if let Some(text) = here.filter(|text| !matches!(*text, "同上" | "〃")) {
        text.clone_into(above);
    }
}

/// Several values in one cell.
fn split(cell: Option<&str>) -> Vec<String> {
    let parts = cell.unwrap_or("").split([',', '，', ';', '；', '、', '/', '\n']);
    parts.map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect()
}

/// A mobile number, or a landline with its area code.
fn is_phone(text: &str) -> bool {
    let digits: String = text.chars().filter(|c| !matches!(c, '-' | ' ')).collect();
    let numeric = digits.chars().all(|c| c.is_ascii_digit());
    numeric
        && ((digits.len() == 11 && digits.starts_with('1'))
            || (digits.starts_with('0') && (10..=12).contains(&digits.len())))
}
