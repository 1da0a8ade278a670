//! A whole day of a village worker beyond the plain visit: a soldier of the household, the letter that his family shows, a
//! question set answered at the door, two records of one person, and the discharge that makes somebody to be served.

use bianfang_client::{
    AnswerDraft, AnswersDraft, BasisPersonDraft, LetterDraft, LetterStepDraft, PersonLine, Phone, RecordState,
    Relation, UnitDraft, VisitMore,
};
use bianfang_domain::id::RecordId;
use serde_json::json;

use crate::town::{Town, everybody, now_ms, open_cases, sync, visit, write};

fn given(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn soldier(father: &PersonLine) -> BasisPersonDraft {
    BasisPersonDraft {
        basis: given("SERVING"),
        name: given("李小军"),
        household: father.household.clone(),
        enlisted: given("2023-09"),
        relations: vec![Relation { person: father.id.clone(), relation: "父亲".into() }],
        ..BasisPersonDraft::default()
    }
}

fn answers(person: &str, state: &str) -> AnswersDraft {
    let answer = |question: &str, value: &str| AnswerDraft { question: question.into(), value: value.into() };
    let values = vec![answer("state", state), answer("since", "2026-01-31"), answer("wants", "LOCAL")];
    AnswersDraft { set: "EMPLOYMENT".into(), version: 1, person: given(person), values }
}

async fn why(phone: &Phone, person: &str) -> Vec<String> {
    let page = phone.today(0, 500).await.unwrap();
    let row = page.rows.into_iter().find(|row| row.person == person);
    row.into_iter().flat_map(|row| row.due).map(|due| format!("{} {}", due.why, due.code.unwrap_or_default())).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_day_with_a_soldier_a_letter_and_a_question_set_ends_the_same_everywhere() {
    let town = Town::new().await;
    let console = town.bureau.console("clerk").await.unwrap();
    let (one, two) = (town.phone("one").await, town.phone("two").await);
    let people = everybody(&one).await;
    let father = people.iter().find(|row| row.household.is_some() && row.due).unwrap().clone();
    let household = father.household.clone().unwrap();

    // In the morning, without a signal: the soldier and the letter that the family shows.
    let form = one.new_form().await.unwrap();
    let basis = one.new_basis_person(&form, soldier(&father)).await.unwrap();
    let letter = LetterDraft {
        source: "FAMILY".into(),
        level: "THIRD".into(),
        soldier: "李小军".into(),
        basis_person: Some(basis.id.clone()),
        phone: given("13800138000"),
        ..LetterDraft::default()
    };
    let letter = one.new_letter(&one.new_form().await.unwrap(), letter).await.unwrap();
    let step =
        LetterStepDraft { letter: letter.id.clone(), step: "REGISTERED".into(), at_ms: now_ms(), ..Default::default() };
    one.record_letter(&one.new_form().await.unwrap(), step).await.unwrap();
    let unit = UnitDraft {
        unit_kind: given("EMPLOYER"),
        name: given("红旗粮站"),
        division: one.divisions().await.unwrap().into_iter().find(|d| d.level == "VILLAGE").map(|d| d.id),
        phones: vec!["13900139000".into()],
        hiring: given("保管员两名"),
        ..UnitDraft::default()
    };
    let unit = one.new_unit(&one.new_form().await.unwrap(), unit).await.unwrap();
    assert_eq!(why(&one, &father.id).await[0], "MUST MERIT", "the letter asks for a visit");
    sync(&one).await;
    for saved in [&basis, &letter, &unit] {
        assert_eq!(one.state(&saved.id).await.unwrap(), RecordState::Confirmed);
    }
    sync(&two).await;
    assert_eq!(two.basis_persons(&household).await.unwrap()[0].name, "李小军");
    assert_eq!(two.letters("REGISTERED").await.unwrap()[0].soldier, "李小军");
    assert_eq!(two.units("粮站").await.unwrap()[0].phones, ["13900139000"], "for who must call");
    assert_eq!(why(&two, &father.id).await[0], "MUST MERIT");

    // At the door: the set that fits the work, looked at before it is saved.
    let sets = one.question_sets(Some(father.id.clone()), vec!["MERIT".into(), "EMPLOY".into()]).await.unwrap();
    assert_eq!(sets.iter().map(|set| set.code.as_str()).collect::<Vec<_>>(), ["EMPLOYMENT", "TRAINING"]);
    let form = one.new_form().await.unwrap();
    let mut draft = visit(&father.id, "MET");
    draft.work_types = vec!["MERIT".into(), "EMPLOY".into()];
    draft.more = Some(VisitMore { answers: vec![answers(&father.id, "EMPLOYED")], ..VisitMore::default() });
    assert!(one.save_visit(&form, draft.clone()).await.is_err(), "an employed person has no day of losing work");
    draft.more = Some(VisitMore { answers: vec![answers(&father.id, "UNEMPLOYED")], ..VisitMore::default() });
    let seen = one.save_visit(&form, draft).await.unwrap();
    assert!(why(&one, &father.id).await.is_empty());

    // Two records that look like one person: a worker's word waits, and can be taken back.
    let other = people.iter().find(|row| row.id != father.id).unwrap();
    let same = one.say_same(&one.new_form().await.unwrap(), &other.id, &father.id).await.unwrap();
    sync(&one).await;
    assert_eq!(one.state(&seen.id).await.unwrap(), RecordState::Confirmed);
    let held = one.state(&same.id).await.unwrap();
    assert!(matches!(&held, RecordState::Held { zh, .. } if zh.contains("两份资料")), "{held:?}");
    assert_eq!(open_cases(&console).await.iter().filter(|(kind, _)| kind == "MERGE").count(), 1);
    one.void(&same.id, "看错了").await.unwrap();
    sync(&one).await;
    let page = console.get(&format!("/api/v1/people/{}", father.id)).await.unwrap();
    assert_eq!(page["visits"][0]["id"], json!(seen.id));

    // The discharge: the worker proposes it, the county accepts, and somebody to be served stands on every phone.
    let home =
        BasisPersonDraft { basis: given("VETERAN"), discharged: given("2026-03"), ..BasisPersonDraft::default() };
    two.change_basis_person(&basis.id, home).await.unwrap();
    sync(&two).await;
    let settle = json!({ "kind": "basis_person", "target": basis.id, "act": "settle", "part": { "field": "basis" },
        "accept": true, "reason": "退役证" });
    assert_eq!(write(&console, &settle).await["verdict"], json!("accepted"));
    sync(&one).await;
    sync(&two).await;
    let draft = RecordId::derived(&["discharged", &basis.id]).to_string();
    for phone in [&one, &two] {
        let person = phone.person(&draft).await.unwrap();
        assert_eq!((person.row.name.as_str(), person.register.as_str()), ("李小军", "DRAFT"));
        assert_eq!(why(phone, &draft).await, ["MUST RETURNED_HOME"]);
    }
    let mut first = visit(&draft, "MET");
    first.work_types = vec!["MUST".into()];
    first.more = Some(VisitMore { must_trigger: given("RETURNED_HOME"), ..VisitMore::default() });
    two.save_visit(&two.new_form().await.unwrap(), first).await.unwrap();
    sync(&two).await;
    sync(&one).await;
    assert!(why(&one, &draft).await.is_empty(), "visited by a colleague");
}
