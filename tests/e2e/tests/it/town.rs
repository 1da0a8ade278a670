//! What each test stands on: a served county of some hundred people, and phones that are enrolled.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use bianfang_client::{
    EntryDraft, FieldDraft, PeopleQuery, PersonDraft, PersonLine, Phone, PlaqueDraft, Progress, SyncSummary,
    VisitDraft, Watch,
};
use bianfang_county::{county, invent};
use bianfang_domain::time::Day;
use bianfang_e2e::{Bureau, Console, Serving, Worker};
use bianfang_phone::SystemHost;
use bianfang_photo::scene::Scene;
use reqwest::Method;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tempfile::TempDir;

pub struct Town {
    pub bureau: Bureau,
    pub serving: Option<Serving>,
    pub township: String,
    dir: TempDir,
}

/// Nobody looks.
pub struct Unwatched;

impl Watch for Unwatched {
    fn progress(&self, _: Progress) {}
}

impl Town {
    /// A served county with two workers of one township: `one` and `two`.
    pub async fn new() -> Self {
        Self::of(None).await
    }

    /// The same whose phones call this port: something stands between them and the server.
    pub async fn behind(port: u16) -> Self {
        Self::of(Some(port)).await
    }

    async fn of(behind: Option<u16>) -> Self {
        let dir = TempDir::new().unwrap();
        let mut bureau = Bureau::at(&dir.path().join("bureau"), None).unwrap();
        if let Some(port) = behind {
            bureau.behind(port);
        }
        let place = county().unwrap();
        bureau.found(&place).await.unwrap();
        bureau.import_people(&invent(&place, 300, 5)).await.unwrap();
        let township = place.townships[0].name.clone();
        for (login, name) in [("one", "王一"), ("two", "李二")] {
            let divisions = [township.as_str()];
            bureau.add(&Worker { login, name, role: "VILLAGE_WORKER", divisions: &divisions }).await.unwrap();
        }
        let serving = Some(bureau.serve().await.unwrap());
        Self { bureau, serving, township, dir }
    }

    /// A phone of this worker that has pulled everything.
    pub async fn phone(&self, login: &str) -> Phone {
        let phone = self.new_phone(login).await;
        phone.enrol(&self.bureau.invite(login).await.unwrap(), "test").await.unwrap();
        sync(&phone).await;
        phone
    }

    /// A phone that belongs to nobody yet.
    pub async fn new_phone(&self, name: &str) -> Phone {
        bianfang_phone::open(&self.folder(name), Arc::new(SystemHost)).await.unwrap()
    }

    /// Where a phone's data lies.
    pub fn folder(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    /// A file with this content.
    pub fn file(&self, name: &str, content: &[u8]) -> String {
        let path: PathBuf = self.dir.path().join(name);
        std::fs::write(&path, content).unwrap();
        path.to_string_lossy().into_owned()
    }

    /// A drawn photo, quick to make.
    pub fn small_photo(&self, seed: u64) -> String {
        self.file(&format!("small-{seed}.jpg"), &Scene::new(seed).sized(400, 300).draw().unwrap())
    }

    /// A drawn photo.
    pub fn photo(&self, seed: u64) -> String {
        self.file(&format!("door-{seed}.jpg"), &Scene::new(seed).draw().unwrap())
    }
}

pub async fn sync(phone: &Phone) -> SyncSummary {
    phone.synchronize(Arc::new(Unwatched)).await.unwrap()
}

pub async fn everybody(phone: &Phone) -> Vec<PersonLine> {
    let query = PeopleQuery { search: String::new(), village: None, only_due: false, after: None, limit: 500 };
    phone.people(query).await.unwrap().rows
}

pub fn now_ms() -> i64 {
    bianfang_client::Host::now_ms(&SystemHost)
}

pub fn visit(person: &str, result: &str) -> VisitDraft {
    VisitDraft {
        entries: vec![EntryDraft { person: person.to_owned(), result: result.to_owned(), died_on: None }],
        method: "HOME".to_owned(),
        work_types: vec!["ROUND".to_owned()],
        started_ms: now_ms() - 60_000,
        ended_ms: now_ms() - 1_000,
        note: None,
        place: None,
        more: None,
        plaque: None,
        amends: None,
        amend_reason: None,
    }
}

pub fn plaque(household: &str, event: &str, at_ms: i64) -> PlaqueDraft {
    let hung = event == "NEW";
    PlaqueDraft {
        household: household.to_owned(),
        event: event.to_owned(),
        at_ms,
        position: hung.then(|| "GATE".to_owned()),
        hanger: hung.then(|| "村站".to_owned()),
        signature: None,
        no_signature: hung.then(|| "家属不便签字".to_owned()),
        old_returned: false,
        contact: None,
        ..PlaqueDraft::default()
    }
}

/// Writes a new record at a console and says its id.
pub async fn record(console: &Console, kind: &str, fields: &Value) -> String {
    static WRITES: AtomicU64 = AtomicU64::new(0);
    let key = format!("{kind}-{}-{}", now_ms(), WRITES.fetch_add(1, Ordering::Relaxed));
    let body = json!({ "kind": kind, "act": "record", "fields": fields });
    let headers = [("content-type", "application/json".to_owned()), ("idempotency-key", key)];
    let body = serde_json::to_vec(&body).unwrap();
    let answer = console.ask(Method::POST, "/api/v1/records", body, &headers).await.unwrap();
    let told: Value = serde_json::from_str(&answer.text().await.unwrap()).unwrap();
    assert_eq!(told["verdict"], "accepted", "{told}");
    told["target"].as_str().unwrap().to_owned()
}

/// Open cases as their reviewers see them: kind, and the record each is about.
pub async fn open_cases(console: &Console) -> Vec<(String, String)> {
    let told = console.get("/api/v1/cases").await.unwrap();
    let text = |case: &Value, at: &str| case.pointer(at).and_then(Value::as_str).unwrap_or_default().to_owned();
    told["rows"].as_array().unwrap().iter().map(|case| (text(case, "/case"), text(case, "/subjects/0/id"))).collect()
}

pub fn sha256(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

/// One write of a console session with a key and the revision it saw, as the register's pages make it.
pub async fn write_at(console: &Console, key: &str, base: Option<u64>, body: &Value) -> Value {
    let mut headers = vec![("content-type", "application/json".to_owned()), ("idempotency-key", key.to_owned())];
    headers.extend(base.map(|base| ("if-match", base.to_string())));
    let answer = console.ask(Method::POST, "/api/v1/records", serde_json::to_vec(body).unwrap(), &headers);
    let answer = answer.await.unwrap();
    assert!(answer.status().is_success(), "{}", answer.text().await.unwrap());
    answer.json().await.unwrap()
}

/// Fields of a person as a screen hands them over.
pub fn typed(fields: &[(&str, &str)]) -> PersonDraft {
    let field = |(field, value): &(&str, &str)| FieldDraft {
        field: (*field).to_owned(),
        value: Some((*value).to_owned()),
        ..FieldDraft::default()
    };
    PersonDraft { fields: fields.iter().map(field).collect(), since: None }
}

/// A write of a console session; `body` as `POST /api/v1/records` reads it. Changes are made with all seen.
pub async fn write(console: &Console, body: &Value) -> Value {
    let key = sha256(body.to_string().as_bytes());
    say(console, "/api/v1/records", &key, body).await
}

/// A POST of a console session with a key of its own.
pub async fn say(console: &Console, path: &str, key: &str, body: &Value) -> Value {
    let mut headers = vec![("content-type", "application/json".to_owned()), ("idempotency-key", key.to_owned())];
    if body["act"] != "record" {
        headers.push(("if-match", "1000000000".to_owned()));
    }
    let body = body.to_string().into_bytes();
    let answer = console.ask(reqwest::Method::POST, path, body, &headers).await.unwrap();
    let (status, text) = (answer.status(), answer.text().await.unwrap());
    assert!(status.is_success(), "{path}: {status} {text}");
    serde_json::from_str(&text).unwrap_or(Value::Null)
}

/// Milliseconds of a day.
pub const DAY: i64 = 86_400_000;

/// The day so many days from now, `2026-01-31`.
pub fn day(from_now: i64) -> Day {
    Day::of(now_ms() + from_now * DAY)
}

/// A visit that ended so many days ago, typed in now.
pub fn visit_days_ago(person: &str, result: &str, days: i64) -> VisitDraft {
    let draft = visit(person, result);
    VisitDraft { started_ms: draft.started_ms - days * DAY, ended_ms: draft.ended_ms - days * DAY, ..draft }
}

/// Saves a visit on a phone.
pub async fn save(phone: &Phone, draft: VisitDraft) -> String {
    let form = phone.new_form().await.unwrap();
    phone.save_visit(&form, draft).await.unwrap().id
}
