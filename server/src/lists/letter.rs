//! One merit letter: what it says, its steps, and who should deliver it.

use bianfang_domain::actor::Actor;
use bianfang_domain::document::{Document, id_in, text_in};
use bianfang_domain::id::RecordId;
use bianfang_domain::kind::letter::{LEVELS, notice};
use bianfang_domain::record::Record;
use serde::Serialize;
use sqlx::AnyConnection;

use super::letters::{self, LetterRow};
use super::steps::{self, StepEntry};
use super::timeline;
use crate::ServerError;
use crate::county::Desk;
use crate::county::tree::Tree;
use crate::feed;
use crate::lists::holding::{self, HeldItem};

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
    /// Oldest first.
    pub steps: Vec<StepEntry>,
    /// Others that stand with the same notice number: one of them was probably entered twice.
    pub twins: Vec<LetterRow>,
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
    let Some(row) = letters::one(conn, desk.county, (&tree, caller.role), id).await? else { return Ok(None) };
    let level = text_in(&letter.doc, "level").and_then(|code| LEVELS.iter().find(|level| level.code == code));
    Ok(Some(LetterView {
        revision: letter.revision,
        should: level.map(|level| Deliverer { level: level.by.to_owned(), with_pafd: level.with_pafd }),
        steps: steps::of(conn, desk.county, (id, "letter_step")).await?,
        twins: twins(conn, desk.county, (&tree, caller), &letter).await?,
        waiting: holding::of(desk, conn, (caller, &tree), &letter).await?,
        fields: letter.doc,
        row,
    }))
}

/// Those of the caller's divisions alone.
async fn twins(
    conn: &mut AnyConnection,
    county: &str,
    (tree, caller): (&Tree, &Actor),
    letter: &Record,
) -> Result<Vec<LetterRow>, ServerError> {
    let Some(number) = notice(&letter.doc) else { return Ok(Vec::new()) };
    let seen = tree.below(&caller.scope);
    let mut rows = Vec::new();
    for other in timeline::facts(conn, county, (number, "letter")).await? {
        let stands = other.id != letter.id && text_in(&other.doc, "removed").is_none();
        if stands && id_in(&other.doc, "division").is_some_and(|division| seen.contains(&division)) {
            rows.extend(letters::one(conn, county, (tree, caller.role), other.id).await?);
        }
    }
    Ok(rows)
}
