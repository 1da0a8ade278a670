//! A ledger taken out in full and brought in again changes nothing, whatever the register holds and whichever form it has.

use bianfang_domain::actor::Role;
use bianfang_domain::category::Scheme;
use bianfang_domain::codes::Codes;
use bianfang_domain::op::Act;
use bianfang_server::export::{Ask, Format};
use bianfang_server::import::assumed;
use bianfang_server::import::{Importer, PlanState, WhichRows, feed, items};
use bianfang_sheets::{Ledger, read_upload};
use serde_json::json;

use super::{full, try_bytes};
use crate::bureau::*;
use crate::imports::{importer, number, outcomes, whole_of};
use crate::on_both_databases;

on_both_databases!(every_ledger_in_full_reads_back_as_what_is_there,);

/// Every column of the roster, and what the register keeps otherwise than a sheet writes it.
async fn people(bureau: &Bureau) {
    let every: Vec<&str> =
        [Scheme::Collect12, Scheme::Pref].iter().flat_map(|scheme| scheme.items()).map(|item| item.code).collect();
    bureau
        .push(&mut Phone::clerk(0), |p| {
            let home = json!({ "head_name": "张三", "division": id(VILLAGE_A1), "address": "一组1号",
                "registered_address": "一组老屋" });
            let mut zhang = person("张三", VILLAGE_A1);
            for (field, value) in [
                ("household", json!(id(50))),
                ("sex", json!("FEMALE")),
                ("ethnicity", json!("蒙古族")),
                ("id_number", json!(number(0))),
                ("birth", json!("1960-01-01")),
                ("politics", json!("党员")),
                ("phones", json!(["13800000001", { "number": "0476-6330000", "owner": "儿子" }])),
                ("enlisted", json!("1979-12")),
                ("discharged", json!("1983-01-05")),
                ("categories", json!(every)),
                ("placement_kind", json!("复员")),
                ("merits", json!("三等功1次")),
                ("disability_grade", json!("六级")),
                ("combat", json!(true)),
                ("employment_state", json!("务农")),
                ("health", json!("一般")),
                ("low_income", json!(false)),
                ("card_number", json!("蒙A0001")),
                ("contact_staff", json!([{ "name": "王站长", "cadre": true }, { "name": "李干事" }])),
                ("note", json!("-见附页，战友已故")),
                ("extra", json!({ "开户行": "=农行", "备用": "'甲" })),
            ] {
                zhang[field] = value;
            }
            // Nobody's number was written down yet, and a remark that a reader doubts.
            let mut li = person("李四", VILLAGE_A1);
            li["birth"] = json!("1950");
            li["phones"] = json!(["13800000009"]);
            li["note"] = json!("听说已去世，待核");
            // Two of one name in one village, neither with a number.
            let twins = [(3, "1961-02"), (4, "1962-03-04")].map(|(at, birth)| {
                let mut doc = person("赵六", VILLAGE_A2);
                doc["birth"] = json!(birth);
                (at, doc)
            });
            let mut ops = vec![
                p.record(at(1, 8), "household", id(50), home),
                p.record(at(1, 9), "person", id(1), zhang),
                p.record(at(1, 9), "person", id(2), li),
            ];
            for (number, doc) in twins {
                ops.push(p.record(at(1, 9), "person", id(number), doc));
            }
            ops
        })
        .await;
}

async fn facts(bureau: &Bureau) {
    let mut worker = Phone::new(0, 0x53, Role::SectionClerk, COUNTY);
    bureau
        .push(&mut worker, |p| {
            let hung = p.hang(at(5, 9), id(80), id(50));
            let replaced = json!({ "household": id(50), "event": "REPLACE", "at": at(9, 9), "position": "INDOOR",
                "hanger": "李", "no_signature": "外出", "old_returned": true });
            let mut visit = p.visit(at(5, 10), id(70), &[(id(1), "MET"), (id(3), "NOT_HOME"), (id(4), "AWAY")], "HOME");
            if let Act::Record { fields: doc, .. } = &mut visit.act {
                doc.extend(fields(
                    json!({ "situation": "务农", "thoughts": "平稳", "work_types": ["ROUND", "HOLIDAY"],
                    "visitors": [{ "name": "王站长" }, { "name": "李干事" }], "note": "家里养牛" }),
                ));
            }
            // Twice on one day, at two hours, is two visits.
            let again = p.visit(at(5, 15), id(71), &[(id(1), "MET_FAMILY")], "PHONE");
            vec![hung, p.record(at(9, 9), "plaque_event", id(82), replaced), visit, again]
        })
        .await;
}

async fn back(importer: &Importer<'_>, ledger: Ledger, bytes: &[u8], name: &str) -> Vec<&'static str> {
    let upload = read_upload(ledger, (name, bytes), (None, &Codes::default(), day(60))).unwrap();
    let plan = importer.dry_run(ledger, (upload, assumed::usual(ledger)), |_, _| ()).await.unwrap();
    let plan = importer.apply(plan.id, |_, _| ()).await.unwrap();
    assert_eq!(plan.state, PlanState::Applied);
    let conn = &mut *importer.desk.db.pool().acquire().await.unwrap();
    let rows = items(importer.desk, conn, &plan, (WhichRows::All, 0, 1_000)).await.unwrap();
    for row in rows.iter().filter(|row| row.verdict.outcome.word() != "unchanged") {
        eprintln!("{name} row {}: {:?}", row.line.row, row.verdict.notes);
    }
    outcomes(&rows)
}

async fn every_ledger_in_full_reads_back_as_what_is_there(bureau: Bureau) {
    let importer = importer(&bureau, 0).await;
    people(&bureau).await;
    facts(&bureau).await;
    let letters = "收到时间,军人姓名,奖励类别,批准时间,通知书编号,家属姓名,关系,乡镇,村,地址,电话,送达时间,送达人,慰问品价值,奖励金,签收,回执,备注\n\
        2026-03-01,王小军,三等功,2025-12-30,第7号,张三,母亲,a0,a1,一组1号,13800000005,2026-03-08,李局长、周部长,300,2000,张三,已寄回,甲\n\
        2026-03-01,赵小军,嘉奖,2025-12-30,,,,a0,a2,,,,,100,50.5,,,\n2026-03-01,赵小军,二等功,,,,,a0,a2,,,2026-03-09,李局长,,,未签：老人不识字,,\n";
    let made = whole_of(&importer, Ledger::Letters, letters).await.1;
    assert_eq!(outcomes(&made), ["new", "new", "new"]);
    let visits = "走访时间,乡镇,村,对象姓名,走访方式,走访人,慰问金（元）,慰问品名称及数量,办理结果,走访结果,电话\n2026-05-20,a0,a1,李四,入户,王站长,500,大米1袋,已办结,见到家属,13800000009\n";
    let made = whole_of(&importer, Ledger::Visits, visits).await.1;
    assert_eq!(outcomes(&made), ["new"]);

    let before = feed(&mut importer.desk.db.pool().acquire().await.unwrap(), importer.desk.county).await.unwrap();
    let clerk = Phone::clerk(0);
    for (ledger, rows) in [(Ledger::People, 4), (Ledger::Plaques, 2), (Ledger::Visits, 5), (Ledger::Letters, 3)] {
        for (format, name) in [(Format::Xlsx, "a.xlsx"), (Format::Csv, "a.csv")] {
            let bytes = try_bytes(&bureau, &clerk, &Ask { format, ..full(ledger.word()) }).await.unwrap();
            let read = back(&importer, ledger, &bytes, name).await;
            assert_eq!(read, vec!["unchanged"; rows], "{ledger:?} {name}");
        }
    }
    let after = feed(&mut importer.desk.db.pool().acquire().await.unwrap(), importer.desk.county).await.unwrap();
    assert_eq!(after, before, "nothing was written");
    // What the sheet said of gifts comes out as it came in.
    let visits = super::records(&bureau, &clerk, &full("visits")).await;
    let gift = visits.iter().find(|row| row["对象姓名"] == "李四").unwrap();
    for (header, value) in
        [("慰问金(元)", "500"), ("慰问品名称及数量", "大米1袋"), ("办理结果", "已办结"), ("走访结果", "见到家属")]
    {
        assert_eq!(gift[header], value, "{header}");
    }
    // A masked one tells nothing that could be brought in.
    let masked = try_bytes(&bureau, &clerk, &super::xlsx("letters")).await.unwrap();
    let masked = super::book(&masked).0;
    assert!(masked.iter().flatten().all(|cell| !cell.contains("13800000005")), "{masked:?}");
}
