//! `GET /api/v1/letters/figures`: what was delivered in a window, by division and level (S10, S17).

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Json;
use axum::extract::{Query, State};
use bianfang_domain::coverage::Filter;
use bianfang_domain::kind::letter::figures::LetterFigures;
use serde::{Deserialize, Serialize};

use crate::app::App;
use crate::auth::caller::Caller;
use crate::county::DivisionRef;
use crate::http::place::{OnePlace, OnePlaceQuery};
use crate::http::problem::HttpError;
use crate::http::question::ask;
use crate::report::letters;

/// When.
#[derive(Debug, Clone, Deserialize, utoipa::IntoParams)]
pub struct Asked {
    /// First day, `2026-01-01`; else of this year.
    pub from: Option<String>,
    /// Last day; else of this year.
    pub to: Option<String>,
    /// A past feed number: the figures as they were then.
    pub as_of: Option<u64>,
    /// By the borders of this day; else of the window's last.
    pub tree_on: Option<String>,
}

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
#[utoipa::path(get, path = "/api/v1/letters/figures", params(OnePlaceQuery, Asked), responses(
    (status = 200, body = LetterFiguresView),
    (status = 400, description = "query"),
    (status = 404, description = "not-found")
))]
pub async fn get(
    State(app): State<Arc<App>>,
    caller: Caller,
    place: OnePlace,
    Query(asked): Query<Asked>,
) -> Result<Json<LetterFiguresView>, HttpError> {
    let asked_of = (place, asked.from.as_deref(), asked.to.as_deref());
    let (mut checked, mut conn) = ask(&app, &caller, asked_of, asked.as_of, Filter::default()).await?;
    checked.by_borders_of(asked.tree_on.as_deref())?;
    let under = checked.question(&caller.county).under(&mut conn).await?;
    let told = letters::figures(&mut conn, &caller.county, checked.window, &under).await?;
    let OnePlace { tree, division, .. } = &checked.place;
    let part =
        |(id, figures)| LetterPart { division: DivisionRef::of(tree, id), figures: DeliveredView::from(figures) };
    let mut parts: Vec<LetterPart> = told.parts.into_iter().map(part).collect();
    let own = division.0;
    parts.sort_by_cached_key(|part| {
        (part.division.id == own, bianfang_domain::name::sort_key(&part.division.name), part.division.id)
    });
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
