//! The one way anything is written: ops of one installation, decided in order inside the county's lock, kept for ever.
//! A push is one transaction. If the database refuses it, each op is tried alone, so that one bad op stops no other.

pub mod border;
pub mod error;
pub mod home;
pub mod need;
pub mod online;
pub mod shift;
pub mod visit;

use std::collections::BTreeMap;

use bianfang_domain::actor::Actor;
use bianfang_domain::decision::{Decision, Verdict};
use bianfang_domain::op::Op;
use bianfang_domain::reason::Reason;
use bianfang_protocol::push::{Answer, MAX_OPS, PushResponse};
use serde_json::json;
use sqlx::Connection;

pub use error::{ActError, WriteError};

use crate::ServerError;
use crate::county::Desk;
use crate::db::county;
use crate::db::sql::number;
use crate::db::write::CountyWrite;
use crate::records::oplog::{self, LogPosition, LoggedOp};
use shift::{Arrived, BatchDone, Shift};

/// Takes a push. The answer is given after the commit; the same op gets the same answer however often it is sent.
///
/// # Errors
/// [`WriteError`]: nothing was kept.
pub async fn push(desk: Desk<'_>, caller: &Actor, ops: &[Op]) -> Result<PushResponse, WriteError> {
    if ops.len() > MAX_OPS {
        return Err(WriteError::TooManyOps);
    }
    push_many(desk, caller, ops).await
}

/// The same for the server's own batches, which are not bound to the size of a request.
///
/// # Errors
/// As [`push`].
pub async fn push_many(desk: Desk<'_>, caller: &Actor, ops: &[Op]) -> Result<PushResponse, WriteError> {
    if ops.iter().any(|op| op.id.installation != caller.installation) {
        return Err(WriteError::ForeignInstallation);
    }
    let county = county::get(desk.db.pool(), desk.county)
        .await?
        .ok_or_else(|| ServerError::CountyUnknown(desk.county.to_owned()))?;
    let answers = match attempt(desk, caller, ops, Mode::Together).await {
        Err(WriteError::Server(ServerError::Database(sqlx::Error::Database(_)))) => {
            attempt(desk, caller, ops, Mode::OneByOne).await?
        }
        done => done?,
    };
    Ok(PushResponse { answers, server_ms: desk.now_ms, epoch: county.epoch })
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mode {
    Together,
    OneByOne,
}

async fn attempt(desk: Desk<'_>, caller: &Actor, ops: &[Op], mode: Mode) -> Result<Vec<Answer>, WriteError> {
    let mut write = desk.db.begin(desk.county, desk.now_ms).await?;
    let standing = oplog::standing(write.conn(), desk.county, caller.installation).await?;
    let fresh = fresh(ops, standing)?;
    let known: Vec<u64> = ops.iter().map(|op| op.id.seq).filter(|seq| *seq <= standing.last_seq).collect();
    let mut answers: BTreeMap<u64, Answer> = oplog::answers(write.conn(), desk.county, caller.installation, &known)
        .await?
        .into_iter()
        .map(|answer| (answer.op.seq, answer))
        .collect();
    if !fresh.is_empty() {
        let taken = take(&mut write, desk, caller, &fresh, (standing, mode)).await?;
        write.commit().await?;
        answers.extend(taken.into_iter().map(|answer| (answer.op.seq, answer)));
    }
    Ok(ops.iter().filter_map(|op| answers.get(&op.id.seq).cloned()).collect())
}

/// Takes fresh ops inside the county's lock, and notes where their installation now stands and that it wrote.
async fn take(
    write: &mut CountyWrite,
    desk: Desk<'_>,
    caller: &Actor,
    fresh: &[Op],
    (standing, mode): (LogPosition, Mode),
) -> Result<Vec<Answer>, WriteError> {
    let shift = Shift { county: desk.county, actor: caller, sealer: desk.sealer(), now_ms: desk.now_ms };
    let start = BatchDone { answers: Vec::new(), feed: number(write.feed()), standing };
    let taken = match mode {
        Mode::Together => shift.take(write.conn(), fresh, start.feed, start.standing).await?,
        Mode::OneByOne => one_by_one(write, shift, fresh, start).await?,
    };
    while number(write.feed()) < taken.feed {
        write.next_feed();
    }
    oplog::update_standing(write.conn(), desk.county, caller, taken.standing, desk.now_ms).await?;
    let mut verdicts: BTreeMap<String, u64> = BTreeMap::new();
    for answer in &taken.answers {
        *verdicts.entry(format!("{:?}", answer.verdict).to_lowercase()).or_default() += 1;
    }
    let detail = json!({
        "installation": caller.installation,
        "from": standing.last_seq + 1,
        "to": taken.standing.last_seq,
        "verdicts": verdicts,
        "feed": taken.feed,
    });
    write.audit(&caller.account.to_string(), "PUSH", &detail).await?;
    Ok(taken.answers)
}

/// The ops that were not taken before, in order and without a gap.
fn fresh(ops: &[Op], standing: LogPosition) -> Result<Vec<Op>, WriteError> {
    let mut fresh: Vec<Op> = ops.iter().filter(|op| op.id.seq > standing.last_seq).cloned().collect();
    fresh.sort_by_key(|op| op.id.seq);
    fresh.dedup_by_key(|op| op.id.seq);
    for (expected, op) in (standing.last_seq + 1..).zip(&fresh) {
        if op.id.seq != expected {
            return Err(WriteError::Gap { expected });
        }
    }
    Ok(fresh)
}

/// Each op in a savepoint. One that the database cannot take is kept as refused, and the next goes on.
async fn one_by_one(
    write: &mut CountyWrite,
    shift: Shift<'_>,
    ops: &[Op],
    mut so_far: BatchDone,
) -> Result<BatchDone, ServerError> {
    for op in ops {
        let mut savepoint = Connection::begin(write.conn()).await?;
        match shift.take(&mut savepoint, std::slice::from_ref(op), so_far.feed, so_far.standing).await {
            Ok(taken) => {
                savepoint.commit().await?;
                so_far.answers.extend(taken.answers);
                (so_far.feed, so_far.standing) = (taken.feed, taken.standing);
            }
            Err(ServerError::Database(sqlx::Error::Database(error))) => {
                savepoint.rollback().await?;
                tracing::error!(op = %op.id, kind = %op.kind, %error, "the database refuses this op");
                let kept = poison(shift, op, so_far.standing);
                so_far.standing.last_seq = op.id.seq;
                so_far.answers.push(kept.answer.clone());
                oplog::insert(write.conn(), shift.county, &[kept]).await?;
            }
            Err(error) => return Err(error),
        }
    }
    Ok(so_far)
}

/// An op that decides well but cannot be stored. Its author keeps it with the reason; it is kept here as well.
fn poison(shift: Shift<'_>, op: &Op, standing: LogPosition) -> LoggedOp {
    let Arrived { mut op, mut prints, hidden } = shift.arrived(op);
    shift.sealer.lists(&mut op, None, &mut prints);
    // PostgreSQL stores no NUL in a text; elsewhere in the op JSON escapes it.
    op.kind = op.kind.replace('\0', "");
    let decision = Decision::stopped(Verdict::Refused, Reason::Malformed, None);
    LoggedOp {
        answer: Answer { hidden, ..Answer::of(op.id, &decision, 0) },
        actor: shift.actor.clone(),
        received_ms: shift.now_ms,
        previous_ms: standing.corrected_ms,
        prints,
        feed: 0,
        decision,
        is_document: false,
        op,
    }
}
