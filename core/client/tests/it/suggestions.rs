//! What a worker says to the county, kept on a phone without a signal.

use bianfang_client::SuggestionDraft;
use serde_json::json;

use crate::scene::*;

#[tokio::test]
async fn one_is_said_once_without_a_signal_and_waits_to_be_answered() {
    let bench = Bench::enrolled().await;
    bench.receive(vec![served("division", 1, 9, json!({ "name": "翁牛特旗", "level": "COUNTY" }))]).await;
    let phone = bench.open().await;
    let form = phone.new_form().await.unwrap();
    let draft =
        SuggestionDraft { suggestion_type: "COMPLAINT".into(), words: " 同一张表填三遍 ".into(), unnamed: true };
    let saved = phone.save_suggestion(&form, draft.clone()).await.unwrap();
    assert_eq!(phone.save_suggestion(&form, draft).await.unwrap(), saved, "a tap that was repeated says nothing new");
    let said = phone.suggestions().await.unwrap();
    let [one] = said.as_slice() else { panic!("{said:?}") };
    assert_eq!((one.words.as_str(), one.state.as_str(), one.unnamed), ("同一张表填三遍", "SUBMITTED", true));
    assert_eq!((one.said_on.as_str(), &one.answer, one.satisfied), ("2026-07-01", &None, None));
    let early = phone.rate_suggestion(&phone.new_form().await.unwrap(), &one.id, true, None).await.unwrap();
    assert_eq!(phone.suggestions().await.unwrap()[0].satisfied, None, "nothing is rated before it is answered");
    assert!(!early.id.is_empty());
}

#[tokio::test]
async fn what_says_nothing_names_its_field() {
    let bench = Bench::enrolled().await;
    bench.receive(vec![served("division", 1, 9, json!({ "name": "翁牛特旗", "level": "COUNTY" }))]).await;
    let phone = bench.open().await;
    let empty = SuggestionDraft { suggestion_type: "SUGGESTION".into(), ..SuggestionDraft::default() };
    let fault = phone.save_suggestion(&phone.new_form().await.unwrap(), empty).await.unwrap_err();
    assert!(format!("{fault:?}").contains("words"), "{fault:?}");
}

#[tokio::test]
async fn a_phone_that_does_not_know_the_county_yet_sends_nothing_to_somebody_between() {
    let bench = Bench::enrolled().await;
    let phone = bench.open().await;
    let draft = SuggestionDraft { suggestion_type: "SUGGESTION".into(), words: "少填表".into(), unnamed: false };
    let fault = phone.save_suggestion(&phone.new_form().await.unwrap(), draft).await.unwrap_err();
    assert!(format!("{fault:?}").contains("division"), "{fault:?}");
}
