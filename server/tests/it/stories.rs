//! Stories 29, 31 and 32 over both databases, the whole way from a push to a figure.

use bianfang_domain::actor::Role;
use bianfang_domain::coverage::{CoverageRule, Window};
use bianfang_domain::kind::staff_id;
use bianfang_domain::op::{Act, Op, Part, Sealed};
use bianfang_domain::rules;
use bianfang_protocol::push::Answer;
use bianfang_server::report::{self, Figures, past};
use serde_json::{Value, json};
use sqlx::AnyConnection;

use crate::bureau::*;
use crate::on_both_databases;
use crate::report::ask;

on_both_databases!(
    story_29_the_border_that_was_late,
    story_31_the_commissioner_looks_twice,
    story_32_a_figure_that_stays,
);

/// Closed before anything changes.
fn may() -> Window {
    Window { from: day(0), to: day(20) }
}

fn summer() -> Window {
    Window { from: day(0), to: day(50) }
}

fn since(p: &mut Phone, when: i64, (kind, target): (&str, u128), set: Value, from: i32) -> Op {
    p.op(when, kind, id(target), Act::Change { set: fields(set), sealed: Sealed::new(), since: Some(day(from)) })
}

async fn figures(conn: &mut AnyConnection, window: Window) -> Figures {
    let rule = report::rule::on::<CoverageRule>(conn, COUNTIES[0], window.to).await.unwrap();
    report::coverage(conn, ask(0, COUNTY, window, &rule)).await.unwrap()
}

async fn told(bureau: &Bureau, window: Window) -> Figures {
    figures(&mut bureau.db.pool().acquire().await.unwrap(), window).await
}

async fn feed(bureau: &Bureau) -> u64 {
    past::number_at(&mut bureau.db.pool().acquire().await.unwrap(), COUNTIES[0], i64::MAX).await.unwrap()
}

/// Two people of A1 and one of B1; somebody of A1 was met in May. Gives the clerk and the township's reviewer.
async fn people(bureau: &Bureau) -> (Phone, Phone) {
    let (mut clerk, mut town) = (Phone::clerk(0), Phone::reviewer(0));
    let doc = |name: &str, village| {
        let mut doc = person(name, village);
        doc["categories"] = json!(["DISCHARGED_SOLDIER"]);
        doc
    };
    let ops = |p: &mut Phone| {
        let all = [(1, "张三", VILLAGE_A1), (2, "李四", VILLAGE_A1), (3, "王五", VILLAGE_B1)];
        all.into_iter().map(|(n, name, village)| p.record(at(-9, 9), "person", id(n), doc(name, village))).collect()
    };
    bureau.push(&mut clerk, ops).await;
    let met = |p: &mut Phone| vec![p.visit(at(5, 9), id(60), &[(id(1), "MET")], "HOME")];
    bureau.push(&mut town, met).await;
    (clerk, town)
}

async fn story_29_the_border_that_was_late(bureau: Bureau) {
    let (mut clerk, _) = people(&bureau).await;
    let mut other = Phone::new(0, 0x52, Role::TownReviewer, TOWN_B);
    let visits = |p: &mut Phone| {
        vec![
            p.visit(at(40, 9), id(61), &[(id(2), "MET")], "HOME"),
            p.visit(at(41, 9), id(62), &[(id(1), "AWAY")], "PHONE"),
        ]
    };
    bureau.push(&mut other, visits).await;
    let (closed, before) = (told(&bureau, may()).await, told(&bureau, summer()).await);
    assert_eq!((before.total.reached(), before.total.held), (1, 2), "nobody knew that they may");

    let border =
        |p: &mut Phone| vec![since(p, at(59, 9), ("division", VILLAGE_A1), json!({ "parent": id(TOWN_B) }), 30)];
    bureau.push(&mut clerk, border).await;
    let after = told(&bureau, summer()).await;
    assert_eq!((after.total.reached(), after.total.held), (2, 0));
    assert_eq!(after.total.denominator, before.total.denominator);
    let people_of = |figures: &Figures, town| figures.parts.get(&id(town)).map_or(0, |part| part.denominator);
    assert_eq!([TOWN_A, TOWN_B].map(|town| people_of(&before, town)), [2, 1]);
    assert_eq!([TOWN_A, TOWN_B].map(|town| people_of(&after, town)), [0, 3], "the border explains it");
    assert_eq!(told(&bureau, may()).await, closed, "what was closed before the border stands");
}

fn verdict(answers: &[Answer]) -> Vec<String> {
    answers.iter().map(|answer| serde_json::to_value(answer).unwrap()["verdict"].as_str().unwrap().to_owned()).collect()
}

async fn story_31_the_commissioner_looks_twice(bureau: Bureau) {
    let (mut clerk, mut town) = people(&bureau).await;
    let home = json!({ "head_name": "张三", "division": id(VILLAGE_A1) });
    let soldier = json!({ "name": "张小三", "basis": "SERVING", "household": id(0x700) });
    bureau.push(&mut clerk, |p| vec![p.record(at(1, 8), "household", id(0x700), home)]).await;
    bureau.push(&mut clerk, |p| vec![p.record(at(1, 9), "basis_person", id(0x600), soldier)]).await;
    let martyr = json!({ "basis": "MARTYR", "certificate_no": "烈字第1号" });
    town.base = feed(&bureau).await;
    bureau.push(&mut town, |p| vec![p.change(at(2, 9), "basis_person", id(0x600), martyr)]).await;
    let accept = |p: &mut Phone| {
        let act = Act::Settle { part: Part::Field("basis".into()), accept: true, reason: "属实".into() };
        vec![p.op(at(3, 9), "basis_person", id(0x600), act)]
    };
    assert_eq!(verdict(&bureau.push(&mut town, accept).await), ["refused"]);
    assert_eq!(bureau.see(0, id(0x600)).await.unwrap().value("basis"), "SERVING");
    bureau.push(&mut clerk, accept).await;
    assert_eq!(bureau.see(0, id(0x600)).await.unwrap().value("basis"), "MARTYR", "the county may");

    // Then the reviewer leaves the township.
    let account = town.actor.account;
    let staff = json!({ "account": account, "role": "TOWN_REVIEWER",
        "division": id(TOWN_A), "divisions": [id(TOWN_A)], "from": day(0).0, "to": day(10).0, "name": "王站长" });
    let gone = bureau.push(&mut Phone::admin(0), |p| vec![p.record(at(9, 9), "staff", staff_id(account), staff)]).await;
    assert_eq!(verdict(&gone), ["accepted"]);
    town.base = feed(&bureau).await;
    let removed = json!({ "register": "REMOVED", "removed_for": "TRANSFERRED" });
    bureau.push(&mut town, |p| vec![p.change(at(20, 9), "person", id(1), removed)]).await;
    assert_eq!(bureau.see(0, id(1)).await.unwrap().value("register"), "ACTIVE");
}

async fn story_32_a_figure_that_stays(bureau: Bureau) {
    let (mut clerk, _) = people(&bureau).await;
    let home = json!({ "head_name": "张三", "division": id(VILLAGE_A1) });
    bureau
        .push(&mut clerk, |p| {
            let mut ops = vec![p.record(at(1, 8), "household", id(0x700), home)];
            ops.extend([1, 2].map(|n| p.change(at(1, 9), "person", id(n), json!({ "household": id(0x700) }))));
            ops.push(p.hang(at(6, 9), id(0x800), id(0x700)));
            ops
        })
        .await;
    let divisions = [VILLAGE_A1, VILLAGE_A2].map(id).into();
    let walls = async |conn: &mut AnyConnection| {
        report::plaques::figures(conn, COUNTIES[0], summer(), &divisions).await.unwrap().figures
    };
    let snapshot = feed(&bureau).await;
    let then = {
        let conn = &mut *bureau.db.pool().acquire().await.unwrap();
        (figures(conn, summer()).await, walls(conn).await)
    };
    assert_eq!((then.0.total.denominator, then.0.total.reached(), then.1.hung_end), (3, 1, 1));

    clerk.base = snapshot;
    let away = json!({ "division": id(VILLAGE_B1) });
    let counting = json!({ "rule": "COVERAGE", "division": id(COUNTY), "data": { "methods": ["PHONE"] } });
    let one = json!({ "person": id(2), "kept": id(1), "at": at(58, 9) });
    bureau
        .push(&mut clerk, |p| {
            vec![
                since(p, at(58, 8), ("household", 0x700), away, 20),
                p.record(at(58, 8), "rule", rules::id("COVERAGE"), counting),
                p.record(at(58, 9), "same_as", id(0x900), one),
            ]
        })
        .await;
    let now = {
        let conn = &mut *bureau.db.pool().acquire().await.unwrap();
        (figures(conn, summer()).await, walls(conn).await)
    };
    let told = (now.0.total.denominator, now.0.total.reached(), now.1.hung_end);
    assert_eq!(told, (2, 0, 0), "today all three are told");
    let mut at_the_snapshot = past::rebuilt(bureau.db.pool(), COUNTIES[0], snapshot).await.unwrap();
    assert_eq!((figures(&mut at_the_snapshot, summer()).await, walls(&mut at_the_snapshot).await), then);
}
