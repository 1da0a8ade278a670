//! A small model of both ends: a phone that keeps what it is told to, and a county that keeps the protocol and its own books.

use std::collections::{BTreeMap, BTreeSet};

use bianfang_domain::decision::Verdict;
use bianfang_domain::id::{OpId, RecordId};
use bianfang_domain::op::{Act, Op};
use bianfang_domain::time::DeviceTime;
use bianfang_protocol::blob::{BlobRequest, BlobResponse, Receipt};
use bianfang_protocol::enrol::Tokens;
use bianfang_protocol::pull::{Change, Check, PullResponse};
use bianfang_protocol::push::{Answer, PushRequest, PushResponse};
use bianfang_sync::{
    Body, HttpMethod, Keep, MeasuredClock, Owed, Request, Response, Session, StoreAsk, StoreSays, SyncFault,
};
use bytes::Bytes;
use serde::Serialize;
use sha2::{Digest, Sha256};
use uuid::Uuid;

pub const INSTALLATION: Uuid = Uuid::from_u128(7);
pub const HOUR_MS: i64 = 3_600_000;

pub fn op(seq: u64) -> Op {
    Op {
        id: OpId { installation: INSTALLATION, seq },
        kind: "contact".into(),
        target: RecordId(Uuid::from_u128(u128::from(seq))),
        act: Act::Void { reason: "误录".into() },
        base: 0,
        at: DeviceTime { device_ms: 0, monotonic_ms: 0, offset_ms: None },
    }
}

pub fn tokens(serial: u32, expires_ms: i64) -> Tokens {
    Tokens { access: format!("access{serial}"), access_expires_ms: expires_ms, refresh: format!("refresh{serial}") }
}

pub fn photo(seed: u8, length: usize) -> (String, Vec<u8>) {
    let bytes: Vec<u8> = (0..length).map(|at| seed ^ (at % 251) as u8).collect();
    (hex::encode(Sha256::digest(&bytes)), bytes)
}

/// The phone.
#[derive(Default)]
pub struct Phone {
    pub tokens: Option<Tokens>,
    pub cursor: Option<String>,
    pub epoch: Option<String>,
    /// Number to its op and, once there is one, the answer.
    pub ops: BTreeMap<u64, (Op, Option<Answer>)>,
    pub photos: Vec<(String, Vec<u8>)>,
    pub receipts: BTreeSet<String>,
    pub faults: Vec<(String, SyncFault)>,
    pub changes: BTreeSet<RecordId>,
    pub begins: u32,
    pub differ: Vec<Vec<RecordId>>,
    /// The server's time as it knows it when a session begins.
    pub server_ms: i64,
    pub clock: Option<MeasuredClock>,
    /// Acknowledged again without a restore in between.
    pub twice: Vec<u64>,
}

impl Phone {
    pub fn with_ops(count: u64) -> Self {
        let ops = (1..=count).map(|seq| (seq, (op(seq), None))).collect();
        Self { tokens: Some(tokens(0, 100 * HOUR_MS)), ops, ..Self::default() }
    }

    pub fn pending(&self) -> impl Iterator<Item = &Op> {
        self.ops.values().filter(|(_, answer)| answer.is_none()).map(|(op, _)| op)
    }

    /// Photos without a receipt.
    pub fn unproven(&self) -> usize {
        self.photos.iter().filter(|(sha256, _)| !self.receipts.contains(sha256)).count()
    }

    pub fn ask(&mut self, ask: StoreAsk) -> Option<StoreSays> {
        Some(match ask {
            StoreAsk::Session => StoreSays::Session(Session {
                tokens: self.tokens.clone(),
                cursor: self.cursor.clone(),
                epoch: self.epoch.clone(),
                server_ms: self.server_ms,
                pending: self.pending().count() as u64,
                answered: self
                    .ops
                    .iter()
                    .filter(|(_, (_, answer))| answer.is_some())
                    .map(|(seq, _)| *seq)
                    .max()
                    .unwrap_or(0),
            }),
            StoreAsk::Pending { limit } => StoreSays::Ops(self.pending().take(limit).cloned().collect()),
            StoreAsk::Owed => StoreSays::Owed(
                self.photos
                    .iter()
                    .filter(|(sha256, _)| !self.receipts.contains(sha256))
                    .map(|(sha256, bytes)| Owed { sha256: sha256.clone(), length: bytes.len() as u64 })
                    .collect(),
            ),
            StoreAsk::Compare(_) => {
                StoreSays::Differ(if self.differ.is_empty() { vec![] } else { self.differ.remove(0) })
            }
            StoreAsk::Keep(write) => {
                self.keep(write);
                return None;
            }
        })
    }

    fn keep(&mut self, write: Keep) {
        match write {
            Keep::Tokens(tokens) => self.tokens = Some(tokens),
            Keep::Clock(clock) => self.clock = Some(clock),
            Keep::Acknowledge(answers) => {
                for answer in answers {
                    let seq = answer.op.seq;
                    let slot = &mut self.ops.get_mut(&seq).unwrap().1;
                    if slot.replace(answer).is_some() {
                        self.twice.push(seq);
                    }
                }
            }
            Keep::PushAgain { from } => self.again(from),
            Keep::Epoch { epoch, from } => {
                self.epoch = Some(epoch);
                if let Some(from) = from {
                    self.again(from);
                    self.receipts.clear();
                    self.cursor = None;
                }
            }
            Keep::Receipt(receipt) => {
                self.receipts.insert(receipt.sha256);
            }
            Keep::PhotoFault { sha256, fault } => self.faults.push((sha256, fault)),
            Keep::Page { page, begins } => {
                self.begins += u32::from(begins);
                self.cursor = Some(page.cursor);
                for change in page.changes {
                    let Change::Remove { id, .. } = change else { continue };
                    self.changes.insert(id);
                }
            }
        }
    }

    fn again(&mut self, from: u64) {
        for (_, answer) in self.ops.range_mut(from..).map(|(_, entry)| entry) {
            *answer = None;
        }
    }

    pub fn piece(&self, sha256: &str, offset: u64, length: u64) -> Option<Bytes> {
        let (_, bytes) = self.photos.iter().find(|(name, _)| name == sha256)?;
        bytes.get(offset as usize..(offset + length) as usize).map(Bytes::copy_from_slice)
    }
}

/// The county.
pub struct County {
    pub epoch: String,
    /// How often each number was applied; what a correct server does once.
    pub applied: BTreeMap<u64, u32>,
    /// Numbers it was offered after a gap.
    pub gaps: Vec<u64>,
    pub refused: BTreeSet<u64>,
    pub partial: BTreeMap<String, Vec<u8>>,
    pub stored: BTreeMap<String, Vec<u8>>,
    pub lengths: BTreeMap<String, u64>,
    pub feed: u64,
    pub page: u64,
    pub checks: BTreeMap<RecordId, Check>,
    pub access: String,
    pub refresh: String,
    pub refreshes: u32,
    pub now_ms: i64,
    /// Photos answered with this status.
    pub bad: BTreeMap<String, u16>,
    /// A push that contains this number fails with 500.
    pub poison: Option<u64>,
    /// Answers only so many ops of a push.
    pub short: usize,
    pub seen: Vec<(HttpMethod, String)>,
    /// At the next pulls: restored to this last number, under this epoch.
    pub restore_at_pull: Vec<(u64, String)>,
    /// Bodies that came compressed.
    pub packed: u32,
}

impl Default for County {
    fn default() -> Self {
        Self {
            epoch: "one".into(),
            applied: BTreeMap::new(),
            gaps: vec![],
            refused: BTreeSet::new(),
            partial: BTreeMap::new(),
            stored: BTreeMap::new(),
            lengths: BTreeMap::new(),
            feed: 7,
            page: 3,
            checks: BTreeMap::new(),
            access: "access0".into(),
            refresh: "refresh0".into(),
            refreshes: 0,
            now_ms: 0,
            bad: BTreeMap::new(),
            poison: None,
            short: usize::MAX,
            seen: vec![],
            restore_at_pull: vec![],
            packed: 0,
        }
    }
}

pub fn answer(status: u16, value: &impl Serialize) -> Response {
    Response { status, headers: BTreeMap::new(), body: Bytes::from(serde_json::to_vec(value).unwrap()) }
}

pub fn problem(status: u16, code: &str, expected: Option<u64>) -> Response {
    let value = serde_json::json!({
        "type": format!("urn:bianfang:problem:{code}"), "code": code, "status": status,
        "title": "中文", "detail": "English", "request_id": "r1", "expected": expected,
    });
    answer(status, &value)
}

fn header<'a>(request: &'a Request, name: &str) -> Option<&'a str> {
    request.headers.iter().find(|(key, _)| *key == name).map(|(_, value)| value.as_str())
}

impl County {
    pub fn serve(&mut self, request: &Request, body: &[u8]) -> Response {
        self.seen.push((request.method, request.path.clone()));
        if request.path == "/api/v1/token/refresh" {
            return self.renew(body);
        }
        if header(request, "authorization") != Some(&format!("Bearer {}", self.access)) {
            return problem(401, "signed_out", None);
        }
        let path = request.path.split('?').next().unwrap();
        match (request.method, path) {
            (HttpMethod::Post, "/api/v1/sync/push") => self.push(body),
            (HttpMethod::Get, "/api/v1/sync/pull") => self.pull(&request.path),
            (HttpMethod::Post, "/api/v1/blobs") => self.create(body),
            (method, path) => self.blob(method, path.rsplit('/').next().unwrap(), request, body),
        }
    }

    fn renew(&mut self, body: &[u8]) -> Response {
        let asked: serde_json::Value = serde_json::from_slice(body).unwrap();
        // The token before is honoured for a while: its answer may have been lost.
        let before = format!("refresh{}", self.refreshes.saturating_sub(1));
        if asked["refresh"] == self.refresh.as_str() {
            self.refreshes += 1;
            self.refresh = format!("refresh{}", self.refreshes);
            self.access = format!("access{}", self.refreshes);
        } else if asked["refresh"] != before.as_str() {
            return problem(401, "signed_out", None);
        }
        answer(200, &tokens(self.refreshes, self.now_ms + HOUR_MS))
    }

    fn push(&mut self, body: &[u8]) -> Response {
        let Ok(asked) = serde_json::from_slice::<PushRequest>(body) else { return problem(400, "malformed", None) };
        assert!(asked.ops.len() <= 200 && body.len() <= 1 << 20, "a push is too large");
        if self.poison.is_some_and(|seq| asked.ops.iter().any(|op| op.id.seq == seq)) {
            return problem(500, "internal", None);
        }
        let mut answers = vec![];
        for op in asked.ops.iter().take(self.short) {
            let seq = op.id.seq;
            let expected = self.applied.keys().next_back().map_or(1, |last| last + 1);
            if seq > expected {
                self.gaps.push(seq);
                return problem(409, "gap", Some(expected));
            }
            if seq == expected {
                *self.applied.entry(seq).or_default() += 1;
            }
            let verdict = if self.refused.contains(&seq) { Verdict::Refused } else { Verdict::Accepted };
            let revision = if verdict == Verdict::Refused { 0 } else { seq };
            answers.push(Answer {
                op: op.id,
                verdict,
                revision,
                reason: None,
                field: None,
                fields: BTreeMap::new(),
                hidden: Vec::new(),
            });
        }
        answer(200, &PushResponse { answers, server_ms: self.now_ms, epoch: self.epoch.clone() })
    }

    fn pull(&mut self, path: &str) -> Response {
        if !self.restore_at_pull.is_empty() {
            let (last, epoch) = self.restore_at_pull.remove(0);
            self.applied.retain(|seq, _| *seq <= last);
            self.epoch = epoch;
        }
        let from = match path.split_once("cursor=") {
            None => 0,
            Some((_, cursor)) => match cursor.strip_prefix(&format!("{}%3A", self.epoch)).map(str::parse::<u64>) {
                Some(Ok(from)) if from <= self.feed => from,
                _ => return problem(410, "cursor", None),
            },
        };
        let to = (from + self.page).min(self.feed);
        let changes = (from..to)
            .map(|at| Change::Remove { kind: "person".into(), id: RecordId(Uuid::from_u128(u128::from(at))) })
            .collect();
        let more = to < self.feed;
        answer(
            200,
            &PullResponse {
                changes,
                cursor: format!("{}:{to}", self.epoch),
                more,
                remaining: self.feed - to,
                server_ms: self.now_ms,
                epoch: self.epoch.clone(),
                pushed: Some(self.applied.keys().next_back().copied().unwrap_or(0)),
                checks: if more { BTreeMap::new() } else { self.checks.clone() },
            },
        )
    }

    fn create(&mut self, body: &[u8]) -> Response {
        let Ok(asked) = serde_json::from_slice::<BlobRequest>(body) else { return problem(400, "malformed", None) };
        if let Some(status) = self.bad.get(&asked.sha256) {
            return problem(*status, "photo", None);
        }
        self.lengths.insert(asked.sha256.clone(), asked.length);
        self.stands(&asked.sha256)
    }

    fn stands(&self, sha256: &str) -> Response {
        let receipt = self.stored.get(sha256).map(|bytes| Receipt {
            sha256: sha256.into(),
            length: bytes.len() as u64,
            stored_ms: 1,
        });
        let offset = self.stored.get(sha256).or(self.partial.get(sha256)).map_or(0, Vec::len) as u64;
        let length = self.lengths.get(sha256).copied().unwrap_or(offset);
        answer(200, &BlobResponse { sha256: sha256.into(), offset, length, token: Some("t".into()), receipt })
    }

    /// What arrived of a body that was cut.
    pub fn cut(&mut self, request: &Request, body: &[u8]) {
        if request.method == HttpMethod::Patch {
            let name = request.path.rsplit('/').next().unwrap().to_owned();
            self.append(&name, request, body);
        }
    }

    fn append(&mut self, name: &str, request: &Request, body: &[u8]) -> bool {
        let held = self.partial.entry(name.to_owned()).or_default();
        if header(request, "upload-offset") != Some(&held.len().to_string()) || self.stored.contains_key(name) {
            return false;
        }
        held.extend_from_slice(body);
        true
    }

    fn blob(&mut self, method: HttpMethod, name: &str, request: &Request, body: &[u8]) -> Response {
        if let Some(status) = self.bad.get(name) {
            return problem(*status, "photo", None);
        }
        match method {
            HttpMethod::Put if hex::encode(Sha256::digest(body)) == name => {
                self.stored.insert(name.into(), body.to_vec());
            }
            HttpMethod::Put => return problem(422, "hash", None),
            HttpMethod::Patch => {
                if !self.lengths.contains_key(name) {
                    return problem(404, "upload", None);
                }
                if !self.append(name, request, body) {
                    return problem(409, "offset", None);
                }
                if self.partial[name].len() as u64 == self.lengths[name] {
                    let bytes = self.partial.remove(name).unwrap();
                    if hex::encode(Sha256::digest(&bytes)) != name {
                        return problem(422, "hash", None);
                    }
                    self.stored.insert(name.into(), bytes);
                }
            }
            _ => {
                let mut response = self.stands(name);
                let told: BlobResponse = serde_json::from_slice(&response.body).unwrap();
                response.headers.insert("upload-offset".into(), told.offset.to_string());
                let complete = if told.receipt.is_some() { "?1" } else { "?0" };
                response.headers.insert("upload-complete".into(), complete.into());
                response.body = Bytes::new();
                return response;
            }
        }
        self.stands(name)
    }
}

/// The body of a request as the phone's shell would read it.
pub fn body(phone: &Phone, request: &Request) -> Option<Bytes> {
    match &request.body {
        Body::Empty => Some(Bytes::new()),
        Body::Json(bytes) => Some(bytes.clone()),
        Body::Blob { sha256, offset, length } => phone.piece(sha256, *offset, *length),
    }
}
