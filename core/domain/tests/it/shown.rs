//! What is cut out of a record on its way out, and what comes back of it.

use bianfang_domain::actor::Role;
use bianfang_domain::decision::Verdict;
use bianfang_domain::kind::{IdState, id_state};
use bianfang_domain::reason::Reason;
use bianfang_domain::record::{BesideWhy, Record};
use bianfang_domain::shown;
use serde_json::{Value, json};

use crate::county::{COUNTY, County, Phone, VILLAGE_A1, at, id};

const NUMBER: &str = "11010519491231002X";

fn cut(record: &Record, role: Role) -> Record {
    let mut record = record.clone();
    shown::cut(&mut record, &Phone::new(0x99, role, COUNTY).actor);
    record
}

fn born(county: &mut County, birth: &str) -> Phone {
    let mut clerk = Phone::clerk();
    let doc = json!({"name": "张三", "living_division": id(VILLAGE_A1), "register": "ACTIVE", "birth": birth,
        "extra": {"配偶出生日期": "1951-03-04", "身份证后四位": "002X", "籍贯": "1951-03-04"}});
    county.accepts(&clerk.record(at(0, 9), "person", id(1), doc).numbered(NUMBER));
    clerk
}

#[test]
fn a_birth_leaves_to_the_month_whoever_asks_and_however_it_stands() {
    let mut county = County::new();
    born(&mut county, "1949-12-31");
    let mut other = Phone::worker(1, VILLAGE_A1);
    assert_eq!(
        county.take(&other.change(at(1, 9), "person", id(1), json!({"birth": "1949-12-30"}))).verdict,
        Verdict::Conflict
    );
    for role in [Role::VillageWorker, Role::TownReviewer, Role::SectionClerk, Role::Leader] {
        let shown = cut(county.get(id(1)), role);
        assert_eq!((shown.value("birth"), &shown.meta.beside[0].value), (&json!("1949-12"), &json!("1949-12")));
        assert_eq!(shown.value("id_number"), "1101************2X");
        let extra = json!({"配偶出生日期": "1951-03", "身份证后四位": "****", "籍贯": "1951-03-04"});
        assert_eq!(shown.value("extra"), &extra);
    }
    assert_eq!(shown::value("person", "birth", json!("1949-12-31")), json!("1949-12"));
    assert_eq!(shown::value("contact", "birth", json!("1949-12-31")), json!("1949-12-31"), "of nobody");
}

#[test]
fn a_mask_of_an_older_program_shows_no_more_than_todays() {
    let mut county = County::new();
    born(&mut county, "1949");
    let mut record = county.get(id(1)).clone();
    record.doc.insert("id_number".into(), json!("1101**********002X"));
    let shown = cut(&record, Role::VillageWorker);
    assert_eq!((shown.value("id_number"), shown.value("birth")), (&json!("1101************2X"), &json!("1949")));
}

#[test]
fn the_month_of_a_day_that_is_known_changes_nothing() {
    let mut county = County::new();
    born(&mut county, "1949-12-31");
    let mut phone = Phone::worker(1, VILLAGE_A1);
    let before = county.get(id(1)).clone();
    county.accepts(&phone.change(at(1, 9), "person", id(1), json!({"birth": "1949-12"})));
    let after = county.get(id(1));
    assert_eq!((&after.doc, &after.meta), (&before.doc, &before.meta), "neither the day nor who said it");
    // Another month is a word, and so is the year alone.
    let mut other = Phone::worker(2, VILLAGE_A1);
    other.base = county.revision;
    for birth in ["1949-11", "1949"] {
        county.accepts(&other.change(at(2, 9), "person", id(1), json!({"birth": birth})));
        assert_eq!(county.get(id(1)).value("birth"), birth);
    }
    assert_eq!(county.replayed(county.revision), county.records);
}

#[test]
fn the_day_of_a_month_that_stands_is_no_conflict() {
    let mut county = County::new();
    born(&mut county, "1949-12");
    let mut unseen = Phone::worker(1, VILLAGE_A1);
    let decision = county.take(&unseen.change(at(1, 9), "person", id(1), json!({"birth": "1949-12-31"})));
    assert_eq!(decision.verdict, Verdict::Merged);
    assert_eq!((county.get(id(1)).value("birth"), county.get(id(1)).meta.beside.len()), (&json!("1949-12-31"), 0));
}

#[test]
fn a_number_that_is_anothers_shows_to_a_village_as_if_it_were_nobodys() {
    let mut county = County::new();
    let mut clerk = born(&mut county, "1949-12-31");
    let doc = |name: &str| json!({"name": name, "living_division": id(VILLAGE_A1), "register": "ACTIVE"});
    county.accepts(&clerk.record(at(0, 9), "person", id(3), doc("王五")));
    let mut worker = Phone::worker(1, VILLAGE_A1);
    county.take(&worker.record(at(1, 9), "person", id(2), doc("李四")).numbered(NUMBER));
    county.take(&worker.change(at(1, 9), "person", id(3), json!({})).numbered(NUMBER));
    let (own, known) = (county.get(id(2)), county.get(id(3)));
    let village = cut(own, Role::VillageWorker);
    assert_eq!((village.value("id_number"), village.meta.beside.len()), (&json!("1101************2X"), 0));
    assert_eq!((id_state(&village), id_state(own)), (IdState::Valid, IdState::Suspect));
    let whys = |record: &Record| record.meta.beside.iter().map(|beside| beside.why).collect::<Vec<_>>();
    assert_eq!(whys(&cut(known, Role::VillageWorker)), [BesideWhy::Proposed], "a proposal like any other");
    for record in [own, known] {
        let town = cut(record, Role::TownReviewer);
        assert_eq!(whys(&town), [BesideWhy::Held(Reason::IdNumberTaken)], "who settles it knows");
        assert_eq!(town.value("id_number"), &Value::Null);
    }
}
