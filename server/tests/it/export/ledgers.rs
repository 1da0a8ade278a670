//! What stands in the ledgers of visits and plaques, and in the lists for printing.

use bianfang_domain::actor::Role;
use bianfang_domain::op::Act;
use bianfang_server::ServerError;
use bianfang_server::error::AskError;
use bianfang_server::export::{Ask, Format};
use serde_json::json;

use super::{ask, book, column, full, part, records, rows, settle, try_bytes, xlsx};
use crate::bureau::*;
use crate::on_both_databases;

on_both_databases!(
    visits_are_one_row_a_person_within_the_days_asked_for,
    plaques_are_one_row_each_time_they_went_up,
    printed_lists_begin_each_village_on_a_page_of_its_own,
);

async fn visits_are_one_row_a_person_within_the_days_asked_for(bureau: Bureau) {
    settle(&bureau).await;
    let mut worker = Phone::new(0, 0x77, Role::VillageWorker, TOWN_A);
    bureau
        .push(&mut worker, |p| {
            let early = p.visit(at(2, 9), id(71), &[(id(1), "MET")], "PHONE");
            let mut group = p.visit(at(5, 9), id(70), &[(id(1), "MET"), (id(3), "NOT_HOME")], "HOME");
            if let Act::Record { fields: doc, .. } = &mut group.act {
                doc.extend(fields(
                    json!({ "situation": "务农，收入稳定", "companions": "李干事", "difficulties": "求医难",
                    "thoughts": "平稳", "work_types": ["ROUND", "HOLIDAY"], "extra": { "慰问金（元）": "500" } }),
                ));
            }
            let voided = p.visit(at(6, 9), id(72), &[(id(1), "MET")], "HOME");
            let void = p.op(at(6, 10), "contact", id(72), Act::Void { reason: "错".into() });
            vec![early, group, voided, void]
        })
        .await;
    let clerk = Phone::clerk(0);
    let visits = records(&bureau, &clerk, &xlsx("visits")).await;
    assert_eq!(column(&visits, "对象姓名"), ["张**", "张**", "李**"], "by village and name, then by time");
    assert_eq!(column(&visits, "走访时间"), ["2026-05-06 09:00", "2026-05-09 09:00", "2026-05-09 09:00"]);
    assert_eq!(column(&visits, "走访结果"), ["见到本人", "见到本人", "家中无人"]);
    let one = &visits[1];
    for (header, value) in [
        ("走访方式", "入户"),
        ("陪同人员", "李干事"),
        ("生产生活情况", "务农，收入稳定"),
        ("反映的困难问题", "求医难"),
        ("慰问金(元)", "500"),
        ("工作类型", "遍访、节日慰问"),
        ("思想动态", ""),
        ("电话", "138****8000"),
    ] {
        assert_eq!(one[header], value, "{header}");
    }
    assert_eq!(
        records(&bureau, &clerk, &full("visits")).await[1]["思想动态"],
        "平稳",
        "restricted: with full data alone"
    );
    let window = Ask { from: Some(day(3)), to: Some(day(5)), ..xlsx("visits") };
    assert_eq!(column(&records(&bureau, &clerk, &window).await, "对象姓名"), ["张**", "李**"]);
    assert!(rows(&bureau, &clerk, &window).await[1][0].contains("时段：2026-05-07 至 2026-05-09"));
    for wrong in
        [Ask { from: Some(day(5)), to: Some(day(3)), ..xlsx("visits") }, Ask { from: Some(day(1)), ..xlsx("people") }]
    {
        let refused = try_bytes(&bureau, &clerk, &wrong).await.unwrap_err();
        assert!(matches!(refused, ServerError::Export(AskError::Window)), "{refused}");
    }
}

async fn plaques_are_one_row_each_time_they_went_up(bureau: Bureau) {
    settle(&bureau).await;
    let clerk = Phone::clerk(0);
    bureau
        .push(&mut Phone::new(0, 0x53, Role::SectionClerk, COUNTY), |p| {
            let hung = p.hang(at(5, 9), id(80), id(50));
            let again = p.hang(at(6, 9), id(81), id(50));
            let replace = json!({ "household": id(50), "event": "REPLACE", "at": at(9, 9), "position": "INDOOR",
                "hanger": "李", "no_signature": "外出", "old_returned": true });
            let photo = json!({ "subject": id(80), "photo_kind": "SCENE", "original": "ab12cd34ef56".repeat(6)[..64], "length": 10 });
            vec![hung, again, p.record(at(9, 9), "plaque_event", id(82), replace), p.record(at(9, 9), "photo", id(90), photo)]
        })
        .await;
    let plaques = records(&bureau, &clerk, &xlsx("plaques")).await;
    assert_eq!(column(&plaques, "悬挂类型(新发/更换/补发)"), ["新发", "更换"], "the held second one is not in it");
    assert!(rows(&bureau, &clerk, &xlsx("plaques")).await[1][0].contains("另有 1 条待核，未列入"));
    for (header, first, second) in [
        ("户主姓名", "张**", "张**"),
        ("对象姓名", "张**", "张**"),
        ("与户主关系", "本人", "本人"),
        ("身份证号码", "9900************13", "9900************13"),
        ("家庭住址", "一组1号", "一组1号"),
        ("悬挂位置(大门/室内)", "大门", "室内"),
        ("悬挂时间", "2026-05-09", "2026-05-13"),
        ("家庭成员签字", "已签字", "未签：外出"),
        ("照片编号", "ab12cd34ef56", ""),
    ] {
        assert_eq!((plaques[0][header].as_str(), plaques[1][header].as_str()), (first, second), "{header}");
    }
    let people = records(&bureau, &clerk, &xlsx("people")).await;
    assert_eq!(column(&people, "是否悬挂光荣牌"), ["", "是", "", ""]);
}

async fn printed_lists_begin_each_village_on_a_page_of_its_own(bureau: Bureau) {
    settle(&bureau).await;
    bureau
        .push(&mut Phone::worker(0, VILLAGE_A1), |p| {
            vec![
                p.visit(at(5, 9), id(70), &[(id(1), "MET")], "HOME"),
                p.visit(at(6, 9), id(71), &[(id(1), "NOT_HOME")], "HOME"),
            ]
        })
        .await;
    let clerk = Phone::clerk(0);
    let bytes = try_bytes(&bureau, &clerk, &xlsx("visit_list")).await.unwrap();
    let list = book(&bytes).0;
    let firsts: Vec<&str> = list[3..].iter().map(|row| row[0].as_str()).collect();
    assert_eq!(firsts, ["a0a1", "1", "2", "a0a2", "1", "b0b1", "1"]);
    assert_eq!(list[5][1..7], ["张**", "退役士兵", "一组1号", "138****8000", "2026-05-10 家中无人", ""]);
    let sheet = part(&bytes, "xl/worksheets/sheet1.xml");
    assert!(
        sheet.contains("<rowBreaks count=\"2\" manualBreakCount=\"2\"><brk id=\"6\"")
            && sheet.contains("<brk id=\"8\"")
    );
    assert!(!sheet.contains("fitToPage"), "Excel forgets page breaks when it fits pages");
    let signed = rows(&bureau, &clerk, &xlsx("issue_list")).await;
    assert_eq!(signed[2], ["序号", "姓名", "身份证号码", "品名/金额", "签字", "代领人及关系", "备注"]);
    assert_eq!(signed[5][..4], ["2", "张**", "9900************13", ""]);
    let refused = try_bytes(&bureau, &clerk, &ask("issue_list", Format::Csv)).await.unwrap_err();
    assert!(matches!(refused, ServerError::Export(AskError::Format)), "{refused}");
}
