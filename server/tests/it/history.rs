//! The history of each field, the restricted fields, and the page of one person under two records.

use bianfang_domain::actor::Actor;
use bianfang_domain::op::{Act, Part, Review};
use bianfang_server::db::audit;
use bianfang_server::lists::{history, person as page, reveal};
use serde_json::{Value, json};

use crate::bureau::*;
use crate::on_both_databases;

on_both_databases!(
    each_field_tells_who_set_it_from_what_to_what,
    what_is_restricted_leaves_the_server_only_by_an_audited_reveal,
    telephone_numbers_with_an_owner_are_kept_and_masked,
    the_page_of_one_person_shows_the_visits_of_both_records,
    a_fact_tells_its_amendments_its_review_and_its_withdrawal,
    every_kind_has_a_history_and_only_for_who_may_read_it,
);

async fn each_field_tells_who_set_it_from_what_to_what(bureau: Bureau) {
    let mut clerk = Phone::clerk(0);
    bureau.push(&mut clerk, |p| vec![p.record(at(1, 9), "person", id(1), person("张三", VILLAGE_A1))]).await;
    let mut worker = Phone::worker(0, VILLAGE_A1);
    let mut proposal = None;
    bureau
        .push(&mut worker, |p| {
            let set = json!({ "name": "张叁", "address": "村东头", "phones": { "$add": ["13800001111"] } });
            let op = p.change(at(2, 9), "person", id(1), set);
            proposal = Some(op.id);
            vec![op]
        })
        .await;
    let part = Part::Value("name".into(), proposal.unwrap());
    let act = Act::Settle { part, accept: true, reason: "身份证为准".into() };
    bureau.push(&mut Phone::reviewer(0), |p| vec![p.op(at(3, 9), "person", id(1), act)]).await;
    let told = history::of(bureau.desk(0), &Phone::reviewer(0).actor, (id(1), "person")).await.unwrap().unwrap();
    let of = |field: &str| -> Vec<(String, Option<Value>, Option<Value>)> {
        let rows = told.rows.iter().filter(|row| row.field.as_deref() == Some(field));
        rows.map(|row| (row.what.clone(), row.from.clone(), row.to.clone())).collect()
    };
    let (old, new) = (Some(json!("张三")), Some(json!("张叁")));
    assert_eq!(
        of("name"),
        [("CHOSEN".into(), old.clone(), new.clone()), ("PROPOSED".into(), old.clone(), new), ("SET".into(), None, old)]
    );
    assert_eq!(of("address"), [("SET".into(), None, Some(json!("村东头")))]);
    assert_eq!(of("phones"), [("SET".into(), None, Some(json!(["138****1111"])))], "as it may be seen");
    assert_eq!(told.rows[0].reason.as_deref(), Some("身份证为准"));
    let outside = history::of(bureau.desk(0), &Phone::worker(0, VILLAGE_B1).actor, (id(1), "person")).await.unwrap();
    assert!(outside.is_none());
    let other = history::of(bureau.desk(1), &Phone::clerk(1).actor, (id(1), "person")).await.unwrap();
    assert!(other.is_none(), "the other county has nobody of this id");
}

async fn what_is_restricted_leaves_the_server_only_by_an_audited_reveal(bureau: Bureau) {
    let mut clerk = Phone::clerk(0);
    bureau
        .push(&mut clerk, |p| {
            let mut doc = person("张三", VILLAGE_A1);
            doc["restricted_tags"] = json!(["PETITION", "COURT"]);
            doc["key_contact"] = json!(true);
            vec![p.record(at(1, 9), "person", id(1), doc)]
        })
        .await;
    let mut worker = Phone::worker(0, VILLAGE_A1);
    let set = json!({ "key_measures": "每周一电话，帮办低保" });
    let answers = bureau.push(&mut worker, |p| vec![p.change(at(2, 9), "person", id(1), set)]).await;
    assert_eq!(answers[0].reason, None);
    for reader in [Phone::worker(0, VILLAGE_A1), Phone::clerk(0)] {
        let page = bureau.pull(&reader, None).await;
        let text = serde_json::to_string(&page.changes).unwrap();
        assert!(!text.contains("PETITION") && !text.contains("低保"), "{text}");
    }
    for row in sqlx::query("select doc, meta from record union all select coalesce(body, ''), decision from op")
        .fetch_all(bureau.db.pool())
        .await
        .unwrap()
    {
        let text: String = sqlx::Row::get(&row, 0);
        assert!(!text.contains("PETITION") && !text.contains("低保"), "at rest: {text}");
    }
    // One goes, by its masked form, as a page shows it.
    let shown = bureau.see(0, id(1)).await.unwrap().doc["restricted_tags"].clone();
    assert_eq!(shown.as_array().unwrap().len(), 2);
    assert!(shown[0] != shown[1]);
    bureau
        .push(&mut clerk, |p| vec![p.change(at(3, 9), "person", id(1), json!({ "restricted_tags": [shown[1]] }))])
        .await;
    let reviewer = Phone::reviewer(0).actor;
    let before = audit::verify(bureau.db.pool(), COUNTIES[0]).await.unwrap();
    let tell = async |field| reveal::value(bureau.desk(0), &reviewer, (id(1), field), "一人一策").await.unwrap();
    let tags: Vec<String> = serde_json::from_str(&tell("restricted_tags").await.unwrap()).unwrap();
    assert_eq!(tags.len(), 1);
    assert_eq!(tell("key_measures").await.as_deref(), Some("每周一电话，帮办低保"));
    assert_eq!(tell("name").await, None, "what is no secret is not told this way");
    assert_eq!(audit::verify(bureau.db.pool(), COUNTIES[0]).await.unwrap(), before + 2, "each look is in the log");
}

async fn telephone_numbers_with_an_owner_are_kept_and_masked(bureau: Bureau) {
    let mut clerk = Phone::clerk(0);
    let son = json!({ "number": "13900002222", "owner": "张小三", "relation": "儿子" });
    bureau
        .push(&mut clerk, |p| {
            let mut doc = person("张三", VILLAGE_A1);
            doc["phones"] = json!(["13800001111", son.clone()]);
            vec![p.record(at(1, 9), "person", id(1), doc)]
        })
        .await;
    let full = bureau.see(0, id(1)).await.unwrap();
    assert_eq!(bianfang_domain::kind::phones(&full), ["13800001111", "13900002222"]);
    let masked = json!({ "number": "139****2222", "owner": "张小三", "relation": "次子" });
    bureau
        .push(&mut clerk, |p| {
            vec![p.change(at(2, 9), "person", id(1), json!({ "phones": ["138****1111", masked.clone()] }))]
        })
        .await;
    let phones = bureau.see(0, id(1)).await.unwrap().doc["phones"].clone();
    assert_eq!(phones[1], json!({ "number": "13900002222", "owner": "张小三", "relation": "次子" }));
    let stored = sqlx::query("select doc from record where kind = 'person'").fetch_one(bureau.db.pool()).await.unwrap();
    let stored: String = sqlx::Row::get(&stored, 0);
    assert!(!stored.contains("13900002222") && stored.contains("139****2222"));
}

async fn the_page_of_one_person_shows_the_visits_of_both_records(bureau: Bureau) {
    let mut clerk = Phone::clerk(0);
    let same = json!({ "person": id(2), "kept": id(1), "at": at(4, 9) });
    bureau
        .push(&mut clerk, |p| {
            vec![
                p.record(at(1, 9), "person", id(1), person("张建国", VILLAGE_A1)),
                p.record(at(1, 9), "person", id(2), person("张建国", VILLAGE_A1)),
                p.visit(at(2, 9), id(60), &[(id(1), "MET")], "HOME"),
                p.visit(at(3, 9), id(61), &[(id(2), "MET_FAMILY"), (id(1), "NOT_HOME")], "HOME"),
                p.visit(at(3, 12), id(62), &[(id(2), "MET")], "PHONE"),
            ]
        })
        .await;
    let visits = async |n| page::page(bureau.desk(0), &Phone::clerk(0).actor, id(n)).await.unwrap().unwrap();
    assert_eq!((visits(1).await.visits.len(), visits(2).await.visits.len()), (2, 2));
    bureau.push(&mut clerk, |p| vec![p.record(at(4, 9), "same_as", id(70), same)]).await;
    for n in [1, 2] {
        let page = visits(n).await;
        assert_eq!(page.visits.len(), 3, "each contact once");
        assert_eq!(page.same.len(), 1);
        assert_eq!((page.same[0].id, page.same[0].counts), (id(3 - n).0, n == 2));
        assert_eq!(page.same[0].fact, Some(id(70).0));
    }
}

async fn a_fact_tells_its_amendments_its_review_and_its_withdrawal(bureau: Bureau) {
    let mut clerk = Phone::clerk(0);
    bureau.push(&mut clerk, |p| vec![p.record(at(1, 9), "person", id(1), person("张三", VILLAGE_A1))]).await;
    let mut worker = Phone::worker(0, VILLAGE_A1);
    bureau
        .push(&mut worker, |p| {
            let set = fields(json!({ "note": "雨天" }));
            let amend = Act::Amend { set, sealed: Default::default(), reason: "补记".into() };
            vec![p.visit(at(2, 9), id(60), &[(id(1), "MET")], "HOME"), p.op(at(2, 10), "contact", id(60), amend)]
        })
        .await;
    let returned = Act::Review { verdict: Review::Returned, comment: Some("照片不清".into()) };
    let void = Act::Void { reason: "记错人".into() };
    bureau
        .push(&mut Phone::reviewer(0), |p| {
            vec![p.op(at(3, 9), "contact", id(60), returned), p.op(at(3, 10), "contact", id(60), void)]
        })
        .await;
    let told = history::of(bureau.desk(0), &worker.actor, (id(60), "contact")).await.unwrap().unwrap();
    let top: Vec<_> = told.rows.iter().take(3).map(|row| (row.field.as_deref(), row.what.as_str())).collect();
    assert_eq!(top, [(None, "VOIDED"), (None, "RETURNED"), (Some("note"), "AMENDED")]);
    let reasons: Vec<_> = told.rows.iter().take(3).map(|row| row.reason.as_deref().unwrap_or_default()).collect();
    assert_eq!(reasons, ["记错人", "照片不清", "补记"]);
    assert_eq!((told.rows[2].from.clone(), told.rows[2].to.clone()), (None, Some(json!("雨天"))));
    let recorded: Vec<_> = told.rows.iter().skip(3).map(|row| row.what.as_str()).collect();
    assert!(!recorded.is_empty() && recorded.iter().all(|what| *what == "SET"), "{recorded:?}");
    assert_eq!(
        told.named.iter().map(|one| (one.id, one.name.as_deref())).collect::<Vec<_>>(),
        [(id(1).0, Some("张三"))]
    );
}

async fn every_kind_has_a_history_and_only_for_who_may_read_it(bureau: Bureau) {
    let mut clerk = Phone::clerk(0);
    let home = |village: u128| json!({ "head_name": "张三", "division": id(village), "address": "一组1号" });
    let basis = json!({ "name": "张小三", "basis": "SERVING", "household": id(50), "division": id(VILLAGE_A1) });
    let unit = json!({ "name": "砖厂", "unit_kind": "EMPLOYER", "division": id(VILLAGE_A1) });
    bureau
        .push(&mut clerk, |p| {
            let mut one = person("张三", VILLAGE_A1);
            one["household"] = json!(id(51));
            vec![
                p.record(at(1, 8), "household", id(50), home(VILLAGE_A1)),
                p.record(at(1, 8), "household", id(51), home(VILLAGE_B1)),
                p.record(at(1, 9), "person", id(1), one),
                p.record(at(1, 9), "person", id(2), person("张三", VILLAGE_A1)),
                p.record(at(1, 9), "basis_person", id(40), basis),
                p.record(at(1, 9), "unit", id(41), unit),
                p.visit(at(2, 9), id(60), &[(id(1), "MET")], "HOME"),
                p.hang(at(2, 10), id(61), id(50)),
                p.record(at(4, 9), "same_as", id(70), json!({ "person": id(2), "kept": id(1), "at": at(4, 9) })),
            ]
        })
        .await;
    let staff = json!({ "account": Phone::worker(0, VILLAGE_A1).actor.account, "name": "王村干", "role": "VILLAGE_WORKER",
        "division": id(VILLAGE_A1), "divisions": [id(VILLAGE_A1)] });
    let staff_id = bianfang_domain::kind::staff_id(Phone::worker(0, VILLAGE_A1).actor.account);
    let answers = bureau.push(&mut Phone::admin(0), |p| vec![p.record(at(1, 9), "staff", staff_id, staff)]).await;
    assert_eq!(answers[0].reason, None);
    let asked = [
        ("person", id(1)),
        ("household", id(50)),
        ("division", id(VILLAGE_A1)),
        ("basis_person", id(40)),
        ("unit", id(41)),
        ("contact", id(60)),
        ("plaque_event", id(61)),
        ("same_as", id(70)),
        ("staff", staff_id),
    ];
    let worker = Phone::worker(0, VILLAGE_A1).actor;
    for (kind, target) in asked {
        let tell = async |actor: &Actor| history::of(bureau.desk(0), actor, (target, kind)).await.unwrap();
        assert!(tell(&worker).await.is_some_and(|told| !told.rows.is_empty()), "{kind}");
        assert!(tell(&Phone::worker(0, VILLAGE_B1).actor).await.is_none(), "{kind} lies elsewhere");
        let admin = tell(&Phone::admin(0).actor).await;
        assert_eq!(admin.is_some(), kind == "staff", "{kind}: who keeps accounts sees staff alone");
        let other = history::of(bureau.desk(0), &worker, (target, "letter")).await.unwrap();
        assert!(other.is_none(), "{kind} is no letter");
    }
    let told = history::of(bureau.desk(0), &worker, (id(1), "person")).await.unwrap().unwrap();
    let named: Vec<_> = told.named.iter().map(|one| one.id).collect();
    assert_eq!(named, [id(VILLAGE_A1).0], "the household of another village is not named");
}
