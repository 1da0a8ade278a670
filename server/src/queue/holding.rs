//! The holding queue 暂存: what a rule holds, what waits for the township's word, what two chains set differently. One item is
//! the smallest part a reviewer can settle.

use std::collections::{BTreeMap, BTreeSet};

use bianfang_domain::actor::Role;
use bianfang_domain::id::{AccountId, RecordId};
use bianfang_domain::kind;
use bianfang_domain::op::Part;
use bianfang_domain::reason::Reason;
use bianfang_domain::record::{Beside, BesideWhy, Record};
use serde::Serialize;
use serde_json::Value;
use sqlx::AnyConnection;

use super::Mark;
use super::named::{Named, Names, named};
use crate::ServerError;
use crate::feed::show;
use crate::feed::tree::Tree;
use crate::register::timeline;
use crate::write::Desk;

/// One part that waits.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct HeldItem {
    /// The record it is a part of.
    pub record: Named,
    /// Who recorded it.
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
    /// What the field holds now, protected parts masked.
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

/// What waits in these divisions, as a role may see it.
///
/// # Errors
/// [`ServerError::Database`], [`ServerError::Row`].
pub async fn page(
    desk: Desk<'_>,
    conn: &mut AnyConnection,
    (tree, role): (&Tree, Role),
    divisions: &[RecordId],
    after: Option<&Mark>,
) -> Result<HeldPage, ServerError> {
    let chosen = |statement: crate::write::sql::Statement| statement.then(" and state in ('HELD', 'BESIDE')");
    let (records, next) = super::page(conn, desk.county, chosen, divisions, after).await?;
    let records: Vec<Record> = records.into_iter().map(|record| show::record(desk.sealer(), role, record)).collect();
    let subjects: BTreeSet<RecordId> = records.iter().flat_map(all_spoken_of).collect();
    let names = Names::load(conn, desk.county, subjects).await?;
    let authors = timeline::names(conn, desk.county, &records.iter().collect::<Vec<_>>()).await?;
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
    tree: &Tree,
    record: &Record,
) -> Result<Vec<HeldItem>, ServerError> {
    let names = Names::load(conn, desk.county, all_spoken_of(record).into_iter().collect()).await?;
    let authors = timeline::names(conn, desk.county, &[record]).await?;
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

fn items(record: &Record, tree: &Tree, names: &Names, authors: &BTreeMap<AccountId, String>) -> Vec<HeldItem> {
    let author = authors.get(&record.meta.origin.actor.account).cloned();
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
            field: Some(beside.field.clone()),
            now: Some(record.value(&beside.field).clone()),
            other: Some(beside.value.clone()),
            since: Some(beside.since.to_string()),
            ..item
        }
    });
    held.chain(beside).collect()
}
