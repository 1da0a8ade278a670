//! Puts a sheet together: header, entries, totals, empty and hidden rows, and the truth of each row as it is written.

mod header;
mod place;
mod plan;

use std::collections::BTreeMap;

use rand::RngExt;
use rand::rngs::StdRng;

use crate::book::{Book, Cell, Expression, Hidden, Look, NumberLook, Row, column_letters};
use crate::dirt::Dirt;
use crate::entries::Entry;
use crate::ledger::{Column, Kind, Ledger};
use crate::made::{Draft, Made, Options, Seen};
use crate::spoil::{Spoiled, spoil, typed};
use crate::truth::{Code, Note, Outcome, RowTruth};
use plan::{Plan, Slot};

/// Columns of free words in which an error value loses nothing that a record needs.
const BEARS_ERRORS: [&str; 7] =
    ["politics", "health", "companions", "thoughts", "receipt", "contact_staff", "photo_number"];
const DECEASED: [&str; 3] = ["已故", "2023年3月去世", "已去世，家属未报"];
/// Invented: no designation begins with zeros.
const UNITS: [&str; 3] = ["00001部队", "00002部队", "00003部队"];

/// The sheet of these entries.
pub(crate) fn build(ledger: Ledger, mut entries: Vec<Entry>, options: &Options, rng: &mut StdRng) -> Made {
    let columns = header::columns(ledger, options, rng);
    let plan = Plan::new(ledger, &mut entries, options, rng);
    let (mut rows, mut merges, header) = header::rows(ledger, &columns, options);
    let top = u32::try_from(rows.len()).unwrap_or(u32::MAX);
    let places = place::spell(&columns, &entries, &plan, top, options);
    merges.extend(places.merges.iter().copied());
    let turns: Vec<usize> = columns.iter().map(|_| rng.random_range(0..60)).collect();
    let mut sheet = Sheet {
        columns: &columns,
        options,
        plan: &plan,
        turns,
        kinds: columns.iter().map(|column| kinds(column, options)).collect(),
        first_id: BTreeMap::new(),
        drafts: Vec::new(),
    };
    for (row, slot) in (top..).zip(&plan.slots) {
        rows.push(match *slot {
            Slot::Blank => Row { cells: Vec::new(), hidden: None, look: Look::Body },
            Slot::Total { label, from, to } => sheet.total(row, label, (top + from, top + to), &rows),
            Slot::Entry(at) => match entries.get_mut(at) {
                Some(entry) => sheet.entry(row, at, std::mem::take(entry), &places),
                None => continue,
            },
        });
    }
    let drafts = sheet.drafts;
    let letters = |(at, column): (usize, &Column)| (column_letters(at), column.key);
    let known = columns.iter().enumerate().filter(|(_, column)| !matches!(column.kind, Kind::Military | Kind::Unknown));
    let dropped = columns.iter().enumerate().filter(|(_, column)| column.kind == Kind::Military);
    let notes = dropped.map(|(at, column)| {
        Note::new(format!("{}{}", column_letters(at), header.1), Code::MilitaryUnitDropped, column.header, "")
    });
    Made {
        ledger,
        header,
        columns: known.map(letters).collect(),
        notes: notes.collect(),
        drafts,
        book: Book {
            name: ledger.title().to_owned(),
            base_1904: options.has(Dirt::Base1904),
            widths: columns.iter().map(Column::width).collect(),
            rows,
            merges,
        },
    }
}

struct Sheet<'a> {
    columns: &'a [Column],
    options: &'a Options,
    plan: &'a Plan,
    /// Where each column begins in its round of dirt.
    turns: Vec<usize>,
    /// What can make each column dirty.
    kinds: Vec<Vec<Dirt>>,
    /// The cell in which an id number stood first.
    first_id: BTreeMap<String, String>,
    drafts: Vec<Draft>,
}

impl Sheet<'_> {
    fn entry(&mut self, row: u32, at: usize, entry: Entry, places: &place::Places) -> Row {
        let hidden =
            self.plan.is_hidden(at).then_some(if at.is_multiple_of(2) { Hidden::Hand } else { Hidden::Filter });
        let truth = RowTruth {
            row: row + 1,
            outcome: Outcome::Record,
            values: BTreeMap::new(),
            extra: BTreeMap::new(),
            notes: Vec::new(),
        };
        let mut draft = Draft { truth, hidden: hidden.is_some(), notes: Vec::new() };
        let mut cells = Vec::with_capacity(self.columns.len());
        for (position, column) in self.columns.iter().enumerate() {
            let value = entry.get(column.key).map_or("", String::as_str);
            let address = format!("{}{}", column_letters(position), row + 1);
            let spoiled = match places.at(position, row) {
                Some(place) => place.clone(),
                None => self.cell(column, position, at, value, &address),
            };
            cells.push(draft.take(column, position, &address, spoiled));
        }
        self.drafts.push(draft);
        Row { cells, hidden, look: Look::Body }
    }

    fn cell(&mut self, column: &Column, position: usize, at: usize, value: &str, address: &str) -> Spoiled {
        let turn = at + self.turns.get(position).copied().unwrap_or(0);
        match column.kind {
            Kind::Military => Spoiled::clean(Cell::text(pick(&UNITS, turn)), ""),
            Kind::Unknown if column.key == "血型" => typed(column.kind, pick(&["A型", "B型", "O型", ""], turn)),
            Kind::Unknown => typed(column.kind, pick(&["岁月静好", "老兵", ""], turn)),
            Kind::Remark => self.remark(turn),
            _ => {
                let dirty = self.choose(column, position, turn, value).filter(|dirt| {
                    // Both rows of a person who stands twice keep the number that shows it.
                    !(self.plan.is_twin(at) && (column.kind == Kind::Id || *dirt == Dirt::NameMissing))
                });
                let spoiled = dirty.and_then(|dirt| spoil(column.kind, dirt, value, turn / 7));
                let mut spoiled = spoiled.unwrap_or_else(|| typed(column.kind, value));
                if column.kind == Kind::Id && self.plan.is_twin(at) {
                    self.note_twin(&mut spoiled, value, address);
                }
                spoiled
            }
        }
    }

    /// Each kind of dirt of a column in turn, then a clean cell; words and addresses stay clean mostly.
    fn choose(&self, column: &Column, position: usize, turn: usize, value: &str) -> Option<Dirt> {
        if column.kind == Kind::Id && value.ends_with('X') && self.options.has(Dirt::IdLowerX) {
            return Some(Dirt::IdLowerX);
        }
        let kinds = self.kinds.get(position)?;
        let clean = if matches!(column.kind, Kind::Text | Kind::Address) { 6 } else { 1 };
        kinds.get(turn % (kinds.len() + clean)).copied()
    }

    fn remark(&self, turn: usize) -> Spoiled {
        let deceased = self.options.has(Dirt::Deceased) && self.columns.iter().any(|column| column.key == "enlisted");
        if deceased && turn.is_multiple_of(9) {
            let text = pick(&DECEASED, turn / 9);
            let mut spoiled = Spoiled::noted(text, text, Code::DeceasedListed);
            spoiled.outcome = Outcome::Doubtful;
            spoiled.notes.iter_mut().for_each(|note| note.2.clear());
            return spoiled;
        }
        let people = self.columns.iter().any(|column| column.kind == Kind::Name);
        if self.options.has(Dirt::MilitaryUnits) && people && turn % 9 == 4 {
            let mut spoiled =
                Spoiled::noted(&format!("原{}服役", pick(&UNITS, turn / 9)), "", Code::MilitaryUnitDropped);
            spoiled.notes.iter_mut().for_each(|note| note.1.clear());
            return spoiled;
        }
        typed(Kind::Remark, if turn % 9 == 7 { "已电话核对" } else { "" })
    }

    fn note_twin(&mut self, spoiled: &mut Spoiled, value: &str, address: &str) {
        match self.first_id.get(value) {
            Some(first) => {
                spoiled.notes.push((Code::IdTwice, value.to_owned(), first.clone()));
                spoiled.outcome = Outcome::Doubtful;
            }
            None => {
                self.first_id.insert(value.to_owned(), address.to_owned());
            }
        }
    }

    fn total(&mut self, row: u32, label: &str, (from, to): (u32, u32), above: &[Row]) -> Row {
        let is_counted = |column: &&Column| matches!(column.kind, Kind::Name) || column.key == "village";
        let named = self.columns.iter().find(|column| column.kind == Kind::Name);
        let counted = named.or_else(|| self.columns.iter().find(is_counted));
        let count_at = self.columns.iter().position(|column| Some(column) == counted).unwrap_or(0);
        let label_at = usize::from(count_at == 0);
        let area = (from..=to).filter_map(|at| above.get(at as usize)).filter(|row| row.look == Look::Body);
        let filled = area.filter(|row| row.cells.get(count_at).is_some_and(|cell| *cell != Cell::Empty)).count();
        let result = u32::try_from(filled).unwrap_or(u32::MAX);
        let column = u16::try_from(count_at).unwrap_or(u16::MAX);
        // Over sub-totals a plain count would count these too, so the grand total was typed in.
        let single = (from..=to).all(|at| above.get(at as usize).is_none_or(|row| row.look != Look::Total));
        let count = match single && self.options.has(Dirt::Formulas) {
            true => Cell::Formula(Expression::Count { column, from, to, result }),
            false => Cell::Number(f64::from(result), NumberLook::General),
        };
        let cells = (0..self.columns.len()).map(|at| match at {
            _ if at == label_at => Cell::text(label),
            _ if at == count_at => count.clone(),
            _ => Cell::Empty,
        });
        let truth = RowTruth {
            row: row + 1,
            outcome: Outcome::Total,
            values: BTreeMap::new(),
            extra: BTreeMap::new(),
            notes: Vec::new(),
        };
        self.drafts.push(Draft { truth, hidden: false, notes: Vec::new() });
        Row { cells: cells.collect(), hidden: None, look: Look::Total }
    }
}

impl Draft {
    /// Takes what is concluded of a cell and gives the cell.
    fn take(&mut self, column: &Column, position: usize, address: &str, spoiled: Spoiled) -> Cell {
        for (code, from, to) in spoiled.notes {
            let seen = if code == Code::FormulaValue { Seen::Workbook } else { Seen::Everywhere };
            self.notes.push((position, seen, Note::new(address.to_owned(), code, from, to)));
        }
        if matches!(spoiled.cell, Cell::Date { .. }) {
            let note =
                Note::new(address.to_owned(), Code::DateNormalized, spoiled.cell.shown(), spoiled.value.as_str());
            self.notes.push((position, Seen::Csv, note));
        }
        // Refused outweighs doubtful, doubtful a record.
        self.truth.outcome = self.truth.outcome.max(match spoiled.outcome {
            Outcome::Doubtful if self.truth.outcome == Outcome::Refused => Outcome::Refused,
            other => other,
        });
        if self.notes.iter().any(|(.., note)| matches!(note.code, Code::IdRounded | Code::NameMissing)) {
            self.truth.outcome = Outcome::Refused;
        }
        if !spoiled.value.is_empty() {
            match column.kind {
                Kind::Unknown => self.truth.extra.insert(column.key, spoiled.value),
                _ => self.truth.values.insert(column.key, spoiled.value),
            };
        }
        spoiled.cell
    }
}

/// The dirt asked for that can touch a column.
fn kinds(column: &Column, options: &Options) -> Vec<Dirt> {
    let fits = |dirt: &Dirt| match dirt {
        Dirt::DateSerial if options.has(Dirt::Base1904) => false,
        Dirt::Errors => column.kind == Kind::Text && BEARS_ERRORS.contains(&column.key),
        dirt => spoil(column.kind, *dirt, sample(column.kind), 0).is_some(),
    };
    options.dirt.iter().copied().filter(fits).collect()
}

fn pick(among: &[&'static str], turn: usize) -> &'static str {
    among.get(turn % among.len().max(1)).copied().unwrap_or_default()
}

/// A value of the kind, to ask which dirt can touch it.
fn sample(kind: Kind) -> &'static str {
    match kind {
        Kind::Id => "990001198503020014",
        Kind::Month | Kind::Day => "1985-03-02",
        Kind::Phones => "19900000000",
        Kind::Money => "500",
        _ => "王明",
    }
}
