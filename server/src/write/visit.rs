//! A visit is corrected at a desk, or moved to the person it was paid to, with what hangs on it: planned from how things
//! stand inside the county's lock. Which records that are, the domain says.

use bianfang_domain::actor::Actor;
use bianfang_domain::id::RecordId;
use bianfang_domain::op::Act;
use bianfang_domain::reason::Reason;
use bianfang_domain::record::Record;
use bianfang_domain::visit::{self, Correction};
use bianfang_protocol::push::Answer;
use serde::{Deserialize, Serialize};
use sqlx::AnyConnection;
use uuid::Uuid;

use super::ActError;
use super::online::{self, Begun, Wish};
use crate::ServerError;
use crate::county::Desk;
use crate::db::row;
use crate::db::sql::Statement;
use crate::records::read::get_many;
use crate::records::scope::seen;

/// What the desk does to a visit. The reason stays with it.
#[derive(Debug, Clone, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(tag = "act", rename_all = "snake_case")]
pub enum VisitAct {
    /// 改到另一人: everything said of one is said of the other.
    Retarget {
        /// Whom it names.
        from: Uuid,
        /// Whom it was paid to.
        to: Uuid,
        /// How the mistake was found.
        reason: String,
    },
    /// 更正: what differs is set.
    Correct {
        /// Whose part in it.
        person: Uuid,
        /// MET, NOT_HOME …: of this person alone.
        #[serde(default)]
        result: Option<String>,
        /// HOME, PHONE …
        #[serde(default)]
        method: Option<String>,
        /// ROUND, HOLIDAY …
        #[serde(default)]
        work_types: Option<Vec<String>>,
        /// 生产生活情况; blank takes it away.
        #[serde(default)]
        situation: Option<String>,
        /// How it was found out.
        reason: String,
    },
}

/// Does it. The answers are those of its ops, the visit's first; none where nothing differs. Nothing is written where one of
/// them is a refusal.
///
/// # Errors
/// [`ActError`].
pub async fn write(
    desk: Desk<'_>,
    caller: &Actor,
    (id, base): (RecordId, u64),
    (key, act): (&str, &VisitAct),
) -> Result<Vec<Answer>, ActError> {
    let asked = serde_json::to_string(&(id, base, act)).map_err(ServerError::from)?;
    let mut write = match online::begin(desk, caller, (key, &asked)).await? {
        Begun::Repeated(answers) => return Ok(answers),
        Begun::Open(write) => write,
    };
    let contact = one(write.conn(), desk.county, caller, (id, "contact")).await?;
    let (wish, plain) =
        (|kind: &str, target, act, base| Wish { key: key.to_owned(), kind: kind.to_owned(), target, act, base }, base);
    let wishes = match act {
        VisitAct::Retarget { from, to, reason } => {
            let (from, to) = (RecordId(*from), RecordId(*to));
            one(write.conn(), desk.county, caller, (to, "person")).await?;
            let wrong = ActError::Ruled(Reason::Malformed, "from");
            let Some(ids) = visit::people_after(&contact, from, to) else { return Err(wrong) };
            let people = get_many(write.conn(), desk.county, ids).await?;
            let events = naming(write.conn(), desk.county, contact.id).await?;
            let beside: Vec<&Record> = events.iter().collect();
            let Some(steps) = visit::moved(&contact, (from, to), &people, &beside, reason.trim()) else {
                return Err(wrong);
            };
            let revision =
                |target| events.iter().find(|event| event.id == target).map_or(plain, |event| event.revision);
            steps.into_iter().map(|step| wish(step.kind, step.target, step.act, revision(step.target))).collect()
        }
        VisitAct::Correct { person, result, method, work_types, situation, reason } => {
            let (result, method) = (result.clone(), method.clone());
            let correction =
                Correction { result, method, work_types: work_types.clone(), situation: situation.clone() };
            let set = visit::corrected(&contact, RecordId(*person), &correction);
            let set = set.ok_or(ActError::Ruled(Reason::Malformed, "person"))?;
            let act = Act::Amend { sealed: Default::default(), reason: reason.trim().to_owned(), set: set.clone() };
            if set.is_empty() { Vec::new() } else { vec![wish("contact", id, act, base)] }
        }
    };
    Ok(online::finish(write, desk, caller, (key, &asked), &wishes).await?)
}

/// What names a visit: what came of it is among it.
async fn naming(conn: &mut AnyConnection, county: &str, contact: RecordId) -> Result<Vec<Record>, ServerError> {
    let ask = Statement::new("select fact from record_subject where county = ").bind(county);
    let found = ask.then(" and subject = ").bind(contact).all(conn).await?;
    let ids = found.iter().map(|found| row::parse(found, "record_subject", "fact", ""));
    get_many(conn, county, ids.collect::<Result<Vec<RecordId>, _>>()?).await
}

/// A record of a kind in the caller's divisions.
async fn one(
    conn: &mut AnyConnection,
    county: &str,
    caller: &Actor,
    (id, kind): (RecordId, &str),
) -> Result<Record, ActError> {
    let ids = seen(conn, county, caller, &[id]).await?;
    let found = get_many(conn, county, ids).await?.pop();
    found.filter(|record| record.kind == kind).ok_or(ActError::Unknown)
}
