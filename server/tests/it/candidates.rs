//! What is left to guess of somebody's id number by whoever has everything a role is ever shown: every route, every masked
//! file, and the phone with its key. The count is an attacker's (`bianfang_county::candidates`); ADR 5 says why a hundred.

use std::io::Cursor;

use axum::body::{Body, to_bytes};
use axum::http::Request;
use bianfang_county::candidates;
use bianfang_domain::actor::Role;
use bianfang_server::db::account::{self, Account};
use bianfang_server::db::installation::{self, Installation, InstallationKind};
use bianfang_server::export::{Format, ledger};
use bianfang_server::feed;
use bianfang_server::http::authorize::{TABLE, allows};
use bianfang_server::role;
use bianfang_store::Store;
use calamine::{Reader, Xlsx};
use serde_json::{Value, json};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions, Row};
use tower::ServiceExt;

use crate::bureau::{self, *};
use crate::households::{HOME, OLD_VILLAGE, settle};
use crate::records::write;
use crate::world::{COUNTIES, START_MS, World, account_id};
use crate::{on_both, on_both_databases};

on_both!(no_route_and_no_masked_file_leaves_fewer_than_a_hundred,);
on_both_databases!(a_phone_with_its_key_leaves_more_than_a_hundred,);

/// Fewer is as good as the number.
const FEW: usize = 100;
/// Of an area that does not exist; nobody else here was born that month.
const NUMBER: &str = "990000196302170037";
const BIRTH: &str = "1963-02-17";
const LI: &str = "00000000-0000-7000-8000-0000000000c1";

/// A token of a role that works in these divisions alone.
pub async fn token(world: &World, of: Role, number: u128, scope: &str) -> String {
    let (id, county) = (world.new_id(), COUNTIES[0]);
    let account = Account {
        id: uuid::Uuid::from_u128(account_id(of).as_u128() + 0x100 * number),
        login: format!("{}-{number}", role::code(of).to_lowercase()),
        name: format!("王{number}"),
        role: of,
        scope: vec![scope.parse().unwrap()],
        password_hash: String::new(),
        active: true,
        failed_count: 0,
        locked_until_ms: 0,
    };
    let mut write = world.app.db.begin(county, world.app.now_ms()).await.unwrap();
    account::insert(write.conn(), county, &account, START_MS).await.unwrap();
    let new = Installation { id, account: account.id, kind: InstallationKind::Console, model: "", platform: "test" };
    assert!(installation::insert(write.conn(), county, &new, START_MS).await.unwrap());
    write.commit().await.unwrap();
    world.app.tokens.issue(county, (account.id, id), (world.app.now_ms(), 15), &*world.app.random).unwrap().0
}

/// A person of the register with everything that is shown of one, a visit, a proposal and a conflict beside it, and a plaque.
async fn person(world: &World) -> String {
    let clerk = settle(world).await;
    let fields = json!({ "name": "李宝山", "household": HOME, "registered_division": OLD_VILLAGE,
        "living_division": OLD_VILLAGE, "register": "ACTIVE", "life": "ALIVE", "sex": "MALE", "birth": BIRTH,
        "id_number": NUMBER, "phones": ["13800001111"], "enlisted": "1981-11-01", "categories": ["DISCHARGED_SOLDIER"],
        "extra": { "配偶出生日期": BIRTH, "身份证后四位": &NUMBER[14..], "身份证号2": NUMBER }, "note": format!("号{NUMBER}") });
    let body = json!({ "kind": "person", "target": LI, "act": "record", "fields": fields });
    let answer = write(world, &clerk, "key-person-li", None, &body).await;
    assert!(answer.status.is_success(), "{}", answer.text);
    let worker = token(world, Role::VillageWorker, 7, OLD_VILLAGE).await;
    let entries = json!([{ "person": LI, "result": "DIED" }]);
    let visit = json!({ "at": START_MS, "method": "HOME", "entries": entries });
    let hung = json!({ "household": HOME, "person": LI, "event": "NEW", "at": START_MS, "position": "GATE",
        "hanger": "王", "signature": "x" });
    let letter = json!({ "soldier": "李宝山", "level": "THIRD", "source": "FAMILY", "division": OLD_VILLAGE,
        "received_on": 20_000 });
    let says: [(&str, Value); 6] = [
        ("key-1-visit", json!({ "kind": "contact", "act": "record", "fields": visit })),
        ("key-2-plaque", json!({ "kind": "plaque_event", "act": "record", "fields": hung })),
        ("key-3-letter", json!({ "kind": "letter", "act": "record", "fields": letter })),
        ("key-4-name", json!({ "kind": "person", "target": LI, "act": "change", "set": { "name": "李保山" } })),
        ("key-5-number", json!({ "kind": "person", "target": LI, "act": "change", "set": { "id_number": NUMBER } })),
        ("key-6-birth", json!({ "kind": "person", "target": LI, "act": "change", "set": { "birth": "1963-02-18" } })),
    ];
    for (key, body) in says {
        // Who wrote the birth had not seen the one that stands.
        let base = if key == "key-6-birth" { 1 } else { 1_000 };
        let base = (body["act"] == "change").then_some(base);
        let answer = write(world, &worker, key, base, &body).await;
        assert!(answer.status.is_success(), "{key}: {}", answer.text);
    }
    clerk
}

/// Everything that a role is answered: all routes that read, about this person where they ask for one, and all masked files.
async fn shown(world: &World, token: &str, of: Role) -> Vec<(String, String)> {
    let mut shown = Vec::new();
    for (_, path, access) in TABLE.iter().filter(|(method, ..)| *method == "GET") {
        if !allows(Some(*access), Some(of)) {
            continue;
        }
        for (kind, id) in [("person", LI), ("household", HOME)] {
            let path = path.replace("{id}", id).replace("{kind}", kind);
            let mut asked = vec![path.clone()];
            if path.ends_with("/people") {
                asked.extend(["李宝山", "0037", NUMBER].map(|text| format!("{path}?search={}", encoded(text))));
                asked.extend(["reached", "not_yet", "denominator"].map(|which| format!("{path}?which={which}")));
            }
            for path in asked {
                let answer = world.get(&path, token).await;
                shown.push((path, answer.text));
            }
        }
    }
    for ledger in ledger::ALL {
        for format in [Format::Xlsx, Format::Csv] {
            let body = json!({ "ledger": ledger.name(), "format": format.ending() });
            shown.push((format!("{} .{}", ledger.name(), format.ending()), file(world, token, &body).await));
        }
    }
    shown
}

fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

/// The text of an exported file, or of the refusal.
async fn file(world: &World, token: &str, body: &Value) -> String {
    let request = Request::post("/api/v1/exports").header("authorization", format!("Bearer {token}"));
    let request = request.header("content-type", "application/json").body(Body::from(body.to_string())).unwrap();
    let bytes = to_bytes(world.router.clone().oneshot(request).await.unwrap().into_body(), usize::MAX).await.unwrap();
    let Ok(mut book) = calamine::open_workbook_from_rs::<Xlsx<_>, _>(Cursor::new(bytes.to_vec())) else {
        return String::from_utf8_lossy(&bytes).into_owned();
    };
    let range = book.worksheet_range_at(0).unwrap().unwrap();
    range.rows().flatten().map(|cell| format!("{cell}\n")).collect()
}

async fn no_route_and_no_masked_file_leaves_fewer_than_a_hundred(world: World) {
    let clerk = person(&world).await;
    for (n, of) in [Role::VillageWorker, Role::TownReviewer, Role::SectionClerk, Role::Leader].into_iter().enumerate() {
        let token = token(&world, of, 20 + n as u128, OLD_VILLAGE).await;
        let shown = shown(&world, &token, of).await;
        let about = shown.iter().filter(|(_, text)| text.contains("李宝山") || text.contains("李**")).count();
        assert!(about >= 10, "{of:?} is shown the person in {about} answers alone");
        let mut all = String::new();
        for (place, text) in &shown {
            let left = candidates(text, NUMBER);
            assert!(left >= FEW, "{of:?} at {place}: {left} left in {text}");
            all.push_str(text);
        }
        let left = candidates(&all, NUMBER);
        println!("{of:?}: {left} left by {} answers together", shown.len());
        assert!(left >= FEW, "{of:?}, all answers together: {left}");
    }
    // The right and the reason: the number, and the day.
    let full = json!({ "ledger": "people", "format": "csv", "full": true, "reason": "核对" });
    let full = file(&world, &clerk, &full).await;
    assert_eq!((candidates(&full, NUMBER), full.contains("1963-02-18"), full.contains("李宝山")), (1, true, true));
    let reveal = json!({ "reason": "核对", "field": "birth" });
    let of = |token: &str| request_with(token, &reveal);
    let answer = world.send(of(&clerk)).await;
    assert_eq!(answer.json()["value"], "1963-02-18；1963-02-17", "what stands, and what waits beside: {}", answer.text);
    let worker = token(&world, Role::VillageWorker, 40, OLD_VILLAGE).await;
    assert_eq!(world.send(of(&worker)).await.code(), "forbidden");
}

fn request_with(token: &str, body: &Value) -> Request<Body> {
    let request = Request::post(format!("/api/v1/people/{LI}/reveal")).header("content-type", "application/json");
    request.header("authorization", format!("Bearer {token}")).body(Body::from(body.to_string())).unwrap()
}

/// A phone's database with the key, every table and every column of it.
async fn decrypted(folder: &std::path::Path) -> String {
    let key = format!("\"x'{}'\"", "07".repeat(32));
    let file = SqliteConnectOptions::new().filename(folder.join("store.db")).pragma("key", key);
    let mut raw = file.connect().await.unwrap();
    let tables = "select name from sqlite_master where type = 'table'";
    let mut text = String::new();
    for table in sqlx::query(tables).fetch_all(&mut raw).await.unwrap() {
        let table: String = table.get(0);
        let columns = AssertSqlSafe(format!("select name from pragma_table_info('{table}')"));
        for column in sqlx::query(columns).fetch_all(&mut raw).await.unwrap() {
            let column: String = column.get(0);
            let sql = format!("select cast(\"{column}\" as text) from \"{table}\" where \"{column}\" is not null");
            let rows = sqlx::query(AssertSqlSafe(sql)).fetch_all(&mut raw).await.unwrap();
            rows.iter().for_each(|row| text.extend([row.try_get::<String, _>(0).unwrap_or_default(), "\n".into()]));
        }
    }
    text
}

async fn a_phone_with_its_key_leaves_more_than_a_hundred(bureau: Bureau) {
    let mut doc = bureau::person("李宝山", VILLAGE_A1);
    for (field, value) in [
        ("id_number", json!(NUMBER)),
        ("birth", json!(BIRTH)),
        ("sex", json!("MALE")),
        ("extra", json!({ "出生日期": BIRTH, "身份证后四位": &NUMBER[14..] })),
    ] {
        doc[field] = value;
    }
    bureau.push(&mut Phone::clerk(0), |p| vec![p.record(at(1, 9), "person", id(1), doc)]).await;
    // Two who have not seen each other: both births are kept beside.
    let mut other = Phone::new(0, 0x53, Role::TownReviewer, TOWN_A);
    bureau.push(&mut other, |p| vec![p.change(at(2, 9), "person", id(1), json!({ "birth": "1963-02-18" }))]).await;
    for phone in [Phone::worker(0, VILLAGE_A1), Phone::reviewer(0), Phone::new(0, 0x54, Role::Leader, COUNTY)] {
        let folder = tempfile::TempDir::new().unwrap();
        let store = Store::open(folder.path(), [7; 32], 0).await.unwrap();
        let page = feed::pull(bureau.desk(0), &phone.actor, None).await.unwrap();
        store.apply_page(&page, true, bureau.now()).await.unwrap();
        assert!(store.compare(&page.checks).await.unwrap().is_empty());
        let person = store.get(id(1)).await.unwrap().unwrap();
        assert_eq!((&person.doc["birth"], person.meta.beside.len()), (&json!("1963-02"), 1));
        let all = decrypted(folder.path()).await;
        assert!(all.contains("9900************37") && all.contains("1963-02"), "{all}");
        let left = candidates(&all, NUMBER);
        println!("the phone of a {:?}: {left} left", phone.actor.role);
        assert!(left >= FEW, "{:?}: {left}", phone.actor.role);
        store.close().await.unwrap();
    }
    // What comes back as it was shown changes nothing, whoever sends it.
    let before = bureau.see_whole(id(1)).await;
    let mut worker = Phone::worker(0, VILLAGE_A1);
    worker.base = before.revision;
    bureau.push(&mut worker, |p| vec![p.change(at(3, 9), "person", id(1), json!({ "birth": "1963-02" }))]).await;
    let after = bureau.see_whole(id(1)).await;
    assert_eq!((after.doc.get("birth"), &after.meta.beside), (before.doc.get("birth"), &before.meta.beside));
    assert_eq!(after.doc["birth"], "1963-02-18");
}
