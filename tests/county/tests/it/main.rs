//! The invented county is whole, the same every time, and nobody real.

use std::collections::BTreeSet;

use bianfang_county::{HEADER, county, invent, write_roster};
use bianfang_domain::id_number::IdNumber;

#[test]
fn county_has_its_townships_and_villages() {
    let county = county().unwrap();
    assert_eq!((county.code.as_str(), county.name.as_str()), ("150426", "翁牛特旗"));
    assert_eq!(county.townships.len(), 16);
    assert_eq!(county.townships.iter().map(|t| t.villages.len()).sum::<usize>(), 233);
}

#[test]
fn people_are_the_same_for_a_seed_and_differ_between_seeds() {
    let county = county().unwrap();
    assert_eq!(invent(&county, 200, 1), invent(&county, 200, 1));
    assert_ne!(invent(&county, 200, 1), invent(&county, 200, 2));
}

#[test]
fn id_numbers_are_valid_unique_and_of_an_area_never_assigned() {
    let people = invent(&county().unwrap(), 20_000, 7);
    assert_eq!(people.len(), 20_000);
    let numbers: BTreeSet<&str> = people.iter().map(|person| person.id_number.as_str()).collect();
    assert_eq!(numbers.len(), people.len());
    for person in &people {
        let number = IdNumber::parse(&person.id_number).unwrap();
        assert!(number.reveal().starts_with("99"));
        assert_eq!(person.sex == "男", number.sex() == bianfang_domain::id_number::Sex::Male);
    }
}

#[test]
fn two_thousand_people_reach_every_village() {
    let county = county().unwrap();
    let people = invent(&county, 2_000, 1);
    let villages: BTreeSet<(&str, &str)> = people.iter().map(|p| (p.township.as_str(), p.village.as_str())).collect();
    assert_eq!(villages.len(), 233);
    let households: BTreeSet<&str> = people.iter().map(|p| p.address.as_str()).collect();
    assert!((800..1400).contains(&households.len()), "{} households", households.len());
}

#[test]
fn roster_reads_back_row_for_row() {
    let people = invent(&county().unwrap(), 50, 3);
    let mut sheet = Vec::new();
    write_roster(&people, &mut sheet).unwrap();
    let mut reader = csv::Reader::from_reader(sheet.as_slice());
    assert_eq!(reader.headers().unwrap().iter().collect::<Vec<_>>(), HEADER);
    let names: Vec<String> = reader.records().map(|row| row.unwrap()[1].to_owned()).collect();
    assert_eq!(names, people.iter().map(|person| person.name.clone()).collect::<Vec<_>>());
}
