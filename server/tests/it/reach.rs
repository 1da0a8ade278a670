//! What is entered late reaches what came before it, in the stores as in memory: a border releases whom its days allow, a
//! setting what it now allows, and what waited to be seen is taken again.

use bianfang_domain::actor::Role;
use bianfang_domain::op::{Act, Op, Part, Sealed};
use bianfang_domain::rules;
use serde_json::{Value, json};

use crate::bureau::*;
use crate::on_both_databases;

on_both_databases!(
    a_border_entered_late_releases_whom_its_days_allow,
    a_border_entered_late_judges_what_happened_before_its_people_moved_away,
    a_setting_entered_late_is_what_a_plaque_is_judged_and_shown_by,
    what_waited_to_be_seen_is_taken_when_its_author_sees_it,
    what_waited_to_be_seen_is_taken_when_somebody_two_steps_away_moves,
);

fn since(p: &mut Phone, when: i64, (kind, target): (&str, u128), set: Value, from: i32) -> Op {
    let act = Act::Change { set: fields(set), sealed: Sealed::new(), since: Some(day(from)) };
    p.op(when, kind, id(target), act)
}

async fn a_border_entered_late_releases_whom_its_days_allow(bureau: Bureau) {
    let mut clerk = Phone::clerk(0);
    bureau.push(&mut clerk, |p| vec![p.record(at(1, 9), "person", id(1), person("张三", VILLAGE_A1))]).await;
    // A worker of the other township visits where the village has belonged to for two days, as nobody has entered yet.
    let mut other = Phone::new(0, 0x52, Role::TownReviewer, TOWN_B);
    bureau.push(&mut other, |p| vec![p.visit(at(11, 9), id(60), &[(id(1), "MET")], "HOME")]).await;
    assert!(!bureau.see(0, id(60)).await.unwrap().meta.held.is_empty(), "out of reach as far as is known");
    bureau
        .push(&mut clerk, |p| vec![since(p, at(20, 9), ("division", VILLAGE_A1), json!({ "parent": id(TOWN_B) }), 9)])
        .await;
    let visit = bureau.see(0, id(60)).await.unwrap();
    assert!(visit.meta.held.is_empty(), "{:?}", visit.meta.held);
    let reached: i64 = sqlx::query_scalar("select count(*) from contact_entry where owner = $1 and counts = 1")
        .bind(id(60).to_string())
        .fetch_one(bureau.db.pool())
        .await
        .unwrap();
    assert_eq!(reached, 1, "it is in the figures");
}

/// A visit of a day before the move is judged by where its people lived then; nothing of today lies there any more.
async fn a_border_entered_late_judges_what_happened_before_its_people_moved_away(bureau: Bureau) {
    let mut clerk = Phone::clerk(0);
    bureau.push(&mut clerk, |p| vec![p.record(at(1, 9), "person", id(1), person("张三", VILLAGE_A1))]).await;
    let away = json!({ "living_division": id(VILLAGE_B1), "registered_division": id(VILLAGE_B1) });
    bureau.push(&mut clerk, |p| vec![since(p, at(8, 9), ("person", 1), away, 8)]).await;
    let mut town = Phone::new(0, 0x52, Role::TownReviewer, TOWN_A);
    bureau.push(&mut town, |p| vec![p.visit(at(5, 9), id(60), &[(id(1), "MET")], "HOME")]).await;
    assert!(bureau.see(0, id(60)).await.unwrap().meta.held.is_empty(), "they lived there that day");
    let border = |parent| json!({ "parent": id(parent) });
    bureau.push(&mut clerk, |p| vec![since(p, at(20, 9), ("division", VILLAGE_A1), border(TOWN_B), 2)]).await;
    let visit = bureau.see(0, id(60)).await.unwrap();
    assert_eq!(visit.meta.held.len(), 1, "the village lay in the other township by then");
}

async fn shown(bureau: &Bureau, house: u128) -> (String, String) {
    sqlx::query_as("select state, why from plaque where owner = $1")
        .bind(id(house).to_string())
        .fetch_one(bureau.db.pool())
        .await
        .unwrap()
}

async fn a_setting_entered_late_is_what_a_plaque_is_judged_and_shown_by(bureau: Bureau) {
    let mut clerk = Phone::clerk(0);
    let rule = |data: Value| json!({ "rule": "PLAQUE", "division": id(COUNTY), "data": data });
    let died = bianfang_domain::time::Day::from_ymd(2017, 3, 1).unwrap().0;
    let home = |name: &str| json!({ "head_name": name, "division": id(VILLAGE_A1) });
    let lives = |name: &str, house: u128| {
        let mut doc = person(name, VILLAGE_A1);
        doc["household"] = json!(id(house));
        doc["categories"] = json!(["DISCHARGED_SOLDIER"]);
        doc
    };
    bureau
        .push(&mut clerk, |p| {
            let mut dead = lives("李四", 0x701);
            (dead["life"], dead["died_on"]) = (json!("DECEASED"), json!(died));
            vec![
                p.record(at(1, 8), "rule", rules::id("PLAQUE"), rule(json!({ "free_reissues": 0 }))),
                p.record(at(1, 8), "household", id(0x700), home("张三")),
                p.record(at(1, 8), "household", id(0x701), home("李四")),
                p.record(at(1, 9), "person", id(1), lives("张三", 0x700)),
                p.record(at(1, 9), "person", id(2), dead),
            ]
        })
        .await;
    let mut worker = Phone::worker(0, VILLAGE_A1);
    bureau
        .push(&mut worker, |p| {
            let hung = |p: &mut Phone, n: u128, event: &str| {
                let mut op = p.hang(at(2 + n as i32, 9), id(0x800 + n), id(0x700));
                if let Act::Record { fields: set, .. } = &mut op.act {
                    set.insert("event".into(), json!(event));
                }
                op
            };
            vec![hung(p, 0, "NEW"), hung(p, 1, "REPORT_LOST"), hung(p, 2, "REISSUE")]
        })
        .await;
    assert_eq!(bureau.see(0, id(0x802)).await.unwrap().meta.held.len(), 1, "none without the county");
    assert_eq!(shown(&bureau, 0x700).await.0, "LOST");
    assert_eq!(shown(&bureau, 0x701).await, ("NOT_ELIGIBLE".into(), "DIED_BEFORE_NOTICE".into()));
    let data = json!({ "data": { "free_reissues": 1, "died_before_notice": true } });
    let target = rules::id("PLAQUE").0.as_u128();
    bureau.push(&mut clerk, |p| vec![since(p, at(30, 9), ("rule", target), data, 1)]).await;
    assert!(bureau.see(0, id(0x802)).await.unwrap().meta.held.is_empty());
    assert_eq!(shown(&bureau, 0x700).await.0, "HUNG");
    assert_eq!(shown(&bureau, 0x701).await.1, "DIED_SINCE", "nothing happened to it, and it is told anew");
}

async fn what_waited_to_be_seen_is_taken_when_its_author_sees_it(bureau: Bureau) {
    let (mut clerk, mut town) = (Phone::clerk(0), Phone::reviewer(0));
    // A step of a letter that nobody has entered yet lies where the county works.
    let step = json!({ "letter": id(50), "step": "REGISTERED", "at": at(2, 9) });
    bureau.push(&mut clerk, |p| vec![p.record(at(2, 9), "letter_step", id(60), step)]).await;
    let said = Act::Settle { part: Part::Whole, accept: false, reason: "登记错了".into() };
    bureau.push(&mut town, |p| vec![p.op(at(3, 9), "letter_step", id(60), said)]).await;
    assert!(bureau.see(0, id(60)).await.unwrap().meta.settled.is_empty(), "the township does not see it");
    let letter = json!({ "soldier": "李军", "level": "THIRD", "source": "TROOPS", "division": id(VILLAGE_A1) });
    bureau.push(&mut clerk, |p| vec![p.record(at(4, 9), "letter", id(50), letter)]).await;
    assert_eq!(bureau.see(0, id(60)).await.unwrap().meta.settled, [(Part::Whole, false)]);
}

/// A photo lies where its visit lies, and that where the people live.
async fn what_waited_to_be_seen_is_taken_when_somebody_two_steps_away_moves(bureau: Bureau) {
    let (mut clerk, mut town) = (Phone::clerk(0), Phone::reviewer(0));
    let photo =
        json!({ "subject": id(60), "photo_kind": "SCENE", "original": "ab".repeat(32), "length": 9, "at": at(2, 9) });
    let ops = |p: &mut Phone| {
        vec![
            p.record(at(1, 9), "person", id(1), person("张三", VILLAGE_B1)),
            p.visit(at(2, 9), id(60), &[(id(1), "MET")], "HOME"),
            p.record(at(2, 9), "photo", id(61), photo),
        ]
    };
    bureau.push(&mut clerk, ops).await;
    let said = Act::Settle { part: Part::Whole, accept: false, reason: "拍错了".into() };
    bureau.push(&mut town, |p| vec![p.op(at(3, 9), "photo", id(61), said)]).await;
    assert!(bureau.see(0, id(61)).await.unwrap().meta.settled.is_empty(), "the township does not see it");
    clerk.base = bureau.see(0, id(1)).await.unwrap().revision;
    let moved = json!({ "living_division": id(VILLAGE_A1), "registered_division": id(VILLAGE_A1) });
    bureau.push(&mut clerk, |p| vec![p.change(at(4, 9), "person", id(1), moved)]).await;
    assert_eq!(bureau.see(0, id(61)).await.unwrap().meta.settled, [(Part::Whole, false)]);
}
