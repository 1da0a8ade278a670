//! What a dry run found, as people and programs read it. Personal values are masked; rows are those of the sheet.

use std::io::{self, Write};

use serde::Serialize;
use sqlx::AnyConnection;

use super::assumed::AssumptionView;
use super::importer::Importer;
use super::plan::{Counts, Plan};
use super::rows::{self, PlanRow, WhichRows};
use super::told::{self, Told};
use crate::ServerError;
use crate::county::Desk;
use bianfang_sheets::write::Marks;
use bianfang_sheets::{Note, Weight};

/// Rows in one step of a long report.
const STEP: i64 = 2_000;

/// One row.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ImportItem {
    /// The name of the sheet; empty for a CSV.
    pub sheet: String,
    /// The sheet's own row number.
    pub row: u32,
    /// new, update, unchanged, doubtful or refused.
    pub outcome: &'static str,
    /// What is said of its cells.
    pub cells: Vec<ImportCell>,
}

/// What is said of one cell.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct ImportCell {
    /// `E5`
    pub at: String,
    /// A stable code.
    pub code: String,
    /// 中文 / English
    pub message: String,
    /// As the sheet has it; of a difference, as the register has it.
    pub from: Option<String>,
    /// As it is understood.
    pub to: Option<String>,
    /// note, doubt or refusal: what it does to the row.
    #[schema(value_type = String)]
    pub weight: Weight,
    /// The cell was only read in another form: nothing is lost, and nobody need do anything.
    pub form: bool,
}

impl From<Note> for ImportCell {
    fn from(note: Note) -> Self {
        let form = told::is_form(&note.code);
        Self {
            at: note.at,
            code: note.code,
            message: note.message,
            from: note.from,
            to: note.to,
            weight: note.weight,
            form,
        }
    }
}

impl From<PlanRow> for ImportItem {
    fn from(row: PlanRow) -> Self {
        Self {
            sheet: row.line.sheet,
            row: row.line.row,
            outcome: row.verdict.outcome.word(),
            cells: row.verdict.notes.into_iter().map(ImportCell::from).collect(),
        }
    }
}

/// Some rows of an import after a place.
///
/// # Errors
/// [`ServerError::Database`].
pub async fn items(
    desk: Desk<'_>,
    conn: &mut AnyConnection,
    plan: &Plan,
    (which, after, limit): (WhichRows<'_>, u64, i64),
) -> Result<Vec<PlanRow>, ServerError> {
    rows::page(desk, conn, (plan.id, plan.ledger.kind()), which, (after, limit)).await
}

#[derive(Serialize)]
struct ReportHead {
    #[serde(flatten)]
    counts: Counts,
    #[serde(flatten)]
    told: Told,
    assumptions: Vec<AssumptionView>,
}

/// Writes {rows, new, update, unchanged, doubtful, refused, alarms, sheets, reasons, assumptions, items} piece by piece: tens of thousands of rows are
/// never in memory together.
///
/// # Errors
/// [`ServerError::Database`], [`ServerError::File`] when the output closes.
pub async fn write_json(importer: &Importer<'_>, plan: &Plan, to: &mut impl Write) -> Result<(), ServerError> {
    let closed = |source: io::Error| ServerError::File { path: "stdout".into(), source };
    let mut conn = importer.desk.db.pool().acquire().await?;
    let counts = plan.counts(&mut conn, importer.desk.county).await?;
    let told = told::told(importer.desk, &mut conn, plan).await?;
    let head = serde_json::to_string(&ReportHead { counts, told, assumptions: plan.assumed.asked(plan.ledger) })?;
    write!(to, "{},\"items\":[", head.strip_suffix("}").unwrap_or(&head)).map_err(closed)?;
    let (mut after, mut first) = (0, true);
    loop {
        let page = items(importer.desk, &mut conn, plan, (WhichRows::All, after, STEP)).await?;
        let Some(last) = page.last() else { break };
        after = last.n;
        for row in page {
            let comma = if std::mem::take(&mut first) { "" } else { "," };
            write!(to, "{comma}{}", serde_json::to_string(&ImportItem::from(row))?).map_err(closed)?;
        }
    }
    writeln!(to, "]}}").map_err(closed)
}

/// What became of each row, for the sheet that goes back.
///
/// # Errors
/// [`ServerError::Database`].
pub async fn marks(importer: &Importer<'_>, plan: &Plan) -> Result<Marks, ServerError> {
    let mut conn = importer.desk.db.pool().acquire().await?;
    let mut marks = Marks::new();
    let mut after = 0;
    loop {
        let page = items(importer.desk, &mut conn, plan, (WhichRows::All, after, STEP)).await?;
        let Some(last) = page.last() else { return Ok(marks) };
        after = last.n;
        for row in page {
            let words = |note: &Note| {
                let message = note.message.split(" / ").next().unwrap_or_default();
                let change: Vec<&str> = note.from.iter().chain(&note.to).map(String::as_str).collect();
                if change.is_empty() { message.to_owned() } else { format!("{message}：{}", change.join(" → ")) }
            };
            let mut cells: Vec<(String, Weight, String)> =
                row.verdict.notes.iter().map(|note| (note.at.clone(), note.weight, words(note))).collect();
            cells.sort_by_key(|(_, weight, _)| std::cmp::Reverse(*weight));
            // Two tables side by side share a row.
            let mark = marks.entry((row.line.sheet, row.line.row)).or_default();
            let outcome = row.verdict.outcome.zh();
            mark.outcome =
                if mark.outcome.is_empty() { outcome.to_owned() } else { format!("{}；{outcome}", mark.outcome) };
            mark.cells.append(&mut cells);
        }
    }
}
