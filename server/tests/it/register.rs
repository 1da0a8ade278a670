//! The register as the console reads it, on both databases, with the same ids in two counties.

use std::collections::BTreeSet;

use bianfang_domain::actor::Role;
use bianfang_domain::document::Document;
use bianfang_domain::op::{Act, Sealed};
use bianfang_server::county::DivisionRef;
use bianfang_server::county::tree::Tree;
use bianfang_server::db::audit;
use bianfang_server::db::page::PAGE;
use bianfang_server::lists::paging::Search;
use bianfang_server::lists::people::{self, PeoplePage};
use bianfang_server::lists::{alike, person, reveal};
use serde_json::json;

use crate::bureau::*;
use crate::on_both_databases;

on_both_databases!(
    search_finds_parts_of_names_and_pinyin_in_ones_own_villages,
    pages_hold_everybody_once,
    page_of_a_person_tells_visits_plaque_and_photos,
    reveal_is_audited_and_only_within_scope,
    divisions_are_found_by_name,
    who_was_found_at_the_door_is_listed_until_decided_and_who_may_decide_is_offered_it,
    who_may_be_the_same_is_listed_with_why_and_only_in_ones_own_villages,
);

async fn search(bureau: &Bureau, phone: &Phone, text: &str, after: Option<&str>) -> PeoplePage {
    let conn = &mut *bureau.db.pool().acquire().await.unwrap();
    let tree = Tree::load(conn, COUNTIES[phone.county]).await.unwrap();
    let divisions = tree.below(&phone.actor.scope).into_iter().collect();
    people::page(
        bureau.desk(phone.county),
        conn,
        (&phone.actor, &tree),
        Search { state: None, text, divisions, after: after.map(|after| after.parse().unwrap()) },
    )
    .await
    .unwrap()
}

async fn names(bureau: &Bureau, phone: &Phone, text: &str) -> Vec<String> {
    search(bureau, phone, text, None).await.rows.into_iter().map(|row| row.name).collect()
}

/// Two people in A1, one in B1, in each county under the same ids but other names.
async fn settle(bureau: &Bureau) {
    for (county, given) in ["建国", "援朝"].into_iter().enumerate() {
        let mut clerk = Phone::clerk(county);
        bureau
            .push(&mut clerk, |p| {
                let mut ops = Vec::new();
                let home =
                    json!({ "head_name": format!("张{given}"), "division": id(VILLAGE_A1), "address": "一组1号" });
                ops.push(p.record(at(1, 8), "household", id(50), home));
                for (number, name, village) in [(1, "张", VILLAGE_A1), (2, "李", VILLAGE_A1), (3, "100%_", VILLAGE_B1)]
                {
                    let mut doc = person(&format!("{name}{given}"), village);
                    doc["household"] = json!(id(50));
                    doc["phones"] = json!(["13800001111"]);
                    doc["id_number"] = json!(ID_NUMBERS[number as usize - 1]);
                    ops.push(p.record(at(1, 9), "person", id(number), doc));
                }
                ops
            })
            .await;
    }
}

/// Valid in form, of an area that does not exist.
const ID_NUMBERS: [&str; 3] = ["990000196001010013", "99000019600101003X", "990000196001010056"];

async fn search_finds_parts_of_names_and_pinyin_in_ones_own_villages(bureau: Bureau) {
    settle(&bureau).await;
    let clerk = Phone::clerk(0);
    assert_eq!(names(&bureau, &clerk, "张").await, ["张建国"]);
    assert_eq!(names(&bureau, &clerk, "jianguo").await.len(), 3, "part of the pinyin");
    assert_eq!(names(&bureau, &clerk, "ZHANGJIAN").await, ["张建国"]);
    assert_eq!(names(&bureau, &clerk, "援朝").await, Vec::<String>::new(), "the other county's people");
    assert_eq!(names(&bureau, &clerk, "%").await, ["100%_建国"], "a wildcard is a letter like any other");
    assert_eq!(names(&bureau, &clerk, "_").await.len(), 1);
    for part in ["003x", "3x", "13", "9900", "99000019600101003", "1960", "0101"] {
        assert_eq!(names(&bureau, &clerk, part).await, Vec::<String>::new(), "a part of an id number: {part}");
    }
    assert_eq!(names(&bureau, &clerk, "99000019600101003x").await, ["李建国"], "all of it");
    assert_eq!(names(&bureau, &clerk, "990000196001010072").await, Vec::<String>::new(), "nobody's");
    assert_eq!(names(&bureau, &Phone::worker(0, VILLAGE_B1), ID_NUMBERS[0]).await, Vec::<String>::new());
    for phone in ["111", "1111", "13800001111", "138-0000-1111"] {
        assert_eq!(names(&bureau, &clerk, phone).await.len(), 3, "{phone}");
    }
    for phone in ["11", "138", "13800002111"] {
        assert_eq!(names(&bureau, &clerk, phone).await.len(), 0, "{phone}");
    }
    assert_eq!(names(&bureau, &Phone::worker(0, VILLAGE_B1), "").await, ["100%_建国"]);
    assert_eq!(names(&bureau, &Phone::worker(0, VILLAGE_A2), "").await, Vec::<String>::new());
}

async fn pages_hold_everybody_once(bureau: Bureau) {
    let mut clerk = Phone::clerk(0);
    let count = 2 * PAGE + 7;
    bureau
        .push(&mut clerk, |p| {
            // Many of one name, so that a page ends between namesakes.
            let named = |n: usize| person(["王伟", "王伟", "李明"][n % 3], VILLAGE_A1);
            (0..count).map(|n| p.record(at(1, 9), "person", id(1000 + n as u128), named(n))).collect()
        })
        .await;
    let (mut seen, mut after, mut pages) = (BTreeSet::new(), None, 0);
    loop {
        let page = search(&bureau, &clerk, "", after.as_deref()).await;
        pages += 1;
        for row in &page.rows {
            assert!(seen.insert(row.id), "{} comes twice", row.name);
        }
        match page.next {
            Some(next) => after = Some(next),
            None => break,
        }
    }
    assert_eq!((seen.len(), pages), (count, 3));
}

async fn page_of_a_person_tells_visits_plaque_and_photos(bureau: Bureau) {
    settle(&bureau).await;
    let mut worker = Phone::worker(0, VILLAGE_A1);
    bureau
        .push(&mut worker, |p| {
            let mut early = p.visit(at(5, 9), id(70), &[(id(1), "NOT_HOME"), (id(2), "MET")], "HOME");
            if let Act::Record { fields, .. } = &mut early.act {
                fields.insert("note".into(), json!("雨天"));
            }
            let late = p.visit(at(6, 9), id(71), &[(id(1), "MET")], "HOME");
            let hung = p.hang(at(6, 10), id(80), id(50));
            let doc = json!({ "subject": id(71), "photo_kind": "SCENE", "original": "a".repeat(64), "length": 10,
                "copy": "b".repeat(64), "taken_ms": at(6, 9) });
            vec![early, late, hung, p.record(at(6, 9), "photo", id(90), doc)]
        })
        .await;
    let page = person::page(bureau.desk(0), &worker.actor, id(1)).await.unwrap().unwrap();
    assert_eq!(page.name, "张建国");
    assert_eq!(page.id_masked.as_deref(), Some("9900************13"));
    assert_eq!(page.phones, ["138****1111"], "a page shows masks alone, whatever the role");
    assert_eq!(page.fields["phones"], json!(["138****1111"]));
    let told = reveal::value(bureau.desk(0), &worker.actor, (id(1), "phones"), "约走访时间").await.unwrap();
    assert_eq!(told.as_deref(), Some(r#"["13800001111"]"#), "who must call asks, and the log keeps why");
    let number = reveal::value(bureau.desk(0), &worker.actor, (id(1), "id_number"), "核对").await.unwrap();
    assert_eq!(number, None, "a village may not ask for it");
    assert_eq!(page.village.map(|village| village.name), Some(format!("{VILLAGE_A1:x}")));
    assert_eq!(page.township.map(|township| township.name), Some(format!("{TOWN_A:x}")));
    let home = page.household.unwrap();
    assert_eq!(home.address.as_deref(), Some("一组1号"));
    assert_eq!((home.members.len(), home.elsewhere), (2, 1), "of whom another village looks after, that there is one");
    assert_eq!(page.plaque.unwrap().state, "HUNG");
    assert_eq!(page.plaque_events.len(), 1);
    let visits: Vec<_> = page.visits.iter().map(|visit| (visit.result.as_str(), visit.note.as_deref())).collect();
    assert_eq!(visits, [("MET", None), ("NOT_HOME", Some("雨天"))], "newest first, each with this person's result");
    assert_eq!(page.visits[0].photos.len(), 1);
    let photo = &page.visits[0].photos[0];
    assert_eq!((photo.sha256.as_str(), photo.stored, photo.has_copy), ("b".repeat(64).as_str(), false, true));
    assert!(page.visits[1].photos.is_empty());
    for (phone, target) in
        [(Phone::worker(0, VILLAGE_A2), 1), (Phone::worker(0, VILLAGE_A1), 50), (Phone::clerk(0), 999)]
    {
        let none = person::page(bureau.desk(0), &phone.actor, id(target)).await.unwrap();
        assert!(none.is_none(), "outside the divisions, of another kind, or unknown: nothing");
    }
    let other = person::page(bureau.desk(1), &Phone::clerk(1).actor, id(1)).await.unwrap().unwrap();
    assert_eq!((other.name.as_str(), other.visits.len()), ("张援朝", 0), "the same id in the other county");
}

async fn reveal_is_audited_and_only_within_scope(bureau: Bureau) {
    settle(&bureau).await;
    let reviewer = Phone::reviewer(0).actor;
    let told = reveal::value(bureau.desk(0), &reviewer, (id(1), "id_number"), "核对证件").await.unwrap();
    assert_eq!(told.as_deref(), Some(ID_NUMBERS[0]));
    let outside = reveal::value(bureau.desk(0), &reviewer, (id(3), "id_number"), "核对证件").await.unwrap();
    assert_eq!(outside, None, "the village lies in another township");
    let reveals = |entries: Vec<audit::AuditEntry>| -> Vec<audit::AuditEntry> {
        entries.into_iter().filter(|entry| entry.act == "REVEAL").collect()
    };
    let log = reveals(audit::list(bureau.db.pool(), COUNTIES[0], i64::MAX, 100).await.unwrap());
    assert_eq!(log.len(), 1);
    assert!(log[0].detail.contains("核对证件") && log[0].detail.contains(&id(1).to_string()));
    assert!(!log[0].detail.contains(ID_NUMBERS[0]), "the log does not tell the number");
    assert!(reveals(audit::list(bureau.db.pool(), COUNTIES[1], i64::MAX, 100).await.unwrap()).is_empty());
}

async fn divisions_are_found_by_name(bureau: Bureau) {
    let mut clerk = Phone::clerk(0);
    let twin = Act::Record {
        fields: fields_of(json!({ "name": "a1", "level": "VILLAGE", "parent": id(TOWN_B) })),
        sealed: Sealed::new(),
    };
    bureau.push(&mut clerk, |p| vec![p.op(at(1, 9), "division", id(0xB9), twin)]).await;
    let tree = Tree::load(&mut bureau.db.pool().acquire().await.unwrap(), COUNTIES[0]).await.unwrap();
    assert_eq!(tree.named("a1").len(), 2, "two villages of one name");
    assert_eq!(tree.named("a0/a1"), [id(VILLAGE_A1)]);
    assert_eq!(tree.named("b0/a1"), [id(0xB9)]);
    assert_eq!(tree.named("nowhere"), []);
    let path = DivisionRef::path(&tree, &[id(TOWN_A)], id(VILLAGE_A1));
    assert_eq!(path.iter().map(|d| d.name.as_str()).collect::<Vec<_>>(), ["a0", "a1"], "nothing above one's own");
}

fn fields_of(value: serde_json::Value) -> Document {
    fields(value)
}

async fn who_was_found_at_the_door_is_listed_until_decided_and_who_may_decide_is_offered_it(bureau: Bureau) {
    settle(&bureau).await;
    let mut worker = Phone::worker(0, VILLAGE_A1);
    bureau
        .push(&mut worker, |p| {
            (10..13).map(|n| p.record(at(2, 9), "person", id(n), person("钱新来", VILLAGE_A1))).collect()
        })
        .await;
    let mut reviewer = Phone::reviewer(0);
    let drafts = async |phone: &Phone| {
        let conn = &mut *bureau.db.pool().acquire().await.unwrap();
        let tree = Tree::load(conn, COUNTIES[0]).await.unwrap();
        let divisions: Vec<_> = tree.below(&phone.actor.scope).into_iter().collect();
        let search = Search { state: Some("DRAFT"), text: "", divisions: divisions.clone(), after: None };
        let rows = people::page(bureau.desk(0), conn, (&phone.actor, &tree), search).await.unwrap().rows;
        let counts = people::counts(conn, COUNTIES[0], divisions).await.unwrap();
        let count = counts.iter().find(|count| count.register == "DRAFT").map_or(0, |count| count.count);
        assert_eq!(rows.len() as i64, count);
        rows.into_iter().map(|row| row.id).collect::<BTreeSet<_>>()
    };
    assert_eq!(drafts(&reviewer).await, (10..13).map(|n| id(n).0).collect());
    assert!(drafts(&Phone::worker(0, VILLAGE_B1)).await.is_empty());
    let may = async |phone: &Phone, n| person::page(bureau.desk(0), &phone.actor, id(n)).await.unwrap().unwrap().may;
    assert_eq!(may(&reviewer, 10).await, ["REVIEWING", "ACTIVE", "REJECTED"]);
    assert_eq!(may(&worker, 10).await, Vec::<String>::new(), "a village proposes nothing it may not decide");
    let same = json!({ "person": id(12), "kept": id(1), "at": at(3, 9) });
    bureau
        .push(&mut reviewer, |p| {
            vec![
                p.change(at(3, 9), "person", id(10), json!({ "register": "ACTIVE" })),
                p.change(at(3, 9), "person", id(11), json!({ "register": "REJECTED", "removed_note": "不是本村人" })),
                p.record(at(3, 9), "same_as", id(70), same),
            ]
        })
        .await;
    assert!(drafts(&reviewer).await.is_empty(), "who was found to be another's record waits for nobody");
    assert_eq!(may(&reviewer, 10).await, ["REMOVED"]);
    assert_eq!(may(&reviewer, 11).await, ["REVIEWING", "ACTIVE"], "turning somebody down can be undone");
}

async fn who_may_be_the_same_is_listed_with_why_and_only_in_ones_own_villages(bureau: Bureau) {
    settle(&bureau).await;
    let mut worker = Phone::worker(0, VILLAGE_A1);
    bureau
        .push(&mut worker, |p| {
            let mut taken = person("张建军", VILLAGE_A1);
            taken["id_number"] = json!(ID_NUMBERS[0]);
            vec![
                p.record(at(2, 9), "person", id(10), person("张建国", VILLAGE_A1)),
                p.record(at(2, 9), "person", id(11), taken),
            ]
        })
        .await;
    // Another desk than the one that settled the village.
    let mut clerk = Phone::new(0, 0x53, Role::SectionClerk, COUNTY);
    let mut far = person("张建国", VILLAGE_B1);
    far["birth"] = json!("1960-01-01");
    bureau.push(&mut clerk, |p| vec![p.record(at(2, 9), "person", id(12), far)]).await;
    bureau.push(&mut clerk, |p| vec![p.change(at(3, 9), "person", id(1), json!({ "birth": "1960-01-01" }))]).await;
    let alike = async |phone: &Phone, n| {
        let all = alike::of(bureau.desk(0), &phone.actor, id(n)).await.unwrap().unwrap();
        all.into_iter().map(|one| (one.person.id, one.why)).collect::<Vec<_>>()
    };
    assert_eq!(alike(&worker, 10).await, [(id(1).0, vec!["VILLAGE"])]);
    assert_eq!(alike(&worker, 11).await, [(id(1).0, vec!["NUMBER"])], "a number that shows alike");
    let of_one = alike(&clerk, 1).await;
    assert_eq!(of_one[0], (id(11).0, vec!["CASE"]), "an open case comes first");
    assert_eq!(
        of_one[1..].iter().cloned().collect::<BTreeSet<_>>(),
        [(id(10).0, vec!["VILLAGE"]), (id(12).0, vec!["BIRTH"])].into()
    );
    assert!(!alike(&worker, 1).await.iter().any(|(other, _)| *other == id(12).0), "another village's people");
    assert!(alike::of(bureau.desk(0), &Phone::worker(0, VILLAGE_B1).actor, id(1)).await.unwrap().is_none());
    let same = json!({ "person": id(10), "kept": id(1), "at": at(4, 9) });
    bureau.push(&mut clerk, |p| vec![p.record(at(4, 9), "same_as", id(70), same)]).await;
    assert!(!alike(&clerk, 1).await.iter().any(|(other, _)| *other == id(10).0), "merged already");
    let page = person::page(bureau.desk(0), &clerk.actor, id(1)).await.unwrap().unwrap();
    let fact = bureau.see(0, id(70)).await.unwrap();
    assert_eq!((page.same[0].fact, page.same[0].revision), (Some(fact.id.0), Some(fact.revision)));
}
