//! The list of townships and villages. A division's id follows from its code, or from its township and name where the
//! list has no codes, so the same list is the same divisions.

use bianfang_domain::document::{Document, id_in, int_in};
use bianfang_domain::id::RecordId;
use bianfang_domain::kind::joined;
use bianfang_domain::record::Record;
use bianfang_domain::time::Day;
use serde_json::{Value, json};

use super::{Judge, Known, Line, Note, Outcome, RowVerdict, RowWrite, Why, ruled};
use crate::county::sealed::Sealer;
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
        let parent = if level == "TOWNSHIP" { Ok(county) } else { self.township(line, code.as_deref(), &mut writes) };
        let parent = match parent {
            Ok(parent) => parent,
            Err(note) => return RowVerdict::of(None, Vec::new(), vec![*note]),
        };
        let id = self.known_as(parent, code.as_deref(), &name);
        let into = match self.merged_into(line, (parent, id)) {
            Ok(into) => into,
            Err(note) => return RowVerdict::of(None, Vec::new(), vec![*note]),
        };
        if let Some(record) = known.records.get(&id) {
            return known_division(line, record, (into, decided.is_some()), self.desk.sealer());
        }
        if self.tree.has(id) {
            return RowVerdict::refused(vec![Why::OutOfScope.on(line, "name", None, None)]);
        }
        let mut fields = line.fields.clone();
        fields.remove("merged_into");
        fields.extend(document(json!({ "name": &name, "level": level, "parent": parent })));
        if self.above.divisions.insert(id, (parent, name)).is_none() {
            writes.push(RowWrite::record("division", id, fields));
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
            notes.push(Why::OutOfScope.on(line, "name", None, None));
        }
        RowVerdict::of(Some(id), writes, notes)
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
    fn township(&mut self, line: &Line, code: Option<&str>, writes: &mut Vec<RowWrite>) -> Result<RecordId, Box<Note>> {
        let county = division_id(self.desk.county, self.desk.county);
        if let Some(code) = code.and_then(|code| code.get(..9)) {
            let id = division_id(self.desk.county, code);
            if self.tree.has(id) || self.above.divisions.contains_key(&id) {
                return Ok(id);
            }
        }
        if line.township.is_empty() {
            return Err(Box::new(Why::ParentUnknown.on(line, "name", None, None)));
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
}

/// A division that the register has: what the list adds, and what only people decide. A merger is the list's to tell.
fn known_division(
    line: &Line,
    record: &Record,
    (into, decided): (Option<(RecordId, Day)>, bool),
    sealer: Sealer<'_>,
) -> RowVerdict {
    let mut wanted = line.fields.clone();
    wanted.remove("merged_into");
    let held = id_in(&record.doc, "merged_into");
    if into.is_some() && held.is_none() {
        // It is set with the merger.
        wanted.remove("valid_to");
    }
    let mut found = compare(line, &wanted, record, None, sealer);
    if let Some((into, _)) = into.filter(|(into, _)| held.is_some_and(|held| held != *into)) {
        let shown = (held.map(|id| id.to_string()).unwrap_or_default(), into.to_string());
        found.notes.push(Why::Differs.on(line, "merged_into", Some(shown.0), Some(shown.1)));
    }
    let (mut set, mut before) = (found.set, found.before);
    if decided {
        set.extend(found.clash);
        found.notes.iter_mut().for_each(|note| note.weight = Weight::Note);
    }
    before.retain(|name, _| set.contains_key(name));
    let mut writes = Vec::new();
    if !set.is_empty() {
        writes.push(RowWrite::change(record, set, before));
    }
    if let Some((into, from)) = into.filter(|_| held.is_none()) {
        let mut before = document(json!({ "parent": record.value_on("parent", from) }));
        let told =
            ["merged_into", "valid_to"].into_iter().filter_map(|name| record.doc.get(name).map(|held| (name, held)));
        before.extend(told.map(|(name, held)| (name.to_owned(), held.clone())));
        found.notes.push(Why::Merges.on(line, "merged_into", None, Some(from.to_string())));
        writes.push(RowWrite { since: Some(from), ..RowWrite::change(record, joined(into, from), before) });
    }
    let mut verdict = RowVerdict::of(Some(record.id), writes, found.notes);
    if verdict.outcome == Outcome::Doubtful {
        verdict.candidates = vec![record.id];
    }
    verdict
}

fn document(value: Value) -> Document {
    if let Value::Object(fields) = value { fields } else { Document::new() }
}
