//! What screens read, and the few queries that everything else is made of.

use std::collections::{BTreeMap, BTreeSet};

use bianfang_domain::alike;
use bianfang_domain::id::RecordId;
use bianfang_domain::record::Record;
use sqlx::sqlite::SqliteRow;
use sqlx::{AssertSqlSafe, Row, SqliteConnection};

use crate::error::StoreError;
use crate::meta::{self, MetaKey};
use crate::open::Store;

/// A person as lists show them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredPerson {
    /// The record.
    pub id: RecordId,
    /// 姓名
    pub name: String,
    /// The order of the list: pinyin, then the characters. With `id` the place to go on from.
    pub name_key: String,
    /// 身份证号, masked.
    pub id_masked: Option<String>,
    /// 户
    pub household: Option<RecordId>,
    /// The responsible division.
    pub division: Option<RecordId>,
    /// DRAFT, ACTIVE …
    pub register: Option<String>,
    /// ALIVE, DECEASED …
    pub life: Option<String>,
}

/// What the foot of every screen says.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Foot {
    /// Ops without an answer.
    pub pending: u64,
    /// Ops held by the server, not settled as far as the phone knows.
    pub held: u64,
    /// Ops refused, kept with the reason.
    pub refused: u64,
    /// Photo files without a receipt.
    pub photos: u64,
    /// When the last pull reached its end, UTC milliseconds of the phone.
    pub last_sync_ms: Option<i64>,
}

/// A record as stored, perhaps hidden.
pub(crate) struct StoredRecord {
    pub record: Record,
    pub hidden: bool,
}

/// Ids as a JSON list, to be bound once and read by `json_each`.
pub(crate) fn list<'a>(ids: impl IntoIterator<Item = &'a RecordId>) -> String {
    let ids: Vec<String> = ids.into_iter().map(|id| format!("\"{id}\"")).collect();
    format!("[{}]", ids.join(","))
}

pub(crate) fn record_from(id: &str, json: &str) -> Result<Record, StoreError> {
    serde_json::from_str(json).map_err(|_| StoreError::corrupt("record.json", id))
}

pub(crate) fn id_from(text: &str) -> Result<RecordId, StoreError> {
    text.parse().map_err(|_| StoreError::corrupt("record.id", text))
}

fn records(rows: &[SqliteRow]) -> Result<Vec<Record>, StoreError> {
    rows.iter().map(|row| record_from(row.try_get("id")?, row.try_get("json")?)).collect()
}

/// Overlay or mirror of each id, hidden ones too.
pub(crate) async fn stored(
    conn: &mut SqliteConnection,
    ids: &BTreeSet<RecordId>,
) -> Result<Vec<StoredRecord>, StoreError> {
    let sql = "select id, json, 0 as hidden from overlay where id in (select value from json_each($1)) \
               union all select id, json, hidden from record where id in (select value from json_each($1)) \
               and id not in (select id from overlay)";
    let rows = sqlx::query(sql).bind(list(ids)).fetch_all(conn).await?;
    let read = |row: &SqliteRow| {
        let record = record_from(row.try_get("id")?, row.try_get("json")?)?;
        Ok(StoredRecord { record, hidden: row.try_get::<i64, _>("hidden")? != 0 })
    };
    rows.iter().map(read).collect()
}

/// Shown records: overlay over visible mirror.
pub(crate) async fn shown(conn: &mut SqliteConnection, ids: &BTreeSet<RecordId>) -> Result<Vec<Record>, StoreError> {
    let sql = "select id, json from shown where id in (select value from json_each($1))";
    records(&sqlx::query(sql).bind(list(ids)).fetch_all(conn).await?)
}

/// Visible mirror records.
pub(crate) async fn mirrored(conn: &mut SqliteConnection, ids: &BTreeSet<RecordId>) -> Result<Vec<Record>, StoreError> {
    let sql = "select id, json from record where hidden = 0 and id in (select value from json_each($1))";
    records(&sqlx::query(sql).bind(list(ids)).fetch_all(conn).await?)
}

/// Visible mirror records that speak of a subject.
pub(crate) async fn mirrored_facts(conn: &mut SqliteConnection, subject: RecordId) -> Result<Vec<Record>, StoreError> {
    let sql =
        "select id, json from record where hidden = 0 and id in (select fact from record_subject where subject = $1)";
    records(&sqlx::query(sql).bind(subject.to_string()).fetch_all(conn).await?)
}

/// Shown records that speak of a subject.
pub(crate) async fn facts_of(conn: &mut SqliteConnection, subject: RecordId) -> Result<Vec<Record>, StoreError> {
    let sql = "select id, json from shown where id in (select fact from record_subject where subject = $1)";
    records(&sqlx::query(sql).bind(subject.to_string()).fetch_all(conn).await?)
}

/// What these records speak of.
pub(crate) async fn subjects(
    conn: &mut SqliteConnection,
    ids: impl IntoIterator<Item = &RecordId>,
) -> Result<BTreeSet<RecordId>, StoreError> {
    let sql = "select distinct subject from record_subject where fact in (select value from json_each($1))";
    let found: Vec<String> = sqlx::query_scalar(sql).bind(list(ids)).fetch_all(conn).await?;
    found.iter().map(|id| id_from(id)).collect()
}

/// The kind of each id that is stored.
pub(crate) async fn kinds(
    conn: &mut SqliteConnection,
    ids: &BTreeSet<RecordId>,
) -> Result<BTreeMap<RecordId, String>, StoreError> {
    let sql = "select id, kind from record where id in (select value from json_each($1)) \
               union select id, kind from overlay where id in (select value from json_each($1))";
    let rows: Vec<(String, String)> = sqlx::query_as(sql).bind(list(ids)).fetch_all(conn).await?;
    rows.into_iter().map(|(id, kind)| Ok((id_from(&id)?, kind))).collect()
}

impl Store {
    /// A record as screens show it; None where it is not here or left the scope.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] and faults of the database.
    pub async fn get(&self, id: RecordId) -> Result<Option<Record>, StoreError> {
        let sql = "select json from shown where id = $1";
        let json: Option<String> = sqlx::query_scalar(sql).bind(id.to_string()).fetch_optional(&self.readers).await?;
        json.map(|json| record_from(&id.to_string(), &json)).transpose()
    }

    /// All shown records that speak of a subject, in fold order.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] and faults of the database.
    pub async fn facts(&self, subject: RecordId) -> Result<Vec<Record>, StoreError> {
        let mut facts = facts_of(&mut *self.readers.acquire().await?, subject).await?;
        facts.sort_by_key(Record::fold_key);
        Ok(facts)
    }

    /// All shown records of a kind, by id: for the small ones (divisions, open cases).
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] and faults of the database.
    pub async fn list(&self, kind: &str) -> Result<Vec<Record>, StoreError> {
        let sql = "select id, json from shown where kind = $1 order by id";
        records(&sqlx::query(sql).bind(kind).fetch_all(&self.readers).await?)
    }

    /// People in the order of their names, after the last of the page before: (name_key, id). `search` finds part of a name
    /// or of its pinyin; blank finds all.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] and faults of the database.
    pub async fn people_page(
        &self,
        search: &str,
        after: Option<(&str, RecordId)>,
        limit: u32,
    ) -> Result<Vec<StoredPerson>, StoreError> {
        let (key, id) = after.map_or((String::new(), String::new()), |(key, id)| (key.to_owned(), id.to_string()));
        // The range that an index gives; whoever has no name comes first and is in none.
        let from = if key.is_empty() { "" } else { "and name_key >= $1" };
        let sql = format!(
            "select owner, name, name_key, id_masked, household, division, register, life \
             from person indexed by person_name where county = '-' and counts_as is null {from} and (coalesce(name_key, ''), owner) > ($1, $2) \
             and ($3 = '' or instr(name, $3) > 0 or instr(replace(name_key, ' ', ''), $3) > 0 \
             or (replace($3, '·', '') <> '' and instr(name_matched, replace($3, '·', '')) > 0)) \
             order by name_key, owner limit $4"
        );
        let search = alike::fold(search).trim().to_lowercase();
        let query = sqlx::query(AssertSqlSafe(sql)).bind(key).bind(id).bind(search).bind(limit);
        let rows = query.fetch_all(&self.readers).await?;
        rows.iter().map(person).collect()
    }

    /// What waits, what is held or refused, and when the phone last heard everything.
    ///
    /// # Errors
    /// Faults of the database.
    pub async fn status(&self) -> Result<Foot, StoreError> {
        let mut conn = self.readers.acquire().await?;
        let sql = "select count(*) filter (where state = 'PENDING'), count(*) filter (where held = 1), \
                   count(*) filter (where state = 'REFUSED') from outbox";
        let (pending, held, refused): (i64, i64, i64) = sqlx::query_as(sql).fetch_one(&mut *conn).await?;
        let sql = "select count(*) from photo_file indexed by photo_file_waiting where owed = 1 and state <> 'RECEIPT'";
        let photos: i64 = sqlx::query_scalar(sql).fetch_one(&mut *conn).await?;
        let last_sync_ms = meta::get(&mut conn, MetaKey::LastSyncMs).await?;
        Ok(Foot {
            pending: pending.unsigned_abs(),
            held: held.unsigned_abs(),
            refused: refused.unsigned_abs(),
            photos: photos.unsigned_abs(),
            last_sync_ms,
        })
    }
}

fn person(row: &SqliteRow) -> Result<StoredPerson, StoreError> {
    let id = |column: &str| -> Result<Option<RecordId>, StoreError> {
        row.try_get::<Option<String>, _>(column)?.map(|text| id_from(&text)).transpose()
    };
    Ok(StoredPerson {
        id: id_from(row.try_get("owner")?)?,
        name: row.try_get::<Option<String>, _>("name")?.unwrap_or_default(),
        name_key: row.try_get::<Option<String>, _>("name_key")?.unwrap_or_default(),
        id_masked: row.try_get("id_masked")?,
        household: id("household")?,
        division: id("division")?,
        register: row.try_get("register")?,
        life: row.try_get("life")?,
    })
}

/// The subjects whose row of a projection shows a text in a column; both names are declared ones.
pub(crate) async fn showing(
    conn: &mut SqliteConnection,
    (table, column): (&str, &str),
    text: &str,
) -> Result<Vec<RecordId>, StoreError> {
    let sql = format!("select distinct owner from {table} where {column} = $1");
    let owners: Vec<String> = sqlx::query_scalar(AssertSqlSafe(sql)).bind(text).fetch_all(conn).await?;
    owners.iter().map(|id| id_from(id)).collect()
}
