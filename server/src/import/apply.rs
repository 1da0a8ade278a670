//! Writing what a dry run showed, exactly that. Each row's ops have their numbers before anything is written: a server that
//! dies goes on with the same numbers, and what was written before is not written twice. If the register moved on, every
//! open row is judged again first, and one that would now be written otherwise is shown instead.

use std::collections::BTreeSet;

use bianfang_domain::actor::Actor;
use bianfang_domain::id::{InstallationId, OpId, RecordId};
use bianfang_domain::op::Op;
use bianfang_domain::time::DeviceTime;
use serde_json::json;
use sqlx::AnyConnection;
use uuid::Uuid;

use super::importer::{Importer, PlanError, STEP, feed};
use super::judge::Judge;
use super::plan::{Plan, PlanState};
use super::rows::{self, PlanRow, WhichRows};
use super::verdict::{Outcome, RowChoice, RowVerdict};
use super::why;
use crate::ServerError;
use crate::db::installation::{self, Installation, InstallationKind};
use crate::records::oplog;
use crate::write;
use bianfang_sheets::Ledger;
use bianfang_sheets::Line;

/// Rows written in one transaction; a row has at most a few ops.
const PAGE: i64 = 1_000;

/// Gives rows that are to be written the numbers of their ops, in order.
#[derive(Debug)]
pub(super) struct Numbering {
    next: u64,
    brought: BTreeSet<RecordId>,
}

impl Numbering {
    /// From a number on.
    pub(super) fn from(next: u64) -> Self {
        Self { next, brought: BTreeSet::new() }
    }

    /// Numbers one row, unless it is not to be written. What several rows ask for is brought by the first.
    pub(super) fn number(&mut self, row: &mut PlanRow) {
        row.ops = None;
        if row.changed || !matches!(row.verdict.outcome, Outcome::New | Outcome::Update) {
            return;
        }
        row.verdict.writes.retain(|write| !write.shared || self.brought.insert(write.target));
        let count = u64::try_from(row.verdict.writes.len()).unwrap_or(0);
        row.ops = Some((self.next, count));
        self.next += count;
    }
}

impl Importer<'_> {
    /// Writes every open row that is new or an update, and the doubtful ones that somebody decided. Goes on with one that
    /// was interrupted. `progress` is told how many of how many rows are done.
    ///
    /// # Errors
    /// [`PlanError::Unknown`], [`PlanError::PlanState`].
    pub async fn apply(&self, id: Uuid, mut progress: impl FnMut(u64, u64)) -> Result<Plan, PlanError> {
        let mut conn = self.desk.db.pool().acquire().await?;
        let mut plan = self.plan(&mut conn, id).await?;
        match plan.state {
            PlanState::Planned | PlanState::Applied => {
                self.judge_again(&mut conn, &mut plan).await?;
                self.register(&mut conn, plan.installation, &plan.file_name).await?;
                plan.state = PlanState::Applying;
                plan.put(&mut conn, self.desk.county).await?;
            }
            PlanState::Applying => {}
            state => return Err(PlanError::State(state)),
        }
        drop(conn);
        self.write(&mut plan, &mut progress).await?;
        Ok(plan)
    }

    /// Judges open rows again if anything was written since they were judged, and those that were decided. Doubts without a
    /// decision stay doubts.
    async fn judge_again(&self, conn: &mut AnyConnection, plan: &mut Plan) -> Result<(), PlanError> {
        let county = self.desk.county;
        let now = feed(conn, county).await?;
        let moved = now != plan.feed;
        if !moved && plan.counts(conn, county).await?.decided == 0 {
            return Ok(());
        }
        let standing = oplog::standing(conn, county, plan.installation).await?.last_seq;
        let mut numbering = Numbering::from(standing + 1);
        let about = (plan.ledger, self.scope.as_slice(), self.blind);
        let mut judge = Judge::new(self.desk, conn, about, &plan.assumed.answers).await?;
        let of = (plan.id, plan.ledger.kind());
        let mut after = 0;
        loop {
            let mut found = rows::page(self.desk, conn, of, WhichRows::Open(standing), (after, step())).await?;
            let Some(last) = found.last() else { break };
            after = last.n;
            found.retain(|row| match row.decision {
                Some(RowChoice::Skip) => false,
                Some(RowChoice::Take | RowChoice::SameAs(_)) => true,
                None => row.verdict.outcome != Outcome::Doubtful,
            });
            found.iter_mut().for_each(|row| plan.place(&mut row.line));
            let lines: Vec<Line> = found.iter().map(|row| row.line.clone()).collect();
            let decisions: Vec<Option<RowChoice>> = found.iter().map(|row| row.decision).collect();
            let verdicts = judge.judge(conn, &lines, &decisions).await?;
            for (row, (mut verdict, _)) in found.iter_mut().zip(verdicts) {
                keep_notes(row, &mut verdict);
                row.changed = row.decision.is_none() && !row.verdict.agrees(&verdict);
                row.verdict = verdict;
                numbering.number(row);
            }
            let mut tx = sqlx::Connection::begin(&mut *conn).await?;
            rows::put(self.desk, &mut tx, of, &found).await?;
            tx.commit().await?;
        }
        plan.feed = now;
        Ok(plan.put(conn, county).await?)
    }

    /// Makes the installation of a batch known.
    pub(super) async fn register(
        &self,
        conn: &mut AnyConnection,
        id: InstallationId,
        name: &str,
    ) -> Result<(), ServerError> {
        let new =
            Installation { id, account: self.account, kind: InstallationKind::Import, model: name, platform: "import" };
        installation::insert(conn, self.desk.county, &new, self.desk.now_ms).await?;
        Ok(())
    }

    /// The account as the author of ops of an installation.
    pub(super) fn actor(&self, installation: InstallationId) -> Actor {
        Actor { account: self.account, role: self.role, scope: self.scope.clone(), installation }
    }

    /// Writes the numbered rows from where the installation stands.
    async fn write(&self, plan: &mut Plan, progress: &mut impl FnMut(u64, u64)) -> Result<(), PlanError> {
        let county = self.desk.county;
        let installation = plan.installation;
        let of = (plan.id, plan.ledger.kind());
        let mut conn = self.desk.db.pool().acquire().await?;
        let actor = self.actor(installation);
        let before = feed(&mut conn, county).await?;
        let total = plan.counts(&mut conn, county).await?;
        let total = total.new + total.update;
        let mut done = 0;
        let mut after = 0;
        loop {
            let standing = oplog::standing(&mut conn, county, installation).await?.last_seq;
            let page = rows::page(self.desk, &mut conn, of, WhichRows::Numbered, (after, PAGE)).await?;
            let Some(last) = page.last() else { break };
            after = last.n;
            done += u64::try_from(page.len()).unwrap_or(0);
            let ops: Vec<Op> =
                page.iter().flat_map(|row| self.ops(row, installation)).filter(|op| op.id.seq > standing).collect();
            if plan.ledger == Ledger::Staff {
                self.open_accounts(&page).await?;
            }
            if !ops.is_empty() {
                write::push_many(self.desk, &actor, &ops).await.map_err(unwritable)?;
            }
            if plan.ledger == Ledger::Staff {
                self.follow_records(&page, false).await?;
            }
            progress(done, total);
        }
        let now = feed(&mut conn, county).await?;
        plan.state = PlanState::Applied;
        plan.applied_ms = Some(self.desk.now_ms);
        let first = plan.written.map_or(before + 1, |(first, _)| first);
        if now > before {
            plan.written = Some((first, now));
        }
        plan.put(&mut conn, county).await?;
        let counts = plan.counts(&mut conn, county).await?;
        drop(conn);
        let detail = json!({
            "batch": plan.id, "ledger": plan.ledger.word(), "installation": installation, "rows": counts,
            "feed": plan.written, "changed_since": counts.changed_since,
        });
        self.note("IMPORT_APPLY", &detail).await?;
        Ok(())
    }

    fn ops(&self, row: &PlanRow, installation: InstallationId) -> Vec<Op> {
        let Some((first, _)) = row.ops else { return Vec::new() };
        let now = self.desk.now_ms;
        let writes = row.verdict.writes.iter().zip(first..);
        let op = |(write, seq): (&super::verdict::RowWrite, u64)| Op {
            id: OpId { installation, seq },
            kind: write.kind.clone(),
            target: write.target,
            act: write.act(),
            base: write.base,
            at: DeviceTime { device_ms: now, monotonic_ms: now, offset_ms: Some(0) },
        };
        writes.map(op).collect()
    }
}

fn step() -> i64 {
    i64::try_from(STEP).unwrap_or(i64::MAX)
}

/// What the reader said of the row stands whatever the register says: it was kept with the first verdict.
pub(super) fn keep_notes(row: &PlanRow, verdict: &mut RowVerdict) {
    let said =
        |note: &&bianfang_sheets::Note| !verdict.notes.contains(note) && !why::CODES.contains(&note.code.as_str());
    let mut notes: Vec<_> = row.verdict.notes.iter().filter(said).cloned().collect();
    notes.append(&mut verdict.notes);
    verdict.notes = notes;
}

/// A batch numbers its own ops under an installation of its own: what else can go wrong is the server's.
pub(super) fn unwritable(error: write::WriteError) -> PlanError {
    match error {
        write::WriteError::Server(error) => PlanError::Server(error),
        write::WriteError::Gap { .. }
        | write::WriteError::ForeignInstallation
        | write::WriteError::KeyTaken
        | write::WriteError::TooManyOps => PlanError::Server(ServerError::Task),
    }
}
