//! `GET /api/v1/plaques/figures`: what hangs, what was put up and handed out, what the store holds (S18b).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use axum::Json;
use axum::extract::{Query, State};
use bianfang_domain::id::RecordId;
use bianfang_domain::kind::plaque::figures::PlaqueFigures;
use serde::Serialize;

use crate::app::App;
use crate::auth::caller::Caller;
use crate::county::DivisionRef;
use crate::http::place::{OnePlace, OnePlaceQuery};
use crate::http::problem::HttpError;
use crate::http::question::Days;
use crate::report::plaques;

/// The answer.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct PlaqueFiguresView {
    /// The division, with all below it.
    pub division: DivisionRef,
    /// First day.
    pub from: String,
    /// Last day.
    pub to: String,
    /// The feed number the figures are of.
    pub feed: u64,
    /// hung_start + hung_in − hung_out + hung_moved = hung_end; put_up_new, put_up_reissue, put_up_replace 悬挂; issued 发放;
    /// store_start + received + store_moved − store_left − destroyed = store_end.
    #[schema(value_type = std::collections::BTreeMap<String, i64>)]
    pub figures: PlaqueFigures,
    /// Plaques that left the store up to the last day and name no lot: with overdrawn lots, why a store may hold less than
    /// nothing.
    pub unlotted: i64,
    /// From the caller's topmost division down to this one.
    pub path: Vec<DivisionRef>,
    /// The divisions directly below, and the division itself for what lies in none of them; by name, the division last.
    pub parts: Vec<PlaquePart>,
}

/// One division of those below.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct PlaquePart {
    /// The division, with all below it.
    pub division: DivisionRef,
    /// As above.
    #[schema(value_type = std::collections::BTreeMap<String, i64>)]
    pub figures: PlaqueFigures,
    /// As above.
    pub unlotted: i64,
}

/// The figures.
///
/// # Errors
/// `not-found` for a division outside the caller's, `query` for days or a feed number that are none.
#[utoipa::path(get, path = "/api/v1/plaques/figures", params(OnePlaceQuery, Days), responses(
    (status = 200, body = PlaqueFiguresView),
    (status = 400, description = "query"),
    (status = 404, description = "not-found")
))]
pub async fn get(
    State(app): State<Arc<App>>,
    caller: Caller,
    place: OnePlace,
    Query(days): Query<Days>,
) -> Result<Json<PlaqueFiguresView>, HttpError> {
    let (checked, mut conn) = days.ask(&app, &caller, place).await?;
    let under = checked.question(&caller.county).under(&mut conn).await?;
    let OnePlace { tree, division, .. } = &checked.place;
    let mut groups: BTreeMap<RecordId, BTreeSet<RecordId>> = BTreeMap::new();
    for (division, child) in &under {
        groups.entry(*child).or_default().insert(*division);
    }
    let mut asked_of: Vec<BTreeSet<RecordId>> = vec![under.into_keys().collect()];
    asked_of.extend(groups.values().cloned());
    let mut told = plaques::parts(&mut conn, &caller.county, checked.window, &asked_of).await?.into_iter();
    let total = told.next().unwrap_or_default();
    let mut parts: Vec<PlaquePart> = groups
        .keys()
        .zip(told)
        .map(|(id, told)| PlaquePart {
            division: DivisionRef::of(tree, *id),
            figures: told.figures,
            unlotted: told.unlotted,
        })
        .collect();
    parts.sort_by_cached_key(|part| (part.division.id == division.0, part.division.by_name()));
    Ok(Json(PlaqueFiguresView {
        division: DivisionRef::of(tree, *division),
        path: DivisionRef::path(tree, &caller.scope, *division),
        from: checked.window.from.to_string(),
        to: checked.window.to.to_string(),
        feed: checked.feed,
        figures: total.figures,
        unlotted: total.unlotted,
        parts,
    }))
}
