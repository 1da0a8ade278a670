//! Review by exception 例外审核: the contacts that wait for a person, each with the reason. The rule is
//! `bianfang_domain::review`; here are the rows, and what only the whole county shows: one photo on two records.

use std::collections::{BTreeMap, BTreeSet};

use bianfang_domain::actor::Actor;
use bianfang_domain::document::text_in;
use bianfang_domain::id::RecordId;
use bianfang_domain::kind::{Contact, late, result_of};
use bianfang_domain::look::{LookReason, needs_look};
use bianfang_domain::questions::{self, Hint};
use bianfang_domain::record::Record;
use serde::Serialize;
use sqlx::AnyConnection;
use uuid::Uuid;

use super::answers::{self, Answered};
use super::named::{Named, RecordNames, named};
use crate::ServerError;
use crate::county::Desk;
use crate::county::tree::Tree;
use crate::db::page::Mark;
use crate::db::sql::{Statement, all_in};
use crate::db::{account, row};
use crate::feed::show;
use crate::records::{read, scope};

/// One person of the contact.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct LookEntry {
    /// Who.
    pub person: Named,
    /// The code of what came of it.
    pub result: String,
}

/// A contact that waits for a person.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct LookItem {
    /// The contact.
    pub contact: Named,
    /// The base of the verdict.
    pub revision: u64,
    /// Who recorded it.
    pub by: Option<String>,
    /// Why a person must look: HELD, CONFLICT, DOUBTFUL_TIME, DEATH, MOVE, MONEY, PLAQUE, LETTER, NEED, AMENDED, PHOTO_HINT.
    pub look: String,
    /// 中文
    pub zh: String,
    /// English
    pub en: String,
    /// The time is doubtful; `contact.at_ms` is the proposal.
    pub doubtful: bool,
    /// Typed in days later.
    pub late: bool,
    /// Codes of the work.
    pub work_types: Vec<String>,
    /// Whom.
    pub entries: Vec<LookEntry>,
    /// Records with a photo of the same bytes: a hint, never a verdict.
    pub same_photo: Vec<Uuid>,
    /// Those of the caller's divisions among them, with whom they reached.
    pub twins: Vec<Twin>,
    /// Answered question sets, in words.
    pub answered: Vec<Answered>,
    /// Answers that do not fit their question set.
    #[schema(value_type = Vec<Object>)]
    pub answers: Vec<Hint>,
}

/// Another record with the same photo.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct Twin {
    /// The record.
    pub record: Named,
    /// Whom it reached.
    pub people: Vec<Named>,
}

/// One page.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct LookPage {
    /// Newest change first.
    pub rows: Vec<LookItem>,
    /// Pass it as `after` for the next page; none at the end.
    pub next: Option<String>,
}

/// A photo that is on another record of the same sort too. A signed sheet may back many; so may the photos of one visit.
const TWINS: &str = "select p.subject as subject, q.subject as other from photo p \
     join photo q on q.county = p.county and q.original = p.original and q.subject <> p.subject and q.counts = 1 \
     where p.counts = 1 and coalesce(p.photo_kind, '') <> 'SHARED_SHEET' \
     and coalesce(q.photo_kind, '') <> 'SHARED_SHEET' \
     and ((exists (select 1 from contact c where c.county = p.county and c.owner = p.subject and c.state <> 'VOIDED') \
     and exists (select 1 from contact c where c.county = p.county and c.owner = q.subject and c.state <> 'VOIDED')) \
     or exists (select 1 from plaque_flow f join plaque_flow g on g.county = f.county and g.owner = q.subject \
     where f.county = p.county and f.owner = p.subject and f.household <> g.household)) ";

/// The records of these that share a photo with another, and with which (invariant 10).
///
/// # Errors
/// [`ServerError::Database`], [`ServerError::Row`].
pub async fn twins(
    conn: &mut AnyConnection,
    county: &str,
    records: &[RecordId],
) -> Result<BTreeMap<RecordId, BTreeSet<RecordId>>, ServerError> {
    let ids: Vec<String> = records.iter().map(ToString::to_string).collect();
    let rows = all_in(conn, &ids, |part| {
        Statement::new(TWINS).then(" and p.county = ").bind(county).then(" and p.subject in ").list(part)
    })
    .await?;
    let mut found: BTreeMap<RecordId, BTreeSet<RecordId>> = BTreeMap::new();
    for twin in &rows {
        let subject = row::parse(twin, "photo", "subject", "")?;
        found.entry(subject).or_default().insert(row::parse(twin, "photo", "other", "")?);
    }
    Ok(found)
}

/// What waits for a person in these divisions, protected parts masked.
///
/// # Errors
/// [`ServerError::Database`], [`ServerError::Row`].
pub async fn page(
    desk: Desk<'_>,
    conn: &mut AnyConnection,
    (caller, tree): (&Actor, &Tree),
    divisions: &[RecordId],
    after: Option<&Mark<u64>>,
) -> Result<LookPage, ServerError> {
    let county = desk.county;
    let chosen = |statement: Statement| {
        statement
            .then(" and kind = 'contact' and id in (select owner from contact where county = ")
            .bind(county)
            .then(" and state = 'SUBMITTED' and (look is not null or owner in (select subject from (")
            .then(TWINS)
            .then(" and p.county = ")
            .bind(county)
            .then(") twins)))")
    };
    let (records, next) = super::by_change::page(conn, county, chosen, divisions, after).await?;
    let records: Vec<Record> = records.into_iter().map(|record| show::masked(caller, record)).collect();
    let ids: Vec<RecordId> = records.iter().map(|record| record.id).collect();
    let twins = twins(conn, county, &ids).await?;
    let others = others(conn, county, (caller, tree), (divisions, &twins)).await?;
    let people = records.iter().chain(others.values()).filter_map(|record| Contact::read(&record.doc));
    let people = people.flat_map(|contact| contact.entries);
    let people: BTreeSet<RecordId> = people.map(|entry| entry.person).collect();
    let names = RecordNames::within(conn, county, &tree.below(&caller.scope), people).await?;
    let authors = account::names(conn, county, records.iter().map(|record| record.meta.origin.actor.account)).await?;
    let sets = sets(conn, county).await?;
    let item = |record: &Record| {
        let same_photo = twins.get(&record.id).cloned().unwrap_or_default();
        let hint = (!same_photo.is_empty()).then_some(LookReason::PhotoHint);
        let look = needs_look(record).or(hint)?;
        let contact = Contact::read(&record.doc)?;
        let entry = |person: RecordId| LookEntry {
            person: names.of(tree, person),
            result: result_of(record, person).unwrap_or_default().to_owned(),
        };
        Some(LookItem {
            contact: named(tree, record),
            revision: record.revision,
            by: authors.get(&record.meta.origin.actor.account).cloned(),
            look: look.code().to_owned(),
            zh: look.zh().to_owned(),
            en: look.en().to_owned(),
            doubtful: record.meta.origin.happened.doubtful,
            late: late(record),
            entries: contact.entries.iter().map(|said| entry(said.person)).collect(),
            work_types: contact.work_types,
            twins: same_photo
                .iter()
                .filter_map(|id| others.get(id))
                .map(|other| Twin {
                    record: named(tree, other),
                    people: Contact::read(&other.doc)
                        .into_iter()
                        .flat_map(|contact| contact.entries)
                        .map(|said| names.of(tree, said.person))
                        .collect(),
                })
                .collect(),
            answered: answers::in_words(record, |code| questions::find(code, sets.get(code))),
            same_photo: same_photo.into_iter().map(|id| id.0).collect(),
            answers: questions::hints(record, |code| questions::find(code, sets.get(code))),
        })
    };
    Ok(LookPage { rows: records.iter().filter_map(item).collect(), next })
}

/// The other records of the twins, as far as they lie in these divisions.
async fn others(
    conn: &mut AnyConnection,
    county: &str,
    (caller, tree): (&Actor, &Tree),
    (divisions, twins): (&[RecordId], &BTreeMap<RecordId, BTreeSet<RecordId>>),
) -> Result<BTreeMap<RecordId, Record>, ServerError> {
    let ids: BTreeSet<RecordId> = twins.values().flatten().copied().collect();
    let ids: Vec<RecordId> = ids.into_iter().collect();
    let seen = scope::within(conn, county, &tree.below(divisions), &ids).await?;
    let records = read::get_many(conn, county, seen).await?;
    Ok(records.into_iter().map(|record| (record.id, show::masked(caller, record))).collect())
}

/// The bureau's question sets by code.
async fn sets(conn: &mut AnyConnection, county: &str) -> Result<BTreeMap<String, Record>, ServerError> {
    let records = read::list(conn, county, |asked| asked.then(" and kind = 'question_set'")).await?;
    let by_code = |record: Record| Some((text_in(&record.doc, "code")?.to_owned(), record));
    Ok(records.into_iter().filter_map(by_code).collect())
}
