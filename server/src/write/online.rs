//! A write from a session at a desk: the server numbers its op inside the county's lock, and the same key gets the same answer
//! however often a browser sends it. What follows is the one way of writing.

use bianfang_domain::actor::Actor;
use bianfang_domain::decision::Verdict;
use bianfang_domain::id::{OpId, RecordId};
use bianfang_domain::op::{Act, Op};
use bianfang_domain::time::DeviceTime;
use bianfang_protocol::push::Answer;
use sha2::{Digest, Sha256};
use sqlx::{AnyConnection, Row};

use super::{Mode, WriteError, take};
use crate::ServerError;
use crate::county::Desk;
use crate::db::sql::{self, Statement, number};
use crate::db::write::CountyWrite;
use crate::records::oplog;

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
    if let Some(answers) = repeated(write.conn(), desk, caller, (&wish.key, &print)).await? {
        return one(answers);
    }
    let answers = fresh(&mut write, desk, caller, std::slice::from_ref(wish)).await?;
    keep_key(&mut write, desk, caller, (&wish.key, &print), &answers).await?;
    write.commit().await?;
    one(answers)
}

/// Where a write of several records stands that must be planned inside the county's lock.
pub enum Begun {
    /// It was made before under this key.
    Repeated(Vec<Answer>),
    /// It is new, and nobody else writes until it ends.
    Open(CountyWrite),
}

/// Begins a write of several records. `asked` is what two requests of one key must agree in.
///
/// # Errors
/// As [`write`].
pub async fn begin(desk: Desk<'_>, caller: &Actor, (key, asked): (&str, &str)) -> Result<Begun, WriteError> {
    let mut write = desk.db.begin(desk.county, desk.now_ms).await?;
    let known = repeated(write.conn(), desk, caller, (key, &print_of(asked))).await?;
    Ok(known.map_or(Begun::Open(write), Begun::Repeated))
}

/// Ends it with all of its wishes, or with nothing where the rules refuse one of them. The answers are in their order.
///
/// # Errors
/// As [`write`].
pub async fn finish(
    mut write: CountyWrite,
    desk: Desk<'_>,
    caller: &Actor,
    (key, asked): (&str, &str),
    wishes: &[Wish],
) -> Result<Vec<Answer>, WriteError> {
    let answers = fresh(&mut write, desk, caller, wishes).await?;
    if answers.iter().all(|answer| answer.verdict != Verdict::Refused) {
        keep_key(&mut write, desk, caller, (key, &print_of(asked)), &answers).await?;
        write.commit().await?;
    }
    Ok(answers)
}

fn print_of(asked: &str) -> String {
    hex::encode(Sha256::digest(asked))
}

/// Behind a key, it names the last op of the write. No header holds it.
const LAST: char = '\u{1f}';

/// The answers of a write that was made before under this key.
async fn repeated(
    conn: &mut AnyConnection,
    desk: Desk<'_>,
    caller: &Actor,
    (key, print): (&str, &str),
) -> Result<Option<Vec<Answer>>, WriteError> {
    let rows = Statement::new("select seq, print from online_write where county = ")
        .bind(desk.county)
        .then(" and installation = ")
        .bind(caller.installation.to_string())
        .then(" and key in ")
        .list([key.to_owned(), format!("{key}{LAST}")])
        .then(" order by seq")
        .all(conn)
        .await?;
    let mut seqs = Vec::new();
    for row in &rows {
        if row.try_get::<String, _>("print")? != print {
            return Err(WriteError::KeyTaken);
        }
        seqs.push(number(row.try_get("seq")?));
    }
    let (Some(first), Some(last)) = (seqs.first(), seqs.last()) else { return Ok(None) };
    let all: Vec<u64> = (*first..=*last).collect();
    let mut answers = oplog::answers(conn, desk.county, caller.installation, &all).await?;
    answers.sort_by_key(|answer| answer.op.seq);
    Ok(Some(answers))
}

/// Numbers and takes what was not written before.
async fn fresh(
    write: &mut CountyWrite,
    desk: Desk<'_>,
    caller: &Actor,
    wishes: &[Wish],
) -> Result<Vec<Answer>, WriteError> {
    let installation = caller.installation;
    let standing = oplog::standing(write.conn(), desk.county, installation).await?;
    let ops: Vec<Op> = (standing.last_seq + 1..)
        .zip(wishes)
        .map(|(seq, wish)| Op {
            id: OpId { installation, seq },
            kind: wish.kind.clone(),
            target: wish.target,
            act: wish.act.clone(),
            base: wish.base,
            // Written on the server's own clock.
            at: DeviceTime { device_ms: desk.now_ms, monotonic_ms: desk.now_ms, offset_ms: Some(0) },
        })
        .collect();
    take(write, desk, caller, &ops, (standing, Mode::OneByOne)).await
}

/// Remembers which ops a key stands for.
async fn keep_key(
    write: &mut CountyWrite,
    desk: Desk<'_>,
    caller: &Actor,
    (key, print): (&str, &str),
    answers: &[Answer],
) -> Result<(), WriteError> {
    let row = |key: String, seq: u64| {
        vec![desk.county.into(), caller.installation.to_string().into(), key.into(), seq.into(), print.into()]
    };
    let first = answers.first().map(|first| row(key.to_owned(), first.op.seq));
    let last = answers.last().filter(|_| answers.len() > 1).map(|last| row(format!("{key}{LAST}"), last.op.seq));
    let head = "insert into online_write (county, installation, key, seq, print) values ";
    Ok(sql::insert(write.conn(), head, "", first.into_iter().chain(last).collect()).await?)
}

fn one(answers: Vec<Answer>) -> Result<Answer, WriteError> {
    answers.into_iter().next().ok_or(WriteError::Server(ServerError::Task))
}
