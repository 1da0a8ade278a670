//! What a household's move, split, merger and withdrawal write, record by record: the same from a phone and from a desk. Each
//! is one write: its steps come together or not at all.

use serde_json::Value;

use crate::document::{Document, text_in};
use crate::id::RecordId;
use crate::kind::moves_along;
use crate::op::Act;
use crate::record::Record;
use crate::time::Day;

/// One record of such a write.
#[derive(Debug, Clone, PartialEq)]
pub struct HomeWrite {
    /// household or person.
    pub kind: &'static str,
    /// The record.
    pub target: RecordId,
    /// What is done to it.
    pub act: Act,
}

/// The head of a household that splits off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewHead {
    /// Their name.
    pub name: String,
    /// Their record, where they are one of the people served.
    pub person: Option<RecordId>,
}

/// Some members become a household of their own, `new`. The old one keeps its plaque.
#[must_use]
pub fn split(
    old: &Record,
    new: RecordId,
    head: &NewHead,
    address: Option<&str>,
    members: &[RecordId],
) -> Vec<HomeWrite> {
    let mut fields = Document::new();
    fields.insert("head_name".into(), crate::name::normalise(&head.name).into());
    put(&mut fields, "head", head.person.map(|id| id.to_string()).as_deref());
    fields.insert("division".into(), old.value("division").clone());
    fields.insert("split_from".into(), old.id.to_string().into());
    put(&mut fields, "address", address);
    let act = Act::Record { fields, sealed: Default::default() };
    let mut steps = vec![HomeWrite { kind: "household", target: new, act }];
    steps.extend(members.iter().map(|member| {
        let relation = (head.person == Some(*member)).then(|| "HEAD".into());
        belongs(*member, new, relation)
    }));
    steps
}

/// A household ends in another: its members go over, its head as one of them, for a household has one head. Two hung
/// plaques are a question for the township.
#[must_use]
pub fn merged(old: RecordId, into: RecordId, members: &[Record]) -> Vec<HomeWrite> {
    let set = [("register", "MERGED".into()), ("merged_into", into.to_string().into())];
    let mut steps = vec![change("household", old, set, None)];
    steps.extend(members.iter().map(|member| {
        let head = text_in(&member.doc, "relation") == Some("HEAD");
        belongs(member.id, into, head.then_some(Value::Null))
    }));
    steps
}

/// A household that never was (a slip of the pen, a village taken for a home) is withdrawn with the reason, for every day. Its
/// members keep their records and stand without a home; whose home it was is written down, for the way back. Plaques that were
/// recorded there are held until somebody says where they hang.
#[must_use]
pub fn withdrawn(home: RecordId, members: &[Record], reason: &str) -> Vec<HomeWrite> {
    let ids: Vec<String> = members.iter().map(|member| member.id.to_string()).collect();
    let set = [("register", "REMOVED".into()), ("removed_note", reason.trim().into()), (MEMBERS, ids.into())];
    let mut steps = vec![change("household", home, set, Some(Day::MIN))];
    let homeless = |member: &Record| change("person", member.id, [("household", Value::Null)], Some(Day::MIN));
    steps.extend(members.iter().map(homeless));
    steps
}

/// It was right after all: the household is back, and with it those of its members who have no other home by now.
#[must_use]
pub fn restored(home: &Record, members: &[Record]) -> Vec<HomeWrite> {
    let set = [("register", "ACTIVE".into()), ("removed_note", Value::Null), (MEMBERS, Value::Null)];
    let mut steps = vec![change("household", home.id, set, Some(Day::MIN))];
    let homeless = members.iter().filter(|member| text_in(&member.doc, "household").is_none());
    let back = [("household", Value::from(home.id.to_string()))];
    steps.extend(homeless.map(|member| change("person", member.id, back.clone(), Some(Day::MIN))));
    steps
}

/// Who stood without a home when it was withdrawn.
#[must_use]
pub fn members_of_withdrawn(home: &Record) -> Vec<RecordId> {
    let ids = home.value(MEMBERS).as_array().into_iter().flatten();
    ids.filter_map(|id| id.as_str()?.parse().ok()).collect()
}

const MEMBERS: &str = "withdrawn_members";

/// A household is in another village and at another address from a day on, and with it the members who live there: one
/// whose living division is another (a son who works in town) stays where he is, and no 户籍 moves.
#[must_use]
pub fn moved(
    home: &Record,
    members: &[Record],
    village: RecordId,
    address: &str,
    since: Option<Day>,
) -> Vec<HomeWrite> {
    let to = |kind, target, place| {
        let mut set = vec![(place, village.to_string().into())];
        set.extend(Some(address.trim()).filter(|text| !text.is_empty()).map(|text| ("address", text.into())));
        change(kind, target, set, since)
    };
    let mut steps = vec![to("household", home.id, "division")];
    let along = members.iter().filter(|member| moves_along(home, member));
    steps.extend(along.map(|member| to("person", member.id, "living_division")));
    steps
}

fn belongs(person: RecordId, household: RecordId, relation: Option<Value>) -> HomeWrite {
    let set = [("household", household.to_string().into())].into_iter();
    change("person", person, set.chain(relation.map(|relation| ("relation", relation))), None)
}

fn change(
    kind: &'static str,
    target: RecordId,
    set: impl IntoIterator<Item = (&'static str, Value)>,
    since: Option<Day>,
) -> HomeWrite {
    let set = set.into_iter().map(|(field, value)| (field.to_owned(), value)).collect();
    HomeWrite { kind, target, act: Act::Change { set, sealed: Default::default(), since } }
}

fn put(fields: &mut Document, name: &str, text: Option<&str>) {
    if let Some(text) = text.map(str::trim).filter(|text| !text.is_empty()) {
        fields.insert(name.to_owned(), text.into());
    }
}
