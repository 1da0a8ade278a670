//! Who is one person under several records (SAME_AS): all records of a chain, and which of them counts.

use std::collections::BTreeSet;

use bianfang_domain::id::RecordId;
use bianfang_domain::same::{Kept, canonical};
use sqlx::{AnyConnection, Row};

use crate::ServerError;
use crate::db::row;
use crate::db::sql::{Statement, number};

/// A chain of records of one person.
#[derive(Debug, Clone, Default)]
pub struct Chain {
    /// Every record of it, the asked one too.
    pub members: BTreeSet<RecordId>,
    /// One step each.
    pub kept: Kept,
    /// The facts that say so, for undoing them.
    pub facts: Vec<Merger>,
}

/// A fact that says two records are one person.
#[derive(Debug, Clone, Copy)]
pub struct Merger {
    /// The fact.
    pub id: RecordId,
    /// Its revision.
    pub revision: u64,
    /// The record that does not count by it.
    pub duplicate: RecordId,
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
        let rows = Statement::new(
            "select s.owner as owner, s.person as person, s.kept as kept, r.feed as feed from same_as s \
             join record r on r.county = s.county and r.id = s.owner where s.county = ",
        )
        .bind(county)
        .then(" and (s.person in ")
        .list(fresh.iter().copied())
        .then(" or s.kept in ")
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
                chain.facts.push(Merger {
                    id: row::parse(found, "same_as", "owner", &fact)?,
                    revision: number(found.try_get("feed")?),
                    duplicate: one,
                });
            }
            fresh.extend([one, kept].into_iter().filter(|id| chain.members.insert(*id)));
        }
    }
    Ok(chain)
}
