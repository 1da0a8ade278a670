//! A full id number, one person at a time, with the reason in the audit log before it is told.

use bianfang_domain::actor::Actor;
use bianfang_domain::id::RecordId;
use serde_json::json;

use crate::ServerError;
use crate::feed;
use crate::write::Desk;
use crate::write::load::{RECORD, read};
use crate::write::sql::Statement;

/// The id number; None where the person is not there for this caller, or has none.
///
/// # Errors
/// [`ServerError::Database`], [`ServerError::Row`].
pub async fn id_number(
    desk: Desk<'_>,
    caller: &Actor,
    id: RecordId,
    reason: &str,
) -> Result<Option<String>, ServerError> {
    if feed::get(desk, caller, id).await?.is_none_or(|record| record.kind != "person") {
        return Ok(None);
    }
    let mut write = desk.db.begin(desk.county, desk.now_ms).await?;
    let row = Statement::new(RECORD).then(" where county = ").bind(desk.county).then(" and id = ").bind(id);
    let Some(found) = row.first(write.conn()).await? else { return Ok(None) };
    let (record, _) = read(&found)?;
    let Some(number) = desk.sealer().open(&record, "id_number") else { return Ok(None) };
    let detail = json!({ "person": id, "field": "id_number", "reason": reason });
    write.audit(&caller.account.to_string(), "REVEAL", &detail).await?;
    write.commit().await?;
    Ok(Some(number))
}
