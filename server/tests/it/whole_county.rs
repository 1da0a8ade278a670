//! A whole county after three years: 50,000 people in 600 villages, 60,000 visits, 90,000 photos. It stands, is what its
//! rebuild makes, and each list, page and figure answers; what they cost is printed beside a county of 20,000.

use std::collections::BTreeSet;

use bianfang_domain::id::RecordId;
use bianfang_domain::world::Need;
use bianfang_server::records::load::Loaded;
use bianfang_server::records::project;

use crate::growth_routes::{Database, costs, county, projected, told};
use crate::sized::{MARK, Size, copied};
use crate::world::{COUNTIES, World};

/// How much larger its tree is than that of 20,000 people: every request reads the tree, and nothing grows more.
const TREE: f64 = 6.0;

async fn count(world: &World, sql: &str) -> u32 {
    let found: i64 =
        sqlx::query_scalar(sqlx::AssertSqlSafe(sql.to_owned())).fetch_one(world.app.db.pool()).await.unwrap();
    u32::try_from(found).unwrap()
}

async fn holds(world: &World, size: Size) {
    for (table, rows) in [
        ("person", size.people),
        ("contact", size.all(size.visits)),
        ("photo", size.all(size.photos)),
        ("case_item", size.all(1)),
    ] {
        assert_eq!(count(world, &format!("select count(*) from {table}")).await, rows, "{table}");
    }
    let villages = "select count(*) from division where level = 'VILLAGE'";
    assert_eq!(count(world, villages).await, size.villages);
}

/// The rows of ten people are dropped and made again from their records.
async fn is_what_its_rebuild_makes(world: &World, mark: &str) {
    let before = projected(world, mark).await;
    assert!(before["person"].len() == 10 && before["contact_entry"].len() > 10, "{mark}");
    let mut write = world.app.db.begin(COUNTIES[0], world.app.now_ms()).await.unwrap();
    let ask = format!("select id from record where id like '{mark}%'");
    let ids: Vec<String> = sqlx::query_scalar(sqlx::AssertSqlSafe(ask)).fetch_all(&mut *write.conn()).await.unwrap();
    let ids: BTreeSet<RecordId> = ids.iter().map(|id| id.parse().unwrap()).collect();
    for table in project::tables() {
        let sql = format!("delete from {} where owner like '{mark}%'", table.name);
        sqlx::query(sqlx::AssertSqlSafe(sql)).execute(&mut *write.conn()).await.unwrap();
    }
    let mut loaded = Loaded::new(COUNTIES[0]);
    loaded.fetch(write.conn(), ids.iter().copied().map(Need::Record).collect()).await.unwrap();
    project::write(write.conn(), COUNTIES[0], &mut loaded, &ids).await.unwrap();
    write.commit().await.unwrap();
    let rebuilt = projected(world, mark).await;
    for (table, rows) in &before {
        assert_eq!(rows, &rebuilt[table], "{table} of {mark}");
    }
}

async fn stands(of: Database) {
    let Some(smaller) = county(Size::of(20_000), of).await else { return };
    let smaller = costs(&smaller, of).await;
    let world = county(Size::WHOLE, of).await.unwrap();
    holds(&world, Size::WHOLE).await;
    for mark in [MARK.to_owned(), copied(1), copied(Size::WHOLE.all(1) - 1)] {
        is_what_its_rebuild_makes(&world, &mark).await;
    }
    let whole = [smaller, costs(&world, of).await];
    println!("beside 20,000 people in 100 villages:");
    for path in whole[0].keys() {
        let ratio = told(path, &whole);
        assert!(ratio <= TREE, "{path}: {ratio:.2} times the work in 2.5 times the people, 6 times the villages");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "long: 50,000 people, one to three minutes"]
async fn fifty_thousand_people_stand_and_answer_on_sqlite() {
    stands(Database::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "long: 50,000 people, one to three minutes"]
async fn fifty_thousand_people_stand_and_answer_on_postgres() {
    stands(Database::Postgres).await;
}
