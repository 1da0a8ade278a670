//! Ledgers of units and of basis persons: each row one of the county's own lists, found by its name where it lies. One of the
//! name elsewhere, or of another sort, is a doubt; what is found is compared field by field, and nothing is overwritten.

use std::collections::{BTreeSet, HashMap};

use bianfang_domain::document::{Document, id_in, text_in};
use bianfang_domain::id::RecordId;
use bianfang_domain::name;
use bianfang_domain::record::Record;
use serde_json::{Value, json};
use sqlx::AnyConnection;

use super::homes::Home;
use super::{Judge, Known, Line, Note, Outcome, RowVerdict, RowWrite, Why, ruled};
use crate::ServerError;
use crate::db::row;
use crate::db::sql::{Statement, all_in};
use crate::import::compare::compare;
use crate::import::verdict::RowChoice;
use bianfang_sheets::Ledger;
use bianfang_sheets::Weight;

/// Those of the names of some rows.
#[derive(Debug, Default)]
pub(super) struct KnownListed {
    by_name: HashMap<String, Vec<RecordId>>,
}

impl Judge<'_> {
    /// Loads them, with the households that their ledger names by the head.
    pub(super) async fn known_listed(
        &mut self,
        conn: &mut AnyConnection,
        lines: &[Line],
        known: &mut Known,
    ) -> Result<KnownListed, ServerError> {
        let county = self.desk.county;
        let select = match self.ledger {
            Ledger::Units => "select owner from unit where counts = 1 and county = ",
            _ => "select owner from basis_person where counts = 1 and county = ",
        };
        let keys: BTreeSet<String> = lines.iter().filter_map(|line| line.text("name")).map(name::matched).collect();
        let keys: Vec<String> = keys.into_iter().collect();
        let found =
            all_in(conn, &keys, |part| Statement::new(select).bind(county).then(" and name_matched in ").list(part));
        let found = found.await?;
        let ids = found.iter().map(|found| row::parse(found, self.ledger.kind(), "owner", ""));
        let ids = ids.collect::<Result<BTreeSet<RecordId>, ServerError>>()?;
        known.load(conn, county, ids.clone()).await?;
        let homes = ids.iter().filter_map(|id| id_in(&known.records.get(id)?.doc, "household")).collect();
        known.load(conn, county, homes).await?;
        let mut listed = KnownListed::default();
        for id in ids {
            let called = known.records.get(&id).and_then(|record| text_in(&record.doc, "name")).unwrap_or_default();
            listed.by_name.entry(name::matched(called)).or_default().push(id);
        }
        if self.ledger == Ledger::BasisPersons {
            self.load_homes(conn, lines).await?;
        }
        Ok(listed)
    }

    /// What a row means.
    pub(super) fn listed(
        &mut self,
        line: &Line,
        known: &Known,
        listed: &KnownListed,
        decided: Option<RowChoice>,
    ) -> RowVerdict {
        if line.weighs(Weight::Refusal) {
            return RowVerdict::refused(Vec::new());
        }
        let line = &plain(line);
        let (place, note) = match self.place_of(line) {
            Ok(found) => found,
            Err(note) => return RowVerdict::refused(vec![*note]),
        };
        let called = name::matched(line.text("name").unwrap_or_default());
        let named = listed.by_name.get(&called).into_iter().flatten().filter_map(|id| known.records.get(id));
        let seen: Vec<&Record> =
            named.filter(|record| lies(record, known).is_some_and(|at| self.covered.contains(&at))).collect();
        let sort = if self.ledger == Ledger::Units { "unit_kind" } else { "basis" };
        let same = |record: &&&Record| {
            let is = lies(record, known) == Some(place) && text_in(&record.doc, sort) == line.text(sort);
            is || decided == Some(RowChoice::SameAs(record.id))
        };
        let here: Vec<&Record> = seen.iter().filter(same).copied().collect();
        match (decided, here.as_slice()) {
            (Some(RowChoice::Take), _) => self.new_listed(line, place, note, false),
            (_, [one]) => self.known_one(line, one, note, decided.is_some()),
            (_, []) if seen.is_empty() => self.new_listed(line, place, note, true),
            (_, several) => {
                let why = if several.is_empty() { Why::ListedElsewhere } else { Why::ListedTwice };
                let notes = note.into_iter().chain([why.on(line, "name", None, None)]).collect();
                RowVerdict::of(None, Vec::new(), notes).among(seen.iter().map(|record| record.id).collect())
            }
        }
    }

    fn new_listed(&mut self, line: &Line, place: RecordId, note: Option<Note>, doubts: bool) -> RowVerdict {
        let id = self.new_id();
        let mut fields = line.fields.clone();
        let mut notes: Vec<Note> = note.into_iter().collect();
        let home = self.headed_by(line, place).map(Home::id);
        match (line.who("head_name"), home) {
            (_, Some(home)) if self.ledger == Ledger::BasisPersons => {
                fields.insert("household".to_owned(), json!(home));
            }
            (head, _) => {
                notes.extend(head.map(|head| Why::HeadUnknown.on(line, "head_name", Some(head.to_owned()), None)));
                fields.insert("division".to_owned(), json!(place));
            }
        }
        let called = (place, name::matched(line.text("name").unwrap_or_default()));
        let above = self.above.listed.insert(called, line.at("name"));
        if let Some(cell) = above.filter(|_| doubts) {
            notes.push(Why::ListedAbove.on(line, "name", None, Some(cell)));
        }
        let writes = vec![RowWrite::record(self.ledger.kind(), id, fields)];
        notes.extend(ruled(line, &writes));
        RowVerdict::of(Some(id), writes, notes)
    }

    fn known_one(&self, line: &Line, record: &Record, note: Option<Note>, decided: bool) -> RowVerdict {
        let mut found = compare(line, &line.fields, record, None, self.desk.sealer());
        let mut set: Document = found.set;
        if decided {
            set.extend(found.clash);
            found.notes.iter_mut().for_each(|note| note.weight = Weight::Note);
        }
        let mut before = found.before;
        before.retain(|name, _| set.contains_key(name));
        let writes = if set.is_empty() { Vec::new() } else { vec![RowWrite::change(record, set, before)] };
        let notes = note.into_iter().chain(found.notes).collect();
        let mut verdict = RowVerdict::of(Some(record.id), writes, notes);
        if verdict.outcome == Outcome::Doubtful {
            verdict.candidates = vec![record.id];
        }
        verdict
    }
}

/// A unit's telephones are numbers alone: nobody stands beside them whose they are.
fn plain(line: &Line) -> Line {
    let mut line = line.clone();
    if let Some(Value::Array(phones)) = line.fields.get_mut("contact_phone") {
        phones.iter_mut().for_each(|phone| {
            if let Some(number) = phone.get("number").cloned() {
                *phone = number;
            }
        });
    }
    line
}

/// Where one lies: by its division, else by its household's.
fn lies(record: &Record, known: &Known) -> Option<RecordId> {
    let home = id_in(&record.doc, "household").and_then(|home| known.records.get(&home));
    home.and_then(|home| id_in(&home.doc, "division")).or_else(|| id_in(&record.doc, "division"))
}
