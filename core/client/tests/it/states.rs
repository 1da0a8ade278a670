//! How far work has travelled, and what somebody must look at.

use bianfang_client::{Phone, RecordState};
use bianfang_domain::decision::Verdict;
use bianfang_domain::op::Part;
use bianfang_domain::reason::Reason;
use bianfang_protocol::blob::Receipt;

use crate::scene::*;

async fn saved(bench: &Bench, phone: &Phone, photos: u64) -> String {
    let form = phone.new_form().await.unwrap();
    for seed in 0..photos {
        phone.add_photo(&form, &bench.photo(seed)).await.unwrap();
    }
    phone.save_visit(&form, visit(&[(FATHER, "MET")])).await.unwrap().id
}

#[tokio::test]
async fn record_is_confirmed_only_with_every_receipt() {
    let bench = Bench::enrolled().await;
    let phone = bench.open().await;
    let id = saved(&bench, phone, 2).await;
    assert!(phone.people(all()).await.unwrap().rows.iter().any(|row| row.waiting));
    assert_eq!(phone.status().await.unwrap().photos_waiting, 2);
    phone.close().await.unwrap();
    bench.answer(Verdict::Accepted, None).await;
    let files = {
        let phone = bench.open().await;
        assert_eq!(phone.state(&id).await.unwrap(), RecordState::Sent, "its photos still wait");
        assert!(phone.person(&text(FATHER)).await.unwrap().row.waiting);
        let files = phone.receipts(&id).await.unwrap();
        phone.close().await.unwrap();
        files
    };
    for (index, file) in files.iter().enumerate() {
        let store = bench.store().await;
        let receipt = Receipt { sha256: file.sha256.clone(), length: file.bytes, stored_ms: NOW + 5 };
        store.receipt(&receipt).await.unwrap();
        store.close().await.unwrap();
        let phone = bench.open().await;
        let expected = if index + 1 == files.len() { RecordState::Confirmed } else { RecordState::Sent };
        assert_eq!(phone.state(&id).await.unwrap(), expected);
        phone.close().await.unwrap();
    }
    let phone = bench.open().await;
    assert!(phone.receipts(&id).await.unwrap().iter().all(|row| row.received_ms == Some(NOW + 5)));
    assert!(!phone.person(&text(FATHER)).await.unwrap().row.waiting);
}

#[tokio::test]
async fn held_and_refused_say_why_in_two_languages() {
    let bench = Bench::enrolled().await;
    for (verdict, reason, what) in
        [(Verdict::Held, Reason::AfterDeath, "HELD"), (Verdict::Refused, Reason::Malformed, "REFUSED")]
    {
        let phone = bench.open().await;
        let id = saved(&bench, phone, 0).await;
        phone.close().await.unwrap();
        bench.answer(verdict, Some(reason)).await;
        let phone = bench.open().await;
        let (zh, en) = (reason.zh().to_owned(), reason.en().to_owned());
        let expected = match verdict {
            Verdict::Held => RecordState::Held { zh: zh.clone(), en: en.clone() },
            _ => RecordState::Refused { zh: zh.clone(), en: en.clone() },
        };
        assert_eq!(phone.state(&id).await.unwrap(), expected);
        let newest = phone.troubles().await.unwrap().remove(0);
        assert_eq!((newest.record, newest.what.as_str(), newest.zh, newest.en), (id, what, zh, en));
        phone.close().await.unwrap();
    }
    let phone = bench.open().await;
    let status = phone.status().await.unwrap();
    assert_eq!((status.waiting, status.held, status.refused, status.signed_out), (0, 1, 1, false));
}

#[tokio::test]
async fn taken_record_that_is_held_later_says_so_and_is_free_again_when_settled() {
    let bench = Bench::enrolled().await;
    let phone = bench.open().await;
    let id = saved(&bench, phone, 0).await;
    phone.close().await.unwrap();
    bench.answer(Verdict::Accepted, None).await;
    let mut record = bench.store().await.get(id.parse().unwrap()).await.unwrap().unwrap();
    // Somebody else's earlier work arrived since, and makes this one wait for the township.
    record.revision = 200;
    record.meta.held.push((Part::Of(crate::scene::id(FATHER)), Reason::AfterDeath));
    bench.receive(vec![record.clone()]).await;
    let phone = bench.open().await;
    let expected = RecordState::Held { zh: Reason::AfterDeath.zh().into(), en: Reason::AfterDeath.en().into() };
    assert_eq!(phone.state(&id).await.unwrap(), expected);
    let row = phone.troubles().await.unwrap().remove(0);
    assert_eq!((row.record.as_str(), row.zh.as_str()), (id.as_str(), Reason::AfterDeath.zh()));
    phone.close().await.unwrap();
    record.revision = 201;
    record.meta.held.clear();
    bench.receive(vec![record]).await;
    let phone = bench.open().await;
    assert_eq!(phone.state(&id).await.unwrap(), RecordState::Confirmed);
    assert_eq!(phone.troubles().await.unwrap(), []);
}

#[tokio::test]
async fn unknown_record_is_not_found() {
    let bench = Bench::enrolled().await;
    let phone = bench.open().await;
    for unknown in [text(77).as_str(), "no id"] {
        assert_eq!(phone.state(unknown).await.unwrap_err(), bianfang_client::ClientError::NotFound);
        assert_eq!(phone.receipts(unknown).await.unwrap_err(), bianfang_client::ClientError::NotFound);
    }
}
