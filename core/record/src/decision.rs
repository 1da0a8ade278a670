//! What was decided about an op: the answer the author reads, and what must be logged to tell the past again.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::document::Document;
use crate::id::{OpId, RecordId};
use crate::op::Part;
use crate::reason::Reason;
use crate::record::Beside;

/// The outcome in one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// It stands as written.
    Accepted,
    /// It stands beside another's changes of other fields.
    Merged,
    /// Kept beside the value until the township accepts.
    Proposed,
    /// Both values are kept; this one shows for now.
    Conflict,
    /// Kept and shown, in no figure, until a reviewer settles it.
    Held,
    /// Can never be true or allowed. The author keeps it with the reason.
    Refused,
}

/// A decision. Logged with the op: `replay` needs nothing else.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Decision {
    /// The outcome.
    pub verdict: Verdict,
    /// Why, where it is not plain acceptance.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
    /// The field or part the reason speaks of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// Shared data: what became of each field that did not simply stand.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub fields: BTreeMap<String, FieldVerdict>,
    /// Parts of facts whose holding changed, this op's and others'.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub judged: Vec<Judged>,
    /// Cases opened beside, or opened again.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cases: Vec<Raised>,
    /// Open cases whose ground is gone.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lapsed: Vec<RecordId>,
    /// Records that another one counts for from now on; None: they count by themselves again.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub counted: Vec<(RecordId, Option<RecordId>)>,
    /// What facts say a record's fields should hold, as far as it changed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub proposed: Vec<Proposed>,
    /// Records opened beside: a discharged soldier, somebody to be served.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub opened: Vec<Opened>,
    /// Held before it could be applied: the op waits in the holding queue, and is taken again when its target or its
    /// kind becomes known.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub waits: bool,
}

/// What became of one field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldVerdict {
    /// Set, though another chain had set it since: the other value moves beside.
    Conflict,
    /// Kept beside.
    Proposed,
    /// Kept beside, held by a rule.
    Held(Reason),
}

/// A part of a fact is held or released, moves what it names or does not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Judged {
    /// The fact.
    pub fact: RecordId,
    /// The part.
    pub part: Part,
    /// Held for this reason; None: released.
    pub held: Option<Reason>,
    /// It counts and moves nothing in what it names besides.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub idle: bool,
}

/// Proposals that facts make about a record, and those whose fact is gone.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Proposed {
    /// The record.
    pub subject: RecordId,
    /// New ones.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fresh: Vec<Beside>,
    /// Field and op of those that go.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub gone: Vec<(String, OpId)>,
}

/// A record that another one opens. Its id follows from that one's, so that whoever decides it opens the same.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Opened {
    /// The kind's name.
    pub kind: String,
    /// Its id.
    pub id: RecordId,
    /// What it begins with.
    pub fields: Document,
}

/// Why a person must look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum CaseKind {
    /// 疑似同一人
    Merge,
    /// 库存
    Stock,
    /// 重复
    Double,
    /// 去世
    Death,
    /// 冲突
    Conflict,
    /// 悬挂资格: a plaque where nobody is entitled
    Ground,
}

/// A case for the responsible reviewer. Its id follows from its content, so deciding twice opens it once.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Case {
    /// What it is about.
    pub kind: CaseKind,
    /// The records concerned.
    pub subjects: Vec<RecordId>,
    /// The facts that raised it.
    pub facts: Vec<RecordId>,
}

/// A case that is to be open.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Raised {
    /// The case.
    pub case: Case,
    /// How much there is to it: so many plaques too few, and what was taken back of what was said about it; 1 where there is
    /// nothing to count. A case that somebody settled opens again when there is more to it than they saw: what comes in the
    /// place of something taken back is new.
    pub weight: u64,
}

impl From<Case> for Raised {
    fn from(case: Case) -> Self {
        Self { case, weight: 1 }
    }
}

impl Case {
    /// The derived id.
    #[must_use]
    pub fn id(&self) -> RecordId {
        let list = |ids: &[RecordId]| ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(",");
        RecordId::derived(&["case", &format!("{:?}", self.kind), &list(&self.subjects), &list(&self.facts)])
    }
}

impl Decision {
    /// Plain acceptance.
    #[must_use]
    pub fn accepted() -> Self {
        Self {
            verdict: Verdict::Accepted,
            reason: None,
            field: None,
            fields: BTreeMap::new(),
            judged: vec![],
            cases: vec![],
            lapsed: vec![],
            counted: vec![],
            proposed: vec![],
            opened: vec![],
            waits: false,
        }
    }

    /// A whole op held or refused, and so not applied.
    #[must_use]
    pub fn stopped(verdict: Verdict, reason: Reason, field: Option<&str>) -> Self {
        let waits = verdict == Verdict::Held;
        Self { verdict, reason: Some(reason), field: field.map(str::to_owned), waits, ..Self::accepted() }
    }
}
