//! `GET /api/v1/rules`: the bureau's rules as they hold today, with what is shipped and the versions by day.

pub mod name;

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use bianfang_domain::rules;
use bianfang_domain::time::Day;
use serde::Serialize;
use serde_json::Value;
use sqlx::AnyConnection;

use crate::ServerError;
use crate::app::App;
use crate::auth::caller::Caller;
use crate::http::problem::HttpError;
use crate::report::rule;

/// What holds from a day on.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct RuleVersion {
    /// First day, `2026-01-31`; none: from the beginning.
    pub from: Option<String>,
    /// Only what differs from what is shipped.
    #[schema(value_type = Object)]
    pub data: Value,
}

/// A rule.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct RuleView {
    /// COVERAGE, REVIEW, CADENCE, MUST …
    pub name: String,
    /// As we ship it, every setting.
    #[schema(value_type = Object)]
    pub shipped: Value,
    /// As it holds today, every setting.
    #[schema(value_type = Object)]
    pub today: Value,
    /// Set by the bureau, oldest first.
    pub versions: Vec<RuleVersion>,
}

/// A rule as the console shows it.
async fn view(conn: &mut AnyConnection, county: &str, name: &str, today: Day) -> Result<RuleView, ServerError> {
    let versions = rule::versions(conn, county, name).await?;
    let shipped = rules::shipped(name).unwrap_or_default();
    let mut whole = shipped.clone();
    let set = rule::version_on(&versions, today).and_then(Value::as_object);
    if let (Some(whole), Some(set)) = (whole.as_object_mut(), set) {
        whole.extend(set.clone());
    }
    let version = |(from, data): (Day, Value)| RuleVersion { from: (from > Day::MIN).then(|| from.to_string()), data };
    let versions = versions.into_iter().map(version).collect();
    Ok(RuleView { name: name.to_owned(), shipped, today: whole, versions })
}

/// All rules.
///
/// # Errors
/// Only those of the guard.
#[utoipa::path(get, path = "/api/v1/rules", responses((status = 200, body = Vec<RuleView>)))]
pub async fn get(State(app): State<Arc<App>>, caller: Caller) -> Result<Json<Vec<RuleView>>, HttpError> {
    let mut conn = app.db.pool().acquire().await?;
    let mut all = Vec::new();
    for name in rules::names() {
        all.push(view(&mut conn, &caller.county, name, Day::of(app.now_ms())).await?);
    }
    Ok(Json(all))
}
