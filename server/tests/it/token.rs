//! Access tokens that are not ours, not for us, or over.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use bianfang_domain::actor::Role;
use jsonwebtoken::{EncodingKey, Header, encode};
use rcgen::{KeyPair, PKCS_ECDSA_P256_SHA256};
use serde_json::{Value, json};

use crate::world::{COUNTIES, World, account_id};

fn part(token: &str, at: usize) -> Value {
    let bytes = URL_SAFE_NO_PAD.decode(token.split('.').nth(at).unwrap()).unwrap();
    serde_json::from_slice(&bytes).unwrap()
}

/// The server's own key: what only the server could make, but for the one thing changed.
fn own_key(world: &World) -> EncodingKey {
    EncodingKey::from_ec_pem(&std::fs::read(world.app.config.data_dir.join("keys/token.pem")).unwrap()).unwrap()
}

fn forge(header: &Value, claims: &Value, key: &EncodingKey) -> String {
    let header: Header = serde_json::from_value(header.clone()).unwrap();
    encode(&header, claims, key).unwrap()
}

async fn refused(world: &World, token: &str, why: &str) {
    let answer = world.get("/api/v1/me", token).await;
    assert_eq!((answer.status.as_u16(), answer.code().as_str()), (401, "sign-in-required"), "{why}");
    assert_eq!(answer.headers["www-authenticate"], "Bearer");
}

#[tokio::test]
async fn a_forged_token_is_refused() {
    let world = World::sqlite().await;
    let token = world.token(COUNTIES[0], Role::Leader).await;
    let (header, claims, own) = (part(&token, 0), part(&token, 1), own_key(&world));
    let again = forge(&header, &claims, &own);
    assert_eq!(world.get("/api/v1/me", &again).await.status, 200, "unchanged, it would pass");

    let text = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let mut none = header.clone();
    none["alg"] = json!("none");
    refused(&world, &format!("{}.{}.", text(&none), text(&claims)), "alg none, no signature").await;
    let signature = token.rsplit('.').next().unwrap();
    refused(&world, &format!("{}.{}.{signature}", text(&none), text(&claims)), "alg none").await;

    // The public key as the secret of a symmetric algorithm.
    let pem = std::fs::read_to_string(world.app.config.data_dir.join("keys/token.pem")).unwrap();
    let public = KeyPair::from_pem(&pem).unwrap().public_key_pem();
    let mut symmetric = header.clone();
    symmetric["alg"] = json!("HS256");
    refused(&world, &forge(&symmetric, &claims, &EncodingKey::from_secret(public.as_bytes())), "HS256").await;

    let other = KeyPair::generate_for(&PKCS_ECDSA_P256_SHA256).unwrap().serialize_pem();
    let other = EncodingKey::from_ec_pem(other.as_bytes()).unwrap();
    refused(&world, &forge(&header, &claims, &other), "another key").await;

    for (field, value) in
        [("typ", json!("JWT")), ("typ", Value::Null), ("kid", json!("0000000000000000")), ("kid", Value::Null)]
    {
        let mut changed = header.clone();
        changed[field] = value.clone();
        refused(&world, &forge(&changed, &claims, &own), &format!("{field} {value}")).await;
    }
    for (field, value) in [
        ("aud", json!("another-api")),
        ("iss", json!("https://elsewhere")),
        ("exp", json!(world.app.now_ms() / 1000 - 1)),
        ("sub", json!(world.new_id())),
        ("sub", json!(account_id(Role::SysAdmin))),
        ("inst", json!(world.new_id())),
        ("county", json!(COUNTIES[1])),
        ("county", json!("150426' or '1'='1")),
    ] {
        let mut changed = claims.clone();
        changed[field] = value.clone();
        refused(&world, &forge(&header, &changed, &own), &format!("{field} {value}")).await;
    }
    for field in ["aud", "iss", "exp", "sub", "inst", "county"] {
        let mut changed = claims.clone();
        changed.as_object_mut().unwrap().remove(field);
        refused(&world, &forge(&header, &changed, &own), &format!("without {field}")).await;
    }
    for text in ["", "x", "a.b.c", "....", &"x".repeat(6000)] {
        refused(&world, text, text).await;
    }
    let mut flipped = token.clone().into_bytes();
    let at = token.rfind('.').unwrap() + 5;
    flipped[at] = if flipped[at] == b'A' { b'B' } else { b'A' };
    refused(&world, &String::from_utf8(flipped).unwrap(), "one letter of the signature").await;
}

#[tokio::test]
async fn a_token_ends_after_fifteen_minutes() {
    let world = World::sqlite().await;
    let token = world.token(COUNTIES[0], Role::Leader).await;
    world.clock.advance(15 * 60_000 - 1);
    assert_eq!(world.get("/api/v1/me", &token).await.status, 200);
    world.clock.advance(1);
    refused(&world, &token, "expired").await;
}
