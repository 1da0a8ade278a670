//! An import as a whole: which file, by whom, how far it is, and what it counts.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use bianfang_domain::id::{AccountId, InstallationId};
use serde::{Deserialize, Serialize};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};
use uuid::Uuid;

use super::assumed::Assumed;
use super::verdict::Outcome;
use crate::ServerError;
use crate::db::row;
use crate::db::sql::{self, Statement, number};
use bianfang_sheets::Ledger;
use bianfang_sheets::Upload;
use bianfang_sheets::{Line, Note, SheetCount};

/// How far an import is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum PlanState {
    /// 读取中: rows are being judged. One that stays so was interrupted and is nothing.
    Reading,
    /// 待应用
    Planned,
    /// 写入中: goes on where it stopped.
    Applying,
    /// 已应用
    Applied,
    /// 撤销中: goes on where it stopped.
    Undoing,
    /// 已撤销
    Undone,
}

impl PlanState {
    fn word(self) -> &'static str {
        match self {
            Self::Reading => "READING",
            Self::Planned => "PLANNED",
            Self::Applying => "APPLYING",
            Self::Applied => "APPLIED",
            Self::Undoing => "UNDOING",
            Self::Undone => "UNDONE",
        }
    }
}

/// Table to field to the letters of its column.
pub type Columns = BTreeMap<String, Arc<BTreeMap<String, String>>>;

/// An import.
#[derive(Debug, Clone)]
pub struct Plan {
    /// Its id.
    pub id: Uuid,
    /// Which sheet.
    pub ledger: Ledger,
    /// As it was called where it came from.
    pub file_name: String,
    /// Of its bytes.
    pub file_sha256: String,
    /// Who answers for it.
    pub account: AccountId,
    /// How far it is.
    pub state: PlanState,
    /// What was known when its rows were judged.
    pub feed: u64,
    /// UTC milliseconds.
    pub created_ms: i64,
    /// Rows below the header.
    pub rows: u64,
    /// Which column is which.
    pub columns: Columns,
    /// What is said of whole sheets.
    pub notes: Vec<Note>,
    /// Each table that was read and each sheet that was not.
    pub sheets: Vec<SheetCount>,
    /// What was asked about what the sheet does not say.
    pub assumed: Assumed,
    /// Under which its rows are written.
    pub installation: InstallationId,
    /// Under which they are taken back.
    pub undo_installation: Option<InstallationId>,
    /// When its last row was written.
    pub applied_ms: Option<i64>,
    /// First and last feed number it wrote.
    pub written: Option<(u64, u64)>,
    /// When it was undone.
    pub undone_ms: Option<i64>,
}

impl Plan {
    /// Adds it, or puts it in the place of what it was.
    ///
    /// # Errors
    /// [`ServerError::Database`].
    pub async fn put(&self, conn: &mut AnyConnection, county: &str) -> Result<(), ServerError> {
        let uuid = |id: Option<Uuid>| sql::Value::from(id.map(|id| id.to_string()));
        let values = vec![
            county.into(),
            self.id.to_string().into(),
            self.ledger.word().into(),
            self.file_name.clone().into(),
            self.file_sha256.clone().into(),
            self.account.to_string().into(),
            self.state.word().into(),
            self.feed.into(),
            self.created_ms.into(),
            self.rows.into(),
            serde_json::to_string(&columns_out(&self.columns))?.into(),
            serde_json::to_string(&self.notes)?.into(),
            serde_json::to_string(&self.assumed)?.into(),
            self.installation.to_string().into(),
            uuid(self.undo_installation),
            self.applied_ms.into(),
            self.written.map(|(from, _)| sql::int(from)).into(),
            self.written.map(|(_, to)| sql::int(to)).into(),
            self.undone_ms.into(),
            serde_json::to_string(&self.sheets)?.into(),
        ];
        let head = "insert into import_plan (county, id, ledger, file_name, file_sha256, account, state, feed, created_ms, \
            row_count, columns, notes, assumed, installation, undo_installation, applied_ms, feed_from, feed_to, undone_ms, sheets) values ";
        let tail = " on conflict (county, id) do update set state = excluded.state, feed = excluded.feed, \
            row_count = excluded.row_count, assumed = excluded.assumed, \
            undo_installation = excluded.undo_installation, applied_ms = excluded.applied_ms, \
            feed_from = excluded.feed_from, feed_to = excluded.feed_to, undone_ms = excluded.undone_ms";
        Ok(sql::insert(conn, head, tail, vec![values]).await?)
    }

    /// The plan of an id.
    ///
    /// # Errors
    /// [`ServerError::Database`], [`ServerError::Row`].
    pub async fn get(conn: &mut AnyConnection, county: &str, id: Uuid) -> Result<Option<Self>, ServerError> {
        let found = Statement::new(COLUMNS)
            .then(" where county = ")
            .bind(county)
            .then(" and id = ")
            .bind(id.to_string())
            .first(conn)
            .await?;
        found.as_ref().map(read).transpose()
    }

    /// The newest, newest first.
    ///
    /// # Errors
    /// [`ServerError::Database`], [`ServerError::Row`].
    pub async fn list(conn: &mut AnyConnection, county: &str, limit: i64) -> Result<Vec<Self>, ServerError> {
        let rows = Statement::new(COLUMNS)
            .then(" where county = ")
            .bind(county)
            .then(" order by created_ms desc, id desc limit ")
            .bind(limit)
            .all(conn)
            .await?;
        rows.iter().map(read).collect()
    }

    /// The one applied last that still stands.
    ///
    /// # Errors
    /// [`ServerError::Database`].
    pub async fn last_applied(conn: &mut AnyConnection, county: &str) -> Result<Option<Uuid>, ServerError> {
        let found = Statement::new("select id from import_plan where county = ")
            .bind(county)
            .then(" and state in ('APPLYING', 'APPLIED', 'UNDOING') and feed_to is not null order by feed_to desc limit 1")
            .first(conn)
            .await?;
        found.map(|found| row::parse(&found, "import_plan", "id", "")).transpose()
    }

    /// An import of this file that began to be written and did not end.
    ///
    /// # Errors
    /// [`ServerError::Database`], [`ServerError::Row`].
    pub async fn interrupted(
        conn: &mut AnyConnection,
        county: &str,
        upload: &Upload,
    ) -> Result<Option<Self>, ServerError> {
        let found = Statement::new(COLUMNS)
            .then(" where state = 'APPLYING' and county = ")
            .bind(county)
            .then(" and ledger = ")
            .bind(upload.mapping.ledger.word())
            .then(" and file_sha256 = ")
            .bind(&upload.file_sha256)
            .first(conn)
            .await?;
        found.as_ref().map(read).transpose()
    }

    /// The installations of imports that were undone: what they set was set back.
    ///
    /// # Errors
    /// [`ServerError::Database`].
    pub async fn undone(conn: &mut AnyConnection, county: &str) -> Result<BTreeSet<InstallationId>, ServerError> {
        let rows = Statement::new("select installation, undo_installation from import_plan where county = ")
            .bind(county)
            .then(" and state = 'UNDONE'")
            .all(conn)
            .await?;
        let mut all = BTreeSet::new();
        for found in &rows {
            all.insert(row::parse(found, "import_plan", "installation", "")?);
            all.insert(row::parse(found, "import_plan", "undo_installation", "")?);
        }
        Ok(all)
    }

    /// A line read back gets the columns of its table.
    pub fn place(&self, line: &mut Line) {
        if let Some(columns) = self.columns.get(&line.table_name()) {
            line.columns = columns.clone();
        }
    }

    /// How many rows of each outcome there are; and how many were judged otherwise since they were shown.
    ///
    /// # Errors
    /// [`ServerError::Database`].
    pub async fn counts(&self, conn: &mut AnyConnection, county: &str) -> Result<Counts, ServerError> {
        let rows = Statement::new(
            "select outcome, count(*) as found, cast(sum(changed) as bigint) as changed, \
             cast(sum(case when outcome = 'doubtful' and decision in ('TAKE', 'SAME_AS') then 1 else 0 end) as bigint) as decided \
             from import_row where county = ",
        )
        .bind(county)
        .then(" and batch = ")
        .bind(self.id.to_string())
        .then(" group by outcome")
        .all(conn)
        .await?;
        let mut counts = Counts::default();
        for found in rows {
            let count = number(found.try_get("found")?);
            match Outcome::by_word(&found.try_get::<String, _>("outcome")?) {
                Some(outcome) => counts.add(outcome, count),
                None => {
                    return Err(ServerError::Row { table: "import_row", column: "outcome", key: self.id.to_string() });
                }
            }
            counts.changed_since += number(found.try_get("changed")?);
            counts.decided += number(found.try_get("decided")?);
        }
        Ok(counts)
    }
}

/// What a sheet comes to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Rows below the header.
    pub rows: u64,
    /// 新增
    pub new: u64,
    /// 更新
    pub update: u64,
    /// 无变化
    pub unchanged: u64,
    /// 待核
    pub doubtful: u64,
    /// 不导入
    pub refused: u64,
    /// Judged otherwise since they were shown; not written yet.
    #[serde(skip)]
    pub changed_since: u64,
    /// Doubtful rows that somebody decided and that are not written yet.
    #[serde(skip)]
    pub decided: u64,
}

impl Counts {
    /// Counts some rows.
    pub fn add(&mut self, outcome: Outcome, count: u64) {
        self.rows += count;
        *match outcome {
            Outcome::New => &mut self.new,
            Outcome::Update => &mut self.update,
            Outcome::Unchanged => &mut self.unchanged,
            Outcome::Doubtful => &mut self.doubtful,
            Outcome::Refused => &mut self.refused,
        } += count;
    }
}

const COLUMNS: &str = "select id, ledger, file_name, file_sha256, account, state, feed, created_ms, row_count, columns, notes, assumed, \
    installation, undo_installation, applied_ms, feed_from, feed_to, undone_ms, sheets from import_plan";

fn columns_out(columns: &Columns) -> BTreeMap<&String, &BTreeMap<String, String>> {
    columns.iter().map(|(sheet, columns)| (sheet, &**columns)).collect()
}

fn read(found: &AnyRow) -> Result<Plan, ServerError> {
    let key: String = found.try_get("id")?;
    let broken = |column| ServerError::Row { table: "import_plan", column, key: key.clone() };
    let uuid = |column| {
        let text = found.try_get::<Option<String>, _>(column)?;
        text.map(|text| text.parse::<Uuid>().map_err(|_| broken(column))).transpose()
    };
    let state: String = found.try_get("state")?;
    let columns: BTreeMap<String, BTreeMap<String, String>> = row::json(found, "import_plan", "columns", &key)?;
    let feeds: (Option<i64>, Option<i64>) = (found.try_get("feed_from")?, found.try_get("feed_to")?);
    Ok(Plan {
        id: row::parse(found, "import_plan", "id", &key)?,
        ledger: Ledger::by_word(&found.try_get::<String, _>("ledger")?).ok_or_else(|| broken("ledger"))?,
        file_name: found.try_get("file_name")?,
        file_sha256: found.try_get("file_sha256")?,
        account: row::parse(found, "import_plan", "account", &key)?,
        state: serde_json::from_value(state.into()).map_err(|_| broken("state"))?,
        feed: number(found.try_get("feed")?),
        created_ms: found.try_get("created_ms")?,
        rows: number(found.try_get("row_count")?),
        columns: columns.into_iter().map(|(sheet, columns)| (sheet, Arc::new(columns))).collect(),
        notes: row::json(found, "import_plan", "notes", &key)?,
        sheets: row::json(found, "import_plan", "sheets", &key)?,
        assumed: row::json(found, "import_plan", "assumed", &key)?,
        installation: row::parse(found, "import_plan", "installation", &key)?,
        undo_installation: uuid("undo_installation")?,
        applied_ms: found.try_get("applied_ms")?,
        written: feeds.0.zip(feeds.1).map(|(from, to)| (number(from), number(to))),
        undone_ms: found.try_get("undone_ms")?,
    })
}
