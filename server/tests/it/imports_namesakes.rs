//! One namesake in the village is a doubt unless something else agrees; and such doubts are settled together.

use axum::http::StatusCode;
use bianfang_domain::codes::Codes;
use bianfang_server::import::assumed;
use bianfang_server::import::{EachChoice, Importer, PlanError, PlanRow, RowChoice, WhichRows};
use bianfang_sheets::{Ledger, read_upload};
use serde_json::{Value, json};

use crate::bureau::{Bureau, VILLAGE_A1, id};
use crate::imports::{importer, number, outcomes, rows, target, two, whole, whole_of};
use crate::imports_http::{call, clerk, settled};
use crate::world::World;
use crate::{on_both, on_both_databases};

on_both_databases!(
    a_name_alone_is_a_doubt_and_something_that_agrees_a_match,
    a_letter_goes_to_a_namesakes_home_only_where_something_agrees,
    doubts_of_one_kind_are_decided_together_and_others_wait,
);
on_both!(rows_of_one_doubt_are_decided_by_one_request,);

const VISITS: &str = "走访时间,乡镇,村,对象姓名,走访方式,走访人,电话,家庭住址\n";
const PLAQUES: &str =
    "乡镇,村,户主姓名,对象姓名,与户主关系,悬挂类型,悬挂位置,悬挂时间,悬挂人,家庭成员签字,联系电话,家庭住址\n";

fn codes(row: &PlanRow) -> Vec<&str> {
    row.verdict.notes.iter().map(|note| note.code.as_str()).collect()
}

/// 张三 with a telephone at 村头1号, 李四 in the same home.
async fn roster(importer: &Importer<'_>) -> Vec<PlanRow> {
    whole(importer, &two()).await.1
}

async fn a_name_alone_is_a_doubt_and_something_that_agrees_a_match(bureau: Bureau) {
    let importer = importer(&bureau, 0).await;
    let people = roster(&importer).await;
    let visits = format!(
        "{VISITS}2026-05-11,a0,a1,张三,入户,王站长,,\n2026-05-12,a0,a1,张三,入户,王站长,13800000001,\n\
         2026-05-13,a0,a1,张三,入户,王站长,13800000002,\n2026-05-14,a0,a1,张三,入户,王站长,,a0a1村头1号\n\
         2026-05-15,a0,a1,张三,入户,王站长,,a1\n2026-05-16,a0,a1,张三,入户,王站长,13800000002,村尾9号\n"
    );
    let (_, seen) = whole_of(&importer, Ledger::Visits, &visits).await;
    assert_eq!(outcomes(&seen), ["doubtful", "new", "doubtful", "new", "doubtful", "doubtful"]);
    assert_eq!((codes(&seen[0]), codes(&seen[1])), (vec!["one_namesake"], vec!["by_name"]));
    assert_eq!(seen[0].verdict.candidates, [target(&people[0])]);
    let note = &seen[0].verdict.notes[0];
    assert!(note.to.as_deref().is_some_and(|shown| shown.contains("张三") && !shown.contains(&number(0))), "{note:?}");
    // The head of the household, where that is somebody else.
    let plaques = format!(
        "{PLAQUES}a0,a1,张三,李四,弟弟,新发,大门,2026-05-10,王站长,李四,,\na0,a1,李四,李四,本人,新发,大门,2026-05-10,王站长,李四,,\n"
    );
    let (_, hung) = whole_of(&importer, Ledger::Plaques, &plaques).await;
    assert_eq!(outcomes(&hung), ["new", "doubtful"]);
    assert_eq!(codes(&hung[1]), ["one_namesake", "already_hung"], "all that is doubtful is decided at once");
}

async fn a_letter_goes_to_a_namesakes_home_only_where_something_agrees(bureau: Bureau) {
    let importer = importer(&bureau, 0).await;
    let people = roster(&importer).await;
    let home = bureau.see(0, target(&people[0])).await.unwrap().value("household").clone();
    let letters = |rows: &str| format!("收到时间,军人姓名,奖励类别,通知书编号,家属姓名,乡镇,村,地址,电话\n{rows}");
    let sheet = letters(
        "2026-03-01,王小军,三等功,第1号,张三,a0,a1,,13800000001\n2026-03-01,王二军,三等功,第2号,张三,a0,a1,,\n\
         2026-03-01,王三军,三等功,第3号,张三,a0,a1,,\n2026-03-01,王四军,三等功,第4号,无此人,a0,a1,,\n",
    );
    let upload =
        read_upload(Ledger::Letters, ("a.csv", sheet.as_bytes()), (None, &Codes::default(), crate::bureau::day(60)))
            .unwrap();
    let plan = importer.dry_run(Ledger::Letters, (upload, assumed::usual(Ledger::Letters)), |_, _| ()).await.unwrap();
    let seen = rows(&importer, &plan, WhichRows::All).await;
    assert_eq!(outcomes(&seen), ["new", "doubtful", "doubtful", "new"]);
    assert_eq!(codes(&seen[1]), ["one_namesake"]);
    assert_eq!(seen[1].verdict.candidates, [target(&people[0])]);
    importer.decide(plan.id, &[(2, RowChoice::SameAs(target(&people[0]))), (3, RowChoice::Take)]).await.unwrap();
    importer.apply(plan.id, |_, _| ()).await.unwrap();
    let done = rows(&importer, &plan, WhichRows::All).await;
    assert_eq!(outcomes(&done), vec!["new"; 4]);
    let mut homes = Vec::new();
    for row in &done {
        homes.push(bureau.see(0, target(row)).await.unwrap().value("household").clone());
    }
    assert_eq!(homes, [home.clone(), home, Value::Null, Value::Null]);
    assert_eq!(bureau.see(0, target(&done[1])).await.unwrap().value("division"), &json!(id(VILLAGE_A1)));
}

async fn doubts_of_one_kind_are_decided_together_and_others_wait(bureau: Bureau) {
    let importer = importer(&bureau, 0).await;
    let people = roster(&importer).await;
    let row = |day: u8, name: &str| format!("2026-05-{day},a0,a1,{name},入户,王站长,,\n");
    let sheet =
        [VISITS.to_owned(), row(11, "张三"), row(12, "李四"), row(13, "没有此人"), row(14, "张三"), row(15, "李四")];
    let upload = read_upload(
        Ledger::Visits,
        ("a.csv", sheet.concat().as_bytes()),
        (None, &Codes::default(), crate::bureau::day(60)),
    );
    let plan =
        importer.dry_run(Ledger::Visits, (upload.unwrap(), assumed::usual(Ledger::Visits)), |_, _| ()).await.unwrap();
    importer.decide(plan.id, &[(4, RowChoice::Skip)]).await.unwrap();
    assert_eq!(importer.decide_each(plan.id, "one_namesake", EachChoice::Same).await.unwrap(), 3);
    assert_eq!(importer.decide_each(plan.id, "one_namesake", EachChoice::Skip).await.unwrap(), 0, "decided before");
    assert_eq!(importer.decide_each(plan.id, "person_unknown", EachChoice::Same).await.unwrap(), 0, "nobody was shown");
    importer.apply(plan.id, |_, _| ()).await.unwrap();
    let done = rows(&importer, &plan, WhichRows::All).await;
    assert_eq!(outcomes(&done), ["new", "new", "doubtful", "doubtful", "new"]);
    for (row, person) in [(0, 0), (1, 1), (4, 1)] {
        let visit = bureau.see(0, target(&done[row])).await.unwrap();
        assert_eq!(visit.value("entries")[0]["person"], json!(target(&people[person])));
    }
    let other = crate::imports::importer(&bureau, 1).await;
    let foreign = other.decide_each(plan.id, "one_namesake", EachChoice::Same).await;
    assert!(matches!(foreign, Err(PlanError::Unknown)));
    importer.undo(plan.id, |_, _| ()).await.unwrap();
    let late = importer.decide_each(plan.id, "one_namesake", EachChoice::Same).await;
    assert!(matches!(late, Err(PlanError::State(_))));
}

async fn rows_of_one_doubt_are_decided_by_one_request(world: World) {
    let token = clerk(&world).await;
    let send = |ledger: &'static str, text: &'static str| {
        let (world, token) = (&world, token.clone());
        async move {
            let path = format!("/api/v1/imports?ledger={ledger}&name=a.csv&assume=usual");
            let sent = call(world, &token, ("POST", &path), text.as_bytes().to_vec()).await;
            assert_eq!(sent.status, StatusCode::CREATED, "{}", sent.text);
            sent.json()["id"].as_str().unwrap().to_owned()
        }
    };
    let apply = |id: String| {
        let (world, token) = (&world, token.clone());
        async move {
            call(world, &token, ("POST", &format!("/api/v1/imports/{id}/apply")), Vec::new()).await;
            settled(world, &token, &id).await
        }
    };
    apply(send("people", "姓名,乡镇,村\n张三,甲镇,东村\n李四,甲镇,东村\n").await).await;
    let visits = "走访时间,乡镇,村,对象姓名,走访方式,走访人\n2026-05-01,甲镇,东村,张三,入户,王五\n2026-05-02,甲镇,东村,李四,电话,王五\n";
    let id = send("visits", visits).await;
    let path = format!("/api/v1/imports/{id}/decisions/one_namesake");
    let body = |decision: &str| json!({ "decision": decision }).to_string().into_bytes();
    let decided = call(&world, &token, ("POST", &path), body("same")).await;
    assert_eq!((decided.status, decided.json()), (StatusCode::OK, json!({ "decided": 2 })), "{}", decided.text);
    let done = apply(id.clone()).await;
    assert_eq!(done["import"]["new"], 2, "{done}");
    let reviewer = world.token(crate::world::COUNTIES[0], bianfang_domain::actor::Role::TownReviewer).await;
    assert_eq!(call(&world, &reviewer, ("POST", &path), body("same")).await.code(), "forbidden");
}
