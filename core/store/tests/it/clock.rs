//! Times of the phone's own ops: what each is not written before, and what an older version left behind.

use bianfang_domain::clock::{ClockReading, PhoneClock};
use bianfang_domain::decision::Decision;
use bianfang_store::{FormOutcome, MetaKey, NewOp, Store, Writing};
use sqlx::Connection;

use crate::scene::*;
use crate::schema::raw;

const DAY: i64 = 86_400_000;

/// The clock of a phone whose wall clock was set after a reboot, so that nothing is sure.
fn lost(wall_ms: i64) -> PhoneClock {
    at(1).at(ClockReading { wall_ms, steady_ms: 1, boot: "another".into() })
}

async fn write(store: &Store, op: NewOp, clock: &PhoneClock) -> Decision {
    match store.write(&Writing { ops: vec![op], ..Writing::default() }, clock).await.unwrap() {
        FormOutcome::Written { mut ops, .. } => ops.remove(0).1,
        refused @ FormOutcome::Refused { .. } => panic!("{refused:?}"),
    }
}

async fn happened(store: &Store, number: u128) -> (i64, bool) {
    let origin = store.get(id(number)).await.unwrap().unwrap().meta.origin.written;
    (origin.ms, origin.doubtful)
}

#[tokio::test]
async fn an_op_of_a_future_clock_spoils_neither_the_view_nor_the_next_ops() {
    let (_folder, store) = phone().await;
    write(&store, visit(30), &at(1)).await;
    write(&store, visit(31), &lost(NOW + 400 * DAY)).await;
    // After a reboot five days may have passed: it is believed until the server is heard.
    write(&store, visit(32), &lost(NOW + 5 * DAY)).await;
    write(&store, visit(33), &at(60)).await;
    assert_eq!(happened(&store, 30).await, (NOW + 1_000, false));
    assert_eq!(happened(&store, 31).await, (NOW + 1_000, true), "impossible: the last moment known");
    assert_eq!(happened(&store, 32).await, (NOW + 5 * DAY, false));
    assert_eq!(happened(&store, 33).await, (NOW + 60_000, false), "today, not five days on");
}

#[tokio::test]
async fn a_sure_op_is_not_before_the_sure_one_before_it() {
    let (_folder, store) = phone().await;
    write(&store, visit(30), &at(60)).await;
    write(&store, visit(31), &lost(0)).await;
    write(&store, visit(32), &at(50)).await;
    assert_eq!(happened(&store, 32).await, (NOW + 60_000, false));
}

#[tokio::test]
async fn a_doubtful_op_a_little_ahead_is_no_floor() {
    let (_folder, store) = phone().await;
    write(&store, visit(30), &PhoneClock::unheard(at(200).seen().clone())).await;
    write(&store, visit(31), &at(60)).await;
    assert_eq!(happened(&store, 30).await, (NOW + 200_000, true));
    assert_eq!(happened(&store, 31).await, (NOW + 60_000, false));
}

#[tokio::test]
async fn the_clock_is_kept_with_what_is_written() {
    let (folder, store) = phone().await;
    write(&store, visit(30), &at(7)).await;
    store.close().await.unwrap();
    let store = opened(folder.path()).await;
    assert_eq!(store.value(MetaKey::Clock).await.unwrap(), Some(at(7)));
}

/// Schema 4 knew an offset alone, and took every op before for a floor.
#[tokio::test]
async fn a_store_that_knew_an_offset_alone_goes_on_from_its_last_pull() {
    let (folder, store) = phone().await;
    for (number, step) in [(30, 1), (31, 2), (32, 3)] {
        write(&store, visit(number), &at(step)).await;
    }
    store.close().await.unwrap();
    let mut conn = raw(folder.path()).await;
    let back = "alter table outbox drop column floor_ms; alter table outbox drop column answered_ms; delete from meta where key = 'clock'; \
        insert into meta (key, value) values ('offset_ms', '-7000'); \
        update outbox set op = json_remove(op, '$.at.offset_ms'), written_ms = written_ms + 900000000 where seq = 2; \
        pragma user_version = 4";
    sqlx::raw_sql(back).execute(&mut conn).await.unwrap();
    conn.close().await.unwrap();
    let store = opened(folder.path()).await;
    let clock: PhoneClock = store.value(MetaKey::Clock).await.unwrap().unwrap();
    let reading = ClockReading { wall_ms: NOW, steady_ms: 0, boot: String::new() };
    assert_eq!(clock, PhoneClock::heard(NOW - 7_000, 0, reading), "the last pull, seven seconds slow");
    let later = clock.at(ClockReading { wall_ms: NOW + DAY, steady_ms: 5, boot: "one".into() });
    assert_eq!(later.sure_ms(), Some(NOW + DAY - 7_000));
    write(&store, visit(33), &at(4)).await;
    assert_eq!(happened(&store, 33).await, (NOW + 4_000, false));
    store.close().await.unwrap();
    let mut conn = raw(folder.path()).await;
    let floors: Vec<Option<i64>> =
        sqlx::query_scalar("select floor_ms from outbox order by seq").fetch_all(&mut conn).await.unwrap();
    assert_eq!(floors, [None, Some(NOW + 1_000), Some(NOW + 1_000), Some(NOW + 3_000)]);
}
