//! What was done with a request or a letter, step by step, with who said so, what they wrote and whether it counts.

use bianfang_domain::document::Document;
use bianfang_domain::id::RecordId;
use bianfang_domain::op::Part;
use bianfang_domain::record::Record;
use serde::Serialize;
use sqlx::AnyConnection;
use uuid::Uuid;

use super::timeline::{self, Around, PhotoRef};
use crate::ServerError;

/// One step.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct StepEntry {
    /// Its record.
    pub id: Uuid,
    /// The base of the op that takes it back.
    pub revision: u64,
    /// Corrected, UTC milliseconds.
    pub at_ms: i64,
    /// The clock could not be trusted.
    pub doubtful: bool,
    /// Who recorded it.
    pub by: Option<String>,
    /// Waits: it does not count.
    pub held: bool,
    /// Why, 中文.
    pub zh: Option<String>,
    /// Withdrawn.
    pub void: bool,
    /// The reason of the withdrawal.
    pub void_reason: Option<String>,
    /// What was written, protected parts masked.
    #[schema(value_type = Object)]
    pub fields: Document,
    /// Evidence.
    pub photos: Vec<PhotoRef>,
}

/// The steps that speak of a record, oldest first.
///
/// # Errors
/// [`ServerError::Database`], [`ServerError::Row`].
pub async fn of(
    conn: &mut AnyConnection,
    county: &str,
    (subject, kind): (RecordId, &'static str),
) -> Result<Vec<StepEntry>, ServerError> {
    let mut facts = timeline::facts(conn, county, (subject, kind)).await?;
    facts.reverse();
    let around = Around::load(conn, county, &facts.iter().collect::<Vec<_>>()).await?;
    let entry = |fact: &Record| StepEntry {
        id: fact.id.0,
        revision: fact.revision,
        at_ms: fact.meta.origin.happened.ms,
        doubtful: fact.meta.origin.happened.doubtful,
        by: around.name(fact),
        held: fact.stands() && !fact.counts(&Part::Whole),
        zh: fact.meta.held.first().map(|(_, reason)| reason.zh().to_owned()),
        void: fact.meta.voided.is_some(),
        void_reason: fact.meta.voided.clone(),
        fields: fact.doc.clone(),
        photos: around.photos(fact.id),
    };
    Ok(facts.iter().map(entry).collect())
}
