//! Who is one person under several records (SAME_AS): all records of a chain, and which of them counts.

use std::collections::BTreeSet;

use bianfang_domain::id::RecordId;
use bianfang_domain::same::{Kept, canonical};
use sqlx::{AnyConnection, Row};

use crate::ServerError;
use crate::db::row;
use crate::write::sql::Statement;

/// A chain of records of one person.
#[derive(Debug, Clone, Default)]
pub struct Chain {
    /// Every record of it, the asked one too.
    pub members: BTreeSet<RecordId>,
    /// One step each.
    pub kept: Kept,
    /// Duplicate to the fact that says so, for undoing it.
    pub facts: Vec<(RecordId, RecordId)>,
}

impl Chain {
    /// The record that counts.
    #[must_use]
    pub fn canonical(&self, person: RecordId) -> RecordId {
        canonical(&self.kept, person)
    }
}

/// The chain of a record; itself alone where it was merged with none.
///
/// # Errors
/// [`ServerError::Database`], [`ServerError::Row`].
pub async fn chain(conn: &mut AnyConnection, county: &str, person: RecordId) -> Result<Chain, ServerError> {
    let mut chain = Chain { members: BTreeSet::from([person]), ..Chain::default() };
    let mut fresh = vec![person];
    while !fresh.is_empty() {
        let rows = Statement::new("select owner, person, kept from same_as where county = ")
            .bind(county)
            .then(" and (person in ")
            .list(fresh.iter().copied())
            .then(" or kept in ")
            .list(fresh.iter().copied())
            .then(")")
            .all(conn)
            .await?;
        fresh.clear();
        for found in &rows {
            let fact: String = found.try_get("owner")?;
            let one: RecordId = row::parse(found, "same_as", "person", &fact)?;
            let kept: RecordId = row::parse(found, "same_as", "kept", &fact)?;
            if chain.kept.insert(one, kept).is_none() {
                chain.facts.push((one, row::parse(found, "same_as", "owner", &fact)?));
            }
            fresh.extend([one, kept].into_iter().filter(|id| chain.members.insert(*id)));
        }
    }
    Ok(chain)
}
