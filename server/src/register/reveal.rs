//! A protected value of a person (id number, restricted tags, measures of a key contact), one at a time, with the reason in the audit log before it is told.

use bianfang_domain::actor::Actor;
use bianfang_domain::id::RecordId;
use serde_json::json;

use crate::ServerError;
use crate::feed;
use crate::write::Desk;
use crate::write::load::{RECORD, read};
use crate::write::sql::Statement;

/// What may be revealed.
pub const FIELDS: [&str; 3] = ["id_number", "restricted_tags", "key_measures"];

/// The full value of one of [`FIELDS`]; None where the person is not there for this caller, or has none.
///
/// # Errors
/// [`ServerError::Database`], [`ServerError::Row`].
pub async fn value(
    desk: Desk<'_>,
    caller: &Actor,
    (id, field): (RecordId, &str),
    reason: &str,
) -> Result<Option<String>, ServerError> {
    if !FIELDS.contains(&field) {
        return Ok(None);
    }
    if feed::get(desk, caller, id).await?.is_none_or(|record| record.kind != "person") {
        return Ok(None);
    }
    let mut write = desk.db.begin(desk.county, desk.now_ms).await?;
    let row = Statement::new(RECORD).then(" where county = ").bind(desk.county).then(" and id = ").bind(id);
    let Some(found) = row.first(write.conn()).await? else { return Ok(None) };
    let (record, _) = read(&found)?;
    let Some(full) = desk.sealer().open(&record, field) else { return Ok(None) };
    let detail = json!({ "person": id, "field": field, "reason": reason });
    write.audit(&caller.account.to_string(), "REVEAL", &detail).await?;
    write.commit().await?;
    Ok(Some(full))
}
