//! What a device sees, asked of the database as ranges of an index: a page reads about as many rows as it gives, however
//! large the county is and however much of it came before.

use std::collections::{BTreeMap, BTreeSet};

use bianfang_domain::id::RecordId;
use bianfang_domain::kind;
use bianfang_protocol::pull::PAGE;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Error, Row};

use super::cursor::{Cursor, Dropping};
use crate::db::sql::{Statement, Value, int, number};

/// Up to here each division is asked by itself, one range each; beyond, the feed is walked and other divisions passed over.
/// Every range gives up to a page, so this many of them read no more than some ten thousand rows.
const NARROW: usize = 64;

/// Feed number and record, and the kind if it is one that left.
pub(super) type Passed = ((u64, String), Option<String>);

/// Divisions at or below the device's grants, and of what comes down to all ([`kind::down`]) those above.
pub(super) struct View {
    county: String,
    covered: Vec<String>,
    above: Vec<String>,
    hidden: Vec<&'static str>,
}

/// What lies after the cursor: what is left of its own number, then all later ones.
#[derive(Clone, Copy)]
enum Range<'a> {
    Rest(u64, &'a str),
    Later(u64),
}

impl View {
    /// `hidden` are kinds that are left out, as if there were none of them.
    pub(super) fn new(
        county: &str,
        covered: &BTreeSet<RecordId>,
        above: &BTreeSet<RecordId>,
        hidden: Vec<&'static str>,
    ) -> Self {
        let texts = |ids: &BTreeSet<RecordId>| ids.iter().map(ToString::to_string).collect();
        Self { county: county.to_owned(), covered: texts(covered), above: texts(above), hidden }
    }

    /// Goes on with ` and …` for each kind that is left out; `of` names the table.
    fn shown(&self, statement: Statement, of: &'static str) -> Statement {
        without(statement, of, self.hidden.iter().copied())
    }

    /// One page and one more, in feed order.
    pub(super) async fn page(
        &self,
        conn: &mut AnyConnection,
        cursor: &Cursor,
        head: u64,
    ) -> Result<Vec<Passed>, Error> {
        let mut steps = BTreeMap::new();
        for range in [Range::Rest(cursor.feed, &cursor.record), Range::Later(cursor.feed)] {
            for row in self.puts(conn, range, head).await? {
                steps.insert((number(row.try_get("feed")?), row.try_get::<String, _>("record")?), None);
            }
            for row in self.exits(conn, range, (cursor.since, head)).await? {
                let step = (number(row.try_get("feed")?), row.try_get("record")?);
                steps.insert(step, Some(row.try_get::<String, _>("kind")?));
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
        let counted = self.within(count, "").then(") and feed > ").bind(cursor.feed);
        let row = self.shown(counted, "").first(conn).await?;
        row.map_or(Ok(0), |row| row.try_get::<i64, _>("n")).map(number)
    }

    /// Records and kinds of what a phone holds and may not any more: it lies only in divisions that are covered no more, or is
    /// decided at a desk that was left. One page and one more, after a record.
    pub(super) async fn dropped(
        &self,
        conn: &mut AnyConnection,
        dropped: &Dropping,
    ) -> Result<Vec<(String, String)>, Error> {
        let left = |kind: &&str| dropped.kinds.iter().any(|left| left == kind);
        let never = self.hidden.iter().copied().filter(|kind| !left(kind));
        let gone = Statement::new("select distinct d.record, d.kind from record_scope d where d.county = ")
            .bind(&self.county)
            .then(" and d.record > ")
            .bind(&dropped.after)
            .then(" and (d.division in ")
            .list(dropped.divisions.iter().map(|id| Value::from(*id)))
            .then(" or (d.kind in ")
            .list(&dropped.kinds)
            .then(" and d.division in ")
            .list(&self.covered)
            .then("))");
        let gone = without(gone, "d.", never)
            .then(" and not exists (select 1 from record_scope s where s.county = d.county and s.record = d.record");
        let gone = self.within(self.shown(gone, "s.").then(" and ("), "s.");
        let rows = gone.then(")) order by d.record limit ").bind(int(PAGE as u64 + 1)).all(conn).await?;
        rows.iter().map(|row| Ok((row.try_get("record")?, row.try_get("kind")?))).collect()
    }

    /// The condition that a row's division is in the view; `of` names the table.
    fn within(&self, statement: Statement, of: &'static str) -> Statement {
        let down = statement.then(of).then("division in ").list(&self.covered).then(" or (").then(of).then("kind in ");
        down.list(kind::down()).then(" and ").then(of).then("division in ").list(&self.above).then(")")
    }

    /// A page of what lies in the view, in feed order.
    async fn puts(&self, conn: &mut AnyConnection, range: Range<'_>, head: u64) -> Result<Vec<AnyRow>, Error> {
        if self.covered.is_empty() && self.above.is_empty() {
            return Ok(Vec::new());
        }
        let page = int(PAGE as u64 + 1);
        let bounds = |statement| self.shown(range.bounds(statement, (0, head)), "");
        let statement = if self.covered.len() + self.above.len() > NARROW {
            let rows = Statement::new("select distinct feed, record from record_scope where county = ");
            // The empty text keeps the database from sorting what lies in each division: it is to walk the feed instead.
            let rows = bounds(rows.bind(&self.county)).then(" and (division || '' in ").list(&self.covered);
            let rows = rows.then(" or (kind in ").list(kind::down()).then(" and division || '' in ");
            rows.list(&self.above).then("))")
        } else {
            let mut rows = Statement::new("select distinct feed, record from (");
            let own = self.covered.iter().map(|division| (division, false));
            for (at, (division, down)) in own.chain(self.above.iter().map(|above| (above, true))).enumerate() {
                rows = rows.then(if at == 0 { "" } else { " union all " });
                rows = rows.then("select * from (select feed, record from record_scope where county = ");
                rows = bounds(rows.bind(&self.county)).then(" and division = ").bind(division);
                rows = if down { rows.then(" and kind in ").list(kind::down()) } else { rows };
                rows = rows.then(" order by feed, record limit ").bind(page).then(") one");
            }
            rows.then(") every_one")
        };
        statement.then(" order by feed, record limit ").bind(page).all(conn).await
    }

    /// A page of what has left the view, in feed order. What lies in another division of the same view has not left it, and
    /// must not take a place on the page: behind a whole page of such would be those that have.
    async fn exits(
        &self,
        conn: &mut AnyConnection,
        range: Range<'_>,
        between: (u64, u64),
    ) -> Result<Vec<AnyRow>, Error> {
        let rows = Statement::new("select distinct e.feed, e.record, e.kind from scope_exit e where e.county = ");
        let rows = self.shown(range.bounds(rows.bind(&self.county), between), "e.").then(" and (");
        let rows = self.within(rows, "e.").then(
            ") and not exists (select 1 from record_scope s where s.county = e.county and s.record = e.record and (",
        );
        let rows = self.within(rows, "s.").then(")) order by e.feed, e.record limit ").bind(int(PAGE as u64 + 1));
        rows.all(conn).await
    }
}

fn without(statement: Statement, of: &'static str, kinds: impl Iterator<Item = &'static str>) -> Statement {
    kinds.fold(statement, |statement, kind| statement.then(" and ").then(of).then("kind <> ").bind(kind))
}

impl Range<'_> {
    /// The condition on `feed` and `record`: in the range, above the first number and up to the second.
    fn bounds(self, statement: Statement, (since, head): (u64, u64)) -> Statement {
        match self {
            Range::Rest(feed, record) => {
                let within = feed > since && feed <= head;
                let feed = statement.then(" and feed = ").bind(if within { feed } else { 0 });
                feed.then(" and record > ").bind(record)
            }
            Range::Later(feed) => {
                let later = statement.then(" and feed > ").bind(feed.max(since));
                later.then(" and feed <= ").bind(head)
            }
        }
    }
}
