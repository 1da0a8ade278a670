//! A folder that is a phone of somebody, without a server.

use std::path::Path;
use std::process::{Command, Output};
use std::sync::Arc;

use bianfang_client::Host;
use bianfang_domain::actor::{Actor, Role};
use bianfang_domain::id::RecordId;
use bianfang_phone::SystemHost;
use bianfang_store::{MetaKey, Store};
use serde_json::{Value, json};
use uuid::Uuid;

/// A person nobody knows here: a visit of them is kept all the same.
pub const PERSON: &str = "00000000-0000-7000-8000-000000000020";

pub fn program(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_phone"));
    command.arg("--folder").arg(folder).arg("--json");
    command
}

pub fn run(folder: &Path, words: &[&str]) -> Output {
    program(folder).args(words).output().unwrap()
}

pub fn answer(output: &Output) -> Value {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

pub fn error(output: &Output) -> Value {
    assert_eq!((output.status.code(), output.stdout.as_slice()), (Some(1), b"".as_slice()));
    serde_json::from_slice::<Value>(&output.stderr).unwrap()["error"].take()
}

/// As if enrolled: with an account, and nothing received yet.
pub async fn enrolled(folder: &Path) {
    bianfang_phone::open(folder, Arc::new(SystemHost)).await.unwrap().close().await.unwrap();
    let key: [u8; 32] = std::fs::read(folder.join("key")).unwrap().try_into().unwrap();
    let store = Store::open(folder, key, SystemHost.now_ms()).await.unwrap();
    let installation = Uuid::from_u128(2);
    let scope = vec![RecordId(Uuid::from_u128(10))];
    let actor = Actor { account: Uuid::from_u128(1), role: Role::VillageWorker, scope, installation };
    store.set_value(MetaKey::Actor, &actor).await.unwrap();
    let account = json!({
        "url": "https://127.0.0.1:1", "ca": "00".repeat(32), "name": "王村站", "county": "150426", "county_name": "翁牛特旗"
    });
    store.set_value(MetaKey::Profile, &json!({ "installation": installation, "account": account })).await.unwrap();
    store.close().await.unwrap();
}
