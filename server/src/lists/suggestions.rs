//! What workers say of the work and the app 投诉建议, with what became of it. Each reader sees what goes to their divisions and
//! what they said themselves; whose an unnamed one is stands nowhere.

use bianfang_domain::actor::{Actor, Right};
use bianfang_domain::id::RecordId;
use bianfang_domain::record::Record;
use serde::Serialize;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};
use uuid::Uuid;

use super::counted;
use super::paging::{self, Search};
use super::plaques::{StateCount, day_in};
use super::steps::{self, StepEntry};
use super::timeline::Around;
use crate::ServerError;
use crate::county::Desk;
use crate::db::row;
use crate::db::sql::Statement;
use crate::feed;
use crate::records::read;

const KIND: &str = "suggestion";

/// 投诉建议
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct SuggestionRow {
    /// Its record.
    pub id: Uuid,
    /// COMPLAINT | SUGGESTION
    pub suggestion_type: String,
    /// 内容
    pub words: String,
    /// SUBMITTED | ANSWERED | RATED
    pub state: String,
    /// As `2026-01-31`.
    pub said_on: Option<String>,
    /// Who said it; none where it is unnamed.
    pub by: Option<String>,
}

/// One page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct SuggestionPage {
    /// At most fifty: what waits for an answer first, then the latest.
    pub rows: Vec<SuggestionRow>,
    /// Pass it as `after` for the next page; none at the end.
    pub next: Option<String>,
}

/// One of them.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct SuggestionView {
    /// As the list has it.
    pub row: SuggestionRow,
    /// Oldest first.
    pub steps: Vec<StepEntry>,
    /// Whether the caller answers it.
    pub may_answer: bool,
}

const SELECT: &str = "select owner, case state when 'SUBMITTED' then '0' else '1' end || cast(99999 - day as text) as page_key, \
     suggestion_type, words, state, day from suggestion where";

/// Those that lie in the search's divisions.
///
/// # Errors
/// [`ServerError::Database`], [`ServerError::Row`].
pub async fn page(conn: &mut AnyConnection, county: &str, search: Search<'_>) -> Result<SuggestionPage, ServerError> {
    let like = search.like();
    let mut ask = counted::lying(paging::begin().then(SELECT), county, KIND, &search.divisions);
    if let Some(state) = search.state {
        ask = ask.then(" and state = ").bind(state);
    }
    if !search.plain().is_empty() {
        ask = ask.then(" and lower(words) like ").bind(&like).then(" escape '!'");
    }
    let (found, next) = paging::rows(ask, search.after, conn).await?;
    Ok(SuggestionPage { rows: rows(conn, county, &found).await?, next })
}

/// How many are in each state.
///
/// # Errors
/// [`ServerError::Database`].
pub async fn counts(
    conn: &mut AnyConnection,
    county: &str,
    divisions: &[RecordId],
) -> Result<Vec<StateCount>, ServerError> {
    let ask = Statement::new("select state, cast(count(*) as bigint) as n from suggestion where");
    counted::read(counted::lying(ask, county, KIND, divisions), conn).await
}

/// One that its reader may see; None where there is none for them.
///
/// # Errors
/// [`ServerError::Database`], [`ServerError::Row`].
pub async fn view(desk: Desk<'_>, caller: &Actor, id: RecordId) -> Result<Option<SuggestionView>, ServerError> {
    if feed::masked(desk, caller, id).await?.is_none_or(|record| record.kind != KIND) {
        return Ok(None);
    }
    let conn = &mut *desk.db.pool().acquire().await?;
    let ask = Statement::new(SELECT).then(" county = ").bind(desk.county).then(" and owner = ").bind(id);
    let found = ask.all(conn).await?;
    let Some(row) = rows(conn, desk.county, &found).await?.pop() else { return Ok(None) };
    let steps = steps::of(conn, desk.county, (id, "suggestion_step")).await?;
    Ok(Some(SuggestionView { row, steps, may_answer: caller.role.may(Right::County) }))
}

async fn rows(conn: &mut AnyConnection, county: &str, found: &[AnyRow]) -> Result<Vec<SuggestionRow>, ServerError> {
    let owner = |found: &AnyRow| row::parse::<RecordId>(found, KIND, "owner", "");
    let ids = found.iter().map(owner).collect::<Result<Vec<_>, _>>()?;
    let records = read::get_many(conn, county, ids).await?;
    let around = Around::load(conn, county, &records.iter().collect::<Vec<_>>()).await?;
    let by = |id: RecordId| records.iter().find(|record: &&Record| record.id == id).and_then(|said| around.name(said));
    let row = |found: &AnyRow| -> Result<SuggestionRow, ServerError> {
        let text = |column: &str| found.try_get::<Option<String>, _>(column).map(Option::unwrap_or_default);
        let id = owner(found)?;
        Ok(SuggestionRow {
            id: id.0,
            suggestion_type: text("suggestion_type")?,
            words: text("words")?,
            state: text("state")?,
            said_on: day_in(found, "day")?,
            by: by(id),
        })
    };
    found.iter().map(row).collect()
}
