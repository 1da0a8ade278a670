//! What is written by the forms of a phone, and by an import, stands in the ledgers under the bureau's own columns: each field
//! spelled as `core/client` and `server/src/import` spell it.

use bianfang_sheets::Ledger;
use serde_json::json;

use super::{PHONE, full, records};
use crate::bureau::*;
use crate::imports::{importer, number, outcomes, whole_of};
use crate::on_both_databases;

on_both_databases!(
    what_a_phones_forms_write_stands_under_the_bureaus_columns,
    what_an_import_brought_stands_under_the_columns_it_came_from,
);

/// The fields of `PersonDraft`, as a form fills them.
fn drafted() -> serde_json::Value {
    json!({
        "name": "张三", "sex": "FEMALE", "birth": "1960-01-01", "id_number": number(0),
        "phones": [{ "number": PHONE, "owner": "儿子" }], "ethnicity": "蒙古族", "politics": "党员",
        "employment_state": "务农", "placement_kind": "复员", "enlisted": "1979-12", "discharged": "1983-01",
        "combat": true, "disability_grade": "六级", "merits": "三等功1次", "health": "一般", "low_income": false,
        "categories": ["DISCHARGED_SOLDIER"], "household": id(50), "relation": "配偶",
        "registered_address": "一组老屋", "address": "一组1号", "registered_division": id(VILLAGE_A1),
        "living_division": id(VILLAGE_A1), "card_state": "HELD", "card_number": "蒙A0001", "note": "家里养牛",
    })
}

async fn what_a_phones_forms_write_stands_under_the_bureaus_columns(bureau: Bureau) {
    let (mut worker, mut clerk) = (Phone::worker(0, VILLAGE_A1), Phone::clerk(0));
    let home = json!({ "head_name": "李四", "division": id(VILLAGE_A1), "address": "一组1号" });
    bureau.push(&mut clerk, |p| vec![p.record(at(1, 8), "household", id(50), home)]).await;
    bureau.push(&mut worker, |p| vec![p.record(at(1, 9), "person", id(1), drafted())]).await;
    clerk.base = bureau.see(0, id(1)).await.unwrap().revision;
    // The township's list of drafts: what it accepts is in the register.
    bureau.push(&mut clerk, |p| vec![p.change(at(1, 10), "person", id(1), json!({ "register": "ACTIVE" }))]).await;
    let (signed, given) = ("ab".repeat(32), "慰问金500元，大米1袋");
    bureau
        .push(&mut worker, |p| {
            let visit = |signed: bool, hour| {
                let signature = if signed { json!("ab".repeat(32)) } else { json!(null) };
                let mut doc = fields(json!({
                    "at": at(5, hour), "started": at(5, hour - 1), "method": "HOME", "work_types": ["ROUND", "HOLIDAY"],
                    "entries": [{ "person": id(1), "result": "MET" }], "household": id(50), "situation": "收入稳定",
                    "companions": "李干事", "thoughts": "平稳", "difficulties": "求医难", "cause": "病", "measures": "陪诊",
                    "answered": "已告知政策", "to_solve": "修路", "signature": signature, "gifts_text": given,
                    "needs_text": "盼通自来水", "visitors": [{ "account": id(9), "name": "王站长" }],
                }));
                if !signed {
                    doc.extend(fields(json!({ "no_signature": "手伤", "to_solve": null })));
                }
                doc.retain(|_, value| !value.is_null());
                serde_json::Value::Object(doc)
            };
            let plaque = json!({ "household": id(50), "event": "NEW", "at": at(6, 9), "position": "INDOOR",
                "hanger": "王站长", "no_signature": "外出", "receiver": "儿子" });
            vec![
                p.record(at(5, 9), "contact", id(70), visit(true, 9)),
                p.record(at(5, 15), "contact", id(71), visit(false, 15)),
                p.record(at(6, 9), "plaque_event", id(80), plaque),
            ]
        })
        .await;
    assert_eq!(signed.len(), 64, "a signature is the name of its picture");

    let clerk = Phone::clerk(0);
    let people = records(&bureau, &clerk, &full("people")).await;
    let expected = [
        ("姓名", "张三"),
        ("性别", "女"),
        ("民族", "蒙古族"),
        ("身份证号码", &number(0)),
        ("出生年月", "1960-01-01"),
        ("政治面貌", "党员"),
        ("户籍地址", "一组老屋"),
        ("现居住地址", "一组1号"),
        ("联系电话", &format!("{PHONE}(儿子)")),
        ("入伍时间", "1979-12"),
        ("退役时间", "1983-01"),
        ("人员类别", "退役士兵"),
        ("安置方式", "复员"),
        ("立功受奖情况", "三等功1次"),
        ("残疾等级", "六级"),
        ("是否参战参试", "是"),
        ("就业情况", "务农"),
        ("健康状况", "一般"),
        ("是否低保", "否"),
        ("优待证号", "蒙A0001"),
        ("是否悬挂光荣牌", "是"),
        ("备注", "家里养牛"),
    ];
    for (header, value) in expected {
        assert_eq!(people[0][header], value, "{header}");
    }
    let visits = records(&bureau, &clerk, &full("visits")).await;
    for (header, first, second) in [
        ("走访方式", "入户", "入户"),
        ("走访人", "王站长", "王站长"),
        ("陪同人员", "李干事", "李干事"),
        ("慰问品名称及数量", given, given),
        ("生产生活情况", "收入稳定", "收入稳定"),
        ("思想动态", "平稳", "平稳"),
        ("反映的困难问题", "求医难", "求医难"),
        ("现场答复", "已告知政策", "已告知政策"),
        ("需解决事项", "修路", "盼通自来水"),
        ("对象签字", "已签字", "未签：手伤"),
        ("走访结果", "见到本人", "见到本人"),
        ("工作类型", "遍访、节日慰问", "遍访、节日慰问"),
    ] {
        assert_eq!((visits[0][header].as_str(), visits[1][header].as_str()), (first, second), "{header}");
    }
    let plaques = records(&bureau, &clerk, &full("plaques")).await;
    for (header, value) in [
        ("户主姓名", "李四"),
        ("对象姓名", "张三"),
        ("与户主关系", "配偶"),
        ("悬挂位置(大门/室内)", "室内"),
        ("悬挂人", "王站长"),
        ("家庭成员签字", "未签：外出"),
    ] {
        assert_eq!(plaques[0][header], value, "{header}");
    }
}

async fn what_an_import_brought_stands_under_the_columns_it_came_from(bureau: Bureau) {
    let importer = importer(&bureau, 0).await;
    let people = [
        ("姓名", "张三"),
        ("身份证号码", &number(0)),
        ("现居住地址", "一组1号"),
        ("乡镇(街道)", "a0"),
        ("村(社区)", "a1"),
        ("联系电话", PHONE),
        ("人员类别", "退役士兵"),
        ("安置方式", "复员"),
        ("残疾等级", "六级"),
        ("就业情况", "务农"),
        ("优待证号", "蒙A0001"),
        ("联系人", "王站长"),
        ("备注", "家里养牛"),
    ];
    let visits = [
        ("走访时间", "2026-05-20"),
        ("乡镇", "a0"),
        ("村", "a1"),
        ("对象姓名", "张三"),
        ("电话", PHONE),
        ("走访方式", "入户"),
        ("走访人", "王站长"),
        ("慰问金(元)", "500"),
        ("慰问品名称及数量", "大米1袋"),
        ("慰问品价值(元)", "80"),
        ("现场答复", "已告知政策"),
        ("需解决事项", "修路"),
        ("办理结果", "已办结"),
        ("对象签字", "张三"),
        ("备注", "雨天"),
    ];
    let clerk = Phone::clerk(0);
    for (ledger, told) in [(Ledger::People, &people[..]), (Ledger::Visits, &visits)] {
        let line = |of: fn(&(&str, &str)) -> String| told.iter().map(of).collect::<Vec<_>>().join(",");
        let sheet = format!("{}\n{}\n", line(|cell| cell.0.to_owned()), line(|cell| cell.1.to_owned()));
        let (_, rows) = whole_of(&importer, ledger, &sheet).await;
        assert_eq!(outcomes(&rows), ["new"], "{:?}", rows[0].verdict.notes);
        let out = records(&bureau, &clerk, &full(ledger.word())).await;
        for (header, value) in told {
            let value = match (*header, *value) {
                ("走访时间", day) => day.to_owned(),
                ("对象签字", _) => "已签字".to_owned(),
                (_, value) => value.to_owned(),
            };
            assert_eq!(out[0][*header], value, "{header}");
        }
    }
}
