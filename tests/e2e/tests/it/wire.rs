//! A phone of which only the wire is known: what a program that is not ours could send.

use bianfang_e2e::Console;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use reqwest::Method;
use serde_json::{Value, json};

use crate::town::{Town, now_ms};

/// An installation with a token, and the count of its ops.
pub struct Wire {
    pub console: Console,
    pub installation: String,
    pub seq: u64,
}

/// What the server said.
pub struct Said {
    pub status: u16,
    pub json: Value,
}

impl Wire {
    /// Enrols as `login`.
    pub async fn enrol(town: &Town, login: &str, seed: u64) -> Self {
        let invitation: Value = serde_json::from_str(&town.bureau.invite(login).await.unwrap()).unwrap();
        let mut bytes = [0u8; 16];
        StdRng::seed_from_u64(seed).fill_bytes(&mut bytes);
        let hex = hex::encode(bytes);
        let installation =
            format!("{}-{}-7{}-8{}-{}", &hex[..8], &hex[8..12], &hex[13..16], &hex[17..20], &hex[20..32]);
        let visitor = town.bureau.visitor().unwrap();
        let body =
            json!({ "code": invitation["code"], "installation": installation, "model": "wire", "platform": "test" });
        let enrolled = visitor.post("/api/v1/enrol", &body).await.unwrap();
        let access = enrolled["tokens"]["access"].as_str().or(enrolled["access"].as_str()).unwrap().to_owned();
        Self { console: visitor.with_token(&access), installation, seq: 0 }
    }

    /// The next op.
    pub fn op(&mut self, kind: &str, target: &str, fields: Value) -> Value {
        self.seq += 1;
        self.op_of(kind, target, fields, self.seq)
    }

    /// An op with this number.
    pub fn op_of(&self, kind: &str, target: &str, fields: Value, seq: u64) -> Value {
        let at = json!({ "device_ms": now_ms(), "monotonic_ms": 1, "offset_ms": 0 });
        json!({ "id": { "installation": self.installation, "seq": seq }, "kind": kind, "target": target,
            "act": "record", "fields": fields, "at": at })
    }

    pub async fn push(&self, ops: &[Value]) -> Said {
        let body = json!({ "ops": ops }).to_string().into_bytes();
        self.ask(Method::POST, "/api/v1/sync/push", body).await
    }

    pub async fn ask(&self, method: Method, path: &str, body: Vec<u8>) -> Said {
        let json = [("content-type", "application/json".to_owned())];
        let answer = self.console.ask(method, path, body, &json).await.unwrap();
        let status = answer.status().as_u16();
        Said { status, json: serde_json::from_str(&answer.text().await.unwrap()).unwrap_or(Value::Null) }
    }
}
