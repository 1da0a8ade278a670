//! A county of so many people in its third year: ten people of one village come the ordinary way, with their households,
//! visits, photos, plaques, letter, request, draft, merged record and what waits for the township; the others are copies,
//! spread over the villages.

use bianfang_bureau::multiply::{Instead, Marked, multiply};
use bianfang_domain::actor::Role;
use bianfang_server::db::installation::{self, Installation, InstallationKind};
use bianfang_server::records::project;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::households::put;
use crate::records::write;
use crate::world::{COUNTIES, START_MS, World, account_id, scope_of};

/// Stands in every id and name of the people who come the ordinary way.
pub const MARK: &str = "f00dfeed";
pub const PEOPLE: u32 = 10;
const TOWNSHIPS: u32 = 4;
const DAY_MS: i64 = 86_400_000;

/// The nth record of a kind of the first people.
pub fn first(kind: u32, n: u32) -> String {
    format!("{MARK}-0000-7000-80{kind:02x}-0000000000{n:02x}")
}

pub const PERSON: u32 = 1;
pub const HOUSEHOLD: u32 = 2;
pub const LETTER: u32 = 5;
pub const SOLDIER: u32 = 6;
pub const UNIT: u32 = 7;
const CONTACT: u32 = 3;
const PHOTO: u32 = 4;
const PLAQUE: u32 = 8;
const REQUEST: u32 = 9;
const SAME: u32 = 10;

pub fn township(n: u32) -> String {
    format!("00000000-0000-7000-8000-00000a{n:06x}")
}

pub fn village(n: u32) -> String {
    format!("00000000-0000-7000-8000-00000b{n:06x}")
}

/// How large a county is.
#[derive(Debug, Clone, Copy)]
pub struct Size {
    /// A multiple of ten.
    pub people: u32,
    pub villages: u32,
    /// In each ten people's households, over the years.
    pub visits: u32,
    /// Of these.
    pub photos: u32,
}

impl Size {
    /// So many people in a hundred villages.
    pub const fn of(people: u32) -> Self {
        Self { people, villages: 100, visits: 16, photos: 16 }
    }

    /// A whole county after three years: 50,000 people in 600 villages, 60,000 visits, 90,000 photos.
    pub const WHOLE: Self = Self { people: 50_000, villages: 600, visits: 12, photos: 18 };

    /// How many there are of what each ten people have so many of.
    pub const fn all(self, of_ten: u32) -> u32 {
        self.people / PEOPLE * of_ten
    }
}

/// Four townships, their villages, and the people.
pub async fn county(world: &World, size: Size) {
    tree(world, size.villages).await;
    let before = feed(world).await;
    cluster(world, size).await;
    let span = feed(world).await - before;
    let copies: Vec<Instead> =
        (1..size.all(1)).map(|n| Instead { mark: copied(n), place: village(n % size.villages) }).collect();
    let mut tables = vec!["record", "record_subject", "record_scope", "record_print", "scope_exit", "op"];
    tables.extend(project::tables().map(|table| table.name));
    let mut conn = world.app.db.pool().acquire().await.unwrap();
    let ask = format!("select id from record where doc like '%{MARK}%' and id not like '%{MARK}%'");
    let derived: Vec<String> = sqlx::query_scalar(sqlx::AssertSqlSafe(ask)).fetch_all(&mut *conn).await.unwrap();
    let marked = Marked { mark: MARK, place: &village(0), derived: &derived };
    multiply(&mut conn, &tables, marked, &copies, span).await.unwrap();
    let head = before + span * i64::try_from(copies.len() + 1).unwrap();
    let ask = sqlx::query("update county set feed = $1 where code = $2").bind(head).bind(COUNTIES[0]);
    ask.execute(&mut *conn).await.unwrap();
    drop(conn);
    // As it is after so many writes.
    world.app.db.measure().await.unwrap();
}

/// Stands in every id and name of the nth copy.
pub fn copied(n: u32) -> String {
    format!("{n:08x}")
}

async fn feed(world: &World) -> i64 {
    let ask = sqlx::query_scalar("select feed from county where code = $1").bind(COUNTIES[0]);
    ask.fetch_one(world.app.db.pool()).await.unwrap()
}

async fn tree(world: &World, villages: u32) {
    let clerk = world.token(COUNTIES[0], Role::SectionClerk).await;
    let county = scope_of(COUNTIES[0])[0].to_string();
    put(world, &clerk, "division", &county, json!({ "name": "县", "level": "COUNTY" })).await;
    for n in 0..TOWNSHIPS {
        let town = json!({ "name": format!("镇{n}"), "level": "TOWNSHIP", "parent": county });
        put(world, &clerk, "division", &township(n), town).await;
    }
    for n in 0..villages {
        let here = json!({ "name": format!("村{n}"), "level": "VILLAGE", "parent": township(n % TOWNSHIPS) });
        put(world, &clerk, "division", &village(n), here).await;
    }
}

/// On an installation whose id holds the mark, for a copied op is a copied phone's.
async fn marked_token(world: &World, of: Role, n: u32) -> String {
    let id: Uuid = format!("{MARK}-1111-7000-8000-0000000000{n:02x}").parse().unwrap();
    let account = account_id(of);
    let mut write = world.app.db.begin(COUNTIES[0], world.app.now_ms()).await.unwrap();
    let new = Installation { id, account, kind: InstallationKind::Console, model: "", platform: "test" };
    assert!(installation::insert(write.conn(), COUNTIES[0], &new, START_MS).await.unwrap());
    write.commit().await.unwrap();
    world.app.tokens.issue(COUNTIES[0], (account, id), (world.app.now_ms(), 15), &*world.app.random).unwrap().0
}

/// Which household the nth lives in.
fn home(n: u32) -> u32 {
    n * 4 / PEOPLE
}

async fn cluster(world: &World, size: Size) {
    let clerk = marked_token(world, Role::SectionClerk, 1).await;
    let worker = marked_token(world, Role::VillageWorker, 2).await;
    let here = village(0);
    for n in 0..4 {
        let fields = json!({ "head_name": format!("张{MARK}{n}"), "division": here, "address": format!("{n}组1号") });
        put(world, &clerk, "household", &first(HOUSEHOLD, n), fields).await;
    }
    for n in 0..PEOPLE {
        let fields = json!({ "name": format!("张{MARK}{n}"), "household": first(HOUSEHOLD, home(n)), "living_division": here,
            "registered_division": here, "birth": format!("19{}-05-0{}", 50 + n, n % 9 + 1), "life": "ALIVE",
            "categories": ["DISCHARGED_SOLDIER"], "register": if n == 9 { "DRAFT" } else { "ACTIVE" } });
        put(world, &clerk, "person", &first(PERSON, n), fields).await;
    }
    for n in 0..size.visits {
        visit(world, &worker, n).await;
    }
    for n in 0..size.photos {
        photo(world, &worker, n, n % size.visits).await;
    }
    for n in 0..3 {
        let hung = json!({ "household": first(HOUSEHOLD, n), "event": "NEW", "at": START_MS - 90 * DAY_MS, "position": "GATE",
            "hanger": "王", "no_signature": "外出" });
        put(world, &worker, "plaque_event", &first(PLAQUE, n), hung).await;
    }
    let asked =
        json!({ "household": first(HOUSEHOLD, 3), "ask": "NEW", "at": START_MS - 9 * DAY_MS, "applicant": "张三" });
    put(world, &worker, "plaque_request", &first(REQUEST, 0), asked).await;
    let letter = json!({ "source": "TROOPS", "level": "THIRD", "soldier": format!("张{MARK}"), "division": here,
        "received_on": 20_700 });
    put(world, &clerk, "letter", &first(LETTER, 0), letter).await;
    let soldier = json!({ "basis": "SERVING", "name": format!("张{MARK}"), "household": first(HOUSEHOLD, 0) });
    put(world, &clerk, "basis_person", &first(SOLDIER, 0), soldier).await;
    let unit = json!({ "unit_kind": "EMPLOYER", "name": format!("{MARK}厂"), "division": here });
    put(world, &clerk, "unit", &first(UNIT, 0), unit).await;
    let same = json!({ "person": first(PERSON, 8), "kept": first(PERSON, 7), "at": START_MS - DAY_MS });
    put(world, &clerk, "same_as", &first(SAME, 0), same).await;
    let named = json!({ "kind": "person", "target": first(PERSON, 1), "act": "change", "set": { "name": "李四" } });
    let said = write(world, &worker, "key-proposed", Some(u64::try_from(feed(world).await).unwrap()), &named).await;
    assert_eq!(said.json()["verdict"], "proposed", "{}", said.text);
}

/// A household a year, and a visit of this month; one reports a death, which a person must look at.
async fn visit(world: &World, worker: &str, n: u32) {
    let (house, year) = (n % 4, i64::from(n / 4));
    let at = START_MS - (year * 300 + i64::from(house) + 2) * DAY_MS;
    let met = |person: u32| {
        let result = if n == 3 && person == 8 {
            "DIED"
        } else if (n + person).is_multiple_of(3) {
            "NOT_HOME"
        } else {
            "MET"
        };
        json!({ "person": first(PERSON, person), "result": result })
    };
    let entries: Vec<Value> = (0..PEOPLE - 1).filter(|person| home(*person) == house).map(met).collect();
    let fields = json!({ "at": at, "method": if n % 5 == 4 { "PHONE" } else { "HOME" }, "household": first(HOUSEHOLD, house),
        "work_types": ["ROUND"], "entries": entries });
    put(world, worker, "contact", &first(CONTACT, n), fields).await;
}

async fn photo(world: &World, worker: &str, n: u32, of: u32) {
    let original = format!("{MARK}{n:056x}");
    let photo =
        json!({ "subject": first(CONTACT, of), "photo_kind": "SCENE", "original": original, "length": 1_000_000 });
    put(world, worker, "photo", &first(PHOTO, n), photo).await;
}
