//! Photos up: small ones in one request, large ones in pieces from the offset that the server has safely. A photo that the
//! server will not take is reported and left; the next one goes on.

use std::collections::VecDeque;

use bianfang_protocol::blob::{
    BlobRequest, BlobResponse, COMPLETE_HEADER, MAX_LENGTH, OFFSET_HEADER, Receipt, SINGLE_PUT, TOKEN_HEADER,
};

use crate::engine::{Engine, SessionStage};
use crate::error::SyncFault;
use crate::local::{Keep, Owed, StoreAsk};
use crate::wire::{Body, HttpMethod, Response};

/// Bytes of one piece: what a phone holds in memory, and at most sends again after a cut.
pub const PIECE: u64 = 1 << 20;
/// Answers in a row that bring a photo no further, before it is left for this session.
const STALLS: u32 = 8;

/// Where the photos stand.
#[derive(Debug, Default)]
pub(crate) struct Photos {
    /// Bytes with the server.
    pub done: u64,
    /// Bytes owed.
    pub total: u64,
    waiting: VecDeque<Owed>,
    current: Option<PhotoUpload>,
}

impl Photos {
    /// Bytes that are safely there, of the photo under way too: on a slow line a large one shows that it moves.
    pub fn sent(&self) -> u64 {
        self.done + self.current.as_ref().map_or(0, |upload| upload.offset)
    }
}

#[derive(Debug)]
struct PhotoUpload {
    owed: Owed,
    doing: Doing,
    offset: u64,
    token: Option<String>,
    stalls: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Doing {
    Put,
    Create,
    Head,
    Patch,
}

impl Engine {
    pub(crate) fn photos_ask(&self) -> StoreAsk {
        StoreAsk::Owed
    }

    pub(crate) fn photos_begin(&mut self, owed: Vec<Owed>) {
        // After a restore the stage is entered again: what failed before is not tried twice in one session.
        let failed = |photo: &Owed| self.summary.photo_faults.iter().any(|(sha256, _)| *sha256 == photo.sha256);
        self.photos.waiting = owed.into_iter().filter(|photo| !failed(photo)).collect();
        self.photos.total = self.photos.done + self.photos.waiting.iter().map(|photo| photo.length).sum::<u64>();
        self.photo_next();
    }

    fn photo_next(&mut self) {
        let Some(owed) = self.photos.waiting.pop_front() else {
            self.photos.current = None;
            self.stage = SessionStage::Pull;
            return;
        };
        let doing = if owed.length <= SINGLE_PUT { Doing::Put } else { Doing::Create };
        let known = owed.sha256.len() == 64 && owed.sha256.bytes().all(|byte| byte.is_ascii_hexdigit());
        let length = owed.length;
        self.photos.current = Some(PhotoUpload { owed, doing, offset: 0, token: None, stalls: 0 });
        if !known || length == 0 || length > MAX_LENGTH {
            return self.photo_fault(SyncFault::own(
                "photo_length",
                "照片文件为空或超过 128 MB，未上传，原件仍在本机。",
                "The photo file is empty or larger than 128 MB. Not sent; the file stays on this phone.",
            ));
        }
        self.photo_send(doing);
    }

    fn photo_send(&mut self, doing: Doing) {
        let Some(upload) = &mut self.photos.current else { return };
        upload.doing = doing;
        let Owed { sha256, length } = upload.owed.clone();
        let path = format!("/api/v1/blobs/{sha256}");
        let mut headers = vec![];
        if let Some(token) = &upload.token {
            headers.push((TOKEN_HEADER, token.clone()));
        }
        match doing {
            Doing::Put => {
                self.summary.photo_bytes += length;
                self.send(HttpMethod::Put, path, headers, Body::Blob { sha256, offset: 0, length });
            }
            Doing::Create => {
                let body = Self::json(&BlobRequest { sha256, length });
                self.send(HttpMethod::Post, "/api/v1/blobs".into(), headers, body);
            }
            Doing::Head => self.send(HttpMethod::Head, path, headers, Body::Empty),
            Doing::Patch => {
                let offset = upload.offset;
                let piece = PIECE.min(length - offset);
                let last = if offset + piece == length { "?1" } else { "?0" };
                headers.push((OFFSET_HEADER, offset.to_string()));
                headers.push((COMPLETE_HEADER, last.into()));
                self.summary.photo_bytes += piece;
                self.send(HttpMethod::Patch, path, headers, Body::Blob { sha256, offset, length: piece });
            }
        }
    }

    /// No answer to a piece: the server may have any part of it, so it is asked.
    pub(crate) fn photo_lost(&mut self) {
        if self.photos.current.as_ref().is_some_and(|upload| upload.doing == Doing::Patch) {
            self.photo_send(Doing::Head);
        }
    }

    pub(crate) fn photo_unreadable(&mut self) {
        self.out = None;
        self.photo_fault(SyncFault::own(
            "photo_unreadable",
            "本机无法读取这张照片，未上传。",
            "This photo cannot be read on this phone. Not sent.",
        ));
    }

    pub(crate) fn photo_answered(&mut self, response: &Response) {
        let Some(doing) = self.photos.current.as_ref().map(|upload| upload.doing) else { return };
        match (doing, response.status) {
            (Doing::Head, 200..=299) => self.photo_headed(response),
            (_, 200..=299) => match serde_json::from_slice::<BlobResponse>(&response.body) {
                Ok(blob) => self.photo_told(blob),
                // Nothing in the body: the offset is in the headers.
                Err(_) if doing == Doing::Patch => self.photo_headed(response),
                Err(_) => self.photo_fault(unclear()),
            },
            // The upload was forgotten, or is elsewhere than we thought.
            (Doing::Head | Doing::Patch, 404 | 410) => self.photo_stalled(Doing::Create, response),
            (Doing::Patch, 409) => self.photo_stalled(Doing::Head, response),
            _ => self.photo_fault(SyncFault::of(response)),
        }
    }

    /// Goes on another way, unless that has been tried too often.
    fn photo_stalled(&mut self, doing: Doing, response: &Response) {
        let Some(upload) = &mut self.photos.current else { return };
        upload.stalls += 1;
        if upload.stalls > STALLS { self.photo_fault(SyncFault::of(response)) } else { self.photo_send(doing) }
    }

    fn photo_headed(&mut self, response: &Response) {
        let complete = response.headers.get(COMPLETE_HEADER).is_some_and(|text| text == "?1");
        let offset = response.headers.get(OFFSET_HEADER).and_then(|text| text.parse::<u64>().ok());
        match offset {
            // Complete, but HEAD has no body: the receipt comes with the idempotent creation.
            _ if complete => self.photo_stalled(Doing::Create, response),
            Some(offset) => self.photo_at(offset),
            None => self.photo_fault(unclear()),
        }
    }

    fn photo_told(&mut self, blob: BlobResponse) {
        if let Some(receipt) = blob.receipt {
            return self.photo_receipt(receipt);
        }
        if let (Some(upload), Some(token)) = (&mut self.photos.current, blob.token) {
            upload.token = Some(token);
        }
        self.photo_at(blob.offset);
    }

    /// The server has this many bytes.
    fn photo_at(&mut self, offset: u64) {
        let Some(upload) = &mut self.photos.current else { return };
        let length = upload.owed.length;
        match upload.doing {
            _ if offset > upload.offset => upload.stalls = 0,
            Doing::Put | Doing::Create => {}
            Doing::Head | Doing::Patch => upload.stalls += 1,
        }
        upload.offset = offset.min(length);
        if upload.stalls > STALLS || offset > length {
            return self.photo_fault(stalled());
        }
        if offset < length {
            return self.photo_send(Doing::Patch);
        }
        // All bytes are there without a receipt: asking again gives it, or the reason; but not for ever.
        upload.stalls += 1;
        self.photo_send(Doing::Create);
    }

    fn photo_receipt(&mut self, receipt: Receipt) {
        let Some(upload) = &self.photos.current else { return };
        // A receipt for something else would let the phone drop an original.
        if receipt.sha256 != upload.owed.sha256 || receipt.length != upload.owed.length {
            return self.photo_fault(unclear());
        }
        self.photos.done += receipt.length;
        self.summary.photos += 1;
        self.keep(Keep::Receipt(receipt));
        self.photo_next();
    }

    fn photo_fault(&mut self, fault: SyncFault) {
        let Some(upload) = self.photos.current.take() else { return };
        let sha256 = upload.owed.sha256;
        self.photos.total = self.photos.total.saturating_sub(upload.owed.length);
        self.summary.photo_faults.push((sha256.clone(), fault.clone()));
        self.keep(Keep::PhotoFault { sha256, fault });
        self.photo_next();
    }
}

fn unclear() -> SyncFault {
    SyncFault::own(
        "photo_answer",
        "服务器对这张照片的回答无法理解，稍后再试。",
        "The server's answer about this photo is not clear: it will be tried again later.",
    )
}

fn stalled() -> SyncFault {
    SyncFault::own(
        "photo_stalled",
        "这张照片一直传不上去，下次同步再试。",
        "This photo makes no progress: the next synchronization tries again.",
    )
}
