//! Code tables: every code once, every name leads to one code, and two desks that edit one table lose nothing.

use std::collections::BTreeSet;

use bianfang_domain::actor::Role;
use bianfang_domain::codes::{self, Codes};
use bianfang_domain::decision::{FieldVerdict, Verdict};
use bianfang_domain::kind;
use bianfang_domain::kind::letter::LEVELS;
use bianfang_domain::kind::letter::step::LetterState;
use bianfang_domain::kind::plaque::request::RequestState;
use bianfang_domain::kind::plaque::{PlaqueAct, PlaqueState};
use bianfang_domain::op::Part;
use bianfang_domain::reason::Reason;
use serde_json::{Value, json};

use crate::county::{COUNTY, County, Phone, TOWN_A, at, id};

fn desk(number: u128) -> Phone {
    let mut desk = Phone::new(number, Role::SectionClerk, COUNTY);
    desk.base = 1_000;
    desk
}

fn county_with(table: &str, desk: &mut Phone) -> County {
    let mut county = County::new();
    county.accepts(&desk.record(at(0, 9), "code_table", codes::id(table), doc(table, json!({}))));
    county
}

fn doc(table: &str, items: Value) -> Value {
    let mut doc = json!({"table": table, "division": id(COUNTY)});
    for (field, value) in items.as_object().unwrap() {
        doc[field] = value.clone();
    }
    doc
}

fn words(county: &County) -> Codes {
    Codes::read(|id| county.records.get(&id))
}

#[test]
fn every_code_stands_once_and_no_name_leads_to_two_codes() {
    let mut tables = BTreeSet::new();
    for table in codes::ALL.iter() {
        assert!(tables.insert(table.name), "{} stands twice", table.name);
        let codes: BTreeSet<&str> = table.items.iter().map(|item| item.code).collect();
        assert_eq!(codes.len(), table.items.len(), "{}", table.name);
        // 户主 is the name and the record of the head of a household: fields are not found by their names.
        for item in table.items.iter().filter(|_| table.name != "FIELD") {
            for name in item.names() {
                assert_eq!(table.code_of(name), Some(item.code), "{} {name}", table.name);
            }
            assert!(!item.en.is_empty() && table.name_of(item.code) == Some(item.zh));
        }
    }
    assert_eq!(codes::code_of("CATEGORY", "烈属"), Some("MARTYR_SURVIVOR"));
    assert_eq!(codes::code_of("PREF", "烈属"), Some("21"));
    assert_eq!((codes::code_of("METHOD", "飞鸽传书"), codes::code_of("NONE", "入户")), (None, None));
}

#[test]
fn every_code_that_rules_know_has_its_words() {
    let known =
        |table: &codes::ShippedTable, code: String| assert!(table.item(&code).is_some(), "{} {code}", table.name);
    let code = |value: Value| value.as_str().unwrap().to_owned();
    PlaqueState::ALL.iter().for_each(|state| known(&codes::PLAQUE_STATE, code(json!(state))));
    for act in [PlaqueAct::Issue, PlaqueAct::New, PlaqueAct::TakeDown, PlaqueAct::Inspect, PlaqueAct::Destroy] {
        known(&codes::PLAQUE_EVENT, code(json!(act)));
    }
    LEVELS.iter().for_each(|level| known(&codes::LETTER_LEVEL, level.code.to_owned()));
    LEVELS.iter().for_each(|level| known(&codes::DELIVERER_LEVEL, level.by.to_owned()));
    [LetterState::Received, LetterState::FedBack].iter().for_each(|s| known(&codes::LETTER_STEP, code(json!(s))));
    [RequestState::Applied, RequestState::Done].iter().for_each(|s| known(&codes::PLAQUE_REQUEST, code(json!(s))));
    kind::ALL.iter().for_each(|kind| known(&codes::RECORD_KIND, kind.name().to_owned()));
    for kind in kind::ALL {
        for cycle in kind.life_cycles().iter().filter(|cycle| ["register", "card_state", "life"].contains(&cycle.field))
        {
            let table = codes::shipped(&cycle.field.to_uppercase()).unwrap();
            cycle.begins.iter().for_each(|state| known(table, (*state).to_owned()));
            cycle.steps.iter().for_each(|step| known(table, step.to.to_owned()));
        }
    }
}

#[test]
fn a_bureau_renames_hides_and_adds_and_the_rest_stays_as_shipped() {
    let (mut county, mut clerk) = (County::new(), desk(1));
    let items = json!({"items/HOLIDAY": {"name": "走访慰问活动"}, "items/CARD": {"hidden": true}, "items/PARK": {"name": "烈士陵园", "en": "Cemetery"}});
    county.accepts(&clerk.record(at(0, 9), "code_table", codes::id("WORK_TYPE"), doc("WORK_TYPE", items)));
    let codes = words(&county);
    let table = &codes::WORK_TYPE;
    assert_eq!((codes.word(table, "HOLIDAY"), codes.word(table, "ROUND")), ("走访慰问活动", "遍访"));
    assert_eq!((codes.word(table, "PARK"), codes.word(table, "OF_TOMORROW")), ("烈士陵园", "OF_TOMORROW"));
    let item = |code: &str| codes.items(table).iter().find(|item| item.code == code).cloned().unwrap();
    assert!(item("CARD").hidden && !item("ROUND").hidden);
    // Renamed: the shipped English may mean something else now.
    assert_eq!((item("HOLIDAY").en.as_str(), item("PARK").en.as_str()), ("走访慰问活动", "Cemetery"));
    assert_eq!(codes.items(table).last().unwrap().code, "PARK");
    // The old name still leads to the code: sheets of last year are imported too.
    assert_eq!(codes.code_of(table, "走访慰问活动"), Some("HOLIDAY"));
    assert_eq!((codes.code_of(table, "慰问"), codes.code_of(table, "烈士陵园")), (Some("HOLIDAY"), Some("PARK")));
    assert_eq!(words(&County::new()).word(table, "HOLIDAY"), "节日慰问");
}

#[test]
fn what_is_no_item_is_refused_and_only_the_county_writes() {
    let (mut county, mut clerk) = (County::new(), desk(1));
    let target = codes::id("METHOD");
    let wrong = [
        // The rule of coverage reads methods: the bureau cannot invent one.
        ("METHOD", json!({"items/PIGEON": {"name": "飞鸽传书"}}), "items/PIGEON"),
        ("METHOD", json!({"items/HOME": {"name": " "}}), "items/HOME"),
        ("METHOD", json!({"items/HOME": {"name": "长".repeat(41)}}), "items/HOME"),
        ("METHOD", json!({"items/HOME": "入户"}), "items/HOME"),
        ("WORK_TYPE", json!({"items/park": {"name": "陵园"}}), "items/park"),
        ("WORK_TYPE", json!({"items/PARK": {"hidden": true}}), "items/PARK"),
        ("WORK_TYPE", json!({"items/PARK": {"name": "慰问99123部队"}}), "items/PARK"),
        ("WORK_TYPE", json!({"items": []}), "items"),
    ];
    for (table, items, field) in wrong {
        let decision = county.take(&clerk.record(at(0, 9), "code_table", target, doc(table, items)));
        assert_eq!((decision.verdict, decision.field.as_deref()), (Verdict::Refused, Some(field)));
    }
    let mut town = Phone::reviewer();
    town.actor.scope = vec![id(COUNTY), id(TOWN_A)];
    let decision = county.take(&town.record(at(0, 9), "code_table", target, doc("METHOD", json!({}))));
    assert_eq!((decision.verdict, decision.reason), (Verdict::Refused, Some(Reason::NotAllowed)));
}

#[test]
fn a_code_never_goes_away() {
    let mut clerk = desk(1);
    let mut county = county_with("TAG", &mut clerk);
    let target = codes::id("TAG");
    county.accepts(&clerk.change(at(0, 10), "code_table", target, json!({"items/FLOOD": {"name": "受灾"}})));
    let decision = county.take(&clerk.change(at(0, 11), "code_table", target, json!({"items/FLOOD": null})));
    assert_eq!((decision.reason, decision.field.as_deref()), (Some(Reason::CodeInUse), Some("items/FLOOD")));
    county.accepts(&clerk.change(
        at(0, 12),
        "code_table",
        target,
        json!({"items/FLOOD": {"name": "受灾", "hidden": true}}),
    ));
    assert_eq!(words(&county).word(&codes::TAG, "FLOOD"), "受灾");
}

#[test]
fn two_desks_that_edit_two_items_merge_in_either_order() {
    for second_first in [false, true] {
        let (mut one, mut two) = (desk(1), desk(2));
        let mut county = county_with("WORK_TYPE", &mut one);
        let seen = county.get(codes::id("WORK_TYPE")).revision;
        (one.base, two.base) = (seen, seen);
        let target = codes::id("WORK_TYPE");
        let mut edits = [
            one.change(at(0, 10), "code_table", target, json!({"items/ROUND": {"name": "常态化走访"}})),
            two.change(at(0, 10), "code_table", target, json!({"items/CARD": {"name": "优待证办理"}})),
        ];
        if second_first {
            edits.reverse();
        }
        let verdicts: Vec<Verdict> = edits.iter().map(|edit| county.take(edit).verdict).collect();
        assert_eq!(verdicts, [Verdict::Accepted, Verdict::Merged]);
        let codes = words(&county);
        let said = |code| codes.word(&codes::WORK_TYPE, code).to_owned();
        assert_eq!((said("ROUND"), said("CARD")), ("常态化走访".into(), "优待证办理".into()));
    }
}

#[test]
fn two_desks_that_rename_one_item_come_to_a_conflict_that_one_settles() {
    let (mut one, mut two) = (desk(1), desk(2));
    let mut county = county_with("WORK_TYPE", &mut one);
    let target = codes::id("WORK_TYPE");
    let seen = county.get(target).revision;
    (one.base, two.base) = (seen, seen);
    county.accepts(&one.change(at(0, 10), "code_table", target, json!({"items/ROUND": {"name": "甲"}})));
    let decision = county.take(&two.change(at(0, 11), "code_table", target, json!({"items/ROUND": {"name": "乙"}})));
    assert_eq!(decision.verdict, Verdict::Conflict);
    assert_eq!(decision.fields.get("items/ROUND"), Some(&FieldVerdict::Conflict));
    assert_eq!(words(&county).word(&codes::WORK_TYPE, "ROUND"), "乙");
    let part = Part::Field("items/ROUND".into());
    assert_eq!(county.get(target).beside(&part).unwrap().value, json!({"name": "甲"}));
    county.accepts(&one.settle(at(0, 12), "code_table", target, part, true));
    assert_eq!(words(&county).word(&codes::WORK_TYPE, "ROUND"), "甲");
}
