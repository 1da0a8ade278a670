//! The server of the law: everything in one world, or only what `needs` asks for a push; ops that wait are taken again when
//! their target is written to, as `server/src/write/shift.rs` does.

use std::collections::{BTreeMap, BTreeSet};

use bianfang_domain::decide::{holders_needed, needs, replay, take};
use bianfang_domain::decision::{Case, CaseKind, Decision};
use bianfang_domain::id::OpId;
use bianfang_domain::op::Act;
use bianfang_domain::projection::Row;
use bianfang_domain::record::Record;
use bianfang_domain::world::{Input, Need, World};

use super::NOT_YET;
use super::work::{Job, START, WORLD};
use crate::apart::{Records, plain};
use crate::county::{Sent, rows};

#[derive(Clone)]
pub struct Bureau {
    pub world: World,
    pub log: Vec<(Sent, Decision, u64)>,
    waiting: Vec<Sent>,
    pub revision: u64,
    /// The revision that an op of the sequence gave its record.
    given: BTreeMap<OpId, u64>,
}

impl Bureau {
    pub fn new() -> Self {
        let revision = START.revision;
        Self { world: WORLD.clone(), log: Vec::new(), waiting: Vec::new(), revision, given: BTreeMap::new() }
    }

    /// Everything of a sequence, in an order.
    pub fn heard(jobs: &[Job], order: &[usize]) -> Self {
        let mut bureau = Self::new();
        order.iter().for_each(|n| bureau.hear(jobs, *n));
        bureau
    }

    /// The same in pushes of at most so many, each of one installation and over a world that holds only what was asked for.
    pub fn pushed(jobs: &[Job], order: &[usize], most: usize) -> Self {
        let mut bureau = Self::new();
        let apart = |sent: &Sent| NOT_YET.contains(&"amend.pushed") && matches!(sent.op.act, Act::Amend { .. });
        for own in order.chunk_by(|one, other| jobs[*one].by == jobs[*other].by && !apart(&jobs[*other].sent)) {
            own.chunks(most).for_each(|push| bureau.push(jobs, push));
        }
        bureau
    }

    /// Takes an op, and again what waited for its target.
    pub fn hear(&mut self, jobs: &[Job], n: usize) {
        let sent = self.based(jobs, n);
        let target = sent.op.target;
        if self.take(&sent) {
            self.waiting.push(sent);
        }
        let (due, rest): (Vec<Sent>, Vec<Sent>) =
            std::mem::take(&mut self.waiting).into_iter().partition(|sent| sent.op.target == target);
        self.waiting = rest;
        for sent in due {
            if self.take(&sent) {
                self.waiting.push(sent);
            }
        }
    }

    /// The op with the revision that its author had seen of the record.
    pub fn based(&self, jobs: &[Job], n: usize) -> Sent {
        let mut sent = jobs[n].sent.clone();
        let seen = jobs[..jobs[n].seen.min(n)].iter().filter(|job| job.sent.op.target == sent.op.target);
        let base = seen.filter_map(|job| self.given.get(&job.sent.op.id)).max();
        sent.op.base = base.copied().unwrap_or(START.revision);
        sent
    }

    fn take(&mut self, sent: &Sent) -> bool {
        self.revision += 1;
        let unseen = self.world.find(sent.op.target).is_some() && NOT_YET.contains(&"unseen.again");
        let decision = take(&mut self.world, &sent.arrival(), self.revision);
        let waits = decision.waits && !unseen;
        self.given.insert(sent.op.id, self.revision);
        self.log.push((sent.clone(), decision, self.revision));
        waits
    }

    fn push(&mut self, jobs: &[Job], push: &[usize]) {
        let ops: Vec<&Sent> = push.iter().map(|n| &jobs[*n].sent).collect();
        let waiting = self.waiting.iter().filter(|waits| ops.iter().any(|sent| sent.op.target == waits.op.target));
        let all: Vec<&Sent> = ops.iter().copied().chain(waiting).collect();
        let mut lean = World::complete();
        let holders = all.iter().flat_map(|sent| holders_needed(&sent.arrival()));
        holders.for_each(|need| self.answer(&mut lean, need));
        loop {
            let asked: BTreeSet<Need> = all.iter().flat_map(|sent| needs(&sent.op, &lean)).collect();
            if asked.is_empty() {
                break;
            }
            asked.into_iter().for_each(|need| self.answer(&mut lean, need));
        }
        let whole = std::mem::replace(&mut self.world, lean);
        push.iter().for_each(|n| self.hear(jobs, *n));
        let mut lean = std::mem::replace(&mut self.world, whole);
        for touched in lean.take_touched() {
            self.world.put(lean.copy_of(touched).unwrap());
        }
    }

    fn answer(&self, lean: &mut World, need: Need) {
        match &need {
            Need::Record(id) => self.world.copy_of(*id).into_iter().for_each(|record| lean.load(record)),
            Need::Facts(id) => self.world.records_about(*id).cloned().for_each(|record| lean.load(record)),
            Need::Holder(index, print) => {
                if let Input::Known(Some(holder)) = self.world.holder(index, print) {
                    lean.load_holder(index.clone(), print.clone(), holder);
                }
            }
        }
        lean.answered(need);
    }

    /// The records as a log tells them up to a number.
    pub fn replayed(&self, cut_off: u64) -> Records {
        let mut world = WORLD.clone();
        for (sent, decision, revision) in self.log.iter().filter(|(.., revision)| *revision <= cut_off) {
            // As a log keeps it: through JSON.
            let decision = serde_json::from_value(serde_json::to_value(decision).unwrap()).unwrap();
            replay(&mut world, &sent.arrival(), &decision, *revision);
        }
        records(&world)
    }

    /// All that anybody reads: records without the numbers of their writes, cases that lapsed as if they had never been, and
    /// what still waits.
    pub fn told(&self) -> (Records, BTreeSet<OpId>) {
        let told = self.shown().map(|record| {
            let mut record = plain(record);
            if record.kind == "case" {
                // Whatever op opened it.
                record.meta.origin = START.get(crate::county::id(crate::county::COUNTY)).meta.origin.clone();
                record.meta.fields.clear();
            }
            (record.id, record)
        });
        (told.collect(), self.waiting.iter().map(|sent| sent.op.id).collect())
    }

    pub fn rows(&self) -> BTreeSet<Row> {
        rows(self.shown(), self.world.kinds())
    }

    fn shown(&self) -> impl Iterator<Item = &Record> {
        let left_out = |record: &Record| {
            let case = Case::read(&record.doc).filter(|case| record.kind == "case" && case.subjects.len() == 2);
            case.is_some_and(|case| match case.kind {
                CaseKind::Double => NOT_YET.contains(&"case.double"),
                CaseKind::Merge => NOT_YET.contains(&"case.merge"),
                _ => false,
            })
        };
        self.world.records().filter(move |record| record.value("state") != "LAPSED" && !left_out(record))
    }
}

pub fn records(world: &World) -> Records {
    world.records().map(|record: &Record| (record.id, record.clone())).collect()
}
