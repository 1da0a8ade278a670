//! One household's plaque: its row, what the caller may do with it and what that asks for, its records, its requests.

use bianfang_domain::actor::Actor;
use bianfang_domain::id::RecordId;
use bianfang_domain::kind::PlaqueEvent;
use bianfang_domain::kind::plaque::offer::Offer;
use bianfang_domain::time::Day;
use bianfang_domain::world::World;
use serde::Serialize;

use super::plaques::{self, PlaqueRow, RequestRow, Requests};
use super::steps::{self, StepEntry};
use crate::ServerError;
use crate::county::Desk;
use crate::county::tree::Tree;
use crate::feed;
use crate::records::load::Loaded;

/// An act that would count, and what its form asks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct PlaqueOffer {
    /// ISSUE, NEW …
    #[schema(value_type = String)]
    pub act: bianfang_domain::kind::PlaqueAct,
    /// Position, hanger, and signature or the reason why not.
    pub hangs: bool,
    /// One leaves the store: the lot may be named.
    pub takes_new: bool,
    /// The county's document.
    pub document: bool,
    /// The old plaque, or the county's exception.
    pub old_plaque: bool,
    /// It counts only with the county's exception: why, 中文.
    pub against: Option<&'static str>,
}

impl From<Offer> for PlaqueOffer {
    fn from(offer: Offer) -> Self {
        let Offer { act, hangs, takes_new, document, old_plaque, against } = offer;
        Self { act, hangs, takes_new, document, old_plaque, against: against.map(bianfang_domain::reason::Reason::zh) }
    }
}

/// 一户的光荣牌
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct PlaqueView {
    /// As the list has it.
    pub row: PlaqueRow,
    /// Why it was cancelled.
    pub cancelled_for: Option<String>,
    /// What the caller may record of it now.
    pub offers: Vec<PlaqueOffer>,
    /// Oldest first.
    pub events: Vec<StepEntry>,
    /// The longest waiting first.
    pub requests: Vec<RequestRow>,
}

/// The plaque of a household in the caller's divisions; None where there is none for this caller.
///
/// # Errors
/// [`ServerError::Database`], [`ServerError::Row`].
pub async fn view(desk: Desk<'_>, caller: &Actor, household: RecordId) -> Result<Option<PlaqueView>, ServerError> {
    if feed::masked(desk, caller, household).await?.is_none_or(|record| record.kind != "household") {
        return Ok(None);
    }
    let conn = &mut *desk.db.pool().acquire().await?;
    let tree = Tree::load(conn, desk.county).await?;
    let Some(row) = plaques::one(conn, desk.county, (&tree, caller.role), household).await? else { return Ok(None) };
    let mut loaded = Loaded::new(desk.county);
    let today = Day::of(desk.now_ms);
    let offers = |world: &World| PlaqueEvent::offers(household, world, caller.role, today);
    let (plaque, offers) = loaded.asked(conn, offers).await?;
    let divisions = tree.below(&caller.scope).into_iter().collect();
    let which = Requests { divisions, household: Some(household), ..Requests::default() };
    Ok(Some(PlaqueView {
        row,
        cancelled_for: plaque.cancelled_for,
        offers: offers.into_iter().map(PlaqueOffer::from).collect(),
        events: steps::of(conn, desk.county, (household, "plaque_event")).await?,
        requests: plaques::requests(conn, desk.county, (&tree, caller.role), which).await?,
    }))
}
