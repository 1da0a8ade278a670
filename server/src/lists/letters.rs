//! The register of merit letters: by state, page by page.

use bianfang_domain::actor::Role;
use bianfang_domain::id::RecordId;
use serde::Serialize;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};
use uuid::Uuid;

use super::counted;
use super::offers;
use super::paging::{self, Search};
use super::plaques::{StateCount, day_in, id_in};
use crate::ServerError;
use crate::county::DivisionRef;
use crate::county::tree::Tree;
use crate::db::row;
use crate::db::sql::Statement;

/// One letter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct LetterRow {
    /// The letter.
    pub id: Uuid,
    /// 军人姓名
    pub soldier: String,
    /// 通知书编号
    pub notice_no: Option<String>,
    /// BAYI | TITLE | FIRST | …
    pub level: Option<String>,
    /// Where it is to be delivered.
    pub division: Option<DivisionRef>,
    /// RECEIVED | … | DELIVERED | TRANSFERRED | UNDELIVERABLE
    pub state: String,
    /// As `2026-01-31`.
    pub received_on: Option<String>,
    /// As `2026-01-31`.
    pub delivered_on: Option<String>,
    /// LOWER_LEVEL, WITHOUT_PAFD: who delivered is unusual.
    pub warnings: Vec<String>,
    /// 奖励金, fen, of the delivery that counts.
    pub award_fen: Option<i64>,
    /// 慰问品价值, fen.
    pub goods_fen: Option<i64>,
    /// REGISTERED, DELIVERED …: the steps the caller may record now.
    pub may: Vec<String>,
}

/// One page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct LetterPage {
    /// At most fifty.
    pub rows: Vec<LetterRow>,
    /// Pass it as `after` for the next page; none at the end.
    pub next: Option<String>,
}

const SELECT: &str = "select owner, soldier, soldier_key as page_key, notice_no, level, division, state, received_on, \
     delivered_on, warnings, award_fen, goods_fen, counts from letter where county = ";

/// Letters by the soldier's name, of one level or all; those entered in error are not among them.
///
/// # Errors
/// [`ServerError::Database`], [`ServerError::Row`].
pub async fn page(
    conn: &mut AnyConnection,
    county: &str,
    (tree, role): (&Tree, Role),
    (search, level): (Search<'_>, Option<&str>),
) -> Result<LetterPage, ServerError> {
    let like = search.like();
    let mut ask = paging::begin()
        .then(SELECT)
        .bind(county)
        .then(" and counts = 1 and division in ")
        .list(search.divisions.iter().copied());
    if let Some(state) = search.state {
        ask = ask.then(" and state = ").bind(state);
    }
    if let Some(level) = level {
        ask = ask.then(" and level = ").bind(level);
    }
    if !search.plain().is_empty() {
        ask = ask
            .then(" and (soldier like ")
            .bind(&like)
            .then(" escape '!' or replace(soldier_key, ' ', '') like ")
            .bind(&like)
            .then(" escape '!' or lower(notice_no) like ")
            .bind(&like)
            .then(" escape '!')");
    }
    let (rows, next) = paging::rows(ask, search.after, conn).await?;
    let rows = rows.iter().map(|found| read((tree, role), found)).collect::<Result<_, ServerError>>()?;
    Ok(LetterPage { rows, next })
}

/// One letter's row, also of one that was entered in error.
///
/// # Errors
/// [`ServerError::Database`], [`ServerError::Row`].
pub async fn one(
    conn: &mut AnyConnection,
    county: &str,
    (tree, role): (&Tree, Role),
    letter: RecordId,
) -> Result<Option<LetterRow>, ServerError> {
    let found = Statement::new(SELECT).bind(county).then(" and owner = ").bind(letter).first(conn).await?;
    found.as_ref().map(|found| read((tree, role), found)).transpose()
}

/// Letters by state.
///
/// # Errors
/// [`ServerError::Database`].
pub async fn counts(
    conn: &mut AnyConnection,
    county: &str,
    divisions: Vec<RecordId>,
) -> Result<Vec<StateCount>, ServerError> {
    let ask = Statement::new("select state, cast(count(*) as bigint) as n from letter where counts = 1 and county = ");
    counted::read(ask.bind(county).then(" and division in ").list(divisions), conn).await
}

fn read((tree, role): (&Tree, Role), found: &AnyRow) -> Result<LetterRow, ServerError> {
    let warnings: Option<String> = found.try_get("warnings")?;
    let state: String = found.try_get("state")?;
    // Nothing is done with what was entered in error.
    let stands = found.try_get::<i64, _>("counts")? != 0;
    Ok(LetterRow {
        id: row::parse(found, "letter", "owner", "")?,
        soldier: found.try_get("soldier")?,
        notice_no: found.try_get("notice_no")?,
        level: found.try_get("level")?,
        division: id_in(found, "division")?.map(|id: RecordId| DivisionRef::of(tree, id)),
        may: if stands { offers::letter(&state, role) } else { Vec::new() },
        state,
        received_on: day_in(found, "received_on")?,
        delivered_on: day_in(found, "delivered_on")?,
        warnings: warnings.unwrap_or_default().split_whitespace().map(str::to_owned).collect(),
        award_fen: found.try_get("award_fen")?,
        goods_fen: found.try_get("goods_fen")?,
    })
}
