//! `/api/v1/import_mappings/{ledger}`: the saved mapping of one ledger, used for every next file of it.

pub mod columns;

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;

use crate::app::App;
use crate::auth::caller::Caller;
use crate::http::problem::{Code, HttpError};
use crate::import::saved;
use bianfang_sheets::Ledger;
use bianfang_sheets::table::Mapping;

/// A ledger that the caller may import.
fn ledger(caller: &Caller, word: &str) -> Result<Ledger, HttpError> {
    let found = Ledger::by_word(word).filter(|ledger| caller.role.may(crate::import::right(*ledger)));
    found.ok_or(HttpError::Known(Code::NotFound))
}

/// The saved mapping: header to what its column holds; empty where none is saved.
///
/// # Errors
/// `not-found` for no ledger.
#[utoipa::path(get, path = "/api/v1/import_mappings/{ledger}", params(("ledger" = String, Path)), responses(
    (status = 200, description = "{ledger, columns: [[header, field]]}", body = serde_json::Value)
))]
pub async fn get(
    State(app): State<Arc<App>>,
    caller: Caller,
    Path(word): Path<String>,
) -> Result<Json<Mapping>, HttpError> {
    let ledger = ledger(&caller, &word)?;
    let found = saved::get(&mut *app.db.pool().acquire().await?, &caller.county, ledger).await?;
    Ok(Json(found.unwrap_or(Mapping { ledger, columns: Vec::new() })))
}

/// Saves a mapping; an empty field keeps a column under its header, whatever it is called.
///
/// # Errors
/// `not-found` for no ledger, `malformed` for a mapping of another one, or to a column that it has not.
#[utoipa::path(put, path = "/api/v1/import_mappings/{ledger}", params(("ledger" = String, Path)),
    request_body(content = serde_json::Value, description = "{ledger, columns: [[header, field]]}"), responses(
    (status = 204, description = "saved")
))]
pub async fn put(
    State(app): State<Arc<App>>,
    caller: Caller,
    Path(word): Path<String>,
    Json(mapping): Json<Mapping>,
) -> Result<StatusCode, HttpError> {
    let known = |key: &String| key.is_empty() || mapping.ledger.table().get(key).is_some();
    if mapping.ledger != ledger(&caller, &word)? || !mapping.columns.iter().all(|(_, key)| known(key)) {
        return Err(HttpError::Known(Code::Malformed));
    }
    let by = (caller.account, app.now_ms());
    saved::put(&mut *app.db.pool().acquire().await?, &caller.county, &mapping, by).await?;
    Ok(StatusCode::NO_CONTENT)
}
