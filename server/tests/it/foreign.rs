//! Somebody of another township: who may not see them learns neither that they are in the register nor what they are called,
//! in whatever way they come to be spoken of.

use bianfang_domain::actor::{Actor, Role};
use bianfang_domain::decision::Verdict;
use bianfang_domain::id::RecordId;
use bianfang_domain::reason::Reason;
use bianfang_protocol::pull::Change;
use bianfang_server::county::tree::Tree;
use bianfang_server::lists::cases::CaseState;
use bianfang_server::lists::paging::Search;
use bianfang_server::lists::{alike, cases, history, holding, household, people, person as page, review};
use serde_json::json;

use crate::bureau::*;
use crate::on_both_databases;

on_both_databases!(
    a_number_looks_the_same_to_a_village_whether_another_village_has_it_or_not,
    nobody_of_another_township_is_named_to_a_reviewer,
);

/// Valid in form, of an area that does not exist.
const NUMBER: &str = "990000196001010013";
const OTHER: &str = "99000019600101003X";

/// All that a village worker is answered who types a number, of somebody new, of a draft of theirs and of somebody accepted.
async fn told(bureau: &Bureau, county: usize) -> Vec<String> {
    let (mut clerk, mut worker) = (Phone::clerk(county), Phone::worker(county, VILLAGE_A1));
    // In one county a person of another township has the number, in the other one has another number.
    let mut far = person("王外人", VILLAGE_B1);
    far["id_number"] = json!([NUMBER, OTHER][county]);
    let known = person("李四", VILLAGE_A1);
    bureau
        .push(&mut clerk, |p| {
            vec![p.record(at(1, 9), "person", id(9), far), p.record(at(1, 9), "person", id(1), known)]
        })
        .await;
    let mut told = vec![];
    let mut say = |value: &dyn erased::Json| told.push(value.json());
    let mut new = person("张三", VILLAGE_A1);
    new["id_number"] = json!(NUMBER);
    let draft = person("赵五", VILLAGE_A1);
    worker.base = 100;
    let answers = bureau
        .push(&mut worker, |p| {
            vec![
                p.record(at(2, 9), "person", id(2), new),
                p.record(at(2, 9), "person", id(3), draft),
                p.change(at(2, 10), "person", id(1), json!({ "id_number": NUMBER, "address": "村东头" })),
            ]
        })
        .await;
    say(&answers);
    // Each of the three alone, so that none stands in another's way: here the draft, in a second breath.
    let again = bureau
        .push(&mut worker, |p| {
            vec![p.change(at(2, 11), "person", id(2), json!({ "id_number": NUMBER, "sex": "MALE" }))]
        })
        .await;
    say(&again);
    let (changes, last) = bureau.pull_all(&worker, None).await;
    assert!(!changes.iter().any(|change| matches!(change, Change::Put { record } if record.kind == "case")));
    say(&changes);
    say(&last.checks);
    let (desk, actor) = (bureau.desk(county), &worker.actor);
    for n in 1..=3 {
        say(&page::page(desk, actor, id(n)).await.unwrap());
        say(&history::of(desk, actor, (id(n), "person")).await.unwrap());
        say(&alike::of(desk, actor, id(n)).await.unwrap());
    }
    let conn = &mut *bureau.db.pool().acquire().await.unwrap();
    let tree = Tree::load(conn, COUNTIES[county]).await.unwrap();
    for text in ["", "张三", NUMBER, OTHER, "0013", "9900"] {
        let divisions = tree.below(&actor.scope).into_iter().collect();
        let search = Search { state: None, text, divisions, after: None };
        let found = people::page(desk, conn, (actor, &tree), search).await.unwrap();
        assert_eq!(found.rows.iter().any(|row| row.name == "张三"), ["", "张三", NUMBER].contains(&text), "{text}");
        say(&found);
    }
    told
}

/// What serde writes, of values of any type.
mod erased {
    pub trait Json {
        fn json(&self) -> String;
    }
    impl<T: serde::Serialize> Json for T {
        fn json(&self) -> String {
            serde_json::to_string(self).unwrap()
        }
    }
}

async fn a_number_looks_the_same_to_a_village_whether_another_village_has_it_or_not(bureau: Bureau) {
    let taken = told(&bureau, 0).await;
    let free = told(&bureau, 1).await;
    // Nothing else tells the counties apart than the mark that each test record has.
    let plain = |text: &String| COUNTIES.iter().fold(text.clone(), |text, county| text.replace(county, "county"));
    for (taken, free) in taken.iter().zip(&free) {
        assert_eq!(plain(taken), plain(free));
    }
    assert_eq!(taken.len(), free.len());
    let held = bureau.see(0, id(2)).await.unwrap();
    assert!(held.meta.beside.iter().any(|beside| beside.field == "id_number"), "and the county sees it");
    // A reviewer is told, for they are to settle it.
    let mut reviewer = Phone::reviewer(0);
    let mut doc = person("钱六", VILLAGE_A1);
    doc["id_number"] = json!(NUMBER);
    let answer = bureau.push(&mut reviewer, |p| vec![p.record(at(3, 9), "person", id(5), doc)]).await;
    assert_eq!((answer[0].verdict, answer[0].reason), (Verdict::Held, Some(Reason::IdNumberTaken)));
}

/// Everything a reviewer reads that may speak of others.
async fn read(bureau: &Bureau, actor: &Actor, own: &[RecordId]) -> String {
    let desk = bureau.desk(0);
    let conn = &mut *bureau.db.pool().acquire().await.unwrap();
    let tree = Tree::load(conn, COUNTIES[0]).await.unwrap();
    let divisions: Vec<RecordId> = tree.below(&actor.scope).into_iter().collect();
    let mut all = String::new();
    let mut say = |value: &dyn erased::Json| all.push_str(&value.json());
    for state in [CaseState::Open, CaseState::Settled, CaseState::Lapsed] {
        say(&cases::page(conn, COUNTIES[0], (actor, &tree), (state, &divisions), None).await.unwrap());
    }
    say(&holding::page(desk, conn, (actor, &tree), &divisions, None).await.unwrap());
    say(&review::page(desk, conn, (actor, &tree), &divisions, None).await.unwrap());
    for person in own {
        say(&page::page(desk, actor, *person).await.unwrap());
        say(&alike::of(desk, actor, *person).await.unwrap());
        for kind in ["person", "contact", "same_as"] {
            say(&history::of(desk, actor, (*person, kind)).await.unwrap());
        }
    }
    say(&household::page(desk, actor, id(50)).await.unwrap());
    all
}

async fn nobody_of_another_township_is_named_to_a_reviewer(bureau: Bureau) {
    let mut clerk = Phone::clerk(0);
    let mut far = person("王外人", VILLAGE_B1);
    far["id_number"] = json!(NUMBER);
    // Of the same household, and lives with a daughter in another township.
    let (mut near, mut related) = (person("周同户", VILLAGE_A1), person("孙外戚", VILLAGE_B1));
    (near["household"], related["household"]) = (json!(id(50)), json!(id(50)));
    bureau
        .push(&mut clerk, |p| {
            vec![
                p.record(at(1, 8), "household", id(50), json!({ "head_name": "李四", "division": id(VILLAGE_A1) })),
                p.record(at(1, 9), "person", id(9), far),
                p.record(at(1, 9), "person", id(1), person("李四", VILLAGE_A1)),
                p.record(at(1, 9), "person", id(7), near),
                p.record(at(1, 9), "person", id(8), related),
            ]
        })
        .await;
    let mut worker = Phone::worker(0, VILLAGE_A1);
    let mut town = Phone::reviewer(0);
    let mut county = Phone::new(0, 0x53, Role::SectionClerk, COUNTY);
    let photo = "ab".repeat(32);
    let shot = |subject: u128| json!({ "subject": id(subject), "photo_kind": "SCENE", "original": photo, "length": 9 });
    bureau
        .push(&mut worker, |p| {
            let mut taken = person("张三", VILLAGE_A1);
            taken["id_number"] = json!(NUMBER);
            vec![
                p.record(at(2, 9), "person", id(2), taken),
                // One of the two is nobody of theirs: held, and waits for the township.
                p.visit(at(2, 9), id(70), &[(id(1), "MET"), (id(9), "DIED")], "SEMINAR"),
                p.record(at(2, 9), "photo", id(80), shot(70)),
            ]
        })
        .await;
    bureau
        .push(&mut town, |p| {
            vec![p.record(at(3, 9), "same_as", id(60), json!({ "person": id(2), "kept": id(9), "at": at(3, 9) }))]
        })
        .await;
    bureau
        .push(&mut county, |p| {
            vec![
                p.visit(at(4, 9), id(71), &[(id(1), "DIED"), (id(9), "MET")], "SEMINAR"),
                p.visit(at(4, 9), id(72), &[(id(9), "MET")], "HOME"),
                p.record(at(4, 9), "photo", id(81), shot(72)),
                p.record(at(4, 9), "same_as", id(61), json!({ "person": id(1), "kept": id(9), "at": at(4, 9) })),
            ]
        })
        .await;
    let own = [id(1), id(2), id(70), id(71), id(60), id(61)];
    let whole = read(&bureau, &county.actor, &own).await;
    assert!(whole.matches("王外人").count() >= 5, "who sees both sees whom: {whole}");
    for who in [&town, &worker] {
        let told = read(&bureau, &who.actor, &own).await;
        for word in [
            "王外人",
            "孙外戚",
            "9900************13\",\"address\":null,\"division\":{\"id\":\"00000000-0000-0000-0000-0000000000b1",
        ] {
            assert!(!told.contains(word), "{word} to a {:?}: {told}", who.actor.role);
        }
        assert!(told.contains(&id(9).to_string()), "that there is somebody stands there");
        let home = household::page(bureau.desk(0), &who.actor, id(50)).await.unwrap().unwrap();
        assert_eq!((home.members.len(), home.elsewhere), (1, 1));
    }
}
