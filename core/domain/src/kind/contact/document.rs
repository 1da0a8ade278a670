//! What rules read of a contact's document. Everything else of it (texts, signature, place) is kept as it came.

use serde::{Deserialize, Serialize};

use crate::document::{Document, id_in, text_in};
use crate::id::RecordId;
use crate::record::Record;
use crate::time::Day;

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

impl Method {
    /// Those this version knows.
    pub const ALL: [Self; 6] = [Self::Home, Self::Phone, Self::Video, Self::Seminar, Self::Station, Self::Relative];

    /// The code as it stands in documents.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Home => "HOME",
            Self::Phone => "PHONE",
            Self::Video => "VIDEO",
            Self::Seminar => "SEMINAR",
            Self::Station => "STATION",
            Self::Relative => "RELATIVE",
            Self::Other => "OTHER",
        }
    }
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
    /// 地址不符: proposes that they moved
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
    /// With DIED: the day they died, as it was told at the door.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub died_on: Option<Day>,
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
    /// The unit visited: then perhaps nobody of those served was met.
    #[serde(default)]
    pub unit: Option<RecordId>,
    /// ROUND, HOLIDAY, PLAQUE … (a code table).
    #[serde(default)]
    pub work_types: Vec<String>,
    /// How.
    pub method: Method,
    /// Whom.
    #[serde(default)]
    pub entries: Vec<Entry>,
}

impl Contact {
    /// Reads a document; None where it has not the form.
    #[must_use]
    pub fn read(doc: &Document) -> Option<Self> {
        serde_json::from_value(serde_json::Value::Object(doc.clone())).ok()
    }

    /// What is said of one person.
    #[must_use]
    pub fn of(&self, person: RecordId) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.person == person)
    }
}

/// What an amendment sets when a contact was saved on the wrong person: everything said of one is said of the other, and
/// nothing is typed again. Photos, plaque events and money hang on the contact and move with it. None where the first is not
/// in it or the second is.
#[must_use]
pub fn retargeted(contact: &Record, from: RecordId, to: RecordId) -> Option<Document> {
    let read = Contact::read(&contact.doc)?;
    if read.of(from).is_none() || read.of(to).is_some() {
        return None;
    }
    let (old, new) = (from.to_string(), serde_json::Value::from(to.to_string()));
    let moved = |field: &str| {
        let mut list = contact.value(field).as_array()?.clone();
        for said in list.iter_mut().filter_map(serde_json::Value::as_object_mut) {
            if said.get("person").and_then(serde_json::Value::as_str) == Some(old.as_str()) {
                said.insert("person".into(), new.clone());
            }
        }
        Some((field.to_owned(), list.into()))
    };
    Some(["entries", "answers"].into_iter().filter_map(moved).collect())
}

/// One person's result in a contact, the code as written: one of a newer version is not renamed.
#[must_use]
pub fn result_of(contact: &Record, person: RecordId) -> Option<&str> {
    let mut entries = contact.value("entries").as_array()?.iter().filter_map(serde_json::Value::as_object);
    text_in(entries.find(|entry| id_in(entry, "person") == Some(person))?, "result")
}

/// Whether a contact was typed in more than a day after it happened (invariant 9: late entry is flagged and allowed).
#[must_use]
pub fn late(contact: &Record) -> bool {
    let origin = &contact.meta.origin;
    Day::of(origin.written.ms).0 - Day::of(origin.happened.ms).0 > 1
}
