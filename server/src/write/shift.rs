//! A few ops taken together: protected parts opened, everything loaded in rounds, decided one after another in memory,
//! and each table written once.

use std::collections::BTreeSet;

use bianfang_domain::actor::Actor;
use bianfang_domain::decide;
use bianfang_domain::decision::Verdict;
use bianfang_domain::free_text;
use bianfang_domain::id::{OpId, RecordId};
use bianfang_domain::kept_open::{self, Hidden};
use bianfang_domain::kind::{self, Nature, actor_on, staff_id};
use bianfang_domain::op::{Act, Arrival, Op};
use bianfang_domain::reason::Reason;
use bianfang_domain::rules;
use bianfang_domain::time::Day;
use bianfang_domain::told;
use bianfang_domain::world::Need;
use bianfang_protocol::push::Answer;
use sqlx::AnyConnection;

use super::border;
use crate::ServerError;
use crate::county::sealed::{Prints, Sealer};
use crate::records::load::Loaded;
use crate::records::oplog::{self, LogPosition, LoggedOp};
use crate::records::{project, rows as records, scope};

/// Who writes, where and when.
#[derive(Clone, Copy)]
pub struct Shift<'a> {
    /// The county, whose row is locked.
    pub county: &'a str,
    /// The author.
    pub actor: &'a Actor,
    /// The county's keys.
    pub sealer: Sealer<'a>,
    /// UTC milliseconds.
    pub now_ms: i64,
}

/// An op on its way in.
#[derive(Debug, Clone)]
pub(super) struct Arrived {
    /// Masked.
    pub op: Op,
    /// Of its protected fields.
    pub prints: Prints,
    /// What was masked.
    pub hidden: Vec<Hidden>,
}

/// How far it came.
#[derive(Debug, Clone)]
pub struct BatchDone {
    /// One for each op, in their order.
    pub answers: Vec<Answer>,
    /// The last feed number used.
    pub feed: u64,
    /// Where the installation stands.
    pub standing: LogPosition,
}

impl Shift<'_> {
    /// Takes the ops in order, from a feed number and a standing on.
    ///
    /// # Errors
    /// [`ServerError`]: then nothing of it may be kept.
    pub async fn take(
        self,
        conn: &mut AnyConnection,
        ops: &[Op],
        feed: u64,
        standing: LogPosition,
    ) -> Result<BatchDone, ServerError> {
        let arrived: Vec<Arrived> = ops.iter().map(|op| self.arrived(op)).collect();
        let targets: BTreeSet<RecordId> = ops.iter().map(|op| op.target).collect();
        let mut waiting = oplog::waiting(conn, self.county, &texts(&targets)).await?;
        let mut loaded = Loaded::new(self.county);
        self.load(conn, &mut loaded, (self.first(&arrived), &arrived), &waiting).await?;

        let mut taken = BatchDone { answers: Vec::with_capacity(ops.len()), feed, standing };
        let mut kept: Vec<LoggedOp> = Vec::with_capacity(ops.len());
        let mut left = arrived.as_slice();
        while let [next, rest @ ..] = left {
            let done = match self.decide(&mut loaded, next.clone(), &mut taken) {
                Ok(done) => done,
                Err(lacking) => {
                    self.load(conn, &mut loaded, (lacking, left), &waiting).await?;
                    continue;
                }
            };
            left = rest;
            taken.answers.push(done.answer.clone());
            if done.decision.waits { waiting.push(done) } else { kept.push(done) }
        }
        self.again(conn, &mut loaded, (&mut waiting, &mut kept), &mut taken.feed).await?;
        kept.extend(waiting);

        let mut touched = loaded.world.take_touched();
        let places = scope::follow(conn, self.county, &mut loaded, &mut touched, taken.feed).await?;
        records::write(conn, self.county, &loaded, &touched).await?;
        places.write(conn, self.county, &loaded.world, &touched).await?;
        let retold: BTreeSet<RecordId> =
            loaded.world.take_retold().into_iter().chain(touched.iter().copied()).collect();
        project::write(conn, self.county, &mut loaded, &retold).await?;
        border::follow(conn, self.county, &border::moved(&loaded, &touched), taken.feed).await?;
        oplog::insert(conn, self.county, &kept).await?;
        Ok(taken)
    }

    /// An op as it is decided and kept: what came sealed and stands alone is opened, and what must never lie open is masked,
    /// before anything of it is stored, in whichever way it was written.
    pub(super) fn arrived(self, op: &Op) -> Arrived {
        let mut op = op.clone();
        let mut hidden = kept_open::act(&op.kind, &mut op.act);
        let prints = self.sealer.singles(&mut op);
        // A list that came sealed is open by now.
        hidden.extend(kept_open::act(&op.kind, &mut op.act));
        hidden.sort();
        hidden.dedup();
        Arrived { op, prints, hidden }
    }

    /// Takes again what waited for something that was written: its target, what that speaks of, or where that lies. What it
    /// writes may be what others wait for.
    async fn again(
        self,
        conn: &mut AnyConnection,
        loaded: &mut Loaded,
        (waiting, kept): (&mut Vec<LoggedOp>, &mut Vec<LoggedOp>),
        feed: &mut u64,
    ) -> Result<(), ServerError> {
        loop {
            let written = loaded.world.touched().clone();
            let here: BTreeSet<OpId> = waiting.iter().map(|waits| waits.op.id).collect();
            let mut found = oplog::waiting(conn, self.county, &texts(&written)).await?;
            let is_division = |id: &RecordId| loaded.world.find(*id).is_some_and(|record| record.kind == "division");
            found.extend(if written.iter().any(is_division) {
                oplog::waiting_for_any_sight(conn, self.county).await?
            } else {
                oplog::waiting_for_sight(conn, self.county, &texts(&written)).await?
            });
            found.retain(|waits| !here.contains(&waits.op.id) && !kept.iter().any(|done| done.op.id == waits.op.id));
            found.sort_by_key(|waits| waits.feed);
            found.dedup_by_key(|waits| waits.op.id);
            waiting.extend(found);
            let (mut due, mut rest) = (Vec::new(), Vec::new());
            for waits in std::mem::take(waiting) {
                let wakes = loaded.asked(conn, |world| world.rests_on(waits.op.target, &written)).await?;
                if wakes { due.push(waits) } else { rest.push(waits) }
            }
            let before = kept.len();
            for waits in due {
                let again = loop {
                    match self.decide_again(loaded, waits.clone(), feed) {
                        Ok(again) => break again,
                        Err(lacking) => loaded.fetch(conn, lacking).await?,
                    }
                };
                if again.decision.waits { rest.push(again) } else { kept.push(again) }
            }
            *waiting = rest;
            if kept.len() == before {
                return Ok(());
            }
        }
    }

    /// What every op asks for: read at once, it saves the first rounds.
    fn first(self, arrived: &[Arrived]) -> BTreeSet<Need> {
        let mut first = BTreeSet::from([Need::Record(staff_id(self.actor.account))]);
        first.extend(rules::ids().map(Need::Record));
        for Arrived { op, .. } in arrived {
            let about = op.set().zip(kind::by_name(&op.kind)).map(|(set, kind)| kind.about(set));
            let all = about.into_iter().flatten().chain([op.target]);
            first.extend(all.flat_map(|id| [Need::Record(id), Need::Facts(id)]));
        }
        first
    }

    /// Loads what is lacking, and what the ops that are left will ask for.
    async fn load(
        self,
        conn: &mut AnyConnection,
        loaded: &mut Loaded,
        (mut lacking, arrived): (BTreeSet<Need>, &[Arrived]),
        waiting: &[LoggedOp],
    ) -> Result<(), ServerError> {
        let waiting = waiting.iter().map(|kept| (&kept.op, &kept.prints));
        let left: Vec<_> = arrived.iter().map(|new| (&new.op, &new.prints)).chain(waiting).collect();
        while !lacking.is_empty() {
            loaded.fetch(conn, lacking).await?;
            let arrivals = left.iter().map(|(op, prints)| arrival(self, self.actor, op, prints, None));
            lacking = decide::lacking(&mut loaded.world, arrivals, 0);
        }
        Ok(())
    }

    /// Decides a fresh op.
    fn decide(
        self,
        loaded: &mut Loaded,
        Arrived { mut op, mut prints, hidden }: Arrived,
        taken: &mut BatchDone,
    ) -> Result<LoggedOp, BTreeSet<Need>> {
        let target = op.target;
        self.sealer.lists(&mut op, loaded.world.find(target), &mut prints);
        let previous_ms = taken.standing.corrected_ms;
        let written = op.at.corrected(previous_ms, self.now_ms);
        let corrected_ms = written.floor(previous_ms);
        let was_known = loaded.world.find(op.target).is_some();
        // Who has left since may send what was written at work, and what is written today needs today's divisions.
        let staff = loaded.world.find(staff_id(self.actor.account));
        let actor = actor_on(self.actor, staff, Day::of(written.ms));
        let arrival = arrival(self, &actor, &op, &prints, previous_ms);
        let decision = decide::take(&mut loaded.world, &arrival, taken.feed + 1)?;
        let told = told::to_author(&loaded.world, &arrival, &decision);
        taken.standing = LogPosition { last_seq: op.id.seq, corrected_ms };
        let refused = decision.verdict == Verdict::Refused;
        if !refused {
            taken.feed += 1;
        }
        let is_fact = kind::by_name(&op.kind).is_some_and(|kind| kind.nature() == Nature::Fact);
        let is_document = match &op.act {
            Act::Record { fields, .. } if is_fact && !was_known && loaded.world.find(op.target).is_some() => {
                // A map of values always has a text.
                loaded.originals.insert(op.target, serde_json::to_string(fields).unwrap_or_default());
                true
            }
            _ => false,
        };
        let mut kept = op;
        if decision.reason == Some(Reason::MilitaryUnit) {
            free_text::strike(&mut kept);
        }
        Ok(LoggedOp {
            answer: Answer { hidden, ..Answer::of(kept.id, &told, taken.feed) },
            op: kept,
            actor,
            received_ms: self.now_ms,
            previous_ms,
            prints,
            feed: if refused { 0 } else { taken.feed },
            decision,
            is_document,
        })
    }

    /// Decides an op again that waited for its target. Its author keeps the first answer and sees the rest by pull.
    fn decide_again(
        self,
        loaded: &mut Loaded,
        mut waited: LoggedOp,
        feed: &mut u64,
    ) -> Result<LoggedOp, BTreeSet<Need>> {
        self.sealer.reopen(&mut waited.op);
        let target = waited.op.target;
        self.sealer.lists(&mut waited.op, loaded.world.find(target), &mut waited.prints);
        let arrival = Arrival {
            op: &waited.op,
            actor: &waited.actor,
            received_ms: waited.received_ms,
            previous_ms: waited.previous_ms,
            fingerprints: waited.prints.clone(),
        };
        let decision = decide::take(&mut loaded.world, &arrival, *feed + 1)?;
        if !decision.waits {
            waited.feed = if decision.verdict == Verdict::Refused {
                0
            } else {
                *feed += 1;
                *feed
            };
            waited.decision = decision;
        }
        Ok(waited)
    }
}

fn arrival<'a>(
    shift: Shift<'_>,
    actor: &'a Actor,
    op: &'a Op,
    prints: &Prints,
    previous_ms: Option<i64>,
) -> Arrival<'a> {
    Arrival { op, actor, received_ms: shift.now_ms, previous_ms, fingerprints: prints.clone() }
}

fn texts(ids: &BTreeSet<RecordId>) -> Vec<String> {
    ids.iter().map(ToString::to_string).collect()
}
