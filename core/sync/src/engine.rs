//! The state machine of one session: token, push, photos, pull, compare. No I/O, no clock, no randomness.

use std::collections::VecDeque;

use bianfang_domain::clock::LONGEST_MEASUREMENT_MS;
use bianfang_domain::id::RecordId;
use bianfang_protocol::enrol::{RefreshRequest, Tokens};
use bianfang_protocol::{VERSION, VERSION_HEADER};
use bytes::Bytes;
use serde::Serialize;

use crate::error::{SyncError, SyncFault};
use crate::local::{Keep, MeasuredClock, Session, StoreAsk, StoreSays};
use crate::photo::Photos;
use crate::pull::Pull;
use crate::push::Push;
use crate::wire::{Body, HttpMethod, NetworkError, Request, Response, RoundTrip};

/// An access token that ends within this is renewed first, so that it does not end under way.
const EXPIRY_MARGIN_MS: i64 = 60_000;
/// Pauses before the first, second, third repetition; then the session ends. Phones on a hill lose single packets, not minutes.
const PAUSES_MS: [i64; 3] = [1_000, 4_000, 10_000];

/// What to do next.
#[derive(Debug)]
pub enum Next {
    /// Send it, then call [`Engine::answered`].
    Send(Request),
    /// Do it, then call [`Engine::told`] with the answer, if it has one.
    Local(StoreAsk),
    /// Nothing before this moment of the phone's steady clock; then ask again. A session in the background may end here.
    Wait {
        /// Milliseconds of that clock.
        until_ms: i64,
        /// Why.
        reason: WaitReason,
    },
    /// All done.
    Done(Summary),
    /// Over before its end. [`Engine::summary`] says what was done.
    Failed(SyncError),
}

/// Why to wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WaitReason {
    /// The connection broke.
    Network,
    /// The server asked for it.
    Busy,
}

/// Where a session is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SessionStage {
    /// Reading what is known, renewing the token.
    Begin,
    /// Operations up; counted in ops.
    Push,
    /// Photos up; counted in bytes.
    Photos,
    /// States down; counted in changes, the total is an estimate.
    Pull,
    /// Checks compared.
    Compare,
    /// Over.
    End,
}

/// For a progress bar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SessionProgress {
    /// Where.
    pub stage: SessionStage,
    /// So much of it.
    pub done: u64,
    /// Of so much.
    pub total: u64,
}

/// What a session did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    /// Ops with an answer, of whatever kind.
    pub acknowledged: u64,
    /// Of them held.
    pub held: u64,
    /// Of them refused.
    pub refused: u64,
    /// Of them changes that met another's change of the same field: both values are kept.
    pub conflicts: u64,
    /// Why ops still wait although the server was reached.
    pub stuck: Option<SyncFault>,
    /// Photos with a receipt.
    pub photos: u64,
    /// Bytes of photos sent, repetitions counted.
    pub photo_bytes: u64,
    /// Photos without, and why.
    pub photo_faults: Vec<(String, SyncFault)>,
    /// Changes applied.
    pub changes: u64,
    /// The server was restored from a backup since the last session.
    pub restored: bool,
    /// Divisions that differ from the server even after a fresh pull.
    pub differ: Vec<RecordId>,
    /// The clock as measured.
    pub clock: Option<MeasuredClock>,
}

/// One session.
#[derive(Debug)]
pub struct Engine {
    pub(crate) stage: SessionStage,
    pub(crate) out: Option<Request>,
    pub(crate) summary: Summary,
    pub(crate) epoch: Option<String>,
    pub(crate) push: Push,
    pub(crate) photos: Photos,
    pub(crate) pull: Pull,
    pub(crate) ended: Option<SyncError>,
    writes: VecDeque<Keep>,
    number: u64,
    tokens: Option<Tokens>,
    refreshing: bool,
    refreshed: bool,
    parked: Option<Request>,
    heard: bool,
    failures: usize,
    wait: Option<(i64, WaitReason)>,
    cancelled: bool,
}

impl Default for Engine {
    fn default() -> Self {
        Self::new()
    }
}

impl Engine {
    /// A session that begins.
    #[must_use]
    pub fn new() -> Self {
        Self {
            stage: SessionStage::Begin,
            out: None,
            summary: Summary::default(),
            epoch: None,
            push: Push::default(),
            photos: Photos::default(),
            pull: Pull::default(),
            ended: None,
            writes: VecDeque::new(),
            number: 0,
            tokens: None,
            refreshing: false,
            refreshed: false,
            parked: None,
            heard: false,
            failures: 0,
            wait: None,
            cancelled: false,
        }
    }

    /// What to do next. What is to be kept comes before everything else, even before an end.
    pub fn step(&mut self) -> Next {
        if let Some(write) = self.writes.pop_front() {
            return Next::Local(StoreAsk::Keep(write));
        }
        if self.cancelled && self.stage != SessionStage::End {
            self.ended = Some(SyncError::Cancelled);
        }
        if let Some(error) = self.ended.take() {
            self.stage = SessionStage::End;
            return Next::Failed(error);
        }
        if let Some((until_ms, reason)) = self.wait.take() {
            return Next::Wait { until_ms, reason };
        }
        if let Some(request) = &self.out {
            return Next::Send(self.dressed(request));
        }
        let ask = match self.stage {
            SessionStage::Begin => StoreAsk::Session,
            SessionStage::Push => self.push_ask(),
            SessionStage::Photos => self.photos_ask(),
            SessionStage::Pull => {
                self.pull_send();
                return self.step();
            }
            SessionStage::Compare => StoreAsk::Compare(self.pull.checks.clone()),
            SessionStage::End => return Next::Done(self.summary.clone()),
        };
        Next::Local(ask)
    }

    /// The store's answer.
    pub fn told(&mut self, told: StoreSays) {
        match told {
            StoreSays::Session(session) => self.begin(session),
            StoreSays::Ops(ops) => self.push_send(ops),
            StoreSays::Owed(owed) => self.photos_begin(owed),
            StoreSays::Differ(divisions) => self.pull_compared(divisions),
        }
    }

    /// The server's answer to the request with this number, or that there is none. Answers to others come too late and are ignored.
    pub fn answered(&mut self, number: u64, span: RoundTrip, answer: Result<Response, NetworkError>) {
        if self.out.as_ref().is_none_or(|request| request.number != number) {
            return;
        }
        let response = match answer {
            Ok(response) => response,
            Err(NetworkError::Untrusted) => return self.fail(SyncError::Untrusted),
            Err(NetworkError::WrongDate { shown_ms }) => return self.fail(SyncError::WrongDate { shown_ms }),
            Err(NetworkError::Unreadable) => return self.photo_unreadable(),
            Err(NetworkError::Unreachable) if !self.heard => return self.fail(SyncError::Offline),
            Err(NetworkError::Unreachable | NetworkError::Cut) => return self.lost(span.received_ms),
        };
        self.heard = true;
        match response.status {
            401 => return self.unauthorized(),
            426 => return self.fail(SyncError::OutOfDate),
            408 | 429 | 502..=504 => return self.busy(&response, span.received_ms),
            _ => self.failures = 0,
        }
        if self.refreshing {
            return self.refresh_answered(&response);
        }
        self.refreshed = false;
        self.out = None;
        match self.stage {
            SessionStage::Push => self.push_answered(&response, span),
            SessionStage::Photos => self.photo_answered(&response),
            SessionStage::Pull => self.pull_answered(&response, span),
            SessionStage::Begin | SessionStage::Compare | SessionStage::End => {}
        }
    }

    /// Ends the session at the next step. What was answered is still kept.
    pub fn cancel(&mut self) {
        self.cancelled = true;
    }

    /// What was done so far.
    #[must_use]
    pub fn summary(&self) -> &Summary {
        &self.summary
    }

    /// Where the session is.
    #[must_use]
    pub fn progress(&self) -> SessionProgress {
        let (done, total) = match self.stage {
            SessionStage::Push => (self.summary.acknowledged, self.push.total.max(self.summary.acknowledged)),
            SessionStage::Photos => (self.photos.sent(), self.photos.total),
            SessionStage::Pull => (self.summary.changes, self.summary.changes + self.pull.remaining),
            SessionStage::Begin | SessionStage::Compare | SessionStage::End => (0, 0),
        };
        SessionProgress { stage: self.stage, done, total }
    }

    pub(crate) fn keep(&mut self, write: Keep) {
        self.writes.push_back(write);
    }

    pub(crate) fn fail(&mut self, error: SyncError) {
        self.ended = Some(error);
    }

    pub(crate) fn send(&mut self, method: HttpMethod, path: String, headers: Vec<(&'static str, String)>, body: Body) {
        self.number += 1;
        self.out = Some(Request { number: self.number, method, path, headers, body });
    }

    pub(crate) fn json(value: &impl Serialize) -> Body {
        // These types have text keys only, so that this cannot fail; the server would refuse an empty body with a reason.
        Body::Json(Bytes::from(serde_json::to_vec(value).unwrap_or_default()))
    }

    /// Measures the clock. The shortest request of a session measures best; one that was slept through, not at all.
    pub(crate) fn measure(&mut self, server_ms: i64, span: RoundTrip) {
        let round_trip_ms = span.received_ms - span.sent_ms;
        let best_ms = self.summary.clock.map_or(LONGEST_MEASUREMENT_MS, |best| best.round_trip_ms);
        if !(0..best_ms).contains(&round_trip_ms) {
            return;
        }
        let clock = MeasuredClock { server_ms, steady_ms: span.sent_ms + round_trip_ms / 2, round_trip_ms };
        self.summary.clock = Some(clock);
        self.keep(Keep::Clock(clock));
    }

    fn dressed(&self, request: &Request) -> Request {
        let mut request = request.clone();
        request.headers.push((VERSION_HEADER, VERSION.to_string()));
        if let (Some(tokens), false) = (&self.tokens, self.refreshing) {
            request.headers.push(("authorization", format!("Bearer {}", tokens.access)));
        }
        request
    }

    fn begin(&mut self, session: Session) {
        let Some(tokens) = session.tokens else { return self.fail(SyncError::SignedOut) };
        let ends = tokens.access_expires_ms;
        self.tokens = Some(tokens);
        self.epoch = session.epoch;
        self.push.total = session.pending;
        self.push.answered = session.answered;
        self.pull.cursor = session.cursor;
        self.pull.begins = self.pull.cursor.is_none();
        self.stage = SessionStage::Push;
        if ends <= session.server_ms.saturating_add(EXPIRY_MARGIN_MS) {
            self.refresh();
        }
    }

    fn refresh(&mut self) {
        let Some(tokens) = &self.tokens else { return self.fail(SyncError::SignedOut) };
        let body = Self::json(&RefreshRequest { refresh: tokens.refresh.clone() });
        self.refreshing = true;
        self.refreshed = true;
        self.parked = self.out.take();
        self.send(HttpMethod::Post, "/api/v1/token/refresh".into(), vec![], body);
    }

    /// The token ended under way, or the account was shut: one try to renew it.
    fn unauthorized(&mut self) {
        if self.refreshing || self.refreshed { self.fail(SyncError::SignedOut) } else { self.refresh() }
    }

    fn refresh_answered(&mut self, response: &Response) {
        match response.status {
            200..=299 => {
                let Ok(tokens) = serde_json::from_slice::<Tokens>(&response.body) else {
                    return self.fail(SyncError::Malformed);
                };
                self.tokens = Some(tokens.clone());
                self.refreshing = false;
                self.out = self.parked.take();
                self.keep(Keep::Tokens(tokens));
            }
            400..=499 => self.fail(SyncError::SignedOut),
            _ => self.fail(Self::server(response)),
        }
    }

    pub(crate) fn server(response: &Response) -> SyncError {
        SyncError::Server { status: response.status, request_id: SyncFault::of(response).request_id }
    }

    fn lost(&mut self, now_ms: i64) {
        let Some(pause) = PAUSES_MS.get(self.failures) else { return self.fail(SyncError::Offline) };
        self.failures += 1;
        self.pause(now_ms + pause, WaitReason::Network);
    }

    fn pause(&mut self, until_ms: i64, reason: WaitReason) {
        self.wait = Some((until_ms, reason));
        if !self.refreshing && self.stage == SessionStage::Photos {
            self.photo_lost();
        }
    }

    fn busy(&mut self, response: &Response, now_ms: i64) {
        let Some(pause) = PAUSES_MS.get(self.failures) else { return self.fail(Self::server(response)) };
        self.failures += 1;
        // A server that asks for more than a minute is left to the next session's time.
        let asked = response.headers.get("retry-after").and_then(|text| text.parse::<i64>().ok());
        let pause = asked.map_or(*pause, |seconds| seconds.clamp(1, 60) * 1000);
        self.pause(now_ms + pause, WaitReason::Busy);
    }
}
