//! What a page offers: the steps of a life-cycle that would count, by where a record stands and the caller's role. The tables
//! are the domain's; a page that reads them here has no second copy of a rule.

use bianfang_domain::actor::Role;
use bianfang_domain::document::Document;
use bianfang_domain::kind;
use bianfang_domain::kind::letter::step as letter;
use bianfang_domain::kind::plaque::{request, stock, table};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// States that the register of a person or a household may go to next.
#[must_use]
pub fn register(kind: &str, doc: &Document, role: Role) -> Vec<String> {
    let cycles = kind::by_name(kind).map(|kind| kind.life_cycles()).unwrap_or_default();
    let Some(cycle) = cycles.iter().find(|cycle| cycle.field == "register") else { return Vec::new() };
    let here = cycle.state(doc);
    let next = cycle.steps.iter().filter(|step| step.from == here && role.may(step.who));
    next.map(|step| step.to.to_owned()).collect()
}

/// States that a field with a life-cycle may go to next, whoever says so: the word of who may not decide waits.
#[must_use]
pub fn next(kind: &str, field: &str, doc: &Document) -> Vec<String> {
    let cycles = kind::by_name(kind).map(|kind| kind.life_cycles()).unwrap_or_default();
    let Some(cycle) = cycles.iter().find(|cycle| cycle.field == field) else { return Vec::new() };
    let here = cycle.state(doc);
    cycle.steps.iter().filter(|step| step.from == here).map(|step| step.to.to_owned()).collect()
}

/// Acts on a household's plaque.
#[must_use]
pub fn plaque(state: &str, role: Role) -> Vec<String> {
    read(state).map(|state| codes(&table::offers(state, role))).unwrap_or_default()
}

/// Acts on the plaques left in a lot.
#[must_use]
pub fn lot(role: Role) -> Vec<String> {
    codes(&stock::offers(role))
}

/// Opinions on a request.
#[must_use]
pub fn request(state: &str, role: Role) -> Vec<String> {
    read(state).map(|state| codes(&request::offers(state, role))).unwrap_or_default()
}

/// Steps of a letter.
#[must_use]
pub fn letter(state: &str, role: Role) -> Vec<String> {
    read(state).map(|state| codes(&letter::offers(state, role))).unwrap_or_default()
}

pub(super) fn read<T: DeserializeOwned>(code: &str) -> Option<T> {
    serde_json::from_value(Value::from(code)).ok()
}

pub(super) fn codes(all: &[impl Serialize]) -> Vec<String> {
    all.iter().filter_map(|one| serde_json::to_value(one).ok()?.as_str().map(str::to_owned)).collect()
}
