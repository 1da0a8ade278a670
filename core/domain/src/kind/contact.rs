//! Contact 联系走访, the visit: whom it reached, how, with what result (invariants 7, 8 and 9 of the product).

mod check;
mod contacted;
mod document;
mod fields;

use serde_json::json;

pub use contacted::ContactedRow;
pub use document::{Contact, Entry, Method, VisitResult, late, result_of, retargeted};

use super::{Fault, Field, Judgement, Kind, Nature, Proposal, person};
use crate::assumed;
use crate::decision::{Case, CaseKind};
use crate::document::{Document, int_in, text_in};
use crate::id::RecordId;
use crate::link::Link;
use crate::look;
use crate::op::Part;
use crate::projection::{Row, Table, int, text};
use crate::reason::Reason;
use crate::record::Record;
use crate::review::ReviewState;
use crate::time::Day;
use crate::world::World;

/// The kind. Document: {at, started?, household?, unit?, entries [{person, result, died_on?, note?}], work_types [code],
/// must_trigger?, method, visitors [{account | name}], companions, others [{name}]: who is in no register, situation, thoughts (restricted), difficulties, cause,
/// measures, answered, to_solve, follow_up_on (day), signature | no_signature, no_photo, place {lat, lon, accuracy_m,
/// source, mock} | no_place, entered_by, answers [{set, version, person?, values}], gifts_text, needs_text, assumed [field], extra}.
pub struct ContactKind;

impl Kind for ContactKind {
    fn name(&self) -> &'static str {
        "contact"
    }

    fn nature(&self) -> Nature {
        Nature::Fact
    }

    fn fields(&self) -> &'static [Field] {
        fields::FIELDS
    }

    fn check(&self, doc: &Document) -> Result<(), Fault> {
        check::check(doc)
    }

    fn links(&self) -> &'static [Link] {
        const { &[Link::subject("entries").each("person"), Link::subject("unit")] }
    }

    fn held_whole(&self) -> bool {
        false
    }

    fn happened_ms(&self, doc: &Document) -> Option<i64> {
        int_in(doc, "at")
    }

    fn judge(&self, subject: &Record, facts: &[&Record], _world: &World) -> Judgement {
        let (deceased, died, gone) = (person::deceased(subject), person::died_on(subject), person::gone_by(subject));
        let mut judgement = Judgement::default();
        let mut moved = None;
        let part = Part::Of(subject.id);
        for fact in facts.iter().filter(|fact| fact.stands() && fact.settled(&part).is_none()) {
            let Some(entry) = Contact::read(&fact.doc).and_then(|contact| contact.of(subject.id).cloned()) else {
                continue;
            };
            let day = Day::of(fact.meta.origin.happened.ms);
            let after = gone.is_some_and(|gone| day > gone);
            let is = |result| entry.result == result;
            // A report that a reviewer answered is not asked again, also after a return to life.
            let answered = subject.settled(&Part::Value("life".into(), fact.meta.origin.op)).is_some();
            let reported = !deceased && !answered && is(VisitResult::Died);
            // Somebody met after the register's death, or reported dead while it knows of no death: a person must look.
            if (after && is(VisitResult::Met)) || reported {
                let case = Case { kind: CaseKind::Death, subjects: vec![subject.id], facts: vec![fact.id] };
                judgement.cases.push(case.into());
            }
            // The day as the family told it, but no day after the visit.
            let told = entry.died_on.map_or(day, |died| died.min(day));
            // A register that says ALIVE from a later day (imported since) would go on saying so.
            let known = subject.meta.dated.get("life").and_then(|values| values.last());
            let since = known.map_or(told, |life| life.from.max(told));
            if reported {
                let value = json!("DECEASED");
                judgement.proposals.push(Proposal { field: "life", value, since, fact: fact.id });
            }
            let unknown = deceased && died.is_none() && !answered;
            if (reported || unknown || died.is_some_and(|died| died > told))
                && is(VisitResult::Died)
                && entry.died_on == Some(told)
            {
                let value = json!(told);
                judgement.proposals.push(Proposal { field: "died_on", value, since: told, fact: fact.id });
            }
            if after && is(VisitResult::Met) {
                judgement.held.insert(fact.id, Reason::AfterDeath);
            }
            // Nobody of that name at the address: asked until somebody is met there again.
            match entry.result {
                VisitResult::WrongAddress => moved = Some((day, fact.id)),
                VisitResult::Met | VisitResult::MetFamily => moved = None,
                _ => {}
            }
        }
        if let Some((since, fact)) = moved.filter(|_| subject.kind == "person" && !deceased) {
            judgement.proposals.push(Proposal { field: "presence", value: json!("MOVED"), since, fact });
        }
        judgement
    }

    fn tables(&self) -> &'static [Table] {
        const {
            &[
                contacted::TABLE,
                Table {
                    name: "contact",
                    columns: &[
                        text("household"),
                        text("unit"),
                        int("day"),
                        int("at_ms"),
                        text("method"),
                        text("work_types"),
                        // SUBMITTED | ACCEPTED | RETURNED | VOIDED
                        text("state"),
                        // Why a person must look, of what the contact itself says.
                        text("look"),
                        int("doubtful"),
                        int("late"),
                    ],
                    indexes: &[("state", "state, day"), ("household", "household, day")],
                    unique: &[],
                },
                Table {
                    name: "contact_entry",
                    columns: &[
                        text("person"),
                        int("day"),
                        int("at_ms"),
                        text("method"),
                        text("result"),
                        text("work_types"),
                        text("review"),
                        int("counts"),
                        int("held"),
                        int("doubtful"),
                        // Waits for a person, by what the contact itself says.
                        int("look"),
                        // Whether or how they were met was assumed when a sheet was imported.
                        int("assumed"),
                        int("received_day"),
                    ],
                    indexes: &[("person", "person, day"), ("reached", "day, counts, person, method, result, review")],
                    unique: &[],
                },
            ]
        }
    }

    fn needs_look(&self, record: &Record) -> Option<&'static str> {
        look::of_contact(record).map(look::LookReason::code)
    }

    fn rows(&self, record: &Record) -> Vec<Row> {
        let Some(contact) = Contact::read(&record.doc) else { return Vec::new() };
        let happened = record.meta.origin.happened;
        let look = self.needs_look(record);
        let received = Day::of(record.meta.origin.received_ms);
        let assumed = assumed::reach(record);
        // Between blanks, so that one code is found whole.
        let work_types = format!(" {} ", contact.work_types.join(" "));
        let mut rows = vec![Row {
            table: "contact",
            owner: record.id.to_string(),
            cells: vec![
                contact.household.into(),
                contact.unit.into(),
                Day::of(happened.ms).into(),
                happened.ms.into(),
                text_in(&record.doc, "method").into(),
                work_types.clone().into(),
                ReviewState::of(record).code().into(),
                look.into(),
                happened.doubtful.into(),
                late(record).into(),
            ],
        }];
        // Codes as written: one of a newer version is not renamed.
        let results = record.value("entries").as_array().map(Vec::as_slice).unwrap_or_default();
        rows.extend(contact.entries.iter().enumerate().map(|(index, entry)| {
            let part = Part::Of(entry.person);
            let held = record.stands() && record.settled(&part) != Some(false) && !record.counts(&part);
            let result = results.get(index).and_then(|entry| text_in(entry.as_object()?, "result"));
            Row {
                table: "contact_entry",
                owner: record.id.to_string(),
                cells: vec![
                    entry.person.into(),
                    Day::of(happened.ms).into(),
                    happened.ms.into(),
                    text_in(&record.doc, "method").into(),
                    result.into(),
                    work_types.clone().into(),
                    ReviewState::reviewed(record).code().into(),
                    record.counts(&part).into(),
                    held.into(),
                    happened.doubtful.into(),
                    look.is_some().into(),
                    assumed.into(),
                    received.into(),
                ],
            }
        }));
        rows
    }

    fn folds(&self) -> bool {
        true
    }

    fn fold_rows(&self, subject: RecordId, world: &World) -> Vec<Row> {
        let Some(person) = world.find(subject).filter(|record| record.kind == "person") else { return Vec::new() };
        let cells = contacted::cells(person, &contacted::of_all(person, world));
        vec![Row { table: contacted::TABLE.name, owner: subject.to_string(), cells }]
    }
}
