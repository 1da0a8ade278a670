//! The holding queue 暂存: what a rule holds, what waits for the township's word, what two chains set differently. One item is
//! the smallest part a reviewer can settle.

use std::collections::{BTreeMap, BTreeSet};

use bianfang_domain::actor::Actor;
use bianfang_domain::id::{AccountId, OpId, RecordId};
use bianfang_domain::kind;
use bianfang_domain::op::Part;
use bianfang_domain::reason::Reason;
use bianfang_domain::record::{Beside, BesideWhy, Record};
use serde::Serialize;
use serde_json::Value;
use sqlx::{AnyConnection, Row};

use super::named::{Named, RecordNames, named};
use crate::ServerError;
use crate::county::Desk;
use crate::county::tree::Tree;
use crate::db::account;
use crate::db::page::Mark;
use crate::db::sql::{Statement, all_in, number};
use crate::feed::show;

/// One part that waits.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct HeldItem {
    /// The record it is a part of.
    pub record: Named,
    /// Who recorded it; of a value beside a field, who gave it.
    pub by: Option<String>,
    /// The base of the op that settles it.
    pub revision: u64,
    /// Which part: pass it back as it is to settle it.
    #[schema(value_type = Object)]
    pub part: Part,
    /// HELD | PROPOSED | CONFLICT
    pub why: String,
    /// The rule's reason, for a held one.
    pub reason: Option<String>,
    /// The reason, 中文.
    pub zh: Option<String>,
    /// The reason, English.
    pub en: Option<String>,
    /// Only the county may let it through.
    pub county_only: bool,
    /// Whom or what the held part speaks of.
    pub subjects: Vec<Named>,
    /// The field, of a value kept beside.
    pub field: Option<String>,
    /// What the field holds now, protected parts masked; of two births of one month the days are told by a reveal.
    #[schema(value_type = Object)]
    pub now: Option<Value>,
    /// The value kept beside.
    #[schema(value_type = Object)]
    pub other: Option<Value>,
    /// From which day the value beside would hold.
    pub since: Option<String>,
}

/// One page.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct HeldPage {
    /// Newest change first; the parts of one record together.
    pub rows: Vec<HeldItem>,
    /// Pass it as `after` for the next page; none at the end.
    pub next: Option<String>,
}

/// What waits in these divisions, protected parts masked.
///
/// # Errors
/// [`ServerError::Database`], [`ServerError::Row`].
pub async fn page(
    desk: Desk<'_>,
    conn: &mut AnyConnection,
    (caller, tree): (&Actor, &Tree),
    divisions: &[RecordId],
    after: Option<&Mark<u64>>,
) -> Result<HeldPage, ServerError> {
    let chosen = |statement: Statement| statement.then(" and state in ('HELD', 'BESIDE')");
    let (records, next) = super::by_change::page(conn, desk.county, chosen, divisions, after).await?;
    let records: Vec<Record> = records.into_iter().map(|record| show::masked(caller, record)).collect();
    let subjects: BTreeSet<RecordId> = records.iter().flat_map(all_spoken_of).collect();
    let names = RecordNames::within(conn, desk.county, &tree.below(&caller.scope), subjects).await?;
    let authors = Authors::load(conn, desk.county, &records.iter().collect::<Vec<_>>()).await?;
    let rows = records.iter().flat_map(|record| items(record, tree, &names, &authors));
    Ok(HeldPage { rows: rows.collect(), next })
}

/// What waits of one record, which was shown to its reader.
///
/// # Errors
/// [`ServerError::Database`], [`ServerError::Row`].
pub async fn of(
    desk: Desk<'_>,
    conn: &mut AnyConnection,
    (caller, tree): (&Actor, &Tree),
    record: &Record,
) -> Result<Vec<HeldItem>, ServerError> {
    let (seen, spoken_of) = (tree.below(&caller.scope), all_spoken_of(record).into_iter().collect());
    let names = RecordNames::within(conn, desk.county, &seen, spoken_of).await?;
    let authors = Authors::load(conn, desk.county, &[record]).await?;
    Ok(items(record, tree, &names, &authors))
}

/// What a held part speaks of: one subject, or all of them.
fn spoken_of(record: &Record, part: &Part) -> Vec<RecordId> {
    match part {
        Part::Of(subject) => vec![*subject],
        Part::Whole => kind::by_name(&record.kind).map(|kind| kind.subjects(&record.doc)).unwrap_or_default(),
        Part::Field(_) | Part::Value(..) => Vec::new(),
    }
}

fn all_spoken_of(record: &Record) -> Vec<RecordId> {
    record.meta.held.iter().flat_map(|(part, _)| spoken_of(record, part)).collect()
}

/// Who wrote what waits: of a value beside a field that is its op's author, not the record's.
struct Authors {
    records: BTreeMap<AccountId, String>,
    ops: BTreeMap<(String, u64), String>,
}

impl Authors {
    async fn load(conn: &mut AnyConnection, county: &str, records: &[&Record]) -> Result<Self, ServerError> {
        let waiting = records.iter().filter(|record| !record.meta.beside.is_empty());
        let targets: Vec<String> = waiting.map(|record| record.id.to_string()).collect();
        let rows = all_in(conn, &targets, |part| {
            Statement::new(
                "select o.installation, o.seq, a.name from op o join account a on a.county = o.county \
                 and a.id = o.account where o.county = ",
            )
            .bind(county)
            .then(" and o.target in ")
            .list(part)
        })
        .await?;
        let op = |found: &sqlx::any::AnyRow| {
            Ok(((found.try_get("installation")?, number(found.try_get("seq")?)), found.try_get("name")?))
        };
        let ops = rows.iter().map(op).collect::<Result<_, sqlx::Error>>()?;
        let authors = records.iter().map(|record| record.meta.origin.actor.account);
        Ok(Self { records: account::names(conn, county, authors).await?, ops })
    }

    fn of(&self, record: &Record) -> Option<String> {
        self.records.get(&record.meta.origin.actor.account).cloned()
    }

    fn beside(&self, op: OpId) -> Option<String> {
        self.ops.get(&(op.installation.to_string(), op.seq)).cloned()
    }
}

fn items(record: &Record, tree: &Tree, names: &RecordNames, authors: &Authors) -> Vec<HeldItem> {
    let author = authors.of(record);
    let blank = |part: Part, why: &str| HeldItem {
        record: named(tree, record),
        by: author.clone(),
        revision: record.revision,
        subjects: spoken_of(record, &part).into_iter().map(|id| names.of(tree, id)).collect(),
        part,
        why: why.to_owned(),
        reason: None,
        zh: None,
        en: None,
        county_only: false,
        field: None,
        now: None,
        other: None,
        since: None,
    };
    let because = |item: HeldItem, reason: Reason| HeldItem {
        reason: serde_json::to_value(reason).ok().and_then(|code| code.as_str().map(str::to_owned)),
        zh: Some(reason.zh().to_owned()),
        en: Some(reason.en().to_owned()),
        county_only: reason.county_settles(),
        ..item
    };
    let held = record.meta.held.iter().map(|(part, reason)| because(blank(part.clone(), "HELD"), *reason));
    let beside = record.meta.beside.iter().map(|beside: &Beside| {
        let part = Part::Value(beside.field.clone(), beside.op);
        let item = match beside.why {
            BesideWhy::Proposed => blank(part, "PROPOSED"),
            BesideWhy::Conflict => blank(part, "CONFLICT"),
            BesideWhy::Held(reason) => because(blank(part, "HELD"), reason),
        };
        HeldItem {
            by: authors.beside(beside.op),
            field: Some(beside.field.clone()),
            now: Some(record.value(&beside.field).clone()),
            other: Some(beside.value.clone()),
            since: Some(beside.since.to_string()),
            ..item
        }
    });
    held.chain(beside).collect()
}
