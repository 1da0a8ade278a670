//! Question sets: what may be asked, and that no answer is ever lost.

use bianfang_domain::decision::Verdict;
use bianfang_domain::questions::{self, Hint, LONGEST};
use bianfang_domain::reason::Reason;
use serde_json::{Value, json};

use crate::county::{COUNTY, County, Phone, TOWN_A, VILLAGE_A1, at, id};

fn set(questions: Value) -> Value {
    json!({"code": "MINE", "title": "本县问卷", "version": 1, "division": id(COUNTY), "questions": questions})
}

#[test]
fn the_three_shipped_sets_are_sound() {
    let shipped = questions::shipped();
    let codes: Vec<&str> = shipped.iter().map(|set| set.code.as_str()).collect();
    assert_eq!(codes, ["EMPLOYMENT", "TRAINING", "HARDSHIP"]);
    assert!(shipped.iter().all(questions::QuestionSet::is_sound));
}

#[test]
fn only_the_county_writes_a_set_and_only_a_sound_one() {
    let mut county = County::new();
    let text = |name: &str| json!({"id": name, "kind": "TEXT", "text": "题"});
    let many = |count: usize| (0..count).map(|n| text(&format!("q{n}"))).collect::<Vec<_>>();
    let wrong = [
        json!([]),
        json!(many(LONGEST + 1)),
        json!([text("a"), text("a")]),
        json!([{"id": "a", "kind": "CHOICE", "text": "题", "options": [{"code": "A", "text": "甲"}]}]),
        json!([{"id": "a", "kind": "TEXT", "text": "题", "show_if": {"question": "b", "is": "A"}}, text("b")]),
    ];
    let mut clerk = Phone::clerk();
    for questions in wrong {
        let decision = county.take(&clerk.record(at(0, 9), "question_set", questions::id("MINE"), set(questions)));
        assert_eq!((decision.verdict, decision.field.as_deref()), (Verdict::Refused, Some("questions")));
    }
    let mut town = Phone::reviewer();
    town.actor.scope = vec![id(COUNTY), id(TOWN_A)];
    let doc = set(json!(many(LONGEST)));
    let decision = county.take(&town.record(at(0, 9), "question_set", questions::id("MINE"), doc.clone()));
    assert_eq!((decision.verdict, decision.reason), (Verdict::Refused, Some(Reason::NotAllowed)));
    county.accepts(&clerk.record(at(0, 9), "question_set", questions::id("MINE"), doc));
    assert_eq!(questions::find("MINE", county.records.get(&questions::id("MINE"))).unwrap().questions.len(), LONGEST);
}

#[test]
fn answers_that_do_not_fit_are_kept_and_hinted() {
    let mut county = County::new();
    let person = county.person(1, VILLAGE_A1);
    let answer = |set: &str, version: i64, values: Value| json!({"set": set, "version": version, "person": person, "values": values});
    let answers = json!([
        answer("EMPLOYMENT", 1, json!({"state": "EMPLOYED", "employer": "粮站", "income": 3000})),
        answer(
            "EMPLOYMENT",
            1,
            json!({"state": "ON_THE_MOON", "since": "2026-13-01", "wants": "LOCAL", "nobody_asked": 1})
        ),
        answer("EMPLOYMENT", 2, json!({"state": "EMPLOYED"})),
    ]);
    let doc =
        json!({"at": at(0, 9), "method": "HOME", "entries": [{"person": person, "result": "MET"}], "answers": answers});
    county.accepts(&Phone::worker(1, VILLAGE_A1).record(at(0, 9), "contact", id(0x500), doc));
    let contact = county.get(id(0x500));
    assert_eq!(contact.value("answers"), &answers);
    let of = |question: &str| question.to_owned();
    let expected = [
        Hint::QuestionUnknown { question: of("nobody_asked") },
        Hint::DoesNotFit { question: of("since") },
        Hint::DoesNotFit { question: of("state") },
        Hint::NotAsked { question: of("wants") },
        Hint::SetUnknown { set: of("EMPLOYMENT") },
    ];
    assert_eq!(questions::hints(contact, |code| questions::find(code, None)), expected);
}

#[test]
fn a_set_is_asked_of_whom_it_fits_and_a_hidden_question_asks_nothing_further() {
    let all = questions::shipped();
    let codes = |list: &[&str]| list.iter().map(|code| (*code).to_owned()).collect::<Vec<_>>();
    let fitting = |work: &[&str]| all.iter().filter(|set| set.fits(&codes(work), &[])).count();
    assert_eq!((fitting(&["ROUND"]), fitting(&["EMPLOY"]), fitting(&["COLLECT", "ROUND"])), (0, 2, 3));
    let doc = json!({"code": "MINE", "title": "本县", "version": 1, "classes": ["DISABLED"], "questions": [
        {"id": "a", "kind": "TEXT", "text": "一"},
        {"id": "b", "kind": "TEXT", "text": "二", "show_if": {"question": "a", "is": "x"}},
        {"id": "c", "kind": "TEXT", "text": "三", "show_if": {"question": "b", "is": "y"}}]});
    let set = questions::read(doc.as_object().unwrap()).unwrap();
    assert!(set.fits(&[], &codes(&["DISABLED"])) && !set.fits(&codes(&["ROUND"]), &codes(&["KEY"])));
    let asked = |values: Value| {
        let values = values.as_object().unwrap();
        (set.asked(values).iter().map(|question| question.id.clone()).collect::<String>(), set.hints(values).len())
    };
    assert_eq!(asked(json!({})), ("a".into(), 0));
    assert_eq!(asked(json!({"a": "x", "b": "y", "c": "z"})), ("abc".into(), 0));
    assert_eq!(
        asked(json!({"a": "no", "b": "y", "c": "z"})),
        ("a".into(), 2),
        "what hangs on a hidden answer is hidden"
    );
}

#[test]
fn a_bureaus_own_set_takes_the_place_of_the_shipped_one() {
    let mut county = County::new();
    let mut doc = set(json!([{"id": "a", "kind": "TEXT", "text": "题"}]));
    doc["code"] = json!("TRAINING");
    county.accepts(&Phone::clerk().record(at(0, 9), "question_set", questions::id("TRAINING"), doc));
    let all = questions::all(county.records.values().filter(|record| record.kind == "question_set"));
    let titles: Vec<&str> = all.iter().map(|set| set.title.as_str()).collect();
    assert_eq!(titles, ["就业创业普查", "困难摸底", "本县问卷"]);
}
