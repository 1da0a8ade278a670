//! The one way to write on a phone: a form becomes ops, photo rows and shown records in one transaction, or nothing.

use bianfang_domain::actor::Actor;
use bianfang_domain::clock::PhoneClock;
use bianfang_domain::decision::{Decision, Verdict};
use bianfang_domain::id::{OpId, RecordId};
use bianfang_domain::kept_open::{self, Hidden};
use bianfang_domain::op::{Act, Op};
use sqlx::{Connection, SqliteConnection};
use std::collections::BTreeSet;

use crate::error::StoreError;
use crate::meta::{self, MetaKey};
use crate::open::Store;
use crate::{draft, outbox, overlay, photo};

/// An op as the form makes it; the store adds number, base and time.
#[derive(Debug, Clone, PartialEq)]
pub struct NewOp {
    /// The kind's name.
    pub kind: String,
    /// The record written to.
    pub target: RecordId,
    /// What is done to it.
    pub act: Act,
}

/// A photo file of the form, kept with [`Store::keep_photo`], that now belongs to a photo record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPhoto {
    /// The file's name.
    pub name: String,
    /// The photo record, made by one of the ops.
    pub record: RecordId,
    /// The server must get it.
    pub owed: bool,
}

/// A filled form.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Writing {
    /// In the order they are to be decided.
    pub ops: Vec<NewOp>,
    /// Its photo files.
    pub photos: Vec<NewPhoto>,
    /// The draft that is done with it.
    pub draft: Option<String>,
}

/// What became of a form.
#[derive(Debug, Clone, PartialEq)]
pub enum FormOutcome {
    /// Durable.
    Written {
        /// Each op with what was decided about it here.
        ops: Vec<(OpId, Decision)>,
        /// Numbers that lay open in it and were masked, with the kind whose field it was.
        hidden: Vec<(String, Hidden)>,
    },
    /// One op can never be true or allowed. Nothing was written.
    Refused {
        /// Which, from 0.
        index: usize,
        /// Why.
        decision: Decision,
    },
}

impl Store {
    /// Writes a form in one transaction, at the moment that the clock stands at.
    ///
    /// # Errors
    /// [`StoreError::NotEnrolled`], [`StoreError::Full`] and other faults; nothing was written then.
    pub async fn write(&self, writing: &Writing, clock: &PhoneClock) -> Result<FormOutcome, StoreError> {
        let mut conn = self.writer.lock().await;
        let mut tx = conn.begin_with("begin immediate").await?;
        let actor: Actor = meta::get(&mut tx, MetaKey::Actor).await?.ok_or(StoreError::NotEnrolled)?;
        let (mut ops, mut hidden) = (Vec::new(), Vec::new());
        for (index, new) in writing.ops.iter().enumerate() {
            // Before anything of it reaches the outbox, or what is shown.
            let mut new = new.clone();
            let masked = kept_open::act(&new.kind, &mut new.act);
            hidden.extend(masked.into_iter().map(|hidden| (new.kind.clone(), hidden)));
            let id = append(&mut tx, &actor, &new, clock).await?;
            let mut decisions = overlay::refresh(&mut tx, &BTreeSet::from([new.target])).await?;
            let seq = i64::try_from(id.seq).unwrap_or(i64::MAX);
            let decision = decisions.remove(&seq).ok_or(StoreError::corrupt("outbox.seq", seq))?;
            if decision.verdict == Verdict::Refused {
                return Ok(FormOutcome::Refused { index, decision });
            }
            ops.push((id, decision));
        }
        // After a reboot the time goes on from the last moment that is known.
        meta::set(&mut tx, MetaKey::Clock, clock).await?;
        for file in &writing.photos {
            photo::attach(&mut tx, file).await?;
        }
        let mut gone = Vec::new();
        if let Some(form) = &writing.draft {
            gone = draft::delete(&mut tx, form).await?;
        }
        tx.commit().await?;
        self.files.delete_all(&gone)?;
        Ok(FormOutcome::Written { ops, hidden })
    }
}

/// Numbers the op and puts it in the outbox.
async fn append(
    conn: &mut SqliteConnection,
    actor: &Actor,
    new: &NewOp,
    clock: &PhoneClock,
) -> Result<OpId, StoreError> {
    let last: i64 = meta::get(conn, MetaKey::LastSeq).await?.unwrap_or(0);
    let seq = last + 1;
    let target = new.target.to_string();
    let base: Option<i64> = sqlx::query_scalar("select revision from record where id = $1 and hidden = 0")
        .bind(&target)
        .fetch_optional(&mut *conn)
        .await?;
    let floor = clock.floor(outbox::floor(conn, last).await?);
    let at = clock.device_time();
    let id = OpId { installation: actor.installation, seq: seq.unsigned_abs() };
    let op = Op {
        id,
        kind: new.kind.clone(),
        target: new.target,
        act: new.act.clone(),
        base: base.unwrap_or(0).unsigned_abs(),
        at,
    };
    // The phone is its own receiver: to itself an op arrives when it is written.
    let written = at.corrected(floor, clock.server_ms());
    let json = serde_json::to_string(&op).map_err(|_| StoreError::corrupt("outbox.op", seq))?;
    let sql =
        "insert into outbox (seq, target, op, state, written_ms, floor_ms) values ($1, $2, $3, 'PENDING', $4, $5)";
    sqlx::query(sql).bind(seq).bind(target).bind(json).bind(written.ms).bind(floor).execute(&mut *conn).await?;
    meta::set(conn, MetaKey::LastSeq, &seq).await?;
    Ok(id)
}
