//! 送喜报登记表: each row a merit letter with the steps it took: registered, and where the sheet says so delivered and fed
//! back. A letter is found by its notice number, else by soldier, level and day.

use std::collections::{BTreeSet, HashMap};

use bianfang_domain::alike;
use bianfang_domain::document::{Document, id_in, int_in, text_in};
use bianfang_domain::id::RecordId;
use bianfang_domain::kind::letter;
use bianfang_domain::name;
use bianfang_domain::record::Record;
use bianfang_domain::time::Day;
use serde_json::json;
use sqlx::{AnyConnection, Row};

use super::{Judge, Known, Line, Note, Outcome, RowVerdict, RowWrite, Why, ruled};
use crate::ServerError;
use crate::db::row;
use crate::db::sql::{Statement, all_in};
use crate::import::compare::compare;
use crate::import::verdict::RowChoice;
use bianfang_sheets::Weight;

/// What a row tells of the delivery: not fields of the letter but of its steps.
const OF_STEPS: [&str; 5] = ["delivered_on", "delivered_by", "signature", "no_signature", "receipt"];

/// Money is recorded once: with the delivery where there is one.
const MONEY: [&str; 2] = ["award_fen", "goods_fen"];

/// The letters that rows may repeat.
#[derive(Debug, Default)]
pub(super) struct KnownLetters {
    by_soldier: HashMap<String, Vec<RecordId>>,
    by_notice: HashMap<RecordId, RecordId>,
    delivered: HashMap<RecordId, Option<i64>>,
}

/// Which letter a row is.
enum FoundLetter {
    New,
    Known(RecordId),
    Maybe(Vec<RecordId>),
}

impl Judge<'_> {
    /// Letters of the soldiers and of the notice numbers of some rows; their records go into `known`.
    pub(super) async fn known_letters(
        &self,
        conn: &mut AnyConnection,
        lines: &[Line],
        known: &mut Known,
    ) -> Result<KnownLetters, ServerError> {
        let county = self.desk.county;
        let keys: BTreeSet<String> = lines.iter().filter_map(|line| line.text("soldier")).map(name::sort_key).collect();
        let notices: BTreeSet<String> =
            lines.iter().filter_map(|line| letter::notice(&line.fields)).map(|id| id.to_string()).collect();
        let (keys, notices): (Vec<_>, Vec<_>) = (keys.into_iter().collect(), notices.into_iter().collect());
        let by_name = all_in(conn, &keys, |part| {
            Statement::new("select owner, delivered_on from letter where counts = 1 and county = ")
                .bind(county)
                .then(" and soldier_key in ")
                .list(part)
        });
        let mut rows = by_name.await?;
        rows.extend(
            all_in(conn, &notices, |part| {
                Statement::new(
                    "select l.owner, l.delivered_on from letter l join record_subject s on s.county = l.county \
                     and s.fact = l.owner where l.counts = 1 and s.county = ",
                )
                .bind(county)
                .then(" and s.subject in ")
                .list(part)
            })
            .await?,
        );
        let mut letters = KnownLetters::default();
        for found in &rows {
            letters.delivered.insert(row::parse(found, "letter", "owner", "")?, found.try_get("delivered_on")?);
        }
        known.load(conn, county, letters.delivered.keys().copied().collect()).await?;
        for id in letters.delivered.keys() {
            let Some(record) = known.records.get(id) else { continue };
            letters.by_notice.extend(letter::notice(&record.doc).map(|notice| (notice, *id)));
            let soldier = name::matched(text_in(&record.doc, "soldier").unwrap_or_default());
            letters.by_soldier.entry(soldier).or_default().push(*id);
        }
        Ok(letters)
    }

    /// What a row of the ledger of letters means.
    pub(super) fn letter(
        &mut self,
        line: &Line,
        known: &Known,
        letters: &KnownLetters,
        decided: Option<RowChoice>,
    ) -> RowVerdict {
        if line.weighs(Weight::Refusal) {
            return RowVerdict::refused(Vec::new());
        }
        let mut notes = Vec::new();
        if let Some(cell) = self.above_letter(line).filter(|_| decided.is_none()) {
            notes.push(Why::LetterTwice.on(line, "notice_no", None, Some(cell)));
        }
        match which(line, known, letters, decided) {
            FoundLetter::Known(id) => {
                self.known_letter(line, (id, letters.delivered.get(&id)), known, decided.is_some())
            }
            FoundLetter::Maybe(ids) => {
                notes.push(Why::LetterKnown.on(line, "soldier", None, None));
                RowVerdict::of(None, Vec::new(), notes).among(ids)
            }
            FoundLetter::New => self.new_letter(line, known, notes, decided),
        }
    }

    fn new_letter(
        &mut self,
        line: &Line,
        known: &Known,
        mut notes: Vec<Note>,
        decided: Option<RowChoice>,
    ) -> RowVerdict {
        let place = match self.place_of(line) {
            Ok((place, note)) => {
                notes.extend(note);
                place
            }
            Err(note) => return RowVerdict::refused(vec![*note]),
        };
        let id = self.new_id();
        let mut fields = of_letter(line);
        fields.insert("division".to_owned(), json!(place));
        // A ledger of the bureau lists what came to it by its own way.
        fields.insert("source".to_owned(), json!("TROOPS"));
        let mut maybe = Vec::new();
        match (decided, family(line, known, place)) {
            (Some(RowChoice::SameAs(person)), _) => {
                let home = known.records.get(&person).and_then(|person| known.home(person));
                fields.extend(home.map(|home| ("household".to_owned(), json!(home.id))));
            }
            (None, Some(person)) if !self.agrees(line, person, known) => {
                notes.push(Why::OneNamesake.on(line, "family_name", None, Some(super::describe(person))));
                maybe.push(person.id);
            }
            (None, Some(person)) => {
                fields.extend(known.home(person).map(|home| ("household".to_owned(), json!(home.id))));
            }
            (Some(_), Some(person)) if self.agrees(line, person, known) => {
                fields.extend(known.home(person).map(|home| ("household".to_owned(), json!(home.id))));
            }
            _ => {}
        }
        let steps = self.steps(line, id, (true, true), &mut notes);
        let writes: Vec<RowWrite> = [RowWrite::record("letter", id, fields)].into_iter().chain(steps).collect();
        notes.extend(ruled(line, &writes));
        let verdict = RowVerdict::of(Some(id), writes, notes);
        if verdict.outcome == Outcome::Doubtful { verdict.among(maybe) } else { verdict }
    }

    /// A letter that the register has: what it lacks is added, a delivery among it.
    fn known_letter(
        &mut self,
        line: &Line,
        (id, delivered): (RecordId, Option<&Option<i64>>),
        known: &Known,
        decided: bool,
    ) -> RowVerdict {
        let record = known.records.get(&id).filter(|record| record.kind == "letter");
        let Some(record) = record else {
            return RowVerdict::refused(vec![Why::LetterUnknown.on(line, "soldier", None, None)]);
        };
        if !id_in(&record.doc, "division").is_some_and(|division| self.covered.contains(&division)) {
            return RowVerdict::refused(vec![Why::OutOfScope.on(line, "soldier", None, None)]);
        }
        let (told, held) = (int_in(&line.fields, "delivered_on"), delivered.copied().flatten());
        let mut wanted = of_letter(line);
        if letter::notice(&wanted) == letter::notice(&record.doc) {
            wanted.remove("notice_no");
        }
        if held.is_some() {
            MONEY.iter().for_each(|field| drop(wanted.remove(*field)));
        }
        let found = compare(line, &wanted, record, None, self.desk.sealer());
        let mut notes = found.notes;
        if told.is_some() && held.is_some() && told != held {
            let day = |day: Option<i64>| day.and_then(|day| i32::try_from(day).ok()).map(|day| Day(day).to_string());
            notes.push(Why::DeliveredKnown.on(line, "delivered_on", day(held), day(told)));
        }
        let (mut set, mut before) = (found.set, found.before);
        if decided {
            set.extend(found.clash);
            notes.iter_mut().for_each(|note| note.weight = Weight::Note);
        }
        before.retain(|name, _| set.contains_key(name));
        let mut writes = Vec::new();
        if !set.is_empty() {
            writes.push(RowWrite::change(record, set, before));
        }
        if told.is_some() && held.is_none() {
            writes.extend(self.steps(line, id, (false, true), &mut notes));
        }
        let mut verdict = RowVerdict::of(Some(id), writes, notes);
        if verdict.outcome == Outcome::Doubtful {
            verdict.candidates = vec![id];
        }
        verdict
    }

    /// The steps that a row tells of, in their order: registered, delivered, fed back.
    fn steps(
        &self,
        line: &Line,
        letter: RecordId,
        (registered, delivered): (bool, bool),
        notes: &mut Vec<Note>,
    ) -> Vec<RowWrite> {
        let day = |field| int_in(&line.fields, field).and_then(|day| i32::try_from(day).ok()).map(Day);
        let came = [day("received_on"), day("delivered_on")].into_iter().flatten().min().or(day("approved_on"));
        let step = |step: &str, at: i64| {
            let Ok(fields) = serde_json::from_value::<Document>(json!({ "letter": letter, "step": step, "at": at }))
            else {
                return Document::new();
            };
            fields
        };
        let mut steps = Vec::new();
        if registered {
            steps.push(step("REGISTERED", came.map_or(self.desk.now_ms, Day::start_ms)));
        }
        if let Some(at) = day("delivered_on").filter(|_| delivered).map(Day::start_ms) {
            let mut fields = step("DELIVERED", at);
            let people = line.text("delivered_by").unwrap_or_default();
            let mut people: Vec<&str> = people
                .split(['、', ',', '，', ';', '；', '\n'])
                .map(str::trim)
                .filter(|name| !name.is_empty())
                .collect();
            if people.is_empty() {
                notes.push(Why::DelivererUnknown.on(line, "delivered_by", None, None));
                people.push("台账未记录");
            }
            fields.insert("delivered_by".to_owned(), json!(people));
            match line.text("signature") {
                Some(signed) => fields.insert("signature".to_owned(), json!(signed)),
                None => {
                    let why = line.text("no_signature").unwrap_or("台账未记录签收");
                    fields.insert("no_signature".to_owned(), json!(why))
                }
            };
            let money = MONEY.iter().filter_map(|field| Some(((*field).to_owned(), line.fields.get(*field)?.clone())));
            fields.extend(money);
            steps.push(fields);
            if let Some(receipt) = line.text("receipt").filter(|text| !is_no(text)) {
                // The sheet has no day for it: after the delivery, on its day.
                let mut fields = step("FED_BACK", at + 1);
                fields.insert("note".to_owned(), json!(receipt));
                steps.push(fields);
            }
        }
        steps.into_iter().map(|fields| RowWrite::record("letter_step", self.new_id(), fields)).collect()
    }

    /// Where a letter lies: the village or the township of the row, the one its address names, else what the
    /// importer answers for as a whole.
    pub(super) fn place_of(&mut self, line: &Line) -> Result<(RecordId, Option<Note>), Box<Note>> {
        if self.blind || !line.village.is_empty() {
            return Ok((self.village(line)?, None));
        }
        let named = match line.township.as_str() {
            "" => line.text("address").and_then(|address| self.in_address(address)),
            township => {
                let found = self.tree.named(township);
                found.into_iter().find(|id| self.covered.contains(id))
            }
        };
        match (named, self.top) {
            (Some(place), _) => Ok((place, None)),
            (None, Some(top)) => Ok((top, Some(Why::LetterPlace.on(line, "village", None, None)))),
            (None, None) => Err(Box::new(Why::VillageUnknown.on(line, "village", None, None))),
        }
    }

    /// The one village that an address names, with its township where several are called so.
    fn in_address(&self, address: &str) -> Option<RecordId> {
        let address = alike::key(address);
        let called = |id: &RecordId| self.tree.key(*id).is_some_and(|called| address.contains(called));
        let below = |id: &&RecordId| self.tree.ancestors(**id).len() >= 2;
        let named: Vec<RecordId> = self.covered.iter().filter(below).filter(|id| called(id)).copied().collect();
        let with_township = |id: &&RecordId| self.tree.ancestors(**id).first().is_some_and(called);
        match named.as_slice() {
            [] => None,
            [one] => Some(*one),
            several => {
                let mut told = several.iter().filter(with_township);
                told.next().copied().filter(|_| told.next().is_none())
            }
        }
    }

    /// The cell above that has the same letter already.
    fn above_letter(&mut self, line: &Line) -> Option<String> {
        let key = match letter::notice(&line.fields) {
            Some(notice) => notice.to_string(),
            None => serde_json::to_string(&key(&line.fields)).unwrap_or_default(),
        };
        let cell = line.at("notice_no");
        match self.above.letters.entry(key) {
            std::collections::hash_map::Entry::Occupied(above) => Some(above.get().clone()),
            std::collections::hash_map::Entry::Vacant(free) => {
                free.insert(cell);
                None
            }
        }
    }
}

/// What makes two letters without a number the same one.
fn key(letter: &Document) -> (String, Option<&str>, Option<i64>, Option<i64>) {
    let soldier = name::matched(text_in(letter, "soldier").unwrap_or_default());
    (soldier, text_in(letter, "level"), int_in(letter, "approved_on"), int_in(letter, "received_on"))
}

fn which(line: &Line, known: &Known, letters: &KnownLetters, decided: Option<RowChoice>) -> FoundLetter {
    if let Some(RowChoice::SameAs(id)) = decided {
        // Whoever was chosen as the family: the letter is a new one.
        let person = known.records.get(&id).is_some_and(|record| record.kind == "person");
        return if person { FoundLetter::New } else { FoundLetter::Known(id) };
    }
    let notice = letter::notice(&line.fields);
    if let Some(id) = notice.and_then(|notice| letters.by_notice.get(&notice)) {
        return FoundLetter::Known(*id);
    }
    let own = key(&line.fields);
    let of_soldier = letters.by_soldier.get(&own.0).map(Vec::as_slice).unwrap_or_default();
    let agrees = |one: Option<i64>, other: Option<i64>| one.is_none() || other.is_none() || one == other;
    let like = |record: &Record| {
        let other = key(&record.doc);
        // Two numbers are two letters.
        let numbers = notice.is_none() || letter::notice(&record.doc).is_none();
        numbers && own.1 == other.1 && agrees(own.2, other.2) && agrees(own.3, other.3)
    };
    let like: Vec<&Record> =
        of_soldier.iter().filter_map(|id| known.records.get(id)).filter(|record| like(record)).collect();
    let sure = |record: &&&Record| {
        let other = key(&record.doc);
        (own.2.is_some() && own.2 == other.2) || (own.3.is_some() && own.3 == other.3)
    };
    match (like.iter().find(sure), decided) {
        (Some(record), _) => FoundLetter::Known(record.id),
        (None, None) if !like.is_empty() => FoundLetter::Maybe(like.iter().map(|record| record.id).collect()),
        (None, _) => FoundLetter::New,
    }
}

/// The letter's own fields of a row.
fn of_letter(line: &Line) -> Document {
    let mut fields = line.fields.clone();
    let delivered = fields.contains_key("delivered_on");
    let mut kept = Document::new();
    for field in OF_STEPS {
        // Without a day there is no step that could tell it: it stays with the letter as it was written.
        let told = fields.remove(field).filter(|_| !delivered);
        kept.extend(told.map(|told| (field.to_owned(), told)));
    }
    if delivered {
        MONEY.iter().for_each(|field| drop(fields.remove(*field)));
    }
    if !kept.is_empty() {
        match fields.get_mut("extra").and_then(serde_json::Value::as_object_mut) {
            Some(extra) => extra.extend(kept),
            None => drop(fields.insert("extra".to_owned(), json!(kept))),
        }
    }
    fields
}

/// The family member, where exactly one of the name lives in the village.
fn family<'a>(line: &Line, known: &'a Known, place: RecordId) -> Option<&'a Record> {
    let people = known.candidates(None, line.text("family_name")?);
    let mut here = people.iter().filter(|one| !one.removed && one.traits.villages.contains(&place));
    let one = here.next().filter(|_| here.next().is_none())?;
    known.records.get(&one.id)
}

fn is_no(text: &str) -> bool {
    matches!(text, "无" | "否" | "未" | "未回" | "未寄")
}
