//! `POST /api/v1/import_mappings/{ledger}/columns`: what the columns of a file are taken for, so that somebody can say it better. The
//! file is looked at and not kept.

use std::sync::Arc;

use axum::Json;
use axum::body::Body;
use axum::extract::{Path, Query, State};
use bianfang_sheets::read::MAX_FILE;
use bianfang_sheets::table::{FoundColumn, LedgerTable, SheetReading};
use serde::{Deserialize, Serialize};

use crate::app::App;
use crate::auth::caller::Caller;
use crate::http::problem::{Code, HttpError};
use crate::import::saved;

/// The file.
#[derive(Debug, Clone, Deserialize, utoipa::IntoParams)]
pub struct ColumnsQuery {
    /// Its name.
    pub name: String,
}

/// A column that the ledger may have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct FieldChoice {
    /// Its name in a mapping.
    pub key: String,
    /// As our own files write it.
    pub title: String,
}

/// A column of the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct ColumnView {
    /// The sheet's name; empty for a CSV.
    pub sheet: String,
    /// The cell of its header: `D3`.
    pub at: String,
    /// Its header, of two rows joined by `/`.
    pub header: String,
    /// What it is taken for; none of a column that is kept under its header.
    pub key: Option<String>,
    /// Its first cells, long numbers masked.
    pub samples: Vec<String>,
}

/// The columns of a file beside those of the ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct ColumnsView {
    /// Sheet by sheet.
    pub columns: Vec<ColumnView>,
    /// What a column may be, in the order of our own files.
    pub fields: Vec<FieldChoice>,
    /// Of each group one key must be among the columns of a sheet.
    pub needed: Vec<Vec<String>>,
}

impl ColumnsView {
    fn of(table: &LedgerTable, found: Vec<FoundColumn>) -> Self {
        let column = |found: FoundColumn| ColumnView {
            sheet: found.sheet,
            at: found.at,
            header: found.header,
            key: found.key.map(str::to_owned),
            samples: found.samples,
        };
        let fields = table.columns.iter().filter(|field| !field.title.is_empty());
        let field = |(key, title): (&str, &str)| FieldChoice { key: key.to_owned(), title: title.to_owned() };
        Self {
            columns: found.into_iter().map(column).collect(),
            fields: fields.map(|of| field((of.key, of.title))).collect(),
            needed: table.needed.iter().map(|group| group.iter().map(ToString::to_string).collect()).collect(),
        }
    }
}

/// Looks at the columns of a file: the body is the file as it is, at most 50 MB.
///
/// # Errors
/// `not-found` for no ledger, `import-file` with what to do about the file, `too-large`.
#[utoipa::path(post, path = "/api/v1/import_mappings/{ledger}/columns", params(("ledger" = String, Path), ColumnsQuery),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"), responses(
    (status = 200, body = ColumnsView),
    (status = 422, description = "import-file")
))]
pub async fn post(
    State(app): State<Arc<App>>,
    caller: Caller,
    Path(word): Path<String>,
    Query(query): Query<ColumnsQuery>,
    body: Body,
) -> Result<Json<ColumnsView>, HttpError> {
    let ledger = super::ledger(&caller, &word)?;
    let limit = usize::try_from(MAX_FILE).unwrap_or(usize::MAX);
    let bytes = axum::body::to_bytes(body, limit).await.map_err(|_| HttpError::Known(Code::TooLarge))?;
    let mapping = saved::get(&mut *app.db.pool().acquire().await?, &caller.county, ledger).await?;
    let table = ledger.table();
    let look = move || SheetReading::columns((&query.name, &bytes), table, mapping.as_ref());
    let found = tokio::task::spawn_blocking(look).await.map_err(|_| crate::ServerError::Task)?;
    let found = found.map_err(|error| HttpError::Told(Code::ImportFile, error.to_string()))?;
    Ok(Json(ColumnsView::of(table, found)))
}
