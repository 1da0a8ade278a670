//! Records as lists name them: whoever reads a case must see whom it is about without opening it.

use std::collections::{BTreeMap, BTreeSet};

use bianfang_domain::document::text_in;
use bianfang_domain::id::RecordId;
use bianfang_domain::mask;
use bianfang_domain::record::Record;
use serde::Serialize;
use sqlx::AnyConnection;
use uuid::Uuid;

use crate::ServerError;
use crate::county::DivisionRef;
use crate::county::tree::Tree;
use crate::records::{read, scope};

/// A record, named.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Named {
    /// The record.
    pub id: Uuid,
    /// person, household, contact … ; empty where it is not known here.
    pub kind: String,
    /// 姓名, 户主; of a fact the code of what was done.
    pub name: Option<String>,
    /// When it happened, UTC milliseconds; for facts.
    pub at_ms: Option<i64>,
    /// 身份证号 of a person, masked: what tells two of one name apart.
    pub id_masked: Option<String>,
    /// 住址 of a household.
    pub address: Option<String>,
    /// Where it lies.
    pub division: Option<DivisionRef>,
}

/// Records by id.
#[derive(Debug, Default)]
pub struct RecordNames(BTreeMap<RecordId, Record>);

impl RecordNames {
    /// Loads them: those that the caller may see, which who calls has looked at.
    ///
    /// # Errors
    /// [`ServerError::Database`], [`ServerError::Row`].
    pub async fn load(conn: &mut AnyConnection, county: &str, ids: BTreeSet<RecordId>) -> Result<Self, ServerError> {
        let records = read::get_many(conn, county, ids).await?;
        Ok(Self(records.into_iter().map(|record| (record.id, record)).collect()))
    }

    /// Loads those of them that lie in these divisions; the others are named like what is not known at all.
    ///
    /// # Errors
    /// [`ServerError::Database`], [`ServerError::Row`].
    pub async fn within(
        conn: &mut AnyConnection,
        county: &str,
        divisions: &BTreeSet<RecordId>,
        ids: BTreeSet<RecordId>,
    ) -> Result<Self, ServerError> {
        let ids: Vec<RecordId> = ids.into_iter().collect();
        let seen = scope::within(conn, county, divisions, &ids).await?;
        Self::load(conn, county, seen).await
    }

    /// One of them; without a name where the county does not know it.
    #[must_use]
    pub fn of(&self, tree: &Tree, id: RecordId) -> Named {
        self.0.get(&id).map_or_else(
            || Named {
                id: id.0,
                kind: String::new(),
                name: None,
                at_ms: None,
                id_masked: None,
                address: None,
                division: None,
            },
            |record| named(tree, record),
        )
    }
}

/// A record's name, from its open part.
#[must_use]
pub fn named(tree: &Tree, record: &Record) -> Named {
    let text = |field: &str| text_in(&record.doc, field).map(str::to_owned);
    let kind = bianfang_domain::kind::by_name(&record.kind);
    let is_fact = kind.is_some_and(|kind| kind.nature() == bianfang_domain::kind::Nature::Fact);
    let places = kind.map(|kind| kind.divisions(record)).unwrap_or_default();
    Named {
        id: record.id.0,
        kind: record.kind.clone(),
        name: ["name", "head_name", "called", "soldier", "event", "method", "case"]
            .iter()
            .find_map(|field| text(field)),
        at_ms: is_fact.then_some(record.meta.origin.happened.ms),
        id_masked: text("id_number").map(|number| mask::id_number(&number)),
        address: text("address"),
        division: places.first().map(|id| DivisionRef::of(tree, *id)),
    }
}
