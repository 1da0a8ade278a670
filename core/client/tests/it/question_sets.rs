//! Question sets on a phone: which are asked, what hangs on an answer, and that nothing is saved that does not fit.

use bianfang_client::{AnswerDraft, AnswersDraft, VisitMore};
use bianfang_domain::questions;
use bianfang_domain::record::Record;
use serde_json::json;

use crate::scene::*;

fn answers(set: &str, version: i64, values: &[(&str, &str)]) -> AnswersDraft {
    let answer =
        |(question, value): &(&str, &str)| AnswerDraft { question: (*question).into(), value: (*value).into() };
    AnswersDraft { set: set.into(), version, person: Some(text(FATHER)), values: values.iter().map(answer).collect() }
}

#[tokio::test]
async fn sets_that_fit_the_person_and_the_work_are_listed_with_their_conditions() {
    let bench = Bench::enrolled().await;
    let own = json!({ "code": "DISABLED", "title": "伤残军人", "version": 3, "division": id(1), "classes": ["DISABLED_SOLDIER"],
        "questions": [{ "id": "a", "kind": "TEXT", "text": "辅具" }] });
    bench.receive(vec![Record { id: questions::id("DISABLED"), ..served("question_set", 1, 30, own) }]).await;
    bench.receive(vec![person(60, 31, "赵六", json!({ "categories": ["DISABLED_SOLDIER"] }))]).await;
    let phone = bench.open().await;
    let listed = async |person: Option<u128>, work: &str| {
        let sets = phone.question_sets(person.map(text), vec![work.into()]).await.unwrap();
        sets.into_iter().map(|set| set.code).collect::<Vec<_>>()
    };
    assert_eq!(listed(Some(FATHER), "ROUND").await, [""; 0]);
    assert_eq!(listed(Some(FATHER), "EMPLOY").await, ["EMPLOYMENT", "TRAINING"]);
    assert_eq!(listed(Some(60), "HARDSHIP").await, ["DISABLED", "HARDSHIP"]);
    assert_eq!(listed(None, "ROUND").await, ["DISABLED"]);
    let sets = phone.question_sets(None, vec!["EMPLOY".into()]).await.unwrap();
    let set = sets.iter().find(|set| set.code == "EMPLOYMENT").unwrap();
    let employer = set.questions.iter().find(|question| question.id == "employer").unwrap();
    assert_eq!((employer.show_if.as_deref(), employer.show_if_is.as_deref()), (Some("state"), Some("EMPLOYED")));
    assert_eq!((set.version, set.questions[0].options[0].code.as_str()), (1, "EMPLOYED"));
}

#[tokio::test]
async fn answers_are_looked_at_before_they_are_saved() {
    let bench = Bench::enrolled().await;
    let phone = bench.open().await;
    let asked = phone.asked(answers("EMPLOYMENT", 1, &[("state", "UNEMPLOYED")])).await.unwrap();
    assert_eq!(asked, ["state", "since", "wants", "income", "support"]);
    let wrong =
        answers("EMPLOYMENT", 1, &[("state", "MOON"), ("income", "许多"), ("employer", "粮站"), ("support", " ")]);
    let mut codes: Vec<(String, Option<String>)> =
        phone.check_answers(wrong.clone()).await.unwrap().into_iter().map(|row| (row.code, row.field)).collect();
    codes.sort();
    let told = |code: &str, question: &str| (code.to_owned(), Some(question.to_owned()));
    assert_eq!(codes, [told("DOES_NOT_FIT", "income"), told("DOES_NOT_FIT", "state"), told("NOT_ASKED", "employer")]);
    let form = phone.new_form().await.unwrap();
    let mut draft = visit(&[(FATHER, "MET")]);
    draft.more = Some(VisitMore { answers: vec![wrong], ..VisitMore::default() });
    phone.keep_draft(&form, draft.clone()).await.unwrap();
    assert_eq!(field(phone.save_visit(&form, draft.clone()).await), "answers");
    assert_eq!(phone.draft(&form).await.unwrap(), Some(draft.clone()), "the form is still there to be mended");
    let right =
        answers("EMPLOYMENT", 1, &[("state", "EMPLOYED"), ("employer", "粮站"), ("income", "3000"), ("support", " ")]);
    assert!(phone.check_answers(right.clone()).await.unwrap().is_empty());
    // What was asked by a set that changed meanwhile is never lost.
    let old = answers("EMPLOYMENT", 9, &[("gone", "是")]);
    assert_eq!(phone.check_answers(old.clone()).await.unwrap()[0].code, "SET_UNKNOWN");
    draft.more = Some(VisitMore { answers: vec![right, old], ..VisitMore::default() });
    let saved = phone.save_visit(&form, draft).await.unwrap();
    phone.close().await.unwrap();
    let contact = bench.store().await.get(saved.id.parse().unwrap()).await.unwrap().unwrap();
    let values = json!({ "state": "EMPLOYED", "employer": "粮站", "income": 3000 });
    assert_eq!(contact.value("answers")[0]["values"], values);
    assert_eq!(contact.value("answers")[1]["values"], json!({ "gone": "是" }));
}
