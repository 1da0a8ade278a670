//! Fifty deaths at random points, of phones and of the server, without a warning. Afterwards everything that was ever
//! promised is there, each op and each photo exactly once: op ids and hashes are compared, not totals.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use bianfang_e2e::program;
use bianfang_store::{MetaKey, Store};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use reqwest::Method;
use serde_json::{Value, json};
use sqlx::Row;
use sqlx::sqlite::{SqliteConnectOptions, SqlitePool};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::process::{Child, Command};

use crate::town::{Town, everybody, now_ms, sha256};

const KILLS: usize = 50;
const PHOTOS: u64 = 150;
const PHONES: [&str; 2] = ["one", "two"];

/// What a phone answered before it died: it may never go back on it.
#[derive(Default)]
struct Promised {
    /// Record to the hashes of its original photos.
    records: BTreeMap<String, Vec<String>>,
}

/// A phone as a process that does one command after another.
struct Walking {
    child: Child,
    reader: tokio::task::JoinHandle<Vec<Value>>,
}

fn start(folder: &Path, commands: &[Vec<String>]) -> Walking {
    let mut child = Command::new(program("phone").unwrap())
        .arg("--folder")
        .arg(folder)
        .args(["--json", "batch"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit())
        .kill_on_drop(true)
        .spawn()
        .unwrap();
    let lines: String = commands.iter().map(|words| format!("{}\n", json!(words))).collect();
    let mut stdin = child.stdin.take().unwrap();
    // Its end of the pipe breaks when it is killed.
    tokio::spawn(async move { stdin.write_all(lines.as_bytes()).await.ok() });
    let mut stdout = BufReader::new(child.stdout.take().unwrap()).lines();
    let reader = tokio::spawn(async move {
        let mut answers = Vec::new();
        while let Ok(Some(line)) = stdout.next_line().await {
            // A line that the death cut in two is no promise.
            answers.extend(serde_json::from_str(&line));
        }
        answers
    });
    Walking { child, reader }
}

impl Promised {
    fn hear(&mut self, answers: &[Value]) {
        for answer in answers {
            let Some(id) = answer["id"].as_str() else { continue };
            let photos = answer["photos"].as_array().into_iter().flatten();
            let hashes = photos.map(|photo| photo["sha256"].as_str().unwrap().to_owned()).collect();
            assert!(self.records.insert(id.to_owned(), hashes).is_none(), "an id was given twice");
        }
    }
}

/// A short walk: visits, each second one with a photo, and now and then the way to a signal.
fn walk(dice: &mut StdRng, people: &[String], photos: &[String]) -> Vec<Vec<String>> {
    let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    let mut commands = vec![words(&["sync"])];
    for step in 0..12 {
        let person = &people[dice.random_range(0..people.len())];
        let mut visit = words(&["visit", "--person", person, "--result", "MET"]);
        if dice.random_bool(0.5) {
            visit.extend(words(&["--photo", &photos[dice.random_range(0..photos.len())]]));
        }
        commands.push(visit);
        if step % 4 == 3 {
            commands.push(words(&["sync"]));
        }
    }
    commands
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn fifty_deaths_lose_nothing_and_double_nothing() {
    let mut town = Town::new().await;
    let mut people = Vec::new();
    let mut folders: BTreeMap<&str, PathBuf> = BTreeMap::new();
    for login in PHONES {
        let phone = town.phone(login).await;
        people = everybody(&phone).await.into_iter().map(|person| person.id).collect();
        phone.close().await.unwrap();
        folders.insert(login, town.folder(login));
    }
    let photos: Vec<String> = (0..PHOTOS).map(|seed| town.small_photo(seed)).collect();
    let mut promised = Promised::default();
    let mut dice = StdRng::seed_from_u64(20_261_123);
    let (mut phones_killed, mut servers_killed) = (0, 0);
    for turn in 0..KILLS {
        let mut walking = start(&folders[PHONES[turn % 2]], &walk(&mut dice, &people, &photos));
        tokio::time::sleep(Duration::from_millis(dice.random_range(50..900))).await;
        if turn % 5 < 3 {
            phones_killed += 1;
        } else {
            town.serving.take().unwrap().kill().await.unwrap();
            // The phone goes on for a moment without a server, then dies too: it may be in the middle of anything.
            tokio::time::sleep(Duration::from_millis(dice.random_range(0..100))).await;
            servers_killed += 1;
            town.serving = Some(town.bureau.serve().await.unwrap());
        }
        walking.child.kill().await.unwrap();
        promised.hear(&walking.reader.await.unwrap());
    }
    assert_eq!(phones_killed + servers_killed, KILLS);
    assert!(promised.records.len() > KILLS / 2, "the walks were too short to prove anything");

    for login in PHONES {
        let walking = start(&folders[login], &[vec!["sync".to_owned()], vec!["status".to_owned()]]);
        let answers = walking.reader.await.unwrap();
        let status = answers.last().unwrap();
        assert_eq!((&status["waiting"], &status["photos_waiting"]), (&json!(0), &json!(0)), "{answers:?}");
    }
    compare(&town, &folders, &promised).await;
}

/// Phones, server and promises against each other.
async fn compare(town: &Town, folders: &BTreeMap<&str, PathBuf>, promised: &Promised) {
    let mut of_phones: BTreeSet<(String, i64)> = BTreeSet::new();
    let mut receipts: BTreeSet<String> = BTreeSet::new();
    for folder in folders.values() {
        let key: [u8; 32] = std::fs::read(folder.join("key")).unwrap().try_into().unwrap();
        let store = Store::open(folder, key, now_ms()).await.unwrap();
        let last: i64 = store.value(MetaKey::LastSeq).await.unwrap().unwrap();
        let actor: Value = store.value(MetaKey::Actor).await.unwrap().unwrap();
        let installation = actor["installation"].as_str().unwrap();
        of_phones.extend((1..=last).map(|seq| (installation.to_owned(), seq)));
        for record in store.list("photo").await.unwrap() {
            for file in store.photos_of(record.id).await.unwrap().into_iter().filter(|file| file.owed) {
                assert!(file.receipt.is_some(), "a photo of {} has no receipt", record.id);
                receipts.insert(file.stored.sha256);
            }
        }
        store.close().await.unwrap();
    }

    let options = SqliteConnectOptions::new().filename(town.bureau.data().join("bianfang.db")).read_only(true);
    let server = SqlitePool::connect_with(options).await.unwrap();
    let rows = sqlx::query(
        "select installation, seq from op where installation in (select id from installation where kind = 'PHONE')",
    )
    .fetch_all(&server)
    .await
    .unwrap();
    let of_server: Vec<(String, i64)> = rows.iter().map(|row| (row.get("installation"), row.get("seq"))).collect();
    let once: BTreeSet<_> = of_server.iter().cloned().collect();
    assert_eq!(once.len(), of_server.len(), "an op is there twice");
    assert_eq!(once, of_phones, "op ids of phones and server");
    println!("{} visits promised, {} ops, {} photos with receipts", promised.records.len(), once.len(), receipts.len());

    let console = town.bureau.console("clerk").await.unwrap();
    for hash in &receipts {
        let bytes = console.ask(Method::GET, &format!("/api/v1/blobs/{hash}"), Vec::new(), &[]).await.unwrap();
        assert_eq!(sha256(&bytes.bytes().await.unwrap()), *hash, "what the receipt promised");
    }
    for (record, hashes) in &promised.records {
        let found: i64 = sqlx::query_scalar("select count(*) from record where id = $1")
            .bind(record)
            .fetch_one(&server)
            .await
            .unwrap();
        assert_eq!(found, 1, "a promised visit is gone");
        let rows = sqlx::query("select p.original, p.copy from photo p where p.subject = $1")
            .bind(record)
            .fetch_all(&server)
            .await
            .unwrap();
        let originals: BTreeSet<String> = rows.iter().map(|row| row.get("original")).collect();
        assert_eq!(originals, hashes.iter().cloned().collect(), "the promised photos of {record}");
        assert_eq!(rows.len(), originals.len(), "a photo is there twice");
        for row in rows {
            assert!(receipts.contains(&row.get::<String, _>("copy")), "a promised photo without its receipt");
        }
    }
}
