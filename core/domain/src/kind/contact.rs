//! Contact 联系走访, the visit: whom it reached, how, with what result (invariants 7, 8 and 9 of the product).

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{Fault, Judgement, Kind, Nature, Proposal, person};
use crate::decision::{Case, CaseKind};
use crate::document::{Document, id_in, int_in, text_in};
use crate::id::RecordId;
use crate::op::{Part, Review};
use crate::projection::{Row, Table, int, text};
use crate::reason::Reason;
use crate::record::Record;
use crate::time::Day;
use crate::world::World;

/// The kind. Document: see [`Contact`].
pub struct ContactKind;

/// How somebody was contacted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Method {
    /// 入户
    Home,
    /// 电话
    Phone,
    /// 视频
    Video,
    /// 座谈
    Seminar,
    /// 来站
    Station,
    /// 亲属转达
    Relative,
    /// A code of a newer version: kept, reaches nobody.
    #[serde(other)]
    Other,
}

/// What came of it, for one person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum VisitResult {
    /// 见到本人
    Met,
    /// 见到家属
    MetFamily,
    /// 家中无人
    NotHome,
    /// 拒访
    Refused,
    /// 地址不符
    WrongAddress,
    /// 外出
    Away,
    /// 已去世: a proposal, confirmed by the township
    Died,
    /// A code of a newer version: kept, reaches nobody.
    #[serde(other)]
    Other,
}

/// One person in a contact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The person.
    pub person: RecordId,
    /// What came of it.
    pub result: VisitResult,
}

/// What a contact's document holds, as far as rules read it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Contact {
    /// When it ended, device milliseconds.
    pub at: i64,
    /// When it began.
    #[serde(default)]
    pub started: Option<i64>,
    /// The household visited.
    #[serde(default)]
    pub household: Option<RecordId>,
    /// ROUND, HOLIDAY, PLAQUE … (a code table).
    #[serde(default)]
    pub work_types: Vec<String>,
    /// How.
    pub method: Method,
    /// Whom.
    pub entries: Vec<Entry>,
}

impl Contact {
    /// Reads a document; None where it has not the form.
    #[must_use]
    pub fn read(doc: &Document) -> Option<Self> {
        serde_json::from_value(serde_json::Value::Object(doc.clone())).ok()
    }
}

/// One person's result in a contact, the code as written: one of a newer version is not renamed.
#[must_use]
pub fn result_of(contact: &Record, person: RecordId) -> Option<&str> {
    let mut entries = contact.value("entries").as_array()?.iter().filter_map(serde_json::Value::as_object);
    text_in(entries.find(|entry| id_in(entry, "person") == Some(person))?, "result")
}

impl Kind for ContactKind {
    fn name(&self) -> &'static str {
        "contact"
    }

    fn nature(&self) -> Nature {
        Nature::Fact
    }

    fn check(&self, doc: &Document) -> Result<(), Fault> {
        for field in ["at", "method", "entries"] {
            if !doc.contains_key(field) {
                return Err(Fault::missing(field));
            }
        }
        let contact = Contact::read(doc).ok_or_else(|| Fault::malformed("entries"))?;
        if contact.entries.is_empty() {
            return Err(Fault::missing("entries"));
        }
        match contact.started {
            Some(started) if started > contact.at => Err(Fault { reason: Reason::EndsBeforeStart, field: "at".into() }),
            _ => Ok(()),
        }
    }

    fn subjects(&self, doc: &Document) -> Vec<RecordId> {
        Contact::read(doc).map(|contact| contact.entries.iter().map(|entry| entry.person).collect()).unwrap_or_default()
    }

    fn held_whole(&self) -> bool {
        false
    }

    fn happened_ms(&self, doc: &Document) -> Option<i64> {
        int_in(doc, "at")
    }

    fn judge(&self, person: &Record, facts: &[&Record], _world: &World) -> Judgement {
        let died = person::died_on(person);
        let mut judgement = Judgement::default();
        let part = Part::Of(person.id);
        for fact in facts.iter().filter(|fact| fact.stands() && fact.settled(&part).is_none()) {
            let after = died.is_some_and(|died| Day::of(fact.meta.origin.happened.ms) > died);
            let says = |result| says(fact, person.id, result);
            // Somebody met after the register's death, or reported dead while it knows of no death: a person must look.
            if (after && says(VisitResult::Met)) || (died.is_none() && says(VisitResult::Died)) {
                judgement.cases.push(Case { kind: CaseKind::Death, subjects: vec![person.id], facts: vec![fact.id] });
            }
            if died.is_none() && says(VisitResult::Died) {
                let since = Day::of(fact.meta.origin.happened.ms);
                judgement.proposals.push(Proposal { field: "life", value: json!("DECEASED"), since, fact: fact.id });
            }
            if after && says(VisitResult::Met) {
                judgement.held.insert(fact.id, Reason::AfterDeath);
            }
        }
        judgement
    }

    fn tables(&self) -> &'static [Table] {
        const {
            &[Table {
                name: "contact_entry",
                columns: &[
                    text("person"),
                    int("day"),
                    int("at_ms"),
                    text("method"),
                    text("result"),
                    text("work_types"),
                    text("review"),
                    int("counts"),
                    int("held"),
                    int("doubtful"),
                ],
                indexes: &[("person", "person, day"), ("reached", "day, counts, person, method, result, review")],
                unique: &[],
            }]
        }
    }

    fn rows(&self, record: &Record) -> Vec<Row> {
        let Some(contact) = Contact::read(&record.doc) else { return Vec::new() };
        let happened = record.meta.origin.happened;
        let review = match record.meta.review {
            Review::Submitted => "SUBMITTED",
            Review::Accepted => "ACCEPTED",
            Review::Returned => "RETURNED",
        };
        // Codes as written: one of a newer version is not renamed.
        let results = record.value("entries").as_array().map(Vec::as_slice).unwrap_or_default();
        let rows = contact.entries.iter().enumerate().map(|(index, entry)| {
            let part = Part::Of(entry.person);
            let held = record.stands() && record.settled(&part) != Some(false) && !record.counts(&part);
            let result = results.get(index).and_then(|entry| text_in(entry.as_object()?, "result"));
            Row {
                table: "contact_entry",
                owner: record.id.to_string(),
                cells: vec![
                    entry.person.into(),
                    Day::of(happened.ms).into(),
                    happened.ms.into(),
                    text_in(&record.doc, "method").into(),
                    result.into(),
                    contact.work_types.join(" ").into(),
                    review.into(),
                    record.counts(&part).into(),
                    held.into(),
                    happened.doubtful.into(),
                ],
            }
        });
        rows.collect()
    }
}

fn says(fact: &Record, person: RecordId, result: VisitResult) -> bool {
    let entries = Contact::read(&fact.doc).map(|contact| contact.entries).unwrap_or_default();
    entries.iter().any(|entry| entry.person == person && entry.result == result)
}
