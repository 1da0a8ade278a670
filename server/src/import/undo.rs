//! Taking the last import back the honest way: facts are voided, people leave the register, changes are set back where
//! nobody changed them since, and what stays is told with its row. Nothing is deleted, and nothing is taken back on which
//! something rests. What goes goes for every day: figures of days before the undo do not count it either.

use std::collections::BTreeSet;

use bianfang_domain::document::{Document, text_in};
use bianfang_domain::id::{InstallationId, OpId, RecordId};
use bianfang_domain::kind::{self, Nature};
use bianfang_domain::op::{Act, Op, Sealed};
use bianfang_domain::record::Record;
use bianfang_domain::time::{Day, DeviceTime};
use serde_json::{Value, json};
use sqlx::AnyConnection;
use uuid::Uuid;

use super::apply::unwritable;
use super::compare::shown;
use super::importer::{Importer, PlanError};
use super::known::Known;
use super::plan::{Plan, PlanState};
use super::rows::{self, PlanRow, WhichRows};
use super::verdict::RowWrite;
use super::why::Why;
use crate::ServerError;
use crate::clock::new_uuid;
use crate::records::oplog;
use crate::write;
use bianfang_sheets::Ledger;

/// Rows taken back in one step.
const PAGE: i64 = 500;

/// No more are listed: they show what kind of work rests on the import.
const LISTED: usize = 200;

/// How the reason of what left by an undo begins.
pub(super) const UNDONE: &str = "撤销导入";

impl Importer<'_> {
    /// Takes an applied import back. Goes on with one that was interrupted.
    ///
    /// # Errors
    /// [`PlanError::PlanState`], [`PlanError::NotLast`], [`PlanError::Dependents`] with what rests on it.
    pub async fn undo(&self, id: Uuid, progress: impl FnMut(u64, u64)) -> Result<Plan, PlanError> {
        self.may_undo(id).await?;
        self.undo_rest(id, progress).await
    }

    /// Takes back all but what something rests on: that stays whole, and each of its rows says so.
    ///
    /// # Errors
    /// [`PlanError::PlanState`], [`PlanError::NotLast`].
    pub async fn undo_rest(&self, id: Uuid, mut progress: impl FnMut(u64, u64)) -> Result<Plan, PlanError> {
        let county = self.desk.county;
        self.is_last(id).await?;
        let mut conn = self.desk.db.pool().acquire().await?;
        let mut plan = self.plan(&mut conn, id).await?;
        if plan.state == PlanState::Applied {
            plan.state = PlanState::Undoing;
            let undo = new_uuid(self.desk.now_ms, self.desk.random);
            self.register(&mut conn, undo, &plan.file_name).await?;
            plan.undo_installation = Some(undo);
            plan.put(&mut conn, county).await?;
        }
        let undo = plan.undo_installation.ok_or(PlanError::State(plan.state))?;
        self.take_back(&mut conn, &plan, undo, &mut progress).await?;
        plan.state = PlanState::Undone;
        plan.undone_ms = Some(self.desk.now_ms);
        plan.put(&mut conn, county).await?;
        drop(conn);
        self.note("IMPORT_UNDO", &json!({ "batch": plan.id, "installation": undo })).await?;
        Ok(plan)
    }

    /// Whether an import can be taken back, or goes on being taken back.
    ///
    /// # Errors
    /// As [`Importer::undo`].
    pub async fn may_undo(&self, id: Uuid) -> Result<(), PlanError> {
        let plan = self.is_last(id).await?;
        if plan.state == PlanState::Undoing {
            return Ok(());
        }
        let mut conn = self.desk.db.pool().acquire().await?;
        let dependents = self.dependents(&mut conn, &plan, LISTED).await?;
        if dependents.is_empty() {
            return Ok(());
        }
        Err(PlanError::Dependents(dependents.into_iter().take(LISTED).collect()))
    }

    /// Whether an import is one that is taken back next.
    ///
    /// # Errors
    /// [`PlanError::PlanState`], [`PlanError::NotLast`].
    pub async fn is_last(&self, id: Uuid) -> Result<Plan, PlanError> {
        let county = self.desk.county;
        let mut conn = self.desk.db.pool().acquire().await?;
        let plan = self.plan(&mut conn, id).await?;
        if !matches!(plan.state, PlanState::Applied | PlanState::Undoing) {
            return Err(PlanError::State(plan.state));
        }
        if plan.written.is_some() && Plan::last_applied(&mut conn, county).await? != Some(plan.id) {
            return Err(PlanError::NotLast);
        }
        Ok(plan)
    }

    async fn take_back(
        &self,
        conn: &mut AnyConnection,
        plan: &Plan,
        undo: InstallationId,
        progress: &mut impl FnMut(u64, u64),
    ) -> Result<(), PlanError> {
        let county = self.desk.county;
        let last = oplog::standing(conn, county, plan.installation).await?.last_seq;
        let (mut before, mut done) = (u64::MAX >> 1, 0);
        let actor = self.actor(undo);
        let kept = self.kept(conn, plan, undo).await?;
        let own = Own { import: plan.installation, undo, undone: Plan::undone(conn, county).await? };
        let stays = |row: &PlanRow| row.verdict.target.is_some_and(|target| kept.contains(&target));
        loop {
            // What rests on another row of the batch goes first.
            let mut page = self.written_page(conn, plan, last, before).await?;
            let Some(first) = page.last() else { return Ok(()) };
            before = first.n;
            done += u64::try_from(page.len()).unwrap_or(0);
            let told = self.tell_what_stays(conn, plan, (&own, &kept), &mut page).await?;
            rows::put(self.desk, conn, (plan.id, plan.ledger.kind()), &told).await?;
            page.retain(|row| !stays(row));
            let writes = page.iter().flat_map(|row| row.verdict.writes.iter().rev());
            let writes: Vec<&RowWrite> = writes.filter(|write| !kept.contains(&write.target)).collect();
            let mut known = Known::default();
            known.load(conn, county, writes.iter().map(|write| write.target).collect()).await?;
            let next = oplog::standing(conn, county, undo).await?.last_seq + 1;
            let acts = writes.iter().filter_map(|write| {
                let record = known.records.get(&write.target)?;
                Some((record, taken_back(record, write, (&own, &plan.file_name))?))
            });
            let now = self.desk.now_ms;
            let op = |((record, act), seq): ((&Record, Act), u64)| Op {
                id: OpId { installation: undo, seq },
                kind: record.kind.clone(),
                target: record.id,
                act,
                base: record.revision,
                at: DeviceTime { device_ms: now, monotonic_ms: now, offset_ms: Some(0) },
            };
            let ops: Vec<Op> = acts.zip(next..).map(op).collect();
            if !ops.is_empty() {
                write::push_many(self.desk, &actor, &ops).await.map_err(unwritable)?;
            }
            if plan.ledger == Ledger::Staff {
                self.follow_records(&page, true).await?;
            }
            progress(done, plan.rows);
        }
    }

    /// The rows of a page of which something stays: somebody set the field since.
    async fn tell_what_stays(
        &self,
        conn: &mut AnyConnection,
        plan: &Plan,
        (own, kept): (&Own, &BTreeSet<RecordId>),
        page: &mut [PlanRow],
    ) -> Result<Vec<PlanRow>, ServerError> {
        let mut known = Known::default();
        let writes = page.iter().flat_map(|row| &row.verdict.writes);
        known.load(conn, self.desk.county, writes.map(|write| write.target).collect()).await?;
        let mut told = Vec::new();
        for row in page.iter_mut().filter(|row| !row.changed) {
            plan.place(&mut row.line);
            let changes = row.verdict.writes.iter().filter(|write| !write.new);
            let stays = changes.filter_map(|write| Some((known.records.get(&write.target)?, write))).flat_map(
                |(record, write)| {
                    let theirs = |name: &&String| own.is_others(record, write, name);
                    let names = write.fields.keys().filter(theirs);
                    names.map(|name| (name.clone(), shown(name, record.value(name)))).collect::<Vec<_>>()
                },
            );
            let stays = stays.map(|(name, held)| Why::Stays.on(&row.line, &name, Some(held), None));
            let rests = row.verdict.target.is_some_and(|target| kept.contains(&target));
            let rests = rests.then(|| Why::Rests.on(&row.line, "name", None, None));
            let stays: Vec<_> = rests.map_or_else(|| stays.collect(), |rests| vec![rests]);
            if !stays.is_empty() {
                row.changed = true;
                row.verdict.notes.extend(stays);
                told.push(row.clone());
            }
        }
        Ok(told)
    }

    pub(super) async fn written_page(
        &self,
        conn: &mut AnyConnection,
        plan: &Plan,
        last: u64,
        before: u64,
    ) -> Result<Vec<PlanRow>, ServerError> {
        let of = (plan.id, plan.ledger.kind());
        rows::page(self.desk, conn, of, WhichRows::Written(last), (before, PAGE)).await
    }
}

/// What nobody but an import said.
struct Own {
    import: InstallationId,
    undo: InstallationId,
    /// Imports that were taken back, with what took them back.
    undone: BTreeSet<InstallationId>,
}

impl Own {
    /// Whether a field still holds what the import wrote: it set it last, or what others wrote over it was taken back to it.
    fn set(&self, record: &Record, write: &RowWrite, name: &str) -> bool {
        let Some(last) = record.meta.fields.get(name).map(|meta| meta.op.installation) else { return false };
        let stands = || {
            let day = write.since.or_else(|| record.since(name)).unwrap_or(Day::MAX);
            write.fields.get(name) == Some(record.value_on(name, day))
        };
        last == self.import || (self.undone.contains(&last) && stands())
    }

    /// Whether somebody else's word stands in a field.
    fn is_others(&self, record: &Record, write: &RowWrite, name: &str) -> bool {
        let last = record.meta.fields.get(name).map(|meta| meta.op.installation);
        last.is_some_and(|last| last != self.undo) && !self.set(record, write, name)
    }
}

/// What takes one write back; None where nothing is left to take back.
fn taken_back(record: &Record, write: &RowWrite, (own, file): (&Own, &str)) -> Option<Act> {
    let reason = format!("{UNDONE} {file} / import undone");
    let fact = kind::by_name(&record.kind).is_some_and(|kind| kind.nature() == Nature::Fact);
    if !write.new {
        let set: Document = write
            .fields
            .iter()
            .filter(|(name, _)| own.set(record, write, name))
            .map(|(name, value)| (name.clone(), earlier(value, write.before.get(name))))
            .collect();
        // On the day on which the import set it: the value it had is the value of those days too.
        let since = write.since.or_else(|| set.keys().find_map(|name| record.since(name)));
        let act = change(set, since);
        return match act {
            Some(Act::Change { set, sealed, .. }) if fact => Some(Act::Amend { set, sealed, reason }),
            act => act,
        };
    }
    if fact {
        return record.meta.voided.is_none().then_some(Act::Void { reason });
    }
    let register = record.value("register").as_str();
    let set = match (record.kind.as_str(), register) {
        (_, Some("REMOVED" | "REJECTED")) => return None,
        // What never was accepted leaves by being turned down.
        ("person", Some("DRAFT" | "REVIEWING")) => json!({ "register": "REJECTED" }),
        ("person", _) => json!({ "register": "REMOVED", "removed_for": "OTHER", "removed_note": reason }),
        ("letter" | "unit" | "basis_person", _) if text_in(&record.doc, "removed").is_some() => return None,
        ("letter" | "unit" | "basis_person", _) => json!({ "removed": reason }),
        // Who was never at work: no division, and the account is closed.
        ("staff", _) if record.value("divisions").as_array().is_some_and(Vec::is_empty) => return None,
        ("staff", _) => json!({ "divisions": [] }),
        ("division", _) if record.value("hidden") == true => return None,
        ("division", _) => json!({ "hidden": true }),
        _ => json!({ "register": "REMOVED", "removed_note": reason }),
    };
    change(if let Value::Object(set) = set { set } else { Document::new() }, Some(Day::MIN))
}

fn change(set: Document, since: Option<Day>) -> Option<Act> {
    (!set.is_empty()).then(|| Act::Change { set, sealed: Sealed::new(), since })
}

/// The value a field had; elements that were added go again.
fn earlier(value: &Value, before: Option<&Value>) -> Value {
    match value.get("$add") {
        Some(added) => json!({ "$remove": added }),
        None => before.cloned().unwrap_or(Value::Null),
    }
}
