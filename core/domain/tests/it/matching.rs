//! Matching: the id number decides, everything else is a doubt, and nobody is merged by it (invariant 1).

use bianfang_domain::id::RecordId;
use bianfang_domain::matching::{Candidate, Match, Traits, find};
use proptest::prelude::*;

use crate::county::{VILLAGE_A1, VILLAGE_A2, id, orders};

fn traits(print: Option<&str>, name: &str, birth: Option<&str>, village: u128) -> Traits {
    Traits {
        print: print.map(str::to_owned),
        name: name.to_owned(),
        birth: birth.map(str::to_owned),
        villages: vec![id(village)],
        ..Traits::default()
    }
}

fn registered(number: u128, traits: Traits) -> Candidate {
    Candidate { id: id(number), traits, removed: false }
}

#[test]
fn the_id_number_decides_whatever_else_differs() {
    let register = [
        registered(1, traits(Some("p1"), "张建国", Some("1955"), VILLAGE_A1)),
        registered(2, traits(Some("p2"), "张建国", Some("1955"), VILLAGE_A1)),
    ];
    let wanted = traits(Some("p2"), "章健国", Some("1960"), VILLAGE_A2);
    assert_eq!(find(&wanted, &register), Match::Same(id(2)));
    let third = traits(Some("p3"), "张建国", Some("1955"), VILLAGE_A1);
    assert_eq!(find(&third, &register), Match::New, "three numbers are three people");
}

#[test]
fn a_namesake_of_one_village_and_year_is_a_doubt_and_never_the_same() {
    let register = [
        registered(1, traits(None, "张建国", Some("1955-02-01"), VILLAGE_A1)),
        registered(2, traits(None, "张建国", Some("1955"), VILLAGE_A1)),
        registered(3, traits(None, "张建国", Some("1956"), VILLAGE_A1)),
        registered(4, traits(None, "张建国", None, VILLAGE_A2)),
    ];
    let wanted = traits(None, "张 建国", Some("1955"), VILLAGE_A1);
    for order in orders(&register) {
        assert_eq!(find(&wanted, &order), Match::Doubtful(vec![id(1), id(2)]));
    }
    let elsewhere = traits(None, "张建国", Some("1956"), VILLAGE_A2);
    assert_eq!(find(&elsewhere, &register), Match::Doubtful(vec![id(4), id(3)]));
}

#[test]
fn names_that_look_the_same_are_the_same() {
    let register = [
        registered(1, traits(None, "高䶮", Some("1955"), VILLAGE_A1)),
        registered(2, traits(None, "买买提·吐尔逊", Some("1955"), VILLAGE_A1)),
    ];
    for (written, who) in
        [("\u{2fbc}\u{e863}", 1), ("高\u{202d}䶮\u{fe00}", 1), ("买买提 吐尔逊", 2), ("买买提吐尔逊", 2)]
    {
        let wanted = traits(None, written, Some("1955"), VILLAGE_A1);
        assert_eq!(find(&wanted, &register), Match::Doubtful(vec![id(who)]), "{written:?}");
    }
}

#[test]
fn one_telephone_number_birth_and_village_is_a_doubt_under_any_name() {
    let phoned = |print, name, birth, village| {
        let phones = ["13800000001".to_owned()].into();
        Traits { phones, ..traits(print, name, Some(birth), village) }
    };
    let register = [registered(1, phoned(None, "张建国", "1955-02-01", VILLAGE_A1))];
    let found = |wanted| find(&wanted, &register);
    assert_eq!(found(phoned(Some("p1"), "章健国", "1955-02-01", VILLAGE_A1)), Match::Doubtful(vec![id(1)]));
    assert_eq!(found(phoned(None, "章健国", "1955-02-02", VILLAGE_A1)), Match::New);
    assert_eq!(found(phoned(None, "章健国", "1955-02-01", VILLAGE_A2)), Match::New);
    assert_eq!(found(traits(None, "章健国", Some("1955-02-01"), VILLAGE_A1)), Match::New);
    let months = [registered(1, phoned(None, "张建国", "1955-02", VILLAGE_A1))];
    assert_eq!(find(&phoned(None, "章健国", "1955-02", VILLAGE_A1), &months), Match::New, "a month is many people's");
    let numbered = [registered(1, phoned(Some("p2"), "张建国", "1955-02-01", VILLAGE_A1))];
    let twin = phoned(Some("p1"), "张建军", "1955-02-01", VILLAGE_A1);
    assert_eq!(find(&twin, &numbered), Match::New, "twins at one telephone have two numbers");
}

#[test]
fn who_was_removed_is_not_the_answer() {
    let mut gone = registered(1, traits(Some("p1"), "张建国", Some("1955"), VILLAGE_A1));
    gone.removed = true;
    assert_eq!(find(&traits(Some("p1"), "张建国", Some("1955"), VILLAGE_A1), &[gone]), Match::New);
}

fn any_traits() -> impl Strategy<Value = Traits> {
    let print = prop_oneof![Just(None), (0..4u8).prop_map(|n| Some(format!("p{n}")))];
    let birth = prop_oneof![Just(None), (1950..1953u16).prop_map(|year| Some(year.to_string()))];
    (print, 0..3usize, birth, 0..2usize).prop_map(|(print, name, birth, village)| Traits {
        print,
        name: ["张建国", "李明", "欧阳·海"][name].to_owned(),
        birth,
        villages: vec![id([VILLAGE_A1, VILLAGE_A2][village])],
        ..Traits::default()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn without_a_common_number_nobody_is_the_same(wanted in any_traits(), register in prop::collection::vec(any_traits(), 0..8)) {
        let register: Vec<Candidate> =
            register.into_iter().enumerate().map(|(n, traits)| registered(n as u128, traits)).collect();
        let of = |wanted: RecordId| register.iter().find(|candidate| candidate.id == wanted).unwrap();
        let found = find(&wanted, &register);
        let mut back = register.clone();
        back.reverse();
        prop_assert_eq!(&found, &find(&wanted, &back), "the order decides nothing");
        match found {
            Match::Same(same) => prop_assert!(wanted.print.is_some() && of(same).traits.print == wanted.print),
            Match::Doubtful(doubts) => {
                for doubt in doubts {
                    prop_assert_eq!(&of(doubt).traits.name, &wanted.name);
                    prop_assert!(of(doubt).traits.print.is_none() || wanted.print.is_none());
                }
            }
            Match::New => {}
        }
    }
}
