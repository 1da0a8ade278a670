//! Who may be the same person under another record: what a reviewer looks through before taking somebody found at the door
//! into the register. A list to look at and nothing more: nobody is merged by it.

use std::collections::BTreeSet;

use bianfang_domain::actor::{Actor, Right};
use bianfang_domain::document::text_in;
use bianfang_domain::id::RecordId;
use bianfang_domain::kind;
use bianfang_domain::record::Record;
use bianfang_domain::time::Day;
use serde::Serialize;
use sqlx::AnyConnection;

use super::people::{self, PersonRow};
use super::same;
use crate::ServerError;
use crate::county::Desk;
use crate::county::tree::Tree;
use crate::db::row;
use crate::db::sql::Statement;
use crate::feed;

/// More are no help to who compares by eye.
const MOST: i64 = 20;

/// Somebody who may be the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Alike {
    /// The other record.
    #[serde(flatten)]
    pub person: PersonRow,
    /// CASE | NUMBER | BIRTH | VILLAGE: an open case names both, the masked numbers are the same and no birth speaks against
    /// it, name and month of birth are (the day would be found out by trying days), name and village are.
    pub why: Vec<&'static str>,
}

/// Those of the caller's divisions, the likeliest first; None where there is no such person for this caller.
///
/// # Errors
/// [`ServerError::Database`], [`ServerError::Row`].
pub async fn of(desk: Desk<'_>, caller: &Actor, id: RecordId) -> Result<Option<Vec<Alike>>, ServerError> {
    let Some(person) = feed::masked(desk, caller, id).await?.filter(|record| record.kind == "person") else {
        return Ok(None);
    };
    let conn = &mut *desk.db.pool().acquire().await?;
    let tree = Tree::load(conn, desk.county).await?;
    // A case is a reviewer's, and says that a number is another's.
    let reviewer = caller.role.may(Right::Reveal);
    let cases = if reviewer { in_cases(conn, desk.county, id).await? } else { BTreeSet::new() };
    let one = same::chain(conn, desk.county, id).await?.members;
    let name = text_in(&person.doc, "name").unwrap_or_default();
    let village = kind::responsible_on(&person, Day::MAX).map(|id| id.to_string()).unwrap_or_default();
    let (number, birth) = (number(&person), text_in(&person.doc, "birth").unwrap_or_default());
    let rows = people::select(Statement::new(""), desk.county)
        .then(" and p.division in ")
        .list(tree.below(&caller.scope))
        .then(" and (p.owner in ")
        .list(cases.iter().copied())
        .then(" or (p.name = ")
        .bind(name)
        .then(" and (p.division = ")
        .bind(&village)
        .then(" or (substr(p.birth, 1, 7) = ")
        .bind(birth)
        .then(" and p.birth <> ''))) or (p.id_masked = ")
        .bind(number)
        .then(" and p.id_masked <> '' and (coalesce(substr(p.birth, 1, 7), '') in ('', ")
        .bind(birth)
        .then(") or ")
        .bind(birth)
        .then(" = '')) ");
    // With whom a number waits because it is another's: it shows to the others as if it stood.
    let rows = if reviewer { rows } else { rows.then(" or p.id_state = 'SUSPECT'") };
    let rows = rows.then(") order by p.name_key, p.owner limit ").bind(MOST).all(conn).await?;
    let mut read = rows.iter().map(|found| people::read(found, &tree)).collect::<Result<Vec<PersonRow>, _>>()?;
    people::as_seen(desk, conn, caller, &mut read).await?;
    let why = |other: &PersonRow| {
        let named = other.name == name;
        let there = |value: &Option<String>, own: &str| !own.is_empty() && value.as_deref() == Some(own);
        let none = |value: &Option<String>| value.as_deref().is_none_or(str::is_empty);
        let all = [
            ("CASE", cases.contains(&RecordId(other.id))),
            (
                "NUMBER",
                there(&other.id_masked, number)
                    && (birth.is_empty() || there(&other.birth, birth) || none(&other.birth)),
            ),
            ("BIRTH", named && there(&other.birth, birth)),
            ("VILLAGE", named && other.division.as_ref().is_some_and(|place| place.id.to_string() == village)),
        ];
        all.into_iter().filter(|(_, is)| *is).map(|(code, _)| code).collect()
    };
    let others = read.into_iter().filter(|other| !one.contains(&RecordId(other.id)));
    let alike = others.map(|person| Alike { why: why(&person), person });
    let mut alike: Vec<Alike> = alike.filter(|other| !other.why.is_empty()).collect();
    alike.sort_by_key(|other| std::cmp::Reverse((other.why.contains(&"CASE"), other.why.len())));
    Ok(Some(alike))
}

/// The number as it may be seen, also one that waits beside because another has it.
fn number(person: &Record) -> &str {
    let beside = person.meta.beside.iter().filter(|other| other.field == "id_number");
    text_in(&person.doc, "id_number")
        .or_else(|| beside.filter_map(|other| other.value.as_str()).next_back())
        .unwrap_or_default()
}

/// The other persons of open cases about this one.
async fn in_cases(conn: &mut AnyConnection, county: &str, id: RecordId) -> Result<BTreeSet<RecordId>, ServerError> {
    let rows = Statement::new(
        "select s.subject as subject from record_subject s join case_item c on c.county = s.county and c.owner = s.fact \
         join record_subject o on o.county = s.county and o.fact = s.fact where c.kind = 'MERGE' and c.state = 'OPEN' \
         and s.county = ",
    )
    .bind(county)
    .then(" and o.subject = ")
    .bind(id)
    .then(" and s.subject <> ")
    .bind(id)
    .all(conn)
    .await?;
    rows.iter().map(|found| row::parse(found, "record_subject", "subject", "")).collect()
}
