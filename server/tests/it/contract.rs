//! What both databases must do alike.

use std::sync::Arc;

use bianfang_domain::actor::Role;
use bianfang_server::ServerError;
use bianfang_server::db::{Db, account, audit, county};
use serde_json::json;
use sqlx::Row;

use crate::on_both;
use crate::world::{COUNTIES, START_MS, World, account_id, scope_of};

on_both!(
    writers_at_once_take_numbers_in_the_order_of_commits,
    a_dropped_write_leaves_nothing,
    same_ids_of_two_counties_stay_apart,
    opening_again_changes_nothing,
    a_changed_migration_is_refused,
    a_newer_database_is_refused,
    an_unknown_county_cannot_be_written,
    a_login_is_taken_once_in_a_county,
    an_unreadable_row_is_named,
);

/// Each writer reads the last number of a table of its own, under the lock, and writes the next. Stale reads would make
/// two the same; a number taken before another's commit would be seen by the reader as a hole.
async fn writers_at_once_take_numbers_in_the_order_of_commits(world: World) {
    let db = world.app.db.clone();
    sqlx::raw_sql("create table tick (county text not null, n bigint not null, before bigint not null)")
        .execute(db.pool())
        .await
        .unwrap();
    let start: Vec<i64> = {
        let mut start = Vec::new();
        for code in COUNTIES {
            start.push(audit::verify(db.pool(), code).await.unwrap());
        }
        start
    };
    let mut writers = tokio::task::JoinSet::new();
    for writer in 0..8 {
        let db = db.clone();
        writers.spawn(async move {
            for _ in 0..10 {
                let code = COUNTIES[writer % 2];
                let mut write = db.begin(code, START_MS).await.unwrap();
                let last: i64 = sqlx::query("select coalesce(max(n), 0) as last from tick where county = $1")
                    .bind(code)
                    .fetch_one(write.conn())
                    .await
                    .unwrap()
                    .get("last");
                let n = write.next_feed();
                sqlx::query("insert into tick (county, n, before) values ($1, $2, $3)")
                    .bind(code)
                    .bind(n)
                    .bind(last)
                    .execute(write.conn())
                    .await
                    .unwrap();
                write.audit("system", "TICK", &json!({ "n": n })).await.unwrap();
                write.commit().await.unwrap();
            }
        });
    }
    writers.join_all().await;
    for (code, start) in COUNTIES.iter().zip(start) {
        let rows = sqlx::query("select n, before from tick where county = $1 order by n").bind(code);
        let rows = rows.fetch_all(db.pool()).await.unwrap();
        let seen: Vec<(i64, i64)> = rows.iter().map(|row| (row.get("n"), row.get("before"))).collect();
        // The first number is the county's own division, which init wrote.
        let expected: Vec<(i64, i64)> = (2..=41).map(|n| (n, if n == 2 { 0 } else { n - 1 })).collect();
        assert_eq!(seen, expected, "{code}");
        assert_eq!(audit::verify(db.pool(), code).await.unwrap(), start + 40);
    }
}

async fn a_dropped_write_leaves_nothing(world: World) {
    let db = &world.app.db;
    let before = audit::verify(db.pool(), COUNTIES[0]).await.unwrap();
    let mut write = db.begin(COUNTIES[0], START_MS).await.unwrap();
    let feed = write.feed();
    write.next_feed();
    write.audit("system", "NEVER", &json!({})).await.unwrap();
    drop(write);
    let write = db.begin(COUNTIES[0], START_MS).await.unwrap();
    assert_eq!((write.feed(), write.audit_head().0), (feed, before));
    drop(write);
    assert_eq!(audit::verify(db.pool(), COUNTIES[0]).await.unwrap(), before);
}

async fn same_ids_of_two_counties_stay_apart(world: World) {
    for code in COUNTIES {
        let mut connection = world.app.db.pool().acquire().await.unwrap();
        let by_id = account::get(&mut connection, code, account_id(Role::Leader)).await.unwrap().unwrap();
        let by_login = account::get_by_login(&mut connection, code, "leader").await.unwrap().unwrap();
        assert_eq!(by_id.name, format!("{code} LEADER"));
        assert_eq!((by_id.id, &by_id.scope), (by_login.id, &scope_of(code)));
        // A write in one county leaves the other alone.
        account::update_active(&mut connection, COUNTIES[0], account_id(Role::Leader), false).await.unwrap();
        let now = account::get(&mut connection, code, account_id(Role::Leader)).await.unwrap().unwrap();
        assert_eq!(now.active, code != COUNTIES[0]);
    }
}

async fn opening_again_changes_nothing(world: World) {
    let url = world.app.config.database();
    let read = async |db: &Db| -> Vec<(i64, i64)> {
        let rows = sqlx::query("select version, applied_ms from schema_migration order by version");
        rows.fetch_all(db.pool()).await.unwrap().iter().map(|r| (r.get("version"), r.get("applied_ms"))).collect()
    };
    let first = read(&world.app.db).await;
    assert!(first.len() > 3);
    // Two at once, as when two servers start together.
    let (a, b) = tokio::join!(
        bianfang_server::records::open(&url, START_MS + 1),
        bianfang_server::records::open(&url, START_MS + 2)
    );
    assert_eq!((read(&a.unwrap()).await, read(&b.unwrap()).await), (first.clone(), first));
}

async fn a_changed_migration_is_refused(world: World) {
    let spoil = sqlx::query("update schema_migration set checksum = 'other' where version = 2");
    spoil.execute(world.app.db.pool()).await.unwrap();
    let again = bianfang_server::records::open(&world.app.config.database(), START_MS).await;
    assert!(matches!(again, Err(ServerError::MigrationChanged { version: 2 })));
}

async fn a_newer_database_is_refused(world: World) {
    let newer = sqlx::query("insert into schema_migration (version, checksum, applied_ms) values (9999, '', 0)");
    newer.execute(world.app.db.pool()).await.unwrap();
    let again = bianfang_server::records::open(&world.app.config.database(), START_MS).await;
    assert!(matches!(again, Err(ServerError::MigrationUnknown { version: 9999 })));
}

async fn an_unknown_county_cannot_be_written(world: World) {
    let refused = world.app.db.begin("999999", START_MS).await;
    assert!(matches!(refused, Err(ServerError::CountyUnknown(code)) if code == "999999"));
    let named = county::named_or_only(world.app.db.pool(), None).await;
    assert!(matches!(named, Err(ServerError::CountyNotNamed(2))));
}

async fn a_login_is_taken_once_in_a_county(world: World) {
    let mut write = world.app.db.begin(COUNTIES[0], START_MS).await.unwrap();
    let mut twin = account::get_by_login(write.conn(), COUNTIES[0], "leader").await.unwrap().unwrap();
    twin.id = world.new_id();
    let refused = account::insert(write.conn(), COUNTIES[0], &twin, START_MS).await;
    assert!(matches!(refused, Err(ServerError::LoginTaken { .. })));
    twin.login = "另一个".to_owned();
    account::insert(write.conn(), COUNTIES[0], &twin, START_MS).await.unwrap();
    let found = account::get_by_login(write.conn(), COUNTIES[0], "另一个").await.unwrap().unwrap();
    assert!(found == twin, "text beyond ASCII comes back unchanged");
}

async fn an_unreadable_row_is_named(world: World) {
    let spoil = sqlx::query("update account set role = 'KING' where county = $1 and login = 'leader'");
    spoil.bind(COUNTIES[0]).execute(world.app.db.pool()).await.unwrap();
    let db = Arc::new(world.app.db.clone());
    let mut connection = db.pool().acquire().await.unwrap();
    let found = account::get_by_login(&mut connection, COUNTIES[0], "leader").await;
    assert!(matches!(found, Err(ServerError::Row { table: "account", column: "role", .. })));
}
