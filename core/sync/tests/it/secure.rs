//! Real TLS: who is trusted, and a whole session through it.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum::routing::post;
use bianfang_domain::actor::Role;
use bianfang_domain::clock::{ClockReading, PhoneClock};
use bianfang_domain::time::Day;
use bianfang_protocol::enrol::{EnrolRequest, EnrolResponse, Invitation};
use bianfang_sync::{Cancel, Https, ReadClock, SyncError, enrol, synchronize};
use uuid::Uuid;

use crate::server::{Identity, Store, county_router, identity, serve};
use crate::world::{County, HOUR_MS, INSTALLATION, Phone, photo, problem, tokens};

async fn redeem(body: axum::Json<EnrolRequest>) -> axum::response::Response {
    if body.code != "once" {
        let refused = problem(403, "code_used", None);
        return (StatusCode::FORBIDDEN, refused.body).into_response();
    }
    axum::Json(EnrolResponse {
        account: Uuid::from_u128(1),
        name: "村站".into(),
        role: Role::VillageWorker,
        scope: vec![],
        county: "150426".into(),
        county_name: "翁牛特旗".into(),
        seal_key: String::new(),
        tokens: tokens(0, HOUR_MS),
        server_ms: 5,
        epoch: "one".into(),
    })
    .into_response()
}

fn noon(year: i32, month: u8, day: u8) -> i64 {
    Day::from_ymd(year, month, day).unwrap().start_ms() + 12 * HOUR_MS
}

/// A phone whose date is this and that knows, or does not, that it is this for the server.
fn clock(shown_ms: i64, server_ms: Option<i64>) -> ReadClock {
    let reading = ClockReading { wall_ms: shown_ms, steady_ms: 0, boot: "one".into() };
    let clock = match server_ms {
        Some(server_ms) => PhoneClock::heard(server_ms, 0, reading),
        None => PhoneClock::unheard(reading),
    };
    Arc::new(move || clock.clone())
}

/// A phone that shows 2026 and has not heard its server.
fn right() -> ReadClock {
    clock(noon(2026, 7, 1), None)
}

async fn enrol_at(identity: &Identity, host: &str, ca: &str, code: &str) -> Result<EnrolResponse, SyncError> {
    enrol_on(identity, (host, ca, code), right()).await
}

async fn enrol_on(
    identity: &Identity,
    (host, ca, code): (&str, &str, &str),
    clock: ReadClock,
) -> Result<EnrolResponse, SyncError> {
    let address = serve(identity, Router::new().route("/api/v1/enrol", post(redeem)));
    let url = format!("https://{host}:{}", address.port());
    let invitation = Invitation { url, code: code.into(), ca: ca.into() };
    enrol(&invitation, "Redmi Note 9", "test", INSTALLATION, clock).await
}

#[tokio::test]
async fn right_root_is_trusted_and_the_phone_enrolled() {
    let identity = identity("127.0.0.1", 2100);
    let answer = enrol_at(&identity, "127.0.0.1", &identity.fingerprint, "once").await.unwrap();
    assert_eq!((answer.county.as_str(), answer.tokens.refresh.as_str()), ("150426", "refresh0"));
}

#[tokio::test]
async fn used_code_is_refused_in_words() {
    let identity = identity("127.0.0.1", 2100);
    let Err(SyncError::Refused(fault)) = enrol_at(&identity, "127.0.0.1", &identity.fingerprint, "twice").await else {
        panic!("not refused")
    };
    assert_eq!((fault.code.as_str(), fault.zh.as_str()), ("code_used", "中文"));
}

#[tokio::test]
async fn other_root_is_refused() {
    let (ours, theirs) = (identity("127.0.0.1", 2100), identity("127.0.0.1", 2100));
    let result = enrol_at(&theirs, "127.0.0.1", &ours.fingerprint, "once").await;
    assert!(matches!(result, Err(SyncError::Untrusted)));
}

#[tokio::test]
async fn stranger_who_shows_our_root_beside_a_leaf_of_his_own_is_refused() {
    let (ours, mut theirs) = (identity("127.0.0.1", 2100), identity("127.0.0.1", 2100));
    theirs.chain.push(ours.chain[1].clone());
    let result = enrol_at(&theirs, "127.0.0.1", &ours.fingerprint, "once").await;
    assert!(matches!(result, Err(SyncError::Untrusted)));
}

#[tokio::test]
async fn certificate_for_another_host_is_refused() {
    let identity = identity("elsewhere.example", 2100);
    let result = enrol_at(&identity, "127.0.0.1", &identity.fingerprint, "once").await;
    assert!(matches!(result, Err(SyncError::Untrusted)));
}

/// Of a certificate from 2020 to the end of 2020.
async fn dated(shown_ms: i64, server_ms: Option<i64>) -> Result<EnrolResponse, SyncError> {
    let identity = identity("127.0.0.1", 2021);
    enrol_on(&identity, ("127.0.0.1", &identity.fingerprint, "once"), clock(shown_ms, server_ms)).await
}

#[tokio::test]
async fn any_date_of_a_phone_reaches_its_server() {
    let right = noon(2020, 7, 1);
    for shown in [0, noon(2019, 1, 1), noon(2019, 12, 30), noon(2021, 1, 3), noon(2036, 1, 1), noon(2200, 1, 1)] {
        dated(shown, None).await.unwrap_or_else(|error| panic!("nothing is known, {shown} is shown: {error}"));
        dated(shown, Some(right)).await.unwrap_or_else(|error| panic!("the time is known, {shown} shown: {error}"));
    }
    // The server's own clock was wrong when it was heard: whoever sets the date right gets through.
    dated(right, Some(noon(2036, 1, 1))).await.unwrap();
}

#[tokio::test]
async fn expired_certificate_is_refused_and_the_date_is_named() {
    let shown = noon(2026, 7, 1);
    let result = dated(shown, Some(noon(2026, 7, 2))).await;
    assert!(matches!(result, Err(SyncError::WrongDate { shown_ms }) if shown_ms == shown), "{:?}", result.err());
}

#[tokio::test]
async fn no_date_makes_a_stranger_the_server() {
    let (ours, theirs) = (identity("127.0.0.1", 2021), identity("127.0.0.1", 2021));
    let elsewhere = identity("elsewhere.example", 2021);
    for (shown, known) in [(noon(2019, 1, 1), None), (noon(2036, 1, 1), None), (0, Some(noon(2020, 7, 1)))] {
        for (stranger, root) in [(&theirs, &ours), (&elsewhere, &elsewhere)] {
            let asked = ("127.0.0.1", root.fingerprint.as_str(), "once");
            let result = enrol_on(stranger, asked, clock(shown, known)).await;
            assert!(matches!(result, Err(SyncError::Untrusted)), "{shown} {:?}", result.err());
        }
    }
}

#[tokio::test]
async fn malformed_invitations_are_refused_before_any_request() {
    let ca = "00".repeat(32);
    for (url, ca) in [("http://a:1", ca.as_str()), ("https://a:1/x", &ca), ("nothing", &ca), ("https://a:1", "00")] {
        assert!(matches!(Https::new(url, ca, right()), Err(SyncError::Invitation)), "{url} {ca}");
    }
}

#[tokio::test]
async fn nobody_listening_is_offline() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    let https = Https::new(&format!("https://127.0.0.1:{port}"), &"00".repeat(32), right()).unwrap();
    let store = Store(Mutex::new(Phone::with_ops(1)));
    let ended = synchronize(&store, &https, || 0, |_| {}, &Cancel::default()).await;
    assert!(matches!(ended.result, Err(SyncError::Offline)));
}

#[tokio::test]
async fn session_over_https_renews_the_token_and_brings_all_across() {
    let identity = identity("127.0.0.1", 2100);
    let county = Arc::new(Mutex::new(County { access: "another".into(), now_ms: HOUR_MS, ..County::default() }));
    let address = serve(&identity, county_router(Arc::clone(&county)));
    let https = Https::new(&format!("https://{address}"), &identity.fingerprint, right()).unwrap();
    let mut phone = Phone { server_ms: HOUR_MS, ..Phone::with_ops(250) };
    phone.photos = vec![photo(1, 400_000), photo(2, 1_500_000)];
    let store = Store(Mutex::new(phone));
    let mut seen = vec![];
    let ended = synchronize(&store, &https, || HOUR_MS, |progress| seen.push(progress), &Cancel::default()).await;
    ended.result.unwrap();
    let (phone, county) = (store.0.into_inner().unwrap(), county.lock().unwrap());
    assert_eq!((phone.pending().count(), phone.unproven(), phone.changes.len()), (0, 0, 7));
    assert_eq!((county.refreshes, county.applied.len(), county.packed), (1, 250, 3)); // the first push went twice
    for (sha256, bytes) in &phone.photos {
        assert!(county.stored.get(sha256) == Some(bytes));
    }
    assert!(seen.iter().any(|progress| progress.total == 1_900_000 && progress.done == 400_000));
}

#[tokio::test]
async fn cancelled_before_it_begins_sends_nothing() {
    let https = Https::new("https://127.0.0.1:9", &"00".repeat(32), right()).unwrap();
    let store = Store(Mutex::new(Phone::with_ops(3)));
    let cancel = Cancel::default();
    cancel.cancel();
    let ended = synchronize(&store, &https, || 0, |_| {}, &cancel).await;
    assert!(matches!(ended.result, Err(SyncError::Cancelled)), "{:?}", ended.result);
    assert_eq!(store.0.lock().unwrap().pending().count(), 3);
}
