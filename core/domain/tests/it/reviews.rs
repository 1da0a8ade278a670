//! Review by exception: the table walked step by step, what a person must look at, and what is accepted by itself.

use bianfang_domain::actor::Role;
use bianfang_domain::decision::Verdict;
use bianfang_domain::document::Document;
use bianfang_domain::id::RecordId;
use bianfang_domain::kind::{died_on, late};
use bianfang_domain::look::{self, LookReason, ReviewRule, Seen};
use bianfang_domain::op::{Act, Part, Review, Sealed};
use bianfang_domain::reason::Reason;
use bianfang_domain::review::{By, Move, ReviewState, STEPS};
use bianfang_domain::time::Day;
use serde_json::{Value, json};

use crate::county::{County, Phone, TOWN_A, VILLAGE_A1, at, day, id, orders};

const VISIT: u128 = 0x500;

fn act(by: Move, why: &str) -> Act {
    let comment = Some(why.to_owned());
    match by {
        Move::Amend => Act::Amend {
            set: Document::from_iter([("note".into(), why.into())]),
            sealed: Sealed::new(),
            reason: why.into(),
        },
        Move::Accept => Act::Review { verdict: Review::Accepted, comment },
        Move::Return => Act::Review { verdict: Review::Returned, comment },
        Move::Void => Act::Void { reason: why.into() },
    }
}

/// A visit in a state, with its author and a reviewer.
fn visit_in(state: ReviewState) -> (County, Phone, Phone) {
    let mut county = County::new();
    let person = county.person(1, VILLAGE_A1);
    let (mut one, mut town) = (Phone::worker(1, VILLAGE_A1), Phone::reviewer());
    county.accepts(&one.visit(at(0, 9), id(VISIT), &[(person, "MET")]));
    let by = match state {
        ReviewState::Submitted => None,
        ReviewState::Accepted => Some(Move::Accept),
        ReviewState::Returned => Some(Move::Return),
        ReviewState::Voided => Some(Move::Void),
    };
    if let Some(by) = by {
        county.accepts(&town.op(at(1, 9), "contact", id(VISIT), act(by, "核实")));
    }
    (one.base, town.base) = (county.revision, county.revision);
    (county, one, town)
}

#[test]
fn every_line_of_the_table_is_taken_and_what_is_not_in_it_is_refused() {
    for from in [ReviewState::Submitted, ReviewState::Accepted, ReviewState::Returned, ReviewState::Voided] {
        for by in [Move::Amend, Move::Accept, Move::Return, Move::Void] {
            for who in [By::Author, By::Reviewer] {
                let line = STEPS.iter().find(|s| s.from == from && s.by == by && s.who == who);
                let (mut county, mut one, mut town) = visit_in(from);
                assert_eq!(ReviewState::of(county.get(id(VISIT))), from);
                let phone = if who == By::Author { &mut one } else { &mut town };
                if line.is_some_and(|line| line.needs.is_some()) {
                    let bare = county.take(&phone.op(at(2, 8), "contact", id(VISIT), act(by, " ")));
                    assert_eq!((bare.verdict, bare.reason), (Verdict::Refused, Some(Reason::Missing)), "{line:?}");
                }
                let decision = county.take(&phone.op(at(2, 9), "contact", id(VISIT), act(by, "核实")));
                match line {
                    Some(line) => {
                        assert_eq!(
                            (decision.reason, ReviewState::of(county.get(id(VISIT)))),
                            (None, line.to),
                            "{line:?}"
                        )
                    }
                    None => {
                        assert_eq!((decision.verdict, decision.reason), (Verdict::Refused, Some(Reason::NotAllowed)))
                    }
                }
                assert_eq!(county.replayed(county.revision), county.records);
            }
        }
    }
}

#[test]
fn a_void_wins_over_what_was_written_before_it_was_known_in_every_order() {
    let (mut one, mut town) = (Phone::worker(1, VILLAGE_A1), Phone::reviewer());
    let (_, mut other) = ((), Phone::new(0x58, Role::TownReviewer, TOWN_A));
    let sent = [
        town.op(at(1, 9), "contact", id(VISIT), act(Move::Void, "重复")),
        one.op(at(1, 10), "contact", id(VISIT), act(Move::Amend, "补充")),
        other.op(at(1, 11), "contact", id(VISIT), act(Move::Accept, "核实")),
    ];
    for order in orders(&sent) {
        let mut county = County::new();
        let person = county.person(1, VILLAGE_A1);
        county.accepts(&Phone::worker(1, VILLAGE_A1).visit(at(0, 9), id(VISIT), &[(person, "MET")]));
        county.takes(&order);
        let visit = county.get(id(VISIT));
        assert_eq!(
            (ReviewState::of(visit), visit.value("note")),
            (ReviewState::Voided, &json!("补充")),
            "kept, and in no figure"
        );
    }
}

fn recorded(more: Value) -> County {
    let mut county = County::new();
    let person = county.person(1, VILLAGE_A1);
    let mut doc = json!({
        "at": at(0, 9), "method": "HOME", "work_types": ["ROUND"],
        "entries": [{"person": person, "result": "MET"}],
    });
    doc.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    let mut sent = Phone::worker(1, VILLAGE_A1).record(at(0, 9), "contact", id(VISIT), doc);
    sent.received_ms = at(0, 10);
    assert_ne!(county.take(&sent).verdict, Verdict::Refused);
    county
}

fn look(more: Value) -> Option<LookReason> {
    look::needs_look(recorded(more).get(id(VISIT)))
}

#[test]
fn only_what_a_person_must_see_waits_for_one() {
    let entry = |person: u128, result: &str| json!({"entries": [{"person": id(person), "result": result}]});
    let cases = [
        (json!({"situation": "身体好", "answered": "已答复"}), None),
        (json!({"gifts_text": "500元"}), Some(LookReason::Money)),
        (json!({"work_types": ["ROUND", "PLAQUE"]}), Some(LookReason::Plaque)),
        (json!({"work_types": ["MERIT"]}), Some(LookReason::Letter)),
        (json!({"difficulties": "屋顶漏雨"}), Some(LookReason::Need)),
        (json!({"difficulties": " "}), None),
        (entry(1, "DIED"), Some(LookReason::Death)),
        (entry(1, "WRONG_ADDRESS"), Some(LookReason::Move)),
        (entry(0x999, "MET"), Some(LookReason::Held)),
        (entry(1, "WAVED"), None),
    ];
    for (more, expected) in cases {
        assert_eq!(look(more.clone()), expected, "{more}");
    }
    let mut county = recorded(json!({}));
    let (mut one, mut town) = (Phone::worker(1, VILLAGE_A1), Phone::reviewer());
    one.seq = 1;
    county.accepts(&town.review(at(1, 9), id(VISIT), Review::Accepted));
    one.base = county.revision;
    county.accepts(&one.amend(at(2, 9), "contact", id(VISIT), json!({"note": "补充"})));
    assert_eq!(look::needs_look(county.get(id(VISIT))), Some(LookReason::Amended));
    let mut other = Phone::new(0x58, Role::TownReviewer, TOWN_A);
    county.take(&other.amend(at(2, 10), "contact", id(VISIT), json!({"note": "另补"})));
    assert_eq!(look::needs_look(county.get(id(VISIT))), Some(LookReason::Conflict));
}

#[test]
fn the_rest_is_accepted_by_itself_on_its_day_and_can_still_be_returned() {
    let mut county = recorded(json!({}));
    let rule = ReviewRule::default();
    let seen = |county: &County, hint, after| look::seen(county.get(id(VISIT)), hint, rule, day(after));
    assert_eq!((seen(&county, None, 2), seen(&county, None, 3)), (Seen::Submitted, Seen::AcceptedAuto));
    assert_eq!(seen(&county, Some(LookReason::PhotoHint), 300), Seen::Submitted, "a hint waits for a person");
    assert_eq!(look::seen(county.get(id(VISIT)), None, ReviewRule { auto_days: 9 }, day(8)), Seen::Submitted);
    county.accepts(&Phone::reviewer().review(at(5, 9), id(VISIT), Review::Returned));
    assert_eq!(seen(&county, None, 6), Seen::Returned);
    let money = recorded(json!({"gifts_text": "米面油"}));
    assert_eq!(seen(&money, None, 300), Seen::Submitted);
}

#[test]
fn days_count_from_the_receipt_however_long_the_phone_had_no_signal() {
    let mut county = County::new();
    let person = county.person(1, VILLAGE_A1);
    let mut late = Phone::worker(1, VILLAGE_A1).visit(at(0, 9), id(VISIT), &[(person, "MET")]);
    late.received_ms = at(20, 9);
    county.accepts(&late);
    let seen = |after| look::seen(county.get(id(VISIT)), None, ReviewRule::default(), day(after));
    assert_eq!((seen(22), seen(23)), (Seen::Submitted, Seen::AcceptedAuto), "nobody could look at it before day 20");
}

#[test]
fn a_mended_time_is_sure_even_where_the_proposal_was_right_all_along() {
    let person = id(1);
    let mut phone = Phone::worker(1, VILLAGE_A1);
    // Never measured: the clock may be right, and nobody can know.
    phone.offset = None;
    let mut county = County::new();
    county.person(1, VILLAGE_A1);
    let doc = json!({
        "at": at(3, 10), "started": at(3, 9), "method": "HOME", "work_types": ["ROUND"],
        "entries": [{"person": person, "result": "MET"}],
    });
    county.accepts(&phone.record(at(3, 10), "contact", id(VISIT), doc));
    let visit = county.get(id(VISIT));
    assert_eq!((visit.meta.origin.happened.doubtful, visit.meta.origin.happened.ms), (true, at(3, 10)));
    assert_eq!(look::needs_look(visit), Some(LookReason::DoubtfulTime));
    for proposal in [visit.meta.origin.happened.ms, at(2, 20)] {
        let mut again = county.records.clone();
        std::mem::swap(&mut county.records, &mut again);
        let set = look::mended(county.get(id(VISIT)), proposal);
        county.accepts(&Phone::reviewer().amend(at(6, 9), "contact", id(VISIT), Value::Object(set)));
        let mended = county.get(id(VISIT));
        let happened = mended.meta.origin.happened;
        assert_eq!((happened.doubtful, happened.ms), (false, proposal));
        assert_eq!(mended.value("started"), &json!(proposal - 3_600_000), "it keeps its length");
        county.records = again;
    }
}

#[test]
fn a_visit_typed_in_later_is_flagged_and_counts() {
    let mut county = County::new();
    let person = county.person(1, VILLAGE_A1);
    let entries = json!([{"person": person, "result": "MET"}]);
    let doc = json!({"at": at(-30, 9), "method": "HOME", "entries": entries, "entered_by": "镇服务站"});
    county.accepts(&Phone::reviewer().record(at(0, 9), "contact", id(VISIT), doc));
    let visit = county.get(id(VISIT));
    assert!(late(visit) && !visit.meta.origin.happened.doubtful);
    assert_eq!(Day::of(visit.meta.origin.happened.ms), day(-30));
    assert_eq!(look::needs_look(visit), None);
}

#[test]
fn forms_that_can_never_be_true_are_refused_with_the_field() {
    let mut county = County::new();
    let person = county.person(1, VILLAGE_A1);
    let entries = |count: usize| json!(vec![json!({"person": person, "result": "MET"}); count]);
    let cases = [
        (json!({"entries": entries(2)}), "entries", Reason::ListedTwice),
        (json!({"entries": []}), "entries", Reason::Missing),
        (json!({"work_types": ["round"]}), "work_types", Reason::Malformed),
        (json!({"work_types": ["MUST"]}), "must_trigger", Reason::Missing),
        (json!({"situation": 7}), "situation", Reason::Malformed),
        (json!({"visitors": ["书记"]}), "visitors", Reason::Malformed),
        (json!({"place": {"lat": 91.0, "lon": 0.0, "source": "GPS"}}), "place", Reason::Malformed),
        (json!({"place": {"lat": 42.0, "lon": 119.0, "accuracy_m": -1, "source": "GPS"}}), "place", Reason::Malformed),
        (json!({"follow_up_on": "2026-06-01"}), "follow_up_on", Reason::Malformed),
    ];
    let mut phone = Phone::worker(1, VILLAGE_A1);
    for (more, field, reason) in cases {
        let mut doc = json!({"at": at(0, 9), "method": "HOME", "work_types": ["ROUND"], "entries": entries(1)});
        doc.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let decision = county.take(&phone.record(at(0, 9), "contact", id(VISIT), doc));
        assert_eq!((decision.verdict, decision.field.as_deref()), (Verdict::Refused, Some(field)), "{more}");
        assert_eq!(decision.reason, Some(reason), "{more}");
    }
    let doc = json!({
        "at": at(0, 9), "method": "STATION", "work_types": ["MUST", "A_NEW_ONE"], "must_trigger": "HOSPITAL",
        "entries": entries(1), "visitors": [{"name": "武装部"}, {"account": id(7)}], "follow_up_on": day(30).0,
        "place": {"lat": 42.9, "lon": 119.0, "accuracy_m": 8, "source": "SATELLITE", "mock": false}, "extra": {"列": "值"},
    });
    county.accepts(&phone.record(at(0, 9), "contact", id(VISIT), doc.clone()));
    assert_eq!(Value::Object(county.get(id(VISIT)).doc.clone()), doc, "kept as it came");
}

fn proposals(county: &County, person: RecordId) -> Vec<(String, i32)> {
    county.get(person).meta.beside.iter().map(|b| (format!("{}={}", b.field, b.value), b.since.0 - day(0).0)).collect()
}

#[test]
fn a_death_is_proposed_from_the_day_the_family_told_and_no_later_than_the_visit() {
    for (told, since) in [(-40, -40), (9, 2)] {
        let mut county = County::new();
        let person = county.person(1, VILLAGE_A1);
        let entries = json!([{"person": person, "result": "DIED", "died_on": day(told).0}]);
        let doc = json!({"at": at(2, 9), "method": "HOME", "entries": entries});
        county.accepts(&Phone::worker(1, VILLAGE_A1).record(at(2, 9), "contact", id(VISIT), doc));
        let life = ("life=\"DECEASED\"".to_owned(), since);
        let told = (format!("died_on={}", day(told).0), told);
        let expected = if told.1 == since { vec![life, told] } else { vec![life] };
        assert_eq!(proposals(&county, person), expected, "a day after the visit is none");
    }
}

/// What the register was born with has no first day: the report holds from the day that was told.
#[test]
fn a_death_told_of_a_day_before_the_register_holds_from_that_day() {
    let mut county = County::new();
    let doc = json!({"name": "张三", "living_division": id(VILLAGE_A1), "register": "ACTIVE", "life": "ALIVE"});
    county.accepts(&Phone::clerk().record(at(1, 9), "person", id(1), doc));
    let entries = json!([{"person": id(1), "result": "DIED", "died_on": day(-40).0}]);
    let mut one = Phone::worker(1, VILLAGE_A1);
    county.accepts(&one.record(
        at(2, 9),
        "contact",
        id(VISIT),
        json!({"at": at(2, 9), "method": "HOME", "entries": entries}),
    ));
    let told = [("life=\"DECEASED\"".to_owned(), -40), (format!("died_on={}", day(-40).0), -40)];
    assert_eq!(proposals(&county, id(1)), told, "who accepts the death accepts its day");
    let mut town = Phone::reviewer();
    county.accepts(&town.settle(at(3, 9), "person", id(1), Part::Field("life".into()), true));
    assert_eq!(died_on(county.get(id(1))), Some(day(-40)));
    assert!(county.get(id(1)).meta.beside.is_empty() && county.open_cases().is_empty());
    // Back to life: the answered report asks nothing again.
    let alive = json!({"life": "ALIVE", "died_on": null});
    county.accepts(&town.change(at(9, 9), "person", id(1), alive));
    assert_eq!((proposals(&county, id(1)), county.open_cases().len()), (vec![], 0));
    assert_eq!(county.replayed(county.revision), county.records);
}

#[test]
fn a_wrong_address_proposes_a_move_until_they_are_met_in_every_order() {
    let mut phones = [1, 2, 3].map(|number| Phone::worker(number, VILLAGE_A1));
    let sent = [
        phones[0].visit(at(1, 9), id(VISIT), &[(id(1), "WRONG_ADDRESS")]),
        phones[1].visit(at(2, 9), id(VISIT + 1), &[(id(1), "NOT_HOME")]),
        phones[2].visit(at(3, 9), id(VISIT + 2), &[(id(1), "MET")]),
    ];
    for order in orders(&sent) {
        let mut county = County::new();
        let person = county.person(1, VILLAGE_A1);
        for (count, sent) in order.iter().enumerate() {
            county.accepts(sent);
            let met = order[..=count].iter().any(|sent| sent.op.target == id(VISIT + 2));
            let wrong = order[..=count].iter().any(|sent| sent.op.target == id(VISIT));
            assert_eq!(proposals(&county, person).len(), usize::from(wrong && !met));
        }
    }
}
