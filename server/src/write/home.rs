//! 迁移, 分户, 并户, 撤销 from a desk: several records in one write, planned from how things stand inside the county's lock. Which
//! records that are, the domain says.

use std::collections::BTreeSet;

use bianfang_domain::actor::Actor;
use bianfang_domain::document::{id_in, text_in};
use bianfang_domain::home::{self, HomeWrite, NewHead};
use bianfang_domain::id::RecordId;
use bianfang_domain::reason::Reason;
use bianfang_domain::record::Record;
use bianfang_domain::time::Day;
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

/// What happens to a household.
#[derive(Debug, Clone, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(tag = "act", rename_all = "snake_case")]
pub enum HomeAct {
    /// 迁移: with whoever lives there.
    Move {
        /// The village it moves to.
        division: Uuid,
        /// The new address.
        address: String,
        /// From which day on, `2026-01-31`; today unless given.
        #[serde(default)]
        since: Option<String>,
    },
    /// 分户: some members become a household of their own.
    Split {
        /// Its head, one of them.
        head: Uuid,
        /// Who goes.
        members: Vec<Uuid>,
        /// Where it lives; none where that is not known yet.
        #[serde(default)]
        address: Option<String>,
    },
    /// 并户: it ends in another.
    Merge {
        /// The one that stays.
        into: Uuid,
    },
    /// 撤销: it never was. Its members keep their records and stand without a home, its plaques are held.
    Withdraw {
        /// Why: it is kept with the household.
        reason: String,
    },
    /// 恢复: the withdrawal was wrong.
    Restore,
}

/// Does it. The answers are those of its ops, the household's first; nothing is written where one of them is a refusal.
///
/// # Errors
/// [`ActError`].
pub async fn write(
    desk: Desk<'_>,
    caller: &Actor,
    (household, base): (RecordId, u64),
    (key, act): (&str, &HomeAct),
) -> Result<Vec<Answer>, ActError> {
    let asked = serde_json::to_string(&(household, base, act)).map_err(ServerError::from)?;
    let mut write = match online::begin(desk, caller, (key, &asked)).await? {
        Begun::Repeated(answers) => return Ok(answers),
        Begun::Open(write) => write,
    };
    let plan = HomePlan::load(write.conn(), desk.county, caller, household).await?;
    if let HomeAct::Merge { into } = act {
        // Into a home that its members' worker may not look into, nobody sends them.
        let into = RecordId(*into);
        if !seen(write.conn(), desk.county, caller, &[into]).await?.contains(&into) {
            return Err(ActError::Unknown);
        }
    }
    let steps = plan.steps(act, new_household(caller, key))?;
    let wish = |step: HomeWrite| Wish {
        key: key.to_owned(),
        kind: step.kind.to_owned(),
        // The household as its caller saw it; its members as they stand.
        base: if step.target == household { base } else { plan.revision(step.target) },
        target: step.target,
        act: step.act,
    };
    let wishes: Vec<Wish> = steps.into_iter().map(wish).collect();
    Ok(online::finish(write, desk, caller, (key, &asked), &wishes).await?)
}

/// The household that a split under this key begins: the same request sent twice is the same household.
#[must_use]
pub fn new_household(caller: &Actor, key: &str) -> RecordId {
    RecordId::repeated(&["online", &caller.installation.to_string(), key])
}

/// A household with those of its members who lie in the caller's divisions: whom they do not see, they do not move.
struct HomePlan {
    home: Record,
    members: Vec<Record>,
}

impl HomePlan {
    async fn load(
        conn: &mut AnyConnection,
        county: &str,
        caller: &Actor,
        household: RecordId,
    ) -> Result<Self, ActError> {
        let rows = Statement::new("select owner from person where county = ")
            .bind(county)
            .then(" and household = ")
            .bind(household)
            .then(" order by name_key, owner")
            .all(conn)
            .await?;
        let mut ids = vec![household];
        for found in &rows {
            ids.push(row::parse(found, "person", "owner", "")?);
        }
        let itself = get_many(conn, county, vec![household]).await?;
        ids.extend(itself.iter().flat_map(home::members_of_withdrawn));
        let seen = seen(conn, county, caller, &ids).await?;
        let mut records = get_many(conn, county, seen).await?;
        let home = records.iter().position(|record| record.id == household && record.kind == "household");
        let home = home.map(|at| records.remove(at)).ok_or(ActError::Unknown)?;
        Ok(Self { home, members: records })
    }

    fn revision(&self, id: RecordId) -> u64 {
        self.members.iter().find(|member| member.id == id).map_or(0, |member| member.revision)
    }

    /// Only what stands is withdrawn, and only what was withdrawn is restored.
    fn may_end(&self, act: &HomeAct) -> bool {
        let state = text_in(&self.home.doc, "register").unwrap_or("ACTIVE");
        state == if matches!(act, HomeAct::Restore) { "REMOVED" } else { "ACTIVE" }
    }

    fn steps(&self, act: &HomeAct, new: RecordId) -> Result<Vec<HomeWrite>, ActError> {
        match act {
            HomeAct::Move { division, address, since } => {
                let day = |text: &String| Day::parse(text).ok_or(ActError::Ruled(Reason::Malformed, "since"));
                let since = since.as_ref().map(day).transpose()?;
                Ok(home::moved(&self.home, &self.members, RecordId(*division), address, since))
            }
            HomeAct::Split { head, members, address } => {
                let going: BTreeSet<RecordId> = members.iter().copied().map(RecordId).collect();
                let known = |id: &RecordId| self.members.iter().any(|member| member.id == *id);
                if going.is_empty() {
                    return Err(ActError::Ruled(Reason::Missing, "members"));
                }
                if !going.iter().all(known) {
                    return Err(ActError::Ruled(Reason::Malformed, "members"));
                }
                let head = RecordId(*head);
                let person = self.members.iter().find(|member| member.id == head && going.contains(&head));
                let person = person.ok_or(ActError::Ruled(Reason::Malformed, "head"))?;
                let name = text_in(&person.doc, "name").unwrap_or_default().to_owned();
                let going: Vec<RecordId> = going.into_iter().collect();
                Ok(home::split(&self.home, new, &NewHead { name, person: Some(head) }, address.as_deref(), &going))
            }
            HomeAct::Merge { into } => {
                if id_in(&self.home.doc, "merged_into").is_some()
                    && text_in(&self.home.doc, "register") == Some("MERGED")
                {
                    return Err(ActError::Ruled(Reason::MergedAlready, "merged_into"));
                }
                Ok(home::merged(self.home.id, RecordId(*into), &self.members))
            }
            HomeAct::Withdraw { reason } if reason.trim().is_empty() => {
                Err(ActError::Ruled(Reason::Missing, "removed_note"))
            }
            HomeAct::Withdraw { .. } | HomeAct::Restore if !self.may_end(act) => {
                Err(ActError::Ruled(Reason::NoSuchStep, "register"))
            }
            HomeAct::Withdraw { reason } => Ok(home::withdrawn(self.home.id, &self.members, reason)),
            HomeAct::Restore => Ok(home::restored(&self.home, &self.members)),
        }
    }
}
