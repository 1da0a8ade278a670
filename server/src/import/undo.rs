//! Taking the last import back the honest way: facts are voided, people leave the register, changes are set back where
//! nobody changed them since. Nothing is deleted, and nothing is taken back on which something rests.

use std::collections::{BTreeSet, HashMap};

use bianfang_domain::document::{Document, id_in, text_in};
use bianfang_domain::id::{InstallationId, OpId, RecordId};
use bianfang_domain::kind::{self, Nature};
use bianfang_domain::op::{Act, Op, Review, Sealed};
use bianfang_domain::record::Record;
use bianfang_domain::time::{Day, DeviceTime};
use serde::Serialize;
use serde_json::{Value, json};
use sqlx::AnyConnection;
use uuid::Uuid;

use super::apply::unwritable;
use super::importer::{Importer, PlanError};
use super::known::Known;
use super::plan::{Plan, PlanState};
use super::rows::{self, PlanRow, WhichRows};
use super::verdict::RowWrite;
use crate::ServerError;
use crate::clock::new_uuid;
use crate::db::account;
use crate::db::row;
use crate::db::sql::{Statement, all_in};
use crate::records::oplog;
use crate::write;
use bianfang_sheets::Ledger;

/// Rows taken back in one step.
const PAGE: i64 = 500;

/// No more are listed: they show what kind of work rests on the import.
const LISTED: usize = 200;

/// How the reason of what left by an undo begins.
pub(super) const UNDONE: &str = "撤销导入";

/// Something that rests on what an import wrote.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, utoipa::ToSchema)]
pub struct Dependent {
    /// What rests on it: its kind, `changed` where the record itself was changed since, `account` where somebody works with it.
    pub why: String,
    /// The record that the import made.
    pub on: Uuid,
    /// What rests on it.
    pub record: Uuid,
}

impl Importer<'_> {
    /// Takes an applied import back. Goes on with one that was interrupted.
    ///
    /// # Errors
    /// [`PlanError::PlanState`], [`PlanError::NotLast`], [`PlanError::Dependents`] with what rests on it.
    pub async fn undo(&self, id: Uuid, mut progress: impl FnMut(u64, u64)) -> Result<Plan, PlanError> {
        let county = self.desk.county;
        self.may_undo(id).await?;
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
        let county = self.desk.county;
        let mut conn = self.desk.db.pool().acquire().await?;
        let plan = self.plan(&mut conn, id).await?;
        if !matches!(plan.state, PlanState::Applied | PlanState::Undoing) {
            return Err(PlanError::State(plan.state));
        }
        if plan.written.is_some() && Plan::last_applied(&mut conn, county).await? != Some(plan.id) {
            return Err(PlanError::NotLast);
        }
        if plan.state == PlanState::Undoing {
            return Ok(());
        }
        let dependents = self.dependents(&mut conn, &plan).await?;
        if dependents.is_empty() {
            return Ok(());
        }
        Err(PlanError::Dependents(dependents.into_iter().take(LISTED).collect()))
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
        loop {
            // What rests on another row of the batch goes first.
            let page = self.written_page(conn, plan, last, before).await?;
            let Some(first) = page.last() else { return Ok(()) };
            before = first.n;
            done += u64::try_from(page.len()).unwrap_or(0);
            let writes: Vec<&RowWrite> = page.iter().flat_map(|row| row.verdict.writes.iter().rev()).collect();
            let mut known = Known::default();
            known.load(conn, county, writes.iter().map(|write| write.target).collect()).await?;
            let next = oplog::standing(conn, county, undo).await?.last_seq + 1;
            let acts = writes.iter().filter_map(|write| {
                let record = known.records.get(&write.target)?;
                Some((record, taken_back(record, write, (plan.installation, &plan.file_name))?))
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

    async fn written_page(
        &self,
        conn: &mut AnyConnection,
        plan: &Plan,
        last: u64,
        before: u64,
    ) -> Result<Vec<PlanRow>, ServerError> {
        let of = (plan.id, plan.ledger.kind());
        rows::page(self.desk, conn, of, WhichRows::Written(last), (before, PAGE)).await
    }

    /// What rests on the records that an import made: facts, people of its households, anything in its divisions, and
    /// changes of the records themselves.
    async fn dependents(&self, conn: &mut AnyConnection, plan: &Plan) -> Result<BTreeSet<Dependent>, PlanError> {
        let last = oplog::standing(conn, self.desk.county, plan.installation).await?.last_seq;
        let mut own = Plan::undone(conn, self.desk.county).await?;
        own.insert(plan.installation);
        let mut found = BTreeSet::new();
        let mut before = u64::MAX >> 1;
        while found.len() < LISTED {
            let page = self.written_page(conn, plan, last, before).await?;
            let Some(first) = page.last() else { break };
            before = first.n;
            let made: Vec<&RowWrite> =
                page.iter().flat_map(|row| &row.verdict.writes).filter(|write| write.new).collect();
            self.dependents_of(conn, &made, &own, &mut found).await?;
        }
        Ok(found)
    }

    async fn dependents_of(
        &self,
        conn: &mut AnyConnection,
        made: &[&RowWrite],
        own: &BTreeSet<InstallationId>,
        found: &mut BTreeSet<Dependent>,
    ) -> Result<(), ServerError> {
        let county = self.desk.county;
        let mut known = Known::default();
        known.load(conn, county, made.iter().map(|write| write.target).collect()).await?;
        for record in known.records.values().filter(|record| worked_on(record, own)) {
            found.insert(Dependent { why: "changed".to_owned(), on: record.id.0, record: record.id.0 });
        }
        let of = |kind: &str| {
            let of = made.iter().filter(|write| write.kind == kind);
            of.map(|write| write.target.to_string()).collect::<Vec<String>>()
        };
        let all: Vec<String> = made.iter().map(|write| write.target.to_string()).collect();
        let facts = "select subject as on_record, fact as record from record_subject where county = ";
        let people = "select household as on_record, owner as record from person where county = ";
        let within = "select division as on_record, record from record_scope where county = ";
        let mut pairs: HashMap<RecordId, RecordId> = HashMap::new();
        for (sql, column, ids) in [
            (facts, " and subject in ", all),
            (people, " and household in ", of("household")),
            (within, " and division in ", of("division")),
        ] {
            let rows = all_in(conn, &ids, |part| Statement::new(sql).bind(county).then(column).list(part)).await?;
            for pair in rows {
                let parse = |column| row::parse(&pair, "record_subject", column, "");
                pairs.insert(parse("record")?, parse("on_record")?);
            }
        }
        for staff in known.records.values().filter(|record| record.kind == "staff") {
            let Some(account) = id_in(&staff.doc, "account") else { continue };
            if account::is_used(conn, county, account.0).await? {
                found.insert(Dependent { why: "account".to_owned(), on: staff.id.0, record: account.0 });
            }
        }
        let mut resting = Known::default();
        let ids: Vec<RecordId> = pairs.keys().copied().filter(|id| !known.records.contains_key(id)).collect();
        for part in ids.chunks(1_000) {
            resting.load(conn, county, part.iter().copied().collect()).await?;
            for (id, record) in std::mem::take(&mut resting.records) {
                let rests = record.kind != "case" && record.meta.voided.is_none();
                if rests && !own.contains(&record.meta.origin.op.installation) && found.len() < LISTED {
                    let on = pairs.get(&id).map(|on| on.0).unwrap_or_default();
                    found.insert(Dependent { why: record.kind, on, record: id.0 });
                }
            }
        }
        Ok(())
    }
}

/// Whether anybody but the import set a field of a record, or looked at it.
fn worked_on(record: &Record, own: &BTreeSet<InstallationId>) -> bool {
    let gone = record.meta.voided.is_some()
        || record.value("register").as_str() == Some("REMOVED")
        || record.value("removed").is_string();
    let set = record.meta.fields.values().any(|meta| !own.contains(&meta.op.installation));
    !gone && (set || record.meta.review != Review::Submitted)
}

/// What takes one write back; None where nothing is left to take back.
fn taken_back(record: &Record, write: &RowWrite, (own, file): (InstallationId, &str)) -> Option<Act> {
    let reason = format!("{UNDONE} {file} / import undone");
    if !write.new {
        let mine = |name: &str| record.meta.fields.get(name).is_some_and(|meta| meta.op.installation == own);
        let set: Document = write
            .fields
            .iter()
            .filter(|(name, _)| mine(name))
            .map(|(name, value)| (name.clone(), earlier(value, write.before.get(name))))
            .collect();
        return change(set, write.since);
    }
    if kind::by_name(&record.kind).is_some_and(|kind| kind.nature() == Nature::Fact) {
        return record.meta.voided.is_none().then_some(Act::Void { reason });
    }
    let register = record.value("register").as_str();
    let set = match (record.kind.as_str(), register) {
        (_, Some("REMOVED" | "REJECTED")) => return None,
        // What never was accepted leaves by being turned down.
        ("person", Some("DRAFT" | "REVIEWING")) => json!({ "register": "REJECTED" }),
        ("person", _) => json!({ "register": "REMOVED", "removed_for": "OTHER", "removed_note": reason }),
        ("letter", _) if text_in(&record.doc, "removed").is_some() => return None,
        ("letter", _) => json!({ "removed": reason }),
        // Who was never at work: no division, and the account is closed.
        ("staff", _) if record.value("divisions").as_array().is_some_and(Vec::is_empty) => return None,
        ("staff", _) => json!({ "divisions": [] }),
        ("division", _) if record.value("hidden") == true => return None,
        ("division", _) => json!({ "hidden": true }),
        _ => json!({ "register": "REMOVED", "removed_note": reason }),
    };
    change(if let Value::Object(set) = set { set } else { Document::new() }, None)
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
