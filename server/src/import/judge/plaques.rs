//! Rows of the register of plaques: a row names somebody who is served, at whose home a plaque hangs, or by its head alone a
//! family of which nobody is served, as that of a soldier.

use bianfang_domain::id::RecordId;
use serde_json::json;

use super::facts::{KnownFacts, day, repeated};
use super::homes::Home;
use super::{Judge, Known, Line, Note, RowVerdict, Why};
use crate::import::verdict::RowChoice;
use bianfang_sheets::Weight;
use bianfang_sheets::table::Ledger;

/// Where a row's plaque hangs, what is said of how that was found, and whom the row names.
struct Hangs {
    household: RecordId,
    note: Option<Note>,
    person: Option<RecordId>,
}

impl Judge<'_> {
    /// What a row of the register of plaques means.
    pub(super) fn plaque(
        &mut self,
        line: &Line,
        known: &Known,
        facts: &mut KnownFacts,
        decided: Option<RowChoice>,
    ) -> RowVerdict {
        if line.weighs(Weight::Refusal) {
            return RowVerdict::refused(Vec::new());
        }
        let key = |household: RecordId| (household, line.text("event").unwrap_or_default().to_owned(), day(line));
        let of = |facts: &KnownFacts, person| {
            let told = home(known, person).and_then(|home| facts.plaques.get(&key(home)));
            told.map(|fact| (*fact, true)).into_iter().collect()
        };
        if let Some(fact) = decided.is_none().then(|| self.repeats(line, known, (facts, of))).flatten() {
            return repeated(line, known, fact);
        }
        let by_head = self.by_head(line) && !self.blind && !matches!(decided, Some(RowChoice::SameAs(_)));
        let found = if by_head { self.family(line, decided) } else { self.served(line, known, decided) };
        let Hangs { household, note, person } = match found {
            Ok(found) => found,
            Err(verdict) => return *verdict,
        };
        let told = facts.plaques.get(&key(household)).filter(|_| by_head && decided.is_none()).copied();
        if let Some(fact) = told.filter(|fact| facts.repeated.insert((*fact, household))) {
            return repeated(line, known, fact);
        }
        let mut notes: Vec<Note> = note.into_iter().collect();
        let first = line.text("event") == Some("NEW");
        if decided.is_none() {
            let same = facts.plaques.contains_key(&key(household));
            let second = first && (facts.hung.contains(&household) || self.above.hung.contains_key(&household));
            if same || second {
                let above = self.above.hung.get(&household).cloned();
                notes.push(Why::AlreadyHung.on(line, "event", None, above));
            }
        }
        if first {
            self.above.hung.entry(household).or_insert_with(|| line.at("event"));
        }
        let mut fields = line.fields.clone();
        fields.insert("household".to_owned(), json!(household));
        self.fact(line, ("plaque_event", fields), notes, person.into_iter().collect())
    }

    /// Whether a row names a family by its head alone.
    pub(super) fn by_head(&self, line: &Line) -> bool {
        self.ledger == Ledger::Plaques && line.who("name").is_none() && line.who("head_name").is_some()
    }

    /// The households that such rows of a sheet mean; those of their villages are loaded.
    pub(super) fn families(&mut self, lines: &[Line]) -> Vec<RecordId> {
        let home = |line: &Line| {
            let village = self.village(line).ok()?;
            self.headed_by(line, village).map(Home::id)
        };
        lines.iter().filter_map(home).collect()
    }

    /// The household that a row names by its head: at the door it is surely the one.
    fn family(&mut self, line: &Line, decided: Option<RowChoice>) -> Result<Hangs, Box<RowVerdict>> {
        let said = |note: Note| Box::new(RowVerdict::of(None, Vec::new(), vec![note]));
        let village = self.village(line).map_err(|note| said(*note))?;
        let unknown = || said(Why::PersonUnknown.on(line, "head_name", None, None));
        let home = self.headed_by(line, village).ok_or_else(unknown)?;
        let why = if self.at_door(line, village, home) { Why::ByName } else { Why::OneNamesake };
        let note = decided.is_none().then(|| why.on(line, "head_name", None, None));
        Ok(Hangs { household: home.id(), note, person: None })
    }

    /// The household of whom a row names.
    fn served(&mut self, line: &Line, known: &Known, decided: Option<RowChoice>) -> Result<Hangs, Box<RowVerdict>> {
        let (person, note) = self.whom(line, known, decided)?;
        if let Some(household) = home(known, person).or(self.blind.then_some(person)) {
            return Ok(Hangs { household, note, person: Some(person) });
        }
        let unknown = Why::HouseholdUnknown.on(line, "name", None, None);
        let notes = note.into_iter().chain([unknown]).collect();
        Err(Box::new(RowVerdict::of(None, Vec::new(), notes).among(vec![person])))
    }
}

fn home(known: &Known, person: RecordId) -> Option<RecordId> {
    known.records.get(&person).and_then(|person| known.home(person)).map(|home| home.id)
}
