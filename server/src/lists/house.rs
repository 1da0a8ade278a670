//! A person's household as the page shows it: address, members, plaque.

use bianfang_domain::actor::Actor;
use bianfang_domain::document::text_in;
use bianfang_domain::id::RecordId;
use bianfang_domain::record::Record;
use bianfang_domain::time::Day;
use serde::Serialize;
use sqlx::{AnyConnection, Row};
use uuid::Uuid;

use crate::ServerError;
use crate::db::row;
use crate::db::sql::Statement;
use crate::records::scope;

/// 户
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct House {
    /// The household.
    pub id: Uuid,
    /// 住址
    pub address: Option<String>,
    /// Those of it whom the caller sees, by name; who counts under another record is named there.
    pub members: Vec<Member>,
    /// How many more belong to it, who live and are registered in nobody's divisions but others'.
    pub elsewhere: usize,
}

/// Somebody of a household.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Member {
    /// The person.
    pub id: Uuid,
    /// 姓名
    pub name: String,
}

/// 光荣牌
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct HousePlaque {
    /// PENDING | HUNG | …
    pub state: String,
    /// GATE | INDOOR while it hangs.
    pub position: Option<String>,
    /// Since when, as `2026-01-31`.
    pub hung_on: Option<String>,
}

/// The household with those of its members whom the caller sees; of the others how many they are, not who.
///
/// # Errors
/// [`ServerError::Database`], [`ServerError::Row`].
pub async fn house(
    conn: &mut AnyConnection,
    (county, caller): (&str, &Actor),
    record: &Record,
) -> Result<House, ServerError> {
    let rows = Statement::new("select owner, name from person where county = ")
        .bind(county)
        .then(" and household = ")
        .bind(record.id)
        .then(" and counts_as is null order by name_key, owner")
        .all(conn)
        .await?;
    let member = |found: &sqlx::any::AnyRow| {
        Ok(Member { id: row::parse(found, "person", "owner", "")?, name: found.try_get("name")? })
    };
    let all: Vec<Member> = rows.iter().map(member).collect::<Result<_, ServerError>>()?;
    let ids: Vec<RecordId> = all.iter().map(|member| RecordId(member.id)).collect();
    let seen = scope::seen(conn, county, caller, &ids).await?;
    let everybody = all.len();
    let members: Vec<Member> = all.into_iter().filter(|member| seen.contains(&RecordId(member.id))).collect();
    Ok(House {
        id: record.id.0,
        address: text_in(&record.doc, "address").map(str::to_owned),
        elsewhere: everybody - members.len(),
        members,
    })
}

/// The plaque of a household; None where nothing was recorded of it.
///
/// # Errors
/// [`ServerError::Database`].
pub async fn plaque(
    conn: &mut AnyConnection,
    county: &str,
    household: RecordId,
) -> Result<Option<HousePlaque>, ServerError> {
    let found = Statement::new("select state, position, hung_on from plaque where county = ")
        .bind(county)
        .then(" and owner = ")
        .bind(household)
        .first(conn)
        .await?;
    let Some(found) = found else { return Ok(None) };
    let hung_on: Option<i64> = found.try_get("hung_on")?;
    Ok(Some(HousePlaque {
        state: found.try_get("state")?,
        position: found.try_get("position")?,
        hung_on: hung_on.and_then(|day| i32::try_from(day).ok()).map(|day| Day(day).to_string()),
    }))
}
