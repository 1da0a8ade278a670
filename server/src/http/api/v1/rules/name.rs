//! `/api/v1/rules/{name}`: one rule (GET), set from a day on (PUT). Earlier days keep what held then.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use bianfang_domain::document::Document;
use bianfang_domain::op::{Act, Sealed};
use bianfang_domain::rules;
use bianfang_domain::time::Day;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{RuleView, view};
use crate::app::App;
use crate::auth::caller::Caller;
use crate::http::problem::{Code, HttpError};
use crate::http::writing;
use crate::report::rule;
use crate::write::online::Wish;

/// What is set.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
pub struct RuleWrite {
    /// The first day it holds, `2026-01-31`.
    pub from: String,
    /// Settings; what is left out is as shipped.
    #[schema(value_type = Object)]
    pub data: Value,
}

/// The rule.
///
/// # Errors
/// `not-found` where no such rule is known.
#[utoipa::path(get, path = "/api/v1/rules/{name}", params(("name" = String, Path)), responses(
    (status = 200, body = RuleView),
    (status = 404, description = "not-found")
))]
pub async fn get(
    State(app): State<Arc<App>>,
    caller: Caller,
    Path(name): Path<String>,
) -> Result<Json<RuleView>, HttpError> {
    rules::shipped(&name).ok_or(HttpError::Known(Code::NotFound))?;
    let mut conn = app.db.pool().acquire().await?;
    Ok(Json(view(&mut conn, &caller.county, &name, Day::of(app.now_ms())).await?))
}

/// Sets it from a day on.
///
/// # Errors
/// `not-found`, `query` for a day that is none, `refused` for a value that is none.
#[utoipa::path(put, path = "/api/v1/rules/{name}", params(
    ("name" = String, Path),
    ("Idempotency-Key" = String, Header, description = "new for each write")
), request_body = RuleWrite, responses(
    (status = 200, body = RuleView),
    (status = 404, description = "not-found"),
    (status = 422, description = "refused: `reason` and `field` say why")
))]
pub async fn put(
    State(app): State<Arc<App>>,
    caller: Caller,
    Path(name): Path<String>,
    headers: HeaderMap,
    Json(request): Json<RuleWrite>,
) -> Result<Json<RuleView>, HttpError> {
    rules::shipped(&name).ok_or(HttpError::Known(Code::NotFound))?;
    let since = Day::parse(&request.from).ok_or(HttpError::Known(Code::Query))?;
    let key = writing::key(&headers)?;
    let mut conn = app.db.pool().acquire().await?;
    let division = writing::whole_county(&mut conn, &caller).await?;
    let wish = |suffix: &str, act| {
        let (key, kind) = (format!("{key}/{suffix}"), "rule".to_owned());
        // Two clerks at one rule: the later word holds, and the history shows both.
        Wish { key, kind, target: rules::id(&name), act, base: i64::MAX.unsigned_abs() }
    };
    if rule::versions(&mut conn, &caller.county, &name).await?.is_empty() {
        drop(conn);
        // What a record is born with holds from the beginning: that is what was shipped.
        let fields: Document = [("rule", json!(name)), ("division", json!(division)), ("data", json!({}))]
            .into_iter()
            .map(|(field, value)| (field.to_owned(), value))
            .collect();
        writing::write(&app, &caller, &wish("new", Act::Record { fields, sealed: Sealed::new() })).await?;
    } else {
        drop(conn);
    }
    let set: Document = [("data".to_owned(), request.data)].into_iter().collect();
    let act = Act::Change { set, sealed: Sealed::new(), since: Some(since) };
    writing::write(&app, &caller, &wish("set", act)).await?;
    let mut conn = app.db.pool().acquire().await?;
    Ok(Json(view(&mut conn, &caller.county, &name, Day::of(app.now_ms())).await?))
}
