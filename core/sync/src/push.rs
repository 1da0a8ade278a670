//! Operations up. The server answers each op of a batch; what it answered leaves the queue, whatever it said.

use bianfang_domain::decision::Verdict;
use bianfang_domain::op::Op;
use bianfang_protocol::push::{Answer, MAX_BYTES, MAX_OPS, PushRequest, PushResponse};

use crate::engine::{Engine, SessionStage};
use crate::error::{SyncError, SyncFault};
use crate::local::{Keep, StoreAsk};
use crate::wire::{HttpMethod, Response, RoundTrip};

/// Where the push stands.
#[derive(Debug)]
pub(crate) struct Push {
    /// Ops that waited at the beginning.
    pub total: u64,
    batch: Vec<Op>,
    /// Halved when the server cannot take a batch, so that one op that breaks it is found.
    limit: usize,
    /// The last number answered in this session.
    last: Option<u64>,
    /// From where ops were queued again, once for each number.
    again: Option<u64>,
    /// The last number that was ever answered, in this life of the server.
    pub answered: u64,
}

impl Default for Push {
    fn default() -> Self {
        Self { total: 0, batch: vec![], limit: MAX_OPS, last: None, again: None, answered: 0 }
    }
}

impl Engine {
    pub(crate) fn push_ask(&self) -> StoreAsk {
        StoreAsk::Pending { limit: self.push.limit }
    }

    pub(crate) fn push_send(&mut self, ops: Vec<Op>) {
        let Some(first) = ops.first().map(|op| op.id.seq) else { return self.push_ends() };
        // The server takes ops in order only: a hole in the queue is mended from the kept ops, or reported; never jumped.
        let due = self.push.last.map(|last| last + 1).or(self.push.again);
        if due.is_some_and(|due| first > due) {
            return self.push_again(due, gap());
        }
        self.push.batch = batch(ops, self.push.limit);
        let body = Self::json(&PushRequest { ops: self.push.batch.clone() });
        self.send(HttpMethod::Post, "/api/v1/sync/push".into(), vec![], body);
    }

    pub(crate) fn push_answered(&mut self, response: &Response, span: RoundTrip) {
        match response.status {
            200..=299 => self.push_accepted(response, span),
            409 => {
                let fault = SyncFault::of(response);
                match fault.expected.and_then(|expected| expected.checked_sub(1)) {
                    // What it asks for it answered before.
                    Some(pushed) if pushed < self.push.answered => self.put_back(pushed),
                    _ => self.push_again(fault.expected, fault),
                }
            }
            // Too large, or the server stumbles over one of them.
            400 | 413 | 422 | 500 if self.push.batch.len() > 1 => self.push.limit = self.push.batch.len().div_ceil(2),
            _ => self.push_stuck(SyncFault::of(response)),
        }
    }

    fn push_accepted(&mut self, response: &Response, span: RoundTrip) {
        let Ok(answer) = serde_json::from_slice::<PushResponse>(&response.body) else {
            return self.fail(SyncError::Malformed);
        };
        let sent = std::mem::take(&mut self.push.batch);
        let answers = prefix(&sent, answer.answers);
        let Some(last) = answers.last() else { return self.fail(SyncError::Malformed) };
        self.push.last = Some(last.op.seq);
        self.push.answered = self.push.answered.max(last.op.seq);
        self.push.limit = MAX_OPS.min(self.push.limit * 2);
        for answer in &answers {
            self.summary.acknowledged += 1;
            self.summary.held += u64::from(answer.verdict == Verdict::Held);
            self.summary.refused += u64::from(answer.verdict == Verdict::Refused);
            self.summary.conflicts += u64::from(answer.verdict == Verdict::Conflict);
        }
        self.measure(answer.server_ms, span);
        self.keep(Keep::Acknowledge(answers));
        self.see_epoch(answer.epoch);
    }

    /// The server waits for a number that is not in the queue. Tried once for each number, for it may be gone for good.
    fn push_again(&mut self, from: Option<u64>, fault: SyncFault) {
        let Some(from) = from.filter(|from| self.push.again != Some(*from)) else { return self.push_stuck(fault) };
        self.push.again = Some(from);
        self.push.last = None;
        self.keep(Keep::PushAgain { from });
    }

    /// Whether the server has less of this installation than it answered: its folder or its machine was put back, which nobody told
    /// it, so its epoch is the old one.
    pub(crate) fn see_pushed(&mut self, pushed: Option<u64>) -> bool {
        let Some(pushed) = pushed.filter(|pushed| *pushed < self.push.answered) else { return false };
        self.put_back(pushed);
        true
    }

    /// What lies behind this number goes out again, and the pull begins anew. Seen once for each number: what is then refused as a gap
    /// is gone from the phone too.
    fn put_back(&mut self, pushed: u64) {
        self.push.answered = pushed;
        if let Some(epoch) = self.epoch.clone() {
            self.keep(Keep::Epoch { epoch, from: Some(pushed + 1) });
        }
        self.lost_by_server();
    }

    fn lost_by_server(&mut self) {
        self.summary.restored = true;
        self.push.last = None;
        self.push.again = None;
        self.pull.restart();
        self.stage = SessionStage::Push;
    }

    /// Ops must wait; photos and pull need not.
    fn push_stuck(&mut self, fault: SyncFault) {
        self.summary.stuck = Some(fault);
        self.push_ends();
    }

    /// A receipt counts within one epoch only, so a phone that never heard of any asks for the first page before it sends photos:
    /// else a restore just after them would go unseen.
    fn push_ends(&mut self) {
        self.stage = if self.epoch.is_none() { SessionStage::Pull } else { SessionStage::Photos };
    }

    /// Compares the server's epoch. A new one means a restore: what it lost is pushed again, and its feed numbers mean other
    /// things than before, so the pull begins anew. Returns whether it was new.
    pub(crate) fn see_epoch(&mut self, epoch: String) -> bool {
        if self.epoch.as_ref() == Some(&epoch) {
            return false;
        }
        let known = self.epoch.replace(epoch.clone()).is_some();
        // All of them, even when a gap has just named a number: the server may have been restored again since, and an op that
        // was not lost is answered again at no harm.
        let from = known.then_some(0);
        self.keep(Keep::Epoch { epoch, from });
        if known {
            self.push.answered = 0;
            self.lost_by_server();
        }
        known
    }
}

/// Neighbours in number, of one installation, within both limits.
fn batch(ops: Vec<Op>, limit: usize) -> Vec<Op> {
    let mut batch: Vec<Op> = vec![];
    let mut bytes = 0;
    for op in ops.into_iter().take(limit) {
        let follows = |last: &Op| last.id.installation == op.id.installation && last.id.seq + 1 == op.id.seq;
        bytes += serde_json::to_vec(&op).map_or(0, |text| text.len() + 1);
        if batch.last().is_some_and(|last| !follows(last) || bytes + 16 > MAX_BYTES) {
            break;
        }
        batch.push(op);
    }
    batch
}

/// The answers that belong to the first ops sent. An answer out of turn ends it: nothing after a hole is taken as done.
fn prefix(sent: &[Op], answers: Vec<Answer>) -> Vec<Answer> {
    answers.into_iter().zip(sent).take_while(|(answer, op)| answer.op == op.id).map(|(answer, _)| answer).collect()
}

fn gap() -> SyncFault {
    SyncFault::own(
        "gap",
        "本机队列缺少一条操作，其余记录已保留，请联系管理员。",
        "An operation is missing from this phone's queue. The others are kept: ask the administrator.",
    )
}
