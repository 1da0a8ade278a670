//! A phone of a village worker: a county of one village, a person, and shorthand for what they write.

use std::path::Path;

use bianfang_domain::actor::{Actor, Role};
use bianfang_domain::clock::{ClockReading, PhoneClock};
use bianfang_domain::decision::{Decision, Verdict};
use bianfang_domain::document::Document;
use bianfang_domain::id::{OpId, RecordId};
use bianfang_domain::op::Act;
use bianfang_domain::record::{Meta, Origin, Record};
use bianfang_domain::time::CorrectedTime;
use bianfang_protocol::pull::{Change, PullResponse};
use bianfang_protocol::push::Answer;
use bianfang_store::{FormOutcome, MetaKey, NewOp, Store, Writing};
use serde_json::{Value, json};
use tempfile::TempDir;
use uuid::Uuid;

/// 2026-07-01 10:00 in Shanghai.
pub const NOW: i64 = 1_782_871_200_000;
pub const KEY: [u8; 32] = [7; 32];
pub const VILLAGE: u128 = 10;
pub const PERSON: u128 = 20;

pub fn id(number: u128) -> RecordId {
    RecordId(Uuid::from_u128(number))
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

/// The clock of a phone that has heard its server, so many seconds later.
pub fn at(step: i64) -> PhoneClock {
    let reading = ClockReading { wall_ms: NOW + step * 1000, steady_ms: step * 1000, boot: "one".into() };
    PhoneClock::heard(reading.wall_ms, reading.steady_ms, reading)
}

/// A record as the server sends it, made by somebody in the county.
pub fn served(kind: &str, number: u128, revision: u64, fields: Value) -> Record {
    let time = CorrectedTime { ms: NOW - 86_400_000, doubtful: false };
    let clerk = Actor {
        account: Uuid::from_u128(3),
        role: Role::SectionClerk,
        scope: vec![id(VILLAGE)],
        installation: Uuid::from_u128(4),
    };
    let origin = Origin {
        op: OpId { installation: clerk.installation, seq: revision },
        actor: clerk,
        written: time,
        happened: time,
        received_ms: NOW - 86_400_000,
    };
    let meta: Value = json!({ "origin": origin });
    let meta: Meta = serde_json::from_value(meta).unwrap();
    Record { kind: kind.into(), id: id(number), doc: doc(fields), sealed: Default::default(), meta, revision }
}

pub fn person(revision: u64, fields: Value) -> Record {
    let mut all =
        doc(json!({ "name": "白乌云其其格", "living_division": id(VILLAGE), "register": "ACTIVE", "life": "ALIVE" }));
    all.extend(doc(fields));
    served("person", PERSON, revision, Value::Object(all))
}

pub fn put(record: Record) -> Change {
    Change::Put { record: Box::new(record) }
}

pub fn removed(kind: &str, number: u128) -> Change {
    Change::Remove { kind: kind.into(), id: id(number) }
}

pub fn page(cursor: &str, changes: Vec<Change>) -> PullResponse {
    PullResponse {
        changes,
        cursor: cursor.into(),
        more: false,
        remaining: 0,
        server_ms: NOW,
        epoch: "one".into(),
        pushed: None,
        checks: Default::default(),
    }
}

pub async fn opened(folder: &Path) -> Store {
    Store::open(folder, KEY, NOW).await.unwrap()
}

/// A store with one village and one person at revision 2.
pub async fn phone() -> (TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let store = opened(folder.path()).await;
    store.set_value(MetaKey::Actor, &actor()).await.unwrap();
    let village =
        served("division", VILLAGE, 1, json!({ "name": "浩特艾里嘎查", "level": "VILLAGE", "parent": id(9) }));
    store.apply_page(&page("c1", vec![put(village), put(person(2, json!({})))]), true, NOW).await.unwrap();
    (folder, store)
}

pub fn change(set: Value) -> NewOp {
    NewOp {
        kind: "person".into(),
        target: id(PERSON),
        act: Act::Change { set: doc(set), sealed: Default::default(), since: None },
    }
}

pub fn record(kind: &str, number: u128, fields: Value) -> NewOp {
    NewOp {
        kind: kind.into(),
        target: id(number),
        act: Act::Record { fields: doc(fields), sealed: Default::default() },
    }
}

pub fn visit(number: u128) -> NewOp {
    record(
        "contact",
        number,
        json!({ "at": NOW, "method": "HOME", "entries": [{ "person": id(PERSON), "result": "MET" }] }),
    )
}

pub async fn wrote(store: &Store, op: NewOp, step: i64) -> (OpId, Decision) {
    match store.write(&Writing { ops: vec![op], ..Writing::default() }, &at(step)).await.unwrap() {
        FormOutcome::Written { mut ops, .. } => ops.remove(0),
        refused @ FormOutcome::Refused { .. } => panic!("{refused:?}"),
    }
}

pub fn answer(op: OpId, verdict: Verdict, revision: u64) -> Answer {
    Answer::of(op, &Decision { verdict, ..Decision::accepted() }, revision)
}

pub async fn field(store: &Store, number: u128, name: &str) -> Value {
    store.get(id(number)).await.unwrap().map_or(Value::Null, |record| record.value(name).clone())
}
