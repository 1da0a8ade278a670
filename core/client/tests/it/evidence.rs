//! One form, one write: the visit with its plaque, each photo with what it is evidence of, signatures as ink; and a visit that
//! was returned, mended with its reason.

use bianfang_client::{EntryDraft, InkDraft, InkPointDraft, InkStroke, PlaqueDraft, VisitMore};
use bianfang_domain::assumed;
use bianfang_domain::op::{Act, Review};
use bianfang_domain::record::Record;
use serde_json::{Value, json};

use crate::scene::*;

fn ink(points: &[(f32, f32)]) -> InkDraft {
    let points = points.iter().map(|(x, y)| InkPointDraft { x: *x, y: *y }).collect();
    InkDraft { width: 300.0, height: 120.0, strokes: vec![InkStroke { points }] }
}

fn hung() -> Option<PlaqueDraft> {
    let unsigned = PlaqueDraft { no_signature: Some("未采集签字".into()), ..PlaqueDraft::default() };
    Some(PlaqueDraft { signature: None, ..event("NEW", unsigned) })
}

#[tokio::test]
async fn visit_and_its_plaque_are_one_write_and_each_photo_hangs_on_its_own() {
    let bench = Bench::enrolled().await;
    let phone = bench.open().await;
    let form = phone.new_form().await.unwrap();
    let door = phone.add_photo(&form, &bench.photo(1)).await.unwrap();
    let wall = phone.add_photo(&form, &bench.photo(2)).await.unwrap();
    let paper = phone.add_photo(&form, &bench.photo(3)).await.unwrap();
    assert_eq!((door.kind.as_str(), door.of_plaque), ("SCENE", false));
    phone.mark_photo(&form, &wall.sha256, ("SCENE", true)).await.unwrap();
    phone.mark_photo(&form, &paper.sha256, ("RECEIPT", false)).await.unwrap();
    assert_eq!(field(phone.mark_photo(&form, &door.sha256, ("收据", false)).await), "photo_kind");
    let signed = phone.sign(&form, ink(&[(10.0, 20.0), (150.0, 80.0), (280.0, 30.0)]), true).await.unwrap().unwrap();
    assert!(signed.sends && signed.kind == "SIGNATURE");

    let mut draft = visit(&[(FATHER, "MET")]);
    draft.plaque = hung();
    phone.keep_draft(&form, draft.clone()).await.unwrap();
    assert_eq!(phone.draft(&form).await.unwrap().unwrap().plaque, draft.plaque, "what was typed is kept");
    let saved = phone.save_visit(&form, draft.clone()).await.unwrap();
    assert_eq!(phone.save_visit(&form, draft).await.unwrap(), saved, "a tap that was repeated makes nothing new");
    let plaque = saved.plaque.unwrap();
    let page = phone.person(&text(FATHER)).await.unwrap();
    assert_eq!(page.plaque.map(|plaque| plaque.state).as_deref(), Some("HUNG"));
    assert_eq!(page.visits[0].work_types, ["PLAQUE", "ROUND"], "what puts a plaque up is work of the visit");
    phone.close().await.unwrap();

    let store = bench.store().await;
    let ops = store.pending(10).await.unwrap();
    let kinds: Vec<&str> = ops.iter().map(|op| op.kind.as_str()).collect();
    assert_eq!(kinds, ["contact", "plaque_event", "photo", "photo", "photo", "photo"], "each after what it names");
    let event = ops[1].set().unwrap();
    assert_eq!((&event["contact"], &event["signature"]), (&json!(form), &json!(signed.sha256)));
    assert!(!event.contains_key("no_signature"), "ink says it all");
    let of = |op: usize| {
        let photo = ops[op].set().unwrap();
        (photo["subject"].clone(), photo["photo_kind"].clone(), photo["original"].clone())
    };
    assert_eq!(of(2), (json!(form), json!("SCENE"), json!(door.sha256)));
    assert_eq!(of(3), (json!(plaque), json!("SCENE"), json!(wall.sha256)));
    assert_eq!(of(4), (json!(form), json!("RECEIPT"), json!(paper.sha256)));
    assert_eq!(of(5), (json!(plaque), json!("SIGNATURE"), json!(signed.sha256)));
    let owed: Vec<String> = store.owed().await.unwrap().into_iter().map(|owed| owed.sha256).collect();
    assert!(
        owed.contains(&wall.sha256) && !owed.contains(&door.sha256),
        "a plaque's original is sent, a visit's stays"
    );
    assert!(owed.contains(&signed.sha256));
}

#[tokio::test]
async fn visit_whose_plaque_is_refused_is_not_saved_by_halves() {
    let bench = Bench::enrolled().await;
    let phone = bench.open().await;
    let form = phone.new_form().await.unwrap();
    let mut draft = visit(&[(FATHER, "MET")]);
    draft.plaque = Some(PlaqueDraft { position: None, ..hung().unwrap() });
    phone.keep_draft(&form, draft.clone()).await.unwrap();
    assert_eq!(field(phone.save_visit(&form, draft).await), "position");
    assert_eq!((phone.status().await.unwrap().waiting, phone.drafts().await.unwrap().len()), (0, 1));
}

#[tokio::test]
async fn signature_is_written_again_or_taken_away_and_a_dot_is_none() {
    let bench = Bench::enrolled().await;
    let phone = bench.open().await;
    let form = phone.new_form().await.unwrap();
    let first = phone.sign(&form, ink(&[(10.0, 20.0), (200.0, 80.0)]), false).await.unwrap().unwrap();
    let second = phone.sign(&form, ink(&[(10.0, 90.0), (200.0, 20.0)]), false).await.unwrap().unwrap();
    assert_ne!(first.sha256, second.sha256);
    assert_eq!(phone.photos(&form).await.unwrap(), std::slice::from_ref(&second));
    assert_eq!(phone.sign(&form, ink(&[(10.0, 20.0)]), false).await.unwrap(), None);
    assert_eq!(phone.photos(&form).await.unwrap(), []);
    phone.sign(&form, ink(&[(10.0, 20.0), (200.0, 80.0)]), false).await.unwrap();
    let mut draft = visit(&[(FATHER, "MET")]);
    draft.more = Some(VisitMore { no_signature: Some("不识字".into()), ..VisitMore::default() });
    phone.save_visit(&form, draft).await.unwrap();
    phone.close().await.unwrap();
    let contact = bench.store().await.get(form.parse().unwrap()).await.unwrap().unwrap();
    assert_eq!(contact.doc["signature"], json!(first.sha256));
    assert!(!contact.doc.contains_key("no_signature"));
}

fn returned(number: u128, comment: &str) -> Record {
    let fields = json!({
        "at": NOW - 3_600_000, "started": NOW - 4_000_000, "method": "HOME", "work_types": ["ROUND"], "household": id(HOUSEHOLD),
        "entries": [{ "person": id(FATHER), "result": "MET" }], "situation": "务农", "difficulties": "修屋顶",
        "visitors": [{ "name": "王站长" }], "thoughts": "***", "unknown_of_newer": 7,
    });
    let mut record = served("contact", number, 9, fields);
    record.meta.origin.actor = actor();
    record.meta.review = Review::Returned;
    record.meta.comment = Some(comment.into());
    record
}

#[tokio::test]
async fn returned_visit_shows_the_reviewer_s_words_and_only_what_changed_is_sent() {
    let bench = Bench::enrolled().await;
    bench.receive(vec![returned(0x90, "请补上面谈结果")]).await;
    let phone = bench.open().await;
    let page = phone.person(&text(FATHER)).await.unwrap();
    let row = &page.visits[0];
    assert_eq!((row.review.as_str(), row.comment.as_deref()), ("RETURNED", Some("请补上面谈结果")));

    let form = phone.new_form().await.unwrap();
    let mut draft = phone.visit_draft(&text(0x90)).await.unwrap();
    assert_eq!((draft.note.as_deref(), draft.amends.as_deref()), (Some("务农"), Some(text(0x90).as_str())));
    draft.entries = vec![EntryDraft { person: text(FATHER), result: "MET_FAMILY".into(), died_on: None }];
    draft.more.as_mut().unwrap().difficulties = None;
    phone.keep_draft(&form, draft.clone()).await.unwrap();
    assert_eq!(field(phone.save_visit(&form, draft.clone()).await), "reason");
    let photo = phone.add_photo(&form, &bench.photo(4)).await.unwrap();
    draft.amend_reason = Some("补充".into());
    phone.save_visit(&form, draft).await.unwrap();
    assert_eq!(phone.drafts().await.unwrap(), []);
    let page = phone.person(&text(FATHER)).await.unwrap();
    let row = &page.visits[0];
    assert_eq!((page.visits.len(), row.result.as_str(), row.comment.as_deref()), (1, "MET_FAMILY", None));
    assert_eq!((row.review.as_str(), row.photos), ("SUBMITTED", 1), "it goes to its reviewer again");
    phone.close().await.unwrap();

    let ops = bench.store().await.pending(10).await.unwrap();
    let Act::Amend { set, reason, .. } = &ops[0].act else { panic!("{:?}", ops[0]) };
    let mut names: Vec<&str> = set.keys().map(String::as_str).collect();
    names.sort_unstable();
    assert_eq!((names, reason.as_str()), (vec!["difficulties", "entries"], "补充"));
    assert_eq!(set["difficulties"], Value::Null);
    assert_eq!(ops[1].set().unwrap()["subject"], json!(text(0x90)));
    assert_eq!(ops[1].set().unwrap()["original"], json!(photo.sha256));
}

#[tokio::test]
async fn what_an_amended_visit_says_is_assumed_no_longer_and_the_rest_stays_assumed() {
    let bench = Bench::enrolled().await;
    let mut imported = returned(0x90, "请补上面谈结果");
    imported.doc.insert(assumed::NAME.into(), json!(["method", "result", "work_types"]));
    bench.receive(vec![imported]).await;
    let phone = bench.open().await;
    let mut draft = phone.visit_draft(&text(0x90)).await.unwrap();
    draft.entries = vec![EntryDraft { person: text(FATHER), result: "MET_FAMILY".into(), died_on: None }];
    draft.work_types = vec!["HOLIDAY".into()];
    draft.amend_reason = Some("补充".into());
    phone.save_visit(&phone.new_form().await.unwrap(), draft).await.unwrap();
    phone.close().await.unwrap();
    let contact = bench.store().await.get(id(0x90)).await.unwrap().unwrap();
    assert_eq!(contact.value(assumed::NAME), &json!(["method", "result", "work_types"]));
    assert_eq!(assumed::of(&contact), ["method"]);
}

#[tokio::test]
async fn what_was_held_or_refused_says_whom_it_is_about() {
    use bianfang_domain::decision::Verdict;
    use bianfang_domain::reason::Reason;
    let bench = Bench::enrolled().await;
    let phone = bench.open().await;
    phone.save_visit(&phone.new_form().await.unwrap(), visit(&[(MOTHER, "MET")])).await.unwrap();
    phone.close().await.unwrap();
    bench.answer(Verdict::Held, Some(Reason::AfterDeath)).await;
    let phone = bench.open().await;
    let troubles = phone.troubles().await.unwrap();
    let [row] = troubles.as_slice() else { panic!("{troubles:?}") };
    assert_eq!((row.what.as_str(), row.about.as_str(), row.person.clone()), ("HELD", "李秀英", Some(text(MOTHER))));
}
