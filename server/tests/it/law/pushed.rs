//! A county of the server that takes a random sequence, and everything that its database says of it.

use std::collections::{BTreeMap, BTreeSet};

use bianfang_domain::id::{OpId, RecordId};
use bianfang_domain::op::{Act, Op};
use bianfang_domain::projection::{Cell, Row as Projected, Type};
use bianfang_domain::record::Record;
use bianfang_domain::world::World;
use bianfang_law::told::Records;
use bianfang_law::work::{Job, START};
use bianfang_server::county::Desk;
use bianfang_server::db::county;
use bianfang_server::feed::show;
use bianfang_server::records::{project, read};
use bianfang_server::report::past;
use bianfang_server::write;
use serde_json::json;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AssertSqlSafe, Row};

use crate::bureau::Bureau;

pub struct Pushed<'a> {
    bureau: &'a Bureau,
    code: String,
    /// The number of the feed when the sequence begins.
    start: u64,
    /// The number that each op of the sequence got, or that the feed had come to when it was refused.
    given: BTreeMap<OpId, u64>,
}

impl<'a> Pushed<'a> {
    /// A county as everybody saw it at first.
    pub async fn founded(bureau: &'a Bureau, code: String) -> Self {
        let new =
            county::County { code: code.clone(), name: code.clone(), epoch: "e".into(), seal_public: String::new() };
        county::insert(&bureau.db, &new, bureau.now()).await.unwrap();
        let mut county = Self { bureau, code, start: 0, given: BTreeMap::new() };
        for push in START.log.chunk_by(|one, other| one.0.actor == other.0.actor) {
            let ops: Vec<Op> = push.iter().map(|(sent, ..)| sent.op.clone()).collect();
            let answered = write::push(county.desk(), &push[0].0.actor, &ops).await.unwrap();
            assert!(answered.answers.iter().all(|answer| answer.reason.is_none()), "{:?}", answered.answers);
        }
        county.start = county.feed().await;
        county
    }

    pub fn desk(&self) -> Desk<'_> {
        Desk { county: &self.code, ..self.bureau.desk(0) }
    }

    /// Takes a push, each op with the number that its author had seen of the record.
    pub async fn take(&mut self, jobs: &[Job], push: &[usize]) {
        let ops: Vec<Op> = push.iter().map(|n| self.sent(jobs, *n)).collect();
        write::push(self.desk(), &jobs[push[0]].sent.actor, &ops).await.unwrap();
        let head = self.feed().await;
        let sql = "select installation, seq, feed from op where county = $1";
        for row in self.all(sql).await {
            let (id, feed) = (op_id(&row), row.get::<i64, _>("feed").unsigned_abs());
            if feed > 0 {
                self.given.insert(id, feed);
            } else {
                self.given.entry(id).or_insert(head);
            }
        }
    }

    fn sent(&self, jobs: &[Job], n: usize) -> Op {
        let mut op = jobs[n].sent.op.clone();
        let seen = jobs[..jobs[n].seen.min(n)].iter().filter(|job| job.sent.op.target == op.target);
        op.base = seen.filter_map(|job| self.given.get(&job.sent.op.id)).max().copied().unwrap_or(self.start);
        // A number goes to the server as it is, and is sealed there.
        if let Act::Record { fields: set, sealed } | Act::Change { set, sealed, .. } = &mut op.act
            && let Some(number) = sealed.remove("id_number")
        {
            set.insert("id_number".into(), json!(number.strip_prefix("sealed ").unwrap()));
        }
        op
    }

    async fn feed(&self) -> u64 {
        let row = sqlx::query("select feed from county where code = $1").bind(&self.code);
        row.fetch_one(self.bureau.db.pool()).await.unwrap().get::<i64, _>(0).unsigned_abs()
    }

    async fn all(&self, sql: &'static str) -> Vec<AnyRow> {
        sqlx::query(sql).bind(&self.code).fetch_all(self.bureau.db.pool()).await.unwrap()
    }

    pub async fn records(&self) -> Records {
        let conn = &mut *self.bureau.db.pool().acquire().await.unwrap();
        let all = read::list(conn, &self.code, |all| all).await.unwrap();
        all.into_iter().map(|record| (record.id, record)).collect()
    }

    /// What waits for its target.
    pub async fn waiting(&self) -> BTreeSet<OpId> {
        self.all("select installation, seq from op where county = $1 and waiting = 1").await.iter().map(op_id).collect()
    }

    /// Where each record lies.
    pub async fn places(&self) -> BTreeSet<(RecordId, RecordId)> {
        let sql = "select record, division from record_scope where county = $1";
        let id = |row: &AnyRow, n: usize| row.get::<String, _>(n).parse().unwrap();
        self.all(sql).await.iter().map(|row| (id(row, 0), id(row, 1))).collect()
    }

    pub async fn rows(&self) -> BTreeSet<Projected> {
        projected(&mut self.bureau.db.pool().acquire().await.unwrap(), &self.code).await
    }

    /// The rows as a rebuild from nothing makes them; the county stays as it was.
    pub async fn rebuilt(&self) -> BTreeSet<Projected> {
        let mut tx = self.bureau.db.pool().begin().await.unwrap();
        let tables = project::tables().map(|table| table.name).chain(["record_subject"]);
        for table in tables {
            let delete = AssertSqlSafe(format!("delete from {table} where county = $1"));
            sqlx::query(delete).bind(&self.code).execute(&mut *tx).await.unwrap();
        }
        project::fill(&mut tx, &self.code).await.unwrap();
        let rows = projected(&mut tx, &self.code).await;
        tx.rollback().await.unwrap();
        rows
    }

    /// The county as its log tells it.
    pub async fn told_again(&self) -> World {
        let conn = &mut *self.bureau.db.pool().acquire().await.unwrap();
        past::world(conn, &self.code, self.feed().await).await.unwrap()
    }
}

fn op_id(row: &AnyRow) -> OpId {
    let installation = row.get::<String, _>("installation").parse().unwrap();
    OpId { installation, seq: row.get::<i64, _>("seq").unsigned_abs() }
}

async fn projected(conn: &mut AnyConnection, county: &str) -> BTreeSet<Projected> {
    let mut rows = BTreeSet::new();
    for table in project::tables() {
        let names: String = table.columns.iter().map(|column| format!(", {}", column.name)).collect();
        let sql = AssertSqlSafe(format!("select owner{names} from {} where county = $1", table.name));
        for row in sqlx::query(sql).bind(county).fetch_all(&mut *conn).await.unwrap() {
            let cell = |(n, of): (usize, Type)| match of {
                Type::Text => row.get::<Option<String>, _>(n).map_or(Cell::Null, Cell::Text),
                Type::Int => row.get::<Option<i64>, _>(n).map_or(Cell::Null, Cell::Int),
            };
            let cells = (1..).zip(table.columns.iter().map(|column| column.of)).map(cell).collect();
            assert!(
                rows.insert(Projected { table: table.name, owner: row.get("owner"), cells }),
                "a row twice: {}",
                table.name
            );
        }
    }
    rows
}

/// Where the records of a world lie.
pub fn places(world: &World) -> BTreeSet<(RecordId, RecordId)> {
    world.records().flat_map(|record| world.divisions(record.id).into_iter().map(|place| (record.id, place))).collect()
}

/// A record without what is sealed, which no two keepers seal alike.
pub fn masked(record: Record) -> Record {
    show::masked(&crate::bureau::Phone::clerk(0).actor, record)
}
