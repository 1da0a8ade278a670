//! A batch of ops written for an account: an installation of its own, numbered from 1, pushed by the one way of writing.

use bianfang_domain::actor::{Actor, Role};
use bianfang_domain::decision::Verdict;
use bianfang_domain::document::Document;
use bianfang_domain::id::{AccountId, InstallationId, OpId, RecordId};
use bianfang_domain::op::{Act, Op, Sealed};
use bianfang_domain::time::DeviceTime;
use bianfang_protocol::push::MAX_OPS;
use serde::Serialize;

use super::note::NoteCode;
use super::problem::CellProblem;
use crate::ServerError;
use crate::clock::new_uuid;
use crate::db::installation::{self, Installation, Kind};
use crate::write::{self, Desk, WriteError};

/// What an import did.
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Rows below the header.
    pub rows: usize,
    /// Rows that became records.
    pub new: usize,
    /// Rows the register had already.
    pub unchanged: usize,
    /// Rows left out, or values left out of them.
    pub problems: Vec<CellProblem>,
}

/// Ops under way, each with the cell it came from.
pub struct Batch<'a> {
    desk: Desk<'a>,
    actor: Actor,
    seq: u64,
    waiting: Vec<(Op, String)>,
    refused: Vec<CellProblem>,
}

impl<'a> Batch<'a> {
    /// Begins a batch: an installation of kind IMPORT for the account.
    ///
    /// # Errors
    /// [`ServerError::Database`].
    pub async fn begin(
        desk: Desk<'a>,
        (account, role, scope): (AccountId, Role, Vec<RecordId>),
        name: &str,
    ) -> Result<Self, ServerError> {
        let installation: InstallationId = new_uuid(desk.now_ms, desk.random);
        let mut write = desk.db.begin(desk.county, desk.now_ms).await?;
        let new = Installation { id: installation, account, kind: Kind::Import, model: name, platform: "import" };
        installation::insert(write.conn(), desk.county, &new, desk.now_ms).await?;
        write.commit().await?;
        let actor = Actor { account, role, scope, installation };
        Ok(Self { desk, actor, seq: 0, waiting: Vec::new(), refused: Vec::new() })
    }

    /// A new record's id.
    #[must_use]
    pub fn new_id(&self) -> RecordId {
        RecordId(new_uuid(self.desk.now_ms, self.desk.random))
    }

    /// Adds a record that the cell `at` asks for.
    pub fn record(&mut self, (kind, target): (&str, RecordId), fields: Document, at: String) {
        self.seq += 1;
        let op = Op {
            id: OpId { installation: self.actor.installation, seq: self.seq },
            kind: kind.to_owned(),
            target,
            act: Act::Record { fields, sealed: Sealed::new() },
            base: 0,
            at: DeviceTime { device_ms: self.desk.now_ms, monotonic_ms: self.desk.now_ms, offset_ms: Some(0) },
        };
        self.waiting.push((op, at));
    }

    /// Writes what waits, some hundred ops to a transaction. `progress` is told how many of how many are written.
    ///
    /// # Errors
    /// [`ServerError::Database`]. What was written before stays.
    pub async fn write(&mut self, mut progress: impl FnMut(usize, usize)) -> Result<(), ServerError> {
        let waiting = std::mem::take(&mut self.waiting);
        let (total, mut done) = (waiting.len(), 0);
        for part in waiting.chunks(MAX_OPS) {
            let ops: Vec<Op> = part.iter().map(|(op, _)| op.clone()).collect();
            let pushed = write::push(self.desk, &self.actor, &ops).await.map_err(|error| match error {
                WriteError::Server(error) => error,
                // The batch numbers its own ops, under an installation of its own, in parts of the right size.
                WriteError::Gap { .. }
                | WriteError::ForeignInstallation
                | WriteError::KeyTaken
                | WriteError::TooManyOps => ServerError::Task,
            })?;
            for (answer, (_, at)) in pushed.answers.iter().zip(part) {
                if answer.verdict == Verdict::Refused {
                    let problem = CellProblem { at: at.clone(), code: NoteCode::Refused, row_refused: true };
                    self.refused.push(problem);
                }
            }
            done += part.len();
            progress(done, total);
        }
        Ok(())
    }

    /// Rows that the rules refused.
    #[must_use]
    pub fn refused(self) -> Vec<CellProblem> {
        self.refused
    }
}
