//! A session that cannot come to its end: nobody there, or somebody who never answers.

use std::net::TcpListener;
use std::sync::Arc;

use bianfang_client::{ClientError, Phone, Progress, Watch};
use bianfang_protocol::enrol::Tokens;
use bianfang_store::MetaKey;
use serde_json::json;
use tokio::sync::Notify;

use crate::scene::*;

/// Lets a test wait for the first sign of a session.
#[derive(Default)]
struct Begun(Notify);

impl Watch for Begun {
    fn progress(&self, _: Progress) {
        self.0.notify_one();
    }
}

/// A phone with a login at this address and one unsent visit.
async fn phone(port: u16) -> (Bench, &'static Phone) {
    let bench = Bench::enrolled().await;
    let store = bench.store().await;
    let tokens = Tokens { access: "a".into(), access_expires_ms: NOW * 2, refresh: "r".into() };
    store.set_value(MetaKey::Tokens, &tokens).await.unwrap();
    let account = json!({
        "url": format!("https://127.0.0.1:{port}"), "ca": "00".repeat(32), "name": "王村站", "county": "150426",
        "county_name": "翁牛特旗"
    });
    let kept = json!({ "installation": actor().installation, "account": account });
    store.set_value(MetaKey::Profile, &kept).await.unwrap();
    store.close().await.unwrap();
    let phone = bench.open().await;
    let form = phone.new_form().await.unwrap();
    phone.save_visit(&form, visit(&[(FATHER, "MET")])).await.unwrap();
    (bench, phone)
}

fn begun(
    phone: &'static Phone,
) -> (Arc<Begun>, tokio::task::JoinHandle<Result<bianfang_client::SyncSummary, ClientError>>) {
    let watch = Arc::new(Begun::default());
    (Arc::clone(&watch), tokio::spawn(async move { phone.synchronize(watch).await }))
}

#[tokio::test]
async fn nobody_there_is_offline_and_the_next_session_may_begin() {
    // Nobody listens at port 1.
    let (_bench, phone) = phone(1).await;
    for _ in 0..2 {
        let error = phone.synchronize(Arc::new(Begun::default())).await.unwrap_err();
        assert_eq!(error, ClientError::Offline);
    }
    phone.cancel();
    let status = phone.status().await.unwrap();
    assert_eq!((status.waiting, status.signed_out), (1, false));
}

#[tokio::test]
async fn running_session_lets_others_work_and_is_cancelled_from_another_thread() {
    // The connection stands, the handshake is never answered.
    let deaf = TcpListener::bind("127.0.0.1:0").unwrap();
    let (_bench, phone) = phone(deaf.local_addr().unwrap().port()).await;
    let (watch, session) = begun(phone);
    watch.0.notified().await;
    assert_eq!(field(phone.synchronize(Arc::new(Begun::default())).await), "session");
    assert_eq!(field(phone.enrol("{}", "x").await), "session");
    let form = phone.new_form().await.unwrap();
    phone.save_visit(&form, visit(&[(MOTHER, "MET")])).await.unwrap();
    let other = phone;
    std::thread::spawn(move || other.cancel()).join().unwrap();
    assert_eq!(session.await.unwrap().unwrap_err(), ClientError::Cancelled);
    let status = phone.status().await.unwrap();
    assert_eq!((status.waiting, status.signed_out), (2, false), "nothing is lost");
}

#[tokio::test]
async fn closing_ends_a_running_session() {
    let deaf = TcpListener::bind("127.0.0.1:0").unwrap();
    let (bench, phone) = phone(deaf.local_addr().unwrap().port()).await;
    let (watch, session) = begun(phone);
    watch.0.notified().await;
    phone.close().await.unwrap();
    assert_eq!(session.await.unwrap().unwrap_err(), ClientError::Cancelled);
    assert_eq!(bench.open().await.status().await.unwrap().waiting, 1);
}

#[tokio::test]
async fn login_that_ended_is_noted_and_hides_nothing() {
    let (bench, phone) = phone(1).await;
    phone.close().await.unwrap();
    let store = bench.store().await;
    store.clear_value(MetaKey::Tokens).await.unwrap();
    store.close().await.unwrap();
    let phone = bench.open().await;
    assert_eq!(phone.synchronize(Arc::new(Begun::default())).await.unwrap_err(), ClientError::SignedOut);
    phone.close().await.unwrap();
    let phone = bench.open().await;
    let status = phone.status().await.unwrap();
    assert_eq!((status.waiting, status.signed_out), (1, true));
    assert!(phone.profile().await.unwrap().is_some());
}
