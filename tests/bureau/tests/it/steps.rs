//! Steps: a scan grows with the table, an index does not, and files are told apart.

use bianfang_bureau::steps;
use sqlx::{Connection, SqliteConnection};

async fn table(file: &std::path::Path, rows: u32) -> SqliteConnection {
    let url = format!("sqlite://{}?mode=rwc", file.display());
    let mut conn = SqliteConnection::connect(&url).await.unwrap();
    sqlx::raw_sql("create table t (a bigint primary key, b bigint)").execute(&mut conn).await.unwrap();
    let fill =
        "insert into t with recursive n(i) as (select 1 union all select i + 1 from n where i < $1) select i, i from n";
    sqlx::query(fill).bind(rows).execute(&mut conn).await.unwrap();
    conn
}

#[tokio::test]
async fn a_scan_grows_with_the_table_and_a_look_up_does_not() {
    steps::watch();
    let dir = tempfile::tempdir().unwrap();
    let (small, large) = (dir.path().join("small"), dir.path().join("large"));
    let (mut few, mut many) = (table(&small, 100).await, table(&large, 1_000).await);
    let _ = (steps::taken(&small), steps::taken(&large));
    let mut scans = Vec::new();
    let mut looks = Vec::new();
    for (conn, file) in [(&mut few, &small), (&mut many, &large)] {
        sqlx::query("select sum(b) from t where b % 7 = 0").fetch_all(&mut *conn).await.unwrap();
        scans.push(steps::taken(file));
        for _ in 0..3 {
            sqlx::query("select b from t where a = 50").fetch_all(&mut *conn).await.unwrap();
        }
        looks.push(steps::taken(file));
    }
    assert!(scans[1].steps > 8 * scans[0].steps, "{scans:?}");
    assert_eq!((scans[0].statements, looks[0].statements), (1, 3));
    assert_eq!(looks[0], looks[1]);
    assert_eq!(steps::taken(&small), steps::Work::default(), "counted once");
}
