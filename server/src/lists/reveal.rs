//! A protected value of a person (id number, day of birth, telephone numbers, restricted tags, measures of a key contact), one at a time,
//! with the reason in the audit log before it is told. Pages show masks alone, whatever the role.

use bianfang_domain::actor::{Actor, Right};
use bianfang_domain::document::text_in;
use bianfang_domain::id::RecordId;
use bianfang_domain::kind;
use bianfang_domain::record::Record;
use serde_json::json;

use crate::ServerError;
use crate::county::Desk;
use crate::feed;
use crate::records::read;

/// The right that a field needs; None for what is no secret of a person.
#[must_use]
pub fn right(field: &str) -> Option<Right> {
    // A birth is kept open, for ages and matching read it; it shows to the month (`bianfang_domain::shown`).
    let month = (field == "birth").then_some(Right::Reveal);
    kind::by_name("person").and_then(|kind| kind::field(kind, field).sealed).or(month)
}

/// The birth as it stands, and then those that wait beside it for somebody to choose: on a page two days of one month look the
/// same.
fn births(person: &Record) -> Option<String> {
    let beside = person.meta.beside.iter().filter(|beside| beside.field == "birth");
    let others = beside.filter_map(|beside| beside.value.as_str());
    let all: Vec<&str> = text_in(&person.doc, "birth").into_iter().chain(others).collect();
    Some(all.join("；")).filter(|text| !text.is_empty())
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
    let full = match field {
        "birth" => births(&record),
        _ => desk.sealer().open(&record, field),
    };
    let Some(full) = full else { return Ok(None) };
    let detail = json!({ "person": id, "field": field, "reason": reason });
    write.audit(&caller.account.to_string(), "REVEAL", &detail).await?;
    write.commit().await?;
    Ok(Some(full))
}
