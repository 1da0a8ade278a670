//! `PUT /api/v1/codes/{table}`: the bureau renames items, hides them from forms or adds some. Items that are not named stay.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use bianfang_domain::codes::{self, CodeSaid};
use bianfang_domain::document::Document;
use bianfang_domain::op::{Act, Sealed};
use bianfang_domain::reason::Reason;
use serde::Deserialize;
use serde_json::json;

use super::{CodeTableView, view};
use crate::app::App;
use crate::auth::caller::Caller;
use crate::http::problem::{Code, HttpError};
use crate::http::writing;
use crate::lists::codes::records;
use crate::write::online::Wish;

/// One item as the bureau wants it.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
pub struct CodeItemWrite {
    /// Of the table, or a new one: capital letters, digits and `_`.
    pub code: String,
    /// 中文; none: as shipped.
    #[serde(default)]
    pub name: Option<String>,
    /// English; none: as shipped.
    #[serde(default)]
    pub en: Option<String>,
    /// Forms do not offer it.
    #[serde(default)]
    pub hidden: bool,
}

/// What is changed.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
pub struct CodesWrite {
    /// The table's revision as it was read: who changed the same item since keeps a value beside it.
    pub base: u64,
    /// Changed items only.
    pub items: Vec<CodeItemWrite>,
}

/// Changes it.
///
/// # Errors
/// `not-found` for a table that is none, `refused` for an item that cannot be (`field` is `items/CODE`).
#[utoipa::path(put, path = "/api/v1/codes/{table}", params(
    ("table" = String, Path),
    ("Idempotency-Key" = String, Header, description = "new for each write")
), request_body = CodesWrite, responses(
    (status = 200, body = CodeTableView),
    (status = 404, description = "not-found"),
    (status = 422, description = "refused: `reason` and `field` say why")
))]
pub async fn put(
    State(app): State<Arc<App>>,
    caller: Caller,
    Path(name): Path<String>,
    headers: HeaderMap,
    Json(request): Json<CodesWrite>,
) -> Result<Json<CodeTableView>, HttpError> {
    let table = codes::shipped(&name).ok_or(HttpError::Known(Code::NotFound))?;
    let (key, target) = (writing::key(&headers)?, codes::id(&name));
    let wish = |suffix: &str, act, base| Wish {
        key: format!("{key}/{suffix}"),
        kind: "code_table".to_owned(),
        target,
        act,
        base,
    };
    let mut conn = app.db.pool().acquire().await?;
    let known = records(&mut conn, &caller.county).await?.contains_key(&target);
    let division = writing::whole_county(&mut conn, &caller).await?;
    drop(conn);
    if !known {
        let fields: Document =
            [("table".to_owned(), json!(name)), ("division".to_owned(), json!(division))].into_iter().collect();
        match writing::write(&app, &caller, &wish("new", Act::Record { fields, sealed: Sealed::new() }, 0)).await {
            // Two desks began at once: the record is there, and each item merges by itself.
            Ok(_) | Err(HttpError::Ruled(Reason::IdTaken, _)) => {}
            Err(error) => return Err(error),
        }
    }
    let said = |item: CodeItemWrite| {
        let said = CodeSaid { name: item.name, en: item.en, hidden: item.hidden };
        (codes::field(&item.code), json!(said))
    };
    let set: Document = request.items.into_iter().map(said).collect();
    if !set.is_empty() {
        let act = Act::Change { set, sealed: Sealed::new(), since: None };
        writing::write(&app, &caller, &wish("set", act, request.base)).await?;
    }
    let mut conn = app.db.pool().acquire().await?;
    let records = records(&mut conn, &caller.county).await?;
    Ok(Json(view(table, records.get(&target))))
}
