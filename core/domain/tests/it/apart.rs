//! Phones that work apart and are heard later, in whatever order, and the laws that hold of every op that is heard: what is
//! refused changes nothing, what is told twice changes nothing, and shared data stays readable and in the order of its days.

use std::collections::VecDeque;

use bianfang_domain::decision::{Decision, Verdict};
use bianfang_domain::kind::{self, Nature};
use bianfang_domain::op::Act;
use bianfang_domain::record::Record;
use bianfang_domain::world::World;
pub use bianfang_law::told::{Records, plain};
use proptest::prelude::*;

use crate::county::{County, Phone, Sent};

/// A phone or a desk with what it saw at its last synchronization, and what it has not sent yet.
pub struct Apart {
    pub phone: Phone,
    pub seen: Records,
    waiting: VecDeque<Sent>,
}

impl Apart {
    pub fn new(phone: Phone, county: &County) -> Self {
        let mut apart = Self { phone, seen: Records::new(), waiting: VecDeque::new() };
        apart.pull(county);
        apart
    }

    /// Sees what lies in its divisions as it is now.
    pub fn pull(&mut self, county: &County) {
        let world = county.world();
        let seen = county.records.values().filter(|record| world.sees(&self.phone.actor, record.id));
        self.seen = seen.map(|record| (record.id, record.clone())).collect();
        self.phone.base = county.revision;
    }

    /// Keeps what was written until it is heard.
    pub fn say(&mut self, sent: impl IntoIterator<Item = Sent>) {
        self.waiting.extend(sent);
    }

    /// What was written first and not yet heard.
    pub fn next(&mut self) -> Option<Sent> {
        self.waiting.pop_front()
    }

    /// Records of a kind as they were last seen.
    pub fn of(&self, kind: &str) -> impl Iterator<Item = &Record> {
        self.seen.values().filter(move |record| record.kind == kind)
    }
}

/// One that still has something to say, by a key: each says its own in its own order.
pub fn turn(all: &mut [Apart], key: u32) -> Option<Sent> {
    let count = all.len();
    (0..count).find_map(|step| all[(key as usize + step) % count].next())
}

/// Takes an op, and looks at what holds of every op. Tells what was decided, and the records as they were before.
pub fn heard(county: &mut County, sent: &Sent) -> Result<(Decision, Records), TestCaseError> {
    let before = county.records.clone();
    let decision = county.take(sent);
    if decision.verdict == Verdict::Refused || decision.waits {
        prop_assert_eq!(&county.records, &before, "what is refused changes nothing: {:?}", decision);
    }
    for record in county.records.values().filter(|record| before.get(&record.id) != Some(record)) {
        readable(before.get(&record.id), record)?;
    }
    // Every fifth comes twice, as after a lost answer.
    if sent.op.id.seq.is_multiple_of(5) && !matches!(sent.op.act, Act::Unsettle { .. }) {
        let mut again = County { log: Vec::new(), records: county.records.clone(), ..*county };
        again.take(sent);
        let told = |county: &County| county.records.values().map(plain).collect::<Vec<_>>();
        prop_assert_eq!(told(&again), told(county), "told twice: {:?}", sent.op);
    }
    Ok((decision, before))
}

/// A record of shared data is what its kind says it is, and its dated values follow each other without an overlap.
fn readable(before: Option<&Record>, record: &Record) -> Result<(), TestCaseError> {
    let Some(kind) = kind::by_name(&record.kind).filter(|kind| kind.nature() == Nature::Shared) else { return Ok(()) };
    // A value that a rule holds of a new record is none until a reviewer takes it: the code of a newer version. What was
    // wrong before stays for who mends it.
    let fault = |record: &Record| kind::check(kind, &record.doc).err();
    let lost = fault(record).filter(|fault| record.meta.fields.contains_key(&fault.field));
    prop_assert!(lost.is_none() || before.is_some_and(|old| fault(old).is_some()), "{lost:?} {record:?}");
    for (field, values) in &record.meta.dated {
        prop_assert!(values.windows(2).all(|two| two[0].from < two[1].from), "{field}: {values:?}");
        prop_assert_eq!(Some(record.value(field)), values.last().map(|last| &last.value), "{}", field);
    }
    Ok(())
}

/// What anybody reads of all records: documents, their days and what waits beside, whoever said it last.
pub fn told(county: &County) -> Vec<String> {
    let beside = |record: &Record| {
        let shown =
            record.meta.beside.iter().map(|beside| format!("{} {} {:?}", beside.field, beside.value, beside.why));
        let mut shown: Vec<String> = shown.collect();
        shown.sort();
        shown
    };
    let one = |record: &Record| format!("{} {:?} {:?} {:?}", record.id, record.doc, record.meta.dated, beside(record));
    county.records.values().map(one).collect()
}

/// The past is told again from what was kept, and a world that holds everything decides as one that holds what was asked for.
pub fn told_again(start: &County, county: &County) -> Result<(), TestCaseError> {
    prop_assert_eq!(&county.replayed(county.revision), &county.records);
    let mut whole: World = start.world();
    for (sent, decision, revision) in county.log.iter().filter(|(.., revision)| *revision > start.revision) {
        let decided = bianfang_domain::decide::take(&mut whole, &sent.arrival(), *revision);
        prop_assert_eq!(decided.as_ref(), Ok(decision), "{:?}", sent.op);
    }
    Ok(())
}
