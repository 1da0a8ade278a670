//! SAME_AS 同一人: two records of the register are one person. Both stay, one counts; voiding it undoes it.

use std::collections::BTreeSet;

use super::{Fault, Judgement, Kind, Nature};
use crate::decision::{Case, CaseKind};
use crate::document::{Document, id_in, int_in};
use crate::id::RecordId;
use crate::judge::reachable;
use crate::link::Link;
use crate::op::Part;
use crate::projection::{Row, Table, text};
use crate::record::Record;
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

impl Kind for SameAs {
    fn name(&self) -> &'static str {
        "same_as"
    }

    fn nature(&self) -> Nature {
        Nature::Fact
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
        let own = world.facts(person.id, self.name()).into_iter();
        for fact in own.filter(|fact| pair(fact).is_some_and(|(duplicate, _)| duplicate == person.id)) {
            let Some(case) = case(fact) else { continue };
            if let Some(reason) = held.get(&fact.id) {
                judgement.held.insert(fact.id, *reason);
            }
            // Whichever of the two stays: they are one.
            let stands =
                pair(fact).is_some_and(|(one, other)| kept.get(&one) == Some(&other) || kept.get(&other) == Some(&one));
            // Whoever could not know both sides asks all the same: it must not depend on when a move became known.
            let far = fact.stands()
                && !both_reachable(world, fact)
                && case.subjects.iter().all(|id| world.find(*id).is_some());
            let asked = far || world.find(case.id()).is_some();
            if stands {
                judgement.answered.push(case);
            } else if asked || judgement.held.contains_key(&fact.id) {
                // Undone, or not for who said it to decide: the question is open again.
                judgement.cases.push(case.into());
            }
        }
        let answered = judgement.answered.clone();
        judgement.cases.retain(|raised| !answered.contains(&raised.case));
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

/// Its author could know both sides, or a reviewer said so.
fn both_reachable(world: &World, fact: &Record) -> bool {
    let Some((person, kept)) = pair(fact) else { return false };
    [person, kept].into_iter().all(|id| fact.settled(&Part::Of(id)) == Some(true) || reachable(world, fact, id))
}
