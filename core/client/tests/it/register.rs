//! What a village worker enters of the register without a signal: basis persons, units, letters, who is one person.

use bianfang_client::{BasisPersonDraft, LetterDraft, LetterStepDraft, RecordState, Relation, UnitDraft};
use bianfang_domain::decision::Verdict;
use bianfang_domain::op::Part;
use bianfang_domain::reason::Reason;
use serde_json::json;

use crate::invariants::typed;
use crate::scene::*;

fn given(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn soldier() -> BasisPersonDraft {
    let relations = vec![Relation { person: text(FATHER), relation: "父亲".into() }];
    BasisPersonDraft {
        basis: given("SERVING"),
        name: given("张•小三"),
        household: Some(text(HOUSEHOLD)),
        enlisted: given("2023-09"),
        relations,
        ..BasisPersonDraft::default()
    }
}

#[tokio::test]
async fn a_basis_person_is_entered_once_and_changed_by_what_differs() {
    let bench = Bench::enrolled().await;
    let phone = bench.open().await;
    let form = phone.new_form().await.unwrap();
    let saved = phone.new_basis_person(&form, soldier()).await.unwrap();
    assert_eq!(phone.new_basis_person(&form, soldier()).await.unwrap(), saved, "a tap that was repeated");
    let rows = phone.basis_persons(&text(HOUSEHOLD)).await.unwrap();
    assert_eq!(rows.len(), 1);
    assert_eq!((rows[0].name.as_str(), rows[0].basis.as_str()), ("张·小三", "SERVING"));
    assert_eq!(rows[0].relations, [Relation { person: text(FATHER), relation: "父亲".into() }]);
    let mother = Relation { person: text(MOTHER), relation: "母亲".into() };
    let change = BasisPersonDraft {
        name: given("张·小三"),
        enlisted: given("2023-10"),
        relations: vec![mother.clone()],
        ..BasisPersonDraft::default()
    };
    phone.change_basis_person(&saved.id, change).await.unwrap();
    let rows = phone.basis_persons(&text(HOUSEHOLD)).await.unwrap();
    assert_eq!((rows[0].enlisted.as_deref(), rows[0].relations.len()), (Some("2023-10"), 2));
    assert!(rows[0].beside.is_empty(), "an unchanged name is not proposed anew: {:?}", rows[0].beside);
    let home =
        BasisPersonDraft { basis: given("VETERAN"), discharged: given("2026-06"), ..BasisPersonDraft::default() };
    phone.change_basis_person(&saved.id, home).await.unwrap();
    let rows = phone.basis_persons(&text(HOUSEHOLD)).await.unwrap();
    let waits: Vec<(&str, &str)> = rows[0].beside.iter().map(|b| (b.field.as_str(), b.why.as_str())).collect();
    assert_eq!((rows[0].basis.as_str(), waits), ("SERVING", vec![("basis", "PROPOSED")]), "the township says so");
    let unit = BasisPersonDraft { certificate_no: given("61234部队3号"), ..BasisPersonDraft::default() };
    assert_eq!(field(phone.change_basis_person(&saved.id, unit).await), "certificate_no");
    let nobody = BasisPersonDraft { name: given(" "), ..soldier() };
    assert_eq!(field(phone.new_basis_person(&phone.new_form().await.unwrap(), nobody).await), "name");
    let early = BasisPersonDraft { discharged: given("2020-01"), ..soldier() };
    let early = phone.new_basis_person(&phone.new_form().await.unwrap(), early).await.unwrap();
    let rows = phone.basis_persons(&text(HOUSEHOLD)).await.unwrap();
    let row = rows.iter().find(|row| row.id == early.id).unwrap();
    assert!(row.beside.iter().any(|beside| beside.why == "HELD" && beside.zh.is_some()), "{:?}", row.beside);
}

#[tokio::test]
async fn a_unit_has_an_alias_a_masked_number_and_what_it_looks_for() {
    let bench = Bench::enrolled().await;
    let phone = bench.open().await;
    let unit = |name: &str| UnitDraft {
        unit_kind: given("FORCES"),
        name: given(name),
        division: Some(text(VILLAGE)),
        phones: vec!["0476-5550000".into()],
        ..UnitDraft::default()
    };
    assert_eq!(field(phone.new_unit(&phone.new_form().await.unwrap(), unit("61234部队")).await), "name");
    let saved = phone.new_unit(&phone.new_form().await.unwrap(), unit("驻军一")).await.unwrap();
    let change = UnitDraft { hiring: given("保安两名"), name: given("驻军二"), ..UnitDraft::default() };
    phone.change_unit(&saved.id, change).await.unwrap();
    let units = phone.units("驻军").await.unwrap();
    assert_eq!(units.len(), 1);
    assert_eq!((units[0].name.as_str(), units[0].hiring.as_deref()), ("驻军一", Some("保安两名")));
    assert_eq!((units[0].phones.as_slice(), units[0].beside.len()), (&["0476-5550000".to_owned()][..], 1));
    assert!(phone.units("公安").await.unwrap().is_empty());
    assert!(phone.change_unit(&text(FATHER), UnitDraft::default()).await.is_err(), "a person is no unit");
}

#[tokio::test]
async fn two_records_stand_side_by_side_and_a_workers_word_waits_for_the_township() {
    let bench = Bench::enrolled().await;
    bench.receive(vec![person(60, 9, "张建国", json!({ "birth": "1950-01-01", "rank": "班长" }))]).await;
    let phone = bench.open().await;
    let form = phone.new_form().await.unwrap();
    assert_eq!(field(phone.say_same(&form, &text(FATHER), &text(FATHER)).await), "kept");
    assert!(phone.say_same(&form, &text(HOUSEHOLD), &text(FATHER)).await.is_err());
    let saved = phone.say_same(&form, &text(60), &text(FATHER)).await.unwrap();
    let pair = phone.compare(&text(FATHER), &text(60)).await.unwrap();
    assert_eq!((pair.one.row.name.as_str(), pair.other.row.name.as_str()), ("张建国", "张建国"));
    assert_eq!(pair.said.iter().map(|said| (&said.id, said.voided)).collect::<Vec<_>>(), [(&saved.id, false)]);
    assert!(pair.differ.is_empty(), "what only one says is no difference: {:?}", pair.differ);
    assert!(phone.compare(&text(FATHER), &text(MOTHER)).await.unwrap().said.is_empty());
    phone.void(&saved.id, "看错了").await.unwrap();
    assert!(phone.same(&text(60)).await.unwrap()[0].voided);
    phone.close().await.unwrap();
    let fact = bench.store().await.get(saved.id.parse().unwrap()).await.unwrap().unwrap();
    assert!(fact.meta.voided.is_some());
}

#[tokio::test]
async fn a_workers_word_that_two_are_one_is_held_with_its_reason() {
    let bench = Bench::enrolled().await;
    let phone = bench.open().await;
    let saved = phone.say_same(&phone.new_form().await.unwrap(), &text(MOTHER), &text(FATHER)).await.unwrap();
    phone.close().await.unwrap();
    let fact = bench.store().await.get(saved.id.parse().unwrap()).await.unwrap().unwrap();
    assert_eq!(fact.held_for(&Part::Of(id(MOTHER))), Some(Reason::ReviewerMerges));
}

#[tokio::test]
async fn a_letter_that_the_family_shows_asks_for_a_visit_and_is_registered() {
    let bench = Bench::enrolled().await;
    let phone = bench.open().await;
    let soldier = phone.new_basis_person(&phone.new_form().await.unwrap(), soldier()).await.unwrap();
    let letter = LetterDraft {
        source: "FAMILY".into(),
        level: "THIRD".into(),
        soldier: "张小三".into(),
        basis_person: Some(soldier.id),
        family_name: given("张建国"),
        phone: given("13800138000"),
        received_on: given("2026-06-30"),
        ..LetterDraft::default()
    };
    let official = LetterDraft { source: "TROOPS".into(), ..letter.clone() };
    assert_eq!(field(phone.new_letter(&phone.new_form().await.unwrap(), official).await), "source");
    let day = LetterDraft { received_on: given("昨天"), ..letter.clone() };
    assert_eq!(field(phone.new_letter(&phone.new_form().await.unwrap(), day).await), "received_on");
    let form = phone.new_form().await.unwrap();
    phone.add_photo(&form, &bench.photo(3)).await.unwrap();
    let saved = phone.new_letter(&form, letter.clone()).await.unwrap();
    assert_eq!(phone.new_letter(&form, letter).await.unwrap().id, saved.id, "a tap that was repeated");
    let step =
        LetterStepDraft { letter: saved.id.clone(), step: "REGISTERED".into(), at_ms: NOW, ..Default::default() };
    phone.record_letter(&phone.new_form().await.unwrap(), step).await.unwrap();
    let letters = phone.letters("REGISTERED").await.unwrap();
    assert_eq!((letters.len(), letters[0].soldier.as_str()), (1, "张小三"));
    let page = phone.today(0, 9).await.unwrap();
    let due = &page.rows[0].due[0];
    assert_eq!(
        (due.why.as_str(), due.code.as_deref(), due.record.as_deref()),
        ("MUST", Some("MERIT"), Some(&*saved.id))
    );
    phone
        .save_visit(&phone.new_form().await.unwrap(), visit(&[(FATHER, "MET"), (MOTHER, "MET_FAMILY")]))
        .await
        .unwrap();
    assert!(phone.today(0, 9).await.unwrap().rows.is_empty(), "any visit of the family");
    assert_eq!(phone.state(&saved.id).await.unwrap(), RecordState::Saved);
    phone.close().await.unwrap();
    let store = bench.store().await;
    let letter = store.get(saved.id.parse().unwrap()).await.unwrap().unwrap();
    assert_eq!(letter.value("division"), &json!(text(VILLAGE)));
    assert_eq!((letter.value("household"), letter.value("phone")), (&json!(text(HOUSEHOLD)), &json!("***")));
    assert!(letter.sealed.get("phone").is_some_and(|sealed| !sealed.contains("13800138000")));
}

/// Of a birth that was typed on it a phone keeps the month: the day goes to the county, sealed like a number, and neither the
/// outbox nor any list holds it, before the answer and after.
#[tokio::test]
async fn a_typed_birth_leaves_the_month_on_the_phone() {
    let bench = Bench::enrolled().await;
    let phone = bench.open().await;
    let village = text(VILLAGE);
    let number = "11010519491231002X";
    let new =
        typed(&[("name", "李宝山"), ("living_division", &village), ("id_number", number), ("birth", "1949-12-31")]);
    let saved = phone.new_person(&phone.new_form().await.unwrap(), new).await.unwrap();
    phone.change_person(&text(FATHER), typed(&[("birth", "1949-12-31")])).await.unwrap();
    // A year or a month is no secret, and what is no date is told as it was typed.
    phone.change_person(&text(MOTHER), typed(&[("birth", "1950")])).await.unwrap();
    assert_eq!(phone.person(&saved.id).await.unwrap().row.birth.as_deref(), Some("1949-12"));
    phone.close().await.unwrap();
    for answered in [false, true] {
        if answered {
            bench.answer(Verdict::Accepted, None).await;
        }
        let all = crate::sized::decrypted(&bench).await;
        assert!(all.contains("1949-12") && all.contains("1101************2X") && all.contains("李宝山"));
        for secret in ["1949-12-31", "19491231", "002X", number] {
            assert!(!all.contains(secret), "{secret}, answered: {answered}");
        }
    }
    let store = bench.store().await;
    let person = store.get(saved.id.parse().unwrap()).await.unwrap().unwrap();
    assert!(person.sealed.contains_key("birth"), "the county has it");
}
