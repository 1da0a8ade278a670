//! What the program says, and where.

use std::io::Write;
use std::process::Stdio;

use bianfang_photo::scene::Scene;
use serde_json::json;

use crate::desk::*;

#[test]
fn new_folder_is_a_phone_of_nobody_with_a_key_for_its_owner_alone() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("new");
    let status = answer(&run(&place, &["status"]));
    assert_eq!((&status["waiting"], &status["signed_out"]), (&json!(0), &json!(true)));
    use std::os::unix::fs::PermissionsExt;
    let key = std::fs::metadata(place.join("key")).unwrap();
    assert_eq!((key.len(), key.permissions().mode() & 0o777), (32, 0o600));
}

#[test]
fn store_without_its_key_is_locked_and_gets_no_new_one() {
    let folder = tempfile::tempdir().unwrap();
    answer(&run(folder.path(), &["status"]));
    std::fs::remove_file(folder.path().join("key")).unwrap();
    assert_eq!(error(&run(folder.path(), &["status"]))["code"], "locked");
    assert!(!folder.path().join("key").exists());
}

#[test]
fn error_is_one_object_on_standard_error_in_two_languages() {
    let folder = tempfile::tempdir().unwrap();
    let said = error(&run(folder.path(), &["person", PERSON]));
    assert_eq!(said["code"], "not_found");
    assert!(!said["zh"].as_str().unwrap().is_ascii() && said["en"].as_str().unwrap().is_ascii());
    let said = error(&run(folder.path(), &["enrol", "{}"]));
    assert_eq!((&said["code"], &said["field"]), (&json!("invalid"), &json!("invitation")));
    let said = error(&run(
        folder.path(),
        &["visit", "--person", "a", "--person", "b", "--person", "c", "--result", "MET", "--result", "AWAY"],
    ));
    assert_eq!(said["code"], "usage");
    assert_eq!(error(&run(folder.path(), &["sync"]))["code"], "signed_out");
}

#[tokio::test]
async fn visit_with_a_photo_is_saved_and_told() {
    let folder = tempfile::tempdir().unwrap();
    enrolled(folder.path()).await;
    let photo = folder.path().join("door.jpg");
    std::fs::write(&photo, Scene::new(1).sized(320, 240).draw().unwrap()).unwrap();
    let photo = photo.to_str().unwrap();
    let kept =
        answer(&run(folder.path(), &["visit", "--person", PERSON, "--result", "MET", "--photo", photo, "--draft"]));
    let form = kept["form"].as_str().unwrap();
    let drafts = answer(&run(folder.path(), &["drafts"]));
    assert_eq!(drafts["drafts"][0]["form"], form);
    let saved = answer(&run(folder.path(), &["visit", "--form", form, "--person", PERSON, "--result", "REFUSED"]));
    assert_eq!((&saved["id"], &saved["state"]["state"]), (&json!(form), &json!("SAVED")));
    let state = answer(&run(folder.path(), &["state", form]));
    assert_eq!(state["receipts"].as_array().unwrap().len(), 1);
    let status = answer(&run(folder.path(), &["status"]));
    assert_eq!((&status["waiting"], &status["photos_waiting"]), (&json!(2), &json!(1)));
    answer(&run(folder.path(), &["void", form, "--reason", "试验"]));
    assert_eq!(answer(&run(folder.path(), &["status"]))["waiting"], 3);
}

#[tokio::test]
async fn clock_stands_where_it_is_told_to() {
    let folder = tempfile::tempdir().unwrap();
    enrolled(folder.path()).await;
    let year = 365 * 86_400_000i64;
    let there = (-year).to_string();
    let output = program(folder.path())
        .args(["--clock-offset-ms", &there, "visit", "--person", PERSON, "--result", "MET", "--draft"])
        .output()
        .unwrap();
    answer(&output);
    let saved_ms = answer(&run(folder.path(), &["drafts"]))["drafts"][0]["saved_ms"].as_i64().unwrap();
    let now = bianfang_client::Host::now_ms(&bianfang_phone::SystemHost);
    assert!((now - year - saved_ms).abs() < 60_000);
}

#[test]
fn second_process_on_a_folder_is_told_so() {
    let folder = tempfile::tempdir().unwrap();
    let mut first = program(folder.path()).arg("batch").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut words = first.stdin.take().unwrap();
    writeln!(words, r#"["status"]"#).unwrap();
    let mut line = String::new();
    std::io::BufRead::read_line(&mut std::io::BufReader::new(first.stdout.as_mut().unwrap()), &mut line).unwrap();
    assert_eq!(error(&run(folder.path(), &["status"]))["field"], "folder");
    drop(words);
    assert!(first.wait().unwrap().success());
    answer(&run(folder.path(), &["status"]));
}

#[test]
fn batch_goes_on_after_a_command_that_fails() {
    let folder = tempfile::tempdir().unwrap();
    let mut child = program(folder.path()).arg("batch").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let lines = "[\"status\"]\nnonsense\n[\"dance\"]\n[\"person\",\"x\"]\n[\"status\"]\n";
    child.stdin.take().unwrap().write_all(lines.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let said: Vec<serde_json::Value> =
        output.stdout.split(|byte| *byte == b'\n').filter_map(|line| serde_json::from_slice(line).ok()).collect();
    let codes: Vec<_> = said.iter().map(|line| line["error"]["code"].as_str()).collect();
    assert_eq!(codes, [None, Some("usage"), Some("usage"), Some("not_found"), None]);
}
