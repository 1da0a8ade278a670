//! Pushing: answers, order, holding, sealing, and ops that the database refuses.

use bianfang_domain::decision::Verdict;
use bianfang_domain::op::{Act, Part, Sealed};
use bianfang_domain::reason::Reason;
use bianfang_protocol::seal;
use bianfang_server::db::audit;
use bianfang_server::write::{WriteError, push};
use rand::SeedableRng;
use rand::rngs::StdRng;
use serde_json::json;
use sqlx::Row;

use crate::bureau::*;
use crate::on_both_databases;

on_both_databases!(
    the_same_op_gets_the_same_answer,
    a_gap_names_the_expected_number,
    foreign_ops_are_not_taken,
    a_visit_to_an_unknown_person_is_held_and_freed_when_they_come,
    a_change_of_an_unknown_person_waits_and_is_applied_when_they_come,
    two_plaques_on_one_wall_are_held_across_pushes,
    an_id_number_is_sealed_masked_and_taken_once,
    a_wrong_or_unopenable_id_number_is_held,
    telephone_numbers_are_split_and_merged_in_full,
    an_op_the_database_refuses_stops_no_other,
    an_amended_fact_keeps_its_first_document,
);

async fn count(bureau: &Bureau, sql: &'static str) -> i64 {
    sqlx::query(sql).fetch_one(bureau.db.pool()).await.unwrap().try_get::<i64, _>(0).unwrap()
}

async fn the_same_op_gets_the_same_answer(bureau: Bureau) {
    for county in 0..2 {
        let mut worker = Phone::worker(county, VILLAGE_A1);
        let ops = vec![worker.record(at(1, 9), "person", id(1), person("张三", VILLAGE_A1))];
        let first = push(bureau.desk(county), &worker.actor, &ops).await.unwrap();
        let more = [ops.clone(), vec![worker.visit(at(1, 10), id(2), &[(id(1), "MET")], "HOME")]].concat();
        let again = push(bureau.desk(county), &worker.actor, &more).await.unwrap();
        assert_eq!(first.answers[0], again.answers[0]);
        assert_eq!(again.answers.len(), 2);
        assert_eq!(first.answers[0].verdict, Verdict::Accepted);
        assert!(again.answers[1].revision > first.answers[0].revision);
        let third = push(bureau.desk(county), &worker.actor, &more).await.unwrap();
        assert_eq!(third.answers, again.answers);
        assert_eq!(first.epoch, format!("epoch-{}", COUNTIES[county]));
        assert!(audit::verify(bureau.db.pool(), COUNTIES[county]).await.unwrap() >= 3);
    }
    assert_eq!(count(&bureau, "select count(*) from record where kind = 'contact'").await, 2);
    assert_eq!(count(&bureau, "select count(*) from op where kind = 'contact' and body is null").await, 2);
}

async fn a_gap_names_the_expected_number(bureau: Bureau) {
    let mut worker = Phone::worker(0, VILLAGE_A1);
    let _lost = worker.record(at(1, 9), "person", id(1), person("张三", VILLAGE_A1));
    let second = worker.record(at(1, 9), "person", id(2), person("李四", VILLAGE_A1));
    let refused = push(bureau.desk(0), &worker.actor, &[second]).await;
    assert!(matches!(refused, Err(WriteError::Gap { expected: 1 })), "{refused:?}");
    assert_eq!(count(&bureau, "select count(*) from record where kind = 'person'").await, 0);
}

async fn foreign_ops_are_not_taken(bureau: Bureau) {
    let mut worker = Phone::worker(0, VILLAGE_A1);
    let op = worker.record(at(1, 9), "person", id(1), person("张三", VILLAGE_A1));
    let refused = push(bureau.desk(0), &Phone::worker(0, VILLAGE_A2).actor, &[op]).await;
    assert!(matches!(refused, Err(WriteError::ForeignInstallation)));
}

async fn a_visit_to_an_unknown_person_is_held_and_freed_when_they_come(bureau: Bureau) {
    let mut worker = Phone::worker(0, VILLAGE_A1);
    let held = bureau.push(&mut worker, |p| vec![p.visit(at(1, 9), id(2), &[(id(1), "MET")], "HOME")]).await;
    assert_eq!((held[0].verdict, held[0].reason), (Verdict::Held, Some(Reason::TargetUnknown)));
    let waits = "select count(*) from record where state = 'HELD'";
    assert_eq!(count(&bureau, waits).await, 1);
    // The other county's person of the same id is nobody here.
    bureau.push(&mut Phone::clerk(1), |p| vec![p.record(at(1, 9), "person", id(1), person("别县", VILLAGE_A1))]).await;
    assert_eq!(count(&bureau, waits).await, 1);
    bureau.push(&mut Phone::clerk(0), |p| vec![p.record(at(1, 10), "person", id(1), person("张三", VILLAGE_A1))]).await;
    assert_eq!(count(&bureau, waits).await, 0);
    assert_eq!(count(&bureau, "select cast(sum(counts) as bigint) from contact_entry").await, 1);
}

async fn a_change_of_an_unknown_person_waits_and_is_applied_when_they_come(bureau: Bureau) {
    let mut worker = Phone::worker(0, VILLAGE_A1);
    let answers = bureau
        .push(&mut worker, |p| {
            vec![p.change(at(1, 9), "person", id(1), json!({ "phones": { "$add": ["13800001111"] } }))]
        })
        .await;
    assert_eq!(answers[0].verdict, Verdict::Held);
    assert_eq!(count(&bureau, "select count(*) from op where waiting = 1").await, 1);
    bureau.push(&mut Phone::clerk(0), |p| vec![p.record(at(1, 10), "person", id(1), person("张三", VILLAGE_A1))]).await;
    assert_eq!(count(&bureau, "select count(*) from op where waiting = 1").await, 0);
    let seen = bureau.see(0, id(1)).await.unwrap();
    assert_eq!(seen.doc["phones"], json!(["13800001111"]));
}

async fn two_plaques_on_one_wall_are_held_across_pushes(bureau: Bureau) {
    for county in 0..2 {
        let house = json!({ "head_name": "张", "division": id(VILLAGE_A1) });
        bureau.push(&mut Phone::clerk(county), |p| vec![p.record(at(1, 8), "household", id(10), house)]).await;
        let late =
            bureau.push(&mut Phone::worker(county, VILLAGE_A1), |p| vec![p.hang(at(1, 15), id(11), id(10))]).await;
        assert_eq!(late[0].verdict, Verdict::Accepted);
        // Hung earlier, arrived later: the place is its own, the other is held.
        let early = bureau.push(&mut Phone::reviewer(county), |p| vec![p.hang(at(1, 9), id(12), id(10))]).await;
        assert_eq!(early[0].verdict, Verdict::Accepted);
        let held = bureau.see(county, id(11)).await.unwrap();
        assert_eq!(held.meta.held, vec![(Part::Whole, Reason::AlreadyHung)]);
    }
    let on_wall =
        sqlx::query("select hung_by from plaque where on_wall = 1").fetch_all(bureau.db.pool()).await.unwrap();
    assert_eq!(on_wall.len(), 2);
    assert!(on_wall.iter().all(|row| row.get::<String, _>("hung_by") == id(12).to_string()));
    assert_eq!(count(&bureau, "select count(*) from case_item").await, 2);
}

const NUMBER: &str = "11010519491231002X";

fn sealed(bureau: &Bureau, county: usize, target: bianfang_domain::id::RecordId, value: &str) -> Sealed {
    let public = bureau.keys[county].seal_public;
    let text = seal::to_county(&public, target, "id_number", value, &mut StdRng::seed_from_u64(county as u64)).unwrap();
    Sealed::from([("id_number".to_owned(), text)])
}

async fn an_id_number_is_sealed_masked_and_taken_once(bureau: Bureau) {
    for county in 0..2 {
        let mut clerk = Phone::clerk(county);
        for (target, expected) in [(id(1), Verdict::Accepted), (id(2), Verdict::Held)] {
            let parts = sealed(&bureau, county, target, NUMBER);
            let mut doc = person("张三", VILLAGE_A1);
            doc["mark"] = json!(COUNTIES[county]);
            if county == 1 {
                // As a phone sends it: what it shows itself beside the seal.
                doc["id_number"] = json!("1101************2X");
            }
            let answers = bureau
                .push(&mut clerk, |p| {
                    vec![p.op(at(1, 9), "person", target, Act::Record { fields: fields(doc), sealed: parts })]
                })
                .await;
            assert_eq!(answers[0].verdict, expected);
        }
        let first = bureau.see(county, id(1)).await.unwrap();
        assert_eq!(first.doc["id_number"], json!("1101************2X"));
        assert!(first.sealed.is_empty() && first.meta.fingerprints.is_empty());
    }
    // The whole number is nowhere in the clear, in no table.
    for table in [
        "select doc || coalesce(sealed, '') || meta as t from record",
        "select coalesce(body, '') || coalesce(sealed, '') || answer as t from op",
    ] {
        for row in sqlx::query(table).fetch_all(bureau.db.pool()).await.unwrap() {
            assert!(!row.get::<String, _>("t").contains("19491231"));
        }
    }
    let stored = sqlx::query("select sealed from record where id = $1 and county = $2")
        .bind(id(1).to_string())
        .bind(COUNTIES[0])
        .fetch_one(bureau.db.pool())
        .await
        .unwrap();
    let sealed: Sealed = serde_json::from_str(&stored.get::<String, _>("sealed")).unwrap();
    let key = bureau.keys[0].rest[&1];
    assert_eq!(seal::open(&key, id(1), "id_number", &sealed["id_number"]).unwrap(), NUMBER);
}

async fn a_wrong_or_unopenable_id_number_is_held(bureau: Bureau) {
    let mut clerk = Phone::clerk(0);
    let wrong = sealed(&bureau, 0, id(1), "110105194912310020");
    let moved = sealed(&bureau, 0, id(9), NUMBER);
    for (target, parts, reason) in [(id(1), wrong, Reason::IdNumberInvalid), (id(2), moved, Reason::SealBroken)] {
        let doc = fields(person("张三", VILLAGE_A1));
        let answers = bureau
            .push(&mut clerk, |p| vec![p.op(at(1, 9), "person", target, Act::Record { fields: doc, sealed: parts })])
            .await;
        assert_eq!((answers[0].verdict, answers[0].reason), (Verdict::Held, Some(reason)));
        let seen = bureau.see(0, target).await.unwrap();
        assert!(!seen.doc.contains_key("id_number"));
        assert_eq!(seen.doc["name"], json!("张三"));
    }
}

async fn telephone_numbers_are_split_and_merged_in_full(bureau: Bureau) {
    let mut worker = Phone::worker(0, VILLAGE_A1);
    let mut doc = person("张三", VILLAGE_A1);
    doc["phones"] = json!(["13800001111"]);
    bureau.push(&mut worker, |p| vec![p.record(at(1, 9), "person", id(1), doc)]).await;
    let mut other = Phone::reviewer(0);
    for change in [json!({ "$add": ["13900002222"] }), json!({ "$remove": ["138****1111"], "$add": ["13700003333"] })] {
        let answers =
            bureau.push(&mut other, |p| vec![p.change(at(1, 10), "person", id(1), json!({ "phones": change }))]).await;
        assert!(matches!(answers[0].verdict, Verdict::Accepted | Verdict::Merged), "{answers:?}");
    }
    let seen = bureau.see(0, id(1)).await.unwrap();
    assert_eq!(seen.doc["phones"], json!(["13700003333", "13900002222"]));
    let open = sqlx::query("select doc from record where id = $1")
        .bind(id(1).to_string())
        .fetch_one(bureau.db.pool())
        .await
        .unwrap();
    let open: String = open.get("doc");
    assert!(open.contains("139****2222") && !open.contains("13900002222"), "{open}");
    for row in sqlx::query("select coalesce(body, '') as t from op").fetch_all(bureau.db.pool()).await.unwrap() {
        assert!(!row.get::<String, _>("t").contains("13900002222"));
    }
}

async fn an_op_the_database_refuses_stops_no_other(bureau: Bureau) {
    // Stands for any fault between a good decision and the tables.
    sqlx::raw_sql("create unique index poison on person (county) where name = '毒'")
        .execute(bureau.db.pool())
        .await
        .unwrap();
    sqlx::raw_sql("insert into person (county, owner, name) values ('150426', 'x', '毒')")
        .execute(bureau.db.pool())
        .await
        .unwrap();
    let mut worker = Phone::worker(0, VILLAGE_A1);
    let answers = bureau
        .push(&mut worker, |p| {
            ["甲", "毒", "乙"]
                .iter()
                .zip(1..)
                .map(|(name, n)| p.record(at(1, 9), "person", id(n), person(name, VILLAGE_A1)))
                .collect()
        })
        .await;
    let verdicts: Vec<_> = answers.iter().map(|answer| answer.verdict).collect();
    assert_eq!(verdicts, [Verdict::Accepted, Verdict::Refused, Verdict::Accepted]);
    assert_eq!(answers[1].reason, Some(Reason::Malformed));
    assert!(bureau.see(0, id(2)).await.is_none());
    assert_eq!(bureau.see(0, id(3)).await.unwrap().doc["name"], json!("乙"));
    assert_eq!(count(&bureau, "select count(*) from op where feed = 0").await, 1);
    let next = bureau.push(&mut worker, |p| vec![p.record(at(1, 9), "person", id(4), person("丙", VILLAGE_A1))]).await;
    assert_eq!(next[0].verdict, Verdict::Accepted);
}

async fn an_amended_fact_keeps_its_first_document(bureau: Bureau) {
    let mut worker = Phone::worker(0, VILLAGE_A1);
    bureau
        .push(&mut worker, |p| {
            vec![
                p.record(at(1, 8), "person", id(1), person("张三", VILLAGE_A1)),
                p.visit(at(1, 9), id(2), &[(id(1), "MET")], "HOME"),
                p.op(
                    at(1, 10),
                    "contact",
                    id(2),
                    Act::Amend {
                        set: fields(json!({ "method": "PHONE" })),
                        sealed: Default::default(),
                        reason: "误".into(),
                    },
                ),
            ]
        })
        .await;
    let row = sqlx::query("select doc, current from record where id = $1")
        .bind(id(2).to_string())
        .fetch_one(bureau.db.pool())
        .await
        .unwrap();
    assert!(row.get::<String, _>("doc").contains("HOME"));
    assert!(row.get::<String, _>("current").contains("PHONE"));
    assert_eq!(bureau.see(0, id(2)).await.unwrap().doc["method"], json!("PHONE"));
    let entry = sqlx::query("select method from contact_entry").fetch_all(bureau.db.pool()).await.unwrap();
    assert_eq!(entry.len(), 1);
    assert_eq!(entry[0].get::<String, _>("method"), "PHONE");
}
