//! Rows beside the register: what each would become. Rows are judged in order, some thousand at a time; what a sheet said
//! above is remembered, so that two rows of one person are seen whether or not the register knows them.

mod anew;
mod divisions;
mod facts;
mod homes;
mod letters;
mod listed;
mod namesake;
mod people;
mod plaques;
mod staff;

pub use divisions::division_id;
pub use people::describe;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use bianfang_domain::id::{InstallationId, RecordId};
use bianfang_domain::kind;
use bianfang_domain::matching::Candidate;
use bianfang_protocol::seal;
use sqlx::{AnyConnection, Row};

use super::assumed::{self, Answers, Assumption};
use super::known::Known;
use super::places;
use super::plan::Plan;
use super::verdict::{Outcome, RowChoice, RowVerdict, RowWrite};
use super::why::Why;
use crate::ServerError;
use crate::clock::new_uuid;
use crate::county::Desk;
use crate::county::tree::Tree;
use crate::db::row;
use crate::db::sql::{Statement, all_in};
use bianfang_sheets::Ledger;
use bianfang_sheets::{Line, Note};

/// Judges the rows of one import.
pub struct Judge<'a> {
    desk: Desk<'a>,
    ledger: Ledger,
    tree: Tree,
    covered: BTreeSet<RecordId>,
    /// Where all of it lies.
    top: Option<RecordId>,
    blind: bool,
    /// Township and village as sheets name them, to what they mean.
    places: HashMap<(String, String), Option<RecordId>>,
    /// Village to its households: of the register, and those that rows above bring.
    homes: HashMap<RecordId, Vec<homes::Home>>,
    /// Imports that were taken back, and what took them back.
    undone: BTreeSet<InstallationId>,
    /// What was answered about what the sheet does not say.
    answers: Answers,
    /// How many rows lack each and need it.
    pub(super) lacking: BTreeMap<String, u64>,
    /// Places that the register has not, and the rows that name each, by table and number.
    unknown: BTreeMap<String, BTreeSet<(String, u32)>>,
    /// Whether the row that is judged may become a record of its own.
    may_be_new: bool,
    above: Above,
}

/// What rows above said.
#[derive(Default)]
struct Above {
    /// How often a row of this fingerprint came.
    said: HashMap<String, u32>,
    /// Fingerprint of an id number to its first cell.
    numbers: HashMap<String, String>,
    /// People without a number whom a row above tells exactly.
    again: BTreeSet<RecordId>,
    /// Name to who above has it, with their first cell.
    names: HashMap<String, Vec<(Candidate, String)>>,
    /// Birth to who above has it and a telephone number, with their first cell.
    births: HashMap<String, Vec<(Candidate, String)>>,
    /// Plaques that rows above put up.
    hung: facts::Hung,
    /// Letters of rows above, by what makes them the same, with their first cell.
    letters: HashMap<String, String>,
    /// Divisions that rows above bring: where they lie and what they are called.
    divisions: BTreeMap<RecordId, (RecordId, String)>,
    /// Units and basis persons that rows above bring, by place and name, with their cell.
    listed: HashMap<(RecordId, String), String>,
}

impl<'a> Judge<'a> {
    /// With what is known of the county's places. `scope` is what the account may write to.
    ///
    /// # Errors
    /// [`ServerError::Database`].
    pub async fn new(
        desk: Desk<'a>,
        conn: &mut AnyConnection,
        (ledger, scope, blind): (Ledger, &[RecordId], bool),
        answers: &Answers,
    ) -> Result<Self, ServerError> {
        let tree = Tree::load(conn, desk.county).await?;
        // Accounts are made for the county as a whole, by somebody who works in no division.
        let whole: Vec<RecordId> = tree.root().into_iter().collect();
        let scope = if ledger == Ledger::Staff { &whole } else { scope };
        let covered = tree.below(scope);
        let top = tree.top(scope);
        let undone = Plan::undone(conn, desk.county).await?;
        let (places, homes, lacking, unknown, above) = Default::default();
        let (answers, may_be_new) = (answers.clone(), true);
        Ok(Self {
            desk,
            ledger,
            tree,
            covered,
            top,
            blind,
            places,
            homes,
            undone,
            answers,
            lacking,
            unknown,
            may_be_new,
            above,
        })
    }

    /// What each row means, and its fingerprint. `decisions` are those that people made, by place in `lines`.
    ///
    /// # Errors
    /// [`ServerError::Database`], [`ServerError::Row`].
    pub async fn judge(
        &mut self,
        conn: &mut AnyConnection,
        lines: &[Line],
        decisions: &[Option<RowChoice>],
    ) -> Result<Vec<(RowVerdict, String)>, ServerError> {
        let prints: Vec<String> = lines.iter().map(|line| self.print_of(line)).collect();
        let written = self.written(conn, &prints).await?;
        let decided = |at: usize| decisions.get(at).copied().flatten();
        let mut verdicts = Vec::with_capacity(lines.len());
        let mut lacks: Vec<Vec<&'static Assumption>> = Vec::new();
        match self.ledger {
            Ledger::Divisions => {
                let mut known = Known::default();
                known.load(conn, self.desk.county, self.covered.clone()).await?;
                verdicts.extend((0..).zip(lines).map(|(at, line)| self.division(line, &known, decided(at))));
            }
            Ledger::People => {
                let known = self.known_people(conn, lines, decisions).await?;
                for (at, line) in lines.iter().enumerate() {
                    let verdict = self.person(line, &known, decided(at));
                    lacks.push(if self.may_be_new { assumed::lacking(self.ledger, line) } else { Vec::new() });
                    verdicts.push(verdict);
                }
            }
            Ledger::Plaques | Ledger::Visits => {
                let mut known = self.known_people(conn, lines, decisions).await?;
                let mut facts = self.known_facts(conn, lines, &mut known).await?;
                for (at, line) in lines.iter().enumerate() {
                    let lacking = assumed::lacking(self.ledger, line);
                    let whole = assumed::filled(line, &lacking, &self.answers);
                    lacks.push(lacking);
                    verdicts.push(match self.ledger {
                        Ledger::Plaques => self.plaque(&whole, &known, &mut facts, decided(at)),
                        _ => self.visit(&whole, &known, &mut facts, decided(at)),
                    });
                }
            }
            Ledger::Letters => {
                let mut known = self.known_people(conn, lines, decisions).await?;
                let letters = self.known_letters(conn, lines, &mut known).await?;
                for (at, line) in lines.iter().enumerate() {
                    verdicts.push(self.letter(line, &known, &letters, decided(at)));
                }
            }
            Ledger::Units | Ledger::BasisPersons => {
                let mut known = Known::default();
                let listed = self.known_listed(conn, lines, &mut known).await?;
                for (at, line) in lines.iter().enumerate() {
                    verdicts.push(self.listed(line, &known, &listed, decided(at)));
                }
            }
            Ledger::Staff => {
                let accounts = self.known_accounts(conn, lines).await?;
                verdicts.extend((0..).zip(lines).map(|(at, line)| self.staff(line, &accounts, decided(at))));
            }
        }
        let lacks = lacks.into_iter().chain(std::iter::repeat_with(Vec::new));
        let rows = verdicts.into_iter().zip(lacks).zip(prints).zip(lines);
        let rows = rows.map(|(((mut verdict, lacks), print), line)| {
            let seen = written.get(&print);
            if let Some(target) = seen.filter(|_| !matches!(verdict.outcome, Outcome::Refused | Outcome::Unchanged)) {
                // It was written once: whatever happened since is newer than this row.
                verdict = RowVerdict::of(Some(*target), Vec::new(), Vec::new());
            }
            verdict = self.waiting(line, verdict, &lacks);
            let mut notes = line.notes.clone();
            notes.append(&mut verdict.notes);
            verdict.notes = notes;
            (verdict, print)
        });
        Ok(rows.collect())
    }

    /// A row that may become a record and lacks what nobody answered yet waits for the answer.
    fn waiting(&mut self, line: &Line, verdict: RowVerdict, lacks: &[&'static Assumption]) -> RowVerdict {
        if !matches!(verdict.outcome, Outcome::New | Outcome::Doubtful) {
            return verdict;
        }
        for asked in lacks {
            *self.lacking.entry(asked.name.to_owned()).or_default() += 1;
        }
        let open = lacks.iter().filter(|asked| !self.answers.contains_key(asked.name));
        verdict.waiting(open.map(|asked| asked.why.on(line, asked.name, None, None)).collect())
    }

    /// A keyed fingerprint of what a row says; a second row that says the same has another.
    fn print_of(&mut self, line: &Line) -> String {
        let said = serde_json::to_string(&(&line.township, &line.village, &line.fields)).unwrap_or_default();
        let print = seal::fingerprint(&self.desk.keys.index, &format!("import.{}", self.ledger.word()), &said);
        let count = self.above.said.entry(print.clone()).or_default();
        *count += 1;
        if *count == 1 { print } else { format!("{print}.{count}") }
    }

    /// Rows that earlier imports wrote, with their records. An undone import wrote nothing.
    async fn written(
        &self,
        conn: &mut AnyConnection,
        prints: &[String],
    ) -> Result<HashMap<String, RecordId>, ServerError> {
        let county = self.desk.county;
        let rows = all_in(conn, prints, |part| {
            Statement::new(
                "select r.print, r.target from import_row r join import_plan p on p.county = r.county and p.id = r.batch \
                 where p.state in ('APPLYING', 'APPLIED') and r.seq is not null and r.target is not null and r.county = ",
            )
            .bind(county)
            .then(" and r.print in ")
            .list(part)
        })
        .await?;
        let mut written = HashMap::new();
        for found in rows {
            written.insert(found.try_get("print")?, row::parse(&found, "import_row", "target", "")?);
        }
        Ok(written)
    }

    /// Places that the register has not, and how many rows name each.
    pub(super) fn unknown(&self) -> BTreeMap<String, u64> {
        self.unknown.iter().map(|(path, rows)| (path.clone(), rows.len() as u64)).collect()
    }

    /// The village of a row, or why there is none.
    fn village(&mut self, line: &Line) -> Result<RecordId, Box<Note>> {
        if self.blind {
            return Ok(RecordId::derived(&["village", &line.township, &line.village]));
        }
        let key = (line.township.clone(), line.village.clone());
        let found = match self.places.get(&key) {
            Some(found) => *found,
            None => {
                let path = places::path(&line.township, &line.village);
                let found = match self.tree.named(&path).as_slice() {
                    [one] => Some(*one),
                    _ => places::chosen(&self.tree, &self.answers, &path),
                };
                self.places.insert(key, found);
                found
            }
        };
        let said = || Some(format!("{} {}", line.township, line.village).trim().to_owned());
        if found.is_none() {
            // A row is asked for its village more than once.
            let rows = self.unknown.entry(places::path(&line.township, &line.village)).or_default();
            rows.insert((line.table_name(), line.row));
        }
        match found {
            None => Err(Box::new(Why::VillageUnknown.on(line, "village", said(), None))),
            Some(id) if !self.covered.contains(&id) => Err(Box::new(Why::OutOfScope.on(line, "village", said(), None))),
            Some(id) => Ok(id),
        }
    }

    fn new_id(&self) -> RecordId {
        RecordId(new_uuid(self.desk.now_ms, self.desk.random))
    }
}

/// What the rules say of the writes of a row before they are tried: the dry run must not promise what the rules refuse.
fn ruled(line: &Line, writes: &[RowWrite]) -> Option<Note> {
    let fault = writes.iter().filter(|write| write.new).find_map(|write| {
        let kind = kind::by_name(&write.kind)?;
        kind::check(kind, &write.fields).err()
    })?;
    let mut note = Why::Ruled.on(line, &fault.field, None, None);
    note.message = format!("{} / {}", fault.reason.zh(), fault.reason.en());
    Some(note)
}
