//! Photo bytes: in pieces, again, wrong, and who may have them.

use bianfang_domain::actor::Role;
use bianfang_domain::op::{Act, Op};
use bianfang_server::media::folder::Folder;
use bianfang_server::media::{Blobs, MediaError};
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::bureau::*;
use crate::on_both_databases;

on_both_databases!(
    pieces_are_kept_and_the_last_brings_the_receipt,
    a_wrong_hash_is_thrown_away_and_begun_again,
    a_receipt_without_bytes_needs_a_record_in_scope,
    a_length_announced_later_brings_no_receipt,
    a_hash_alone_brings_no_receipt_though_another_device_sent_the_bytes,
    a_hash_in_a_record_gives_only_what_its_author_had,
    impossible_uploads_are_refused,
);

fn folder(bureau: &Bureau, county: usize) -> Folder {
    Folder::of(&bureau.dir.path().join("photos"), COUNTIES[county])
}

fn photo() -> (Vec<u8>, String) {
    let bytes: Vec<u8> = (0..100_000u32).map(|n| (n % 251) as u8).collect();
    let hash = hex::encode(Sha256::digest(&bytes));
    (bytes, hash)
}

async fn pieces_are_kept_and_the_last_brings_the_receipt(bureau: Bureau) {
    let (bytes, hash) = photo();
    let worker = Phone::worker(0, VILLAGE_A1).actor;
    let folder = folder(&bureau, 0);
    let blobs = Blobs { desk: bureau.desk(0), folder: &folder };
    assert_eq!(blobs.create(&worker, &hash, 100_000).await.unwrap().offset, 0);
    assert_eq!(blobs.append(&worker, &hash, 0, bytes[..40_000].to_vec()).await.unwrap().offset, 40_000);
    // The answer was lost: the same piece again, longer, adds only what is new.
    assert_eq!(blobs.append(&worker, &hash, 30_000, bytes[30_000..60_000].to_vec()).await.unwrap().offset, 60_000);
    let gap = blobs.append(&worker, &hash, 70_000, bytes[70_000..].to_vec()).await;
    assert!(matches!(gap, Err(MediaError::Offset { expected: 60_000 })));
    assert_eq!(blobs.create(&worker, &hash, 100_000).await.unwrap().offset, 60_000);
    let done = blobs.append(&worker, &hash, 60_000, bytes[60_000..].to_vec()).await.unwrap();
    assert_eq!(done.receipt.as_ref().unwrap().stored_ms, bureau.now());
    assert_eq!(blobs.create(&worker, &hash, 100_000).await.unwrap().receipt, done.receipt);
    assert_eq!(blobs.append(&worker, &hash, 60_000, bytes[60_000..].to_vec()).await.unwrap().receipt, done.receipt);
    let path = blobs.read(&worker, &hash).await.unwrap();
    assert_eq!(std::fs::read(&path).unwrap(), bytes);
    assert_eq!(std::fs::read_dir(path.parent().unwrap()).unwrap().count(), 1, "no part is left");
    // The same device in the other county has sent nothing there.
    let elsewhere = self::folder(&bureau, 1);
    let there = Blobs { desk: bureau.desk(1), folder: &elsewhere };
    assert!(there.create(&worker, &hash, 100_000).await.unwrap().receipt.is_none());
}

async fn a_wrong_hash_is_thrown_away_and_begun_again(bureau: Bureau) {
    let (bytes, hash) = photo();
    let worker = Phone::worker(0, VILLAGE_A1).actor;
    let folder = folder(&bureau, 0);
    let blobs = Blobs { desk: bureau.desk(0), folder: &folder };
    let mut wrong = bytes.clone();
    wrong[77] ^= 1;
    assert!(matches!(blobs.put(&worker, &hash, wrong).await, Err(MediaError::Hash)));
    assert!(matches!(blobs.status(&worker, &hash).await, Err(MediaError::Unknown)));
    assert!(blobs.put(&worker, &hash, bytes).await.unwrap().receipt.is_some());
}

async fn a_receipt_without_bytes_needs_a_record_in_scope(bureau: Bureau) {
    let (bytes, hash) = photo();
    let (mut worker, neighbour, stranger) =
        (Phone::worker(0, VILLAGE_A1), Phone::reviewer(0).actor, Phone::worker(0, VILLAGE_B1).actor);
    let folder = folder(&bureau, 0);
    let blobs = Blobs { desk: bureau.desk(0), folder: &folder };
    blobs.put(&worker.actor, &hash, bytes.clone()).await.unwrap();
    assert!(blobs.create(&neighbour, &hash, 100_000).await.unwrap().receipt.is_none());
    let make = |p: &mut Phone| -> Vec<Op> {
        vec![
            p.record(at(1, 9), "person", id(1), person("张三", VILLAGE_A1)),
            p.visit(at(1, 9), id(2), &[(id(1), "MET")], "HOME"),
            p.record(at(1, 9), "photo", id(3), json!({ "subject": id(2), "original": hash, "length": 100_000 })),
        ]
    };
    bureau.push(&mut worker, make).await;
    assert!(blobs.create(&neighbour, &hash, 100_000).await.unwrap().receipt.is_some());
    assert!(blobs.read(&neighbour, &hash).await.is_ok());
    assert!(blobs.create(&stranger, &hash, 100_000).await.unwrap().receipt.is_none());
    assert!(matches!(blobs.read(&stranger, &hash).await, Err(MediaError::Unknown)));
    // Who has the bytes shows it by sending them.
    assert!(blobs.put(&stranger, &hash, bytes).await.unwrap().receipt.is_some());
}

async fn a_length_announced_later_brings_no_receipt(bureau: Bureau) {
    let (bytes, hash) = photo();
    let worker = Phone::worker(0, VILLAGE_A1).actor;
    let folder = folder(&bureau, 0);
    let blobs = Blobs { desk: bureau.desk(0), folder: &folder };
    blobs.create(&worker, &hash, 100_000).await.unwrap();
    blobs.append(&worker, &hash, 0, bytes[..80_000].to_vec()).await.unwrap();
    for length in [50_000, 80_000, 200_000] {
        let again = blobs.create(&worker, &hash, length).await;
        assert!(matches!(again, Err(MediaError::Announced { length: 100_000 })), "{again:?}");
    }
    let next = blobs.append(&worker, &hash, 80_000, bytes[80_000..80_001].to_vec()).await.unwrap();
    assert_eq!((next.offset, next.length, next.receipt), (80_001, 100_000, None));
    assert!(matches!(blobs.read(&worker, &hash).await, Err(MediaError::Unknown)));
    let whole = blobs.append(&worker, &hash, 80_001, bytes[80_001..].to_vec()).await.unwrap();
    assert_eq!(whole.receipt.map(|receipt| receipt.length), Some(100_000));
    assert_eq!(std::fs::read(blobs.read(&worker, &hash).await.unwrap()).unwrap(), bytes);
}

async fn a_hash_alone_brings_no_receipt_though_another_device_sent_the_bytes(bureau: Bureau) {
    let (bytes, hash) = photo();
    let (worker, other) = (Phone::worker(0, VILLAGE_A1).actor, Phone::worker(0, VILLAGE_B1).actor);
    let folder = folder(&bureau, 0);
    let blobs = Blobs { desk: bureau.desk(0), folder: &folder };
    blobs.put(&worker, &hash, bytes).await.unwrap();
    blobs.create(&other, &hash, 7).await.unwrap();
    let empty = blobs.append(&other, &hash, 0, Vec::new()).await.unwrap();
    assert_eq!((empty.offset, empty.receipt), (0, None));
    assert!(matches!(blobs.append(&other, &hash, 0, vec![0; 7]).await, Err(MediaError::Hash)));
    // Begun with a wrong length: what is announced next is the first again.
    assert_eq!(blobs.create(&other, &hash, 9).await.unwrap().length, 9);
    assert!(matches!(blobs.read(&other, &hash).await, Err(MediaError::Unknown)));
}

/// A record is words: whoever writes the hash of a photo of another village into one has its bytes no sooner.
async fn a_hash_in_a_record_gives_only_what_its_author_had(bureau: Bureau) {
    let (bytes, hash) = photo();
    let (mut far, mut worker, mut second) = (
        Phone::worker(0, VILLAGE_B1),
        Phone::worker(0, VILLAGE_A1),
        Phone::new(0, 0x71, Role::VillageWorker, VILLAGE_A1),
    );
    let (town, clerk) = (Phone::reviewer(0).actor, Phone::clerk(0).actor);
    let folder = folder(&bureau, 0);
    let blobs = Blobs { desk: bureau.desk(0), folder: &folder };
    blobs.put(&far.actor, &hash, bytes.clone()).await.unwrap();
    let names = |p: &mut Phone, n: u128, village: u128| -> Vec<Op> {
        let photo = json!({ "subject": id(n + 1), "original": hash, "length": 100_000 });
        vec![
            p.record(at(1, 9), "person", id(n), person("张三", village)),
            p.visit(at(1, 9), id(n + 1), &[(id(n), "MET")], "HOME"),
            p.record(at(1, 9), "photo", id(n + 2), photo),
        ]
    };
    bureau.push(&mut far, |p| names(p, 10, VILLAGE_B1)).await;
    bureau.push(&mut worker, |p| names(p, 20, VILLAGE_A1)).await;
    assert!(blobs.read(&clerk, &hash).await.is_ok(), "through the record of who took it");
    for stranger in [&worker.actor, &second.actor, &town] {
        assert!(matches!(blobs.read(stranger, &hash).await, Err(MediaError::Unknown)), "{:?}", stranger.role);
        assert!(blobs.create(stranger, &hash, 100_000).await.unwrap().receipt.is_none());
    }
    // Who has the bytes shows it, and a colleague of theirs who sees them may speak of the same.
    blobs.put(&worker.actor, &hash, bytes).await.unwrap();
    bureau.push(&mut second, |p| names(p, 30, VILLAGE_A1)).await;
    for one in [&second.actor, &town] {
        assert!(blobs.read(one, &hash).await.is_ok(), "{:?}", one.role);
    }
    // Taken back, it gives nothing; the colleague's rests on it.
    let void = Act::Void { reason: "拍错".into() };
    bureau.push(&mut worker, |p| vec![p.op(at(2, 9), "photo", id(22), void)]).await;
    assert!(matches!(blobs.read(&town, &hash).await, Err(MediaError::Unknown)));
}

async fn impossible_uploads_are_refused(bureau: Bureau) {
    let worker = Phone::worker(0, VILLAGE_A1).actor;
    let folder = folder(&bureau, 0);
    let blobs = Blobs { desk: bureau.desk(0), folder: &folder };
    let hash = "a".repeat(64);
    for name in ["../../etc/passwd", "AA", &"g".repeat(64), &"A".repeat(64), ""] {
        assert!(matches!(blobs.create(&worker, name, 5).await, Err(MediaError::Name)), "{name}");
    }
    assert!(matches!(blobs.create(&worker, &hash, 0).await, Err(MediaError::Length)));
    assert!(matches!(blobs.create(&worker, &hash, u64::MAX).await, Err(MediaError::Length)));
    assert!(matches!(blobs.append(&worker, &hash, 0, vec![1]).await, Err(MediaError::Unknown)));
    blobs.create(&worker, &hash, 3).await.unwrap();
    assert!(matches!(blobs.append(&worker, &hash, 0, vec![1; 4]).await, Err(MediaError::TooLong { length: 3 })));
}
