//! The county's words for codes, from its records of kind `code_table` over the shipped ones.

use std::collections::BTreeMap;

use bianfang_domain::codes::{self, Codes};
use bianfang_domain::id::RecordId;
use bianfang_domain::record::Record;
use sqlx::AnyConnection;

use crate::ServerError;
use crate::records::read;

/// The records of a county's tables, those that it changed.
///
/// # Errors
/// [`ServerError::Database`], [`ServerError::Row`].
pub async fn records(conn: &mut AnyConnection, county: &str) -> Result<BTreeMap<RecordId, Record>, ServerError> {
    let records = read::get_many(conn, county, codes::ids()).await?.into_iter();
    Ok(records.filter(|record| record.kind == "code_table").map(|record| (record.id, record)).collect())
}

/// The county's words.
///
/// # Errors
/// Those of [`records`].
pub async fn of(conn: &mut AnyConnection, county: &str) -> Result<Codes, ServerError> {
    let records = records(conn, county).await?;
    Ok(Codes::read(|id| records.get(&id)))
}
