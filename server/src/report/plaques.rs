//! Figures of plaques (S18b) over projections. The rule is `bianfang_domain::kind::plaque::figures`; this SQL must tell the
//! same.

use std::collections::BTreeSet;

use bianfang_domain::coverage::Window;
use bianfang_domain::id::RecordId;
use bianfang_domain::kind::plaque::figures::PlaqueFigures;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use crate::ServerError;
use crate::db::row;
use crate::db::sql::Statement;

const FLOWS: &str = "select division, \
     cast(coalesce(sum(case when day < $2 then onto_wall - off_wall else 0 end), 0) as bigint) as hung_start, \
     cast(coalesce(sum(case when day >= $2 and fact is not null then onto_wall else 0 end), 0) as bigint) as hung_in, \
     cast(coalesce(sum(case when day >= $2 and fact is not null then off_wall else 0 end), 0) as bigint) as hung_out, \
     cast(coalesce(sum(case when day >= $2 and fact is null then onto_wall - off_wall else 0 end), 0) as bigint) as hung_moved, \
     cast(coalesce(sum(case when day >= $2 and event = 'NEW' then put_up else 0 end), 0) as bigint) as put_up_new, \
     cast(coalesce(sum(case when day >= $2 and event = 'REISSUE' then put_up else 0 end), 0) as bigint) as put_up_reissue, \
     cast(coalesce(sum(case when day >= $2 and event = 'REPLACE' then put_up else 0 end), 0) as bigint) as put_up_replace, \
     cast(coalesce(sum(case when day >= $2 then left_store else 0 end), 0) as bigint) as issued \
     from plaque_step where county = $1 and day <= $3 and division in ";

/// What left the store, by the lot's division; where no lot is named, by the household's.
const LEFT: &str = "select coalesce(l.division, f.division) as place, \
     case when f.day < $2 then 1 else 0 end as earlier, \
     cast(sum(case when l.owner is null then 1 else 0 end) as bigint) as unlotted, cast(count(*) as bigint) as n \
     from plaque_step f left join plaque_stock l on l.county = f.county and l.owner = f.lot \
     where f.county = $1 and f.day <= $3 and f.left_store = 1 \
     group by coalesce(l.division, f.division), case when f.day < $2 then 1 else 0 end";

const STOCK: &str = "select s.act, s.division as into_division, l.division as from_division, \
     case when s.day < $2 then 1 else 0 end as earlier, cast(sum(s.count) as bigint) as n \
     from plaque_stock s left join plaque_stock l on l.county = s.county and l.owner = s.from_lot \
     where s.county = $1 and s.day <= $3 and s.counts = 1 \
     group by s.act, s.division, l.division, case when s.day < $2 then 1 else 0 end";

/// Figures of a group of divisions, and what explains a store that holds less than nothing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PlaqueReport {
    /// The figures.
    pub figures: PlaqueFigures,
    /// Plaques that left the store up to the last day and name no lot.
    pub unlotted: i64,
}

/// The figures of some divisions over a window.
///
/// # Errors
/// [`ServerError::Database`], [`ServerError::Row`].
pub async fn figures(
    conn: &mut AnyConnection,
    county: &str,
    window: Window,
    divisions: &BTreeSet<RecordId>,
) -> Result<PlaqueReport, ServerError> {
    let told = parts(conn, county, window, std::slice::from_ref(divisions)).await?;
    Ok(told.into_iter().next().unwrap_or_default())
}

/// The same of several groups at once, in their order: three queries however many there are.
///
/// # Errors
/// [`ServerError::Database`], [`ServerError::Row`].
pub async fn parts(
    conn: &mut AnyConnection,
    county: &str,
    window: Window,
    groups: &[BTreeSet<RecordId>],
) -> Result<Vec<PlaqueReport>, ServerError> {
    let ask = |text: &'static str| {
        let (from, to) = (i64::from(window.from.0), i64::from(window.to.0));
        Statement::new(text).with(county).with(from).with(to)
    };
    let all: BTreeSet<RecordId> = groups.iter().flatten().copied().collect();
    let flows = ask(FLOWS).list(all).then(" group by division").all(conn).await?;
    let (left, stock) = (ask(LEFT).all(conn).await?, ask(STOCK).all(conn).await?);
    groups.iter().map(|divisions| told(divisions, (&flows, &left, &stock))).collect()
}

fn told(
    divisions: &BTreeSet<RecordId>,
    (flows, left, stock): (&[AnyRow], &[AnyRow], &[AnyRow]),
) -> Result<PlaqueReport, ServerError> {
    let (mut told, mut unlotted) = (PlaqueFigures::default(), 0);
    let inside = |found: &AnyRow, name: &'static str| -> Result<bool, ServerError> {
        Ok(place(found, name)?.is_some_and(|place| divisions.contains(&place)))
    };
    for found in flows {
        if !inside(found, "division")? {
            continue;
        }
        let get = |name: &str| found.try_get::<i64, _>(name);
        told.hung_start += get("hung_start")?;
        told.hung_in += get("hung_in")?;
        told.hung_out += get("hung_out")?;
        told.hung_moved += get("hung_moved")?;
        told.put_up_new += get("put_up_new")?;
        told.put_up_reissue += get("put_up_reissue")?;
        told.put_up_replace += get("put_up_replace")?;
        told.issued += get("issued")?;
    }
    told.hung_end = told.hung_start + told.hung_in - told.hung_out + told.hung_moved;
    for found in left {
        if inside(found, "place")? {
            let n: i64 = found.try_get("n")?;
            unlotted += found.try_get::<i64, _>("unlotted")?;
            if earlier(found)? { told.store_start -= n } else { told.store_left += n }
        }
    }
    for found in stock {
        let (into, from) = (i64::from(inside(found, "into_division")?), i64::from(inside(found, "from_division")?));
        let n: i64 = found.try_get("n")?;
        let act: Option<String> = found.try_get("act")?;
        let (received, moved, destroyed) = match act.as_deref() {
            Some("RECEIVED") => (into * n, 0, 0),
            Some("TRANSFERRED" | "RETURNED") => (0, (into - from) * n, 0),
            Some("DESTROYED") => (0, 0, from * n),
            _ => (0, 0, 0),
        };
        if earlier(found)? {
            told.store_start += received + moved - destroyed;
        } else {
            told.received += received;
            told.store_moved += moved;
            told.destroyed += destroyed;
        }
    }
    told.store_end = told.store_start + told.received + told.store_moved - told.store_left - told.destroyed;
    Ok(PlaqueReport { figures: told, unlotted })
}

fn place(found: &AnyRow, column: &'static str) -> Result<Option<RecordId>, ServerError> {
    let there = found.try_get::<Option<String>, _>(column)?.is_some();
    if there { row::parse(found, "plaque_stock", column, "").map(Some) } else { Ok(None) }
}

fn earlier(found: &AnyRow) -> Result<bool, ServerError> {
    Ok(found.try_get::<i64, _>("earlier")? != 0)
}
