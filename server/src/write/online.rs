//! A write from a session at a desk: the server numbers its op inside the county's lock, and the same key gets the same answer
//! however often a browser sends it. What follows is the one way of writing.

use bianfang_domain::actor::Actor;
use bianfang_domain::id::{OpId, RecordId};
use bianfang_domain::op::{Act, Op};
use bianfang_domain::time::DeviceTime;
use bianfang_protocol::push::Answer;
use sha2::{Digest, Sha256};
use sqlx::Row;

use super::sql::{self, Statement, number};
use super::{Desk, Mode, WriteError, oplog, take};
use crate::ServerError;

/// What a session wants written.
#[derive(Debug, Clone)]
pub struct Wish {
    /// Chosen by the caller, new for each write.
    pub key: String,
    /// The kind of the target.
    pub kind: String,
    /// The record.
    pub target: RecordId,
    /// What is done to it.
    pub act: Act,
    /// The revision the caller had seen; 0 for a new record.
    pub base: u64,
}

impl Wish {
    /// What two requests must agree in to be one.
    fn print(&self) -> Result<String, ServerError> {
        let body = serde_json::to_string(&(&self.kind, self.target, &self.act, self.base))?;
        Ok(hex::encode(Sha256::digest(body)))
    }
}

/// Writes one wish. The answer is given after the commit.
///
/// # Errors
/// [`WriteError::KeyTaken`] for a key that another wish had; [`WriteError::Server`].
pub async fn write(desk: Desk<'_>, caller: &Actor, wish: &Wish) -> Result<Answer, WriteError> {
    let mut write = desk.db.begin(desk.county, desk.now_ms).await?;
    let print = wish.print()?;
    let installation = caller.installation;
    let row = Statement::new("select seq, print from online_write where county = ")
        .bind(desk.county)
        .then(" and installation = ")
        .bind(installation.to_string())
        .then(" and key = ")
        .bind(&wish.key)
        .first(write.conn())
        .await?;
    if let Some(row) = row {
        if row.try_get::<String, _>("print")? != print {
            return Err(WriteError::KeyTaken);
        }
        let seq = number(row.try_get("seq")?);
        return one(oplog::answers(write.conn(), desk.county, installation, &[seq]).await?);
    }
    let standing = oplog::standing(write.conn(), desk.county, installation).await?;
    let op = Op {
        id: OpId { installation, seq: standing.last_seq + 1 },
        kind: wish.kind.clone(),
        target: wish.target,
        act: wish.act.clone(),
        base: wish.base,
        // Written on the server's own clock.
        at: DeviceTime { device_ms: desk.now_ms, monotonic_ms: desk.now_ms, offset_ms: Some(0) },
    };
    let seq = op.id.seq;
    let answers = take(&mut write, desk, caller, &[op], (standing, Mode::OneByOne)).await?;
    let row =
        vec![desk.county.into(), installation.to_string().into(), wish.key.clone().into(), seq.into(), print.into()];
    let head = "insert into online_write (county, installation, key, seq, print) values ";
    sql::insert(write.conn(), head, "", vec![row]).await?;
    write.commit().await?;
    one(answers)
}

fn one(answers: Vec<Answer>) -> Result<Answer, WriteError> {
    answers.into_iter().next().ok_or(WriteError::Server(ServerError::Task))
}
