//! What happened to a person and their household: visits and plaque events with their photos, newest first.

use std::collections::{BTreeMap, BTreeSet};

use bianfang_domain::document::{Document, int_in, text_in};
use bianfang_domain::id::{AccountId, RecordId};
use bianfang_domain::kind::{Contact, result_of};
use bianfang_domain::mask;
use bianfang_domain::op::{Part, Review};
use bianfang_domain::record::Record;
use bianfang_domain::shown;
use serde::Serialize;
use serde_json::Value;
use sqlx::{AnyConnection, Row};
use uuid::Uuid;

use crate::ServerError;
use crate::db::account;
use crate::db::sql::{Statement, all_in};
use crate::records::read;

/// 影像
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct PhotoRef {
    /// The photo's record.
    pub id: Uuid,
    /// The bytes to show: the evidence copy, or the original where there is none.
    pub sha256: String,
    /// By the camera's clock, UTC milliseconds.
    pub taken_ms: Option<i64>,
    /// The bytes are on the server.
    pub stored: bool,
    /// A picture can be shown.
    pub has_copy: bool,
}

/// 走访
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Visit {
    /// The contact.
    pub id: Uuid,
    /// The base of the op that corrects it or takes it back.
    pub revision: u64,
    /// Whose part in it this is: the person, or another record of them.
    pub person: Uuid,
    /// How many it names.
    pub people: usize,
    /// When it ended, corrected, UTC milliseconds.
    pub at_ms: i64,
    /// The clock could not be trusted.
    pub doubtful: bool,
    /// HOME | PHONE | …
    pub method: String,
    /// This person's result: MET | …
    pub result: String,
    /// ROUND | HOLIDAY | …
    pub work_types: Vec<String>,
    /// 生产生活情况
    pub note: Option<String>,
    /// Who visited: colleagues and others with and without an account; its author where none is named.
    pub visitors: Vec<String>,
    /// Who recorded it.
    pub by: Option<String>,
    /// Entered at a desk: by what it was told.
    pub entered_by: Option<String>,
    /// SUBMITTED | ACCEPTED | RETURNED
    pub review: String,
    /// Waits for the township; in no figure.
    pub held: bool,
    /// Withdrawn.
    pub void: bool,
    /// Evidence.
    pub photos: Vec<PhotoRef>,
}

/// 光荣牌记录
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct PlaqueEntry {
    /// The event.
    pub id: Uuid,
    /// The base of the op that takes it back.
    pub revision: u64,
    /// NEW | REPLACE | …
    pub event: String,
    /// Corrected, UTC milliseconds.
    pub at_ms: i64,
    /// GATE | INDOOR
    pub position: Option<String>,
    /// Who put it up.
    pub hanger: Option<String>,
    /// Who recorded it.
    pub by: Option<String>,
    /// Waits for the township.
    pub held: bool,
    /// Withdrawn.
    pub void: bool,
    /// Evidence.
    pub photos: Vec<PhotoRef>,
}

/// Facts of a kind that speak of a record, newest first.
///
/// # Errors
/// [`ServerError::Database`], [`ServerError::Row`].
pub async fn facts(
    conn: &mut AnyConnection,
    county: &str,
    (subject, kind): (RecordId, &'static str),
) -> Result<Vec<Record>, ServerError> {
    let mut facts = read::about(conn, county, ([subject], kind)).await?;
    facts.sort_by_key(|fact| std::cmp::Reverse(fact.fold_key()));
    Ok(facts)
}

/// What facts need beside themselves to be shown.
pub struct Around {
    photos: BTreeMap<RecordId, Vec<PhotoRef>>,
    names: BTreeMap<AccountId, String>,
}

impl Around {
    /// Photos of these facts and names of their authors.
    ///
    /// # Errors
    /// [`ServerError::Database`], [`ServerError::Row`].
    pub async fn load(conn: &mut AnyConnection, county: &str, facts: &[&Record]) -> Result<Self, ServerError> {
        let authors = facts.iter().map(|fact| fact.meta.origin.actor.account);
        let visitors = facts.iter().flat_map(|fact| visitors(fact)).filter_map(account_in);
        let names = account::names(conn, county, authors.chain(visitors)).await?;
        Ok(Self { photos: photos(conn, county, facts).await?, names })
    }

    pub(super) fn photos(&self, of: RecordId) -> Vec<PhotoRef> {
        self.photos.get(&of).cloned().unwrap_or_default()
    }

    fn visitors(&self, of: &Record) -> Vec<String> {
        let named = visitors(of).filter_map(|visitor| match account_in(visitor) {
            Some(account) => self.names.get(&account).cloned(),
            None => text_in(visitor, "name").map(str::to_owned),
        });
        let named: Vec<String> = named.collect();
        if named.is_empty() { self.name(of).into_iter().collect() } else { named }
    }

    /// Who recorded it, where a name stands to it.
    pub(super) fn name(&self, of: &Record) -> Option<String> {
        if shown::is_unnamed(of) {
            return None;
        }
        self.names.get(&of.meta.origin.actor.account).cloned()
    }

    /// A contact as one person's visit; None where it does not name the person any more.
    #[must_use]
    pub fn visit(&self, fact: &Record, person: RecordId) -> Option<Visit> {
        let contact = Contact::read(&fact.doc)?;
        let result = result_of(fact, person)?.to_owned();
        let part = Part::Of(person);
        Some(Visit {
            id: fact.id.0,
            revision: fact.revision,
            person: person.0,
            people: contact.entries.len(),
            at_ms: fact.meta.origin.happened.ms,
            doubtful: fact.meta.origin.happened.doubtful,
            method: text_in(&fact.doc, "method").unwrap_or_default().to_owned(),
            result,
            work_types: contact.work_types,
            note: text_in(&fact.doc, "situation").or(text_in(&fact.doc, "note")).map(mask::id_numbers),
            visitors: self.visitors(fact),
            by: self.name(fact),
            entered_by: text_in(&fact.doc, "entered_by").map(str::to_owned),
            review: match fact.meta.review {
                Review::Submitted => "SUBMITTED",
                Review::Accepted => "ACCEPTED",
                Review::Returned => "RETURNED",
            }
            .to_owned(),
            held: fact.stands() && fact.settled(&part) != Some(false) && !fact.counts(&part),
            void: fact.meta.voided.is_some(),
            photos: self.photos(fact.id),
        })
    }

    /// A plaque event.
    #[must_use]
    pub fn plaque(&self, fact: &Record) -> PlaqueEntry {
        let text = |field| text_in(&fact.doc, field).map(str::to_owned);
        PlaqueEntry {
            id: fact.id.0,
            revision: fact.revision,
            event: text("event").unwrap_or_default(),
            at_ms: fact.meta.origin.happened.ms,
            position: text("position"),
            hanger: text("hanger"),
            by: self.name(fact),
            held: fact.stands() && !fact.counts(&Part::Whole),
            void: fact.meta.voided.is_some(),
            photos: self.photos(fact.id),
        }
    }
}

/// Each {account} or {name}.
fn visitors(contact: &Record) -> impl Iterator<Item = &Document> {
    contact.value("visitors").as_array().into_iter().flatten().filter_map(Value::as_object)
}

fn account_in(visitor: &Document) -> Option<AccountId> {
    text_in(visitor, "account")?.parse().ok()
}

async fn photos(
    conn: &mut AnyConnection,
    county: &str,
    facts: &[&Record],
) -> Result<BTreeMap<RecordId, Vec<PhotoRef>>, ServerError> {
    let records = read::about(conn, county, (facts.iter().map(|fact| fact.id), "photo")).await?;
    let shown = |record: &Record| text_in(&record.doc, "copy").or(text_in(&record.doc, "original")).map(str::to_owned);
    let hashes: Vec<String> = records.iter().filter_map(shown).collect();
    let stored = all_in(conn, &hashes, |part| {
        Statement::new("select distinct sha256 from blob where stored_ms is not null and county = ")
            .bind(county)
            .then(" and sha256 in ")
            .list(part)
    })
    .await?;
    let stored = stored.iter().map(|row| row.try_get("sha256")).collect::<Result<BTreeSet<String>, _>>()?;
    let mut photos: BTreeMap<RecordId, Vec<PhotoRef>> = BTreeMap::new();
    for record in records.iter().filter(|record| record.stands()) {
        let (Some(subject), Some(sha256)) = (bianfang_domain::document::id_in(&record.doc, "subject"), shown(record))
        else {
            continue;
        };
        photos.entry(subject).or_default().push(PhotoRef {
            id: record.id.0,
            stored: stored.contains(&sha256),
            has_copy: text_in(&record.doc, "copy").is_some(),
            taken_ms: int_in(&record.doc, "taken_ms"),
            sha256,
        });
    }
    Ok(photos)
}
