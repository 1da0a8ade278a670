//! The list of townships and villages. A division's id follows from its code, or from its township and name where the
//! list has no codes, so the same list is the same divisions.

use bianfang_domain::document::{Document, id_in, int_in};
use bianfang_domain::id::RecordId;
use bianfang_domain::kind::joined;
use bianfang_domain::record::Record;
use bianfang_domain::time::Day;
use serde_json::{Value, json};

use super::{Judge, Known, Line, Note, Outcome, RowVerdict, RowWrite, Why, ruled};
use crate::import::compare::compare;
use crate::import::verdict::RowChoice;
use bianfang_sheets::Weight;

/// The id of the division with a code.
#[must_use]
pub fn division_id(county: &str, code: &str) -> RecordId {
    RecordId::derived(&["division", county, code])
}

impl Judge<'_> {
    /// What a row means: a village with its township, or a township.
    pub(super) fn division(&mut self, line: &Line, known: &Known, decided: Option<RowChoice>) -> RowVerdict {
        if line.weighs(Weight::Refusal) {
            return RowVerdict::refused(Vec::new());
        }
        let county = division_id(self.desk.county, self.desk.county);
        let code = line.text("code12").map(str::to_owned);
        let name = line.text("name").unwrap_or(&line.village).to_owned();
        let level = match &code {
            Some(code) if code.len() == 9 => "TOWNSHIP",
            None if line.village.is_empty() && !line.township.is_empty() => "TOWNSHIP",
            _ => "VILLAGE",
        };
        let mut writes = Vec::new();
        let parent = match level {
            "TOWNSHIP" => Ok(county),
            _ => self.township(line, code.as_deref(), (known, &mut writes)),
        };
        let parent = match parent {
            Ok(parent) => parent,
            Err(note) => return RowVerdict::of(None, Vec::new(), vec![*note]),
        };
        let told = self.known_as(parent, code.as_deref(), &name);
        let chosen = match decided {
            Some(RowChoice::SameAs(id)) if id != told => Some(id),
            _ => None,
        };
        let id = chosen.unwrap_or(told);
        let into = match self.merged_into(line, (parent, id)) {
            Ok(into) => into,
            Err(note) => return RowVerdict::of(None, Vec::new(), vec![*note]),
        };
        let fields = || {
            let mut fields = line.fields.clone();
            fields.remove("merged_into");
            fields.extend(document(json!({ "name": &name, "level": level, "parent": parent })));
            fields
        };
        if let Some(record) = known.records.get(&id) {
            if is_undone(self, record) {
                return self.returned_division(line, record, (&fields(), into), writes);
            }
            let named = (level == "VILLAGE").then(|| self.named_township(&line.township, county)).flatten();
            let to = chosen.map(|_| parent).or(named);
            let to = to.filter(|to| Some(*to) != id_in(&record.doc, "parent") && record.value("merged_into").is_null());
            return self.known_division(line, record, (into, to), decided.is_some());
        }
        if self.tree.has(id) {
            return RowVerdict::refused(vec![Why::OutOfScope.on(line, name_of(line), None, None)]);
        }
        if let Some(other) = self.elsewhere(line, parent, &name).filter(|_| decided.is_none()) {
            let above = self.tree.ancestors(other).first().and_then(|id| self.tree.called(*id));
            let note = Why::MaybeMoved.on(line, name_of(line), above.map(|above| above.name.clone()), None);
            return RowVerdict::of(None, Vec::new(), vec![note]).among(vec![other]);
        }
        if self.above.divisions.insert(id, (parent, name.clone())).is_none() {
            writes.push(RowWrite::record("division", id, fields()));
            if let Some((into, from)) = into {
                let before = document(json!({ "parent": parent }));
                writes.push(RowWrite {
                    new: false,
                    before,
                    since: Some(from),
                    ..RowWrite::record("division", id, joined(into, from))
                });
            }
        }
        let mut notes: Vec<Note> = ruled(line, &writes).into_iter().collect();
        if !self.blind && !self.covered.contains(&county) {
            notes.push(Why::OutOfScope.on(line, name_of(line), None, None));
        }
        RowVerdict::of(Some(id), writes, notes)
    }

    /// The one township of a name.
    fn named_township(&self, name: &str, county: RecordId) -> Option<RecordId> {
        let named = self.tree.named(name).into_iter().filter(|id| self.tree.ancestors(*id).first() == Some(&county));
        let named: Vec<RecordId> = named.collect();
        if let [one] = named.as_slice() { Some(*one) } else { None }
    }

    /// The one village of the name in another township, where the row tells from which day on it lies in this one: it may
    /// have moved. A village without a day is a new one, for many are called alike.
    fn elsewhere(&self, line: &Line, parent: RecordId, name: &str) -> Option<RecordId> {
        int_in(&line.fields, "valid_from").filter(|_| !self.blind)?;
        let lies = |id: &RecordId| self.tree.ancestors(*id).first().copied();
        let named = self.tree.named(name).into_iter().filter(|id| {
            let called = self.tree.called(*id);
            called.is_some_and(|called| called.level == "VILLAGE") && lies(id) != Some(parent)
        });
        let named: Vec<RecordId> = named.filter(|id| self.covered.contains(id)).collect();
        if let [one] = named.as_slice() { Some(*one) } else { None }
    }

    /// A division that was hidden only because an import was taken back.
    fn returned_division(
        &self,
        line: &Line,
        record: &Record,
        (fields, into): (&Document, Option<(RecordId, Day)>),
        mut writes: Vec<RowWrite>,
    ) -> RowVerdict {
        let (change, mut notes) = self.anew(line, record, fields);
        writes.push(change);
        if let Some((into, from)) = into {
            writes.push(joins(record, into, from));
        }
        notes.push(Why::Returns.on(line, name_of(line), None, None));
        RowVerdict::of(Some(record.id), writes, notes).coming_back()
    }

    /// Into which division it went and from which day on it lies there: one of the same township, else the only one of the
    /// name, of the register or of a row above.
    fn merged_into(
        &self,
        line: &Line,
        (parent, own): (RecordId, RecordId),
    ) -> Result<Option<(RecordId, Day)>, Box<Note>> {
        let Some(name) = line.text("merged_into") else { return Ok(None) };
        let last = int_in(&line.fields, "valid_to").and_then(|day| i32::try_from(day).ok());
        let Some(last) = last else { return Err(Box::new(Why::MergedWhen.on(line, "merged_into", None, None))) };
        let beside = self.known_as(parent, None, name);
        let named = self.tree.named(name);
        let known = |id: &RecordId| self.tree.has(*id) || self.above.divisions.contains_key(id);
        let sibling = named.iter().copied().find(|id| self.tree.ancestors(*id).first() == Some(&parent));
        let only = if let [one] = named.as_slice() { Some(*one) } else { None };
        let into = sibling.or(Some(beside).filter(known)).or(only).filter(|into| *into != own);
        let unknown = || Box::new(Why::MergedUnknown.on(line, "merged_into", Some(name.to_owned()), None));
        into.map(|into| Some((into, Day(last + 1)))).ok_or_else(unknown)
    }

    /// The township of a village: by its code, else by its name. A list of villages may name townships nowhere else.
    fn township(
        &mut self,
        line: &Line,
        code: Option<&str>,
        (known, writes): (&Known, &mut Vec<RowWrite>),
    ) -> Result<RecordId, Box<Note>> {
        let found = self.township_of(line, code, writes)?;
        if let Some(record) = known.records.get(&found).filter(|record| is_undone(self, record)) {
            // It was hidden with the villages of an import that was taken back.
            let before = document(json!({ "hidden": record.value("hidden") }));
            let back = RowWrite::change(record, document(json!({ "hidden": null })), before);
            writes.push(RowWrite { shared: true, ..back });
        }
        Ok(found)
    }

    fn township_of(
        &mut self,
        line: &Line,
        code: Option<&str>,
        writes: &mut Vec<RowWrite>,
    ) -> Result<RecordId, Box<Note>> {
        let county = division_id(self.desk.county, self.desk.county);
        if let Some(code) = code.and_then(|code| code.get(..9)) {
            let id = division_id(self.desk.county, code);
            if self.tree.has(id) || self.above.divisions.contains_key(&id) {
                return Ok(id);
            }
        }
        if line.township.is_empty() {
            return Err(Box::new(Why::ParentUnknown.on(line, name_of(line), None, None)));
        }
        let by_code = code.and_then(|code| code.get(..9));
        let id = self.known_as(county, by_code, &line.township);
        if !self.tree.has(id) {
            let mut fields = document(json!({ "name": line.township, "level": "TOWNSHIP", "parent": county }));
            fields.extend(by_code.map(|code| ("code12".to_owned(), json!(code))));
            writes.push(RowWrite::shared("division", id, fields));
            self.above.divisions.entry(id).or_insert_with(|| (county, line.township.clone()));
        }
        Ok(id)
    }

    /// One that the register has under this parent by this name, else the id it will have.
    fn known_as(&self, parent: RecordId, code: Option<&str>, name: &str) -> RecordId {
        if let Some(code) = code {
            return division_id(self.desk.county, code);
        }
        let derived = RecordId::derived(&["division", &parent.to_string(), name]);
        if self.tree.has(derived) {
            // Also where it lies below another by now.
            return derived;
        }
        let known = self.tree.named(name).into_iter().find(|id| self.tree.ancestors(*id).first() == Some(&parent));
        let above = || self.above.divisions.iter().find(|(_, (lies, called))| *lies == parent && called == name);
        known.or_else(|| above().map(|(id, _)| *id)).unwrap_or(derived)
    }

    /// A division that the register has: what the list adds, and what only people decide. A merger is the list's to tell;
    /// `to` is a township that it names and the register does not.
    fn known_division(
        &self,
        line: &Line,
        record: &Record,
        (into, to): (Option<(RecordId, Day)>, Option<RecordId>),
        decided: bool,
    ) -> RowVerdict {
        let day = |field| int_in(&line.fields, field).and_then(|day| i32::try_from(day).ok()).map(Day);
        let mut wanted = line.fields.clone();
        wanted.remove("merged_into");
        if into.is_some() {
            // It is set with the merger.
            wanted.remove("valid_to");
        }
        if to.is_some() {
            // The day is that of the move.
            wanted.remove("valid_from");
        }
        let mut found = compare(line, &wanted, record, None, self.desk.sealer());
        let mut dated = Vec::new();
        if let Some((into, from)) = into {
            let held = id_in(&record.doc, "merged_into");
            let ended = int_in(&record.doc, "valid_to");
            if held.is_none() {
                found.notes.push(Why::Merges.on(line, "merged_into", None, Some(from.to_string())));
                dated.push(joins(record, into, from));
            } else if held != Some(into) || ended != Some(i64::from(from.0 - 1)) {
                let called =
                    |id: Option<RecordId>| id.and_then(|id| self.tree.called(id)).map(|called| called.name.clone());
                found.notes.push(Why::Differs.on(line, "merged_into", called(held), called(Some(into))));
                dated.extend(joins_instead(record, into, from));
            }
        }
        match (to, day("valid_from")) {
            (Some(to), Some(from)) => {
                let called = |id: RecordId| self.tree.called(id).map(|called| called.name.clone());
                let lies = id_in(&record.doc, "parent").and_then(called);
                let told = called(to).map(|name| format!("{name} {from}"));
                found.notes.push(Why::Moves.on(line, "valid_from", lies, told));
                let before = document(json!({ "parent": record.value_on("parent", from) }));
                let change = RowWrite::change(record, document(json!({ "parent": to })), before);
                dated.push(RowWrite { since: Some(from), ..change });
            }
            (Some(_), None) => {
                let note = Why::MovedWhen.on(line, name_of(line), None, None);
                return RowVerdict::of(None, Vec::new(), vec![note]).among(vec![record.id]);
            }
            (None, _) => {}
        }
        let (mut set, mut before) = (found.set, found.before);
        if decided {
            set.extend(found.clash);
            found.notes.iter_mut().for_each(|note| note.weight = Weight::Note);
        }
        before.retain(|name, _| set.contains_key(name));
        let mut writes = Vec::new();
        if let Some(last) = set.remove("valid_to") {
            // By days, like a merger: from the day after on it is no more.
            let from = record.since("valid_to").or(day("valid_to").map(|last| Day(last.0 + 1)));
            let held = before.remove("valid_to").map(|held| ("valid_to".to_owned(), held));
            let ends = document(json!({ "valid_to": last }));
            writes.push(RowWrite { since: from, ..RowWrite::change(record, ends, held.into_iter().collect()) });
        }
        if !set.is_empty() {
            writes.push(RowWrite::change(record, set, before));
        }
        writes.append(&mut dated);
        let mut verdict = RowVerdict::of(Some(record.id), writes, found.notes);
        if verdict.outcome == Outcome::Doubtful {
            verdict.candidates = vec![record.id];
        }
        verdict
    }
}

/// The column in which a row says which division it is: most lists of villages have none of names.
fn name_of(line: &Line) -> &'static str {
    let has = |field: &&str| line.columns.contains_key(*field);
    ["name", "village"].into_iter().find(has).unwrap_or("township")
}

/// Whether a division is hidden only because an import was taken back.
fn is_undone(judge: &Judge<'_>, record: &Record) -> bool {
    record.value("hidden") == true && judge.undone_by_import(record, "hidden")
}

const BORDER: [&str; 3] = ["parent", "merged_into", "valid_to"];

/// A merger, with what held on its day.
fn joins(record: &Record, into: RecordId, from: Day) -> RowWrite {
    on_day(record, joined(into, from), from)
}

/// A merger in the place of the one that the register has: into another, or on another day.
fn joins_instead(record: &Record, into: RecordId, from: Day) -> Vec<RowWrite> {
    let Some(was) = record.since("parent") else { return vec![joins(record, into, from)] };
    let mut writes = Vec::new();
    if was < from {
        let lay = record.value_on("parent", Day(was.0 - 1)).clone();
        writes.push(on_day(record, document(json!({ "parent": lay, "merged_into": null, "valid_to": null })), was));
    } else if was > from {
        writes.push(on_day(record, joined(into, from), was));
    }
    writes.push(joins(record, into, from));
    writes
}

fn on_day(record: &Record, fields: Document, day: Day) -> RowWrite {
    let held = BORDER.iter().map(|name| ((*name).to_owned(), record.value_on(name, day).clone()));
    let before = held.filter(|(_, held)| !held.is_null()).collect();
    RowWrite { since: Some(day), ..RowWrite::change(record, fields, before) }
}

fn document(value: Value) -> Document {
    if let Value::Object(fields) = value { fields } else { Document::new() }
}
