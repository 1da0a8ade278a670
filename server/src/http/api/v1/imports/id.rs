//! `GET /api/v1/imports/{id}`: an import with some of its rows.

pub mod apply;
pub mod assumptions;
pub mod codes;
pub mod decisions;
pub mod marked;
pub mod undo;

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, Query, State};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{ImportView, visible};
use crate::app::App;
use crate::auth::caller::Caller;
use crate::db::page::{LONG_PAGE, cut, limit};
use crate::http::after::mark;
use crate::http::problem::{Code, HttpError};
use crate::import::{
    AlarmView, ImportCell, Known, Outcome, PlaceView, PlanRow, ReasonView, RowChoice, SheetView, Told, WhichRows,
    describe, items, told,
};

/// Which rows.
#[derive(Debug, Clone, Deserialize, utoipa::IntoParams)]
pub struct RowsQuery {
    /// new, update, unchanged, doubtful, refused, or changed for those touched since they were shown and, once the import was
    /// taken back, those of which something stays; else all.
    pub outcome: Option<String>,
    /// The code of a remark: rows that have it, whatever their outcome.
    pub reason: Option<String>,
    /// The place of the last row of the page before.
    #[param(required = false, value_type = u64)]
    pub after: Option<String>,
}

/// A row.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct RowView {
    /// Its place in the import.
    pub n: u64,
    /// The name of the sheet; empty for a CSV.
    pub sheet: String,
    /// The sheet's own row number.
    pub row: u32,
    /// Whom it speaks of.
    pub name: String,
    /// new, update, unchanged, doubtful or refused.
    pub outcome: String,
    /// Touched since it was shown: it is written by the next apply as it is shown now.
    pub changed_since: bool,
    /// The record it is.
    pub target: Option<Uuid>,
    /// Records it may be, best first.
    pub candidates: Vec<CandidateView>,
    /// take, skip or same_as.
    pub decision: Option<String>,
    /// What is said of its cells.
    pub cells: Vec<ImportCell>,
}

/// Somebody a row may be.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct CandidateView {
    /// The record.
    pub id: Uuid,
    /// Enough to be told from a namesake, masked.
    pub text: String,
}

/// The answer.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct ImportPage {
    /// The import.
    pub import: ImportView,
    /// What must be known before any row is looked at. With the first page alone, as the next two.
    pub alarms: Vec<AlarmView>,
    /// Places that the register has not, with the nearest names; one is chosen by an answer (`/assumptions`) for all its rows.
    pub places: Vec<PlaceView>,
    /// Sheet by sheet, how much was read.
    pub sheets: Vec<SheetView>,
    /// Why rows wait or were left out, and what was brought to one form; the weightiest first.
    pub reasons: Vec<ReasonView>,
    /// Some rows.
    pub items: Vec<RowView>,
    /// Ask again with this for the next page.
    pub next: Option<u64>,
}

fn view(row: PlanRow, known: &Known) -> RowView {
    let decision = row.decision.map(|decision| match decision {
        RowChoice::Take => "take",
        RowChoice::Skip => "skip",
        RowChoice::SameAs(_) => "same_as",
    });
    let candidates = row.verdict.candidates.iter().filter_map(|id| known.records.get(id));
    RowView {
        n: row.n,
        name: row.line.text("soldier").or(row.line.who("name")).unwrap_or_default().to_owned(),
        sheet: row.line.sheet,
        row: row.line.row,
        outcome: row.verdict.outcome.word().to_owned(),
        changed_since: row.changed,
        target: row.verdict.target.map(|id| id.0),
        candidates: candidates.map(|record| CandidateView { id: record.id.0, text: describe(record) }).collect(),
        decision: decision.map(str::to_owned),
        cells: row.verdict.notes.into_iter().map(ImportCell::from).collect(),
    }
}

/// An import with a page of its rows.
///
/// # Errors
/// `not-found`, `query`.
#[utoipa::path(get, path = "/api/v1/imports/{id}", params(("id" = Uuid, Path), RowsQuery), responses(
    (status = 200, body = ImportPage),
    (status = 400, description = "query"),
    (status = 404, description = "not-found")
))]
pub async fn get(
    State(app): State<Arc<App>>,
    caller: Caller,
    Path(id): Path<Uuid>,
    Query(query): Query<RowsQuery>,
) -> Result<Json<ImportPage>, HttpError> {
    let which = match (query.reason.as_deref(), query.outcome.as_deref()) {
        (Some(code), _) => WhichRows::Because(code),
        (None, None) => WhichRows::All,
        (None, Some("changed")) => WhichRows::Changed,
        (None, Some(word)) => WhichRows::Of(Outcome::by_word(word).ok_or(HttpError::Known(Code::Query))?),
    };
    let after = mark(query.after.as_deref())?.unwrap_or(0);
    let progress = app.imports.progress(id);
    let plan = visible(&app, &caller, id).await?;
    let keys = app.county_keys(&caller.county)?;
    let mut conn = app.db.pool().acquire().await?;
    let mut rows = items(app.desk(&caller, &keys), &mut conn, &plan, (which, after, limit(LONG_PAGE))).await?;
    let next = cut(&mut rows, LONG_PAGE, |row| row.n);
    let mut known = Known::default();
    let ids = rows.iter().flat_map(|row| row.verdict.candidates.iter().copied()).collect();
    known.load(&mut conn, &caller.county, ids).await?;
    let counts = plan.counts(&mut conn, &caller.county).await?;
    let items = rows.into_iter().map(|row| view(row, &known)).collect();
    let Told { alarms, places, sheets, reasons } = match after {
        0 => told(app.desk(&caller, &keys), &mut conn, &plan).await?,
        _ => Told::default(),
    };
    Ok(Json(ImportPage {
        import: ImportView::of(plan, counts, progress),
        alarms,
        places,
        sheets,
        reasons,
        items,
        next,
    }))
}
