//! Signing in, locking out, enrolling.

use bianfang_domain::actor::Role;
use bianfang_server::db::account;
use serde_json::{Value, json};

use crate::on_both;
use crate::world::{COUNTIES, PASSWORD, World, account_id};

const MINUTE: i64 = 60_000;

on_both!(
    a_session_says_who_one_is,
    every_failed_sign_in_gets_the_same_answer,
    five_wrong_passwords_lock_for_fifteen_minutes,
    wrong_passwords_at_once_are_all_counted,
    a_deactivated_account_is_out_at_once,
    signing_out_ends_the_session,
    a_code_enrols_once,
    a_wrong_or_expired_code_is_refused,
    a_lost_answer_is_given_again_within_a_minute,
    an_installation_belongs_to_one_account,
    a_code_of_one_county_is_none_in_the_other,
);

async fn a_session_says_who_one_is(world: World) {
    for code in COUNTIES {
        let session = world.sign_in(code, "section_clerk", PASSWORD).await.json();
        assert_eq!((&session["county"], &session["role"]), (&json!(code), &json!("SECTION_CLERK")));
        let me = world.get("/api/v1/me", session["access"].as_str().unwrap()).await.json();
        assert_eq!(me["name"], format!("{code} SECTION_CLERK"));
        assert_eq!((&me["county"], &me["scope"]), (&json!(code), &session["scope"]));
        assert_eq!(session["access_expires_ms"], (world.app.now_ms() / 1000 + 900) * 1000);
    }
}

async fn every_failed_sign_in_gets_the_same_answer(world: World) {
    let wrong = world.sign_in(COUNTIES[0], "leader", "wrong-password").await;
    assert_eq!((wrong.status.as_u16(), wrong.code().as_str()), (401, "sign-in-failed"));
    let mut expected = wrong.json();
    expected["request_id"] = Value::Null;
    for (county, login, password) in [
        (COUNTIES[0], "nobody", PASSWORD),
        ("999999", "leader", PASSWORD),
        (COUNTIES[0], "leader", ""),
        (COUNTIES[0], "leader", &"x".repeat(10_000)),
        (COUNTIES[0], "LEADER' or '1'='1", PASSWORD),
    ] {
        let mut answer = world.sign_in(county, login, password).await.json();
        answer["request_id"] = Value::Null;
        assert_eq!(answer, expected, "{county} {login}");
    }
    let unnamed = world.post("/api/v1/session", &json!({ "login": "leader", "password": PASSWORD })).await;
    assert_eq!(unnamed.code(), "county-needed");
}

async fn five_wrong_passwords_lock_for_fifteen_minutes(world: World) {
    for _ in 0..4 {
        world.sign_in(COUNTIES[0], "leader", "wrong-password").await;
    }
    // One right password in between begins the count again.
    assert_eq!(world.sign_in(COUNTIES[0], "leader", PASSWORD).await.status, 200);
    for _ in 0..5 {
        assert_eq!(world.sign_in(COUNTIES[0], "leader", "wrong-password").await.status, 401);
    }
    assert_eq!(world.sign_in(COUNTIES[0], "leader", PASSWORD).await.code(), "sign-in-failed");
    assert_eq!(world.sign_in(COUNTIES[1], "leader", PASSWORD).await.status, 200, "the other county's account is free");
    world.clock.advance(15 * MINUTE - 1);
    assert_eq!(world.sign_in(COUNTIES[0], "leader", PASSWORD).await.status, 401);
    world.clock.advance(1);
    assert_eq!(world.sign_in(COUNTIES[0], "leader", PASSWORD).await.status, 200);
}

async fn wrong_passwords_at_once_are_all_counted(world: World) {
    let attempts = (0..5).map(|_| world.sign_in(COUNTIES[0], "leader", "wrong-password"));
    futures_util::future::join_all(attempts).await;
    assert_eq!(world.sign_in(COUNTIES[0], "leader", PASSWORD).await.status, 401);
}

async fn set_active(world: &World, active: bool) {
    let mut write = world.app.db.begin(COUNTIES[0], world.app.now_ms()).await.unwrap();
    account::update_active(write.conn(), COUNTIES[0], account_id(Role::Leader), active).await.unwrap();
    write.commit().await.unwrap();
}

async fn a_deactivated_account_is_out_at_once(world: World) {
    let session = world.sign_in(COUNTIES[0], "leader", PASSWORD).await.json();
    let code = world.code(COUNTIES[0], Role::Leader).await;
    let access = session["access"].as_str().unwrap();
    assert_eq!(world.get("/api/v1/me", access).await.status, 200);
    set_active(&world, false).await;
    assert_eq!(world.get("/api/v1/me", access).await.code(), "sign-in-required");
    assert_eq!(world.refresh(session["refresh"].as_str().unwrap()).await.code(), "session-ended");
    assert_eq!(world.enrol(&code, world.new_id()).await.code(), "enrol-code-refused");
    assert_eq!(world.sign_in(COUNTIES[0], "leader", PASSWORD).await.code(), "sign-in-failed");
    set_active(&world, true).await;
    assert_eq!(world.get("/api/v1/me", access).await.status, 200);
}

async fn signing_out_ends_the_session(world: World) {
    let session = world.sign_in(COUNTIES[0], "leader", PASSWORD).await.json();
    let other = world.sign_in(COUNTIES[0], "leader", PASSWORD).await.json();
    let access = session["access"].as_str().unwrap();
    let request = axum::http::Request::delete("/api/v1/session").header("authorization", format!("Bearer {access}"));
    assert_eq!(world.send(request.body(axum::body::Body::empty()).unwrap()).await.status, 204);
    assert_eq!(world.get("/api/v1/me", access).await.status, 401);
    assert_eq!(world.refresh(session["refresh"].as_str().unwrap()).await.status, 401);
    assert_eq!(world.get("/api/v1/me", other["access"].as_str().unwrap()).await.status, 200);
}

async fn a_code_enrols_once(world: World) {
    let code = world.code(COUNTIES[0], Role::VillageWorker).await;
    let phone = world.new_id();
    // As it may be typed: lower case, spaces, letters that look like digits.
    let (county, secret) = code.split_once('-').unwrap();
    let typed = format!("{county}-{}", secret.to_lowercase().replace('0', "o").replace('-', " "));
    let answer = world.enrol(&typed, phone).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    let enrolled = answer.json();
    assert_eq!((&enrolled["county"], &enrolled["role"]), (&json!(COUNTIES[0]), &json!("VILLAGE_WORKER")));
    assert_eq!(enrolled["server_ms"], world.app.now_ms());
    let keys = world.app.county_keys(COUNTIES[0]).unwrap();
    assert_eq!(enrolled["seal_key"], keys.seal_public_base64());
    let me = world.get("/api/v1/me", enrolled["tokens"]["access"].as_str().unwrap()).await.json();
    assert_eq!(me["installation"], json!(phone));
    assert_eq!(world.enrol(&code, world.new_id()).await.code(), "enrol-code-refused");
}

async fn a_wrong_or_expired_code_is_refused(world: World) {
    let code = world.code(COUNTIES[0], Role::VillageWorker).await;
    for wrong in
        ["", "150426", "150426-", "150426-AAAA-AAAA-AAAA-AAAA", "000000-AAAA-AAAA-AAAA-AAAA", &"9".repeat(5000)]
    {
        let answer = world.enrol(wrong, world.new_id()).await;
        assert_eq!((answer.status.as_u16(), answer.code().as_str()), (403, "enrol-code-refused"), "{wrong}");
    }
    world.clock.advance(72 * 60 * MINUTE);
    assert_eq!(world.enrol(&code, world.new_id()).await.code(), "enrol-code-refused");
    world.clock.advance(-1);
    assert_eq!(world.enrol(&code, world.new_id()).await.status, 200, "a refusal does not use a code up");
}

async fn a_lost_answer_is_given_again_within_a_minute(world: World) {
    let (code, phone) = (world.code(COUNTIES[0], Role::VillageWorker).await, world.new_id());
    let first = world.enrol(&code, phone).await.json();
    world.clock.advance(MINUTE);
    let again = world.enrol(&code, phone).await.json();
    assert_eq!(first["tokens"]["refresh"], again["tokens"]["refresh"]);
    assert_eq!(world.enrol(&code, world.new_id()).await.status, 403, "another phone gets nothing");
    world.clock.advance(1);
    assert_eq!(world.enrol(&code, phone).await.status, 403);
    assert_eq!(world.refresh(again["tokens"]["refresh"].as_str().unwrap()).await.status, 200);
}

async fn an_installation_belongs_to_one_account(world: World) {
    let phone = world.new_id();
    let of_worker = world.code(COUNTIES[0], Role::VillageWorker).await;
    let of_leader = world.code(COUNTIES[0], Role::Leader).await;
    assert_eq!(world.enrol(&of_worker, phone).await.status, 200);
    assert_eq!(world.enrol(&of_leader, phone).await.code(), "installation-taken");
    // Refused before it was used: a phone with its own installation still can.
    assert_eq!(world.enrol(&of_leader, world.new_id()).await.status, 200);
    // The same account enrols anew under the installation whose ops it holds.
    let anew = world.code(COUNTIES[0], Role::VillageWorker).await;
    assert_eq!(world.enrol(&anew, phone).await.status, 200);
}

async fn a_code_of_one_county_is_none_in_the_other(world: World) {
    let code = world.code(COUNTIES[0], Role::VillageWorker).await;
    let moved = code.replacen(COUNTIES[0], COUNTIES[1], 1);
    assert_eq!(world.enrol(&moved, world.new_id()).await.code(), "enrol-code-refused");
}
