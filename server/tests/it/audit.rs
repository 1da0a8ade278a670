//! The chain of the audit log finds what was changed, removed or cut off.

use bianfang_domain::actor::Role;
use bianfang_server::ServerError;
use bianfang_server::db::audit;
use serde_json::json;

use crate::on_both;
use crate::world::{COUNTIES, START_MS, World};

on_both!(
    a_changed_entry_is_found,
    a_removed_entry_is_found,
    a_cut_tail_is_found,
    a_recomputed_entry_is_found,
    auditors_read_their_own_county_only,
);

async fn five(world: &World) -> i64 {
    for code in COUNTIES {
        let mut write = world.app.db.begin(code, START_MS).await.unwrap();
        for n in 0..5 {
            write.audit("system", "TEST", &json!({ "n": n, "county": code })).await.unwrap();
        }
        write.commit().await.unwrap();
    }
    audit::verify(world.app.db.pool(), COUNTIES[0]).await.unwrap()
}

async fn run(world: &World, sql: &'static str, n: i64) {
    let done = sqlx::query(sql).bind(COUNTIES[0]).bind(n).execute(world.app.db.pool()).await.unwrap();
    assert_eq!(done.rows_affected(), 1);
}

async fn broken_at(world: &World) -> i64 {
    audit::verify(world.app.db.pool(), COUNTIES[1]).await.unwrap();
    match audit::verify(world.app.db.pool(), COUNTIES[0]).await {
        Err(ServerError::AuditBroken { n, .. }) => n,
        other => panic!("{other:?}"),
    }
}

async fn a_changed_entry_is_found(world: World) {
    let last = five(&world).await;
    run(&world, "update audit_log set detail = '{}' where county = $1 and n = $2", last - 2).await;
    assert_eq!(broken_at(&world).await, last - 2);
}

async fn a_removed_entry_is_found(world: World) {
    let last = five(&world).await;
    run(&world, "delete from audit_log where county = $1 and n = $2", last - 3).await;
    assert_eq!(broken_at(&world).await, last - 3);
}

async fn a_cut_tail_is_found(world: World) {
    let last = five(&world).await;
    run(&world, "delete from audit_log where county = $1 and n = $2", last).await;
    assert_eq!(broken_at(&world).await, last);
}

/// Whoever changes an entry and computes its hash anew is found at the next one.
async fn a_recomputed_entry_is_found(world: World) {
    let last = five(&world).await;
    let mut page = audit::list(world.app.db.pool(), COUNTIES[0], last, 1).await.unwrap();
    let old = page.remove(0);
    assert_eq!(old.n, last - 1);
    let new = audit::AuditEntry::after(&old.prev_hash, old.n, old.at_ms, COUNTIES[0], ("system", "TEST", "{}".into()));
    let sql = "update audit_log set detail = $3, hash = $4 where county = $1 and n = $2";
    let change = sqlx::query(sql).bind(COUNTIES[0]).bind(old.n).bind("{}").bind(&new.hash);
    change.execute(world.app.db.pool()).await.unwrap();
    assert_eq!(broken_at(&world).await, last);
}

async fn auditors_read_their_own_county_only(world: World) {
    let last = five(&world).await;
    let token = world.token(COUNTIES[1], Role::Auditor).await;
    let page = world.get(&format!("/api/v1/audit?before={last}"), &token).await.json();
    let page = page.as_array().unwrap();
    assert_eq!(page.len() as i64, last - 1);
    let of_test = page.iter().filter(|entry| entry["act"] == "TEST");
    assert!(
        of_test.clone().count() == 4 && of_test.clone().all(|e| e["detail"].as_str().unwrap().contains(COUNTIES[1]))
    );
}
