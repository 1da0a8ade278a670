//! Today: who is due, why and since when, computed from the store by the bureau's rules and never stored; and what may be said
//! about it: put off with a reason, taken today, asked of a colleague.

use bianfang_domain::coverage::CoverageRule;
use bianfang_domain::due::{Due, Rules, list};
use bianfang_domain::id::RecordId;
use bianfang_domain::rules::{self, Rule};
use bianfang_domain::time::Day;
use bianfang_store::{Store, Writing};
use serde::Serialize;
use serde_json::json;

use crate::account::KeptProfile;
use crate::error::ClientError;
use crate::ids;
use crate::phone::Phone;
use crate::save::{Fact, object, put_text, record};
use crate::state::Saved;

/// One reason for which somebody is due.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct DueLineReason {
    /// RETURNED | MUST | NEED | ASSIGNED | FOLLOW_UP | KEY_DATE | CADENCE
    pub why: String,
    /// 中文
    pub zh: String,
    /// English
    pub en: String,
    /// The trigger, the class, the kind of need, the reason of an assignment.
    pub code: Option<String>,
    /// A visit at home, not any contact.
    pub visit: bool,
    /// `2026-01-31`
    pub since: String,
    /// The last day, where there is one.
    pub by: Option<String>,
    /// The returned contact, the assignment, the letter or the need.
    pub record: Option<String>,
}

/// Somebody who is due.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct DueLine {
    /// The person.
    pub person: String,
    /// 姓名
    pub name: String,
    /// Their household.
    pub household: Option<String>,
    /// The most pressing first.
    pub due: Vec<DueLineReason>,
    /// Who has taken the person or the household today.
    pub taken: Vec<String>,
}

/// Who is due today.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct TodayPage {
    /// The day, `2026-01-31`.
    pub day: String,
    /// Everybody who is due.
    pub total: u64,
    /// The most pressing first, at most as many as asked for.
    pub rows: Vec<DueLine>,
}

/// A rule of the bureau as this phone has it on a day.
pub(crate) async fn rule<R: Rule>(store: &Store, day: Day) -> Result<R, ClientError> {
    Ok(rules::on(store.get(rules::id(R::NAME)).await?.as_ref(), day))
}

fn reason(due: &Due) -> DueLineReason {
    let (zh, en) = due.why.words();
    DueLineReason {
        why: due.why.code().to_owned(),
        zh: zh.to_owned(),
        en: en.to_owned(),
        code: due.code.clone(),
        visit: due.visit,
        since: due.since.to_string(),
        by: due.by.map(|day| day.to_string()),
        record: due.record.map(|id| id.to_string()),
    }
}

impl Phone {
    /// Who of this phone's divisions is due today: at most `limit`, after the first `skip`.
    ///
    /// # Errors
    /// [`ClientError::Locked`].
    pub async fn today(&self, skip: u32, limit: u32) -> Result<TodayPage, ClientError> {
        let store = self.store().await?;
        let today = Day::of(self.now_ms());
        let rules = Rules {
            cadence: rule(&store, today).await?,
            must: rule(&store, today).await?,
            coverage: rule::<CoverageRule>(&store, today).await?,
        };
        let rows = store.due_rows(&self.scope(&store).await?, today).await?;
        let listed = list(&rows.people, &rows.around, &rules, today);
        let total = listed.len() as u64;
        let row = |listed: bianfang_domain::due::DueListed| {
            let person = rows.people.get(listed.index)?;
            Some(DueLine {
                person: person.person.to_string(),
                name: rows.names.get(listed.index).cloned().unwrap_or_default(),
                household: person.household.map(|id| id.to_string()),
                due: listed.due.iter().map(reason).collect(),
                taken: listed.taken,
            })
        };
        let page = listed.into_iter().skip(skip as usize).take(limit as usize);
        Ok(TodayPage { day: today.to_string(), total, rows: page.filter_map(row).collect() })
    }

    /// Puts somebody off until a day (`2026-01-31`), with the reason. Taken back by [`Phone::void`].
    ///
    /// # Errors
    /// [`ClientError::Invalid`] without a reason or for a day that is none or past; [`ClientError::NotFound`].
    pub async fn snooze(&self, person: &str, until: &str, reason: &str) -> Result<Saved, ClientError> {
        let store = self.store().await?;
        let person = known(&store, person, "person").await?;
        let now_ms = self.now_ms();
        let until = Day::parse(until).filter(|day| *day > Day::of(now_ms));
        let until = until
            .ok_or_else(|| ClientError::invalid("until", "请选择今天以后的日期。", "Choose a day after today."))?;
        if reason.trim().is_empty() {
            return Err(ClientError::invalid("reason", "请写明暂缓的原因。", "Say why it is put off."));
        }
        let at_ms = self.host.now_ms();
        let fields = object(json!({ "person": person, "until": until, "reason": reason.trim(), "at": at_ms }));
        let id = ids::new(&*self.host)?;
        self.save(&id.to_string(), Fact { kind: "snooze", id, fields, at_ms, originals: false }).await
    }

    /// Takes a person or a household for today, so that colleagues see who is on the way there.
    ///
    /// # Errors
    /// [`ClientError::NotFound`], [`ClientError::SignedOut`] before the enrolment.
    pub async fn take(&self, person_or_household: &str) -> Result<Saved, ClientError> {
        self.assign_for(person_or_household, None, None).await
    }

    /// Asks that somebody be visited, by a day (`2026-01-31`) where there is one. `why` is a trigger's code or words.
    ///
    /// # Errors
    /// [`ClientError::NotFound`], [`ClientError::Invalid`] for a day that is none or without a reason.
    pub async fn assign(&self, person: &str, why: &str, due_on: Option<String>) -> Result<Saved, ClientError> {
        if why.trim().is_empty() {
            return Err(ClientError::invalid("why", "请写明指派的事由。", "Say why it is asked."));
        }
        let due_on = due_on.map(|text| Day::parse(&text).ok_or(text)).transpose();
        let due_on = due_on.map_err(|_| ClientError::invalid("due_on", "日期不对。", "This is no day."))?;
        self.assign_for(person, Some(why), due_on).await
    }

    async fn assign_for(&self, about: &str, why: Option<&str>, due_on: Option<Day>) -> Result<Saved, ClientError> {
        let store = self.store().await?;
        let found = store.get(ids::known(about)?).await?.ok_or(ClientError::NotFound)?;
        let field = match found.kind.as_str() {
            kind @ ("person" | "household") => kind.to_owned(),
            _ => return Err(ClientError::NotFound),
        };
        let actor = self.actor(&store).await?.ok_or(ClientError::SignedOut)?;
        let name = KeptProfile::get(&store).await?.and_then(|kept| kept.account).map(|account| account.name);
        let mut fields = object(json!({ "owner": actor.account, "state": "OPEN" }));
        fields.insert(field, json!(found.id));
        match why {
            Some(why) => put_text(&mut fields, "why", Some(why.to_owned())),
            None => {
                fields.insert("on".into(), json!(Day::of(self.now_ms())));
            }
        }
        put_text(&mut fields, "name", name);
        if let Some(day) = due_on {
            fields.insert("due_on".into(), json!(day));
        }
        let id = ids::new(&*self.host)?;
        self.written(&store, id, &Writing { ops: vec![record("assignment", id, fields)], ..Writing::default() }).await
    }

    /// Now by the server's clock, as well as it is known.
    pub(crate) fn now_ms(&self) -> i64 {
        self.clock.now().server_ms()
    }
}

async fn known(store: &Store, id: &str, kind: &str) -> Result<RecordId, ClientError> {
    let found = store.get(ids::known(id)?).await?.filter(|record| record.kind == kind);
    found.map(|record| record.id).ok_or(ClientError::NotFound)
}
