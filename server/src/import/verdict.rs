//! What a row means for the register, and the writes that follow from it. Pure: the same verdict gives the same writes
//! before and after a crash.

use bianfang_domain::document::Document;
use bianfang_domain::id::RecordId;
use bianfang_domain::kind::{self, Nature};
use bianfang_domain::op::{Act, Sealed};
use bianfang_domain::record::Record;
use bianfang_domain::time::Day;
use serde::{Deserialize, Serialize};

use super::why;
use bianfang_sheets::{Note, Weight};

/// One word for a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// 新增: becomes a record.
    New,
    /// 更新: adds to one, or changes what a sheet may change.
    Update,
    /// 无变化
    Unchanged,
    /// 待核: people decide.
    Doubtful,
    /// 不导入
    Refused,
}

impl Outcome {
    /// All, in the order they are shown.
    pub const ALL: [Self; 5] = [Self::New, Self::Update, Self::Unchanged, Self::Doubtful, Self::Refused];

    /// As the JSON and the tables write it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Update => "update",
            Self::Unchanged => "unchanged",
            Self::Doubtful => "doubtful",
            Self::Refused => "refused",
        }
    }

    /// 中文
    #[must_use]
    pub fn zh(self) -> &'static str {
        match self {
            Self::New => "新增",
            Self::Update => "更新",
            Self::Unchanged => "无变化",
            Self::Doubtful => "待核",
            Self::Refused => "不导入",
        }
    }

    /// By its word.
    #[must_use]
    pub fn by_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.word() == word)
    }
}

/// What a person decided about a doubtful row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RowChoice {
    /// Write what the sheet says: a namesake is a person of their own, a differing value is the sheet's.
    Take,
    /// Leave it out.
    Skip,
    /// It is this record.
    SameAs(RecordId),
}

/// What a person decided about every row of one kind of doubt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EachChoice {
    /// As [`RowChoice::Take`].
    Take,
    /// As [`RowChoice::Skip`].
    Skip,
    /// Each is the one record that it was shown with.
    Same,
}

/// A write that a row asks for. `fields` of a record, `set` of a change; protected values in the clear.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RowWrite {
    /// The kind of the record.
    pub kind: String,
    /// The record.
    pub target: RecordId,
    /// Changed fields only, unless it is a new record.
    pub fields: Document,
    /// Brings the record into being.
    pub new: bool,
    /// Of a change: the revision that was compared.
    #[serde(default)]
    pub base: u64,
    /// Of a change: the earlier value of each field that had one.
    #[serde(default, skip_serializing_if = "Document::is_empty")]
    pub before: Document,
    /// Of a change: the day from which it holds; None for ever.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<Day>,
    /// Several rows may ask for this one (their household): the first that is written brings it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub shared: bool,
}

impl RowWrite {
    /// A new record.
    #[must_use]
    pub fn record(kind: &str, target: RecordId, fields: Document) -> Self {
        Self {
            kind: kind.to_owned(),
            target,
            fields,
            new: true,
            base: 0,
            before: Document::new(),
            since: None,
            shared: false,
        }
    }

    /// A new record that several rows may ask for.
    #[must_use]
    pub fn shared(kind: &str, target: RecordId, fields: Document) -> Self {
        Self { shared: true, ..Self::record(kind, target, fields) }
    }

    /// Changed fields of a record as it was compared, with their earlier values.
    #[must_use]
    pub fn change(record: &Record, fields: Document, before: Document) -> Self {
        let (kind, target) = (record.kind.clone(), record.id);
        Self { kind, target, fields, new: false, base: record.revision, before, since: None, shared: false }
    }

    /// As an op's act.
    #[must_use]
    pub fn act(&self) -> Act {
        let fact = kind::by_name(&self.kind).is_some_and(|kind| kind.nature() == Nature::Fact);
        if self.new {
            Act::Record { fields: self.fields.clone(), sealed: Sealed::new() }
        } else if fact {
            let reason = "导入的表格写明 / an imported sheet says so".to_owned();
            Act::Amend { set: self.fields.clone(), sealed: Sealed::new(), reason }
        } else {
            Act::Change { set: self.fields.clone(), sealed: Sealed::new(), since: self.since }
        }
    }
}

/// What a row means.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RowVerdict {
    /// In one word.
    pub outcome: Outcome,
    /// The record it is, or becomes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<RecordId>,
    /// Records it may be, best first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub candidates: Vec<RecordId>,
    /// What is written, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub writes: Vec<RowWrite>,
    /// What is said of its cells.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Note>,
}

impl RowVerdict {
    /// A row with these notes that would become or change `target`; a note that doubts or refuses decides.
    #[must_use]
    pub fn of(target: Option<RecordId>, writes: Vec<RowWrite>, notes: Vec<Note>) -> Self {
        let worst = notes.iter().map(|note| note.weight).max().unwrap_or_default();
        let outcome = match worst {
            Weight::Refusal => Outcome::Refused,
            Weight::Doubt => Outcome::Doubtful,
            Weight::Note if writes.is_empty() => Outcome::Unchanged,
            Weight::Note if writes.iter().any(|write| write.new && Some(write.target) == target) => Outcome::New,
            Weight::Note => Outcome::Update,
        };
        let writes = if matches!(outcome, Outcome::New | Outcome::Update) { writes } else { Vec::new() };
        Self { outcome, target, candidates: Vec::new(), writes, notes }
    }

    /// What comes back into the register counts as what comes into it.
    #[must_use]
    pub fn coming_back(mut self) -> Self {
        if self.outcome == Outcome::Update {
            self.outcome = Outcome::New;
        }
        self
    }

    /// The same row as it waits for what nobody said yet: it is written once that is answered.
    #[must_use]
    pub fn waiting(mut self, open: Vec<Note>) -> Self {
        if !open.is_empty() {
            (self.outcome, self.target, self.writes) = (Outcome::Doubtful, None, Vec::new());
            self.notes.extend(open);
        }
        self
    }

    /// Whether it waits for nothing but what was not answered about its sheet: nobody can decide that for one row.
    #[must_use]
    pub fn waits_for_answers(&self) -> bool {
        let mut doubts = self.notes.iter().filter(|note| note.weight == Weight::Doubt).peekable();
        doubts.peek().is_some() && doubts.all(|note| note.code.starts_with("assumes_"))
    }

    /// A row of which nothing can be made.
    #[must_use]
    pub fn refused(notes: Vec<Note>) -> Self {
        Self { outcome: Outcome::Refused, target: None, candidates: Vec::new(), writes: Vec::new(), notes }
    }

    /// The same with the records it may be.
    #[must_use]
    pub fn among(mut self, candidates: Vec<RecordId>) -> Self {
        self.candidates = candidates;
        self
    }

    /// Whether its record left with an import that was taken back, and returns with this row.
    #[must_use]
    pub fn returns(&self) -> bool {
        self.notes.iter().any(|note| note.code == why::Why::Returns.row().1)
    }

    /// Whether both ask for the same: what was shown still holds. A new record has another id each time it is judged, and
    /// whose household it finds is no matter of its row.
    #[must_use]
    pub fn agrees(&self, other: &Self) -> bool {
        let new = self.outcome == Outcome::New;
        let fields = |verdict: &Self| {
            let writes = verdict.writes.iter().filter(|write| !write.shared);
            let told = |fields: &Document| {
                let told = fields.iter().filter(|(name, _)| *name != "household");
                told.map(|(name, value)| (name.clone(), value.clone())).collect::<Document>()
            };
            writes.map(|write| (write.kind.clone(), told(&write.fields), told(&write.before))).collect::<Vec<_>>()
        };
        let ours = |verdict: &Self| {
            let codes = verdict.notes.iter().map(|note| note.code.clone());
            codes.filter(|code| why::CODES.contains(&code.as_str())).collect::<Vec<_>>()
        };
        self.outcome == other.outcome
            && (new || (self.target == other.target && fields(self) == fields(other)))
            && ours(self) == ours(other)
    }
}
