//! The server goes away in the middle of a push, and comes back: everything arrives once.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use bianfang_client::{ClientError, Phone, Progress, RecordState, Stage, Watch};
use tokio::sync::Notify;

use crate::town::{Town, everybody, sync, visit};

/// Tells when the first ops are on their way.
#[derive(Default)]
struct Pushing {
    begun: Notify,
    calls: AtomicU64,
}

impl Watch for Pushing {
    fn progress(&self, progress: Progress) {
        if progress.stage == Stage::Push && self.calls.fetch_add(1, Ordering::SeqCst) == 0 {
            self.begun.notify_one();
        }
    }
}

async fn save(phone: &Phone, count: usize) -> Vec<String> {
    let people = everybody(phone).await;
    let mut saved = Vec::new();
    for at in 0..count {
        let form = phone.new_form().await.unwrap();
        let person = &people[at % people.len()].id;
        saved.push(phone.save_visit(&form, visit(person, "MET")).await.unwrap().id);
    }
    saved
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn server_gone_in_the_middle_of_a_push_loses_nothing() {
    let mut town = Town::new().await;
    let phone = Arc::new(town.phone("one").await);
    // More than one batch, so that some are answered and some are not.
    let saved = save(&phone, 230).await;
    let watch = Arc::new(Pushing::default());
    let session = tokio::spawn({
        let (phone, watch) = (Arc::clone(&phone), Arc::clone(&watch));
        async move { phone.synchronize(watch).await }
    });
    watch.begun.notified().await;
    town.serving.take().unwrap().kill().await.unwrap();
    // Its pauses between repetitions are for hills, not for tests.
    phone.cancel();
    let ended = session.await.unwrap();
    assert!(matches!(ended, Err(ClientError::Offline | ClientError::Cancelled)), "{ended:?}");
    let waiting = phone.status().await.unwrap().waiting;
    assert!(waiting <= 230);

    town.serving = Some(town.bureau.serve().await.unwrap());
    sync(&phone).await;
    assert_eq!(phone.status().await.unwrap().waiting, 0);
    for record in &saved {
        assert_eq!(phone.state(record).await.unwrap(), RecordState::Confirmed);
    }
    let other = town.phone("two").await;
    let mut seen = 0;
    for person in everybody(&other).await {
        seen += other.person(&person.id).await.unwrap().visits.len();
    }
    assert_eq!(seen, saved.len(), "each once");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_a_server_work_goes_on_and_the_error_says_offline() {
    let mut town = Town::new().await;
    let phone = town.phone("one").await;
    town.serving.take().unwrap().kill().await.unwrap();
    let saved = save(&phone, 3).await;
    let watch = Arc::new(Pushing::default());
    let (ended, ()) = tokio::join!(phone.synchronize(watch), async {
        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
        phone.cancel();
    });
    assert!(matches!(ended, Err(ClientError::Offline | ClientError::Cancelled)), "{ended:?}");
    assert_eq!(phone.state(&saved[0]).await.unwrap(), RecordState::Saved);
    town.serving = Some(town.bureau.serve().await.unwrap());
    assert_eq!(sync(&phone).await.acknowledged, 3);
}
