//! Ledgers of what was done: plaques, visits, letters. A row names somebody of the register and becomes a fact about them or
//! their household. The one of the name in the village is meant where something else of the row agrees with the register
//! (`namesake`); else people choose.

use std::collections::{BTreeSet, HashMap};

use bianfang_domain::assumed;
use bianfang_domain::document::{Document, id_in, int_in, text_in};
use bianfang_domain::id::RecordId;
use bianfang_domain::kind::result_of;
use bianfang_domain::matching::Candidate;
use bianfang_domain::name;
use bianfang_domain::record::Record;
use bianfang_domain::time::Day;
use serde_json::{Value, json};
use sqlx::{AnyConnection, Row};

use super::{Judge, Known, Line, Note, Outcome, RowVerdict, RowWrite, Why, ruled};
use crate::ServerError;
use crate::db::row;
use crate::db::sql::{Statement, all_in};
use crate::import::verdict::RowChoice;
use bianfang_sheets::Weight;
use bianfang_sheets::table::Ledger;

/// What is known of the facts that rows may repeat.
#[derive(Debug, Default)]
pub(super) struct KnownFacts {
    /// Households with a plaque on the wall.
    pub(super) hung: BTreeSet<RecordId>,
    /// Household, what was done, and the day, to the fact.
    pub(super) plaques: HashMap<(RecordId, String, i64), RecordId>,
    /// Person and day, to the visits.
    visits: HashMap<(RecordId, i64), Vec<RecordId>>,
    /// Facts that a row of this sheet repeats already, with whom it names.
    pub(super) repeated: BTreeSet<(RecordId, RecordId)>,
}

impl Judge<'_> {
    /// The facts about everybody whom some rows may mean.
    pub(super) async fn known_facts(
        &mut self,
        conn: &mut AnyConnection,
        lines: &[Line],
        known: &mut Known,
    ) -> Result<KnownFacts, ServerError> {
        let county = self.desk.county;
        let people: Vec<String> = known.records.keys().map(ToString::to_string).collect();
        let mut households: BTreeSet<RecordId> =
            known.records.values().filter_map(|person| id_in(&person.doc, "household")).collect();
        let unnamed: Vec<Line> = lines.iter().filter(|line| self.by_head(line)).cloned().collect();
        self.load_homes(conn, &unnamed).await?;
        households.extend(self.families(&unnamed));
        let households: Vec<String> = households.iter().map(ToString::to_string).collect();
        let mut facts = KnownFacts::default();
        let hung = all_in(conn, &households, |part| {
            Statement::new("select owner from plaque where on_wall = 1 and county = ")
                .bind(county)
                .then(" and owner in ")
                .list(part)
        });
        for found in hung.await? {
            facts.hung.insert(row::parse(&found, "plaque", "owner", "")?);
        }
        let flows = all_in(conn, &households, |part| {
            Statement::new("select owner, household, event, day from plaque_flow where county = ")
                .bind(county)
                .then(" and household in ")
                .list(part)
        });
        for found in flows.await? {
            let household = row::parse(&found, "plaque_flow", "household", "")?;
            let fact = row::parse(&found, "plaque_flow", "owner", "")?;
            facts.plaques.insert((household, found.try_get("event")?, found.try_get("day")?), fact);
        }
        // What was taken back is not repeated; what is held is.
        known.load(conn, county, facts.plaques.values().copied().collect()).await?;
        let stands = |fact: &RecordId| known.records.get(fact).is_none_or(Record::stands);
        facts.plaques.retain(|_, fact| stands(fact));
        let visits = all_in(conn, &people, |part| {
            Statement::new("select owner, person, day from contact_entry where counts = 1 and county = ")
                .bind(county)
                .then(" and person in ")
                .list(part)
        });
        let days: BTreeSet<i64> = lines.iter().filter(|_| self.ledger == Ledger::Visits).map(day).collect();
        let mut told = BTreeSet::new();
        for found in visits.await? {
            let (person, on) = (row::parse(&found, "contact_entry", "person", "")?, found.try_get("day")?);
            let visit = row::parse(&found, "contact_entry", "owner", "")?;
            facts.visits.entry((person, on)).or_default().push(visit);
            if days.contains(&on) {
                told.insert(visit);
            }
        }
        known.load(conn, county, told).await?;
        Ok(facts)
    }

    /// The fact of the register that a row repeats. `of` tells the facts of that day about somebody, and whether each is the
    /// same. Each answers one row; where only some of several namesakes have any, people choose.
    pub(super) fn repeats(
        &mut self,
        line: &Line,
        known: &Known,
        (facts, of): (&mut KnownFacts, impl Fn(&KnownFacts, RecordId) -> Vec<(RecordId, bool)>),
    ) -> Option<RecordId> {
        let print = self.print(line);
        let called = name::matched(line.who("name").unwrap_or_default());
        let village = self.village(line).ok();
        // Also who left the register since.
        let mut people = known.candidates(print.as_deref(), &called);
        if print.is_some() && people.iter().any(|one| one.traits.print == print) {
            people.retain(|one| one.traits.print == print);
        } else {
            people.retain(|one| print.is_none() || one.traits.print.is_none());
            people.retain(|one| village.is_some_and(|village| one.traits.villages.contains(&village)));
        }
        people.retain(|one| one.traits.villages.iter().any(|id| self.covered.contains(id)));
        let has: Vec<(RecordId, Vec<(RecordId, bool)>)> =
            people.iter().map(|one| (one.id, of(facts, one.id))).collect();
        if has.iter().any(|(_, facts)| facts.is_empty()) {
            return None;
        }
        let same = |(person, facts): (RecordId, Vec<(RecordId, bool)>)| {
            facts.into_iter().filter(|(_, same)| *same).map(move |(fact, _)| (fact, person))
        };
        let mut pairs = has.into_iter().flat_map(same);
        let free = pairs.find(|pair| !facts.repeated.contains(pair))?;
        facts.repeated.insert(free);
        Some(free.0)
    }

    /// Whom a row names; else what is said of it, and whom it may mean.
    pub(super) fn whom(
        &mut self,
        line: &Line,
        known: &Known,
        decided: Option<RowChoice>,
    ) -> Result<(RecordId, Option<Note>), Box<RowVerdict>> {
        let doubtful = |why: Why, maybe: Vec<RecordId>| {
            Box::new(RowVerdict::of(None, Vec::new(), vec![why.on(line, "name", None, None)]).among(maybe))
        };
        if let Some(RowChoice::SameAs(id)) = decided {
            return Ok((id, None));
        }
        if self.blind {
            // Nobody is known: the sheet alone is looked at.
            return Ok((RecordId::derived(&[&line.village, line.who("name").unwrap_or_default()]), None));
        }
        let print = self.print(line);
        let called = name::matched(line.who("name").unwrap_or_default());
        let mut people = known.candidates(print.as_deref(), &called);
        people.retain(|other| !other.removed && other.traits.villages.iter().any(|id| self.covered.contains(id)));
        if let Some(same) = people.iter().find(|other| print.is_some() && other.traits.print == print) {
            return Ok((same.id, None));
        }
        let village = match self.village(line) {
            Ok(village) => Some(village),
            // A ledger of letters need not name a village.
            Err(_) if line.village.is_empty() => None,
            Err(note) => return Err(Box::new(RowVerdict::of(None, Vec::new(), vec![*note]))),
        };
        people.retain(|other| village.is_none_or(|village| other.traits.villages.contains(&village)));
        // A number that is another's speaks against a namesake.
        people.retain(|other| print.is_none() || other.traits.print.is_none());
        match people.as_slice() {
            [] => Err(doubtful(Why::PersonUnknown, Vec::new())),
            [one] if print.is_none() => {
                let record = known.records.get(&one.id);
                let agrees = record.is_some_and(|record| self.agrees(line, record, known));
                // As a doubt it goes on: whatever else is doubtful is shown beside it, and decided with it.
                let why = if agrees { Why::ByName } else { Why::OneNamesake };
                Ok((one.id, Some(why.on(line, "name", None, record.map(super::describe)))))
            }
            several => {
                let why = if several.len() == 1 { Why::MaybeKnown } else { Why::Several };
                Err(doubtful(why, several.iter().map(|other: &Candidate| other.id).collect()))
            }
        }
    }

    /// What a row of the ledger of visits means.
    pub(super) fn visit(
        &mut self,
        line: &Line,
        known: &Known,
        facts: &mut KnownFacts,
        decided: Option<RowChoice>,
    ) -> RowVerdict {
        if line.weighs(Weight::Refusal) {
            return RowVerdict::refused(Vec::new());
        }
        let (day, result) = (day(line), line.text("result").unwrap_or_default().to_owned());
        let of = |facts: &KnownFacts, person| {
            let visits = facts.visits.get(&(person, day)).into_iter().flatten().copied();
            let same = |id: &RecordId| {
                let told = |record: &Record| {
                    result_of(record, person) == Some(result.as_str())
                        && text_in(&record.doc, "method") == line.text("method")
                };
                known.records.get(id).is_some_and(told)
            };
            visits.map(|id| (id, same(&id))).collect()
        };
        if let Some(fact) = decided.is_none().then(|| self.repeats(line, known, (facts, of))).flatten() {
            return repeated(line, known, fact);
        }
        let (person, note) = match self.whom(line, known, decided) {
            Ok(found) => found,
            Err(verdict) => return *verdict,
        };
        let mut notes: Vec<Note> = note.into_iter().collect();
        if decided.is_none() && facts.visits.contains_key(&(person, day)) {
            notes.push(Why::VisitKnown.on(line, "at", None, None));
        }
        let dead = known.records.get(&person).is_some_and(|record| text_in(&record.doc, "life") == Some("DECEASED"));
        if dead && decided.is_none() {
            notes.push(Why::DeceasedKnown.on(line, "name", None, None));
        }
        let mut fields = line.fields.clone();
        fields.remove("result");
        fields.insert("entries".to_owned(), json!([{ "person": person, "result": result }]));
        fields.insert("entered_by".to_owned(), json!("DESK"));
        self.fact(line, ("contact", fields), notes, vec![person])
    }

    pub(super) fn fact(
        &self,
        line: &Line,
        (kind, fields): (&str, Document),
        mut notes: Vec<Note>,
        about: Vec<RecordId>,
    ) -> RowVerdict {
        let id = self.new_id();
        let writes = vec![RowWrite::record(kind, id, fields)];
        notes.extend(ruled(line, &writes));
        let verdict = RowVerdict::of(Some(id), writes, notes);
        if verdict.outcome == Outcome::Doubtful { RowVerdict { target: None, ..verdict }.among(about) } else { verdict }
    }
}

/// A row that tells a fact of the register again. What the fact has by assumption alone and the row says is assumed no more.
pub(super) fn repeated(line: &Line, known: &Known, fact: RecordId) -> RowVerdict {
    let Some(record) = known.records.get(&fact) else { return RowVerdict::of(Some(fact), Vec::new(), Vec::new()) };
    let still = line.fields.get(assumed::NAME).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let said: Vec<&str> = assumed::of(record)
        .into_iter()
        .filter(|name| line.fields.contains_key(*name) && !still.iter().any(|mark| mark == name))
        .collect();
    let notes = said.iter().map(|name| Why::SaidNow.on(line, name, None, None)).collect();
    let writes = (!said.is_empty()).then(|| {
        let field = |value: Value| Document::from_iter([(assumed::NAME.to_owned(), value)]);
        RowWrite::change(record, field(json!({ "$remove": said })), field(record.value(assumed::NAME).clone()))
    });
    RowVerdict::of(Some(fact), writes.into_iter().collect(), notes)
}

/// The day of what a row tells.
pub(super) fn day(line: &Line) -> i64 {
    int_in(&line.fields, "at").map_or(0, |at| i64::from(Day::of(at).0))
}

/// Households whose plaque a row above puts up, with its cell.
pub(super) type Hung = HashMap<RecordId, String>;
