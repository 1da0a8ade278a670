//! A phone of a village worker with a clock and randomness that can be told, and a county as its server would send it.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard};

use bianfang_client::{
    ClientError, ClockReading, EntryDraft, Host, PeopleQuery, PersonLines, Phone, PlaqueDraft, VisitDraft,
};
use bianfang_domain::actor::{Actor, Role};
use bianfang_domain::clock::PhoneClock;
use bianfang_domain::decision::{Decision, Verdict};
use bianfang_domain::document::Document;
use bianfang_domain::id::{OpId, RecordId};
use bianfang_domain::record::{Meta, Origin, Record};
use bianfang_domain::time::CorrectedTime;
use bianfang_law::clocks::DeviceClocks;
use bianfang_photo::scene::Scene;
use bianfang_protocol::pull::{Change, PullResponse};
use bianfang_protocol::push::Answer;
use bianfang_store::{MetaKey, Store};
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use serde_json::{Value, json};
use tempfile::TempDir;
use uuid::Uuid;

/// 2026-07-01 10:00 in Shanghai.
pub const NOW: i64 = 1_782_871_200_000;
pub const KEY: [u8; 32] = [7; 32];
pub const TOWNSHIP: u128 = 9;
pub const VILLAGE: u128 = 10;
/// Not of this worker.
pub const OTHER_VILLAGE: u128 = 11;
pub const HOUSEHOLD: u128 = 50;
/// 张建国, of the household.
pub const FATHER: u128 = 20;
/// 李秀英, of the household.
pub const MOTHER: u128 = 21;

pub struct Device {
    clocks: Mutex<DeviceClocks>,
    random: Mutex<StdRng>,
}

impl Device {
    /// Something happens to its clocks.
    pub fn clocks(&self) -> MutexGuard<'_, DeviceClocks> {
        self.clocks.lock().unwrap()
    }
}

impl Host for Device {
    /// Each look takes a second.
    fn clocks(&self) -> ClockReading {
        let mut clocks = self.clocks.lock().unwrap();
        let reading = clocks.reading();
        clocks.pass(1000);
        reading
    }

    fn fill(&self, bytes: &mut [u8]) -> bool {
        self.random.lock().unwrap().fill_bytes(bytes);
        true
    }
}

/// A folder with what belongs to it.
pub struct Bench {
    pub folder: TempDir,
    pub device: Arc<Device>,
}

impl Bench {
    /// Nobody is enrolled.
    pub fn empty() -> Self {
        let random = Mutex::new(StdRng::seed_from_u64(1));
        let device = Device { clocks: Mutex::new(DeviceClocks::right(NOW)), random };
        Self { folder: tempfile::tempdir().unwrap(), device: Arc::new(device) }
    }

    /// Enrolled, with one household of two people.
    pub async fn enrolled() -> Self {
        let bench = Self::empty();
        let store = bench.store().await;
        store.set_value(MetaKey::Actor, &actor()).await.unwrap();
        let seen = bench.device.clocks().reading();
        store.set_value(MetaKey::Clock, &PhoneClock::heard(NOW, seen.steady_ms, seen)).await.unwrap();
        let account = json!({
            "url": "https://127.0.0.1:1", "ca": "00".repeat(32), "name": "王村站", "county": "150426", "county_name": "翁牛特旗"
        });
        let kept = json!({ "installation": actor().installation, "account": account });
        store.set_value(MetaKey::Profile, &kept).await.unwrap();
        // A public key of the county that nobody can open.
        store.set_value(MetaKey::SealKey, &"CQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA").await.unwrap();
        store
            .apply_page(
                &page(vec![
                    served("division", TOWNSHIP, 1, json!({ "name": "乌丹镇", "level": "TOWNSHIP", "parent": id(1) })),
                    served(
                        "division",
                        VILLAGE,
                        2,
                        json!({ "name": "浩特艾里嘎查", "level": "VILLAGE", "parent": id(TOWNSHIP) }),
                    ),
                    household(3, json!({})),
                    person(
                        FATHER,
                        4,
                        "张建国",
                        json!({ "household": id(HOUSEHOLD), "categories": ["DISCHARGED_SOLDIER"] }),
                    ),
                    person(MOTHER, 5, "李秀英", json!({ "household": id(HOUSEHOLD) })),
                ]),
                true,
                NOW,
            )
            .await
            .unwrap();
        store.close().await.unwrap();
        bench
    }

    /// For the whole run: a store that is dropped closes on threads of its own, and SQLCipher's own end at the exit of the
    /// process does not wait for them. Close it where it is opened again.
    pub async fn open(&self) -> &'static Phone {
        Box::leak(Box::new(self.try_open(KEY).await.unwrap()))
    }

    pub async fn try_open(&self, key: [u8; 32]) -> Result<Phone, ClientError> {
        Phone::open(self.folder.path(), key, self.device.clone()).await
    }

    /// The store beneath, while the phone is closed.
    pub async fn store(&self) -> Store {
        Store::open(self.folder.path(), KEY, NOW).await.unwrap()
    }

    /// What the server sends is here.
    pub async fn receive(&self, records: Vec<Record>) {
        let store = self.store().await;
        store.apply_page(&page(records), false, NOW).await.unwrap();
        store.close().await.unwrap();
    }

    /// A record left the phone's divisions.
    pub async fn remove(&self, id: RecordId, kind: &str) {
        let store = self.store().await;
        let page = PullResponse { changes: vec![Change::Remove { kind: kind.into(), id }], ..page(Vec::new()) };
        store.apply_page(&page, false, NOW).await.unwrap();
        store.close().await.unwrap();
    }

    /// The device slept until an instant.
    pub fn at(&self, ms: i64) {
        let mut clocks = self.device.clocks();
        let slept = ms - clocks.true_ms;
        clocks.sleep(slept);
    }

    /// The server answers every waiting op with this, from revision 100 on.
    pub async fn answer(&self, verdict: Verdict, reason: Option<bianfang_domain::reason::Reason>) {
        let store = self.store().await;
        let decision = Decision { verdict, reason, ..Decision::accepted() };
        let ops = store.pending(100).await.unwrap();
        let answers: Vec<Answer> = ops.iter().map(|op| Answer::of(op.id, &decision, 100 + op.id.seq)).collect();
        store.acknowledge(&answers, NOW).await.unwrap();
        store.close().await.unwrap();
    }

    /// A file as the camera would leave it.
    pub fn file(&self, name: &str, bytes: &[u8]) -> String {
        let path = self.folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path.to_str().unwrap().to_owned()
    }

    /// An invented door.
    pub fn photo(&self, seed: u64) -> String {
        self.file(&format!("IMG_{seed:04}.jpg"), &Scene::new(seed).sized(640, 480).draw().unwrap())
    }

    pub fn photo_files(&self) -> Vec<PathBuf> {
        let folder = std::fs::read_dir(self.folder.path().join("photos")).unwrap();
        folder.map(|entry| entry.unwrap().path()).collect()
    }
}

pub fn id(number: u128) -> RecordId {
    RecordId(Uuid::from_u128(number))
}

pub fn text(number: u128) -> String {
    id(number).to_string()
}

pub fn doc(value: Value) -> Document {
    value.as_object().unwrap().clone()
}

pub fn actor() -> Actor {
    Actor {
        account: Uuid::from_u128(1),
        role: Role::VillageWorker,
        scope: vec![id(VILLAGE)],
        installation: Uuid::from_u128(2),
    }
}

/// A record as the server sends it, made by somebody in the county.
pub fn served(kind: &str, number: u128, revision: u64, fields: Value) -> Record {
    let time = CorrectedTime { ms: NOW - 86_400_000, doubtful: false };
    let clerk = Actor {
        account: Uuid::from_u128(3),
        role: Role::SectionClerk,
        scope: vec![id(1)],
        installation: Uuid::from_u128(4),
    };
    let op = OpId { installation: clerk.installation, seq: revision };
    let meta: Meta = serde_json::from_value(
        json!({ "origin": Origin { op, actor: clerk, written: time, happened: time, received_ms: time.ms } }),
    )
    .unwrap();
    Record { kind: kind.into(), id: id(number), doc: doc(fields), sealed: Default::default(), meta, revision }
}

pub fn person(number: u128, revision: u64, name: &str, fields: Value) -> Record {
    let mut all = doc(json!({
        "name": name, "living_division": id(VILLAGE), "register": "ACTIVE", "life": "ALIVE", "id_number": "9907************11"
    }));
    all.extend(doc(fields));
    served("person", number, revision, Value::Object(all))
}

pub fn household(revision: u64, fields: Value) -> Record {
    let mut all = doc(json!({ "head_name": "张建国", "division": id(VILLAGE), "address": "一组3号" }));
    all.extend(doc(fields));
    served("household", HOUSEHOLD, revision, Value::Object(all))
}

pub fn page(records: Vec<Record>) -> PullResponse {
    PullResponse {
        changes: records.into_iter().map(|record| Change::Put { record: Box::new(record) }).collect(),
        cursor: "c".into(),
        more: false,
        remaining: 0,
        server_ms: NOW,
        epoch: "one".into(),
        pushed: None,
        checks: Default::default(),
    }
}

pub fn visit(entries: &[(u128, &str)]) -> VisitDraft {
    let entry =
        |(person, result): &(u128, &str)| EntryDraft { person: text(*person), result: (*result).into(), died_on: None };
    VisitDraft {
        entries: entries.iter().map(entry).collect(),
        method: "HOME".into(),
        work_types: vec!["ROUND".into()],
        started_ms: NOW - 600_000,
        ended_ms: NOW,
        note: None,
        place: None,
        more: None,
        plaque: None,
        amends: None,
        amend_reason: None,
    }
}

/// An act on the plaque of the household, whole but for what is said more.
pub fn event(event: &str, more: PlaqueDraft) -> PlaqueDraft {
    PlaqueDraft {
        household: text(HOUSEHOLD),
        event: event.into(),
        at_ms: NOW,
        position: Some("GATE".into()),
        hanger: Some("村站".into()),
        signature: Some("家属".into()),
        ..more
    }
}

pub fn all() -> PeopleQuery {
    PeopleQuery { limit: 100, ..PeopleQuery::default() }
}

pub fn names(page: &PersonLines) -> Vec<&str> {
    page.rows.iter().map(|row| row.name.as_str()).collect()
}

/// The field an error names.
pub fn field<T: std::fmt::Debug>(result: Result<T, ClientError>) -> String {
    match result.unwrap_err() {
        ClientError::Invalid { field, zh, en } => {
            assert!(!zh.is_ascii() && !en.is_empty(), "{zh} {en}");
            field
        }
        other => panic!("{other:?}"),
    }
}
