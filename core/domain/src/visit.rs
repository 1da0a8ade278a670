//! What is written when a visit was saved on the wrong person, or with the wrong words: the same from a phone and from a
//! desk. Moving is one write of several records: they come together or not at all.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::document::{Document, id_in};
use crate::home::HomeWrite;
use crate::id::RecordId;
use crate::kind::{self, Kind, Nature, retargeted};
use crate::link::{Link, Names};
use crate::op::Act;
use crate::record::Record;

/// What is said anew of one person's part in a visit, and of the visit. None: as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Correction {
    /// MET, NOT_HOME …: of this person alone.
    pub result: Option<String>,
    /// HOME, PHONE …
    pub method: Option<String>,
    /// ROUND, HOLIDAY …
    pub work_types: Option<Vec<String>>,
    /// 生产生活情况; blank takes it away.
    pub situation: Option<String>,
}

/// What an amendment sets, field by field as far as it differs. None where the person is not in the visit.
#[must_use]
pub fn corrected(contact: &Record, person: RecordId, correction: &Correction) -> Option<Document> {
    let mut entries = contact.value("entries").as_array()?.clone();
    let of = |said: &Value| said.as_object().and_then(|said| id_in(said, "person")) == Some(person);
    let entry = entries.iter_mut().find(|said| of(said))?.as_object_mut()?;
    let mut set = Document::new();
    if let Some(result) =
        correction.result.as_deref().filter(|result| entry.get("result") != Some(&Value::from(*result)))
    {
        entry.insert("result".into(), result.into());
        // The day of a death goes with its report.
        if result != "DIED" {
            entry.remove("died_on");
        }
        set.insert("entries".into(), entries.into());
    }
    let mut differs = |field: &str, value: Value| {
        if *contact.value(field) != value {
            set.insert(field.to_owned(), value);
        }
    };
    if let Some(method) = &correction.method {
        differs("method", method.as_str().into());
    }
    if let Some(work_types) = &correction.work_types {
        let codes: BTreeSet<&str> = work_types.iter().map(String::as_str).collect();
        differs("work_types", codes.into_iter().collect());
    }
    if let Some(situation) = correction.situation.as_deref().map(str::trim) {
        differs("situation", if situation.is_empty() { Value::Null } else { situation.into() });
    }
    Some(set)
}

/// Everybody whom the visit names once `from`'s part in it is `to`'s; None where the first is not in it or the second is.
#[must_use]
pub fn people_after(contact: &Record, from: RecordId, to: RecordId) -> Option<BTreeSet<RecordId>> {
    let set = retargeted(contact, from, to)?;
    let people = set.get("entries").and_then(Value::as_array).into_iter().flatten();
    Some(people.filter_map(|said| id_in(said.as_object()?, "person")).collect())
}

/// A visit goes over to the person it was paid to, and to their household where all it names live in one; what came of it
/// ([`Link::along`](crate::link::Link)) goes along: a plaque event to the household, a need to the person. `people` are those of
/// [`people_after`] as far as they are known here, `along` the records that name the visit.
#[must_use]
pub fn moved(
    contact: &Record,
    (from, to): (RecordId, RecordId),
    people: &[Record],
    along: &[&Record],
    reason: &str,
) -> Option<Vec<HomeWrite>> {
    let mut set = retargeted(contact, from, to)?;
    let home = |id: RecordId| id_in(&people.iter().find(|person| person.id == id)?.doc, "household");
    let homes: BTreeSet<Option<RecordId>> = people_after(contact, from, to)?.into_iter().map(home).collect();
    let after = homes.first().copied().flatten().filter(|_| homes.len() == 1);
    set.insert("household".into(), after.map_or(Value::Null, |id| id.to_string().into()));
    let mut steps = vec![write(kind::by_name("contact")?, contact.id, set, reason)];
    let before = id_in(&contact.doc, "household");
    let becomes = |id: RecordId| match id {
        id if id == from => Some(to),
        id if Some(id) == before => after,
        _ => None,
    };
    for record in along.iter().filter(|record| record.stands()) {
        let Some(kind) = kind::by_name(&record.kind) else { continue };
        let came_of_it = |link: &&Link| link.along && link.ids(&record.doc).contains(&contact.id);
        if !kind.links().iter().any(|link| came_of_it(&link)) {
            continue;
        }
        let subjects = kind.links().iter().filter(|link| link.names == Names::Subject && link.each.is_none());
        let set: Document = subjects
            .filter_map(|link| {
                let (was, is) = id_in(&record.doc, link.field).and_then(|was| Some((was, becomes(was)?)))?;
                (was != is).then(|| (link.field.to_owned(), Value::from(is.to_string())))
            })
            .collect();
        if !set.is_empty() {
            steps.push(write(kind, record.id, set, reason));
        }
    }
    Some(steps)
}

/// Facts are amended, shared data is changed.
fn write(kind: &dyn Kind, target: RecordId, set: Document, reason: &str) -> HomeWrite {
    let sealed = Default::default();
    let act = match kind.nature() {
        Nature::Fact => Act::Amend { set, sealed, reason: reason.to_owned() },
        Nature::Shared => Act::Change { set, sealed, since: None },
    };
    HomeWrite { kind: kind.name(), target, act }
}
