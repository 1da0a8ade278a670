//! Photo files: what is written is read, what is damaged says so, what is owed stays.

use std::fs;

use bianfang_protocol::blob::Receipt;
use bianfang_store::{FileFault, FormOutcome, NewPhoto, PhotoRole, Store, StoreError, StoreFile, Writing};
use serde_json::json;
use std::path::{Path, PathBuf};

use crate::scene::*;
use crate::write::counting;

fn content(length: usize) -> Vec<u8> {
    (0..length).map(|i| u8::try_from(i * 31 % 251).unwrap()).collect()
}

fn path(folder: &Path, file: &StoreFile) -> PathBuf {
    folder.join("photos").join(&file.name)
}

fn fault(result: Result<Vec<u8>, StoreError>) -> FileFault {
    match result {
        Err(StoreError::File { fault, .. }) => fault,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn file_is_read_as_written_at_any_offset() {
    let (_folder, store) = phone().await;
    let mut fill = counting();
    for length in [0, 1, 65_535, 65_536, 65_537, 200_000] {
        let plain = content(length);
        let file = store.files().write(&mut plain.as_slice(), &mut fill).unwrap();
        let total = u64::try_from(length).unwrap();
        assert_eq!(file.length, total);
        assert_eq!(store.files().read(&file, 0, total).unwrap(), plain);
        for (offset, take) in [(0usize, 1usize), (65_530, 20), (65_536, 1), (131_072, 68_928)] {
            let got = store.files().read(&file, offset as u64, take as u64);
            match plain.get(offset..offset + take) {
                Some(wanted) => assert_eq!(got.unwrap(), wanted),
                None => assert_eq!(fault(got), FileFault::OutOfRange),
            }
        }
    }
}

#[tokio::test]
async fn torn_file_is_an_error() {
    let (folder, store) = phone().await;
    let file = store.files().write(&mut content(200_000).as_slice(), &mut counting()).unwrap();
    let whole = fs::read(path(folder.path(), &file)).unwrap();
    fs::write(path(folder.path(), &file), &whole[..2 * (65_536 + 16)]).unwrap();
    assert_eq!(fault(store.files().read(&file, 0, 10)), FileFault::Torn);
    // Even a row that was made to fit the torn file does not open its last piece as the last.
    let shorter = StoreFile { length: 2 * 65_536, ..file.clone() };
    assert_eq!(fault(store.files().read(&shorter, 65_536, 10)), FileFault::Altered);
    fs::remove_file(path(folder.path(), &file)).unwrap();
    assert_eq!(fault(store.files().read(&file, 0, 10)), FileFault::Missing);
}

#[tokio::test]
async fn flipped_byte_or_swapped_pieces_are_an_error() {
    let (folder, store) = phone().await;
    let file = store.files().write(&mut content(200_000).as_slice(), &mut counting()).unwrap();
    let whole = fs::read(path(folder.path(), &file)).unwrap();
    let mut flipped = whole.clone();
    flipped[70_000] ^= 1;
    fs::write(path(folder.path(), &file), &flipped).unwrap();
    assert_eq!(fault(store.files().read(&file, 65_536, 10)), FileFault::Altered);
    assert!(store.files().read(&file, 0, 10).is_ok(), "other pieces are whole");
    let (a, rest) = whole.split_at(65_552);
    let (b, rest) = rest.split_at(65_552);
    fs::write(path(folder.path(), &file), [b, a, rest].concat()).unwrap();
    assert_eq!(fault(store.files().read(&file, 0, 10)), FileFault::Altered);
}

#[tokio::test]
async fn opening_removes_what_a_kill_left_and_nothing_else() {
    let (folder, store) = phone().await;
    let mut fill = counting();
    let kept = store.files().write(&mut &b"kept"[..], &mut fill).unwrap();
    store.keep_photo("visit", PhotoRole::Copy, &kept, NOW).await.unwrap();
    let orphan = store.files().write(&mut &b"orphan"[..], &mut fill).unwrap();
    fs::write(folder.path().join("photos/00.tmp"), b"half").unwrap();
    store.close().await.unwrap();
    let real = fs::metadata(path(folder.path(), &orphan)).unwrap().modified().unwrap();
    let real = i64::try_from(real.duration_since(std::time::UNIX_EPOCH).unwrap().as_millis()).unwrap();
    Store::open(folder.path(), KEY, real + 60_000).await.unwrap().close().await.unwrap();
    assert!(!folder.path().join("photos/00.tmp").exists());
    assert!(path(folder.path(), &orphan).exists(), "within the grace");
    Store::open(folder.path(), KEY, real + 3_700_000).await.unwrap().close().await.unwrap();
    assert!(!path(folder.path(), &orphan).exists());
    assert!(path(folder.path(), &kept).exists());
}

/// A visit with one owed photo.
async fn visit_with_photo(store: &Store) -> StoreFile {
    let file = store.files().write(&mut content(100_000).as_slice(), &mut counting()).unwrap();
    store.keep_photo("visit", PhotoRole::Copy, &file, NOW).await.unwrap();
    let fields = json!({ "subject": id(30), "photo_kind": "SCENE", "original": file.sha256, "length": 100_000 });
    let form = Writing {
        ops: vec![visit(30), record("photo", 31, fields)],
        photos: vec![NewPhoto { name: file.name.clone(), record: id(31), owed: true }],
        draft: None,
    };
    assert!(matches!(store.write(&form, &at(1)).await.unwrap(), FormOutcome::Written { .. }));
    file
}

#[tokio::test]
async fn photo_is_owed_until_its_receipt() {
    let (_folder, store) = phone().await;
    let file = visit_with_photo(&store).await;
    assert_eq!(store.status().await.unwrap().photos, 1);
    assert_eq!(store.piece(&file.sha256, 65_000, 1000).await.unwrap(), content(100_000)[65_000..66_000]);
    store.sending(&file.sha256, 65_536).await.unwrap();
    store.photo_fault(&file.sha256, "no").await.unwrap();
    assert_eq!(store.owed().await.unwrap()[0].sent, 65_536);
    let receipt = Receipt { sha256: file.sha256.clone(), length: 100_000, stored_ms: NOW };
    store.receipt(&Receipt { length: 5, ..receipt.clone() }).await.unwrap();
    assert_eq!(store.owed().await.unwrap().len(), 1, "a receipt for other bytes is none");
    store.receipt(&receipt).await.unwrap();
    assert!(store.owed().await.unwrap().is_empty());
    let row = store.photos_of(id(31)).await.unwrap().remove(0);
    assert_eq!((row.receipt, row.fault), (Some(receipt), None));
    store.set_epoch("two", Some(1)).await.unwrap();
    assert_eq!(store.owed().await.unwrap().len(), 1, "a restored server may have lost it");
}

#[tokio::test]
async fn removed_photo_leaves_only_after_its_receipt() {
    let (folder, store) = phone().await;
    let file = visit_with_photo(&store).await;
    let answers: Vec<_> = (0u64..)
        .zip(store.pending(10).await.unwrap())
        .map(|(n, op)| answer(op.id, bianfang_domain::decision::Verdict::Accepted, 10 + n))
        .collect();
    store.acknowledge(&answers, NOW).await.unwrap();
    let mut changes = Vec::new();
    for (number, revision) in [(30, 10), (31, 11)] {
        let mut theirs = store.get(id(number)).await.unwrap().unwrap();
        theirs.revision = revision;
        changes.push(put(theirs));
    }
    store.apply_page(&page("c2", changes), false, NOW).await.unwrap();
    let gone = vec![removed("photo", 31), removed("contact", 30), removed("person", PERSON)];
    store.apply_page(&page("c3", gone), false, NOW).await.unwrap();
    assert!(store.get(id(31)).await.unwrap().is_none());
    assert!(path(folder.path(), &file).exists());
    assert_eq!(store.owed().await.unwrap().len(), 1);
    store.receipt(&Receipt { sha256: file.sha256.clone(), length: 100_000, stored_ms: NOW }).await.unwrap();
    assert!(!path(folder.path(), &file).exists());
    assert!(store.photos_of(id(31)).await.unwrap().is_empty());
}

#[tokio::test]
async fn nothing_is_readable_in_the_files() {
    let (folder, store) = phone().await;
    wrote(&store, change(json!({ "address": "东头第三家" })), 1).await;
    let plain = "白乌云其其格 东头第三家 1234567890".repeat(3000);
    store.files().write(&mut plain.as_bytes(), &mut counting()).unwrap();
    let mut files = vec![];
    for place in [folder.path().to_owned(), folder.path().join("photos")] {
        files.extend(fs::read_dir(place).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_file()));
    }
    assert!(files.iter().any(|path| path.ends_with("store.db-wal")), "the log must be looked into too");
    assert!(files.len() >= 3);
    for path in files {
        let raw = fs::read(&path).unwrap();
        for secret in ["白乌云其其格", "东头第三家", "1234567890", "SQLite format", "living_division"] {
            let found = raw.windows(secret.len()).any(|window| window == secret.as_bytes());
            assert!(!found, "{secret} in {}", path.display());
        }
    }
}
