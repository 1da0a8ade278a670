//! The roster: each row a person, found by the id number, else doubted by name, birth and village. A new person belongs to
//! the household that the row tells (`homes`), or brings one.

use bianfang_domain::assumed::NAME as ASSUMED;
use bianfang_domain::document::{Document, id_in, text_in};
use bianfang_domain::id::RecordId;
use bianfang_domain::id_number::IdNumber;
use bianfang_domain::matching::{Candidate, Match, Traits, find};
use bianfang_domain::name;
use bianfang_domain::record::Record;
use bianfang_domain::shown;
use bianfang_domain::whose_home::is_head;
use serde_json::json;
use sqlx::AnyConnection;

use super::anew::was_undone;
use super::homes::{OF_HOME, address};
use super::{Judge, Known, Line, Note, Outcome, RowVerdict, RowWrite, Why, ruled};
use crate::ServerError;
use crate::import::assumed;
use crate::import::compare::{Difference, compare};
use crate::import::known::{AskedPeople, numbers};
use crate::import::verdict::RowChoice;
use bianfang_sheets::Weight;
use bianfang_sheets::table::Ledger;

impl Judge<'_> {
    /// Everybody that some rows may be.
    pub(super) async fn known_people(
        &mut self,
        conn: &mut AnyConnection,
        lines: &[Line],
        decisions: &[Option<RowChoice>],
    ) -> Result<Known, ServerError> {
        let prints = lines.iter().filter_map(|line| self.print(line)).collect();
        let names = lines.iter().filter_map(|line| line.who("name")).map(str::to_owned).collect();
        let mut asked = AskedPeople { prints, names, ..AskedPeople::default() };
        if self.ledger == Ledger::People {
            let phoned = lines.iter().filter(|line| line.fields.contains_key("phones"));
            asked.births = phoned.filter_map(|line| line.text("birth")).map(str::to_owned).collect();
        }
        let mut known = Known::default();
        known.people(conn, self.desk.county, asked).await?;
        if self.ledger == Ledger::People {
            self.load_homes(conn, lines).await?;
        }
        let mut known = self.with_chosen(conn, known, decisions).await?;
        let homes = known.records.values().filter_map(|person| id_in(&person.doc, "household")).collect();
        known.load(conn, self.desk.county, homes).await?;
        Ok(known)
    }

    /// With the records that people chose.
    async fn with_chosen(
        &self,
        conn: &mut AnyConnection,
        mut known: Known,
        decisions: &[Option<RowChoice>],
    ) -> Result<Known, ServerError> {
        let chosen = decisions.iter().flatten().filter_map(|decision| match decision {
            RowChoice::SameAs(id) => Some(*id),
            RowChoice::Take | RowChoice::Skip => None,
        });
        known.load(conn, self.desk.county, chosen.collect()).await?;
        Ok(known)
    }

    /// The fingerprint of a row's id number, if it passes its check.
    pub(super) fn print(&self, line: &Line) -> Option<String> {
        let number = IdNumber::parse(line.who("id_number")?).ok()?;
        Some(self.desk.number_print(number.reveal()))
    }

    /// What a row of the roster means.
    pub(super) fn person(&mut self, line: &Line, known: &Known, decided: Option<RowChoice>) -> RowVerdict {
        let refusal = line.notes.iter().any(|note| note.weight == Weight::Refusal);
        let village = match self.village(line) {
            _ if refusal => return RowVerdict::refused(Vec::new()),
            Err(note) => return RowVerdict::refused(vec![*note]),
            Ok(village) => village,
        };
        let traits = Traits {
            print: self.print(line),
            name: name::matched(line.text("name").unwrap_or_default()),
            birth: line.text("birth").map(str::to_owned),
            villages: vec![village],
            phones: line.fields.get("phones").map(numbers).unwrap_or_default(),
        };
        let mut doubts = self.doubts_above(line, &traits);
        if decided.is_none() {
            doubts.extend(line.notes.iter().filter(|note| note.weight == Weight::Doubt).cloned());
        } else {
            // Two rows of one number in one go: the second waits until the first is in the register, to be compared with it.
            let twice = traits.print.as_ref().is_some_and(|print| self.above.numbers.contains_key(print));
            doubts = if twice { vec![Why::IdTwice.on(line, "id_number", None, None)] } else { Vec::new() };
        }
        let mut candidates = known.candidates(traits.print.as_deref(), &traits.name);
        if !traits.phones.is_empty() {
            let born = known.born(&traits, self.desk.sealer());
            let other = |born: &Candidate| candidates.iter().all(|named| named.id != born.id);
            let born: Vec<Candidate> = born.into_iter().filter(other).collect();
            candidates.extend(born);
        }
        let found = match decided {
            Some(RowChoice::SameAs(id)) => Match::Same(id),
            Some(RowChoice::Take) => match find(&traits, &candidates) {
                Match::Doubtful(_) => Match::New,
                sure => sure,
            },
            _ => find(&traits, &candidates),
        };
        let again = match &found {
            Match::Doubtful(maybe) if decided.is_none() => self.told_again(line, maybe, known),
            _ => None,
        };
        self.above.again.extend(again);
        let found = again.map_or(found, Match::Same);
        self.may_be_new = !matches!(found, Match::Same(_));
        let verdict = match found {
            Match::Same(id) => match known.records.get(&id).filter(|record| record.kind == "person") {
                Some(record) => {
                    let print = traits.print.as_deref();
                    let own = if known.brought(record, print) { None } else { print };
                    self.known_person(line, (record, known), (village, own), decided.is_some())
                }
                None => RowVerdict::refused(vec![Why::PersonUnknown.on(line, "name", None, None)]),
            },
            Match::Doubtful(maybe) => {
                let first = maybe.first().and_then(|id| known.records.get(id));
                let named = first.and_then(|first| text_in(&first.doc, "name")).map(name::matched);
                let why = if named == Some(traits.name.clone()) { Why::MaybeKnown } else { Why::OtherName };
                RowVerdict::of(None, Vec::new(), vec![why.on(line, "name", first.map(describe), None)]).among(maybe)
            }
            Match::New => {
                let gone = candidates.iter().find(|other| other.removed && other.traits.print == traits.print);
                let gone = gone.filter(|_| traits.print.is_some());
                let undone = gone.and_then(|gone| known.records.get(&gone.id)).filter(|record| was_undone(record));
                match gone.filter(|_| decided.is_none()) {
                    _ if undone.is_some() => self.returned(line, undone, village, known),
                    Some(gone) => {
                        RowVerdict::of(None, Vec::new(), vec![Why::Removed.on(line, "id_number", None, None)])
                            .among(vec![gone.id])
                    }
                    None => self.new_person(line, village, known),
                }
            }
        };
        self.remember(line, traits, &verdict);
        if verdict.outcome == Outcome::Unchanged && verdict.notes.is_empty() {
            // The sheet says what the register says: a remark that was looked at once is no doubt again.
            doubts.retain(|doubt| doubt.code != "deceased_listed");
            if doubts.is_empty()
                && line.notes.iter().all(|note| note.weight == Weight::Note || note.code == "deceased_listed")
            {
                return verdict;
            }
        }
        let own: Vec<Note> = doubts.into_iter().filter(|doubt| !line.notes.contains(doubt)).collect();
        let doubtful = verdict.outcome != Outcome::Refused
            && (!own.is_empty() || (decided.is_none() && line.notes.iter().any(|note| note.weight == Weight::Doubt)));
        if !doubtful {
            return verdict;
        }
        let candidates = verdict.target.into_iter().chain(verdict.candidates).collect();
        let notes = own.into_iter().chain(verdict.notes).collect();
        let mut doubtful = RowVerdict::of(None, Vec::new(), notes).among(candidates);
        doubtful.outcome = Outcome::Doubtful;
        doubtful
    }

    /// Of somebody without a number: the one record of whom a row says neither more nor less than the register. A name and a
    /// village alone say too little. Each record answers one row.
    fn told_again(&self, line: &Line, maybe: &[RecordId], known: &Known) -> Option<RecordId> {
        let free = maybe.iter().filter(|id| !self.above.again.contains(id)).filter_map(|id| known.records.get(id));
        let again = |record: &&Record| {
            let wanted = without_homes(line, record, known);
            let said = |field: &str| line.fields.contains_key(field);
            let held = |field: &str| record.doc.get(field).is_some_and(|value| !value.is_null());
            let complete = TELLING.iter().all(|field| said(field) || !held(field));
            complete
                && TELLING.iter().any(|field| said(field))
                && compare(line, &wanted, record, None, self.desk.sealer()) == Difference::default()
        };
        free.into_iter().find(again).map(|record| record.id)
    }

    /// What rows above have to do with this one.
    fn doubts_above(&self, line: &Line, traits: &Traits) -> Vec<Note> {
        if let Some(cell) = traits.print.as_ref().and_then(|print| self.above.numbers.get(print)) {
            // The reader may have said so already, by the same rule.
            let said = line.notes.iter().any(|note| note.code == "id_twice");
            return if said { Vec::new() } else { vec![Why::IdTwice.on(line, "id_number", None, Some(cell.clone()))] };
        }
        let phoned = traits.birth.as_ref().filter(|_| !traits.phones.is_empty());
        let born = phoned.and_then(|birth| self.above.births.get(birth)).into_iter().flatten();
        let born = born.filter(|(other, _)| other.traits.name != traits.name);
        let above = self.above.names.get(&traits.name).into_iter().flatten().chain(born);
        let above: Vec<&(Candidate, String)> = above.collect();
        let candidates: Vec<Candidate> = above.iter().map(|(candidate, _)| candidate.clone()).collect();
        match find(traits, &candidates) {
            Match::Doubtful(like) => {
                let first = above.iter().find(|(candidate, _)| like.first() == Some(&candidate.id));
                let named = first.is_some_and(|(other, _)| other.traits.name == traits.name);
                let why = if named { Why::MaybeAbove } else { Why::OtherName };
                vec![why.on(line, "name", None, first.map(|(_, cell)| cell.clone()))]
            }
            Match::New | Match::Same(_) => Vec::new(),
        }
    }

    fn remember(&mut self, line: &Line, traits: Traits, verdict: &RowVerdict) {
        if let Some(print) = &traits.print {
            self.above.numbers.entry(print.clone()).or_insert_with(|| line.at("id_number"));
        }
        let id = verdict.target.unwrap_or_else(|| self.new_id());
        let candidate = Candidate { id, traits, removed: false };
        let name = candidate.traits.name.clone();
        if let Some(birth) = candidate.traits.birth.clone().filter(|_| !candidate.traits.phones.is_empty()) {
            self.above.births.entry(birth).or_default().push((candidate.clone(), line.at("name")));
        }
        self.above.names.entry(name).or_default().push((candidate, line.at("name")));
    }

    fn known_person(
        &mut self,
        line: &Line,
        (record, known): (&Record, &Known),
        (village, print): (RecordId, Option<&str>),
        decided: bool,
    ) -> RowVerdict {
        if !self.is_visible(record) {
            return RowVerdict::refused(vec![Why::OutOfScope.on(line, "id_number", None, None)]);
        }
        let wanted = without_homes(line, record, known);
        let mut found = compare(line, &wanted, record, print, self.desk.sealer());
        let lives = crate::import::known::villages(record);
        if !lives.contains(&village) {
            let called = |id: &RecordId| self.tree.called(*id).map(|called| called.name.clone()).unwrap_or_default();
            let (from, to) = (lives.first().map(called).unwrap_or_default(), called(&village));
            let held = record.value("living_division").clone();
            found.clash(line, "living_division", (held, json!(village)), (from, to));
            found.notes.iter_mut().filter(|note| note.at == line.at("living_division")).for_each(|note| {
                note.at = line.at("village");
            });
        }
        if text_in(&record.doc, "life") == Some("DECEASED") && line.text("life") != Some("DECEASED") {
            found.clash.remove("life");
            found.set.remove("life");
            if !decided {
                found.notes.push(Why::DeceasedKnown.on(line, "name", None, None));
            }
        }
        let home = known.home(record);
        let claims = self.claim(line, village);
        let mut brings = None;
        if home.is_none() && claims.says() && lives.contains(&village) {
            let (home, write) = self.home_of(line, (village, record.id), known, None);
            let field = OF_HOME.into_iter().find(|name| line.text(name).is_some()).unwrap_or("address");
            found.notes.push(Why::Housed.on(line, field, None, None));
            found.before.extend(record.doc.get("household").map(|held| ("household".to_owned(), held.clone())));
            found.set.insert("household".to_owned(), json!(home));
            brings = write;
        }
        let called = home.and_then(|home| text_in(&home.doc, "head_name")).map(name::normalise);
        let other = |(held, told): &(String, String)| name::matched(held) != name::matched(told);
        if let Some((held, told)) = called.zip(claims.head).filter(other) {
            found.notes.push(Why::HeadDiffers.on(line, "head_name", Some(held), Some(told)));
        }
        let mut set = found.set;
        if decided {
            set.extend(found.clash);
            found.notes.iter_mut().for_each(|note| note.weight = Weight::Note);
        }
        let mut before = found.before;
        before.retain(|name, _| set.contains_key(name));
        let mut writes: Vec<RowWrite> = brings.into_iter().collect();
        if !set.is_empty() {
            writes.push(RowWrite::change(record, set, before));
        }
        let mut verdict = RowVerdict::of(Some(record.id), writes, found.notes);
        verdict.candidates = if verdict.outcome == Outcome::Doubtful { vec![record.id] } else { Vec::new() };
        verdict
    }

    /// Somebody who left only because an import was taken back: they return as this row tells them.
    fn returned(&mut self, line: &Line, record: Option<&Record>, village: RecordId, known: &Known) -> RowVerdict {
        let Some(record) = record else { return RowVerdict::refused(Vec::new()) };
        if !self.is_visible(record) {
            return RowVerdict::refused(vec![Why::OutOfScope.on(line, "id_number", None, None)]);
        }
        let left =
            id_in(&record.doc, "household").and_then(|id| known.records.get(&id)).filter(|home| was_undone(home));
        let (home, brings) = self.home_of(line, (village, record.id), known, left);
        let mut wanted = self.as_new(line, village);
        wanted.insert("household".to_owned(), json!(home));
        let (change, mut notes) = self.anew(line, record, &wanted);
        notes.push(Why::Returns.on(line, "id_number", None, None));
        notes.extend(self.homeless(line, village));
        RowVerdict::of(Some(record.id), brings.into_iter().chain([change]).collect(), notes).coming_back()
    }

    fn new_person(&mut self, line: &Line, village: RecordId, known: &Known) -> RowVerdict {
        let id = self.new_id();
        let (home, brings) = self.home_of(line, (village, id), known, None);
        let mut fields = self.as_new(line, village);
        fields.insert("household".to_owned(), json!(home));
        let writes: Vec<RowWrite> = brings.into_iter().chain([RowWrite::record("person", id, fields)]).collect();
        let notes = ruled(line, &writes).into_iter().chain(self.homeless(line, village)).collect();
        RowVerdict::of(Some(id), writes, notes)
    }

    /// The fields of a row as a new person has them. That they live in the village of the row is assumed, and marked.
    fn as_new(&self, line: &Line, village: RecordId) -> Document {
        let mut fields = of_person(line);
        assumed::put(&mut fields, &assumed::lacking(self.ledger, line), &self.answers);
        if fields.contains_key("living_division") {
            fields.insert("living_division".to_owned(), json!(village));
        }
        fields.entry("registered_division").or_insert_with(|| json!(village));
        for (name, value) in [("register", "ACTIVE"), ("life", "ALIVE")] {
            fields.entry(name).or_insert_with(|| json!(value));
        }
        fields
    }

    /// An address that is no home's is told: nobody is put together by it.
    fn homeless(&self, line: &Line, village: RecordId) -> Option<Note> {
        let shared = address(line).filter(|_| !self.claim(line, village).says());
        let field = if line.text("address").is_some() { "address" } else { "registered_address" };
        shared.map(|at| Why::NoDoor.on(line, field, Some(at.to_owned()), None))
    }

    fn is_visible(&self, person: &Record) -> bool {
        crate::import::known::villages(person).iter().any(|division| self.covered.contains(division))
    }
}

/// The fields of a row that are a person's.
fn of_person(line: &Line) -> Document {
    let mut fields = line.fields.clone();
    fields.retain(|name, _| !OF_HOME.contains(&name.as_str()));
    if line.text("relation").is_some_and(is_head) {
        fields.insert("relation".to_owned(), json!("HEAD"));
    }
    fields
}

/// What tells somebody from a namesake.
const TELLING: [&str; 4] = ["birth", "phones", "enlisted", "discharged"];

/// The fields of a row to be compared. Where a person has no address their household's is theirs, as ledgers show it.
fn without_homes(line: &Line, record: &Record, known: &Known) -> Document {
    let mut wanted = of_person(line);
    // A mark says nothing against what the register has been told since.
    wanted.retain(|name, _| name != "register" && name != ASSUMED);
    let home = id_in(&record.doc, "household").and_then(|id| known.records.get(&id));
    for field in ["address", "registered_address"] {
        let held = text_in(&record.doc, field).or_else(|| home.and_then(|home| text_in(&home.doc, field)));
        if held.is_some() && held == line.text(field) {
            wanted.remove(field);
        }
    }
    wanted
}

/// Enough of somebody to be told from a namesake, masked.
#[must_use]
pub fn describe(person: &Record) -> String {
    let shown = |field: &str| shown::value("person", field, person.value(field).clone());
    let text = |field| shown(field).as_str().unwrap_or_default().to_owned();
    [text("name"), text("birth"), text("id_number")]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}
