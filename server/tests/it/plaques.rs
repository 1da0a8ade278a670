//! Plaques and letters on both databases: two who write at once, lists against scope.

use std::collections::BTreeSet;

use bianfang_domain::actor::{Actor, Role};
use bianfang_domain::kind::PlaqueAct;
use bianfang_domain::op::{Act, Op, Part, Sealed};
use bianfang_server::county::tree::Tree;
use bianfang_server::db::page::PAGE;
use bianfang_server::lists::paging::Search;
use bianfang_server::lists::plaques::{PlaquePage, Requests};
use bianfang_server::lists::{self, letters, plaques, request_form, steps};
use bianfang_server::write;
use calamine::Reader as _;
use serde_json::{Value, json};
use sqlx::Row;

use crate::bureau::*;
use crate::on_both_databases;

on_both_databases!(
    two_who_hang_at_once_leave_one_plaque_and_the_index_takes_no_second,
    two_who_deliver_at_once_leave_one_delivery_and_the_index_takes_no_second,
    ten_of_eight_are_one_case_that_lapses_when_mended,
    the_register_lists_by_state_within_scope,
    a_requests_form_is_printed_for_who_sees_it_and_typed_words_are_no_markup,
    letters_are_listed_by_state_within_scope,
);

pub const HOUSE: u128 = 0x700;

pub fn plaque(p: &mut Phone, when: i64, target: u128, house: u128, event: &str, more: Value) -> Op {
    let mut op = p.hang(when, id(target), id(house));
    if let Act::Record { fields: set, .. } = &mut op.act {
        set.insert("event".into(), json!(event));
        set.extend(fields(more));
    }
    op
}

/// Households with a veteran each.
pub async fn homes(bureau: &Bureau, county: usize, villages: &[u128]) {
    let mut clerk = Phone::new(county, 0x77, Role::SectionClerk, COUNTY);
    bureau
        .push(&mut clerk, |p| {
            let mut ops = Vec::new();
            for (n, village) in villages.iter().enumerate() {
                let n = n as u128;
                let home =
                    json!({ "head_name": format!("张{n}"), "division": id(*village), "address": format!("{n}号") });
                ops.push(p.record(at(1, 8), "household", id(HOUSE + n), home));
                let mut doc = person(&format!("张{n}"), *village);
                doc["household"] = json!(id(HOUSE + n));
                doc["categories"] = json!(["DISCHARGED_SOLDIER"]);
                ops.push(p.record(at(1, 9), "person", id(100 + n), doc));
            }
            ops
        })
        .await;
}

async fn rows(bureau: &Bureau, sql: &'static str) -> Vec<(String, i64)> {
    let rows = sqlx::query(sql).bind(COUNTIES[0]).fetch_all(bureau.db.pool()).await.unwrap();
    rows.iter().map(|row| (row.get(0), row.get(1))).collect()
}

async fn two_who_hang_at_once_leave_one_plaque_and_the_index_takes_no_second(bureau: Bureau) {
    homes(&bureau, 0, &[VILLAGE_A1; 8]).await;
    let mut phones: Vec<Phone> = (0..4).map(|n| Phone::new(0, 0x200 + n, Role::VillageWorker, VILLAGE_A1)).collect();
    let pushes = phones.iter_mut().enumerate().map(|(n, phone)| {
        let n = n as u128;
        // Each in another order over the same homes, so that they meet in the middle.
        let ops: Vec<Op> = (0..8)
            .map(|step| {
                let home = (step * 3 + n * 2) % 8;
                phone.hang(at(2, 9) + (n as i64) * 1000, id(0x8000 + n * 0x100 + home), id(HOUSE + home))
            })
            .collect();
        let (desk, actor) = (bureau.desk(0), phone.actor.clone());
        async move { write::push(desk, &actor, &ops).await.unwrap() }
    });
    let pushes: Vec<_> = pushes.collect();
    let mut pushes = pushes.into_iter();
    let (a, b, c, d) =
        tokio::join!(pushes.next().unwrap(), pushes.next().unwrap(), pushes.next().unwrap(), pushes.next().unwrap());
    let answers: Vec<_> = [a, b, c, d].into_iter().flat_map(|push| push.answers).collect();
    assert_eq!(answers.len(), 32, "every one is answered and kept");
    let walls =
        rows(&bureau, "select owner, on_wall from plaque where county = $1 and on_wall = 1 order by owner").await;
    assert_eq!(walls.len(), 8, "one a home");
    for home in 0..8_u128 {
        for n in 0..4_u128 {
            let event = bureau.see(0, id(0x8000 + n * 0x100 + home)).await.unwrap();
            assert_eq!(event.counts(&Part::Whole), n == 0, "the earliest stands, whoever came first");
        }
    }
    let second = sqlx::query("insert into plaque (county, owner, state, on_wall) values ($1, $2, 'HUNG', 1)");
    let refused = second.bind(COUNTIES[0]).bind(id(HOUSE).to_string()).execute(bureau.db.pool()).await;
    assert!(refused.is_err_and(|error| error.as_database_error().is_some_and(|e| e.is_unique_violation())));
}

fn letter(number: &str, village: u128) -> Value {
    json!({ "source": "PAFD", "notice_no": number, "level": "THIRD", "soldier": "李军", "division": id(village) })
}

fn delivered(letter: u128, when: i64) -> Value {
    json!({ "letter": id(letter), "step": "DELIVERED", "at": when, "signature": "x", "award_fen": 200_000,
        "delivered_by": [{ "name": "王", "of": "BUREAU", "level": "COUNTY" }] })
}

async fn two_who_deliver_at_once_leave_one_delivery_and_the_index_takes_no_second(bureau: Bureau) {
    let mut clerk = Phone::clerk(0);
    bureau.push(&mut clerk, |p| vec![p.record(at(1, 9), "letter", id(0xD00), letter("17", VILLAGE_A1))]).await;
    let mut phones: Vec<Phone> = (0..2).map(|n| Phone::new(0, 0x200 + n, Role::VillageWorker, VILLAGE_A1)).collect();
    let ops: Vec<Op> = phones
        .iter_mut()
        .enumerate()
        .map(|(n, p)| {
            p.record(at(2, 9 + n as i64), "letter_step", id(0xD01 + n as u128), delivered(0xD00, at(2, 9 + n as i64)))
        })
        .collect();
    let (one, two) = tokio::join!(
        write::push(bureau.desk(0), &phones[0].actor, &ops[..1]),
        write::push(bureau.desk(0), &phones[1].actor, &ops[1..])
    );
    assert!(one.is_ok() && two.is_ok());
    assert!(bureau.see(0, id(0xD01)).await.unwrap().counts(&Part::Whole));
    assert!(!bureau.see(0, id(0xD02)).await.unwrap().counts(&Part::Whole));
    let told = rows(&bureau, "select owner, award_fen from letter where county = $1 and delivered = 1").await;
    assert_eq!(told, [(id(0xD00).to_string(), 200_000)]);
    let second = sqlx::query("insert into letter (county, owner, delivered) values ($1, $2, 1)");
    let refused = second.bind(COUNTIES[0]).bind(id(0xD00).to_string()).execute(bureau.db.pool()).await;
    assert!(refused.is_err_and(|error| error.as_database_error().is_some_and(|e| e.is_unique_violation())));
}

async fn ten_of_eight_are_one_case_that_lapses_when_mended(bureau: Bureau) {
    homes(&bureau, 0, &[VILLAGE_A1; 10]).await;
    let mut town = Phone::reviewer(0);
    let lot = json!({ "act": "RECEIVED", "division": id(VILLAGE_A1), "count": 8, "at": at(1, 9) });
    bureau.push(&mut town, |p| vec![p.record(at(1, 9), "plaque_stock", id(0x600), lot)]).await;
    for n in 0..2_u128 {
        let mut phone = Phone::new(0, 0x200 + n, Role::VillageWorker, VILLAGE_A1);
        let answers = bureau
            .push(&mut phone, |p| {
                let homes = (n * 5)..(n * 5 + 5);
                homes
                    .map(|home| plaque(p, at(2, 9), 0x800 + home, HOUSE + home, "NEW", json!({ "lot": id(0x600) })))
                    .collect()
            })
            .await;
        assert!(answers.iter().all(|answer| answer.reason.is_none()), "nothing is refused or held at a door");
    }
    let open =
        "select kind, cast(count(*) as bigint) from case_item where county = $1 and state = 'OPEN' group by kind";
    assert_eq!(rows(&bureau, open).await, [("STOCK".to_owned(), 1)]);
    let conn = &mut *bureau.db.pool().acquire().await.unwrap();
    let tree = Tree::load(conn, COUNTIES[0]).await.unwrap();
    let lots = plaques::lots(conn, COUNTIES[0], (&tree, Role::TownReviewer), vec![id(VILLAGE_A1)]).await.unwrap();
    assert_eq!(lots.iter().map(|lot| (lot.count, lot.taken, lot.left)).collect::<Vec<_>>(), [(8, 10, -2)]);
    assert!(lots[0].case.is_some(), "the lot names its open case");
    assert!(lots[0].revision > 0);
    assert_eq!(lots[0].may, ["TRANSFERRED", "RETURNED"], "the county alone destroys");
    assert!(plaques::lots(conn, COUNTIES[0], (&tree, Role::Leader), vec![id(VILLAGE_B1)]).await.unwrap().is_empty());
    let amend = Act::Amend { set: fields(json!({ "count": 10 })), sealed: Sealed::new(), reason: "清点".into() };
    bureau.push(&mut town, |p| vec![p.op(at(5, 9), "plaque_stock", id(0x600), amend)]).await;
    assert!(rows(&bureau, open).await.is_empty());
}

async fn list(bureau: &Bureau, phone: &Phone, text: &str, state: Option<&str>, after: Option<&str>) -> PlaquePage {
    let conn = &mut *bureau.db.pool().acquire().await.unwrap();
    let tree = Tree::load(conn, COUNTIES[phone.county]).await.unwrap();
    let divisions = tree.below(&phone.actor.scope).into_iter().collect();
    plaques::page(
        conn,
        COUNTIES[phone.county],
        (&tree, phone.actor.role),
        Search { text, state, divisions, after: after.map(|after| after.parse().unwrap()) },
    )
    .await
    .unwrap()
}

async fn the_register_lists_by_state_within_scope(bureau: Bureau) {
    let mut villages = vec![VILLAGE_A1; PAGE + 3];
    villages.push(VILLAGE_B1);
    homes(&bureau, 0, &villages).await;
    homes(&bureau, 1, &[VILLAGE_A1]).await;
    let mut worker = Phone::worker(0, VILLAGE_A1);
    bureau
        .push(&mut worker, |p| {
            vec![p.hang(at(2, 9), id(0x800), id(HOUSE)), plaque(p, at(2, 10), 0x801, HOUSE + 1, "DECLINE", json!({}))]
        })
        .await;
    let states =
        |page: PlaquePage| page.rows.into_iter().map(|row| (row.head_name.unwrap(), row.state)).collect::<Vec<_>>();
    assert_eq!(states(list(&bureau, &worker, "", Some("HUNG"), None).await), [("张0".to_owned(), "HUNG".to_owned())]);
    assert_eq!(states(list(&bureau, &worker, "", Some("DECLINED"), None).await).len(), 1);
    let waiting = list(&bureau, &worker, "", Some("PENDING"), None).await;
    let rest = list(&bureau, &worker, "", Some("PENDING"), waiting.next.as_deref()).await;
    let homes: BTreeSet<_> = waiting.rows.iter().chain(&rest.rows).map(|row| row.household).collect();
    assert_eq!((homes.len(), rest.next), (PAGE + 1, None), "each once");
    assert!(waiting.rows.iter().all(|row| row.why == "VETERAN" && row.basis.as_deref() == Some("PROACTIVE")));
    assert_eq!(list(&bureau, &worker, "zhang0", None, None).await.rows.len(), 1, "by pinyin");
    assert_eq!(list(&bureau, &worker, "%", None, None).await.rows.len(), 0);
    assert_eq!(list(&bureau, &Phone::worker(0, VILLAGE_B1), "", None, None).await.rows.len(), 1);
    assert_eq!(list(&bureau, &Phone::worker(0, VILLAGE_A2), "", None, None).await.rows.len(), 0);
    let of = async |actor: &Actor, house: u128| lists::plaque::view(bureau.desk(0), actor, id(house)).await.unwrap();
    let view = of(&Phone::clerk(0).actor, HOUSE).await.unwrap();
    assert_eq!((view.row.state.as_str(), view.events.len()), ("HUNG", 1));
    let offer = |act| view.offers.iter().find(|offer| offer.act == act);
    assert!(offer(PlaqueAct::Cancel).unwrap().document);
    let replace = offer(PlaqueAct::Replace).unwrap();
    assert!(replace.old_plaque && replace.hangs && replace.takes_new && replace.against.is_none());
    assert!(
        offer(PlaqueAct::Restore).is_none() && offer(PlaqueAct::Destroy).is_none(),
        "nothing to restore or destroy"
    );
    let acts = of(&worker.actor, HOUSE).await.unwrap().offers;
    assert!(acts.iter().all(|offer| offer.act != PlaqueAct::Cancel), "the county alone cancels");
    assert!(of(&Phone::worker(0, VILLAGE_B1).actor, HOUSE).await.is_none(), "another village's household");
}

async fn a_requests_form_is_printed_for_who_sees_it_and_typed_words_are_no_markup(bureau: Bureau) {
    homes(&bureau, 0, &[VILLAGE_A1]).await;
    let (mut worker, mut town) = (Phone::worker(0, VILLAGE_A1), Phone::reviewer(0));
    bureau
        .push(&mut worker, |p| {
            let request = json!({ "household": id(HOUSE), "ask": "REPLACE", "reason": "AGED", "applicant": "张<b>三", "person": id(100), "at": at(3, 9) });
            let opinion = |step: &str| json!({ "request": id(0x900), "step": step, "opinion": "情况属实", "by": "村主任", "at": at(4, 9) });
            vec![
                p.hang(at(2, 9), id(0x800), id(HOUSE)),
                p.record(at(3, 9), "plaque_request", id(0x900), request),
                p.record(at(4, 9), "plaque_request_step", id(0x901), opinion("VILLAGE_OK")),
            ]
        })
        .await;
    let html = request_form::html(bureau.desk(0), &town.actor, id(0x900)).await.unwrap().unwrap();
    for words in
        ["光荣牌更换申请表", "原悬挂时间", "2026-05-06", "老化", "情况属实", "县局意见", "领取人", "张&lt;b&gt;三"]
    {
        assert!(html.contains(words), "{words}: {html}");
    }
    let (name, bytes) = request_form::xlsx(bureau.desk(0), &town.actor, id(0x900)).await.unwrap().unwrap();
    assert_eq!(name, "光荣牌更换申请表_张b三.xlsx");
    let mut book = calamine::Xlsx::new(std::io::Cursor::new(bytes)).unwrap();
    let sheet = book.worksheet_range("申请表").unwrap();
    let rows: Vec<Vec<String>> = sheet.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect();
    assert_eq!(rows[0][0], "光荣牌更换申请表");
    let line = |name: &str| rows.iter().find(|row| row[0] == name).unwrap()[1].clone();
    assert_eq!(
        (line("姓名"), line("原因"), line("原悬挂时间")),
        ("张<b>三".into(), "老化".into(), "2026-05-06".into())
    );
    assert_eq!((line("县局意见"), line("领取人")), (String::new(), String::new()), "a line to write on");
    assert!(line("村（社区）意见").contains("情况属实"));
    for phone in [Phone::worker(0, VILLAGE_B1), Phone::clerk(1)] {
        assert!(request_form::xlsx(bureau.desk(phone.county), &phone.actor, id(0x900)).await.unwrap().is_none());
        assert!(request_form::html(bureau.desk(phone.county), &phone.actor, id(0x900)).await.unwrap().is_none());
    }
    let conn = &mut *bureau.db.pool().acquire().await.unwrap();
    let tree = Tree::load(conn, COUNTIES[0]).await.unwrap();
    let asked = |village: u128, state: Option<&'static str>, text: &'static str| Requests {
        divisions: vec![id(village)],
        state,
        text,
        ..Requests::default()
    };
    let mut list = async |role: Role, which: Requests<'static>| {
        plaques::requests(conn, COUNTIES[0], (&tree, role), which).await.unwrap()
    };
    let found = list(Role::TownReviewer, asked(VILLAGE_A1, Some("VILLAGE_OK"), "张")).await;
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].may, ["TOWN_OK", "REJECTED"], "the township's turn");
    let found = list(Role::VillageWorker, asked(VILLAGE_A1, None, "")).await;
    assert_eq!((found.len(), found[0].may.len()), (1, 0), "the village has said its word");
    let of_house = |house: u128| Requests { household: Some(id(house)), ..asked(VILLAGE_A1, None, "") };
    assert_eq!(list(Role::TownReviewer, of_house(HOUSE)).await.len(), 1);
    assert!(list(Role::TownReviewer, of_house(HOUSE + 1)).await.is_empty());
    assert!(list(Role::TownReviewer, asked(VILLAGE_A1, Some("APPLIED"), "")).await.is_empty());
    assert!(list(Role::TownReviewer, asked(VILLAGE_A1, None, "李")).await.is_empty());
    assert!(list(Role::TownReviewer, asked(VILLAGE_B1, None, "")).await.is_empty());
    let opinions = steps::of(conn, COUNTIES[0], (id(0x900), "plaque_request_step")).await.unwrap();
    assert_eq!(opinions.len(), 1);
    assert_eq!((opinions[0].held, &opinions[0].fields["opinion"]), (false, &json!("情况属实")));
    drop(town.record(at(5, 9), "photo", id(1), json!({})));
}

async fn letters_are_listed_by_state_within_scope(bureau: Bureau) {
    let mut clerk = Phone::clerk(0);
    bureau
        .push(&mut clerk, |p| {
            vec![
                p.record(at(1, 9), "letter", id(0xD00), letter("通-17", VILLAGE_A1)),
                p.record(at(1, 9), "letter", id(0xD10), letter("通-18", VILLAGE_B1)),
                p.record(at(2, 9), "letter_step", id(0xD01), delivered(0xD00, at(2, 9))),
            ]
        })
        .await;
    let ask = async |village: u128, text: &str, state: Option<&str>, level: Option<&str>| {
        let conn = &mut *bureau.db.pool().acquire().await.unwrap();
        let tree = Tree::load(conn, COUNTIES[0]).await.unwrap();
        let search = Search { text, state, divisions: tree.below(&[id(village)]).into_iter().collect(), after: None };
        letters::page(conn, COUNTIES[0], (&tree, Role::VillageWorker), (search, level)).await.unwrap().rows
    };
    assert_eq!(ask(COUNTY, "", None, None).await.len(), 2);
    let told = ask(VILLAGE_A1, "lijun", Some("DELIVERED"), None).await;
    assert_eq!(told.len(), 1);
    assert_eq!((told[0].award_fen, &told[0].warnings[..]), (Some(200_000), &["WITHOUT_PAFD".to_owned()][..]));
    assert_eq!(ask(COUNTY, "通-18", None, None).await.len(), 1);
    assert!(ask(VILLAGE_A1, "", Some("RECEIVED"), None).await.is_empty());
    assert_eq!(ask(COUNTY, "", None, told[0].level.as_deref()).await.len(), 2);
    assert!(ask(COUNTY, "", None, Some("BAYI")).await.is_empty());
    let of = async |actor: &Actor| lists::letter::view(bureau.desk(0), actor, id(0xD00)).await.unwrap();
    let view = of(&Phone::worker(0, VILLAGE_A1).actor).await.unwrap();
    assert_eq!(
        (view.steps.len(), view.row.state.as_str(), &view.row.may[..]),
        (1, "DELIVERED", &["FED_BACK".to_owned()][..])
    );
    assert_eq!(view.should.map(|should| should.with_pafd), Some(true));
    assert!(view.twins.is_empty());
    assert!(of(&Phone::worker(0, VILLAGE_B1).actor).await.is_none(), "another village's letter");
    bureau.push(&mut clerk, |p| vec![p.record(at(3, 9), "letter", id(0xD20), letter("通 -17", VILLAGE_B1))]).await;
    let twins = of(&clerk.actor).await.unwrap().twins;
    assert_eq!(twins.iter().map(|twin| twin.id).collect::<Vec<_>>(), [id(0xD20).0], "the same number again");
    let twins = of(&Phone::worker(0, VILLAGE_A1).actor).await.unwrap().twins;
    assert!(twins.is_empty(), "what lies elsewhere is as if it were not there");
}
