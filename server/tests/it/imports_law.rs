//! A law of imports, over generated sheets: applying does what the dry run said, no more and no less, and a second time
//! nothing is left to do but what people must decide.

use bianfang_domain::codes::Codes;
use bianfang_server::import::assumed;
use bianfang_server::import::{Importer, Outcome, Plan, RowChoice, WhichRows, items};
use bianfang_sheets::{Ledger, read_upload};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use sqlx::Row;

use crate::bureau::Bureau;
use crate::imports::{importer, number};

/// Name, id number, address, village, phone: from small pools, so that rows meet.
type Drawn = (u8, Option<u8>, Option<u8>, u8, Option<u8>);

fn sheet(rows: &[Drawn]) -> String {
    let mut text = String::from("姓名,身份证号码,现居住地址,乡镇,村,联系电话\n");
    for (name, id, address, village, phone) in rows {
        let id = id.map(|which| number(usize::from(which))).unwrap_or_default();
        let address = address.map(|at| format!("路{at}号")).unwrap_or_default();
        let phone = phone.map(|n| format!("1380000000{n}")).unwrap_or_default();
        text += &format!("人{name},{id},{address},a0,a{village},{phone}\n");
    }
    text
}

fn rows() -> impl Strategy<Value = Vec<Drawn>> {
    let row =
        (0..3u8, proptest::option::of(0..3u8), proptest::option::of(0..2u8), 1..3u8, proptest::option::of(0..3u8));
    vec(row, 1..7)
}

async fn count(bureau: &Bureau, sql: &'static str) -> i64 {
    sqlx::query(sql).fetch_one(bureau.db.pool()).await.unwrap().get(0)
}

async fn look(importer: &Importer<'_>, text: &str) -> Plan {
    let upload =
        read_upload(Ledger::People, ("a.csv", text.as_bytes()), (None, &Codes::default(), crate::bureau::day(60)))
            .unwrap();
    importer.dry_run(Ledger::People, (upload, assumed::usual(Ledger::People)), |_, _| ()).await.unwrap()
}

async fn holds(bureau: &Bureau, sheets: &[Vec<Drawn>]) {
    let importer = importer(bureau, 0).await;
    for rows in sheets {
        let text = sheet(rows);
        let plan = look(&importer, &text).await;
        let conn = &mut *bureau.db.pool().acquire().await.unwrap();
        let said = plan.counts(conn, importer.desk.county).await.unwrap();
        assert_eq!(said.rows, rows.len() as u64);
        let people = count(bureau, "select count(*) from person").await;
        let ops = count(bureau, "select count(*) from op where kind = 'person'").await;
        importer.apply(plan.id, |_, _| ()).await.unwrap();
        let grown = count(bureau, "select count(*) from person").await - people;
        assert_eq!(grown, said.new as i64, "{text}");
        let written = count(bureau, "select count(*) from op where kind = 'person'").await - ops;
        assert_eq!(written, (said.new + said.update) as i64, "one write a row: {text}");
        assert_eq!(
            count(bureau, "select count(*) from op where decision not like '%\"accepted\"%' and kind = 'person'").await,
            0
        );
        let again = look(&importer, &text).await.counts(conn, importer.desk.county).await.unwrap();
        assert_eq!((again.new, again.update), (0, 0), "the same sheet again: {text}");
        // Whoever takes every doubt gets what each row says, and then too nothing is left.
        let kept = items(importer.desk, conn, &plan, (WhichRows::Of(Outcome::Doubtful), 0, 100)).await.unwrap();
        let take: Vec<(u64, RowChoice)> = kept.iter().map(|row| (row.n, RowChoice::Take)).collect();
        importer.decide(plan.id, &take).await.unwrap();
        // Rows of one number follow each other: each is compared with what the one before it wrote.
        let mut after = said;
        for _ in 0..=rows.len() {
            importer.apply(plan.id, |_, _| ()).await.unwrap();
            after = plan.counts(conn, importer.desk.county).await.unwrap();
            if after.decided == 0 {
                break;
            }
        }
        assert_eq!((after.doubtful, after.decided, after.changed_since), (0, 0, 0), "{text}");
    }
}

#[test]
fn applying_does_what_the_dry_run_said() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let mut runner = TestRunner::new(Config { cases: 16, failure_persistence: None, ..Config::default() });
    let done = runner.run(&vec(rows(), 1..3), |sheets| {
        runtime.block_on(async {
            let bureau = Bureau::sqlite().await;
            holds(&bureau, &sheets).await;
        });
        Ok(())
    });
    done.unwrap();
}
