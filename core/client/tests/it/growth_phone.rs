//! The calls of the phone that are measured at two sizes: all that screens ask, and a save of every form. What they speak of is
//! of the first people, of whom every phone has as much.

use bianfang_client::{
    AnswersDraft, BasisPersonDraft, DelivererDraft, FieldDraft, HouseholdDraft, LetterDraft, LetterStepDraft,
    MergeDraft, MoveDraft, PeopleQuery, PersonDraft, Phone, PlaqueDraft, PlaqueOpinionDraft, PlaqueRequestDraft,
    SplitDraft, UnitDraft,
};

use crate::growth::Meter;
use crate::scene::*;
use crate::sized::{HOME, LETTER, MARK, PERSON, REQUEST, VISIT, first, village, visited};

/// The phone, with every connection of its store open.
async fn phone(bench: &Bench) -> &'static Phone {
    let phone = bench.open().await;
    let read = || phone.codes();
    let (one, two, three) = tokio::join!(read(), read(), read());
    assert!(one.is_ok() && two.is_ok() && three.is_ok());
    phone
}

pub async fn phone_reads(bench: &Bench, meter: &mut Meter) {
    let phone = phone(bench).await;
    let (person, home, visit) = (first(PERSON, 0).to_string(), first(HOME, 0).to_string(), first(VISIT, 0).to_string());
    let query = || PeopleQuery { limit: 50, ..PeopleQuery::default() };
    meter.of("profile", phone.profile()).await;
    meter.of("divisions", phone.divisions()).await;
    meter.of("codes", phone.codes()).await;
    meter.of("status", phone.status()).await;
    meter.of("today", phone.today(0, 50)).await;
    let page = meter.of("people", phone.people(query())).await;
    meter.of("people after", phone.people(PeopleQuery { after: page.next, ..query() })).await;
    meter.of("people search", phone.people(PeopleQuery { search: MARK.into(), ..query() })).await;
    let here = Some(village(0).to_string());
    meter.of("people of a village", phone.people(PeopleQuery { village: here, ..query() })).await;
    meter.of("person", phone.person(&person)).await;
    meter.of("household", phone.household(&home)).await;
    meter.of("basis_persons", phone.basis_persons(&home)).await;
    meter.of("compare", phone.compare(&first(PERSON, 7).to_string(), &first(PERSON, 8).to_string())).await;
    meter.of("same", phone.same(&first(PERSON, 8).to_string())).await;
    meter.of("units", phone.units("")).await;
    meter.of("letters", phone.letters("")).await;
    meter.of("plaque_lots", phone.plaque_lots()).await;
    meter.of("plaque_requests", phone.plaque_requests()).await;
    meter.of("question_sets", phone.question_sets(Some(person.clone()), vec!["ROUND".into()])).await;
    let answers = AnswersDraft { set: id(1).to_string(), version: 1, person: None, values: Vec::new() };
    meter.of("check_answers", phone.check_answers(answers)).await;
    meter.of("check_person", phone.check_person(Some(person), PersonDraft::default())).await;
    meter.of("letter_warnings", phone.letter_warnings(delivered())).await;
    meter.of("state", phone.state(&visit)).await;
    meter.of("receipts", phone.receipts(&visit)).await;
    meter.of("troubles", phone.troubles()).await;
    let drafts = meter.of("drafts", phone.drafts()).await;
    meter.of("draft", phone.draft(&drafts[0].form)).await;
    meter.of("photos", phone.photos(&drafts[0].form)).await;
    phone.close().await.unwrap();
}

fn delivered() -> LetterStepDraft {
    let by = DelivererDraft { name: "王五".into(), of: Some("BUREAU".into()), level: Some("VILLAGE".into()) };
    LetterStepDraft {
        letter: first(LETTER, 0).to_string(),
        step: "DELIVERED".into(),
        at_ms: NOW,
        delivered_by: vec![by],
        signature: Some("家属".into()),
        ..LetterStepDraft::default()
    }
}

fn typed(fields: &[(&str, &str)]) -> PersonDraft {
    let field = |(field, value): &(&str, &str)| FieldDraft {
        field: (*field).into(),
        value: Some((*value).into()),
        ..FieldDraft::default()
    };
    PersonDraft { fields: fields.iter().map(field).collect(), since: None }
}

pub async fn phone_saves(bench: &Bench, meter: &mut Meter) {
    let phone = phone(bench).await;
    let (person, home) = (first(PERSON, 0).to_string(), first(HOME, 0).to_string());
    let form = async || phone.new_form().await.unwrap();
    let taken = form().await;
    meter.of("keep_draft", phone.keep_draft(&taken, visited(0))).await;
    meter.of("add_photo", phone.add_photo(&taken, &bench.photo(11))).await;
    let visit = meter.of("save_visit", phone.save_visit(&taken, visited(0))).await;
    let to = first(PERSON, 1).to_string();
    meter.of("retarget", phone.retarget(&visit.id, &person, &to, "认错人")).await;
    meter.of("void", phone.void(&visit.id, "写错")).await;
    let half = form().await;
    phone.keep_draft(&half, visited(0)).await.unwrap();
    let photo = phone.add_photo(&half, &bench.photo(12)).await.unwrap();
    meter.of("remove_photo", phone.remove_photo(&half, &photo.sha256)).await;
    meter.of("discard", phone.discard(&half)).await;
    meter.of("snooze", phone.snooze(&person, "2026-08-01", "外出")).await;
    meter.of("take", phone.take(&home)).await;
    meter.of("assign", phone.assign(&person, "HOSPITAL", None)).await;
    let here = village(0).to_string();
    let new = typed(&[("name", "李四"), ("living_division", &here)]);
    meter.of("new_person", phone.new_person(&form().await, new)).await;
    meter.of("change_person", phone.change_person(&person, typed(&[("birth", "1951-02-03")]))).await;
    let draft =
        HouseholdDraft { household: home.clone(), way_note: Some("桥头".into()), ..HouseholdDraft::default() };
    meter.of("change_household", phone.change_household(draft)).await;
    let hung = PlaqueDraft { household: first(HOME, 3).to_string(), ..event("NEW", PlaqueDraft::default()) };
    meter.of("record_plaque", phone.record_plaque(&form().await, hung)).await;
    let asked = PlaqueRequestDraft {
        household: home.clone(),
        ask: "NEW".into(),
        at_ms: NOW,
        applicant: "张三".into(),
        ..PlaqueRequestDraft::default()
    };
    meter.of("request_plaque", phone.request_plaque(&form().await, asked)).await;
    let opinion = PlaqueOpinionDraft {
        request: first(REQUEST, 0).to_string(),
        step: "VILLAGE".into(),
        opinion: "同意".into(),
        by: None,
        at_ms: NOW,
    };
    meter.of("give_opinion", phone.give_opinion(&form().await, opinion)).await;
    let letter = LetterDraft {
        source: "FAMILY".into(),
        level: "THIRD".into(),
        soldier: "张三".into(),
        household: Some(home.clone()),
        division: Some(here.clone()),
        ..LetterDraft::default()
    };
    meter.of("new_letter", phone.new_letter(&form().await, letter)).await;
    meter.of("record_letter", phone.record_letter(&form().await, delivered())).await;
    let soldier = BasisPersonDraft {
        basis: Some("SERVING".into()),
        name: Some("张三".into()),
        household: Some(home.clone()),
        ..BasisPersonDraft::default()
    };
    let soldier = meter.of("new_basis_person", phone.new_basis_person(&form().await, soldier)).await;
    let later = BasisPersonDraft { enlisted: Some("2023-09".into()), ..BasisPersonDraft::default() };
    meter.of("change_basis_person", phone.change_basis_person(&soldier.id, later)).await;
    let unit = UnitDraft {
        unit_kind: Some("EMPLOYER".into()),
        name: Some("厂".into()),
        division: Some(here),
        ..UnitDraft::default()
    };
    let unit = meter.of("new_unit", phone.new_unit(&form().await, unit)).await;
    let hiring = UnitDraft { hiring: Some("两人".into()), ..UnitDraft::default() };
    meter.of("change_unit", phone.change_unit(&unit.id, hiring)).await;
    let (one, other) = (first(PERSON, 3).to_string(), first(PERSON, 4).to_string());
    meter.of("say_same", phone.say_same(&form().await, &one, &other)).await;
    let split = SplitDraft {
        household: home.clone(),
        head_name: "张五".into(),
        address: None,
        members: vec![first(PERSON, 2).to_string()],
    };
    let new = meter.of("split_household", phone.split_household(&form().await, split)).await;
    let into = MergeDraft { household: new.id, into: home.clone() };
    meter.of("merge_household", phone.merge_household(into)).await;
    let moved = MoveDraft { household: home, village: village(1).to_string(), address: "新区".into(), since: None };
    meter.of("move_household", phone.move_household(moved)).await;
    phone.close().await.unwrap();
}
