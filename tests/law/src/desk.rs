//! What a desk decides: held parts let through or turned down, values chosen, decisions taken back, cases ended. What rests
//! on how things stood when it was decided keeps its place in the order ([`super::work::Job::barrier`]).

use bianfang_domain::decision::{Case, CaseKind};
use bianfang_domain::op::Part;
use serde_json::json;

use super::work::{CLERK, Hands, LOTS, Maker, Piece, REVIEWER, Said, person};
use crate::county::{Phone, id};

pub const MAKERS: &[Maker] = &[
    ("settle.county", 7, settle_county),
    ("settle.town", 3, settle_town),
    ("settle.value", 8, settle_value),
    ("settle.field", 3, settle_field),
    ("settle.told", 2, settle_told),
    ("unsettle", 4, unsettle),
    ("case", 1, case),
];

/// The part of a fact that a rule may hold.
fn part(kind: &str, n: usize) -> Part {
    if matches!(kind, "contact" | "same_as") { Part::Of(person(CLERK, n)) } else { Part::Whole }
}

/// The county may let through what is not held, too; but which of two deliveries was the one, one chooses.
fn settle_county(hands: &mut Hands, p: &Piece) {
    let Some(fact) = hands.fact(p.a) else { return };
    let chooses = fact.kind == "letter_step";
    let part = part(fact.kind, p.b);
    hands.settled.push((fact.clone(), part.clone()));
    hands.says(CLERK, |phone, when| phone.settle(when, fact.kind, fact.id, part, p.flag && !chooses));
}

fn settle_town(hands: &mut Hands, p: &Piece) {
    let Some(fact) = hands.fact(p.a) else { return };
    let who = if p.b == 11 { p.who } else { REVIEWER };
    hands.decides(who, |phone, when| phone.settle(when, fact.kind, fact.id, part(fact.kind, p.b), true));
}

fn unsettle(hands: &mut Hands, p: &Piece) {
    let Some((fact, part)) = hands.settled.iter().nth_back(p.a % 3).cloned() else { return };
    hands.says(CLERK, |phone, when| phone.unsettle(when, fact.kind, fact.id, part));
}

/// One of the last values that somebody proposed, or that lost for now.
fn settle_value(hands: &mut Hands, p: &Piece) {
    let Some(said) = said(hands, p.a) else { return };
    let part = Part::Value(said.field.clone(), said.op);
    let (kind, target) = (said.kind, said.target);
    let told = PROPOSED_BY_FACTS.contains(&said.field.as_str());
    let who = [REVIEWER, CLERK][p.b % 2];
    // Choosing one turns down whatever visits say of it by then.
    let write = |phone: &mut Phone, when| phone.settle(when, kind, target, part, p.flag);
    if told { hands.decides(who, write) } else { hands.says(who, write) }
}

fn settle_field(hands: &mut Hands, p: &Piece) {
    let Some(said) = said(hands, p.a).filter(|said| !PROPOSED_BY_FACTS.contains(&said.field.as_str())) else { return };
    let (kind, target, part) = (said.kind, said.target, Part::Field(said.field.clone()));
    hands.says([REVIEWER, CLERK][p.b % 2], |phone, when| phone.settle(when, kind, target, part, p.flag));
}

const PROPOSED_BY_FACTS: [&str; 3] = ["life", "died_on", "presence"];

/// Fields on which the word of a worker waits.
const WAIT: [&str; 9] =
    ["name", "life", "household", "living_division", "division", "categories", "head_name", "soldier", "basis"];

/// One of the last words of who may only propose, or now and then any.
fn said(hands: &Hands, n: usize) -> Option<&Said> {
    let waits =
        |said: &&Said| n >= 8 || (said.by != CLERK && said.by != REVIEWER && WAIT.contains(&said.field.as_str()));
    hands.said.iter().rev().filter(waits).nth(n % 4)
}

/// What a visit says of somebody's life or whereabouts.
fn settle_told(hands: &mut Hands, p: &Piece) {
    let Some(contact) = hands.one("contact", p.a) else { return };
    let part = Part::Value(PROPOSED_BY_FACTS[p.b % 3].to_owned(), contact.op);
    let target = person(CLERK, p.hour as usize % 10);
    hands.decides(CLERK, |phone, when| phone.settle(when, "person", target, part, p.flag));
}

fn case(hands: &mut Hands, p: &Piece) {
    let case = Case { kind: CaseKind::Stock, subjects: vec![id(LOTS[p.a % 2])], facts: vec![] };
    let set = json!({"state": "SETTLED", "how": "已核对", "seen": 1 + p.b % 3});
    hands.decides(CLERK, |phone, when| phone.change(when, "case", case.id(), set));
}
