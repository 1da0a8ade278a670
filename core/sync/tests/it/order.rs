//! The engine step by step: order, refusals, gaps, tokens, cursors, clocks.

use bianfang_domain::clock::LONGEST_MEASUREMENT_MS;
use bianfang_domain::id::RecordId;
use bianfang_protocol::pull::Check;
use bianfang_sync::{
    Engine, HttpMethod, Keep, MeasuredClock, NetworkError, Next, RoundTrip, SessionStage, Summary, SyncError,
};
use uuid::Uuid;

use crate::world::{County, HOUR_MS, Phone, body, op, photo, tokens};

/// A session on a perfect network that takes so many milliseconds a request.
fn session_of(phone: &mut Phone, county: &mut County, took_ms: i64) -> (Summary, Result<(), SyncError>) {
    let mut engine = Engine::new();
    for _ in 0..5_000 {
        match engine.step() {
            Next::Done(summary) => return (summary, Ok(())),
            Next::Failed(error) => return (engine.summary().clone(), Err(error)),
            Next::Wait { .. } => {}
            Next::Local(ask) => {
                if let Some(told) = phone.ask(ask) {
                    engine.told(told);
                }
            }
            Next::Send(request) => {
                let answer = match body(phone, &request) {
                    Some(bytes) => Ok(county.serve(&request, &bytes)),
                    None => Err(NetworkError::Unreadable),
                };
                engine.answered(request.number, RoundTrip { sent_ms: 0, received_ms: took_ms }, answer);
            }
        }
    }
    panic!("the session does not end");
}

fn session(phone: &mut Phone, county: &mut County) -> (Summary, Result<(), SyncError>) {
    session_of(phone, county, 40)
}

#[test]
fn session_pushes_then_sends_photos_then_pulls() {
    let mut phone = Phone::with_ops(450);
    phone.photos = vec![photo(1, 300_000), photo(2, 1_200_000)];
    let mut county = County::default();
    let (summary, result) = session(&mut phone, &mut county);
    result.unwrap();
    let large = format!("/api/v1/blobs/{}", phone.photos[1].0);
    let expected = [
        (HttpMethod::Post, "/api/v1/sync/push".into()),
        (HttpMethod::Post, "/api/v1/sync/push".into()),
        (HttpMethod::Post, "/api/v1/sync/push".into()),
        (HttpMethod::Put, format!("/api/v1/blobs/{}", phone.photos[0].0)),
        (HttpMethod::Post, "/api/v1/blobs".into()),
        (HttpMethod::Patch, large.clone()),
        (HttpMethod::Patch, large),
        (HttpMethod::Get, "/api/v1/sync/pull".into()),
        (HttpMethod::Get, "/api/v1/sync/pull?cursor=one%3A3".into()),
        (HttpMethod::Get, "/api/v1/sync/pull?cursor=one%3A6".into()),
    ];
    assert_eq!(county.seen, expected);
    assert_eq!((summary.acknowledged, summary.photos, summary.changes), (450, 2, 7));
    assert_eq!(summary.photo_bytes, 1_500_000);
}

#[test]
fn refused_op_leaves_the_queue_and_the_next_goes_on() {
    let mut phone = Phone::with_ops(3);
    let mut county = County { refused: [2].into(), ..County::default() };
    let (summary, result) = session(&mut phone, &mut county);
    result.unwrap();
    assert_eq!((summary.acknowledged, summary.refused), (3, 1));
    assert_eq!(phone.pending().count(), 0);
}

#[test]
fn short_answer_acknowledges_only_what_it_names() {
    let mut phone = Phone::with_ops(5);
    let mut county = County { short: 2, ..County::default() };
    session(&mut phone, &mut county).1.unwrap();
    assert_eq!(county.seen.iter().filter(|(_, path)| path.ends_with("push")).count(), 3);
    assert!(phone.twice.is_empty() && phone.pending().count() == 0);
}

#[test]
fn hole_in_the_queue_stops_ops_but_not_photos_and_pull() {
    let mut phone = Phone::with_ops(5);
    phone.ops.remove(&3);
    phone.photos = vec![photo(1, 10)];
    let mut county = County::default();
    let (summary, result) = session(&mut phone, &mut county);
    result.unwrap();
    assert_eq!(county.applied.keys().copied().collect::<Vec<_>>(), [1, 2]);
    assert!(county.gaps.is_empty(), "an op was sent after a gap");
    assert_eq!(summary.stuck.unwrap().code, "gap");
    assert_eq!((summary.photos, summary.changes), (1, 7));
}

#[test]
fn op_that_the_server_fails_on_is_found_and_the_ones_before_it_go() {
    let mut phone = Phone::with_ops(20);
    phone.photos = vec![photo(1, 10)];
    let mut county = County { poison: Some(14), ..County::default() };
    let (summary, result) = session(&mut phone, &mut county);
    result.unwrap();
    assert_eq!(county.applied.len(), 13);
    assert_eq!(summary.stuck.unwrap().request_id.as_deref(), Some("r1"));
    assert_eq!(summary.photos, 1);
}

#[test]
fn bad_photos_are_reported_and_the_next_ones_arrive() {
    let mut phone = Phone::with_ops(0);
    phone.photos = vec![photo(1, 10), photo(2, 900_000), photo(3, 20), photo(4, 0), photo(5, 700_000), photo(6, 30)];
    let mut county = County::default();
    county.bad.insert(phone.photos[0].0.clone(), 413);
    county.bad.insert(phone.photos[1].0.clone(), 507);
    county.bad.insert(phone.photos[2].0.clone(), 500);
    phone.photos[4].1[0] ^= 1; // damaged on the phone: the whole no longer has its hash
    let (summary, result) = session(&mut phone, &mut county);
    result.unwrap();
    let codes: Vec<_> = phone.faults.iter().map(|(_, fault)| (fault.status, fault.code.as_str())).collect();
    assert_eq!(codes, [(413, "photo"), (507, "photo"), (500, "photo"), (0, "photo_length"), (422, "hash")]);
    assert_eq!(summary.photos, 1);
    assert!(phone.receipts.contains(&phone.photos[5].0) && summary.changes == 7);
}

#[test]
fn expired_access_token_is_renewed_first() {
    let mut phone = Phone::with_ops(1);
    phone.tokens = Some(tokens(0, HOUR_MS));
    let mut county = County { now_ms: HOUR_MS, ..County::default() };
    phone.server_ms = HOUR_MS;
    session(&mut phone, &mut county).1.unwrap();
    assert_eq!(county.seen[0].1, "/api/v1/token/refresh");
    assert_eq!(phone.tokens.unwrap().refresh, "refresh1");
}

#[test]
fn token_that_ends_under_way_is_renewed_and_the_request_repeated() {
    let mut phone = Phone::with_ops(1);
    let mut county = County { access: "another".into(), ..County::default() };
    session(&mut phone, &mut county).1.unwrap();
    assert_eq!(county.refreshes, 1);
    assert_eq!(phone.pending().count(), 0);
}

#[test]
fn ended_login_keeps_the_queue() {
    let mut phone = Phone::with_ops(4);
    let mut county = County { access: "x".into(), refresh: "x".into(), ..County::default() };
    county.refreshes = 9;
    let (_, result) = session(&mut phone, &mut county);
    assert!(matches!(result, Err(SyncError::SignedOut)));
    assert_eq!(phone.pending().count(), 4);
}

#[test]
fn refused_cursor_begins_anew_without_emptying() {
    let mut phone = Phone::with_ops(0);
    let mut county = County::default();
    phone.cursor = Some("of another phone".into());
    phone.changes.insert(RecordId(Uuid::from_u128(99)));
    session(&mut phone, &mut county).1.unwrap();
    assert_eq!(phone.begins, 1);
    assert_eq!(phone.changes.len(), 8);
}

#[test]
fn restored_server_gets_back_what_it_lost() {
    let mut phone = Phone::with_ops(9);
    let mut county = County::default();
    session(&mut phone, &mut county).1.unwrap();
    county.applied.retain(|seq, _| *seq <= 4);
    county.epoch = "two".into();
    let (summary, result) = session(&mut phone, &mut county);
    result.unwrap();
    assert!(summary.restored);
    assert_eq!(county.applied.len(), 9);
    assert_eq!((phone.pending().count(), phone.epoch.as_deref()), (0, Some("two")));
}

/// A folder or a virtual machine put back by hand: the epoch is the old one, and the phone has nothing new to say.
#[test]
fn server_that_was_put_back_gets_it_again_without_a_new_epoch_or_new_work() {
    for new in [false, true] {
        let mut phone = Phone::with_ops(9);
        let mut county = County::default();
        session(&mut phone, &mut county).1.unwrap();
        county.applied.retain(|seq, _| *seq <= 4);
        if new {
            phone.ops.insert(10, (op(10), None));
        }
        let (summary, result) = session(&mut phone, &mut county);
        result.unwrap();
        assert!(summary.restored, "the worker is told, new: {new}");
        assert_eq!(county.applied.len(), if new { 10 } else { 9 });
        assert_eq!(county.applied.values().sum::<u32>() as usize, county.applied.len(), "each is applied once");
        assert_eq!((phone.pending().count(), phone.begins), (0, 2), "its feed numbers mean other things now");
        assert!(!session(&mut phone, &mut county).0.restored, "once");
    }
}

/// What the phone has no more is a gap that is told, once, and blocks neither photos nor the pull.
#[test]
fn what_a_put_back_server_lost_and_the_phone_has_no_more_is_told() {
    let mut phone = Phone::with_ops(9);
    let mut county = County::default();
    session(&mut phone, &mut county).1.unwrap();
    county.applied.retain(|seq, _| *seq <= 4);
    phone.ops.retain(|seq, _| *seq > 7);
    let (summary, result) = session(&mut phone, &mut county);
    result.unwrap();
    assert!(summary.stuck.is_some() && summary.restored);
    assert_eq!(county.applied.len(), 4);
}

/// Found by the random test: once a gap had been mended, a later restore in the same session lost what lay before it.
#[test]
fn server_restored_again_and_again_in_a_session_gets_everything_back() {
    let mut phone = Phone::with_ops(9);
    let mut county = County::default();
    session(&mut phone, &mut county).1.unwrap();
    phone.ops.insert(10, (op(10), None));
    county.applied.retain(|seq, _| *seq <= 4);
    county.epoch = "two".into();
    county.restore_at_pull = vec![(10, "three".into()), (8, "four".into())];
    session(&mut phone, &mut county).1.unwrap();
    assert_eq!(county.applied.len(), 10);
    assert_eq!((phone.pending().count(), phone.epoch.as_deref()), (0, Some("four")));
}

#[test]
fn differing_division_is_pulled_again_once_and_then_reported() {
    let mut phone = Phone::with_ops(0);
    let mut county = County::default();
    session(&mut phone, &mut county).1.unwrap();
    let division = RecordId(Uuid::from_u128(1));
    county.checks.insert(division, Check { count: 1, sum: 2 });
    phone.differ = vec![vec![division], vec![division]];
    let (summary, result) = session(&mut phone, &mut county);
    result.unwrap();
    assert_eq!(phone.begins, 2);
    assert_eq!(summary.differ, [division]);
}

#[test]
fn clock_is_the_servers_at_the_middle_of_the_request() {
    let mut phone = Phone::with_ops(1);
    let mut county = County { now_ms: 5_020, ..County::default() };
    let (summary, _) = session(&mut phone, &mut county);
    let clock = MeasuredClock { server_ms: 5_020, steady_ms: 20, round_trip_ms: 40 };
    assert_eq!((summary.clock, phone.clock), (Some(clock), Some(clock)));
}

#[test]
fn a_request_that_was_slept_through_measures_nothing() {
    for took_ms in [LONGEST_MEASUREMENT_MS, 5 * HOUR_MS, -1] {
        let mut phone = Phone::with_ops(1);
        session_of(&mut phone, &mut County::default(), took_ms).1.unwrap();
        assert_eq!(phone.clock, None, "{took_ms}");
    }
}

#[test]
fn server_gone_before_any_answer_is_offline_at_once() {
    let mut phone = Phone::with_ops(1);
    let mut engine = Engine::new();
    loop {
        match engine.step() {
            Next::Local(ask) => engine.told(phone.ask(ask).unwrap()),
            Next::Send(request) => {
                let span = RoundTrip { sent_ms: 0, received_ms: 1 };
                engine.answered(request.number, span, Err(NetworkError::Unreachable));
            }
            Next::Failed(error) => break assert!(matches!(error, SyncError::Offline)),
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(phone.pending().count(), 1);
}

#[test]
fn cancelled_session_still_keeps_what_was_answered() {
    let mut phone = Phone::with_ops(300);
    let mut county = County::default();
    let mut engine = Engine::new();
    loop {
        match engine.step() {
            Next::Local(ask) => {
                if let Some(told) = phone.ask(ask) {
                    engine.told(told);
                }
            }
            Next::Send(request) => {
                let answer = county.serve(&request, &body(&phone, &request).unwrap());
                engine.answered(request.number, RoundTrip { sent_ms: 0, received_ms: 1 }, Ok(answer));
                engine.cancel();
            }
            Next::Failed(error) => break assert!(matches!(error, SyncError::Cancelled)),
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(phone.pending().count(), 100);
    assert_eq!(engine.progress().stage, SessionStage::End);
}

#[test]
fn debug_shows_no_token() {
    let text = format!("{:?}", Keep::Tokens(tokens(0, 0)));
    assert!(!text.contains("access0") && !text.contains("refresh0"));
}
