//! One merit letter: what it says, its steps, and who should deliver it.

use bianfang_domain::actor::Actor;
use bianfang_domain::document::{Document, text_in};
use bianfang_domain::id::RecordId;
use bianfang_domain::kind::letter::LEVELS;
use serde::Serialize;

use super::letters::{self, LetterRow};
use super::offers;
use super::steps::{self, StepEntry};
use crate::ServerError;
use crate::feed;
use crate::feed::tree::Tree;
use crate::queue::holding::{self, HeldItem};
use crate::write::Desk;

/// Who should deliver a level of merit. Another deliverer is a warning, never more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Deliverer {
    /// PROVINCE | CITY | COUNTY | TOWNSHIP: the lowest that should.
    pub level: String,
    /// Together with the 人武部.
    pub with_pafd: bool,
}

/// 立功喜报
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct LetterView {
    /// As the list has it.
    pub row: LetterRow,
    /// The base of the next change.
    pub revision: u64,
    /// What it says, protected parts masked.
    #[schema(value_type = Object)]
    pub fields: Document,
    /// By the rule of its level.
    pub should: Option<Deliverer>,
    /// REGISTERED, DELIVERED …: the steps the caller may record now.
    pub may: Vec<String>,
    /// Oldest first.
    pub steps: Vec<StepEntry>,
    /// Values that wait beside a field.
    pub waiting: Vec<HeldItem>,
}

/// The letter in the caller's divisions; None where there is none for this caller.
///
/// # Errors
/// [`ServerError::Database`], [`ServerError::Row`].
pub async fn view(desk: Desk<'_>, caller: &Actor, id: RecordId) -> Result<Option<LetterView>, ServerError> {
    let Some(letter) = feed::masked(desk, caller, id).await?.filter(|record| record.kind == "letter") else {
        return Ok(None);
    };
    let conn = &mut *desk.db.pool().acquire().await?;
    let tree = Tree::load(conn, desk.county).await?;
    let Some(row) = letters::one(conn, desk.county, &tree, id).await? else { return Ok(None) };
    let level = text_in(&letter.doc, "level").and_then(|code| LEVELS.iter().find(|level| level.code == code));
    let removed = text_in(&letter.doc, "removed").is_some();
    Ok(Some(LetterView {
        revision: letter.revision,
        should: level.map(|level| Deliverer { level: level.by.to_owned(), with_pafd: level.with_pafd }),
        may: if removed { Vec::new() } else { offers::letter(&row.state, caller.role) },
        steps: steps::of(conn, desk.county, (id, "letter_step")).await?,
        waiting: holding::of(desk, conn, &tree, &letter).await?,
        fields: letter.doc,
        row,
    }))
}
