//! Killed at any moment: what was promised on a line of output is there, and the store opens.

use std::io::{BufRead, BufReader, Write};
use std::process::Stdio;
use std::sync::Arc;

use bianfang_client::RecordState;
use bianfang_phone::SystemHost;
use serde_json::{Value, json};

use crate::desk::*;

#[tokio::test]
async fn what_was_promised_survives_a_kill() {
    let folder = tempfile::tempdir().unwrap();
    enrolled(folder.path()).await;
    let mut promised: Vec<String> = Vec::new();
    for round in 1..=6 {
        let mut child =
            program(folder.path()).arg("batch").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let mut words = child.stdin.take().unwrap();
        let visit = json!(["visit", "--person", PERSON, "--result", "NOT_HOME"]);
        for _ in 0..40 {
            writeln!(words, "{visit}").unwrap();
        }
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        for _ in 0..round * 3 {
            let line: Value = serde_json::from_str(&lines.next().unwrap().unwrap()).unwrap();
            promised.push(line["id"].as_str().unwrap().to_owned());
        }
        // SIGKILL, while the next ones are being written.
        child.kill().unwrap();
        // Lines that were out before the end are promises too.
        for line in lines.map_while(Result::ok) {
            if let Ok(line) = serde_json::from_str::<Value>(&line) {
                promised.push(line["id"].as_str().unwrap().to_owned());
            }
        }
        child.wait().unwrap();
        let phone = bianfang_phone::open(folder.path(), Arc::new(SystemHost)).await.unwrap();
        for id in &promised {
            assert_eq!(phone.state(id).await.unwrap(), RecordState::Saved);
        }
        assert!(phone.status().await.unwrap().waiting >= promised.len() as u64);
        phone.close().await.unwrap();
    }
    assert!(promised.len() >= 63);
}
