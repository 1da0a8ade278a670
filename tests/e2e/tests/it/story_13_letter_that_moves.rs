//! Story 13: a 喜报 for an address in another county, another whose parents moved: TRANSFERRED or UNDELIVERABLE with reason,
//! counted twice by nobody; a deliverer of the wrong level is a warning.

use bianfang_client::{DelivererDraft, LetterStepDraft, RecordState};
use serde_json::json;

use crate::town::{Town, now_ms, open_cases, record, sync};

fn step(letter: &str, step: &str) -> LetterStepDraft {
    LetterStepDraft {
        letter: letter.to_owned(),
        step: step.to_owned(),
        at_ms: now_ms() - 1000,
        ..LetterStepDraft::default()
    }
}

fn delivery(letter: &str, at_ms: i64) -> LetterStepDraft {
    LetterStepDraft {
        at_ms,
        delivered_by: vec![DelivererDraft {
            name: "王一".into(),
            of: Some("BUREAU".into()),
            level: Some("VILLAGE".into()),
        }],
        no_signature: Some("老人不便签字".into()),
        award_fen: Some(200_000),
        ..step(letter, "DELIVERED")
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn letters_that_move_are_counted_once_and_a_wrong_level_only_warns() {
    let town = Town::new().await;
    let console = town.bureau.console("clerk").await.unwrap();
    let (one, two) = (town.phone("one").await, town.phone("two").await);
    let division = one.divisions().await.unwrap().into_iter().find(|d| d.level == "VILLAGE").unwrap().id;
    let mut letters = Vec::new();
    for number in 1..=3 {
        let doc = json!({ "source": "PAFD", "notice_no": format!("通〔2026〕{number}号"), "level": "SECOND",
            "soldier": format!("李军{number}"), "division": division, "received_on": 20_000 });
        letters.push(record(&console, "letter", &doc).await);
    }
    sync(&one).await;
    sync(&two).await;
    assert_eq!(one.letters("RECEIVED").await.unwrap().len(), 3);

    // The first: the address is in another county. The county passes it on.
    let moved = json!({ "letter": letters[0], "step": "TRANSFERRED", "at": now_ms(), "reason": "父母住在邻县", "to_county": "邻县" });
    record(&console, "letter_step", &moved).await;
    // Meanwhile a phone without a signal knows nothing of it and says it was delivered later.
    let late = one.record_letter(&one.new_form().await.unwrap(), delivery(&letters[0], now_ms() + 2000)).await.unwrap();
    // The second: the parents moved, nobody knows where.
    let gone =
        LetterStepDraft { reason: Some("父母已迁居，去向不明".into()), ..step(&letters[1], "UNDELIVERABLE") };
    one.record_letter(&one.new_form().await.unwrap(), gone).await.unwrap();
    // The third is delivered by both, of the wrong level.
    let warned = one.letter_warnings(delivery(&letters[2], now_ms())).await.unwrap();
    assert_eq!(warned.iter().map(|w| w.code.as_str()).collect::<Vec<_>>(), ["LOWER_LEVEL", "WITHOUT_PAFD"]);
    let first =
        one.record_letter(&one.new_form().await.unwrap(), delivery(&letters[2], now_ms() - 9000)).await.unwrap();
    let second =
        two.record_letter(&two.new_form().await.unwrap(), delivery(&letters[2], now_ms() - 5000)).await.unwrap();
    for phone in [&two, &one, &two] {
        sync(phone).await;
    }
    assert_eq!(one.state(&first.id).await.unwrap(), RecordState::Confirmed, "a warning is in nobody's way");
    let held = two.state(&second.id).await.unwrap();
    assert!(matches!(&held, RecordState::Held { zh, .. } if zh.contains("已经送达")), "{held:?}");
    let held = one.state(&late.id).await.unwrap();
    assert!(matches!(&held, RecordState::Held { zh, .. } if zh.contains("转递")), "{held:?}");

    let mut told = Vec::new();
    for state in ["TRANSFERRED", "UNDELIVERABLE", "DELIVERED", "RECEIVED"] {
        let page = console.get(&format!("/api/v1/letters?state={state}")).await.unwrap();
        told.push(page["rows"].as_array().unwrap().clone());
    }
    assert_eq!(told.iter().map(Vec::len).collect::<Vec<_>>(), [1, 1, 1, 0], "each in one place");
    assert_eq!(
        (&told[2][0]["award_fen"], &told[2][0]["warnings"]),
        (&json!(200_000), &json!(["LOWER_LEVEL", "WITHOUT_PAFD"]))
    );
    assert_eq!(told[0][0]["award_fen"], json!(null), "nothing was paid for what moved on");
    assert_eq!(open_cases(&console).await, [("DOUBLE".to_owned(), letters[2].clone())]);
}
