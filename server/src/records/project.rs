//! Projections: rows of touched records and of the subjects their facts speak of, replaced whole. They hold nothing that
//! the records do not: a changed declaration drops a table and fills it again.

use std::collections::{BTreeMap, BTreeSet};

use bianfang_domain::id::RecordId;
use bianfang_domain::kind::{self, KINDS, Kind};
use bianfang_domain::projection::{Cell, Row as Projected, Table, Type};
use bianfang_domain::record::Record;
use bianfang_domain::world::{Need, World};
use sqlx::{AnyConnection, Row};

use super::load::Loaded;
use super::{rows as records, scope};
use crate::ServerError;
use crate::db::sql::{self, Statement, Value, execute_in};
use crate::db::{Db, county, row};

/// Records in one step of a rebuild.
const STEP: i64 = 500;

/// What is replaced: the owners whose rows go, and the rows that come, by table.
#[derive(Debug, Default)]
pub struct Replaced {
    tables: BTreeMap<&'static str, (BTreeSet<String>, Vec<Projected>)>,
}

impl Replaced {
    /// The rows of touched records. `about` gives what a record speaks of or is linked to, now and before.
    pub fn of(
        world: &World,
        touched: impl Iterator<Item = RecordId>,
        about: impl Fn(&Record) -> BTreeSet<RecordId>,
    ) -> Self {
        let mut change = Self::default();
        let mut subjects: BTreeSet<RecordId> = BTreeSet::new();
        for record in touched.filter_map(|id| world.find(id)) {
            let Some(kind) = kind::by_name(&record.kind) else { continue };
            change.replace(kind, record.id, kind.rows(record));
            subjects.extend(about(record));
            subjects.insert(record.id);
        }
        let subjects = world.told_of(subjects);
        for kind in kind::ALL.iter().filter(|kind| kind.folds()) {
            for subject in subjects.iter().filter(|id| world.find(**id).is_none_or(|own| own.kind != kind.name())) {
                change.replace(*kind, *subject, kind.fold_rows(*subject, world));
            }
        }
        change
    }

    fn replace(&mut self, kind: &dyn Kind, owner: RecordId, rows: Vec<Projected>) {
        for table in kind.tables() {
            self.tables.entry(table.name).or_default().0.insert(owner.to_string());
        }
        for row in rows {
            self.tables.entry(row.table).or_default().1.push(row);
        }
    }

    /// Deletes first, everywhere: a unique value may pass from one owner to another within one push.
    ///
    /// # Errors
    /// [`ServerError::Database`].
    pub async fn write(self, conn: &mut AnyConnection, county: &str) -> Result<(), ServerError> {
        for (name, (owners, _)) in &self.tables {
            let owners: Vec<String> = owners.iter().cloned().collect();
            execute_in(conn, &owners, |part| {
                Statement::declared(format!("delete from {name} where county = "))
                    .bind(county)
                    .then(" and owner in ")
                    .list(part)
            })
            .await?;
        }
        self.insert(conn, county).await
    }

    /// Inserts alone, into empty tables.
    ///
    /// # Errors
    /// [`ServerError::Database`].
    pub async fn insert(self, conn: &mut AnyConnection, county: &str) -> Result<(), ServerError> {
        for table in tables() {
            let Some((_, rows)) = self.tables.get(table.name) else { continue };
            let names: String = table.columns.iter().map(|column| format!(", {}", column.name)).collect();
            let head = format!("insert into {} (county, owner{names}) values ", table.name);
            let rows = rows.iter().map(|row| values(county, table, row)).collect();
            sql::insert(conn, &head, "", rows).await?;
        }
        Ok(())
    }
}

fn values(county: &str, table: &Table, row: &Projected) -> Vec<Value> {
    let cells = table.columns.iter().zip(&row.cells).map(|(column, cell)| match (cell, column.of) {
        (Cell::Text(text), _) => Value::Text(Some(text.clone())),
        (Cell::Int(int), _) => Value::Int(Some(*int)),
        (Cell::Null, Type::Text) => Value::Text(None),
        (Cell::Null, Type::Int) => Value::Int(None),
    });
    [Value::from(county), Value::from(row.owner.as_str())].into_iter().chain(cells).collect()
}

/// All projection tables.
pub fn tables() -> impl Iterator<Item = &'static Table> {
    KINDS.tables()
}

/// Replaces the rows of touched records and of what they speak of.
///
/// # Errors
/// [`ServerError::Database`], [`ServerError::Row`].
pub async fn write(
    conn: &mut AnyConnection,
    county: &str,
    loaded: &mut Loaded,
    touched: &BTreeSet<RecordId>,
) -> Result<(), ServerError> {
    let about: BTreeMap<RecordId, _> = touched.iter().map(|id| (*id, scope::about(loaded, *id))).collect();
    let about = |record: &Record| about.get(&record.id).cloned().unwrap_or_default();
    let change = loaded.asked(conn, |world| Replaced::of(world, touched.iter().copied(), about)).await?;
    change.write(conn, county).await
}

/// Creates the tables whose declaration changed and fills all of them again where any did.
///
/// # Errors
/// [`ServerError::Database`], [`ServerError::Row`].
pub async fn ensure(db: &Db, now_ms: i64) -> Result<bool, ServerError> {
    let mut tx = db.pool().begin().await?;
    let mut known = BTreeMap::new();
    for row in Statement::new("select name, form from projection_form").all(&mut tx).await? {
        known.insert(row.try_get::<String, _>("name")?, row.try_get::<String, _>("form")?);
    }
    let form = |table: &Table| table.create().join(";\n");
    if tables().all(|table| known.get(table.name) == Some(&form(table))) {
        return Ok(false);
    }
    let mut rows: Vec<Vec<Value>> = Vec::new();
    for table in tables() {
        Statement::declared(table.drop()).execute(&mut tx).await?;
        create(&mut tx, table).await?;
        rows.push(vec![table.name.into(), form(table).into()]);
    }
    Statement::new("delete from projection_form").execute(&mut tx).await?;
    sql::insert(&mut tx, "insert into projection_form (name, form) values ", "", rows).await?;
    tx.commit().await?;
    for county in county::list(db.pool()).await? {
        let mut write = db.begin(&county, now_ms).await?;
        fill(write.conn(), &county).await?;
        write.commit().await?;
    }
    Ok(true)
}

/// Creates one table with its indexes.
///
/// # Errors
/// [`ServerError::Database`].
pub async fn create(conn: &mut AnyConnection, table: &Table) -> Result<(), ServerError> {
    for sql in table.create() {
        Statement::declared(sql).execute(conn).await?;
    }
    Ok(())
}

/// Projects all records of a county again, some hundred at a time.
///
/// # Errors
/// [`ServerError::Database`], [`ServerError::Row`].
pub async fn fill(conn: &mut AnyConnection, county: &str) -> Result<(), ServerError> {
    let mut after = String::new();
    loop {
        let rows = Statement::new("select id from record where county = ")
            .bind(county)
            .then(" and id > ")
            .bind(&after)
            .then(" order by id limit ")
            .bind(STEP)
            .all(conn)
            .await?;
        let mut step = BTreeSet::new();
        for found in &rows {
            after = found.try_get("id")?;
            step.insert(row::parse(found, "record", "id", &after)?);
        }
        if step.is_empty() {
            return Ok(());
        }
        let mut loaded = Loaded::new(county);
        loaded.fetch(conn, step.iter().copied().map(Need::Record).collect()).await?;
        records::write_about(conn, county, &loaded, &step).await?;
        write(conn, county, &mut loaded, &step).await?;
    }
}
