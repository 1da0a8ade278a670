//! Ledgers of what was done: plaques, visits and letters become facts about who is named, and are taken back.

use bianfang_domain::op::Op;
use bianfang_domain::time::Day;
use bianfang_server::import::{Importer, PlanError, PlanRow};
use bianfang_sheets::Ledger;
use serde_json::{Value, json};
use sqlx::Row;

use crate::bureau::{Bureau, Phone, VILLAGE_A1, VILLAGE_A2, at as at_day, id};
use crate::imports::{importer, number, outcomes, target, two, whole, whole_of};
use crate::on_both_databases;

on_both_databases!(
    plaques_and_visits_become_facts_about_who_is_named,
    a_family_of_which_nobody_is_served_is_named_by_its_head,
    letters_come_with_their_steps_and_the_same_ledger_again_changes_nothing,
    a_letter_without_a_village_lies_where_its_address_says_or_with_the_county,
    a_letter_that_was_delivered_since_is_brought_up_to_date_and_taken_back,
    letters_that_may_be_the_same_are_for_people_to_decide,
);

async fn plaques_and_visits_become_facts_about_who_is_named(bureau: Bureau) {
    let importer = importer(&bureau, 0).await;
    let both = format!("{}3,张建国,,甲,a0,a2,,,\n4,张建国,{},乙,a0,a2,,,\n", two(), number(2));
    let (_, people) = whole(&importer, &both).await;
    assert_eq!(outcomes(&people), ["new", "new", "new", "doubtful"], "{:?}", people[3].verdict.notes);
    let (zhang, household) = {
        let zhang = bureau.see(0, target(&people[0])).await.unwrap();
        (zhang.id, zhang.value("household").clone())
    };
    let plaques = format!(
        "乡镇,村,对象姓名,身份证号码,悬挂类型,悬挂位置,悬挂时间,悬挂人,家庭成员签字\n\
         a0,a1,张三,{0},新发,大门,2026.05.10,王站长,张三\na0,a1,李四,,新发,大门,2026-05-11,王站长,李四\n\
         a0,a2,没有此人,,新发,大门,2026-05-11,王站长,\na0,a1,张三,{0},更换,,2026-06-01,王站长,\n",
        number(0)
    );
    let (plan, rows) = whole_of(&importer, Ledger::Plaques, &plaques).await;
    assert_eq!(outcomes(&rows), ["new", "doubtful", "doubtful", "refused"]);
    let code = |row: usize| rows[row].verdict.notes.iter().map(|note| note.code.as_str()).next_back();
    assert_eq!([code(1), code(2), code(3)], [Some("already_hung"), Some("person_unknown"), Some("ruled")]);
    assert!(rows[1].verdict.notes.iter().any(|note| note.code == "one_namesake"));
    let hung = bureau.see(0, target(&rows[0])).await.unwrap();
    assert_eq!((hung.value("household"), hung.value("event")), (&household, &json!("NEW")));
    assert_eq!(hung.meta.origin.happened.ms, Day::from_ymd(2026, 5, 10).unwrap().start_ms());
    assert!(hung.meta.held.is_empty());
    let (_, again) = whole_of(&importer, Ledger::Plaques, &plaques).await;
    assert_eq!(outcomes(&again), ["unchanged", "doubtful", "doubtful", "refused"]);

    let visits = "走访时间,乡镇,村,对象姓名,走访方式,走访人,慰问金(元),慰问品名称及数量,思想动态,需解决事项,对象签字,电话,家庭住址\n\
         2026-05-12,a0,a1,张三,入户,王站长、李书记,500,大米1袋,稳定,修路,张三,13800000001,\n2026-05-13,a0,a2,张建国,电话,王站长,,,,,,,甲\n,a0,a1,李四,入户,,,,,,,,\n";
    let (visit_plan, rows) = whole_of(&importer, Ledger::Visits, visits).await;
    assert_eq!(outcomes(&rows), ["new", "new", "refused"]);
    let visit = bureau.see(0, target(&rows[0])).await.unwrap();
    assert_eq!(visit.value("entries"), &json!([{ "person": zhang, "result": "MET" }]));
    assert_eq!(visit.value("gifts_text"), "慰问金 500.00元；大米1袋", "kept with the visit");
    assert_eq!((visit.value("needs_text"), visit.value("method")), (&json!("修路"), &json!("HOME")));
    assert_eq!(visit.value("visitors"), &json!([{ "name": "王站长" }, { "name": "李书记" }]));
    // A fact is taken back by voiding it, with the reason; then the plaques can go too.
    assert!(matches!(importer.undo(plan.id, |_, _| ()).await, Err(PlanError::NotLast)));
    importer.undo(visit_plan.id, |_, _| ()).await.unwrap();
    let voided = bureau.see(0, visit.id).await.unwrap().meta.voided.unwrap();
    assert!(voided.contains("a.csv"), "{voided}");
    importer.undo(plan.id, |_, _| ()).await.unwrap();
    assert!(bureau.see(0, hung.id).await.unwrap().meta.voided.is_some());
}

const LETTERS: &str = "收到时间,军人姓名,奖励类别,批准时间,通知书编号,家属姓名,关系,乡镇,村,地址,电话,送达时间,送达人（局、人武部）,慰问品价值,奖励金,签收,回执,备注\n";

fn codes(row: &PlanRow) -> Vec<&str> {
    row.verdict.notes.iter().map(|note| note.code.as_str()).collect()
}

/// State, day of delivery and deliverers' money as the register's list has them.
async fn standing(importer: &Importer<'_>, letter: &PlanRow) -> (String, Option<i64>, Option<i64>) {
    let row = sqlx::query("select state, delivered_on, award_fen from letter where county = $1 and owner = $2")
        .bind(importer.desk.county)
        .bind(target(letter).to_string())
        .fetch_one(importer.desk.db.pool())
        .await
        .unwrap();
    (row.get(0), row.get(1), row.get(2))
}

async fn letters(importer: &Importer<'_>, body: &str) -> Vec<PlanRow> {
    whole_of(importer, Ledger::Letters, &format!("{LETTERS}{body}")).await.1
}

async fn a_family_of_which_nobody_is_served_is_named_by_its_head(bureau: Bureau) {
    let importer = importer(&bureau, 0).await;
    let ops = |clerk: &mut Phone| {
        let homes = [(0x50, "王大", "一组1号"), (0x51, "赵大", "一组2号"), (0x52, "赵大", "一组3号")];
        let mut ops: Vec<Op> = homes
            .into_iter()
            .map(|(at, head, door)| {
                let home = json!({ "head_name": head, "division": id(VILLAGE_A1), "address": door });
                clerk.record(at_day(1, 8), "household", id(at), home)
            })
            .collect();
        let soldier = json!({ "name": "王小军", "basis": "SERVING", "household": id(0x50) });
        ops.push(clerk.record(at_day(1, 9), "basis_person", id(0x60), soldier));
        ops
    };
    bureau.push(&mut Phone::clerk(0), ops).await;
    let sheet = "乡镇,村,户主姓名,对象姓名,家庭住址,悬挂类型,悬挂位置,悬挂时间,悬挂人,家庭成员签字\n\
         a0,a1,王大,,一组1号,新发,大门,2026-05-10,王站长,王大\na0,a1,王大,,,更换,大门,2026-05-20,王站长,王大\n\
         a0,a1,赵大,,,新发,大门,2026-05-10,王站长,赵大\na0,a1,,,一组1号,新发,大门,2026-05-10,王站长,王大\n";
    let (_, rows) = whole_of(&importer, Ledger::Plaques, sheet).await;
    assert_eq!(outcomes(&rows), ["new", "doubtful", "doubtful", "refused"]);
    let says = |row: usize, code: &str| rows[row].verdict.notes.iter().any(|note| note.code == code);
    assert!(says(0, "by_name") && says(1, "one_namesake") && says(2, "person_unknown") && says(3, "name_missing"));
    let hung = bureau.see(0, target(&rows[0])).await.unwrap();
    assert_eq!((hung.value("household"), hung.meta.held.len()), (&json!(id(0x50)), 0));
    let (_, again) = whole_of(&importer, Ledger::Plaques, sheet).await;
    assert_eq!(outcomes(&again), ["unchanged", "doubtful", "doubtful", "refused"]);
}

async fn letters_come_with_their_steps_and_the_same_ledger_again_changes_nothing(bureau: Bureau) {
    let importer = importer(&bureau, 0).await;
    let (_, people) = whole(&importer, &two()).await;
    let home = bureau.see(0, target(&people[0])).await.unwrap().value("household").clone();
    let body = "2026-03-01,王小军,三等功,2025-12-30,2026第7号,张三,父亲,a0,a1,村头1号,13800000005,2026-03-08,李局长、周部长,300,2000,张三,已寄回,\n\
                2026-03-02,孙小军,特等功,,,,,,,,,,,,,,,\n";
    let rows = letters(&importer, body).await;
    assert_eq!(outcomes(&rows), ["new", "refused"], "{:?}", rows[0].verdict.notes);
    let first = bureau.see(0, target(&rows[0])).await.unwrap();
    assert_eq!((first.value("division"), first.value("household")), (&json!(id(VILLAGE_A1)), &home));
    assert_eq!((first.value("phone"), first.value("soldier")), (&json!("13800000005"), &json!("王小军")));
    assert_eq!(first.value("award_fen"), &Value::Null, "money is recorded once: with the delivery");
    let delivered = i64::from(Day::from_ymd(2026, 3, 8).unwrap().0);
    assert_eq!(standing(&importer, &rows[0]).await, ("FED_BACK".into(), Some(delivered), Some(200_000)));
    let held = "select count(*) from op where kind in ('letter', 'letter_step') and decision not like '%\"accepted\"%'";
    assert_eq!(sqlx::query(held).fetch_one(bureau.db.pool()).await.unwrap().get::<i64, _>(0), 0);

    let before = crate::imports::now(&importer).await;
    assert_eq!(outcomes(&letters(&importer, body).await), ["unchanged", "refused"]);
    // Written otherwise, the same letter is found by its number, or by soldier, level and day.
    for other in
        [body.replace("已寄回,", "已寄回了,").replace("2026第7号", "2026 第7号"), body.replace("2026第7号", "")]
    {
        let again = letters(&importer, &other).await;
        assert_eq!(outcomes(&again), ["unchanged", "refused"], "{:?}", again[0].verdict.notes);
    }
    assert_eq!(crate::imports::now(&importer).await, before);
}

async fn a_letter_without_a_village_lies_where_its_address_says_or_with_the_county(bureau: Bureau) {
    let importer = importer(&bureau, 0).await;
    let ledger = "收到时间,军人姓名,奖励类别,通知书编号,家属姓名,地址,送达时间,送达人\n\
         2026-03-02,赵小军,二等功,第8号,赵某,a0镇 a2 村中,,\n2026-03-02,钱小军,嘉奖,,钱某,,2026-03-09,\n";
    let (_, rows) = whole_of(&importer, Ledger::Letters, ledger).await;
    assert_eq!(outcomes(&rows), ["new", "new"]);
    let first = bureau.see(0, target(&rows[0])).await.unwrap();
    assert_eq!(first.value("division"), &json!(id(VILLAGE_A2)), "the address names the village");
    assert_eq!(standing(&importer, &rows[0]).await, ("REGISTERED".into(), None, None));
    assert_eq!(
        codes(&rows[1]),
        ["letter_place", "deliverer_unknown"],
        "nothing is lost for want of a village or a name"
    );
    assert_eq!(standing(&importer, &rows[1]).await.0, "DELIVERED");
}

async fn a_letter_that_was_delivered_since_is_brought_up_to_date_and_taken_back(bureau: Bureau) {
    let importer = importer(&bureau, 0).await;
    let came = "2026-03-01,王小军,三等功,,第7号,张三,父亲,a0,a1,,,,,,2000,,,\n";
    let (plan, rows) = whole_of(&importer, Ledger::Letters, &format!("{LETTERS}{came}")).await;
    assert_eq!(bureau.see(0, target(&rows[0])).await.unwrap().value("award_fen"), 200_000);
    let done = "2026-03-01,王小军,三等功,,第7号,张三,父亲,a0,a1,,,2026-03-08,李局长,,2000,张三,,\n";
    let (later, update) = whole_of(&importer, Ledger::Letters, &format!("{LETTERS}{done}")).await;
    assert_eq!((outcomes(&update), target(&update[0])), (vec!["update"], target(&rows[0])));
    assert_eq!(standing(&importer, &rows[0]).await.0, "DELIVERED");
    // Another day of delivery is no second delivery: people look at it.
    let wrong = letters(&importer, &done.replace("03-08", "03-09")).await;
    assert_eq!((outcomes(&wrong), codes(&wrong[0])), (vec!["doubtful"], vec!["delivered_known"]));

    importer.undo(later.id, |_, _| ()).await.unwrap();
    assert_eq!(standing(&importer, &rows[0]).await.0, "REGISTERED");
    importer.undo(plan.id, |_, _| ()).await.unwrap();
    let letter = bureau.see(0, target(&rows[0])).await.unwrap();
    assert!(letter.value("removed").as_str().is_some_and(|why| why.contains("a.csv")));
    // What was taken back may come again.
    assert_eq!(outcomes(&letters(&importer, came).await), ["new"]);
}

async fn letters_that_may_be_the_same_are_for_people_to_decide(bureau: Bureau) {
    let importer = importer(&bureau, 0).await;
    let body = ",王小军,三等功,,,张三,父亲,a0,a1,,,,,,,,,\n";
    let rows = letters(&importer, body).await;
    assert_eq!(outcomes(&rows), ["new"]);
    let again = letters(&importer, &body.replace("父亲", "爸爸")).await;
    assert_eq!((outcomes(&again), codes(&again[0])), (vec!["doubtful"], vec!["letter_known"]));
    assert_eq!(again[0].verdict.candidates, [target(&rows[0])]);
    let twice = letters(
        &importer,
        "2026-03-01,李小军,嘉奖,,第9号,,,a0,a1,,,,,,,,,\n2026-03-01,李小军,嘉奖,,第 9 号,,,a0,a1,,,,,,,,,见上\n",
    )
    .await;
    assert_eq!(outcomes(&twice), ["new", "doubtful"]);
    // A letter in another township is not this importer's to touch.
    let outside = letters(&importer, "2026-03-01,周小军,嘉奖,,第10号,,,b9,b9,,,,,,,,,\n").await;
    assert_eq!((outcomes(&outside), codes(&outside[0])), (vec!["refused"], vec!["village_unknown"]));
}
