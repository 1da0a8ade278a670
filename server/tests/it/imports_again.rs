//! A sheet with mistakes is taken back and comes again corrected: then the register is that of a county that only ever got the
//! corrected one. Both counties of the bureau are imported into, and compared.

use std::collections::{BTreeMap, BTreeSet};

use bianfang_domain::id::RecordId;
use bianfang_domain::record::Record;
use bianfang_server::import::{Importer, PlanError, PlanRow, WhichRows};
use bianfang_sheets::Ledger;
use serde_json::{Value, json};
use sqlx::Row;

use crate::bureau::{Bureau, COUNTIES, Phone, VILLAGE_A1, at, id, person};
use crate::imports::{importer, number, outcomes, rows, target, whole, whole_of};
use crate::on_both_databases;

on_both_databases!(
    a_corrected_roster_after_an_undo_is_the_only_one_there_ever_was,
    corrected_ledgers_after_an_undo_are_the_only_ones_there_ever_were,
    who_came_back_is_not_taken_back_under_a_visit,
);

/// Kinds that sheets bring.
const KINDS: [&str; 6] = ["person", "household", "plaque_event", "contact", "letter", "letter_step"];

async fn records(bureau: &Bureau, county: usize) -> Vec<Record> {
    let rows = sqlx::query("select id, kind from record where county = $1")
        .bind(COUNTIES[county])
        .fetch_all(bureau.db.pool())
        .await
        .unwrap();
    let mut all = Vec::new();
    for row in rows {
        let (id, kind): (String, String) = (row.get(0), row.get(1));
        if KINDS.contains(&kind.as_str()) {
            all.extend(bureau.see(county, id.parse::<RecordId>().unwrap()).await);
        }
    }
    let gone = |record: &Record| {
        record.meta.voided.is_some() || record.value("register") == "REMOVED" || record.value("removed").is_string()
    };
    all.retain(|record| !gone(record));
    all
}

/// What a record is called, for another county has other ids.
fn called(record: &Record) -> String {
    let names = ["name", "head_name", "soldier"].map(|field| record.value(field).as_str().unwrap_or_default());
    format!("{} {}", record.kind, names.concat())
}

fn named(value: &Value, names: &BTreeMap<String, String>) -> Value {
    match value {
        Value::String(text) => json!(names.get(text).unwrap_or(text)),
        Value::Array(list) => list.iter().map(|element| named(element, names)).collect(),
        Value::Object(map) => map.iter().map(|(key, value)| (key.clone(), named(value, names))).collect(),
        other => other.clone(),
    }
}

/// All that is in the register and the ledgers, with the days that the figures read.
async fn register(bureau: &Bureau, county: usize) -> Vec<String> {
    let records = records(bureau, county).await;
    let names: BTreeMap<String, String> =
        records.iter().map(|record| (record.id.to_string(), called(record))).collect();
    let mut told = Vec::new();
    for record in &records {
        let empty = |value: &Value| value.is_null() || value.as_array().is_some_and(Vec::is_empty);
        let doc = record.doc.iter().filter(|(name, value)| *name != "mark" && !empty(value));
        let doc: BTreeMap<&String, Value> = doc.map(|(name, value)| (name, named(value, &names))).collect();
        told.push(format!("{} {doc:?} held {:?} beside {:?}", called(record), record.meta.held, record.meta.beside));
    }
    let spans = "select owner, from_day, to_day, division, counted from person_span where county = $1";
    for row in sqlx::query(spans).bind(COUNTIES[county]).fetch_all(bureau.db.pool()).await.unwrap() {
        let (owner, from, to): (String, i64, i64) = (row.get(0), row.get(1), row.get(2));
        let (division, counted): (Option<String>, i64) = (row.get(3), row.get(4));
        if let Some(name) = names.get(&owner) {
            told.push(format!("span {name} {from} {to} {division:?} {counted}"));
        } else {
            assert_eq!(counted, 0, "who left was never counted, on no day");
        }
    }
    let walls = "select owner, state, on_wall from plaque where county = $1";
    for row in sqlx::query(walls).bind(COUNTIES[county]).fetch_all(bureau.db.pool()).await.unwrap() {
        let (owner, state, on_wall): (String, String, i64) = (row.get(0), row.get(1), row.get(2));
        told.extend(names.get(&owner).map(|name| format!("plaque {name} {state} {on_wall}")));
    }
    told.sort();
    let open = "select cast(count(*) as bigint) from record where county = $1 and (kind = 'case' or state in ('HELD', 'BESIDE'))";
    let open = sqlx::query(open).bind(COUNTIES[county]).fetch_one(bureau.db.pool()).await.unwrap();
    assert_eq!(open.get::<i64, _>(0), 0, "nothing is held, no case is open");
    told
}

const HOME: u128 = 0x750;
const ZHOU: u128 = 0x751;

/// A household and its head that were there before any sheet.
async fn before(bureau: &Bureau, county: usize) {
    let mut clerk = Phone::clerk(county);
    let ops = |clerk: &mut Phone| {
        let home = json!({ "head_name": "周九", "division": id(VILLAGE_A1), "address": "村东3号" });
        let mut zhou = person("周九", VILLAGE_A1);
        zhou["id_number"] = json!(number(3));
        zhou["household"] = json!(id(HOME));
        zhou["note"] = json!("村东");
        vec![clerk.record(at(1, 8), "household", id(HOME), home), clerk.record(at(1, 9), "person", id(ZHOU), zhou)]
    };
    bureau.push(&mut clerk, ops).await;
}

async fn a_worker_writes(bureau: &Bureau, county: usize) {
    let mut worker = Phone::worker(county, VILLAGE_A1);
    worker.base = bureau.see(county, id(ZHOU)).await.unwrap().revision;
    let ops = |w: &mut Phone| vec![w.change(at(60, 0), "person", id(ZHOU), json!({ "note": "有狗" }))];
    bureau.push(&mut worker, ops).await;
}

fn wrong() -> String {
    format!(
        "1,张三,{},村头1号,a0,a1,13800000001,退役士兵,甲\n2,李四,{},村头1号,a0,a1,,残疾军人,\n\
         3,王五,,村西2号,a0,a2,13800000003,退役士兵,\n4,赵六,,a1,a0,a1,,,\n5,周九,{},村东3号,a0,a1,13800000009,,乙\n\
         6,孙八,{},村东3号,a0,a1,,,\n7,钱七,,村西2号,a0,a2,,,\n",
        number(0),
        number(1),
        number(3),
        number(2)
    )
}

/// Another spelling, another village, another telephone number, no remark; one more row; the rest as it was.
fn corrected() -> String {
    format!("{}8,吴十,,村西2号,a0,a2,,,\n", wrong())
        .replace("1,张三,", "1,张叁,")
        .replace("村头1号,a0,a1,13800000001,退役士兵,甲", "村头1号,a0,a2,13800000002,退役士兵,")
        .replace("3,王五,", "3,王伍,")
}

async fn a_corrected_roster_after_an_undo_is_the_only_one_there_ever_was(bureau: Bureau) {
    let (here, there) = (importer(&bureau, 0).await, importer(&bureau, 1).await);
    before(&bureau, 0).await;
    before(&bureau, 1).await;
    let untouched = register(&bureau, 0).await;
    let (plan, seen) = whole(&here, &wrong()).await;
    assert_eq!(outcomes(&seen), ["new", "new", "new", "new", "update", "new", "new"]);
    // A day later: what was taken back was never there, on no day.
    bureau.advance(24 * crate::bureau::HOUR);
    let here = Importer { desk: bureau.desk(0), ..here };
    let there = Importer { desk: bureau.desk(1), ..there };
    here.undo(plan.id, |_, _| ()).await.unwrap();
    assert_eq!(register(&bureau, 0).await, untouched);

    let (_, ours) = whole(&here, &corrected()).await;
    let (_, theirs) = whole(&there, &corrected()).await;
    assert_eq!(outcomes(&ours), outcomes(&theirs), "{:?}", crate::imports::codes(&ours[0]));
    assert_eq!(target(&ours[0]), target(&seen[0]), "the record of the number returns");
    assert_eq!(register(&bureau, 0).await, register(&bureau, 1).await);
    // And once more, now with somebody's word in between, which stays and is named.
    let last = whole(&here, &wrong().replace("13800000009,,乙", "13800000009,,丙")).await;
    let zhou = last.1.iter().find(|row| row.verdict.target == Some(id(ZHOU))).unwrap().n;
    a_worker_writes(&bureau, 0).await;
    a_worker_writes(&bureau, 1).await;
    here.undo(last.0.id, |_, _| ()).await.unwrap();
    let stays = rows(&here, &last.0, WhichRows::Changed).await;
    let named: Vec<(u64, Vec<&str>)> = stays.iter().map(|row| (row.n, stays_of(row))).collect();
    assert_eq!(named, [(zhou, vec!["I7"])]);
    assert_eq!(register(&bureau, 0).await, register(&bureau, 1).await);
}

fn stays_of(row: &PlanRow) -> Vec<&str> {
    row.verdict.notes.iter().filter(|note| note.code == "stays").map(|note| note.at.as_str()).collect()
}

async fn corrected_ledgers_after_an_undo_are_the_only_ones_there_ever_were(bureau: Bureau) {
    let (here, there) = (importer(&bureau, 0).await, importer(&bureau, 1).await);
    for importer in [&here, &there] {
        assert_eq!(outcomes(&whole(importer, &corrected()).await.1), vec!["new"; 8]);
    }
    let plaques = "乡镇,村,对象姓名,身份证号码,悬挂类型,悬挂位置,悬挂时间,悬挂人,家庭成员签字\n";
    let plaques = format!(
        "{plaques}a0,a2,张叁,{},新发,大门,2026-05-10,王站长,张三\na0,a1,李四,{},新发,室内,2026-05-11,王站长,李四\n",
        number(0),
        number(1)
    );
    let visits = "走访时间,乡镇,村,对象姓名,走访方式,走访人,电话\n2026-05-12,a0,a2,张叁,入户,王站长,13800000002\n\
                  2026-05-13,a0,a2,王伍,电话,王站长,13800000003\n";
    let letters = "收到时间,军人姓名,奖励类别,通知书编号,家属姓名,乡镇,村,电话,送达时间,送达人\n\
                   2026-03-01,王小军,三等功,第7号,王伍,a0,a2,13800000003,2026-03-08,李局长\n";
    for (ledger, right, mistake) in [
        (Ledger::Plaques, plaques.as_str(), ("2026-05-10", "2026-05-09")),
        (Ledger::Visits, visits, ("入户", "来站")),
        (Ledger::Letters, letters, ("王小军,三等功,第7号", "王晓军,二等功,第7号")),
    ] {
        let (plan, seen) = whole_of(&here, ledger, &right.replace(mistake.0, mistake.1)).await;
        assert!(outcomes(&seen).iter().all(|outcome| *outcome == "new"), "{:?}", seen[0].verdict.notes);
        here.undo(plan.id, |_, _| ()).await.unwrap();
        assert_eq!(register(&bureau, 0).await, register(&bureau, 1).await, "{ledger:?} is gone");
        let (ours, theirs) = (whole_of(&here, ledger, right).await.1, whole_of(&there, ledger, right).await.1);
        assert_eq!(outcomes(&ours), outcomes(&theirs), "{ledger:?} {:?}", ours[0].verdict.notes);
        assert_eq!(register(&bureau, 0).await, register(&bureau, 1).await, "{ledger:?} is the corrected one");
    }
    let facts: BTreeSet<String> = records(&bureau, 0).await.into_iter().map(|record| record.kind).collect();
    assert_eq!(facts, KINDS.map(str::to_owned).into());
}

async fn who_came_back_is_not_taken_back_under_a_visit(bureau: Bureau) {
    let importer = importer(&bureau, 0).await;
    let (first, seen) = whole(&importer, &wrong()).await;
    importer.undo(first.id, |_, _| ()).await.unwrap();
    let (second, _) = whole(&importer, &wrong()).await;
    let zhang = target(&seen[0]);
    let mut worker = Phone::worker(0, VILLAGE_A1);
    bureau.push(&mut worker, |worker| vec![worker.visit(at(60, 0), id(0x700), &[(zhang, "MET")], "HOME")]).await;
    let Err(PlanError::Dependents(list)) = importer.undo(second.id, |_, _| ()).await else {
        panic!("a visit rests on it")
    };
    assert_eq!((list[0].why.as_str(), list[0].on), ("contact", zhang.0));
    assert_eq!(bureau.see(0, zhang).await.unwrap().value("register"), "ACTIVE");
}
