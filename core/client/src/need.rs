//! Needs 诉求 of this phone's divisions: raised at a door or on the telephone, taken a step further, closed in another visit.

use bianfang_domain::actor::Role;
use bianfang_domain::document::{Document, id_in, int_in, text_in};
use bianfang_domain::id::RecordId;
use bianfang_domain::kind::need::step::{self, NeedProgress};
use bianfang_domain::kind::need::told::StepTold;
use bianfang_domain::kind::need::turn::{due_on, overdue, turn};
use bianfang_domain::op::Part;
use bianfang_domain::record::Record;
use bianfang_domain::time::Day;
use bianfang_domain::world::World;
use bianfang_store::{NewOp, Store, Writing};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::error::ClientError;
use crate::ids;
use crate::people::code;
use crate::phone::Phone;
use crate::plaque::loaded;
use crate::save::{object, put, put_text, record};
use crate::state::Saved;

/// What somebody asks for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct NeedDraft {
    /// Whose it is,
    #[cfg_attr(feature = "uniffi", uniffi(default = None))]
    pub person: Option<String>,
    /// or which household's.
    #[cfg_attr(feature = "uniffi", uniffi(default = None))]
    pub household: Option<String>,
    /// POLICY, MEDICAL, HOUSING …
    pub need_type: String,
    /// RED | YELLOW | BLUE
    pub urgency: String,
    /// 诉求内容
    pub asked: String,
    /// Answered at the door: what was said. The need is closed with it.
    #[cfg_attr(feature = "uniffi", uniffi(default = None))]
    pub answered: Option<String>,
}

/// A step of a need.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct NeedStepDraft {
    /// The need.
    pub need: String,
    /// REGISTERED | HANDLING | REFERRED | RESOLVED | ANSWERED_ON_SPOT | REVISITED
    pub step: String,
    /// 办理情况; needed where it closes the need.
    #[cfg_attr(feature = "uniffi", uniffi(default = None))]
    pub answer: Option<String>,
    /// With REFERRED: an office that is none of the divisions.
    #[cfg_attr(feature = "uniffi", uniffi(default = None))]
    pub to: Option<String>,
    /// With REVISITED: whether they are content.
    #[cfg_attr(feature = "uniffi", uniffi(default = None))]
    pub satisfied: Option<bool>,
}

/// A step that was taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct NeedStepLine {
    /// REGISTERED …
    pub step: String,
    /// Corrected, UTC milliseconds.
    pub at_ms: i64,
    /// 办理情况
    pub answer: Option<String>,
    /// Where it was referred to, in words.
    pub to: Option<String>,
    /// The visit in which it was taken.
    pub contact: Option<String>,
    /// Waits for the township; it does not count.
    pub held: bool,
}

/// A need.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct NeedLine {
    /// The need.
    pub id: String,
    /// Whose it is.
    pub person: Option<String>,
    /// Whose household's it is.
    pub household: Option<String>,
    /// 姓名, as it was told.
    pub called: String,
    /// POLICY …
    pub need_type: String,
    /// RED | YELLOW | BLUE
    pub urgency: String,
    /// 诉求内容
    pub asked: String,
    /// FOUND | REGISTERED | …
    pub state: String,
    /// The division that handles it.
    pub owner: Option<String>,
    /// As `2026-01-31`.
    pub found_on: String,
    /// As `2026-01-31`.
    pub due_on: Option<String>,
    /// As `2026-01-31`.
    pub closed_on: Option<String>,
    /// Still open after its last day.
    pub overdue: bool,
    /// The visit in which it was heard.
    pub raised_in: Option<String>,
    /// Oldest first.
    pub steps: Vec<NeedStepLine>,
    /// The steps that this account may take now.
    pub offers: Vec<String>,
}

impl Phone {
    /// Needs that are open, those past their day first, then by the day they are due, the urgent first. `about` keeps those of
    /// a person or a household, open or not.
    ///
    /// # Errors
    /// [`ClientError::Locked`], [`ClientError::NotFound`] where `about` is no id.
    pub async fn needs(&self, about: Option<String>) -> Result<Vec<NeedLine>, ClientError> {
        let store = self.store().await?;
        let about = about.as_deref().map(ids::known).transpose()?;
        let world = loaded(&store, &["need", "need_step"]).await?;
        let today = Day::of(self.now_ms());
        let role = self.actor(&store).await?.map(|actor| actor.role);
        let of = |need: &&Record| match about {
            Some(id) => [id_in(&need.doc, "person"), id_in(&need.doc, "household")].contains(&Some(id)),
            None => step::standing(need.id, &world).state.is_open(),
        };
        let needs = world.records().filter(|record| record.kind == "need" && text_in(&record.doc, "removed").is_none());
        let line = |need: &Record| {
            let standing = step::standing(need.id, &world);
            (turn(&need.doc, standing.state.is_open()), line(need, (standing, &world), (role, today)))
        };
        let mut lines: Vec<(String, NeedLine)> = needs.filter(of).map(line).collect();
        lines.sort_by(|(turn, line), (other, one)| (turn, &line.found_on).cmp(&(other, &one.found_on)));
        Ok(lines.into_iter().map(|(_, line)| line).collect())
    }

    /// Enters a need that was heard outside a visit; durable when it returns. A form saved before is not saved again.
    ///
    /// # Errors
    /// [`ClientError::Invalid`] names the field; [`ClientError::SignedOut`] before the enrolment; [`ClientError::StorageFull`].
    pub async fn save_need(&self, form: &str, draft: NeedDraft) -> Result<Saved, ClientError> {
        let store = self.store().await?;
        let id = RecordId::repeated(&["need", &ids::of_form(form)?.to_string()]);
        let ops = raised(&store, id, (&draft, None), self.host.now_ms()).await?;
        self.once(&store, form, id, ops).await
    }

    /// Takes a need a step further; durable when it returns.
    ///
    /// # Errors
    /// As [`Phone::save_need`]; [`ClientError::NotFound`].
    pub async fn record_need(&self, form: &str, draft: NeedStepDraft) -> Result<Saved, ClientError> {
        let store = self.store().await?;
        let id = RecordId::repeated(&["need_step", &ids::of_form(form)?.to_string()]);
        let ops = vec![taken(id, &draft, (None, self.host.now_ms()))?];
        self.once(&store, form, id, ops).await
    }

    pub(crate) async fn once(
        &self,
        store: &Store,
        form: &str,
        id: RecordId,
        ops: Vec<NewOp>,
    ) -> Result<Saved, ClientError> {
        let _forms = self.forms.lock().await;
        if store.get(id).await?.is_none() && store.sent(id).await?.is_empty() {
            let writing = Writing { ops, draft: Some(form.to_owned()), ..Writing::default() };
            return self.written(store, id, &writing).await;
        }
        self.saved(store, id).await
    }
}

/// What a visit brings of needs: those that were heard in it, and the steps that were taken.
pub(crate) async fn of_visit(
    store: &Store,
    (contact, at_ms): (RecordId, i64),
    (needs, steps): (&[NeedDraft], &[NeedStepDraft]),
) -> Result<Vec<NewOp>, ClientError> {
    let mut ops = Vec::new();
    for (at, draft) in needs.iter().enumerate() {
        let id = RecordId::repeated(&["need", &contact.to_string(), &at.to_string()]);
        ops.extend(raised(store, id, (draft, Some(contact)), at_ms).await?);
    }
    for draft in steps {
        // One step of each need in one visit.
        let id = RecordId::repeated(&["need_step", &contact.to_string(), &draft.need]);
        ops.push(taken(id, draft, (Some(contact), at_ms))?);
    }
    Ok(ops)
}

async fn raised(
    store: &Store,
    id: RecordId,
    (draft, contact): (&NeedDraft, Option<RecordId>),
    at_ms: i64,
) -> Result<Vec<NewOp>, ClientError> {
    let of = |text: &Option<String>, field| text.as_deref().map(|text| ids::given(text, field)).transpose();
    let (person, household) = (of(&draft.person, "person")?, of(&draft.household, "household")?);
    let mut fields = object(json!({ "at": at_ms, "need_type": draft.need_type, "urgency": draft.urgency }));
    put(&mut fields, "person", person.map(|id| id.to_string()));
    put(&mut fields, "household", household.map(|id| id.to_string()));
    put(&mut fields, "raised_in", contact.map(|id| id.to_string()));
    put_text(&mut fields, "asked", Some(draft.asked.clone()));
    // Who handles it elsewhere sees the need alone.
    let whose = match person.or(household) {
        Some(id) => store.get(id).await?,
        None => None,
    };
    let name = whose.and_then(|record| {
        ["name", "head_name"].iter().find_map(|field| text_in(&record.doc, field).map(str::to_owned))
    });
    put_text(&mut fields, "called", name);
    let mut ops = vec![record("need", id, fields)];
    if let Some(answer) = draft.answered.clone().filter(|answer| !answer.trim().is_empty()) {
        let step = NeedStepDraft {
            need: id.to_string(),
            step: "ANSWERED_ON_SPOT".to_owned(),
            answer: Some(answer),
            ..NeedStepDraft::default()
        };
        ops.push(taken(RecordId::repeated(&["need_step", &id.to_string()]), &step, (contact, at_ms))?);
    }
    Ok(ops)
}

fn taken(id: RecordId, draft: &NeedStepDraft, (contact, at_ms): (Option<RecordId>, i64)) -> Result<NewOp, ClientError> {
    let need = ids::given(&draft.need, "need")?;
    let told = StepTold {
        step: &draft.step,
        answer: draft.answer.as_deref(),
        to: draft.to.as_deref(),
        owner: None,
        satisfied: draft.satisfied,
        contact,
    };
    Ok(record("need_step", id, told.document(need, at_ms)))
}

fn line(
    need: &Record,
    (NeedProgress { state, closed }, world): (NeedProgress, &World),
    (role, today): (Option<Role>, Day),
) -> NeedLine {
    let doc = &need.doc;
    let text = |field: &str| text_in(doc, field).map(str::to_owned);
    let id = |field: &str| id_in(doc, field).map(|id| id.to_string());
    let due = due_on(doc);
    let steps = world.facts(need.id, "need_step").into_iter().filter(|fact| fact.stands());
    NeedLine {
        id: need.id.to_string(),
        person: id("person"),
        household: id("household"),
        called: text("called").unwrap_or_default(),
        need_type: text("need_type").unwrap_or_default(),
        urgency: text("urgency").unwrap_or_default(),
        asked: text("asked").unwrap_or_default(),
        state: code(&state),
        owner: id("owner"),
        found_on: Day::of(int_in(doc, "at").unwrap_or(need.meta.origin.written.ms)).to_string(),
        due_on: due.map(|day| day.to_string()),
        closed_on: closed.map(|(_, day)| day.to_string()),
        overdue: overdue(state.is_open(), due, today),
        raised_in: id("raised_in"),
        steps: steps.map(|fact| step_line(&fact.doc, fact)).collect(),
        offers: role.map(|role| step::offers(state, role)).unwrap_or_default().iter().map(code).collect(),
    }
}

fn step_line(doc: &Document, fact: &Record) -> NeedStepLine {
    let text = |field: &str| text_in(doc, field).map(str::to_owned);
    NeedStepLine {
        step: text("step").unwrap_or_default(),
        at_ms: fact.meta.origin.happened.ms,
        answer: text("answer"),
        to: text("to"),
        contact: id_in(doc, "contact").map(|id| id.to_string()),
        held: !fact.counts(&Part::Whole),
    }
}
