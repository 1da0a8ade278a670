//! `GET /api/v1/letters/figures`: what was delivered in a window, by division and level (S10, S17).

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Json;
use axum::extract::{Query, State};
use bianfang_domain::kind::letter::figures::LetterFigures;
use serde::Serialize;

use crate::app::App;
use crate::auth::caller::Caller;
use crate::county::DivisionRef;
use crate::http::place::{OnePlace, OnePlaceQuery};
use crate::http::problem::HttpError;
use crate::http::question::Days;
use crate::report::letters;

/// The figures of one division.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct DeliveredView {
    /// 送达
    pub delivered: i64,
    /// Of these, 义务兵.
    pub conscripts: i64,
    /// 奖励金, fen.
    pub award_fen: i64,
    /// 慰问品价值, fen.
    pub goods_fen: i64,
    /// By the code of the level.
    pub levels: BTreeMap<String, i64>,
}

/// A division directly below, or the division itself for what lies in none of them.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct LetterPart {
    /// The division, with all below it.
    pub division: DivisionRef,
    /// As above.
    pub figures: DeliveredView,
}

/// The answer.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct LetterFiguresView {
    /// The division, with all below it.
    pub division: DivisionRef,
    /// From the caller's topmost division down to this one.
    pub path: Vec<DivisionRef>,
    /// First day.
    pub from: String,
    /// Last day.
    pub to: String,
    /// The feed number the figures are of.
    pub feed: u64,
    /// The division with all below it.
    pub total: DeliveredView,
    /// By name, the division itself last.
    pub parts: Vec<LetterPart>,
}

impl From<LetterFigures> for DeliveredView {
    fn from(figures: LetterFigures) -> Self {
        let LetterFigures { delivered, conscripts, award_fen, goods_fen, levels } = figures;
        Self { delivered, conscripts, award_fen, goods_fen, levels }
    }
}

/// The figures, by the borders of the window's last day.
///
/// # Errors
/// `not-found` for a division outside the caller's, `query` for days or a feed number that are none.
#[utoipa::path(get, path = "/api/v1/letters/figures", params(OnePlaceQuery, Days), responses(
    (status = 200, body = LetterFiguresView),
    (status = 400, description = "query"),
    (status = 404, description = "not-found")
))]
pub async fn get(
    State(app): State<Arc<App>>,
    caller: Caller,
    place: OnePlace,
    Query(days): Query<Days>,
) -> Result<Json<LetterFiguresView>, HttpError> {
    let (checked, mut conn) = days.ask(&app, &caller, place).await?;
    let under = checked.question(&caller.county).under(&mut conn).await?;
    let told = letters::figures(&mut conn, &caller.county, checked.window, &under).await?;
    let OnePlace { tree, division, .. } = &checked.place;
    let part =
        |(id, figures)| LetterPart { division: DivisionRef::of(tree, id), figures: DeliveredView::from(figures) };
    let mut parts: Vec<LetterPart> = told.parts.into_iter().map(part).collect();
    parts.sort_by_cached_key(|part| (part.division.id == division.0, part.division.by_name()));
    Ok(Json(LetterFiguresView {
        division: DivisionRef::of(tree, *division),
        path: DivisionRef::path(tree, &caller.scope, *division),
        from: checked.window.from.to_string(),
        to: checked.window.to.to_string(),
        feed: checked.feed,
        total: told.total.into(),
        parts,
    }))
}
