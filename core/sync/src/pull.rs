//! States down, page by page; each page and its cursor are kept together, so a session may end after any of them.

use std::collections::BTreeMap;

use bianfang_domain::id::RecordId;
use bianfang_protocol::pull::{Check, PullResponse};

use crate::engine::{Engine, SessionStage};
use crate::error::{SyncError, SyncFault};
use crate::local::Keep;
use crate::wire::{Body, HttpMethod, Response, RoundTrip};

/// Where the pull stands.
#[derive(Debug, Default)]
pub(crate) struct Pull {
    pub cursor: Option<String>,
    pub begins: bool,
    /// What is still to come, as the server guesses.
    pub remaining: u64,
    pub checks: BTreeMap<RecordId, Check>,
    /// Pulled from the beginning in this session, by whatever cause.
    fresh: bool,
    refusals: u32,
}

/// Cursors refused in one session before it ends: a restore between two pages costs one, and again and again is no restore.
const REFUSALS: u32 = 3;

impl Pull {
    /// From the beginning. The phone keeps what it has meanwhile.
    pub fn restart(&mut self) {
        self.cursor = None;
        self.begins = true;
    }
}

impl Engine {
    pub(crate) fn pull_send(&mut self) {
        let path = match &self.pull.cursor {
            Some(cursor) => format!("/api/v1/sync/pull?cursor={}", encoded(cursor)),
            None => "/api/v1/sync/pull".into(),
        };
        self.pull.fresh |= self.pull.begins;
        self.send(HttpMethod::Get, path, vec![], Body::Empty);
    }

    pub(crate) fn pull_answered(&mut self, response: &Response, span: RoundTrip) {
        match response.status {
            200..=299 => {}
            // The cursor is of another phone, another epoch, or too old.
            400 | 404 | 409 | 410 | 422 if self.pull.cursor.is_some() && self.pull.refusals < REFUSALS => {
                self.pull.refusals += 1;
                return self.pull.restart();
            }
            500..=599 => return self.fail(Self::server(response)),
            _ => return self.fail(SyncError::Refused(SyncFault::of(response))),
        }
        let Ok(page) = serde_json::from_slice::<PullResponse>(&response.body) else {
            return self.fail(SyncError::Malformed);
        };
        self.measure(page.server_ms, span);
        let photos_wait = self.epoch.is_none();
        if self.see_epoch(page.epoch.clone()) || self.see_pushed(page.pushed) {
            return;
        }
        // A cursor that stands still would be asked for ever.
        if page.more && self.pull.cursor.as_ref() == Some(&page.cursor) {
            return self.fail(SyncError::Malformed);
        }
        self.pull.cursor = Some(page.cursor.clone());
        self.pull.remaining = page.remaining;
        self.summary.changes += page.changes.len() as u64;
        if !page.more {
            self.pull.checks.clone_from(&page.checks);
            self.stage = if page.checks.is_empty() { SessionStage::End } else { SessionStage::Compare };
        }
        let begins = std::mem::take(&mut self.pull.begins);
        self.keep(Keep::Page { page: Box::new(page), begins });
        if photos_wait {
            self.stage = SessionStage::Photos;
        }
    }

    /// A difference is mended by a fresh pull, once; one that stays is a fault to look at.
    pub(crate) fn pull_compared(&mut self, differ: Vec<RecordId>) {
        if differ.is_empty() || self.pull.fresh {
            self.summary.differ = differ;
            self.stage = SessionStage::End;
            return;
        }
        self.pull.restart();
        self.stage = SessionStage::Pull;
    }
}

/// Percent-encoded: a cursor is opaque and may hold anything.
fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}
