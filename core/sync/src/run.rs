//! Drives an engine: the store on one side, the network on the other.

use std::time::Duration;

use bytes::Bytes;
use tokio::sync::watch;

use crate::engine::{Engine, Next, SessionProgress, Summary};
use crate::error::SyncError;
use crate::local::{Local, StoreAsk, StoreSays};
use crate::wire::{Body, NetworkError, Request, Response, RoundTrip, Transport};

/// Stops a session from outside: copies share one flag.
#[derive(Debug, Clone)]
pub struct Cancel(watch::Sender<bool>);

impl Default for Cancel {
    fn default() -> Self {
        Self(watch::Sender::new(false))
    }
}

impl Cancel {
    /// Stops the session, also a request under way.
    pub fn cancel(&self) {
        self.0.send_replace(true);
    }

    async fn wait(&self) {
        // The sender lives in self, so that this ends only when the flag is set.
        let _ = self.0.subscribe().wait_for(|cancelled| *cancelled).await;
    }
}

/// What a session did, and how it ended.
#[derive(Debug)]
pub struct Ended {
    /// Also after an error: what was acknowledged stays.
    pub summary: Summary,
    /// Why it ended early, if it did.
    pub result: Result<(), SyncError>,
}

/// One session. `steady` is a clock of the phone that nobody sets and that counts sleep, milliseconds; `progress` is called after each step that changed something.
pub async fn synchronize<L: Local, T: Transport>(
    local: &L,
    transport: &T,
    steady: impl Fn() -> i64 + Send,
    progress: impl FnMut(SessionProgress) + Send,
    cancel: &Cancel,
) -> Ended {
    let mut engine = Engine::new();
    let result = drive(&mut engine, local, transport, steady, progress, cancel).await;
    Ended { summary: engine.summary().clone(), result }
}

async fn drive<L: Local, T: Transport>(
    engine: &mut Engine,
    local: &L,
    transport: &T,
    steady: impl Fn() -> i64 + Send,
    mut progress: impl FnMut(SessionProgress) + Send,
    cancel: &Cancel,
) -> Result<(), SyncError> {
    let mut shown = None;
    loop {
        let here = engine.progress();
        if shown.replace(here) != Some(here) {
            progress(here);
        }
        match engine.step() {
            Next::Done(_) => return Ok(()),
            Next::Failed(error) => return Err(error),
            Next::Local(ask) => {
                if let Some(told) = ask_local(local, ask).await.map_err(|error| SyncError::Storage(Box::new(error)))? {
                    engine.told(told);
                }
            }
            Next::Wait { until_ms, .. } => {
                let pause = Duration::from_millis(u64::try_from(until_ms - steady()).unwrap_or(0));
                tokio::select! {
                    biased;
                    () = cancel.wait() => engine.cancel(),
                    () = tokio::time::sleep(pause) => {}
                }
            }
            Next::Send(request) => {
                let sent_ms = steady();
                tokio::select! {
                    biased;
                    () = cancel.wait() => engine.cancel(),
                    answer = carry(local, transport, &request) => {
                        engine.answered(request.number, RoundTrip { sent_ms, received_ms: steady() }, answer);
                    }
                }
            }
        }
    }
}

async fn ask_local<L: Local>(local: &L, ask: StoreAsk) -> Result<Option<StoreSays>, L::Error> {
    Ok(Some(match ask {
        StoreAsk::Session => StoreSays::Session(local.session().await?),
        StoreAsk::Pending { limit } => StoreSays::Ops(local.pending(limit).await?),
        StoreAsk::Owed => StoreSays::Owed(local.owed().await?),
        StoreAsk::Compare(checks) => StoreSays::Differ(local.compare(&checks).await?),
        StoreAsk::Keep(write) => {
            local.keep(write).await?;
            return Ok(None);
        }
    }))
}

async fn carry<L: Local, T: Transport>(local: &L, transport: &T, request: &Request) -> Result<Response, NetworkError> {
    let body = match &request.body {
        Body::Empty => Bytes::new(),
        Body::Json(bytes) => bytes.clone(),
        Body::Blob { sha256, offset, length } => {
            let piece = local.piece(sha256, *offset, *length).await.map_err(|_| NetworkError::Unreadable)?;
            if piece.len() as u64 != *length {
                return Err(NetworkError::Unreadable);
            }
            piece
        }
    };
    transport.send(request, body).await
}
