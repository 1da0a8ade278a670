//! A few ops that the server itself writes for an account (the county's own division when it is founded): an installation
//! of its own, numbered from 1, pushed by the one way of writing.

use bianfang_domain::actor::{Actor, Role};
use bianfang_domain::document::Document;
use bianfang_domain::id::{AccountId, InstallationId, OpId, RecordId};
use bianfang_domain::op::{Act, Op, Sealed};
use bianfang_domain::time::DeviceTime;

use super::apply::unwritable;
use super::importer::PlanError;
use crate::ServerError;
use crate::clock::new_uuid;
use crate::county::Desk;
use crate::db::installation::{self, Installation, InstallationKind};
use crate::write;

/// Ops under way.
pub struct Batch<'a> {
    desk: Desk<'a>,
    actor: Actor,
    waiting: Vec<Op>,
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
        let new =
            Installation { id: installation, account, kind: InstallationKind::Import, model: name, platform: "import" };
        installation::insert(write.conn(), desk.county, &new, desk.now_ms).await?;
        write.commit().await?;
        Ok(Self { desk, actor: Actor { account, role, scope, installation }, waiting: Vec::new() })
    }

    /// Adds a new record.
    pub fn record(&mut self, (kind, target): (&str, RecordId), fields: Document) {
        let now = self.desk.now_ms;
        let seq = u64::try_from(self.waiting.len()).unwrap_or(0) + 1;
        self.waiting.push(Op {
            id: OpId { installation: self.actor.installation, seq },
            kind: kind.to_owned(),
            target,
            act: Act::Record { fields, sealed: Sealed::new() },
            base: 0,
            at: DeviceTime { device_ms: now, monotonic_ms: now, offset_ms: Some(0) },
        });
    }

    /// Writes what waits.
    ///
    /// # Errors
    /// [`ServerError::Database`].
    pub async fn write(self) -> Result<(), ServerError> {
        let pushed = write::push_many(self.desk, &self.actor, &self.waiting).await;
        pushed.map(drop).map_err(|error| match unwritable(error) {
            PlanError::Server(error) => error,
            _ => ServerError::Task,
        })
    }
}
