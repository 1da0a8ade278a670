//! The overlay: the phone's own ops, decided over the mirror by the server's rules. Made again for whatever is connected
//! with a change of the mirror or of the outbox, in the same transaction, so that a local edit neither flickers nor vanishes.

use std::collections::{BTreeMap, BTreeSet};

use bianfang_domain::decide;
use bianfang_domain::decision::Decision;
use bianfang_domain::id::RecordId;
use bianfang_domain::kind::{self, KINDS};
use bianfang_domain::op::{Act, Arrival, Op};
use bianfang_domain::record::Record;
use bianfang_domain::time::Day;
use bianfang_domain::world::{Need, World};
use sqlx::SqliteConnection;

use crate::at_work::Writer;
use crate::error::StoreError;
use crate::outbox::{self, Active};
use crate::{projection, read};

/// Makes everything shown that hangs on these records anew, and says what was decided about each active op on the way.
pub(crate) async fn refresh(
    conn: &mut SqliteConnection,
    changed: &BTreeSet<RecordId>,
) -> Result<BTreeMap<i64, Decision>, StoreError> {
    let active = outbox::active(conn).await?;
    let local: i64 = sqlx::query_scalar("select count(*) from overlay").fetch_one(&mut *conn).await?;
    if active.is_empty() && local == 0 {
        projection::refresh(conn, changed).await?;
        return Ok(BTreeMap::new());
    }
    let (group, ops) = connected(conn, changed, active).await?;
    let mut dirty = stale(conn, &group).await?;
    let (mut world, decisions) = replay(conn, &ops).await?;
    dirty.extend(world.take_touched());
    let mirror = read::mirrored(conn, &dirty).await?;
    let mirror: BTreeMap<RecordId, &Record> = mirror.iter().map(|record| (record.id, record)).collect();
    drop_rows(conn, &dirty).await?;
    for id in &dirty {
        let under = mirror.get(id).copied();
        let Some(mut record) = world.copy_of(*id) else { continue };
        record.revision = under.map_or(0, |record| record.revision);
        if under != Some(&record) {
            insert(conn, &record).await?;
        }
    }
    dirty.extend(changed);
    projection::refresh(conn, &dirty).await?;
    Ok(decisions)
}

/// The records and ops that the changed ones can reach through shared subjects, in the order the ops were written.
async fn connected(
    conn: &mut SqliteConnection,
    changed: &BTreeSet<RecordId>,
    active: Vec<Active>,
) -> Result<(BTreeSet<RecordId>, Vec<Active>), StoreError> {
    let mirror = read::mirrored(conn, changed).await?;
    let mut group = changed.clone();
    group.extend(read::subjects(conn, changed).await?);
    group.extend(mirror.iter().flat_map(kind::found_by));
    // A moved division changes who sees what, a rule what is held: everything is decided again.
    let all = mirror.iter().any(|record| kind::down().any(|down| record.kind == down));
    let mut waiting = Vec::new();
    for op in active {
        let mut reach = read::subjects(conn, [&op.op.target]).await?;
        reach.insert(op.op.target);
        reach.extend(about_of(&op.op));
        waiting.push((op, reach));
    }
    let mut taken: Vec<Active> = Vec::new();
    loop {
        let (reached, rest): (Vec<_>, Vec<_>) =
            waiting.into_iter().partition(|(_, reach)| all || !reach.is_disjoint(&group));
        if reached.is_empty() {
            break;
        }
        for (op, reach) in reached {
            group.extend(reach);
            taken.push(op);
        }
        waiting = rest;
    }
    taken.sort_by_key(|op| op.seq);
    Ok((group, taken))
}

fn about_of(op: &Op) -> Vec<RecordId> {
    match &op.act {
        Act::Record { fields, .. } => about_in(&op.kind, fields),
        _ => Vec::new(),
    }
}

fn about_in(kind: &str, doc: &bianfang_domain::document::Document) -> Vec<RecordId> {
    kind::by_name(kind).map(|kind| kind.about(doc)).unwrap_or_default()
}

/// Overlaid records that may have been made by ops of the group, so may have to go.
async fn stale(conn: &mut SqliteConnection, group: &BTreeSet<RecordId>) -> Result<BTreeSet<RecordId>, StoreError> {
    let sql = "select id from overlay where id in (select value from json_each($1)) \
               or id in (select fact from record_subject where subject in (select value from json_each($1)))";
    let ids: Vec<String> = sqlx::query_scalar(sql).bind(read::list(group)).fetch_all(conn).await?;
    ids.iter().map(|id| read::id_from(id)).collect()
}

/// Decides the ops one after another over the mirror.
async fn replay(conn: &mut SqliteConnection, ops: &[Active]) -> Result<(World, BTreeMap<i64, Decision>), StoreError> {
    let mut world = World::partial(KINDS);
    let mut decisions = BTreeMap::new();
    if ops.is_empty() {
        return Ok((world, decisions));
    }
    let writer = Writer::get(conn).await?.ok_or(StoreError::NotEnrolled)?;
    let divisions: Vec<(String, String)> =
        sqlx::query_as("select id, json from record where kind = 'division' and hidden = 0")
            .fetch_all(&mut *conn)
            .await?;
    for (id, json) in divisions {
        world.load(read::record_from(&id, &json)?);
    }
    for active in ops {
        // By the divisions of the day it was written, as the server does.
        let actor = writer.on(Day::of(active.written_ms));
        let arrival = Arrival {
            op: &active.op,
            actor: &actor,
            // The phone is its own receiver.
            received_ms: active.written_ms,
            previous_ms: active.floor_ms,
            fingerprints: BTreeMap::new(),
        };
        let decision = loop {
            match decide::take(&mut world, &arrival, active.revision) {
                Ok(decision) => break decision,
                Err(lacking) => load(conn, lacking, &mut world).await?,
            }
        };
        decisions.insert(active.seq, decision);
    }
    Ok((world, decisions))
}

/// Loads what a decision lacked. Fingerprints never leave the server: who holds a number is known there.
async fn load(conn: &mut SqliteConnection, lacking: BTreeSet<Need>, world: &mut World) -> Result<(), StoreError> {
    let records = lacking.iter().filter_map(|need| if let Need::Record(id) = need { Some(*id) } else { None });
    for record in read::mirrored(conn, &records.collect()).await? {
        world.load(record);
    }
    for need in lacking {
        if let Need::Facts(subject) = need {
            for record in read::mirrored_facts(conn, subject).await? {
                world.load(record);
            }
        }
        world.answered(need);
    }
    Ok(())
}

async fn drop_rows(conn: &mut SqliteConnection, ids: &BTreeSet<RecordId>) -> Result<(), StoreError> {
    let sql = "delete from overlay where id in (select value from json_each($1))";
    sqlx::query(sql).bind(read::list(ids)).execute(conn).await?;
    Ok(())
}

async fn insert(conn: &mut SqliteConnection, record: &Record) -> Result<(), StoreError> {
    let json = serde_json::to_string(record).map_err(|_| StoreError::corrupt("overlay.json", record.id))?;
    sqlx::query("insert into overlay (id, kind, json) values ($1, $2, $3)")
        .bind(record.id.to_string())
        .bind(&record.kind)
        .bind(json)
        .execute(conn)
        .await?;
    Ok(())
}
