//! A need goes a step further from a desk: the step is a fact, who handles it and until when are the need's own, and both come
//! in one write or not at all.

use bianfang_domain::actor::Actor;
use bianfang_domain::document::Document;
use bianfang_domain::id::RecordId;
use bianfang_domain::kind::need::told::StepTold;
use bianfang_domain::op::Act;
use bianfang_domain::reason::Reason;
use bianfang_domain::time::Day;
use bianfang_protocol::push::Answer;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use super::ActError;
use super::online::{self, Begun, Wish};
use crate::ServerError;
use crate::county::Desk;
use crate::records::scope::seen;

/// What is done.
#[derive(Debug, Clone, Default, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct NeedAct {
    /// REGISTERED | HANDLING | REFERRED | RESOLVED | ANSWERED_ON_SPOT | REVISITED
    pub step: String,
    /// 办理情况; needed where it closes the need.
    pub answer: Option<String>,
    /// With REFERRED: an office that is none of the divisions.
    pub to: Option<String>,
    /// The division that handles it from now on; it sees the need, wherever it lies.
    pub owner: Option<Uuid>,
    /// 办理期限, `2026-01-31`.
    pub due_on: Option<String>,
    /// RED | YELLOW | BLUE, where it changes.
    pub urgency: Option<String>,
    /// With REVISITED: whether they are content.
    pub satisfied: Option<bool>,
}

/// Does it. The answers are those of its ops, the step's last.
///
/// # Errors
/// [`ActError`].
pub async fn write(
    desk: Desk<'_>,
    caller: &Actor,
    (need, base): (RecordId, u64),
    (key, act): (&str, &NeedAct),
) -> Result<Vec<Answer>, ActError> {
    let asked = serde_json::to_string(&(need, base, act)).map_err(ServerError::from)?;
    let mut write = match online::begin(desk, caller, (key, &asked)).await? {
        Begun::Repeated(answers) => return Ok(answers),
        Begun::Open(write) => write,
    };
    if !seen(write.conn(), desk.county, caller, &[need]).await?.contains(&need) {
        return Err(ActError::Unknown);
    }
    let mut wishes = Vec::new();
    let set = changed(act)?;
    if !set.is_empty() {
        let act = Act::Change { set, sealed: Default::default(), since: None };
        wishes.push(Wish { key: key.to_owned(), kind: "need".to_owned(), target: need, act, base });
    }
    let step = RecordId::repeated(&["online", &caller.installation.to_string(), key]);
    let act = Act::Record { fields: told(act).document(need, desk.now_ms), sealed: Default::default() };
    wishes.push(Wish { key: key.to_owned(), kind: "need_step".to_owned(), target: step, act, base: 0 });
    Ok(online::finish(write, desk, caller, (key, &asked), &wishes).await?)
}

/// What it changes of the need itself.
fn changed(act: &NeedAct) -> Result<Document, ActError> {
    let mut set = Document::new();
    set.extend(act.owner.map(|owner| ("owner".to_owned(), Value::from(owner.to_string()))));
    if let Some(text) = &act.due_on {
        let day = Day::parse(text).ok_or(ActError::Ruled(Reason::Malformed, "due_on"))?;
        set.insert("due_on".to_owned(), day.0.into());
    }
    set.extend(act.urgency.as_ref().map(|code| ("urgency".to_owned(), Value::from(code.as_str()))));
    Ok(set)
}

fn told(act: &NeedAct) -> StepTold<'_> {
    StepTold {
        step: &act.step,
        answer: act.answer.as_deref(),
        to: act.to.as_deref(),
        owner: act.owner.map(RecordId),
        satisfied: act.satisfied,
        contact: None,
    }
}
