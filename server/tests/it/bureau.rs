//! Two counties in one database, with the same divisions, phones and record ids, each marked as its own: what a test of
//! records, feed and figures stands on. Every answer is searched for the other county's mark.

use std::sync::Mutex;
use std::sync::atomic::{AtomicI64, Ordering};

use bianfang_domain::actor::{Actor, Role};
use bianfang_domain::document::Document;
use bianfang_domain::id::{OpId, RecordId};
use bianfang_domain::op::{Act, Op, Sealed};
use bianfang_domain::record::Record;
use bianfang_domain::time::{Day, DeviceTime};
use bianfang_protocol::pull::{Change, PullResponse};
use bianfang_protocol::push::Answer;
use bianfang_server::clock::Random;
use bianfang_server::county::Desk;
use bianfang_server::county::keys::CountyKeys;
use bianfang_server::db::{Db, county};
use bianfang_server::feed;
use bianfang_server::records::project;
use bianfang_server::write;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use serde_json::{Value, json};
use tempfile::TempDir;
use uuid::Uuid;

use crate::postgres;

pub const COUNTIES: [&str; 2] = ["150426", "360722"];
pub const HOUR: i64 = 3_600_000;

pub const COUNTY: u128 = 0xC0;
pub const TOWN_A: u128 = 0xA0;
pub const VILLAGE_A1: u128 = 0xA1;
pub const VILLAGE_A2: u128 = 0xA2;
pub const TOWN_B: u128 = 0xB0;
pub const VILLAGE_B1: u128 = 0xB1;

/// Repeatable bytes.
pub struct TestRandom(Mutex<StdRng>);

impl Random for TestRandom {
    fn fill(&self, bytes: &mut [u8]) {
        self.0.lock().unwrap().fill_bytes(bytes);
    }
}

pub fn id(number: u128) -> RecordId {
    RecordId(Uuid::from_u128(number))
}

/// An instant: day `day` after 2026-05-04, `hour` o'clock in Shanghai.
pub fn at(day: i32, hour: i64) -> i64 {
    Day(Day::from_ymd(2026, 5, 4).unwrap().0 + day).start_ms() + hour * HOUR
}

pub fn day(day: i32) -> Day {
    Day::of(at(day, 12))
}

pub struct Bureau {
    pub db: Db,
    pub keys: Vec<CountyKeys>,
    pub random: TestRandom,
    pub dir: TempDir,
    now: AtomicI64,
}

/// One account on one phone of one county.
#[derive(Clone)]
pub struct Phone {
    pub county: usize,
    pub actor: Actor,
    pub seq: u64,
    pub base: u64,
}

impl Phone {
    pub fn new(county: usize, number: u128, role: Role, scope: u128) -> Self {
        let actor = Actor {
            account: Uuid::from_u128(0x1000 + number),
            role,
            scope: vec![id(scope)],
            installation: Uuid::from_u128(0x2000 + number),
        };
        Self { county, actor, seq: 0, base: 0 }
    }
    pub fn worker(county: usize, village: u128) -> Self {
        Self::new(county, village, Role::VillageWorker, village)
    }
    pub fn reviewer(county: usize) -> Self {
        Self::new(county, 0x50, Role::TownReviewer, TOWN_A)
    }
    pub fn clerk(county: usize) -> Self {
        Self::new(county, 0x51, Role::SectionClerk, COUNTY)
    }
    pub fn admin(county: usize) -> Self {
        Self::new(county, 0x52, Role::SysAdmin, COUNTY)
    }

    pub fn op(&mut self, when: i64, kind: &str, target: RecordId, act: Act) -> Op {
        self.seq += 1;
        Op {
            id: OpId { installation: self.actor.installation, seq: self.seq },
            kind: kind.to_owned(),
            target,
            act,
            base: self.base,
            at: DeviceTime { device_ms: when, monotonic_ms: when, offset_ms: Some(0) },
        }
    }

    /// Marked as this county's.
    pub fn record(&mut self, when: i64, kind: &str, target: RecordId, mut doc: Value) -> Op {
        doc["mark"] = json!(COUNTIES[self.county]);
        self.op(when, kind, target, Act::Record { fields: fields(doc), sealed: Sealed::new() })
    }

    pub fn change(&mut self, when: i64, kind: &str, target: RecordId, set: Value) -> Op {
        self.op(when, kind, target, Act::Change { set: fields(set), sealed: Sealed::new(), since: None })
    }

    pub fn visit(&mut self, when: i64, target: RecordId, people: &[(RecordId, &str)], method: &str) -> Op {
        let entries: Vec<Value> = people.iter().map(|(p, result)| json!({ "person": p, "result": result })).collect();
        self.record(when, "contact", target, json!({ "at": when, "method": method, "entries": entries }))
    }

    pub fn hang(&mut self, when: i64, target: RecordId, household: RecordId) -> Op {
        let doc = json!({ "household": household, "event": "NEW", "at": when, "position": "GATE", "hanger": "王",
            "signature": "x" });
        self.record(when, "plaque_event", target, doc)
    }
}

pub fn fields(value: Value) -> Document {
    value.as_object().unwrap().clone()
}

pub fn person(name: &str, village: u128) -> Value {
    json!({ "name": name, "registered_division": id(village), "living_division": id(village), "register": "ACTIVE",
        "life": "ALIVE" })
}

impl Bureau {
    pub async fn sqlite() -> Self {
        bianfang_bureau::steps::watch();
        let dir = TempDir::new().unwrap();
        let url = format!("sqlite://{}?mode=rwc", dir.path().join("db").display());
        Self::new(&url, dir).await
    }

    pub async fn postgres() -> Option<Self> {
        Some(Self::new(&postgres::new_database().await?, TempDir::new().unwrap()).await)
    }

    async fn new(url: &str, dir: TempDir) -> Self {
        let now = at(60, 0);
        let random = TestRandom(Mutex::new(StdRng::seed_from_u64(7)));
        let db = bianfang_server::records::open(url, now).await.unwrap();
        let mut keys = Vec::new();
        for code in COUNTIES {
            let made = CountyKeys::create(&dir.path().join("data"), code, &random).unwrap();
            let new = county::County {
                code: code.into(),
                name: format!("县{code}"),
                epoch: format!("epoch-{code}"),
                seal_public: made.seal_public_base64(),
            };
            county::insert(&db, &new, now).await.unwrap();
            keys.push(made);
        }
        assert!(!project::ensure(&db, now).await.unwrap(), "opening has made the projections");
        let bureau = Self { db, keys, random, dir, now: AtomicI64::new(now) };
        for which in 0..COUNTIES.len() {
            bureau.push(&mut Phone::new(which, 0x99, Role::SectionClerk, COUNTY), divisions).await;
        }
        bureau
    }

    pub fn now(&self) -> i64 {
        self.now.load(Ordering::SeqCst)
    }

    pub fn advance(&self, ms: i64) {
        self.now.fetch_add(ms, Ordering::SeqCst);
    }

    pub fn desk(&self, county: usize) -> Desk<'_> {
        Desk {
            db: &self.db,
            county: COUNTIES[county],
            keys: &self.keys[county],
            random: &self.random,
            now_ms: self.now(),
        }
    }

    /// Pushes what a phone makes.
    pub async fn push(&self, phone: &mut Phone, make: impl FnOnce(&mut Phone) -> Vec<Op>) -> Vec<Answer> {
        let ops = make(phone);
        write::push(self.desk(phone.county), &phone.actor, &ops).await.unwrap().answers
    }

    pub async fn pull(&self, phone: &Phone, cursor: Option<&str>) -> PullResponse {
        let page = feed::pull(self.desk(phone.county), &phone.actor, cursor).await.unwrap();
        let text = serde_json::to_string(&page).unwrap();
        assert!(!text.contains(&format!("\"mark\":\"{}\"", COUNTIES[1 - phone.county])), "a foreign row: {text}");
        page
    }

    /// All pages from a cursor on.
    pub async fn pull_all(&self, phone: &Phone, cursor: Option<&str>) -> (Vec<Change>, PullResponse) {
        let mut page = self.pull(phone, cursor).await;
        let mut changes = std::mem::take(&mut page.changes);
        while page.more {
            let next = self.pull(phone, Some(&page.cursor)).await;
            assert_ne!(next.cursor, page.cursor, "a cursor always advances");
            page = next;
            changes.append(&mut page.changes);
        }
        (changes, page)
    }

    /// A record as a county clerk sees it.
    pub async fn see(&self, county: usize, target: RecordId) -> Option<Record> {
        feed::get(self.desk(county), &Phone::clerk(county).actor, target).await.unwrap()
    }
}

impl Bureau {
    /// A record of the first county as it is kept, uncut.
    pub async fn see_whole(&self, target: RecordId) -> Record {
        let conn = &mut *self.db.pool().acquire().await.unwrap();
        bianfang_server::records::read::get(conn, COUNTIES[0], target).await.unwrap().unwrap()
    }
}

pub fn divisions(phone: &mut Phone) -> Vec<Op> {
    let mut ops = Vec::new();
    let tree = [
        (COUNTY, "COUNTY", None),
        (TOWN_A, "TOWNSHIP", Some(COUNTY)),
        (TOWN_B, "TOWNSHIP", Some(COUNTY)),
        (VILLAGE_A1, "VILLAGE", Some(TOWN_A)),
        (VILLAGE_A2, "VILLAGE", Some(TOWN_A)),
        (VILLAGE_B1, "VILLAGE", Some(TOWN_B)),
    ];
    for (number, level, parent) in tree {
        let doc = json!({ "name": format!("{number:x}"), "level": level, "parent": parent.map(id) });
        ops.push(phone.record(at(0, 0), "division", id(number), doc));
    }
    ops
}

/// Runs a test on both databases.
#[macro_export]
macro_rules! on_both_databases {
    ($($name:ident),* $(,)?) => { $(
        mod $name {
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                super::$name($crate::bureau::Bureau::sqlite().await).await;
            }
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                if let Some(bureau) = $crate::bureau::Bureau::postgres().await {
                    super::$name(bureau).await;
                }
            }
        }
    )* };
}
