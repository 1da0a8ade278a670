//! Merit letters: delivered once by whoever arrives first (invariant 11), moved on with a reason, entered once.

use std::collections::BTreeSet;

use bianfang_domain::decision::{Case, CaseKind, Verdict};
use bianfang_domain::id::RecordId;
use bianfang_domain::kind::letter::LEVELS;
use bianfang_domain::kind::letter::step::{LetterState, LetterWarning, TABLE, standing, warnings};
use bianfang_domain::op::Part;
use bianfang_domain::projection::Cell;
use bianfang_domain::reason::Reason;
use bianfang_domain::time::Day;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::county::{COUNTY, County, Phone, Sent, TOWN_B, VILLAGE_A1, VILLAGE_B1, at, day, fields, id, orders};

const LETTER: u128 = 0xD00;

fn letter(number: &str, village: u128) -> Value {
    json!({"source": "PAFD", "notice_no": number, "level": "THIRD", "soldier": "张三", "division": id(village)})
}

fn county() -> County {
    let mut county = County::new();
    county.accepts(&Phone::new(0x71, bianfang_domain::actor::Role::SectionClerk, COUNTY).record(
        at(-5, 9),
        "letter",
        id(LETTER),
        letter("2026-017", VILLAGE_A1),
    ));
    county
}

fn step(phone: &mut Phone, when: i64, fact: u128, step: &str, more: Value) -> Sent {
    let mut doc = fields(json!({"letter": id(LETTER), "step": step, "at": when}));
    if step == "DELIVERED" {
        doc.extend(fields(json!({"delivered_by": [{"name": "王五", "of": "BUREAU", "level": "COUNTY"},
            {"name": "赵六", "of": "PAFD", "level": "COUNTY"}], "signature": "sha", "award_fen": 200_000, "goods_fen": 30_000})));
    }
    if matches!(step, "TRANSFERRED" | "UNDELIVERABLE") {
        doc.extend(fields(json!({"reason": "父母已迁居", "to_county": "邻县"})));
    }
    doc.extend(fields(more));
    phone.record(when, "letter_step", id(fact), Value::Object(doc))
}

#[test]
fn a_village_worker_enters_what_the_family_shows_and_nothing_that_came_officially() {
    let mut county = County::new();
    let mut worker = Phone::worker(1, VILLAGE_A1);
    let mut doc = letter("2026-018", VILLAGE_A1);
    let refused = county.take(&worker.record(at(0, 9), "letter", id(LETTER), doc.clone()));
    assert_eq!((refused.reason, refused.field.as_deref()), (Some(Reason::LetterSource), Some("source")));
    doc["source"] = json!("FAMILY");
    county.accepts(&worker.record(at(0, 10), "letter", id(LETTER), doc));
    county.accepts(&step(&mut worker, at(0, 11), 0xD10, "REGISTERED", json!({})));
    assert_eq!(stands(&county), LetterState::Registered);
    let official = worker.change(at(0, 12), "letter", id(LETTER), json!({"source": "TROOPS"}));
    assert_eq!(county.take(&official).verdict, Verdict::Proposed);
}

#[test]
fn a_letter_asks_for_a_visit_until_it_leaves_and_from_its_delivery_once_delivered() {
    let asks = |county: &County| {
        let rows = county.rows();
        rows.iter().find(|row| row.table == "letter").unwrap().cells.last().unwrap().clone()
    };
    let mut county = county();
    let mut town = Phone::new(0x50, bianfang_domain::actor::Role::TownReviewer, COUNTY);
    assert_eq!(asks(&county), Cell::from(day(-5)));
    let delivered = step(&mut town, at(3, 9), 0xD10, "DELIVERED", json!({}));
    county.accepts(&delivered);
    assert_eq!(asks(&county), Cell::from(day(3)));
    county.accepts(&town.void(at(3, 10), "letter_step", id(0xD10)));
    county.accepts(&step(&mut town, at(4, 9), 0xD11, "TRANSFERRED", json!({})));
    assert_eq!(asks(&county), Cell::from(None::<Day>));
}

fn stands(county: &County) -> LetterState {
    standing(id(LETTER), &county.world()).state
}

fn held(county: &County) -> BTreeSet<(RecordId, Reason)> {
    county.held().into_iter().map(|(fact, _, reason)| (fact, reason)).collect()
}

fn agree(sent: &[Sent]) -> County {
    let mut seen: Option<County> = None;
    for order in orders(sent) {
        let mut county = county();
        county.takes(&order);
        assert_eq!(county.replayed(county.revision), county.records);
        if let Some(first) = &seen {
            assert_eq!(
                (first.held(), first.open_cases(), first.rows()),
                (county.held(), county.open_cases(), county.rows())
            );
        }
        seen.get_or_insert(county);
    }
    seen.unwrap()
}

fn cell(county: &County, column: usize) -> Cell {
    county.rows().into_iter().find(|row| row.table == "letter").unwrap().cells[column].clone()
}

#[test]
fn a_second_delivery_is_held_with_a_case_and_the_award_is_recorded_once() {
    let (mut one, mut two) = (Phone::worker(1, VILLAGE_A1), Phone::worker(2, VILLAGE_A1));
    let sent = [
        step(&mut one, at(1, 9), 0xD01, "DELIVERED", json!({})),
        step(&mut two, at(2, 9), 0xD02, "DELIVERED", json!({"award_fen": 999})),
        step(&mut two, at(3, 9), 0xD03, "FED_BACK", json!({})),
    ];
    let mut county = agree(&sent);
    assert_eq!(held(&county), BTreeSet::from([(id(0xD02), Reason::AlreadyDelivered)]));
    let case = Case { kind: CaseKind::Double, subjects: vec![id(LETTER)], facts: vec![id(0xD02)] };
    assert_eq!(county.open_cases(), BTreeSet::from([case]));
    assert_eq!(stands(&county), LetterState::FedBack);
    assert_eq!((cell(&county, 9), cell(&county, 11)), (Cell::Int(1), Cell::Int(200_000)));
    // Nobody makes it two: the first is taken back instead, then the second is the one.
    let mut clerk = Phone::clerk();
    let decision = county.take(&clerk.settle(at(5, 9), "letter_step", id(0xD02), Part::Whole, true));
    assert_eq!((decision.verdict, decision.reason), (Verdict::Refused, Some(Reason::AlreadyDelivered)));
    county.accepts(&clerk.void(at(6, 9), "letter_step", id(0xD01)));
    assert!(held(&county).is_empty() && county.open_cases().is_empty());
    assert_eq!(cell(&county, 11), Cell::Int(999));
}

#[test]
fn what_the_county_let_through_before_an_earlier_delivery_came_is_still_one_delivery() {
    let (mut one, mut two, mut clerk) = (Phone::worker(1, VILLAGE_A1), Phone::worker(2, VILLAGE_A1), Phone::clerk());
    let mut county = county();
    county.accepts(&step(&mut two, at(2, 9), 0xD02, "DELIVERED", json!({})));
    county.accepts(&clerk.settle(at(3, 9), "letter_step", id(0xD02), Part::Whole, true));
    county.take(&step(&mut one, at(1, 9), 0xD01, "DELIVERED", json!({})));
    assert_eq!(cell(&county, 9), Cell::Int(1));
    assert_eq!(cell(&county, 8), Cell::from(id(0xD01)), "the earlier one");
}

#[test]
fn what_a_reviewer_lets_through_after_the_delivery_opens_no_way_to_a_second_one() {
    let mut clerk = Phone::clerk();
    let mut county = county();
    county.accepts(&step(&mut clerk, at(1, 9), 0xD01, "DELIVERED", json!({})));
    county.take(&step(&mut clerk, at(2, 9), 0xD02, "UNDELIVERABLE", json!({})));
    let decision = county.take(&clerk.settle(at(3, 9), "letter_step", id(0xD02), Part::Whole, true));
    assert_eq!(decision.verdict, Verdict::Refused, "delivered is delivered");
    county.take(&step(&mut clerk, at(4, 9), 0xD03, "DELIVERED", json!({})));
    assert_eq!(held(&county).len(), 2);
    // Let through before the delivery was known.
    let (mut clerk, mut one) = (Phone::clerk(), Phone::worker(1, VILLAGE_A1));
    let mut county = self::county();
    county.accepts(&step(&mut clerk, at(2, 9), 0xD02, "UNDELIVERABLE", json!({})));
    county.accepts(&clerk.settle(at(3, 9), "letter_step", id(0xD02), Part::Whole, true));
    county.accepts(&step(&mut one, at(1, 9), 0xD01, "DELIVERED", json!({})));
    county.take(&step(&mut clerk, at(4, 9), 0xD03, "DELIVERED", json!({})));
    assert_eq!(held(&county), BTreeSet::from([(id(0xD03), Reason::AlreadyDelivered)]));
}

#[test]
fn a_letter_for_another_county_moves_on_and_is_delivered_by_nobody_here() {
    let (mut one, mut town) = (Phone::worker(1, VILLAGE_A1), Phone::reviewer());
    let sent = [
        step(&mut town, at(1, 9), 0xD01, "TRANSFERRED", json!({})),
        step(&mut one, at(2, 9), 0xD02, "DELIVERED", json!({})),
        step(&mut one, at(3, 9), 0xD03, "UNDELIVERABLE", json!({})),
    ];
    let county = agree(&sent);
    let expected = [(id(0xD02), Reason::LetterMoved), (id(0xD03), Reason::LetterMoved)];
    assert_eq!(held(&county), BTreeSet::from(expected));
    assert_eq!((stands(&county), cell(&county, 9)), (LetterState::Transferred, Cell::Int(0)));
    // A village proposes no transfer.
    let county = agree(&[step(&mut one, at(1, 9), 0xD04, "TRANSFERRED", json!({}))]);
    assert_eq!(held(&county), BTreeSet::from([(id(0xD04), Reason::LetterOfUpper)]));
}

#[test]
fn an_undeliverable_letter_may_still_find_its_family() {
    let mut one = Phone::worker(1, VILLAGE_A1);
    let sent = [
        step(&mut one, at(1, 9), 0xD01, "UNDELIVERABLE", json!({})),
        step(&mut Phone::worker(2, VILLAGE_A1), at(4, 9), 0xD02, "DELIVERED", json!({})),
    ];
    assert_eq!(stands(&agree(&sent[..1])), LetterState::Undeliverable);
    let county = agree(&sent);
    assert!(held(&county).is_empty());
    assert_eq!(stands(&county), LetterState::Delivered);
}

#[test]
fn every_step_in_every_state_comes_to_what_the_rules_say() {
    const STEPS: [&str; 6] = ["REGISTERED", "VERIFIED", "DELIVERED", "FED_BACK", "TRANSFERRED", "UNDELIVERABLE"];
    const ROWS: [(&[&str], &str); 7] = [
        (&[], "REGISTERED VERIFIED DELIVERED !NOT_DELIVERED TRANSFERRED UNDELIVERABLE"),
        (&["REGISTERED"], "REGISTERED VERIFIED DELIVERED !NOT_DELIVERED TRANSFERRED UNDELIVERABLE"),
        (&["VERIFIED"], "VERIFIED VERIFIED DELIVERED !NOT_DELIVERED TRANSFERRED UNDELIVERABLE"),
        (
            &["DELIVERED"],
            "!ALREADY_DELIVERED !ALREADY_DELIVERED !ALREADY_DELIVERED FED_BACK !ALREADY_DELIVERED !ALREADY_DELIVERED",
        ),
        (
            &["DELIVERED", "FED_BACK"],
            "!ALREADY_DELIVERED !ALREADY_DELIVERED !ALREADY_DELIVERED FED_BACK !ALREADY_DELIVERED !ALREADY_DELIVERED",
        ),
        (&["TRANSFERRED"], "!LETTER_MOVED !LETTER_MOVED !LETTER_MOVED !LETTER_MOVED !LETTER_MOVED !LETTER_MOVED"),
        (&["UNDELIVERABLE"], "!LETTER_OUT_OF_TURN VERIFIED DELIVERED !NOT_DELIVERED TRANSFERRED UNDELIVERABLE"),
    ];
    let word = |value: &Value| value.as_str().unwrap().to_owned();
    for (way, row) in ROWS {
        for (name, expected) in STEPS.iter().zip(row.split(' ')) {
            let mut clerk = Phone::clerk();
            let mut county = county();
            for (n, before) in (0..).zip(way) {
                county.accepts(&step(&mut clerk, at(n, 9), 0xD10 + n as u128, before, json!({})));
            }
            let decision = county.take(&step(&mut clerk, at(9, 9), 0xD20, name, json!({})));
            let came = match decision.reason {
                Some(reason) => format!("!{}", word(&json!(reason))),
                None => word(&json!(stands(&county))),
            };
            assert_eq!(came, expected, "{name} after {way:?}");
        }
    }
    assert_eq!(TABLE.len(), STEPS.len());
}

#[test]
fn the_same_notice_number_twice_is_one_case_whichever_comes_first() {
    let (mut one, mut two) = (Phone::clerk(), Phone::new(0x55, bianfang_domain::actor::Role::TownReviewer, TOWN_B));
    let sent = [
        one.record(at(1, 9), "letter", id(0xE01), letter("2026-099", VILLAGE_A1)),
        two.record(at(2, 9), "letter", id(0xE00), letter(" 2026－099".replace('－', "-").as_str(), VILLAGE_B1)),
    ];
    let case = Case { kind: CaseKind::Double, subjects: vec![id(0xE00)], facts: vec![id(0xE01)] };
    let mut county = agree(&sent);
    assert_eq!(county.open_cases(), BTreeSet::from([case.clone()]));
    // A typing error, corrected on the first: the case lapses; and written again it opens again.
    county.accepts(&one.change(at(3, 9), "letter", id(0xE01), json!({"notice_no": "2026-098"})));
    assert!(county.open_cases().is_empty());
    county.accepts(&one.change(at(4, 9), "letter", id(0xE01), json!({"notice_no": "2026-099"})));
    assert_eq!(county.open_cases(), BTreeSet::from([case]));
    county.accepts(&one.change(at(5, 9), "letter", id(0xE00), json!({"removed": "重复登记"})));
    assert!(county.open_cases().is_empty());
    assert_eq!(county.replayed(county.revision), county.records);
}

#[test]
fn a_deliverer_of_the_wrong_level_is_a_warning_and_never_more() {
    let by = |people: Value| fields(json!({"delivered_by": people}));
    for level in LEVELS {
        let letter = fields(json!({"level": level.code}));
        let right = by(
            json!([{"name": "甲", "of": "BUREAU", "level": level.by}, {"name": "乙", "of": "PAFD", "level": level.by}]),
        );
        assert_eq!(warnings(&letter, &right), [], "{}", level.code);
        let village = by(
            json!([{"name": "甲", "of": "BUREAU", "level": "VILLAGE"}, {"name": "乙", "of": "PAFD", "level": "VILLAGE"}]),
        );
        assert_eq!(warnings(&letter, &village), [LetterWarning::LowerLevel]);
        let alone = by(json!([{"name": "甲", "of": "BUREAU", "level": level.by}]));
        assert_eq!(warnings(&letter, &alone).contains(&LetterWarning::WithoutPafd), level.with_pafd);
        assert_eq!(warnings(&letter, &by(json!(["甲"]))), [], "a bare name says nothing");
    }
    let mut one = Phone::worker(1, VILLAGE_A1);
    let village = json!({"delivered_by": [{"name": "甲", "of": "BUREAU", "level": "VILLAGE"}]});
    let county = agree(&[step(&mut one, at(1, 9), 0xD01, "DELIVERED", village)]);
    assert!(held(&county).is_empty());
    assert_eq!(cell(&county, 10), Cell::from("LOWER_LEVEL WITHOUT_PAFD"));
}

#[test]
fn what_no_letter_can_be_is_refused_with_the_field() {
    let mut county = county();
    let mut clerk = Phone::clerk();
    let mut refuse = |sent: Sent| {
        let decision = county.take(&sent);
        assert_eq!(decision.verdict, Verdict::Refused);
        (decision.reason.unwrap(), decision.field.unwrap())
    };
    for (more, reason, field) in [
        (json!({"soldier": " "}), Reason::Missing, "soldier"),
        (json!({"level": "FOURTH"}), Reason::Malformed, "level"),
        (json!({"source": null}), Reason::Missing, "source"),
        (json!({"address": "31234部队家属院"}), Reason::MilitaryUnit, "address"),
        (json!({"award_fen": -1}), Reason::Malformed, "award_fen"),
        (json!({"goods_fen": 1.5}), Reason::Malformed, "goods_fen"),
    ] {
        let mut doc = fields(letter("1", VILLAGE_A1));
        doc.extend(fields(more));
        let told = refuse(clerk.record(at(1, 9), "letter", id(0xE09), Value::Object(doc)));
        assert_eq!(told, (reason, field.to_owned()));
    }
    for (name, more, field) in [
        ("DELIVERED", json!({"delivered_by": []}), "delivered_by"),
        ("DELIVERED", json!({"delivered_by": [" "]}), "delivered_by"),
        ("DELIVERED", json!({"signature": null}), "no_signature"),
        ("TRANSFERRED", json!({"to_county": null}), "to_county"),
        ("UNDELIVERABLE", json!({"reason": ""}), "reason"),
        ("RECEIVED", json!({}), "step"),
    ] {
        assert_eq!(refuse(step(&mut clerk, at(1, 9), 0xD09, name, more)).1, field);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_random_work_delivers_a_letter_twice(
        work in prop::collection::vec((0..3_usize, 0..200_i64, 0..8_usize, any::<bool>()), 1..14),
        keys in prop::collection::vec(any::<u32>(), 6),
    ) {
        const STEPS: [&str; 6] = ["REGISTERED", "VERIFIED", "DELIVERED", "FED_BACK", "TRANSFERRED", "UNDELIVERABLE"];
        let mut phones = [Phone::worker(1, VILLAGE_A1), Phone::worker(2, VILLAGE_A1), Phone::clerk()];
        phones[1].offset = None;
        let mut sent: Vec<(u32, usize, Sent)> = Vec::new();
        for (n, (phone, hour, what, flag)) in work.iter().enumerate() {
            let (phone, earlier) = (&mut phones[*phone], id(0xD100 + n as u128 / 2));
            let one = match what {
                6 => phone.void(at(0, *hour), "letter_step", earlier),
                7 => phone.settle(at(0, *hour), "letter_step", earlier, Part::Whole, *flag),
                step_of => step(phone, at(0, *hour), 0xD100 + n as u128, if *flag { "DELIVERED" } else { STEPS[*step_of] }, json!({})),
            };
            sent.push((keys[n % keys.len()].rotate_left(n as u32), n, one));
        }
        let mut first = county();
        sent.iter().for_each(|(.., one)| { first.take(one); });
        let mut facts: Vec<_> = sent.iter().filter(|(.., one)| matches!(one.op.act, bianfang_domain::op::Act::Record { .. })).cloned().collect();
        let only_facts = facts.len() == sent.len();
        facts.sort_by_key(|(key, n, _)| (*key, *n));
        let mut other = county();
        facts.iter().for_each(|(.., one)| { other.take(one); });
        for county in [&first, &other] {
            let delivering = county.records.values().filter(|r| r.kind == "letter_step" && r.value("step") == "DELIVERED");
            let counting = delivering.filter(|r| r.counts(&Part::Whole) && r.settled(&Part::Whole).is_none()).count();
            prop_assert!(counting <= 1, "two deliveries count");
            let rows = county.rows();
            prop_assert_eq!(rows.iter().filter(|row| row.table == "letter").count(), 1);
        }
        if only_facts {
            prop_assert_eq!(first.rows(), other.rows());
            prop_assert_eq!(first.open_cases(), other.open_cases());
        }
    }
}
