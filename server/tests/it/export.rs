//! Exports on both databases: the bureau's columns, masking, scope, audit, and files that spreadsheets cannot misread.

mod files;
mod forms;
mod http;
mod ledgers;
mod round_trip;

use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::path::Path;

use bianfang_domain::actor::{Actor, Role};
use bianfang_domain::op::Act;
use bianfang_server::ServerError;
use bianfang_server::county::Desk;
use bianfang_server::db::audit;
use bianfang_server::error::AskError;
use bianfang_server::export::{Ask, Exporter, Format, export, ledger};
use calamine::{Data, Reader, Xlsx};
use serde_json::{Value, json};

use crate::bureau::*;
use crate::on_both_databases;

on_both_databases!(
    columns_are_the_bureaus_own_and_rows_stand_by_township_village_and_name,
    numbers_are_masked_wherever_they_stand_until_right_and_reason_are_there,
    nobody_outside_the_exporters_divisions_is_in_any_file,
    a_household_of_ones_own_names_nobody_of_another_township,
    every_export_leaves_one_audit_entry,
);

/// product.md, "Sheets as they come".
const ROSTER: &str = "序号 姓名 性别 民族 身份证号码 出生年月 政治面貌 户籍地址 现居住地址 乡镇(街道) 村(社区) 联系电话 入伍时间 退役时间 \
    人员类别 安置方式 立功受奖情况 残疾等级 是否参战参试 优抚类别 就业情况 健康状况 是否低保 优待证号 是否悬挂光荣牌 联系人 备注";
const PLAQUES: &str = "序号 乡镇 村 户主姓名 对象姓名 与户主关系 身份证号码 对象类别 证件名称及编号 家庭住址 联系电话 悬挂类型(新发/更换/补发) \
    悬挂位置(大门/室内) 悬挂时间 悬挂人 家庭成员签字 照片编号 备注";
const VISITS: &str = "序号 走访时间 乡镇 村 对象姓名 类别 电话 走访方式 走访人 陪同人员 慰问金(元) 慰问品名称及数量 慰问品价值(元) 生产生活情况 \
    思想动态 反映的困难问题 现场答复 需解决事项 办理结果 对象签字 备注";

const LETTERS: &str = "序号 收到时间 军人姓名 奖励类别 批准时间 通知书编号 家属姓名 关系 地址 电话 送达时间 送达人 慰问品价值 奖励金 签收 回执 备注";

const PHONE: &str = "13800008000";
/// Valid in form, of an area that does not exist.
const ID_NUMBERS: [&str; 4] = ["990000196001010013", "99000019600101003X", "990000196001010056", "990000196001010072"];

fn ask(ledger: &str, format: Format) -> Ask {
    Ask {
        ledger: ledger.into(),
        format,
        division: None,
        from: None,
        to: None,
        category: None,
        full: false,
        reason: None,
    }
}

pub fn xlsx(ledger: &str) -> Ask {
    ask(ledger, Format::Xlsx)
}

pub fn full(ledger: &str) -> Ask {
    Ask { full: true, reason: Some("年度核对".into()), ..xlsx(ledger) }
}

fn exporter(actor: &Actor) -> Exporter {
    Exporter { account: actor.account, name: "张导出".into(), role: actor.role, scope: actor.scope.clone() }
}

async fn try_bytes(bureau: &Bureau, phone: &Phone, ask: &Ask) -> Result<Vec<u8>, ServerError> {
    taken(bureau.desk(phone.county), &phone.actor, ask, bureau.dir.path()).await
}

/// The file that somebody takes out of any county.
pub async fn taken(desk: Desk<'_>, actor: &Actor, ask: &Ask, scratch: &Path) -> Result<Vec<u8>, ServerError> {
    let mut exported = export(desk, &exporter(actor), ask, scratch).await?;
    let mut bytes = Vec::new();
    exported.file.read_to_end(&mut bytes).unwrap();
    Ok(bytes)
}

/// All rows of the sheet, as text and as cells.
pub fn book(bytes: &[u8]) -> (Vec<Vec<String>>, Vec<Vec<Data>>) {
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).unwrap();
    let formulas = book.worksheet_formula(&book.sheet_names()[0]).unwrap();
    assert!(formulas.used_cells().next().is_none(), "no cell is a formula");
    let range = book.worksheet_range_at(0).unwrap().unwrap();
    let cells: Vec<Vec<Data>> = range.rows().map(<[Data]>::to_vec).collect();
    (cells.iter().map(|row| row.iter().map(ToString::to_string).collect()).collect(), cells)
}

pub async fn rows(bureau: &Bureau, phone: &Phone, ask: &Ask) -> Vec<Vec<String>> {
    book(&try_bytes(bureau, phone, ask).await.unwrap()).0
}

/// Rows below the header, by its names.
pub async fn records(bureau: &Bureau, phone: &Phone, ask: &Ask) -> Vec<BTreeMap<String, String>> {
    let rows = rows(bureau, phone, ask).await;
    rows[3..].iter().map(|row| rows[2].iter().cloned().zip(row.iter().cloned()).collect()).collect()
}

/// One part of the workbook's package.
fn part(bytes: &[u8], name: &str) -> String {
    let mut text = String::new();
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

/// In each county, under the same ids but other names: two people in A1, one in A2, one in B1; one dead, one not yet accepted.
async fn settle(bureau: &Bureau) {
    for (county, given) in ["建国", "援朝"].into_iter().enumerate() {
        bureau
            .push(&mut Phone::clerk(county), |p| {
                let mut ops = Vec::new();
                let home =
                    json!({ "head_name": format!("张{given}"), "division": id(VILLAGE_A1), "address": "一组1号" });
                ops.push(p.record(at(1, 8), "household", id(50), home));
                let people =
                    [(1, "张", VILLAGE_A1), (2, "阿", VILLAGE_A1), (3, "李", VILLAGE_A2), (4, "王", VILLAGE_B1)];
                for (number, name, village) in people {
                    let mut doc = person(&format!("{name}{given}"), village);
                    doc["phones"] = json!([PHONE]);
                    doc["id_number"] = json!(ID_NUMBERS[number as usize - 1]);
                    doc["categories"] = json!(["DISCHARGED_SOLDIER", "51"]);
                    doc["sex"] = json!("MALE");
                    doc["enlisted"] = json!("1979-12");
                    doc["discharged"] = json!("1983-01");
                    doc["employment_state"] = json!("务农");
                    if number == 1 {
                        doc["household"] = json!(id(50));
                        doc["extra"] = json!({ "民族": "汉族", "开户行": "信用社", "备注": format!("子电话{PHONE}") });
                    }
                    ops.push(p.record(at(1, 9), "person", id(number), doc));
                }
                let mut dead = person("已故", VILLAGE_A1);
                dead["life"] = json!("DECEASED");
                let mut draft = person("待建档", VILLAGE_A1);
                draft["register"] = json!("DRAFT");
                ops.push(p.record(at(1, 9), "person", id(5), dead));
                ops.push(p.record(at(1, 9), "person", id(6), draft));
                ops
            })
            .await;
    }
}

fn column(records: &[BTreeMap<String, String>], header: &str) -> Vec<String> {
    records.iter().map(|record| record[header].clone()).collect()
}

async fn columns_are_the_bureaus_own_and_rows_stand_by_township_village_and_name(bureau: Bureau) {
    settle(&bureau).await;
    let clerk = Phone::clerk(0);
    for (ledger, headers, own) in [
        ("people", ROSTER, &["开户行"][..]),
        ("plaques", PLAQUES, &[]),
        ("visits", VISITS, &["走访结果", "工作类型"]),
        ("letters", LETTERS, &["乡镇", "村"]),
    ] {
        let header: Vec<&str> = headers.split_whitespace().chain(own.iter().copied()).collect();
        assert_eq!(rows(&bureau, &clerk, &xlsx(ledger)).await[2], header, "{ledger}");
    }
    let bytes = try_bytes(&bureau, &clerk, &xlsx("people")).await.unwrap();
    let (rows, cells) = book(&bytes);
    assert_eq!(rows[0][0], "退役军人花名册");
    let about = &rows[1][0];
    for said in ["导出人：张导出（局业务科室）", "导出时间：2026-07-03 00:00", "范围：c0", "不含去世", "已脱敏"]
    {
        assert!(about.contains(said), "{said} in {about}");
    }
    let people = records(&bureau, &clerk, &xlsx("people")).await;
    assert_eq!(column(&people, "姓名"), ["阿**", "张**", "李**", "王**"], "alive and accepted, in order");
    assert_eq!(column(&people, "村(社区)"), ["a1", "a1", "a2", "b1"]);
    assert_eq!(column(&people, "序号"), ["1", "2", "3", "4"]);
    let one = &people[1];
    for (header, value) in [
        ("性别", "男"),
        ("民族", "汉族"),
        ("现居住地址", "一组1号"),
        ("入伍时间", "1979-12"),
        ("退役时间", "1983-01"),
        ("人员类别", "退役士兵"),
        ("优抚类别", "参战退役人员"),
        ("就业情况", "务农"),
        ("开户行", "信用社"),
    ] {
        assert_eq!(one[header], value, "{header}");
    }
    assert!(matches!(&cells[3][0], Data::Float(_)) && matches!(&cells[3][4], Data::String(_)), "{:?}", cells[3]);
    let sheet = part(&bytes, "xl/worksheets/sheet1.xml");
    for said in [
        "<pane xSplit=\"2\" ySplit=\"3\"",
        "paperSize=\"9\"",
        "orientation=\"landscape\"",
        "fitToHeight=\"0\"",
        "第 &amp;P 页",
    ] {
        assert!(sheet.contains(said), "{said} in {}", &sheet[sheet.len() - 1500..]);
    }
    assert!(part(&bytes, "xl/workbook.xml").contains("_xlnm.Print_Titles"), "the header repeats on every page");
    // Viewers of phones show a cell whose text stands in it as blank: texts stand in their own part.
    assert!(!sheet.contains("inlineStr") && part(&bytes, "xl/sharedStrings.xml").contains("身份证号"));
    let soldiers = Ask { category: Some("MARTYR_SURVIVOR".into()), ..xlsx("people") };
    assert_eq!(records(&bureau, &clerk, &soldiers).await.len(), 0);
}

async fn numbers_are_masked_wherever_they_stand_until_right_and_reason_are_there(bureau: Bureau) {
    settle(&bureau).await;
    let clerk = Phone::clerk(0);
    for format in [Format::Xlsx, Format::Csv] {
        let bytes = try_bytes(&bureau, &clerk, &ask("people", format)).await.unwrap();
        let text =
            if format == Format::Csv { String::from_utf8(bytes).unwrap() } else { format!("{:?}", book(&bytes).0) };
        assert!(text.contains("9900************13") && text.contains("138****8000"), "{text}");
        for number in ID_NUMBERS.iter().chain([&PHONE]) {
            assert!(!text.contains(number), "{number} in {text}");
        }
        assert!(text.contains("子电话138****8000"), "remarks too: {text}");
    }
    let people = records(&bureau, &clerk, &full("people")).await;
    assert_eq!((people[1]["身份证号码"].as_str(), people[1]["联系电话"].as_str()), (ID_NUMBERS[0], PHONE));
    assert_eq!(people[1]["姓名"], "张建国");
    assert!(rows(&bureau, &clerk, &full("people")).await[1][0].contains("号码：完整"));
    for phone in [Phone::reviewer(0), Phone::worker(0, VILLAGE_A1), Phone::new(0, 0x52, Role::Leader, COUNTY)] {
        let refused = try_bytes(&bureau, &phone, &full("people")).await.unwrap_err();
        assert!(matches!(refused, ServerError::Export(AskError::FullRight)), "{refused}");
    }
    for reason in [None, Some("  ".to_owned()), Some("长".repeat(201))] {
        let refused = try_bytes(&bureau, &clerk, &Ask { reason, ..full("people") }).await.unwrap_err();
        assert!(matches!(refused, ServerError::Export(AskError::Reason)), "{refused}");
    }
}

async fn nobody_outside_the_exporters_divisions_is_in_any_file(bureau: Bureau) {
    settle(&bureau).await;
    for county in 0..2 {
        bureau
            .push(&mut Phone::new(county, 0x53, Role::SectionClerk, COUNTY), |p| {
                let both = p.visit(at(5, 9), id(70), &[(id(1), "MET"), (id(4), "MET")], "HOME");
                let letter = |soldier: &str, village| {
                    json!({ "soldier": soldier, "level": "THIRD", "source": "TROOPS",
                    "division": id(village), "family_name": soldier })
                };
                let given = ["建国", "援朝"][county];
                let letters = [(90, "张", VILLAGE_A1), (91, "王", VILLAGE_B1)].map(|(at_id, name, village)| {
                    p.record(at(6, 9), "letter", id(at_id), letter(&format!("{name}{given}"), village))
                });
                let needs = [(92, "张", 1), (93, "王", 4)].map(|(at_id, name, person)| {
                    let need = json!({ "person": id(person), "called": format!("{name}{given}"), "need_type": "MEDICAL",
                        "urgency": "BLUE", "asked": "报销", "at": at(6, 9) });
                    p.record(at(6, 9), "need", id(at_id), need)
                });
                let soldiers = [(94, "张", VILLAGE_A1), (95, "王", VILLAGE_B1)].map(|(at_id, name, village)| {
                    let soldier =
                        json!({ "name": format!("{name}{given}"), "basis": "SERVING", "division": id(village) });
                    p.record(at(6, 9), "basis_person", id(at_id), soldier)
                });
                let visit = vec![both, p.hang(at(6, 9), id(80), id(50))];
                [visit, letters.into(), needs.into(), soldiers.into()].concat()
            })
            .await;
    }
    let other = ["张援朝", "李援朝"];
    // A unit is nobody.
    for ledger in ledger::ALL.iter().filter(|ledger| ledger.name() != "units") {
        let all = format!("{:?}", rows(&bureau, &Phone::clerk(0), &full(ledger.name())).await);
        assert!(all.contains("张建国") && !other.iter().any(|name| all.contains(name)), "{all}");
        let town = format!("{:?}", rows(&bureau, &Phone::reviewer(0), &xlsx(ledger.name())).await);
        assert!(
            town.contains("张**") && !town.contains("王**") && !town.contains("建国"),
            "another township's: {town}"
        );
        let village = Ask { division: Some(id(VILLAGE_A2)), ..xlsx(ledger.name()) };
        let village = format!("{:?}", rows(&bureau, &Phone::reviewer(0), &village).await);
        assert!(!village.contains("张**"), "{village}");
        let elsewhere = Ask { division: Some(id(VILLAGE_B1)), ..xlsx(ledger.name()) };
        let refused = try_bytes(&bureau, &Phone::reviewer(0), &elsewhere).await.unwrap_err();
        assert!(matches!(refused, ServerError::Export(AskError::Division)), "{refused}");
    }
}

/// A clerk whose divisions are one township, and a plaque at a household there for a son who lives in another.
async fn a_household_of_ones_own_names_nobody_of_another_township(bureau: Bureau) {
    settle(&bureau).await;
    let mut clerk = Phone::new(0, 0x53, Role::SectionClerk, COUNTY);
    bureau
        .push(&mut clerk, |p| {
            let mut hung = p.hang(at(6, 9), id(80), id(50));
            if let Act::Record { fields: doc, .. } = &mut hung.act {
                doc.insert("person".into(), json!(id(4)));
            }
            vec![p.change(at(2, 9), "person", id(4), json!({ "household": id(50) })), hung]
        })
        .await;
    let whole = records(&bureau, &clerk, &full("plaques")).await;
    assert_eq!((whole[0]["对象姓名"].as_str(), whole[0]["身份证号码"].as_str()), ("王建国", ID_NUMBERS[3]));
    let town = Phone::new(0, 0x54, Role::SectionClerk, TOWN_A);
    let plaques = records(&bureau, &town, &full("plaques")).await;
    let of = |header: &str| plaques[0][header].as_str();
    assert_eq!((of("户主姓名"), of("对象姓名"), of("身份证号码"), of("联系电话")), ("张建国", "", "", ""));
}

async fn every_export_leaves_one_audit_entry(bureau: Bureau) {
    settle(&bureau).await;
    let clerk = Phone::clerk(0);
    let exports = async || {
        let log = audit::list(bureau.db.pool(), COUNTIES[0], i64::MAX, 100).await.unwrap();
        log.into_iter().filter(|entry| entry.act == "EXPORT").collect::<Vec<_>>()
    };
    try_bytes(&bureau, &clerk, &full("people")).await.unwrap();
    let windowed = Ask { from: Some(day(1)), division: Some(id(TOWN_A)), ..ask("visits", Format::Csv) };
    try_bytes(&bureau, &clerk, &windowed).await.unwrap();
    try_bytes(&bureau, &Phone::reviewer(0), &full("people")).await.unwrap_err();
    let log = exports().await;
    assert_eq!(log.len(), 2, "what was refused was not exported");
    assert_eq!(log[0].actor, clerk.actor.account.to_string());
    let detail = |at: usize| serde_json::from_str::<Value>(&log[at].detail).unwrap();
    let expected = json!({ "ledger": "people", "format": "xlsx", "division": null, "from": null, "to": null,
        "category": null, "masked": false, "reason": "年度核对", "rows": 4 });
    assert_eq!(detail(1), expected);
    assert_eq!(
        (&detail(0)["masked"], &detail(0)["from"], &detail(0)["rows"]),
        (&json!(true), &json!("2026-05-05"), &json!(0))
    );
    audit::verify(bureau.db.pool(), COUNTIES[0]).await.unwrap();
}
