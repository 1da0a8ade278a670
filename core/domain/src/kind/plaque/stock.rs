//! PlaqueStock 光荣牌库存, by the batch: a lot comes in, is handed down, comes back or is destroyed. A plaque event may name
//! the lot it took from. More taken than there was is a case for reconciliation, never a refusal at a door.

use super::event::{act, brings};
use super::{code, codes};
use crate::actor::{Right, Role};
use crate::decision::{Case, CaseKind, Raised};
use crate::document::{Document, id_in, int_in, text_in};
use crate::form::Form;
use crate::kind::{Fault, Field, Judgement, Kind, Nature};
use crate::link::Link;
use crate::op::Part;
use crate::projection::{Row, Table, int, text};
use crate::reason::Reason;
use crate::record::Record;
use crate::time::Day;
use crate::world::World;

/// The kind. Document: {act, division, count, at, from_lot?, document?}. A record that brings plaques into a division is a lot;
/// its id names the lot.
pub struct PlaqueStock;

codes! {
    /// What happened to plaques that hang nowhere.
    StockAct {
        /// 入库
        Received,
        /// 下发 to a lower division's lot
        Transferred,
        /// 退回 unissued, to the lot of a higher one, which records it
        Returned,
        /// 销毁 unissued
        Destroyed,
        /// A code of a newer version: held until this version knows it.
        #[serde(other)]
        Other,
    }
}

/// Act, who may record it, whether it takes from a lot, whether it makes one.
pub const TABLE: &[(StockAct, Right, bool, bool)] = &[
    (StockAct::Received, Right::Review, false, true),
    (StockAct::Transferred, Right::Review, true, true),
    (StockAct::Returned, Right::Review, true, true),
    (StockAct::Destroyed, Right::County, true, false),
];

/// What a role may do with the plaques left in a lot, for forms that offer only what will count.
#[must_use]
pub fn offers(role: Role) -> Vec<StockAct> {
    TABLE.iter().filter(|(_, who, takes, _)| *takes && role.may(*who)).map(|(act, ..)| *act).collect()
}

fn line(doc: &Document) -> Option<&'static (StockAct, Right, bool, bool)> {
    let act: StockAct = serde_json::from_value(doc.get("act")?.clone()).ok()?;
    TABLE.iter().find(|(known, ..)| *known == act)
}

/// What a lot holds and what became of it, as far as it counts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Lot {
    /// Plaques that came in with it.
    pub count: i64,
    /// Handed out or put up.
    pub taken: i64,
    /// Handed down, given back or destroyed.
    pub moved: i64,
}

impl Lot {
    /// Left in it; less than none needs reconciliation.
    #[must_use]
    pub fn left(self) -> i64 {
        self.count - self.taken - self.moved
    }

    /// A lot from a world that holds everything linked to it. None for what is no lot.
    #[must_use]
    pub fn of(lot: &Record, world: &World) -> Option<Self> {
        let makes = lot.kind == "plaque_stock" && line(&lot.doc).is_some_and(|(.., makes)| *makes);
        makes.then(|| Self {
            count: if lot.counts(&Part::Whole) { int_in(&lot.doc, "count").unwrap_or_default() } else { 0 },
            taken: taken(&world.facts(lot.id, "plaque_event")),
            moved: moved(&world.facts(lot.id, "plaque_stock")),
        })
    }
}

fn moved(records: &[&Record]) -> i64 {
    let out = records.iter().filter(|record| record.counts(&Part::Whole));
    out.filter_map(|record| int_in(&record.doc, "count")).sum()
}

/// How many of these were taken back.
pub(super) fn taken_back(facts: Vec<&Record>) -> u64 {
    facts.into_iter().filter(|fact| fact.meta.voided.is_some()).count() as u64
}

/// Plaques that events took from one lot: what leaves the store is said once, by the household's fold, which marks an event as
/// idle when the family had the plaque already, out of whichever lot.
fn taken(events: &[&Record]) -> i64 {
    let takes = |event: &&&Record| act(&event.doc).is_some_and(brings) && !event.is_idle(&Part::Whole);
    let taken = events.iter().filter(|event| event.counts(&Part::Whole)).filter(takes).count();
    i64::try_from(taken).unwrap_or(i64::MAX)
}

/// Every field of a change of stock.
pub const FIELDS: &[Field] = &[
    Field::new("act", "事项", "Change", Form::Text).of(&["PLAQUE_STOCK"]),
    Field::new("division", "区划", "Division", Form::Id),
    Field::new("count", "数量", "Count", Form::Number),
    Field::new("at", "时间", "Time", Form::Moment),
    Field::new("from_lot", "来自批次", "From lot", Form::Id),
    Field::new("document", "文件", "Document", Form::Any),
];

impl Kind for PlaqueStock {
    fn name(&self) -> &'static str {
        "plaque_stock"
    }

    fn nature(&self) -> Nature {
        Nature::Fact
    }

    fn fields(&self) -> &'static [Field] {
        FIELDS
    }

    fn check(&self, doc: &Document) -> Result<(), Fault> {
        id_in(doc, "division").ok_or_else(|| Fault::missing("division"))?;
        int_in(doc, "at").ok_or_else(|| Fault::missing("at"))?;
        text_in(doc, "act").ok_or_else(|| Fault::missing("act"))?;
        match int_in(doc, "count") {
            Some(1..=1_000_000) => {}
            Some(_) => return Err(Fault::malformed("count")),
            None => return Err(Fault::missing("count")),
        }
        if line(doc).is_some_and(|(_, _, takes, _)| *takes) {
            id_in(doc, "from_lot").ok_or_else(|| Fault::missing("from_lot"))?;
        }
        Ok(())
    }

    fn links(&self) -> &'static [Link] {
        const { &[Link::subject("division"), Link::reader("from_lot")] }
    }

    fn happened_ms(&self, doc: &Document) -> Option<i64> {
        int_in(doc, "at")
    }

    fn judge(&self, subject: &Record, facts: &[&Record], world: &World) -> Judgement {
        let mut judgement = Judgement::default();
        for fact in facts.iter().filter(|fact| fact.stands() && fact.settled(&Part::Whole).is_none()) {
            match line(&fact.doc) {
                None => judgement.held.insert(fact.id, Reason::KindUnknown),
                Some((_, who, ..)) if !fact.meta.origin.actor.role.may(*who) => {
                    judgement.held.insert(fact.id, Reason::StockOfUpper)
                }
                Some(_) => None,
            };
        }
        if let Some(lot) = Lot::of(subject, world).filter(|lot| lot.left() < 0) {
            let case = Case { kind: CaseKind::Stock, subjects: vec![subject.id], facts: Vec::new() };
            let back = [world.facts(subject.id, "plaque_event"), world.facts(subject.id, self.name())].map(taken_back);
            judgement.cases.push(Raised { case, weight: lot.left().unsigned_abs() + back.iter().sum::<u64>() });
        }
        judgement
    }

    fn tables(&self) -> &'static [Table] {
        const {
            &[Table {
                name: "plaque_stock",
                columns: &[
                    text("act"),
                    text("division"),
                    text("from_lot"),
                    int("count"),
                    int("day"),
                    int("counts"),
                    text("document"),
                ],
                indexes: &[("division", "division, day"), ("from_lot", "from_lot")],
                unique: &[],
            }]
        }
    }

    fn rows(&self, record: &Record) -> Vec<Row> {
        let doc = &record.doc;
        vec![Row {
            table: "plaque_stock",
            owner: record.id.to_string(),
            cells: vec![
                text_in(doc, "act").into(),
                id_in(doc, "division").into(),
                id_in(doc, "from_lot").into(),
                int_in(doc, "count").into(),
                Day::of(record.meta.origin.happened.ms).into(),
                record.counts(&Part::Whole).into(),
                text_in(doc, "document").into(),
            ],
        }]
    }
}

/// The row of a lot: what is left in it. Made by the plaque events, for whom a lot is another's record.
pub(super) const LOT: Table =
    Table { name: "plaque_lot", columns: &[int("taken"), int("left_over")], indexes: &[], unique: &[] };

pub(super) fn lot_row(lot: &Record, world: &World) -> Option<Row> {
    let held = Lot::of(lot, world)?;
    let cells = vec![held.taken.into(), held.left().into()];
    Some(Row { table: LOT.name, owner: lot.id.to_string(), cells })
}

/// The code of an act.
#[must_use]
pub fn code_of(act: StockAct) -> String {
    code(&act).unwrap_or_default()
}
