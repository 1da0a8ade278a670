//! Invariant 13: a warning, never a refusal.

use bianfang_domain::time::date;
use bianfang_domain::warning::{Warning, warnings};
use serde_json::{Value, json};

use crate::county::fields;

fn of(doc: Value) -> Vec<Warning> {
    warnings(&fields(doc))
}

#[test]
fn birth_and_sex_are_compared_with_the_id_number() {
    // 1949-12-31, female.
    let number = "11010519491231002X";
    assert_eq!(of(json!({"id_number": number, "birth": "1949-12-31", "sex": "FEMALE"})), []);
    assert_eq!(of(json!({"id_number": number, "birth": "1949-12", "sex": "FEMALE"})), []);
    assert_eq!(of(json!({"id_number": number, "birth": "1949"})), []);
    assert_eq!(of(json!({"id_number": number, "birth": "1950", "sex": "MALE"})), [Warning::Birth, Warning::Sex]);
    assert_eq!(of(json!({"id_number": "1101************2X", "sex": "MALE"})), [], "a masked number tells nothing");
    assert_eq!(of(json!({"id_number": "110105194912310021"})), [Warning::NoIdNumber]);
    assert_eq!(of(json!({})), [Warning::NoIdNumber]);
}

#[test]
fn the_red_army_may_be_young_and_nobody_is_discharged_before() {
    let service = |birth: &str, enlisted: &str, discharged: &str| {
        let found = of(json!({"birth": birth, "enlisted": enlisted, "discharged": discharged}));
        found.into_iter().filter(|warning| *warning != Warning::NoIdNumber).collect::<Vec<_>>()
    };
    assert_eq!(service("1920-05-01", "1933-02", "1950"), [Warning::EnlistedYoung]);
    assert_eq!(service("1920-05-01", "1934-06", "1950"), []);
    assert_eq!(service("1920", "1934", "1950"), [], "a year alone gives the benefit of the doubt");
    assert_eq!(service("1970", "1990-03-10", "1990-03-09"), [Warning::DischargeBeforeEnlistment]);
    assert_eq!(service("1970", "1990-03", "1990-03-01"), []);
}

#[test]
fn dates_are_years_months_or_days_of_the_calendar() {
    assert_eq!(date("1961-03-09"), Some((1961, Some(3), Some(9))));
    assert_eq!((date("1961-03"), date("1961")), (Some((1961, Some(3), None)), Some((1961, None, None))));
    for odd in ["1961-3", "1961-13", "1961-02-30", "61", "1961.03", "1961-03-09-1", ""] {
        assert_eq!(date(odd), None, "{odd}");
    }
}

#[test]
fn every_warning_names_its_field_in_both_languages() {
    let all =
        [Warning::Birth, Warning::Sex, Warning::EnlistedYoung, Warning::DischargeBeforeEnlistment, Warning::NoIdNumber];
    for warning in all {
        assert!(warning.zh().chars().any(|c| c > '\u{4e00}') && warning.en().is_ascii() && !warning.field().is_empty());
    }
}
