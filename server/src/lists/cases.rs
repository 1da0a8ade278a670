//! Cases 核对事项: opened by decisions beside what they accepted or held, settled by a reviewer with how, lapsed by
//! themselves when their ground is gone.

use std::collections::BTreeSet;

use bianfang_domain::actor::Actor;
use bianfang_domain::decision::Case;
use bianfang_domain::document::text_in;
use bianfang_domain::id::RecordId;
use serde::{Deserialize, Serialize};
use sqlx::AnyConnection;
use uuid::Uuid;

use super::named::{Named, RecordNames};
use crate::ServerError;
use crate::county::tree::Tree;
use crate::db::page::Mark;
use crate::db::sql::Statement;

/// Where a case stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum CaseState {
    /// 待核对
    #[default]
    Open,
    /// 已了结
    Settled,
    /// 已自行消除
    Lapsed,
}

impl CaseState {
    fn code(self) -> &'static str {
        match self {
            Self::Open => "OPEN",
            Self::Settled => "SETTLED",
            Self::Lapsed => "LAPSED",
        }
    }
}

/// One case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct CaseItem {
    /// The case.
    pub id: Uuid,
    /// MERGE | STOCK | DOUBLE | DEATH | CONFLICT | GROUND
    pub case: String,
    /// OPEN | SETTLED | LAPSED
    pub state: String,
    /// How much there is to it. Whoever settles it gives this as `seen`: what comes meanwhile leaves it open.
    pub weight: u64,
    /// How it was settled.
    pub how: Option<String>,
    /// When it was opened, UTC milliseconds.
    pub opened_ms: i64,
    /// The base of the change that settles it.
    pub revision: u64,
    /// Whom or what it is about.
    pub subjects: Vec<Named>,
    /// The facts that raised it.
    pub facts: Vec<Named>,
}

/// One page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct CasePage {
    /// Newest change first.
    pub rows: Vec<CaseItem>,
    /// Pass it as `after` for the next page; none at the end.
    pub next: Option<String>,
}

/// Cases of a state in these divisions. Who is of no division of the caller's is not named, though the case is: that a number
/// is two people's is for who sees both to settle.
///
/// # Errors
/// [`ServerError::Database`], [`ServerError::Row`].
pub async fn page(
    conn: &mut AnyConnection,
    county: &str,
    (caller, tree): (&Actor, &Tree),
    (state, divisions): (CaseState, &[RecordId]),
    after: Option<&Mark<u64>>,
) -> Result<CasePage, ServerError> {
    let chosen = |statement: Statement| match state {
        CaseState::Lapsed => statement
            .then(" and kind = 'case' and id not in (select owner from case_item where county = ")
            .bind(county)
            .then(")"),
        CaseState::Open | CaseState::Settled => statement
            .then(" and kind = 'case' and id in (select owner from case_item where county = ")
            .bind(county)
            .then(" and state = ")
            .bind(state.code())
            .then(")"),
    };
    let (records, next) = super::by_change::page(conn, county, chosen, divisions, after).await?;
    let read: Vec<_> = records.into_iter().filter_map(|record| Some((Case::read(&record.doc)?, record))).collect();
    let about: BTreeSet<RecordId> =
        read.iter().flat_map(|(case, _)| case.subjects.iter().chain(&case.facts).copied()).collect();
    let names = RecordNames::within(conn, county, &tree.below(&caller.scope), about).await?;
    let rows = read.into_iter().map(|(case, record)| CaseItem {
        id: record.id.0,
        case: text_in(&record.doc, "case").unwrap_or_default().to_owned(),
        state: text_in(&record.doc, "state").unwrap_or_default().to_owned(),
        weight: record.value("weight").as_u64().unwrap_or_default(),
        how: text_in(&record.doc, "how").map(str::to_owned),
        opened_ms: record.meta.origin.written.ms,
        revision: record.revision,
        subjects: case.subjects.iter().map(|id| names.of(tree, *id)).collect(),
        facts: case.facts.iter().map(|id| names.of(tree, *id)).collect(),
    });
    Ok(CasePage { rows: rows.collect(), next })
}
