//! Visits: one transaction, one record, and what the door allows.

use bianfang_client::{
    AnswerDraft, AnswersDraft, ClientError, NeedDraft, PlaceDraft, PlaqueDraft, RecordState, VisitMore,
};
use bianfang_domain::op::Act;
use serde_json::json;

use crate::scene::*;

#[tokio::test]
async fn visit_and_its_photos_are_written_together_and_the_draft_is_done() {
    let bench = Bench::enrolled().await;
    let phone = bench.open().await;
    let form = phone.new_form().await.unwrap();
    let photos = [
        phone.add_photo(&form, &bench.photo(1)).await.unwrap(),
        phone.add_photo(&form, &bench.photo(2)).await.unwrap(),
    ];
    let mut draft = visit(&[(FATHER, "MET"), (MOTHER, "MET_FAMILY")]);
    draft.note = Some(" 身体好 ".into());
    draft.place = Some(PlaceDraft { latitude: 42.9, longitude: 119.0, accuracy_m: 8.0, source: "GPS".into() });
    phone.keep_draft(&form, draft.clone()).await.unwrap();
    let saved = phone.save_visit(&form, draft).await.unwrap();
    assert_eq!((saved.id.as_str(), saved.state), (form.as_str(), RecordState::Saved));
    assert_eq!((phone.drafts().await.unwrap(), phone.photos(&form).await.unwrap()), (vec![], vec![]));
    let page = phone.person(&text(FATHER)).await.unwrap();
    let [row] = page.visits.as_slice() else { panic!("{page:?}") };
    assert_eq!((row.id.as_str(), row.result.as_str(), row.photos, row.doubtful), (form.as_str(), "MET", 2, false));
    assert_eq!((row.note.as_deref(), row.at_ms, &row.state), (Some("身体好"), NOW, &RecordState::Saved));
    assert_eq!(phone.person(&text(MOTHER)).await.unwrap().visits[0].result, "MET_FAMILY");
    assert_eq!(phone.receipts(&form).await.unwrap().len(), 2);
    phone.close().await.unwrap();

    let store = bench.store().await;
    let ops = store.pending(10).await.unwrap();
    let kinds: Vec<&str> = ops.iter().map(|op| op.kind.as_str()).collect();
    assert_eq!(kinds, ["contact", "photo", "photo"], "a photo's visit goes before it");
    let contact = ops[0].set().unwrap();
    assert_eq!(contact["household"], json!(text(HOUSEHOLD)));
    assert_eq!(contact["place"], json!({ "lat": 42.9, "lon": 119.0, "accuracy_m": 8.0, "source": "GPS" }));
    assert_eq!(ops[1].set().unwrap()["subject"], json!(form));
    assert_eq!(ops[1].set().unwrap()["original"], json!(photos[0].sha256));
    let owed: Vec<String> = store.owed().await.unwrap().into_iter().map(|owed| owed.sha256).collect();
    let copies: Vec<String> =
        ops[1..].iter().map(|op| op.set().unwrap()["copy"].as_str().unwrap().to_owned()).collect();
    assert_eq!(owed.len(), 2);
    assert!(copies.iter().all(|copy| owed.contains(copy)), "the copies are owed, the originals stay");
}

#[tokio::test]
async fn form_saved_twice_is_one_record() {
    let bench = Bench::enrolled().await;
    let phone = bench.open().await;
    let form = phone.new_form().await.unwrap();
    let first = phone.save_visit(&form, visit(&[(FATHER, "MET")])).await.unwrap();
    let again = phone.save_visit(&form, visit(&[(FATHER, "MET")])).await.unwrap();
    assert_eq!(first, again);
    assert_eq!(phone.status().await.unwrap().waiting, 1);
    assert_eq!(phone.person(&text(FATHER)).await.unwrap().visits.len(), 1);
}

/// Story 10: the family refuses plaque, photo, signature and position.
#[tokio::test]
async fn all_refused_is_saved_in_four_taps_and_the_home_waits_no_more() {
    let bench = Bench::enrolled().await;
    let phone = bench.open().await;
    let before = phone.household(&text(HOUSEHOLD)).await.unwrap();
    assert_eq!(before.plaque.state, "PENDING");
    // Person, result, "declined", save: nothing else is filled in.
    let form = phone.new_form().await.unwrap();
    let saved = phone.save_visit(&form, visit(&[(FATHER, "REFUSED")])).await.unwrap();
    let declined = PlaqueDraft {
        household: text(HOUSEHOLD),
        event: "DECLINE".into(),
        at_ms: NOW,
        position: None,
        hanger: None,
        signature: None,
        no_signature: None,
        old_returned: false,
        contact: Some(saved.id),
        ..PlaqueDraft::default()
    };
    let plaque = phone.record_plaque(&form, declined).await.unwrap();
    assert_eq!(plaque.state, RecordState::Saved);
    assert_eq!(phone.household(&text(HOUSEHOLD)).await.unwrap().plaque.state, "DECLINED");
    let page = phone.people(all()).await.unwrap();
    assert_eq!((page.total, page.due), (2, 2), "a refusal reaches nobody");
    assert_eq!(page.rows[0].plaque.as_deref(), Some("DECLINED"));
    assert_eq!(phone.troubles().await.unwrap(), [], "and is nobody's fault");
}

#[tokio::test]
async fn wrong_field_is_named_and_nothing_is_written() {
    let bench = Bench::enrolled().await;
    let phone = bench.open().await;
    let form = phone.new_form().await.unwrap();
    phone.add_photo(&form, &bench.photo(1)).await.unwrap();
    let fine = visit(&[(FATHER, "MET")]);
    let place = PlaceDraft { latitude: 91.0, longitude: 0.0, accuracy_m: 1.0, source: "GPS".into() };
    let wrong = [
        ("entries", visit(&[])),
        ("entries", visit(&[(FATHER, "SEEN")])),
        ("entries", visit(&[(FATHER, "MET"), (FATHER, "AWAY")])),
        ("method", bianfang_client::VisitDraft { method: "RADIO".into(), ..fine.clone() }),
        ("work_types", bianfang_client::VisitDraft { work_types: vec![], ..fine.clone() }),
        ("at", bianfang_client::VisitDraft { started_ms: NOW + 1, ..fine.clone() }),
        ("place", bianfang_client::VisitDraft { place: Some(place), ..fine.clone() }),
    ];
    for (name, draft) in wrong {
        assert_eq!(field(phone.save_visit(&form, draft).await), name);
        assert_eq!((phone.status().await.unwrap().waiting, phone.photos(&form).await.unwrap().len()), (0, 1), "{name}");
    }
    assert_eq!(phone.save_visit(&form, fine).await.unwrap().state, RecordState::Saved);
}

#[tokio::test]
async fn voided_visit_stays_in_the_time_line_and_reaches_nobody() {
    let bench = Bench::enrolled().await;
    let phone = bench.open().await;
    let form = phone.new_form().await.unwrap();
    phone.save_visit(&form, visit(&[(FATHER, "MET")])).await.unwrap();
    assert_eq!(phone.people(all()).await.unwrap().due, 1);
    assert_eq!(field(phone.void(&form, "  ").await), "reason");
    assert_eq!(phone.void(&text(77), "错人").await.unwrap_err(), ClientError::NotFound);
    phone.void(&form, "错人").await.unwrap();
    let page = phone.person(&text(FATHER)).await.unwrap();
    assert!(page.visits[0].voided);
    assert_eq!((page.row.reached, page.row.last_contact), (false, None));
    phone.close().await.unwrap();
    let ops = bench.store().await.pending(10).await.unwrap();
    assert_eq!(ops[1].act, Act::Void { reason: "错人".into() });
}

#[tokio::test]
async fn record_of_somebody_else_is_not_voided() {
    let bench = Bench::enrolled().await;
    let entries = json!([{ "person": id(FATHER), "result": "MET" }]);
    let other = served("contact", 30, 6, json!({ "at": NOW - 9, "method": "HOME", "entries": entries }));
    bench.receive(vec![other]).await;
    let phone = bench.open().await;
    assert_eq!(field(phone.void(&text(30), "错人").await), "record");
    assert_eq!(phone.state(&text(30)).await.unwrap(), RecordState::Confirmed);
}

/// Story 1, its visit: saved on the father instead of the son.
#[tokio::test]
async fn a_visit_on_the_wrong_person_moves_with_everything_and_nothing_is_typed_again() {
    let bench = Bench::enrolled().await;
    let son = 30;
    bench
        .receive(vec![
            served("household", 60, 30, json!({ "head_name": "张小军", "division": id(VILLAGE) })),
            person(son, 31, "张小军", json!({ "household": id(60) })),
        ])
        .await;
    let phone = bench.open().await;
    let form = phone.new_form().await.unwrap();
    phone.add_photo(&form, &bench.photo(1)).await.unwrap();
    let mut draft = visit(&[(FATHER, "MET")]);
    let more = VisitMore {
        gifts_text: Some("500元".into()),
        signature: Some("ab".repeat(32)),
        others: vec!["邻居赵六".into(), " ".into()],
        needs: vec![NeedDraft {
            person: Some(text(FATHER)),
            need_type: "MEDICAL".into(),
            urgency: "BLUE".into(),
            asked: "报销".into(),
            ..NeedDraft::default()
        }],
        answers: vec![AnswersDraft {
            set: "EMPLOYMENT".into(),
            version: 1,
            person: Some(text(FATHER)),
            values: vec![AnswerDraft { question: "income".into(), value: "3000".into() }],
        }],
        ..VisitMore::default()
    };
    draft.more = Some(more);
    let saved = phone.save_visit(&form, draft).await.unwrap();
    let hung = PlaqueDraft {
        household: text(HOUSEHOLD),
        event: "NEW".into(),
        at_ms: NOW,
        position: Some("GATE".into()),
        hanger: Some("王一".into()),
        no_signature: Some("不便".into()),
        contact: Some(saved.id.clone()),
        ..PlaqueDraft::default()
    };
    phone.record_plaque(&phone.new_form().await.unwrap(), hung).await.unwrap();
    assert_eq!(field(phone.retarget(&saved.id, &text(FATHER), &text(son), " ").await), "reason");
    assert_eq!(field(phone.retarget(&saved.id, &text(MOTHER), &text(son), "认错人").await), "from");
    phone.retarget(&saved.id, &text(FATHER), &text(son), "认错人").await.unwrap();
    assert_eq!(phone.person(&text(FATHER)).await.unwrap().visits, []);
    let page = phone.person(&text(son)).await.unwrap();
    assert_eq!((page.visits[0].id.as_str(), page.visits[0].photos), (saved.id.as_str(), 1));
    assert!(page.row.reached && page.plaque.unwrap().state == "HUNG");
    assert_eq!(phone.needs(Some(text(FATHER))).await.unwrap(), []);
    let need = &phone.needs(Some(text(son))).await.unwrap()[0];
    assert_eq!(need.raised_in.as_deref(), Some(saved.id.as_str()), "what was heard there goes along");
    assert_eq!(phone.visit_draft(&saved.id).await.unwrap().more.unwrap().others, ["邻居赵六"]);
    assert_eq!(phone.household(&text(HOUSEHOLD)).await.unwrap().plaque.state, "PENDING");
    phone.close().await.unwrap();
    let store = bench.store().await;
    let contact = store.get(saved.id.parse().unwrap()).await.unwrap().unwrap();
    assert_eq!((contact.value("gifts_text"), contact.value("signature")), (&json!("500元"), &json!("ab".repeat(32))));
    assert_eq!(contact.value("household"), &json!(text(60)));
    assert_eq!(contact.value("answers")[0]["person"], json!(text(son)));
    assert_eq!(contact.value("answers")[0]["values"]["income"], json!(3000));
}
