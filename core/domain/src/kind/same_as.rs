//! SAME_AS 同一人: two records of the register are one person. Both stay, one counts; voiding it undoes it.

use std::collections::BTreeSet;

use super::{Fault, Field, Judgement, Kind, Nature};
use crate::decision::{Case, CaseKind};
use crate::document::{Document, id_in, int_in};
use crate::form::Form;
use crate::id::RecordId;
use crate::judge::reachable;
use crate::link::Link;
use crate::op::Part;
use crate::projection::{Row, Table, text};
use crate::reason::Reason;
use crate::record::{Beside, BesideWhy, Record};
use crate::same::{canonical, merged, pair};
use crate::world::World;

/// The kind. Document: {person: the duplicate, kept: the record that stays, at, note?: how it was found out}.
pub struct SameAs;

fn case(fact: &Record) -> Option<Case> {
    let (person, kept) = pair(fact)?;
    let mut subjects = vec![person, kept];
    subjects.sort();
    Some(Case { kind: CaseKind::Merge, subjects, facts: Vec::new() })
}

/// Every field of what says that two are one.
pub const FIELDS: &[Field] = &[
    Field::new("person", "人员", "Person", Form::Id),
    Field::new("kept", "保留的记录", "Record that stays", Form::Id),
    Field::new("at", "时间", "Time", Form::Moment),
    Field::new("note", "说明", "Note", Form::Text),
];

impl Kind for SameAs {
    fn name(&self) -> &'static str {
        "same_as"
    }

    fn nature(&self) -> Nature {
        Nature::Fact
    }

    fn fields(&self) -> &'static [Field] {
        FIELDS
    }

    fn check(&self, doc: &Document) -> Result<(), Fault> {
        int_in(doc, "at").ok_or_else(|| Fault::missing("at"))?;
        let person = id_in(doc, "person").ok_or_else(|| Fault::missing("person"))?;
        let kept = id_in(doc, "kept").ok_or_else(|| Fault::missing("kept"))?;
        if person == kept { Err(Fault::malformed("kept")) } else { Ok(()) }
    }

    fn links(&self) -> &'static [Link] {
        const { &[Link::subject("person").chain(), Link::subject("kept").chain()] }
    }

    fn happened_ms(&self, doc: &Document) -> Option<i64> {
        int_in(doc, "at")
    }

    /// A fact is held under the duplicate it names; the other side needs no second settlement.
    fn judge(&self, person: &Record, _facts: &[&Record], world: &World) -> Judgement {
        let members: BTreeSet<RecordId> = world.chained(person.id).into_iter().chain([person.id]).collect();
        let chain = members.iter().flat_map(|id| world.facts(*id, self.name()));
        let mut all: Vec<&Record> = chain.filter(|fact| both_reachable(world, fact)).collect();
        all.sort_by_key(|fact| fact.id);
        all.dedup_by_key(|fact| fact.id);
        let (kept, held) = merged(&all, world);
        let counts_as = Some(canonical(&kept, person.id)).filter(|id| *id != person.id);
        let mut judgement = Judgement { counts_as, ..Judgement::default() };
        let own = world.facts(person.id, self.name());
        for fact in own.iter().filter(|fact| pair(fact).is_some_and(|(duplicate, _)| duplicate == person.id)) {
            judgement.held.extend(held.get(&fact.id).map(|reason| (fact.id, *reason)));
        }
        let cases: BTreeSet<Case> = own.iter().filter_map(|fact| case(fact)).collect();
        for asked in cases {
            let (one, other) = (asked.subjects.first().copied(), asked.subjects.last().copied());
            // Whichever of the two stays: they are one.
            let stands =
                [(one, other), (other, one)].iter().any(|(a, b)| a.is_some_and(|a| kept.get(&a) == b.as_ref()));
            let waits = |fact: &Record| held.contains_key(&fact.id) || is_far(world, fact, &asked);
            let open = own.iter().filter(|fact| case(fact).as_ref() == Some(&asked)).any(|fact| waits(fact));
            // What was said and taken back asks nothing by itself; one number on both goes on asking.
            if !stands && (open || one_number(world, &asked) && world.find(asked.id()).is_some()) {
                judgement.cases.push(asked.into());
            } else if stands || !one_number(world, &asked) {
                judgement.answered.push(asked);
            }
        }
        judgement
    }

    fn tables(&self) -> &'static [Table] {
        const {
            &[Table {
                name: "same_as",
                columns: &[text("person"), text("kept")],
                indexes: &[("kept", "kept")],
                unique: &[("one_kept", "person", "person is not null")],
            }]
        }
    }

    fn rows(&self, record: &Record) -> Vec<Row> {
        let Some((person, kept)) = pair(record).filter(|_| record.counts(&Part::Whole)) else { return Vec::new() };
        let counts = [person, kept].iter().all(|subject| record.counts(&Part::Of(*subject)));
        let row = Row { table: "same_as", owner: record.id.to_string(), cells: vec![person.into(), kept.into()] };
        counts.then_some(row).into_iter().collect()
    }
}

/// Whoever could not know both sides asks all the same: it must not depend on when a move became known.
fn is_far(world: &World, fact: &Record, asked: &Case) -> bool {
    let known = asked.subjects.iter().all(|id| world.find(*id).is_some());
    fact.stands() && known && !both_reachable(world, fact)
}

/// Whether the number of one stands beside the other, as another's. Of one that is not at hand nothing says that it does not.
pub(super) fn one_number(world: &World, asked: &Case) -> bool {
    let taken = |beside: &Beside| beside.why == BesideWhy::Held(Reason::IdNumberTaken);
    asked.subjects.iter().any(|id| world.find(*id).is_none_or(|record| record.meta.beside.iter().any(taken)))
}

/// Its author could know both sides, or a reviewer said so.
fn both_reachable(world: &World, fact: &Record) -> bool {
    let Some((person, kept)) = pair(fact) else { return false };
    [person, kept].into_iter().all(|id| fact.settled(&Part::Of(id)) == Some(true) || reachable(world, fact, id))
}
