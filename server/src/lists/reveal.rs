//! A protected value of a person (id number, telephone numbers, restricted tags, measures of a key contact), one at a time,
//! with the reason in the audit log before it is told. Pages show masks alone, whatever the role.

use bianfang_domain::actor::{Actor, Right};
use bianfang_domain::id::RecordId;
use bianfang_domain::kind;
use serde_json::json;

use crate::ServerError;
use crate::county::Desk;
use crate::feed;
use crate::records::read;

/// The right that a field needs; None for what is no secret of a person.
#[must_use]
pub fn right(field: &str) -> Option<Right> {
    kind::by_name("person").and_then(|kind| kind::field(kind, field).sealed)
}

/// The full value of a protected field; None where the person is not there for this caller, or has none.
///
/// # Errors
/// [`ServerError::Database`], [`ServerError::Row`].
pub async fn value(
    desk: Desk<'_>,
    caller: &Actor,
    (id, field): (RecordId, &str),
    reason: &str,
) -> Result<Option<String>, ServerError> {
    if right(field).is_none_or(|right| !caller.role.may(right)) {
        return Ok(None);
    }
    if feed::masked(desk, caller, id).await?.is_none_or(|record| record.kind != "person") {
        return Ok(None);
    }
    let mut write = desk.db.begin(desk.county, desk.now_ms).await?;
    let Some(record) = read::get(write.conn(), desk.county, id).await? else { return Ok(None) };
    let Some(full) = desk.sealer().open(&record, field) else { return Ok(None) };
    let detail = json!({ "person": id, "field": field, "reason": reason });
    write.audit(&caller.account.to_string(), "REVEAL", &detail).await?;
    write.commit().await?;
    Ok(Some(full))
}
