//! Where records lie. A record that moves takes with it what speaks of it: its old divisions get an exit (REMOVE), its new
//! ones a new feed number (PUT), and each division's check follows.

use std::collections::{BTreeMap, BTreeSet};

use bianfang_domain::actor::Actor;
use bianfang_domain::id::RecordId;
use bianfang_domain::kind;
use bianfang_domain::world::World;
use bianfang_protocol::pull::Check;
use sqlx::{AnyConnection, Row};

use super::load::Loaded;
use crate::ServerError;
use crate::county::tree::Tree;
use crate::db::row;
use crate::db::sql::{self, Statement, all_in, execute_in, number};

/// Division to the feed number a record has there.
type FedPlaces = BTreeMap<RecordId, u64>;

/// What is stored of the places of the records about to be written.
#[derive(Debug, Default)]
pub struct StoredPlaces(BTreeMap<RecordId, FedPlaces>);

/// Adds to `touched` what moved along, with `feed` as its new number.
///
/// # Errors
/// [`ServerError::Database`], [`ServerError::Row`].
pub async fn follow(
    conn: &mut AnyConnection,
    county: &str,
    loaded: &mut Loaded,
    touched: &mut BTreeSet<RecordId>,
    feed: u64,
) -> Result<StoredPlaces, ServerError> {
    let mut stored = StoredPlaces::default();
    let mut round = touched.clone();
    while !round.is_empty() {
        stored.load(conn, county, &round).await?;
        let lies = |world: &World| round.iter().map(|id| (*id, world.divisions(*id))).collect::<Vec<_>>();
        let mut moved: Vec<RecordId> = Vec::new();
        for (id, now) in loaded.asked(conn, lies).await? {
            if stored.0.get(&id).is_some_and(|before| before.keys().eq(now.iter())) {
                continue;
            }
            moved.push(id);
            if touched.insert(id)
                && let Some(mut record) = loaded.world.copy_of(id)
            {
                record.revision = feed;
                loaded.world.put(record);
            }
        }
        let about = |world: &World| {
            moved.iter().flat_map(|id| world.records_about(*id)).map(|record| record.id).collect::<BTreeSet<_>>()
        };
        let mut next = loaded.asked(conn, about).await?;
        next.retain(|id| !stored.0.contains_key(id));
        round = next;
    }
    loaded.world.take_touched();
    Ok(stored)
}

/// What a record speaks of or is linked to, now or when it was loaded.
#[must_use]
pub fn about(loaded: &Loaded, id: RecordId) -> BTreeSet<RecordId> {
    let mut all: BTreeSet<RecordId> = loaded.spoke_of.get(&id).into_iter().flatten().copied().collect();
    all.extend(loaded.world.find(id).into_iter().flat_map(kind::found_by));
    all
}

impl StoredPlaces {
    async fn load(
        &mut self,
        conn: &mut AnyConnection,
        county: &str,
        ids: &BTreeSet<RecordId>,
    ) -> Result<(), ServerError> {
        let texts: Vec<String> = ids.iter().map(ToString::to_string).collect();
        let rows = all_in(conn, &texts, |part| {
            Statement::new("select record, division, feed from record_scope where county = ")
                .bind(county)
                .then(" and record in ")
                .list(part)
        })
        .await?;
        self.0.extend(ids.iter().map(|id| (*id, FedPlaces::new())));
        for found in rows {
            let key: String = found.try_get("record")?;
            let record: RecordId = row::parse(&found, "record_scope", "record", &key)?;
            let division = row::parse(&found, "record_scope", "division", &key)?;
            self.0.entry(record).or_default().insert(division, number(found.try_get("feed")?));
        }
        Ok(())
    }

    /// Writes the places of all loaded records as they now are, their exits and the checks.
    ///
    /// # Errors
    /// [`ServerError::Database`], [`ServerError::Row`].
    pub async fn write(
        &self,
        conn: &mut AnyConnection,
        county: &str,
        world: &World,
        touched: &BTreeSet<RecordId>,
    ) -> Result<(), ServerError> {
        let (mut scopes, mut exits, mut former) = (Vec::new(), Vec::new(), Vec::new());
        let mut checks: BTreeMap<RecordId, (i64, u64)> = BTreeMap::new();
        for id in touched {
            let Some(record) = world.find(*id) else { continue };
            let now = world.divisions(*id);
            let lay = kind::by_name(&record.kind).map(|kind| kind::places_ever(kind, record)).unwrap_or_default();
            former.extend(lay.difference(&now).map(|place| vec![county.into(), (*place).into(), (*id).into()]));
            for (division, feed) in self.0.get(id).into_iter().flatten() {
                let check = checks.entry(*division).or_default();
                *check = (check.0 - 1, check.1.wrapping_sub(Check::term(*id, *feed)));
                if !now.contains(division) {
                    exits.push(vec![
                        county.into(),
                        record.revision.into(),
                        (*division).into(),
                        record.kind.clone().into(),
                        (*id).into(),
                    ]);
                }
            }
            for division in now {
                let check = checks.entry(division).or_default();
                *check = (check.0 + 1, check.1.wrapping_add(Check::term(*id, record.revision)));
                scopes.push(vec![
                    county.into(),
                    division.into(),
                    (*id).into(),
                    record.kind.clone().into(),
                    record.revision.into(),
                ]);
            }
        }
        let texts: Vec<String> = touched.iter().map(ToString::to_string).collect();
        execute_in(conn, &texts, |part| {
            Statement::new("delete from record_scope where county = ").bind(county).then(" and record in ").list(part)
        })
        .await?;
        let head = "insert into record_scope (county, division, record, kind, feed) values ";
        sql::insert(conn, head, "", scopes).await?;
        let head = "insert into scope_exit (county, feed, division, kind, record) values ";
        sql::insert(conn, head, "", exits).await?;
        let head = "insert into record_place (county, division, record) values ";
        sql::insert(conn, head, " on conflict (county, division, record) do nothing", former).await?;
        write_checks(conn, county, checks).await
    }
}

async fn write_checks(
    conn: &mut AnyConnection,
    county: &str,
    changes: BTreeMap<RecordId, (i64, u64)>,
) -> Result<(), ServerError> {
    let mut checks = checks(conn, county, changes.keys().copied()).await?;
    let mut rows = Vec::with_capacity(changes.len());
    for (division, (count, sum)) in changes {
        let check = checks.remove(&division).unwrap_or_default();
        rows.push(vec![
            county.into(),
            division.into(),
            check.count.saturating_add_signed(count).into(),
            check.sum.wrapping_add(sum).cast_signed().into(),
        ]);
    }
    let head = "insert into scope_check (county, division, records, term_sum) values ";
    let tail = " on conflict (county, division) do update set records = excluded.records, term_sum = excluded.term_sum";
    Ok(sql::insert(conn, head, tail, rows).await?)
}

/// The checks of divisions; one without records has none.
///
/// # Errors
/// [`ServerError::Database`], [`ServerError::Row`].
pub async fn checks(
    conn: &mut AnyConnection,
    county: &str,
    divisions: impl Iterator<Item = RecordId>,
) -> Result<BTreeMap<RecordId, Check>, ServerError> {
    let ids: Vec<String> = divisions.map(|id| id.to_string()).collect();
    let rows = all_in(conn, &ids, |part| {
        Statement::new("select division, records, term_sum from scope_check where county = ")
            .bind(county)
            .then(" and division in ")
            .list(part)
    })
    .await?;
    let mut checks = BTreeMap::new();
    for found in rows {
        let division = row::parse(&found, "scope_check", "division", "")?;
        let sum = found.try_get::<i64, _>("term_sum")?.cast_unsigned();
        checks.insert(division, Check { count: number(found.try_get("records")?), sum });
    }
    Ok(checks)
}

/// Takes the records of a kind out of the checks of divisions: for who is not given any.
///
/// # Errors
/// [`ServerError::Database`], [`ServerError::Row`].
pub async fn leave_out(
    conn: &mut AnyConnection,
    county: &str,
    (kind, divisions): (&str, &BTreeSet<RecordId>),
    checks: &mut BTreeMap<RecordId, Check>,
) -> Result<(), ServerError> {
    let ids: Vec<String> = divisions.iter().map(ToString::to_string).collect();
    let rows = all_in(conn, &ids, |part| {
        Statement::new("select division, record, feed from record_scope where county = ")
            .bind(county)
            .then(" and kind = ")
            .bind(kind)
            .then(" and division in ")
            .list(part)
    })
    .await?;
    for found in rows {
        let key: String = found.try_get("record")?;
        let record = row::parse(&found, "record_scope", "record", &key)?;
        let division: RecordId = row::parse(&found, "record_scope", "division", &key)?;
        let Some(check) = checks.get_mut(&division) else { continue };
        check.count = check.count.saturating_sub(1);
        check.sum = check.sum.wrapping_sub(Check::term(record, number(found.try_get("feed")?)));
    }
    Ok(())
}

/// Where a caller sees what lies there: their divisions with all below them, and the place of what is theirs alone to follow.
#[must_use]
pub fn covered(tree: &Tree, caller: &Actor) -> BTreeSet<RecordId> {
    let mut covered = tree.below(&caller.scope);
    covered.insert(caller.place());
    covered
}

/// Those that lie in the caller's divisions.
///
/// # Errors
/// [`ServerError::Database`], [`ServerError::Row`].
pub async fn seen(
    conn: &mut AnyConnection,
    county: &str,
    caller: &Actor,
    ids: &[RecordId],
) -> Result<BTreeSet<RecordId>, ServerError> {
    let covered = covered(&Tree::load(conn, county).await?, caller);
    within(conn, county, &covered, ids).await
}

/// Those that lie in some of these divisions.
///
/// # Errors
/// [`ServerError::Database`], [`ServerError::Row`].
pub async fn within(
    conn: &mut AnyConnection,
    county: &str,
    divisions: &BTreeSet<RecordId>,
    ids: &[RecordId],
) -> Result<BTreeSet<RecordId>, ServerError> {
    let texts: Vec<String> = ids.iter().map(ToString::to_string).collect();
    let rows = all_in(conn, &texts, |part| {
        Statement::new("select record, division from record_scope where county = ")
            .bind(county)
            .then(" and record in ")
            .list(part)
    })
    .await?;
    let mut within = BTreeSet::new();
    for found in &rows {
        let record: String = found.try_get("record")?;
        if divisions.contains(&row::parse(found, "record_scope", "division", &record)?) {
            within.insert(row::parse(found, "record_scope", "record", &record)?);
        }
    }
    Ok(within)
}
