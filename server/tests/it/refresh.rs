//! Refresh tokens: used once, the same successor within the grace, the family ended on reuse.

use bianfang_domain::actor::Role;
use bianfang_server::db::audit;

use crate::on_both;
use crate::world::{Answer, COUNTIES, PASSWORD, World};

const MINUTE: i64 = 60_000;
const DAY: i64 = 24 * 60 * MINUTE;

on_both!(
    each_refresh_gives_new_tokens,
    a_retry_within_the_grace_gets_the_same_successor,
    a_retry_after_the_grace_ends_the_family,
    a_token_whose_successor_was_used_ends_the_family,
    one_family_does_not_end_another,
    a_refresh_token_ends_after_its_days,
    a_console_session_ends_after_its_hours,
    an_unknown_refresh_token_is_refused,
    the_database_holds_no_token,
);

async fn enrolled(world: &World) -> String {
    let code = world.code(COUNTIES[0], Role::VillageWorker).await;
    token(&world.enrol(&code, world.new_id()).await, "/tokens/refresh")
}

fn token(answer: &Answer, pointer: &str) -> String {
    assert_eq!(answer.status, 200, "{}", answer.text);
    answer.json().pointer(pointer).unwrap().as_str().unwrap().to_owned()
}

async fn each_refresh_gives_new_tokens(world: World) {
    let mut refresh = enrolled(&world).await;
    let mut seen = vec![refresh.clone()];
    for _ in 0..3 {
        world.clock.advance(DAY);
        let answer = world.refresh(&refresh).await;
        refresh = token(&answer, "/refresh");
        assert!(!seen.contains(&refresh));
        seen.push(refresh.clone());
        assert_eq!(world.get("/api/v1/me", &token(&answer, "/access")).await.status, 200);
    }
}

async fn a_retry_within_the_grace_gets_the_same_successor(world: World) {
    let first = enrolled(&world).await;
    let second = token(&world.refresh(&first).await, "/refresh");
    world.clock.advance(MINUTE);
    assert_eq!(token(&world.refresh(&first).await, "/refresh"), second);
    assert_eq!(world.refresh(&second).await.status, 200);
}

async fn a_retry_after_the_grace_ends_the_family(world: World) {
    let first = enrolled(&world).await;
    let second = token(&world.refresh(&first).await, "/refresh");
    world.clock.advance(MINUTE + 1);
    assert_eq!(world.refresh(&first).await.code(), "session-ended");
    assert_eq!(world.refresh(&second).await.code(), "session-ended");
    let log = audit::list(world.app.db.pool(), COUNTIES[0], i64::MAX, 1).await.unwrap();
    assert_eq!(log[0].act, "REFRESH_REUSED");
    audit::verify(world.app.db.pool(), COUNTIES[0]).await.unwrap();
}

async fn a_token_whose_successor_was_used_ends_the_family(world: World) {
    let first = enrolled(&world).await;
    let second = token(&world.refresh(&first).await, "/refresh");
    let third = token(&world.refresh(&second).await, "/refresh");
    assert_eq!(world.refresh(&first).await.code(), "session-ended");
    assert_eq!(world.refresh(&third).await.code(), "session-ended");
}

async fn one_family_does_not_end_another(world: World) {
    let (one, other) = (enrolled(&world).await, enrolled(&world).await);
    token(&world.refresh(&one).await, "/refresh");
    world.clock.advance(2 * MINUTE);
    assert_eq!(world.refresh(&one).await.status, 401);
    assert_eq!(world.refresh(&other).await.status, 200);
}

async fn a_refresh_token_ends_after_its_days(world: World) {
    let refresh = enrolled(&world).await;
    world.clock.advance(90 * DAY);
    assert_eq!(world.refresh(&refresh).await.code(), "session-ended");
    world.clock.advance(-1);
    assert_eq!(world.refresh(&refresh).await.status, 200);
}

async fn a_console_session_ends_after_its_hours(world: World) {
    let mut refresh = token(&world.sign_in(COUNTIES[0], "leader", PASSWORD).await, "/refresh");
    world.clock.advance(DAY / 2 - 1);
    refresh = token(&world.refresh(&refresh).await, "/refresh");
    world.clock.advance(DAY / 2);
    assert_eq!(world.refresh(&refresh).await.code(), "session-ended");
}

async fn an_unknown_refresh_token_is_refused(world: World) {
    let known = enrolled(&world).await;
    let moved = known.replacen(COUNTIES[0], COUNTIES[1], 1);
    let cut = &known[..known.len() - 1];
    for wrong in ["", ".", "150426.", "999999.AAAA", &moved, cut, &"a".repeat(9000)] {
        assert_eq!(world.refresh(wrong).await.code(), "session-ended", "{wrong}");
    }
    assert_eq!(world.refresh(&known).await.status, 200);
}

/// Whoever copies the database can neither refresh nor enrol.
async fn the_database_holds_no_token(world: World) {
    let code = world.code(COUNTIES[0], Role::Leader).await;
    let refresh = enrolled(&world).await;
    let next = token(&world.refresh(&refresh).await, "/refresh");
    for table in ["enrol_code", "refresh_token", "audit_log", "installation"] {
        let sql = sqlx::AssertSqlSafe(format!("select * from {table}"));
        for row in sqlx::query(sql).fetch_all(world.app.db.pool()).await.unwrap() {
            let row = format!("{row:?}");
            for secret in [&code, &refresh, &next] {
                let (_, secret) = secret.split_at(7);
                assert!(!row.contains(secret), "{table}: {row}");
            }
        }
    }
}
