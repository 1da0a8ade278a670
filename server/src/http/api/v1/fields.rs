//! `GET /api/v1/fields`: every field of every kind, with its form and the tables of its codes. A client that shows values asks
//! once; what a field is called stands with the codes, in the table FIELD.

use axum::Json;
use bianfang_domain::kind::{self, Field, Kind};
use serde::Serialize;
use serde_json::Value;

use crate::auth::caller::Caller;
use crate::http::problem::HttpError;

/// One field.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct FieldView {
    /// Of which kind of record.
    pub kind: &'static str,
    /// Its name in documents.
    pub field: &'static str,
    /// 中文, as shipped.
    pub name: &'static str,
    /// English.
    pub en: &'static str,
    /// NAME | CODE | DAY | DATE | ID | FLAG | TEXT | ID_NUMBER | NUMBER | FEN | MOMENT | PHONES | PEOPLE | ANY
    #[schema(value_type = String)]
    pub form: Value,
    /// Tables whose codes it holds.
    pub tables: &'static [&'static str],
    /// Several values, merged one by one.
    pub list: bool,
    /// Kept sealed: masked until it is revealed.
    pub sealed: bool,
    /// What sheets call its column, the usual name first.
    pub headers: &'static [&'static str],
}

fn view(kind: &dyn Kind, field: &Field) -> FieldView {
    FieldView {
        kind: kind.name(),
        field: field.name,
        name: field.zh,
        en: field.en,
        form: serde_json::to_value(field.form).unwrap_or_default(),
        tables: field.tables,
        list: field.list,
        sealed: field.sealed.is_some(),
        headers: field.headers,
    }
}

/// All fields, a person's first.
///
/// # Errors
/// Only those of the guard.
#[utoipa::path(get, path = "/api/v1/fields", responses((status = 200, body = Vec<FieldView>)))]
pub async fn get(_caller: Caller) -> Result<Json<Vec<FieldView>>, HttpError> {
    let fields = kind::people_first(kind::ALL).flat_map(|kind| kind.fields().iter().map(move |f| view(kind, f)));
    Ok(Json(fields.collect()))
}
