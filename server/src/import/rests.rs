//! What rests on an import: facts about what it made, people in its households, work of others on its records. Whoever takes the
//! import back asks here first.

use std::collections::{BTreeSet, HashMap};

use bianfang_domain::document::id_in;
use bianfang_domain::id::{InstallationId, RecordId};
use bianfang_domain::op::Review;
use bianfang_domain::record::Record;
use serde::Serialize;
use sqlx::AnyConnection;
use uuid::Uuid;

use super::importer::{Importer, PlanError};
use super::known::Known;
use super::plan::Plan;
use super::verdict::RowWrite;
use crate::ServerError;
use crate::db::account;
use crate::db::row;
use crate::db::sql::{Statement, all_in};
use crate::records::oplog;

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
    /// The records of an import that stay: those on which something rests, and what they themselves lie in or speak of.
    pub(super) async fn kept(
        &self,
        conn: &mut AnyConnection,
        plan: &Plan,
        undo: InstallationId,
    ) -> Result<BTreeSet<RecordId>, PlanError> {
        let plan = Plan { undo_installation: Some(undo), ..plan.clone() };
        let resting = self.dependents(conn, &plan, usize::MAX).await?;
        let mut kept: BTreeSet<RecordId> = resting.into_iter().map(|resting| RecordId(resting.on)).collect();
        let mut fresh = kept.clone();
        while !fresh.is_empty() {
            let mut known = Known::default();
            known.load(conn, self.desk.county, std::mem::take(&mut fresh)).await?;
            let names = ["household", "parent", "merged_into", "letter"];
            let named = known.records.values().flat_map(|record| names.map(|name| id_in(&record.doc, name)));
            fresh = named.flatten().filter(|id| kept.insert(*id)).collect();
        }
        Ok(kept)
    }

    /// What rests on the records that an import made: facts, people of its households, anything in its divisions, and
    /// changes of the records themselves.
    pub(super) async fn dependents(
        &self,
        conn: &mut AnyConnection,
        plan: &Plan,
        most: usize,
    ) -> Result<BTreeSet<Dependent>, PlanError> {
        let last = oplog::standing(conn, self.desk.county, plan.installation).await?.last_seq;
        let mut own = Plan::undone(conn, self.desk.county).await?;
        own.insert(plan.installation);
        own.extend(plan.undo_installation);
        let mut found = BTreeSet::new();
        let mut before = u64::MAX >> 1;
        while found.len() < most {
            let page = self.written_page(conn, plan, last, before).await?;
            let Some(first) = page.last() else { break };
            before = first.n;
            // Who came back by it would leave with it.
            let made = page
                .iter()
                .flat_map(|row| row.verdict.writes.iter().filter(move |write| write.new || row.verdict.returns()));
            let made: Vec<&RowWrite> = made.collect();
            self.dependents_of(conn, &made, (&own, most), &mut found).await?;
        }
        Ok(found)
    }

    async fn dependents_of(
        &self,
        conn: &mut AnyConnection,
        made: &[&RowWrite],
        (own, most): (&BTreeSet<InstallationId>, usize),
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
                if rests && !own.contains(&record.meta.origin.op.installation) && found.len() < most {
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
