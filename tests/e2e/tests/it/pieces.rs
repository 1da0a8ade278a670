//! A large original in pieces: the server dies in the middle, the next session goes on where it stood.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use bianfang_client::{Progress, RecordState, Stage, Watch};
use reqwest::Method;
use tokio::sync::Notify;

use crate::town::{Town, everybody, sha256, sync, visit};

/// Two dozen pieces: the server dies long before the last.
const LENGTH: usize = 24 << 20;

/// Tells when a part of the photo is safely there.
#[derive(Default)]
struct Sending {
    part: Notify,
    safe: AtomicU64,
}

impl Watch for Sending {
    fn progress(&self, progress: Progress) {
        if progress.stage == Stage::Photos && progress.done > 0 {
            self.safe.fetch_max(progress.done, Ordering::SeqCst);
            self.part.notify_one();
        }
    }
}

/// A HEIC of three boxes: its picture cannot be decoded here, so the original itself is sent.
fn heic() -> Vec<u8> {
    let part = |kind: &[u8; 4], body: &[u8]| [&(body.len() as u32 + 8).to_be_bytes(), kind.as_slice(), body].concat();
    let body: Vec<u8> = (0..LENGTH).map(|at| (at * 7 % 251) as u8).collect();
    [part(b"ftyp", b"heic\0\0\0\0mif1heic"), part(b"meta", &[0; 40]), part(b"mdat", &body)].concat()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn original_goes_on_where_it_stood_when_the_server_died() {
    let mut town = Town::new().await;
    let phone = Arc::new(town.phone("one").await);
    let person = everybody(&phone).await[0].id.clone();
    let original = heic();
    let form = phone.new_form().await.unwrap();
    let row = phone.add_photo(&form, &town.file("door.heic", &original)).await.unwrap();
    assert!(!row.has_copy && row.sends && row.zh.unwrap().contains("HEIC"), "said so");
    let saved = phone.save_visit(&form, visit(&person, "MET")).await.unwrap();

    let watch = Arc::new(Sending::default());
    let session = tokio::spawn({
        let (phone, watch) = (Arc::clone(&phone), Arc::clone(&watch));
        async move { phone.synchronize(watch).await }
    });
    watch.part.notified().await;
    town.serving.take().unwrap().kill().await.unwrap();
    phone.cancel();
    let interrupted = session.await.unwrap();
    let safe = watch.safe.load(Ordering::SeqCst);
    assert!(interrupted.is_err() && safe < original.len() as u64, "it was to die in the middle: {interrupted:?}");
    town.serving = Some(town.bureau.serve().await.unwrap());

    let summary = sync(&phone).await;
    assert_eq!(phone.state(&saved.id).await.unwrap(), RecordState::Confirmed);
    let length = original.len() as u64;
    assert!(summary.photo_bytes <= length - safe, "{} sent of {length}, {safe} were there", summary.photo_bytes);
    let hash = sha256(&original);
    assert_eq!(phone.receipts(&saved.id).await.unwrap()[0].sha256, hash);
    let console = town.bureau.console("clerk").await.unwrap();
    let bytes = console.ask(Method::GET, &format!("/api/v1/blobs/{hash}"), Vec::new(), &[]).await.unwrap();
    assert_eq!(bytes.headers()["content-type"], "image/heic");
    assert_eq!(bytes.bytes().await.unwrap(), original, "the very bytes");
}
