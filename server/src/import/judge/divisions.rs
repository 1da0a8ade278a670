//! The list of townships and villages. A division's id follows from its code, or from its township and name where the
//! list has no codes, so the same list is the same divisions.

use bianfang_domain::document::Document;
use bianfang_domain::id::RecordId;
use serde_json::{Value, json};

use super::{Judge, Line, Note, Outcome, Verdict, Why, Write, ruled};
use crate::import::line::Weight;

/// The id of the division with a code.
#[must_use]
pub fn division_id(county: &str, code: &str) -> RecordId {
    RecordId::derived(&["division", county, code])
}

impl Judge<'_> {
    /// What a row means: a village with its township, or a township.
    pub(super) fn division(&mut self, line: &Line) -> Verdict {
        if line.notes.iter().any(|note| note.weight == Weight::Refusal) {
            return Verdict {
                outcome: Outcome::Refused,
                target: None,
                candidates: vec![],
                writes: vec![],
                notes: vec![],
            };
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
            Err(note) => return Verdict::of(None, Vec::new(), vec![*note]),
        };
        let id = self.known_as(parent, code.as_deref(), &name);
        if self.tree.has(id) {
            let called = self.tree.called(id).map(|called| called.name.clone()).unwrap_or_default();
            let notes: Vec<Note> = (called != name)
                .then(|| Why::Differs.on(line, "name", Some(called), Some(name.clone())))
                .into_iter()
                .collect();
            return Verdict::of(Some(id), Vec::new(), notes);
        }
        let mut fields = line.fields.clone();
        fields.extend(document(json!({ "name": name, "level": level, "parent": parent })));
        if self.above.divisions.insert(id, line.at("name")).is_none() {
            writes.push(new("division", id, fields, false));
        }
        let mut notes: Vec<Note> = ruled(line, &writes).into_iter().collect();
        if !self.blind && !self.covered.contains(&county) {
            notes.push(Why::OutOfScope.on(line, "name", None, None));
        }
        Verdict::of(Some(id), writes, notes)
    }

    /// The township of a village: by its code, else by its name. A list of villages may name townships nowhere else.
    fn township(&mut self, line: &Line, code: Option<&str>, writes: &mut Vec<Write>) -> Result<RecordId, Box<Note>> {
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
            writes.push(new("division", id, fields, true));
            self.above.divisions.entry(id).or_insert_with(|| line.at("township"));
        }
        Ok(id)
    }

    /// One that the register has under this parent by this name, else the id it will have.
    fn known_as(&self, parent: RecordId, code: Option<&str>, name: &str) -> RecordId {
        if let Some(code) = code {
            return division_id(self.desk.county, code);
        }
        let known = self.tree.named(name).into_iter().find(|id| self.tree.ancestors(*id).first() == Some(&parent));
        known.unwrap_or_else(|| RecordId::derived(&["division", &parent.to_string(), name]))
    }
}

fn new(kind: &str, target: RecordId, fields: Document, shared: bool) -> Write {
    Write { kind: kind.to_owned(), target, fields, new: true, base: 0, before: Document::new(), shared }
}

fn document(value: Value) -> Document {
    if let Value::Object(fields) = value { fields } else { Document::new() }
}
