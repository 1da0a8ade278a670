//! The server of the law: everything in one world, or only what the decisions of a push ask for; ops that wait are taken again
//! when something is written that their target rests on, as `server/src/write/shift.rs` does.

use std::collections::{BTreeMap, BTreeSet};

use bianfang_domain::decide::{lacking, replay, take};
use bianfang_domain::decision::Decision;
use bianfang_domain::id::{OpId, RecordId};
use bianfang_domain::kind::KINDS;
use bianfang_domain::projection::Row;
use bianfang_domain::record::Record;
use bianfang_domain::world::{Input, Need, World};

use super::work::{Job, START, WORLD};
use crate::county::{Sent, rows};
use crate::told::{Records, is_there, told};

#[derive(Clone)]
pub struct Bureau {
    pub world: World,
    /// Where a push loads from, while one is taken.
    stored: Option<World>,
    touched: BTreeSet<RecordId>,
    pub log: Vec<(Sent, Decision, u64)>,
    waiting: Vec<Sent>,
    pub revision: u64,
    /// The revision that an op of the sequence gave its record.
    given: BTreeMap<OpId, u64>,
}

impl Bureau {
    pub fn new() -> Self {
        let revision = START.revision;
        Self {
            world: WORLD.clone(),
            stored: None,
            touched: BTreeSet::new(),
            log: Vec::new(),
            waiting: Vec::new(),
            revision,
            given: BTreeMap::new(),
        }
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
        for own in order.chunk_by(|one, other| jobs[*one].by == jobs[*other].by) {
            own.chunks(most).for_each(|push| bureau.push(jobs, push));
        }
        bureau
    }

    /// Takes an op, and again what waited for it.
    pub fn hear(&mut self, jobs: &[Job], n: usize) {
        let sent = self.based(jobs, n);
        let mut woken = self.take(sent, false);
        while !woken.is_empty() {
            let (mut due, mut rest) = (Vec::new(), Vec::new());
            for sent in std::mem::take(&mut self.waiting) {
                let wakes = self.asked(|world| world.rests_on(sent.op.target, &woken));
                if wakes { due.push(sent) } else { rest.push(sent) }
            }
            self.waiting = rest;
            woken = due.into_iter().flat_map(|sent| self.take(sent, true)).collect();
        }
    }

    fn asked<T>(&mut self, ask: impl Fn(&World) -> T) -> T {
        loop {
            let answer = ask(&self.world);
            let lacking = self.world.lacking();
            if lacking.is_empty() {
                return answer;
            }
            self.load(lacking);
        }
    }

    /// What was written since the last call.
    pub fn take_touched(&mut self) -> BTreeSet<RecordId> {
        std::mem::take(&mut self.touched)
    }

    /// The op with the revision that its author had seen of the record.
    pub fn based(&self, jobs: &[Job], n: usize) -> Sent {
        let mut sent = jobs[n].sent.clone();
        let seen = jobs[..jobs[n].seen.min(n)].iter().filter(|job| job.sent.op.target == sent.op.target);
        let base = seen.filter_map(|job| self.given.get(&job.sent.op.id)).max();
        sent.op.base = base.copied().unwrap_or(START.revision);
        sent
    }

    /// Gives what was written; what waits writes nothing.
    fn take(&mut self, sent: Sent, again: bool) -> BTreeSet<RecordId> {
        let decision = loop {
            match take(&mut self.world, &sent.arrival(), self.revision + 1) {
                Ok(decision) => break decision,
                Err(lacking) => self.load(lacking),
            }
        };
        if decision.waits && again {
            // As before: nothing is kept of that it was tried.
            self.waiting.push(sent);
            return BTreeSet::new();
        }
        self.revision += 1;
        self.given.insert(sent.op.id, self.revision);
        self.log.push((sent.clone(), decision.clone(), self.revision));
        if decision.waits {
            self.waiting.push(sent);
        }
        // Of a push everything is stored at its end, as the server does.
        let all = if self.stored.is_some() { self.world.touched().clone() } else { self.world.take_touched() };
        let written: BTreeSet<RecordId> = self.world.take_retold().into_iter().chain(all).collect();
        self.touched.extend(&written);
        written
    }

    fn push(&mut self, jobs: &[Job], push: &[usize]) {
        let lean = World::complete(KINDS);
        let before = self.take_touched();
        self.stored = Some(std::mem::replace(&mut self.world, lean));
        loop {
            let asked = lacking(&mut self.world, push.iter().map(|n| jobs[*n].sent.arrival()), self.revision);
            if asked.is_empty() {
                break;
            }
            self.load(asked);
        }
        push.iter().for_each(|n| self.hear(jobs, *n));
        let Some(whole) = self.stored.take() else { return };
        let lean = std::mem::replace(&mut self.world, whole);
        self.touched.iter().filter_map(|id| lean.copy_of(*id)).for_each(|record| self.world.put(record));
        self.world.take_touched();
        self.touched.extend(before);
    }

    fn load(&mut self, needs: BTreeSet<Need>) {
        let Some(stored) = &self.stored else { panic!("a world that holds everything asks for {needs:?}") };
        for need in needs {
            match &need {
                Need::Record(id) => stored.copy_of(*id).into_iter().for_each(|record| self.world.load(record)),
                Need::Facts(id) => stored.records_about(*id).cloned().for_each(|record| self.world.load(record)),
                Need::Holder(index, print) => {
                    if let Input::Known(Some(holder)) = stored.holder(index, print) {
                        self.world.load_holder(index.clone(), print.clone(), holder);
                    }
                }
                Need::Reached(reach) => self.world.load_reached(reach.clone(), stored.reached(reach)),
            }
            self.world.answered(need);
        }
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

    /// All that anybody reads: records without the numbers of their writes, cases without a ground as if they had never been,
    /// and what still waits for something else than a case.
    pub fn told(&self) -> (Records, BTreeSet<OpId>) {
        let waiting = self.waiting.iter().filter(|sent| sent.op.kind != "case");
        (told(self.world.records()), waiting.map(|sent| sent.op.id).collect())
    }

    pub fn rows(&self) -> BTreeSet<Row> {
        rows(self.shown(), self.world.kinds())
    }

    fn shown(&self) -> impl Iterator<Item = &Record> {
        self.world.records().filter(|record| is_there(record))
    }
}

pub fn records(world: &World) -> Records {
    world.records().map(|record: &Record| (record.id, record.clone())).collect()
}
