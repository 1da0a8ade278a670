//! The phone's own scope from its staff record: what it shows and accepts follows the day.

use bianfang_client::HouseholdDraft;
use bianfang_domain::kind::staff_id;
use bianfang_domain::op::Part;
use bianfang_domain::reason::Reason;
use bianfang_domain::record::Record;
use bianfang_domain::time::Day;
use serde_json::json;

use crate::scene::*;

/// The staff record of this phone's account, until a day from today.
fn staff(revision: u64, last: i32) -> Record {
    let doc = json!({ "account": actor().account, "name": "王村站", "division": id(1), "divisions": [id(VILLAGE)],
        "to": Day::of(NOW).0 + last });
    Record { id: staff_id(actor().account), ..served("staff", 1, revision, doc) }
}

const AFTER: i64 = NOW + 86_400_000;

#[tokio::test]
async fn a_record_that_ends_takes_the_divisions_with_its_day_and_leaves_what_was_captured() {
    let bench = Bench::enrolled().await;
    bench.receive(vec![staff(20, 0)]).await;
    let phone = bench.open().await;
    assert!(phone.profile().await.unwrap().unwrap().at_work);
    assert_eq!(phone.today(0, 9).await.unwrap().total, 2);
    let before = phone.save_visit(&phone.new_form().await.unwrap(), visit(&[(FATHER, "MET")])).await.unwrap();
    phone.close().await.unwrap();
    bench.at(AFTER);
    let phone = bench.open().await;
    assert!(!phone.profile().await.unwrap().unwrap().at_work);
    assert!(phone.divisions().await.unwrap().is_empty());
    assert_eq!(phone.today(0, 9).await.unwrap().total, 0);
    let mut late = visit(&[(MOTHER, "MET")]);
    (late.started_ms, late.ended_ms) = (AFTER - 1000, AFTER);
    let late = phone.save_visit(&phone.new_form().await.unwrap(), late).await.unwrap();
    let draft = HouseholdDraft { household: text(HOUSEHOLD), address: Some("二组".into()), way_note: None };
    assert_eq!(field(phone.change_household(draft).await), "record", "shared data are changed by who is at work");
    assert_eq!(phone.status().await.unwrap().waiting, 2, "both are sent");
    phone.close().await.unwrap();
    let store = bench.store().await;
    let held = async |saved: &str, of: u128| {
        store.get(saved.parse().unwrap()).await.unwrap().unwrap().held_for(&Part::Of(id(of)))
    };
    assert_eq!(held(&before.id, FATHER).await, None);
    assert_eq!(held(&late.id, MOTHER).await, Some(Reason::NotAtWork));
}

#[tokio::test]
async fn the_end_is_known_after_the_record_left_and_a_new_one_gives_the_divisions_back() {
    let bench = Bench::enrolled().await;
    bench.receive(vec![staff(20, -1)]).await;
    bench.remove(staff_id(actor().account), "staff").await;
    let phone = bench.open().await;
    assert!(!phone.profile().await.unwrap().unwrap().at_work, "kept apart from what left");
    phone.close().await.unwrap();
    bench.receive(vec![staff(21, 30)]).await;
    let phone = bench.open().await;
    assert!(phone.profile().await.unwrap().unwrap().at_work);
    phone.close().await.unwrap();
    bench.at(NOW + 31 * 86_400_000);
    assert!(bench.open().await.divisions().await.unwrap().is_empty());
}

#[tokio::test]
async fn what_was_captured_is_judged_again_when_the_end_turns_out_to_be_earlier() {
    let bench = Bench::enrolled().await;
    let phone = bench.open().await;
    let saved = phone.save_visit(&phone.new_form().await.unwrap(), visit(&[(FATHER, "MET")])).await.unwrap();
    phone.close().await.unwrap();
    let held = async || {
        let store = bench.store().await;
        let held = store.get(saved.id.parse().unwrap()).await.unwrap().unwrap().held_for(&Part::Of(id(FATHER)));
        store.close().await.unwrap();
        held
    };
    assert_eq!(held().await, None);
    bench.receive(vec![staff(20, -1)]).await;
    assert_eq!(held().await, Some(Reason::NotAtWork));
    bench.receive(vec![staff(21, 0)]).await;
    assert_eq!(held().await, None);
}
