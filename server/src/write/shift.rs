//! A few ops taken together: protected parts opened, everything loaded in rounds, decided one after another in memory,
//! and each table written once.

use std::collections::BTreeSet;

use bianfang_domain::actor::Actor;
use bianfang_domain::decide;
use bianfang_domain::decision::Verdict;
use bianfang_domain::free_text;
use bianfang_domain::kind::{self, Nature, actor_on, staff_id};
use bianfang_domain::op::{Act, Arrival, Op};
use bianfang_domain::reason::Reason;
use bianfang_domain::time::Day;
use bianfang_domain::world::Need;
use bianfang_protocol::push::Answer;
use sqlx::AnyConnection;

use super::border;
use crate::ServerError;
use crate::county::sealed::{Prints, Sealer};
use crate::records::load::Loaded;
use crate::records::oplog::{self, Kept, Standing};
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

/// How far it came.
#[derive(Debug, Clone)]
pub struct Taken {
    /// One for each op, in their order.
    pub answers: Vec<Answer>,
    /// The last feed number used.
    pub feed: u64,
    /// Where the installation stands.
    pub standing: Standing,
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
        standing: Standing,
    ) -> Result<Taken, ServerError> {
        let mut arrived: Vec<(Op, Prints)> = ops
            .iter()
            .map(|op| {
                let mut op = op.clone();
                let prints = self.sealer.singles(&mut op);
                (op, prints)
            })
            .collect();
        let targets: BTreeSet<String> = ops.iter().map(|op| op.target.to_string()).collect();
        let mut waiting = oplog::waiting(conn, self.county, &targets.into_iter().collect::<Vec<_>>()).await?;
        let mut loaded = Loaded::new(self.county);
        self.load(conn, &mut loaded, &arrived, &waiting).await?;

        let mut taken = Taken { answers: Vec::with_capacity(ops.len()), feed, standing };
        let mut kept: Vec<Kept> = Vec::with_capacity(ops.len());
        for (op, prints) in &mut arrived {
            let done = self.decide(&mut loaded, op, prints, &mut taken);
            let target = done.op.target;
            taken.answers.push(done.answer.clone());
            if done.decision.waits {
                waiting.push(done)
            } else {
                kept.push(done)
            }
            // Whatever was written to the target may be what an earlier op waited for.
            let (due, rest): (Vec<Kept>, Vec<Kept>) = waiting.into_iter().partition(|kept| kept.op.target == target);
            waiting = rest;
            for waited in due {
                let again = self.decide_again(&mut loaded, waited, &mut taken.feed);
                if again.decision.waits { waiting.push(again) } else { kept.push(again) }
            }
        }
        kept.extend(waiting);

        let mut touched = loaded.world.take_touched();
        let places = scope::follow(conn, self.county, &mut loaded, &mut touched, taken.feed).await?;
        records::write(conn, self.county, &loaded, &touched).await?;
        places.write(conn, self.county, &loaded.world, &touched).await?;
        project::write(conn, self.county, &loaded, &touched).await?;
        border::follow(conn, self.county, &border::moved(&loaded, &touched), taken.feed).await?;
        oplog::insert(conn, self.county, &kept).await?;
        Ok(taken)
    }

    async fn load(
        self,
        conn: &mut AnyConnection,
        loaded: &mut Loaded,
        arrived: &[(Op, Prints)],
        waiting: &[Kept],
    ) -> Result<(), ServerError> {
        let mut ops: Vec<Op> = Vec::with_capacity(arrived.len() + waiting.len());
        let mut holders = BTreeSet::from([Need::Record(staff_id(self.actor.account))]);
        for (op, prints) in
            arrived.iter().map(|(op, prints)| (op, prints)).chain(waiting.iter().map(|k| (&k.op, &k.prints)))
        {
            let arrival = arrival(self, self.actor, op, prints, None);
            holders.extend(decide::holders_needed(&arrival));
            ops.push(op.clone());
        }
        loaded.for_ops(conn, &ops, holders).await
    }

    /// Decides a fresh op.
    fn decide(self, loaded: &mut Loaded, op: &mut Op, prints: &mut Prints, taken: &mut Taken) -> Kept {
        self.sealer.lists(op, loaded.world.find(op.target), prints);
        let previous_ms = taken.standing.corrected_ms;
        let written = op.at.corrected(previous_ms, self.now_ms);
        // A doubtful time must not push the later ones along.
        let corrected_ms = if written.doubtful { previous_ms } else { Some(written.ms) };
        taken.standing = Standing { last_seq: op.id.seq, corrected_ms };
        let was_known = loaded.world.find(op.target).is_some();
        // Who has left since may send what was written at work, and what is written today needs today's divisions.
        let staff = loaded.world.find(staff_id(self.actor.account));
        let actor = actor_on(self.actor, staff, Day::of(written.ms));
        let arrival = arrival(self, &actor, op, prints, previous_ms);
        let decision = decide::take(&mut loaded.world, &arrival, taken.feed + 1);
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
        let mut kept = op.clone();
        if decision.reason == Some(Reason::MilitaryUnit) {
            free_text::strike(&mut kept);
        }
        Kept {
            answer: Answer::of(op.id, &decision, taken.feed),
            op: kept,
            actor,
            received_ms: self.now_ms,
            previous_ms,
            prints: prints.clone(),
            feed: if refused { 0 } else { taken.feed },
            decision,
            is_document,
        }
    }

    /// Decides an op again that waited for its target. Its author keeps the first answer and sees the rest by pull.
    fn decide_again(self, loaded: &mut Loaded, mut waited: Kept, feed: &mut u64) -> Kept {
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
        let decision = decide::take(&mut loaded.world, &arrival, *feed + 1);
        if !decision.waits {
            waited.feed = if decision.verdict == Verdict::Refused {
                0
            } else {
                *feed += 1;
                *feed
            };
            waited.decision = decision;
        }
        waited
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
