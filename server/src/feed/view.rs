//! What a device sees, asked of the database as ranges of an index: a page reads about as many rows as it gives, however
//! large the county is and however much of it came before.

use std::collections::{BTreeMap, BTreeSet};

use bianfang_domain::id::RecordId;
use bianfang_domain::kind;
use bianfang_protocol::pull::PAGE;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Error, Row};

use super::cursor::Cursor;
use crate::write::sql::{Statement, Value, int, number};

/// Up to here each division is asked by itself, one range each; beyond, the feed is walked and other divisions passed over.
/// Every range gives up to a page, so this many of them read no more than some ten thousand rows.
const NARROW: usize = 64;

/// Feed number and record, and the kind if it is one that left.
pub(super) type Step = ((u64, String), Option<String>);

/// Divisions at or below the device's grants, and of what comes down to all ([`kind::down`]) those above.
pub(super) struct View {
    county: String,
    covered: Vec<String>,
    above: Vec<String>,
}

/// What lies after the cursor: what is left of its own number, then all later ones.
#[derive(Clone, Copy)]
enum Range<'a> {
    Rest(u64, &'a str),
    Later(u64),
}

/// Which table, and the numbers it is read between.
#[derive(Clone, Copy)]
struct Read<'a> {
    columns: &'static str,
    table: &'static str,
    range: Range<'a>,
    /// Above this one (the beginning of a device's feed).
    since: u64,
    /// Up to this one.
    head: u64,
}

impl View {
    pub(super) fn new(county: &str, covered: &BTreeSet<RecordId>, above: &BTreeSet<RecordId>) -> Self {
        let texts = |ids: &BTreeSet<RecordId>| ids.iter().map(ToString::to_string).collect();
        Self { county: county.to_owned(), covered: texts(covered), above: texts(above) }
    }

    /// One page and one more, in feed order.
    pub(super) async fn page(&self, conn: &mut AnyConnection, cursor: &Cursor, head: u64) -> Result<Vec<Step>, Error> {
        let mut steps = BTreeMap::new();
        for range in [Range::Rest(cursor.feed, &cursor.record), Range::Later(cursor.feed)] {
            let puts = Read { columns: "feed, record", table: "record_scope", range, since: 0, head };
            for row in self.rows(conn, puts).await? {
                steps.insert((number(row.try_get("feed")?), row.try_get::<String, _>("record")?), None);
            }
            let exits = Read { columns: "feed, record, kind", table: "scope_exit", range, since: cursor.since, head };
            let gone = self.rows(conn, exits).await?;
            let here = self.here(conn, &gone).await?;
            for row in &gone {
                let record: String = row.try_get("record")?;
                // None has left when it lies in another division of the same view.
                if !here.contains(&record) {
                    steps.insert((number(row.try_get("feed")?), record), Some(row.try_get::<String, _>("kind")?));
                }
            }
            if steps.len() > PAGE {
                break;
            }
        }
        Ok(steps.into_iter().take(PAGE + 1).collect())
    }

    /// How many records come after the cursor. Reads them all.
    pub(super) async fn remaining(&self, conn: &mut AnyConnection, cursor: &Cursor) -> Result<u64, Error> {
        let count = Statement::new("select count(distinct record) as n from record_scope where county = ")
            .bind(&self.county)
            .then(" and (");
        let row = self.within(count, "").then(") and feed > ").bind(cursor.feed).first(conn).await?;
        row.map_or(Ok(0), |row| row.try_get::<i64, _>("n")).map(number)
    }

    /// Records and kinds of what only divisions hold which are covered no more: one page and one more, after a record.
    pub(super) async fn dropped(
        &self,
        conn: &mut AnyConnection,
        dropped: &[RecordId],
        after: &str,
    ) -> Result<Vec<(String, String)>, Error> {
        let gone = Statement::new("select distinct d.record, d.kind from record_scope d where d.county = ")
            .bind(&self.county)
            .then(" and d.record > ")
            .bind(after)
            .then(" and d.division in ")
            .list(dropped.iter().map(|id| Value::from(*id)))
            .then(
                " and not exists (select 1 from record_scope s where s.county = d.county and s.record = d.record and (",
            );
        let rows =
            self.within(gone, "s.").then(")) order by d.record limit ").bind(int(PAGE as u64 + 1)).all(conn).await?;
        rows.iter().map(|row| Ok((row.try_get("record")?, row.try_get("kind")?))).collect()
    }

    /// Which of these rows' records lie in the view.
    async fn here(&self, conn: &mut AnyConnection, rows: &[AnyRow]) -> Result<BTreeSet<String>, Error> {
        let records = rows.iter().map(|row| row.try_get("record")).collect::<Result<BTreeSet<String>, Error>>()?;
        let records: Vec<String> = records.into_iter().collect();
        let lying = crate::write::sql::all_in(conn, &records, |part| {
            let rows = Statement::new("select distinct record from record_scope where county = ")
                .bind(&self.county)
                .then(" and record in ")
                .list(part)
                .then(" and (");
            self.within(rows, "").then(")")
        });
        lying.await?.iter().map(|row| row.try_get("record")).collect()
    }

    /// The condition that a row's division is in the view; `of` names the table.
    fn within(&self, statement: Statement, of: &'static str) -> Statement {
        let down = statement.then(of).then("division in ").list(&self.covered).then(" or (").then(of).then("kind in ");
        down.list(kind::down()).then(" and ").then(of).then("division in ").list(&self.above).then(")")
    }

    /// A page of a table with divisions, in feed order.
    async fn rows(&self, conn: &mut AnyConnection, read: Read<'_>) -> Result<Vec<AnyRow>, Error> {
        let page = int(PAGE as u64 + 1);
        let statement = if self.covered.len() + self.above.len() > NARROW {
            let rows = Statement::new("select distinct ").then(read.columns).then(" from ").then(read.table);
            // The empty text keeps the database from sorting what lies in each division: it is to walk the feed instead.
            let rows = read.bounds(rows.then(" where county = ").bind(&self.county)).then(" and (division || '' in ");
            let rows = rows.list(&self.covered).then(" or (kind in ").list(kind::down());
            rows.then(" and division || '' in ").list(&self.above).then("))")
        } else {
            let mut rows = Statement::new("select distinct ").then(read.columns).then(" from (");
            let own = self.covered.iter().map(|division| (division, false));
            for (at, (division, down)) in own.chain(self.above.iter().map(|above| (above, true))).enumerate() {
                rows = rows.then(if at == 0 { "select * from (select " } else { " union all select * from (select " });
                rows = rows.then(read.columns).then(" from ").then(read.table).then(" where county = ");
                rows = read.bounds(rows.bind(&self.county).then(" and division = ").bind(division));
                rows = if down { rows.then(" and kind in ").list(kind::down()) } else { rows };
                rows = rows.then(" order by feed, record limit ").bind(page).then(") one");
            }
            rows.then(") every_one")
        };
        if self.covered.is_empty() && self.above.is_empty() {
            return Ok(Vec::new());
        }
        statement.then(" order by feed, record limit ").bind(page).all(conn).await
    }
}

impl Read<'_> {
    fn bounds(self, statement: Statement) -> Statement {
        match self.range {
            Range::Rest(feed, record) => {
                let within = feed > self.since && feed <= self.head;
                let feed = statement.then(" and feed = ").bind(if within { feed } else { 0 });
                feed.then(" and record > ").bind(record)
            }
            Range::Later(feed) => {
                let later = statement.then(" and feed > ").bind(feed.max(self.since));
                later.then(" and feed <= ").bind(self.head)
            }
        }
    }
}
