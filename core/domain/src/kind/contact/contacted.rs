//! What the due list reads of a person, one narrow row each: the newest day of each method and result, promises not kept,
//! returned visits, and the dates of the register. Raw days: which of them count is for the rules of the day it is read.

use std::collections::BTreeMap;

use serde::de::IntoDeserializer;
use serde::de::value::Error as CodeError;
use serde::{Deserialize, Serialize};

use super::document::{Contact, Method, VisitResult, result_of};
use crate::document::{Document, text_in};
use crate::due::{KnownPerson, Must, Newest};
use crate::id::RecordId;
use crate::kind::person;
use crate::op::{Part, Review};
use crate::projection::{Cell, Table, int, text};
use crate::record::Record;
use crate::time::Day;
use crate::warning;
use crate::world::World;

/// The projection's table; its owner is the person.
pub const TABLE: Table = Table {
    name: "contacted",
    columns: &[
        int("key_contact"),
        int("key_next_on"),
        int("discharged"),
        int("placed_year"),
        int("died_on"),
        int("active_since"),
        text("tags"),
        // METHOD RESULT day, joined by ;
        text("said"),
        // TRIGGER METHOD day, joined by ;
        text("musts"),
        int("follow_up_on"),
        text("returned"),
        int("returned_day"),
        text("must_visit"),
        int("must_since"),
    ],
    indexes: &[],
    unique: &[],
};

/// A row as both stores read it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactedRow {
    /// 重点对象
    pub key_contact: bool,
    /// Their next date.
    pub key_next_on: Option<Day>,
    /// 退役
    pub discharged: Option<Day>,
    /// 安置年度, of whom the state placed.
    pub placed_year: Option<i32>,
    /// 去世
    pub died_on: Option<Day>,
    /// ACTIVE since.
    pub active_since: Option<Day>,
    /// Codes between blanks.
    pub tags: String,
    /// METHOD RESULT day, joined by `;`.
    pub said: String,
    /// TRIGGER METHOD day, joined by `;`.
    pub musts: String,
    /// The earliest promise to come back that was not kept.
    pub follow_up_on: Option<Day>,
    /// A returned contact.
    pub returned: Option<RecordId>,
    /// Its day.
    pub returned_day: Option<Day>,
    /// The trigger that the register asks for by itself.
    pub must_visit: Option<String>,
    /// Since when.
    pub must_since: Option<Day>,
}

fn code<'de, T: Deserialize<'de>>(code: &'de str) -> Option<T> {
    T::deserialize(IntoDeserializer::<CodeError>::into_deserializer(code)).ok()
}

impl ContactedRow {
    /// What is known, with the categories of the day.
    #[must_use]
    pub fn known(&self, counted: bool, categories: &str) -> KnownPerson {
        let codes = |text: &str| text.split(' ').filter(|code| !code.is_empty()).map(str::to_owned).collect();
        let parts = |text: &str| text.split(';').filter(|part| !part.is_empty()).map(str::to_owned).collect::<Vec<_>>();
        let said = |part: String| {
            let mut words = part.split(' ');
            let (method, result) = (code(words.next()?)?, code(words.next()?)?);
            Some(Newest { method, result, day: Day(words.next()?.parse().ok()?) })
        };
        let must = |part: String| {
            let mut words = part.rsplitn(3, ' ');
            let (day, method) = (words.next()?.parse().ok()?, code(words.next()?)?);
            Some(Must { code: words.next()?.to_owned(), method, day: Day(day) })
        };
        KnownPerson {
            counted,
            since: self.active_since,
            categories: codes(categories),
            tags: codes(&self.tags),
            key: self.key_contact,
            key_next_on: self.key_next_on,
            discharged: self.discharged,
            placed_year: self.placed_year,
            died_on: self.died_on,
            said: parts(&self.said).into_iter().filter_map(said).collect(),
            musts: parts(&self.musts).into_iter().filter_map(must).collect(),
            follow_up_on: self.follow_up_on,
            returned: self.returned.zip(self.returned_day),
            asked: self.must_visit.clone().zip(self.must_since),
            letters: Vec::new(),
            assigned: Vec::new(),
            asks: Vec::new(),
            snoozed: None,
        }
    }
}

fn day_in(doc: &Document, field: &str) -> Option<Day> {
    match doc.get(field)? {
        serde_json::Value::String(text) => Day::parse(text),
        value => value.as_i64().and_then(|day| i32::try_from(day).ok()).map(Day),
    }
}

/// Of a date that names its month the first day it may mean begins what is asked; a year alone begins nothing.
fn known_to_the_month((first, last): &(Day, Day)) -> bool {
    last.0 - first.0 <= 31
}

/// Every contact that names a person, under whichever of their records, in fold order.
pub(super) fn of_all<'w>(person: &Record, world: &'w World) -> Vec<(RecordId, &'w Record)> {
    let duplicate = |id: &RecordId| world.find(*id).is_some_and(|other| other.meta.counts_as == Some(person.id));
    let others = world.chained(person.id).into_iter().filter(|id| *id != person.id).filter(duplicate);
    let of = |id: RecordId| world.facts(id, "contact").into_iter().map(move |contact| (id, contact));
    let mut all: Vec<_> = others.chain([person.id]).flat_map(of).collect();
    all.sort_by_key(|(_, contact)| contact.fold_key());
    all
}

/// Cells of [`TABLE`] for a person and every contact that names them, in fold order, each with the record it names.
pub(super) fn cells(person: &Record, contacts: &[(RecordId, &Record)]) -> Vec<Cell> {
    let (mut said, mut musts) = (BTreeMap::new(), BTreeMap::new());
    let (mut promised, mut met) = (Vec::new(), Vec::new());
    let mut returned = None;
    for (named, record) in contacts {
        let part = Part::Of(*named);
        let happened = record.meta.origin.happened.ms;
        let day = Day::of(happened);
        if record.meta.review == Review::Returned && record.meta.voided.is_none() {
            returned = Some((record.id, day));
        }
        let Some(contact) = Contact::read(&record.doc).filter(|_| record.counts(&part)) else { continue };
        let Some(entry) = contact.of(*named) else { continue };
        let result = result_of(record, *named).unwrap_or_default();
        let method = text_in(&record.doc, "method").unwrap_or_default();
        said.entry(format!("{method} {result}")).and_modify(|last: &mut Day| *last = day.max(*last)).or_insert(day);
        let reached =
            matches!(entry.result, VisitResult::Met | VisitResult::MetFamily) && contact.method != Method::Other;
        if let Some(trigger) = text_in(&record.doc, "must_trigger").filter(|_| reached) {
            musts
                .entry(format!("{trigger} {method}"))
                .and_modify(|last: &mut Day| *last = day.max(*last))
                .or_insert(day);
        }
        if reached {
            met.push((happened, day, contact.work_types.iter().any(|code| code == "FOLLOWUP")));
        }
        promised.extend(day_in(&record.doc, "follow_up_on").map(|day| (happened, day)));
    }
    // Kept by a follow-up whenever it came, or by anybody who met them on that day or later.
    let kept = |(raised, on): &(i64, Day)| met.iter().any(|(at, day, follows)| at > raised && (*follows || day >= on));
    let follow_up_on = promised.iter().filter(|promise| !kept(promise)).map(|(_, day)| *day).min();
    let joined = |days: BTreeMap<String, Day>| {
        days.into_iter().map(|(code, day)| format!("{code} {}", day.0)).collect::<Vec<_>>().join(";")
    };
    let doc = &person.doc;
    let key = doc.get("key_contact").and_then(serde_json::Value::as_bool).unwrap_or(false);
    let tags = doc.get("tags").and_then(serde_json::Value::as_array).into_iter().flatten();
    let tags: Vec<&str> = tags.filter_map(serde_json::Value::as_str).collect();
    let active = person.meta.dated.get("register").into_iter().flatten().rev();
    let active = active.take_while(|dated| dated.value == "ACTIVE").last().map(|dated| dated.from);
    // Whose day nobody knows is asked after since the death was told; who came into the register dead is not.
    let told = || person.since("life").filter(|_| person::deceased(person));
    let died = person::died_on(person).or_else(told);
    // Of who is not or no more of the register nothing is asked.
    let gone = matches!(text_in(doc, "register"), Some("REJECTED" | "REMOVED")) || died.is_some();
    let must = text_in(doc, "must_visit").filter(|_| !gone);
    vec![
        key.into(),
        day_in(doc, "key_next_on").into(),
        warning::dated(doc, "discharged").filter(known_to_the_month).map(|(first, _)| first).into(),
        person::placed_year(doc).map(i64::from).into(),
        died.into(),
        active.into(),
        format!(" {} ", tags.join(" ")).into(),
        joined(said).into(),
        joined(musts).into(),
        follow_up_on.into(),
        returned.map(|(id, _)| id).into(),
        returned.map(|(_, day)| day).into(),
        must.into(),
        must.map(|_| Day::of(person.meta.origin.written.ms)).into(),
    ]
}
