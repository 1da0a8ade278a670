//! One person under two records: counted once, with the entries of both; two who merge at once leave one merger standing.

use bianfang_domain::actor::Role;
use bianfang_domain::coverage::Window;
use bianfang_domain::id::RecordId;
use bianfang_domain::op::Act;
use bianfang_domain::reason::Reason;
use bianfang_server::lists::people;
use bianfang_server::report::{self, FigureQuestion};
use serde_json::json;
use sqlx::Row;

use crate::bureau::*;
use crate::on_both_databases;

on_both_databases!(
    a_merged_pair_counts_once_with_the_visits_of_both_and_twice_again_when_undone,
    two_townships_merging_one_duplicate_at_once_leave_one_merger,
    two_desks_giving_one_id_number_at_once_leave_one_holder,
);

async fn figures(bureau: &Bureau) -> (u64, u64) {
    let conn = &mut *bureau.db.pool().acquire().await.unwrap();
    let window = Window { from: day(0), to: day(59) };
    let question = FigureQuestion {
        county: COUNTIES[0],
        division: id(COUNTY),
        window,
        rule: &crate::report::SHIPPED,
        tree_on: None,
        seen: None,
        filter: crate::report::NO_FILTER,
        accepted_upto: window.to,
    };
    let figures = report::coverage(conn, question).await.unwrap();
    (figures.total.denominator, figures.total.reached())
}

async fn due(bureau: &Bureau) -> Vec<RecordId> {
    let conn = &mut *bureau.db.pool().acquire().await.unwrap();
    let rows = report::due::due(conn, COUNTIES[0], [id(VILLAGE_A1)], day(20)).await.unwrap();
    let mut people: Vec<RecordId> = rows.iter().map(|row| row.person).collect();
    people.sort();
    people
}

async fn registered(bureau: &Bureau) -> i64 {
    let conn = &mut *bureau.db.pool().acquire().await.unwrap();
    let counts = people::counts(conn, COUNTIES[0], vec![id(VILLAGE_A1)]).await.unwrap();
    counts.iter().map(|count| count.count).sum()
}

/// The names a ledger prints, row by row.
async fn printed(bureau: &Bureau, ledger: &str) -> Vec<String> {
    let rows = crate::export::rows(bureau, &Phone::clerk(0), &crate::export::xlsx(ledger)).await;
    let is_name = |title: &String| ["姓名", "对象姓名"].contains(&title.as_str());
    let head = rows.iter().position(|row| row.iter().any(is_name)).unwrap();
    let column = rows[head].iter().position(is_name).unwrap();
    rows[head + 1..].iter().map(|row| row[column].clone()).filter(|name| !name.is_empty()).collect()
}

async fn a_merged_pair_counts_once_with_the_visits_of_both_and_twice_again_when_undone(bureau: Bureau) {
    let mut clerk = Phone::clerk(0);
    bureau
        .push(&mut clerk, |p| {
            let mut ops: Vec<_> =
                (1..=3).map(|n| p.record(at(1, 9), "person", id(n), person("张建国", VILLAGE_A1))).collect();
            ops.push(p.visit(at(2, 9), id(60), &[(id(1), "MET")], "HOME"));
            ops
        })
        .await;
    assert_eq!(figures(&bureau).await, (3, 1));
    let same = |p: &mut Phone, number, person, kept| {
        p.record(at(3, 9), "same_as", id(number), json!({ "person": id(person), "kept": id(kept), "at": at(3, 9) }))
    };
    // The one that was visited is the duplicate of a duplicate.
    assert_eq!((due(&bureau).await, registered(&bureau).await), (vec![id(2), id(3)], 3));
    bureau.push(&mut clerk, |p| vec![same(p, 70, 1, 2), same(p, 71, 2, 3)]).await;
    assert_eq!(figures(&bureau).await, (1, 1));
    assert_eq!((due(&bureau).await, registered(&bureau).await), (vec![], 1));
    let set = json!({"name": "张建军"}).as_object().unwrap().clone();
    let named = Act::Change { set, sealed: Default::default(), since: None };
    bureau.push(&mut clerk, |p| vec![p.op(at(3, 10), "person", id(3), named)]).await;
    for ledger in ["people", "visits", "visit_list"] {
        assert_eq!(printed(&bureau, ledger).await, ["张**"], "{ledger}: under the record that counts");
    }
    // A word later on a record that does not count is theirs too.
    bureau.push(&mut clerk, |p| vec![p.visit(at(3, 11), id(61), &[(id(2), "MET"), (id(1), "MET")], "PHONE")]).await;
    assert_eq!(printed(&bureau, "visits").await.len(), 3);
    assert_eq!(figures(&bureau).await, (1, 1));
    let act = Act::Void { reason: "不是同一人".into() };
    bureau.push(&mut clerk, |p| vec![p.op(at(4, 9), "same_as", id(71), act)]).await;
    assert_eq!(figures(&bureau).await, (2, 1));
    assert_eq!((due(&bureau).await, registered(&bureau).await), (vec![id(3)], 2));
    for n in 1..=3 {
        assert!(bureau.see(0, id(n)).await.is_some(), "both records stay");
    }
}

async fn two_townships_merging_one_duplicate_at_once_leave_one_merger(bureau: Bureau) {
    let mut clerk = Phone::clerk(0);
    bureau
        .push(&mut clerk, |p| {
            (1..=3).map(|n| p.record(at(1, 9), "person", id(n), person("张建国", VILLAGE_A1))).collect()
        })
        .await;
    let merge = async |number: u128, kept: u128| {
        let mut town = Phone::new(0, 0x70 + number, Role::TownReviewer, TOWN_A);
        let doc = json!({ "person": id(1), "kept": id(kept), "at": at(3, 9) + number as i64 });
        bureau.push(&mut town, |p| vec![p.record(at(3, 9), "same_as", id(70 + number), doc)]).await
    };
    tokio::join!(merge(1, 2), merge(2, 3));
    let rows = sqlx::query("select kept from same_as where county = $1").bind(COUNTIES[0]);
    let rows = rows.fetch_all(bureau.db.pool()).await.unwrap();
    assert_eq!(rows.iter().map(|row| row.get::<String, _>("kept")).collect::<Vec<_>>(), [id(2).to_string()]);
    let later = bureau.see(0, id(72)).await.unwrap();
    assert_eq!(later.meta.held.iter().map(|(_, reason)| *reason).collect::<Vec<_>>(), [Reason::MergedAlready]);
    // Code may err; the database does not.
    let twice = sqlx::query("insert into same_as (county, owner, person, kept) values ($1, 'x', $2, 'y')");
    assert!(twice.bind(COUNTIES[0]).bind(id(1).to_string()).execute(bureau.db.pool()).await.is_err());
}

/// Invariant 1, with both writers in the database at once.
async fn two_desks_giving_one_id_number_at_once_leave_one_holder(bureau: Bureau) {
    let give = async |number: u128| {
        let mut desk = Phone::new(0, 0x80 + number, Role::SectionClerk, COUNTY);
        let mut doc = person("张建国", VILLAGE_A1);
        doc["id_number"] = json!("990000196001010013");
        bureau.push(&mut desk, |p| vec![p.record(at(1, 9), "person", id(number), doc)]).await
    };
    let (one, other) = tokio::join!(give(1), give(2));
    let held: Vec<_> = one.iter().chain(&other).filter_map(|answer| answer.reason).collect();
    assert_eq!(held, [Reason::IdNumberTaken]);
    let states = sqlx::query("select id_state, register from person where county = $1 order by id_state, register");
    let states = states.bind(COUNTIES[0]).fetch_all(bureau.db.pool()).await.unwrap();
    let read = |row: &sqlx::any::AnyRow| (row.get::<String, _>("id_state"), row.get::<String, _>("register"));
    let expected = [("SUSPECT".into(), "DRAFT".into()), ("VALID".into(), "ACTIVE".into())];
    assert_eq!(states.iter().map(read).collect::<Vec<_>>(), expected);
    let print = sqlx::query("select id_print from person where id_print is not null").fetch_one(bureau.db.pool());
    let print: String = print.await.unwrap().get("id_print");
    let twice = sqlx::query("insert into person (county, owner, id_print, register) values ($1, 'x', $2, 'ACTIVE')");
    assert!(twice.bind(COUNTIES[0]).bind(print).execute(bureau.db.pool()).await.is_err(), "the index guards it too");
}
