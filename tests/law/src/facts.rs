//! What people did and saw, kind by kind, and how they correct it: facts, which arrive in any order.

use bianfang_domain::id::RecordId;
use bianfang_domain::op::Review;
use serde_json::{Value, json};

use super::work::{
    CLERK, HOMES, Hands, LETTERS, LOTS, Maker, NEEDS, Piece, REVIEWER, home, of_the_first, person, village,
};
use crate::county::{COUNTY, TOWN_A, VILLAGE_A1, at, day, id};

pub const MAKERS: &[Maker] = &[
    ("contact", 14, contact),
    ("plaque_event", 20, plaque_event),
    ("plaque_stock", 6, plaque_stock),
    ("plaque_request", 3, plaque_request),
    ("plaque_request_step", 5, plaque_request_step),
    ("letter_step", 6, letter_step),
    ("need_step", 6, need_step),
    ("suggestion", 2, suggestion),
    ("suggestion_step", 5, suggestion_step),
    ("photo", 3, photo),
    ("snooze", 2, snooze),
    ("same_as", 5, same_as),
    ("void", 5, void),
    ("amend.at", 3, amend_at),
    ("amend.result", 2, amend_result),
    ("amend.entries", 2, amend_entries),
    ("amend.subject", 3, amend_subject),
    ("review", 3, review),
];

const RESULTS: [&str; 7] = ["MET", "DIED", "MET_FAMILY", "NOT_HOME", "WRONG_ADDRESS", "MET", "DIED"];

fn contact(hands: &mut Hands, p: &Piece) {
    let mut entries = vec![json!({"person": person(p.who, p.a), "result": RESULTS[p.b % 7]})];
    if p.flag && person(p.who, p.a) != person(p.who, p.b) {
        entries.push(json!({"person": person(p.who, p.b), "result": "MET", "died_on": null}));
    } else if p.b % 7 == 1 {
        entries[0]["died_on"] = json!(day(p.hour as i32 / 30).0);
    }
    let doc = json!({"at": at(0, p.hour), "method": "HOME", "work_types": ["ROUND"], "entries": entries});
    write(hands, p, "contact", doc);
}

const ACTS: [&str; 16] = [
    "NEW",
    "ISSUE",
    "REISSUE",
    "REPLACE",
    "NEW",
    "TAKE_BACK",
    "NEW",
    "TAKE_DOWN",
    "REPORT_LOST",
    "INSPECT",
    "DECLINE",
    "MARK_DUE",
    "CANCEL",
    "RESTORE",
    "INSPECT",
    "DESTROY",
];

fn plaque_event(hands: &mut Hands, p: &Piece) {
    let act = ACTS[(p.a + 3 * p.b) % 16];
    let who = if matches!(act, "CANCEL" | "RESTORE" | "DESTROY") && p.flag { CLERK } else { p.who };
    let lot = p.flag.then(|| lot(hands, p.b));
    let request = hands.one("plaque_request", p.b).filter(|_| p.b.is_multiple_of(3)).map(|made| made.id);
    let more = json!({"at": at(0, p.hour), "old_returned": p.flag, "reason": "PUBLIC_ORDER", "document": "文",
        "lot": lot, "request": request, "exception": (p.b == 5).then_some("水灾")});
    let fact = hands.fresh();
    hands.says(who, |phone, when| phone.plaque(when, fact, home(p.who, p.a), act, more));
}

/// A lot of the beginning, or one that was handed down.
fn lot(hands: &Hands, n: usize) -> RecordId {
    hands.one("plaque_stock", n / 3).filter(|_| n.is_multiple_of(3)).map_or(id(LOTS[n % 2]), |made| made.id)
}

fn plaque_stock(hands: &mut Hands, p: &Piece) {
    let act = ["TRANSFERRED", "RECEIVED", "TRANSFERRED", "RETURNED", "DESTROYED"][p.a % 5];
    let place = if act == "RETURNED" { id(TOWN_A) } else { village(p.b) };
    let doc =
        json!({"act": act, "division": place, "count": 1 + p.b % 2, "at": at(0, p.hour), "from_lot": lot(hands, p.b)});
    let who = if p.a.is_multiple_of(4) { p.who } else { [REVIEWER, CLERK][p.a % 2] };
    let fact = hands.fresh();
    hands.says(who, |phone, when| phone.record(when, "plaque_stock", fact, doc));
}

fn plaque_request(hands: &mut Hands, p: &Piece) {
    let ask = ["NEW", "REPLACE", "REISSUE"][p.b % 3];
    let doc =
        json!({"household": home(p.who, p.a), "ask": ask, "applicant": "张三", "reason": "褪色", "at": at(0, p.hour)});
    write(hands, p, "plaque_request", doc);
}

fn plaque_request_step(hands: &mut Hands, p: &Piece) {
    let step = ["VILLAGE_OK", "TOWN_OK", "COUNTY_OK", "REJECTED", "VILLAGE_OK"][p.b % 5];
    // Now and then one that is never made.
    let request = hands.one("plaque_request", p.a).map_or(id(0x404), |made| made.id);
    let doc = json!({"request": request, "step": step, "opinion": "同意", "at": at(0, p.hour)});
    let who = match step {
        "TOWN_OK" if p.flag => REVIEWER,
        "COUNTY_OK" if p.flag => CLERK,
        _ => p.who,
    };
    let fact = hands.fresh();
    hands.says(who, |phone, when| phone.record(when, "plaque_request_step", fact, doc));
}

const STEPS: [&str; 6] = ["DELIVERED", "REGISTERED", "VERIFIED", "FED_BACK", "TRANSFERRED", "UNDELIVERABLE"];

fn letter_step(hands: &mut Hands, p: &Piece) {
    let doc = json!({"letter": id(LETTERS + p.a as u128 % 3), "step": STEPS[p.b % 6], "delivered_by": ["王"],
        "signature": "x", "reason": "搬走", "to_county": "邻县", "at": at(0, p.hour)});
    let fact = hands.fresh();
    hands.says(of_the_first(p.who), |phone, when| phone.record(when, "letter_step", fact, doc));
}

const NEED_STEPS: [&str; 6] = ["HANDLING", "RESOLVED", "REGISTERED", "REFERRED", "REVISITED", "ANSWERED_ON_SPOT"];

fn need_step(hands: &mut Hands, p: &Piece) {
    let contact = hands.one("contact", p.a).filter(|_| p.flag).map(|made| made.id);
    let doc = json!({"need": id(NEEDS + p.a as u128 % 2), "step": NEED_STEPS[p.b % 6], "answer": "已办", "to": "医保局",
        "contact": contact, "at": at(0, p.hour)});
    let fact = hands.fresh();
    let who = if p.b.is_multiple_of(4) { REVIEWER } else { of_the_first(p.who) };
    hands.says(who, |phone, when| phone.record(when, "need_step", fact, doc));
}

fn suggestion(hands: &mut Hands, p: &Piece) {
    let kind = if p.flag { "COMPLAINT" } else { "SUGGESTION" };
    let doc = json!({"division": id(COUNTY), "suggestion_type": kind, "words": "少填表", "unnamed": p.a.is_multiple_of(2),
        "at": at(0, p.hour)});
    let fact = hands.fresh();
    hands.says(p.who, |phone, when| phone.record(when, "suggestion", fact, doc));
}

/// Answered by the county or by its author, who may not, and rated the other way about. Nobody else writes one: it would lie
/// by them until the suggestion comes, and a reviewer's word on it would hang on the order.
fn suggestion_step(hands: &mut Hands, p: &Piece) {
    if hands.one("suggestion", p.a).is_none() {
        suggestion(hands, p);
    }
    let Some(said) = hands.one("suggestion", p.a) else { return };
    let county = !p.b.is_multiple_of(3);
    let step = if county == (p.hour % 4 == 0) { "RATED" } else { "ANSWERED" };
    let doc = json!({"suggestion": said.id, "step": step, "answer": "已改", "satisfied": p.b.is_multiple_of(2), "at": at(0, p.hour)});
    let fact = hands.fresh();
    let who = if county { CLERK } else { said.by };
    hands.says(who, |phone, when| phone.record(when, "suggestion_step", fact, doc));
}

/// Of a fact that is there, or of one that comes later, or never.
fn photo(hands: &mut Hands, p: &Piece) {
    let subject =
        hands.fact(p.a).filter(|_| p.flag).map_or(id(hands.fresh().0.as_u128() + p.b as u128 + 1), |made| made.id);
    let doc = json!({"subject": subject, "photo_kind": "SCENE", "original": "ab".repeat(32), "length": 9,
        "at": at(0, p.hour)});
    write(hands, p, "photo", doc);
}

fn snooze(hands: &mut Hands, p: &Piece) {
    let doc = json!({"person": person(p.who, p.a), "until": day(30).0, "reason": "外出", "at": at(0, p.hour)});
    write(hands, p, "snooze", doc);
}

fn same_as(hands: &mut Hands, p: &Piece) {
    let who = [p.who, REVIEWER, CLERK][p.b % 3];
    let kept = person(who, p.a + 1 + p.b % 3);
    let doc = json!({"person": person(who, p.a), "kept": kept, "at": at(0, p.hour)});
    let fact = hands.fresh();
    hands.says(who, |phone, when| phone.record(when, "same_as", fact, doc));
}

fn write(hands: &mut Hands, p: &Piece, kind: &str, doc: Value) {
    let fact = hands.fresh();
    hands.says(p.who, |phone, when| phone.record(when, kind, fact, doc));
}

/// Its author, or whoever draws it.
fn corrector(p: &Piece, author: usize) -> usize {
    match p.b % 4 {
        0 => CLERK,
        1 => p.who,
        _ => author,
    }
}

fn void(hands: &mut Hands, p: &Piece) {
    let Some(fact) = hands.fact(p.a) else { return };
    hands.says(corrector(p, fact.by), |phone, when| phone.void(when, fact.kind, fact.id));
}

fn amend_at(hands: &mut Hands, p: &Piece) {
    let Some(fact) = hands.fact(p.a) else { return };
    let set = json!({"at": at(0, p.hour)});
    hands.says(corrector(p, fact.by), |phone, when| phone.amend(when, fact.kind, fact.id, set));
}

/// Something else came of it.
fn amend_result(hands: &mut Hands, p: &Piece) {
    let Some(contact) = hands.one("contact", p.a) else { return };
    let told = hands.jobs.iter().find(|job| job.sent.op.id == contact.op).and_then(|job| job.sent.op.value("entries"));
    let mut entries = told.unwrap().clone();
    entries[0]["result"] = json!(RESULTS[p.b % 7]);
    let set = json!({ "entries": entries });
    hands.says(corrector(p, contact.by), |phone, when| phone.amend(when, "contact", contact.id, set));
}

/// It was somebody else.
fn amend_entries(hands: &mut Hands, p: &Piece) {
    let Some(contact) = hands.one("contact", p.a) else { return };
    let set = json!({"entries": [{"person": person(p.who, p.b), "result": RESULTS[p.hour as usize % 7]}]});
    hands.says(corrector(p, contact.by), |phone, when| phone.amend(when, "contact", contact.id, set));
}

/// It was another household, another person, another letter.
fn amend_subject(hands: &mut Hands, p: &Piece) {
    let Some(fact) = hands.fact(p.a) else { return };
    let set = match fact.kind {
        "contact" => return,
        "plaque_event" | "plaque_request" => json!({"household": home(p.who, p.b)}),
        "plaque_stock" => json!({"division": id(VILLAGE_A1), "count": 1 + p.b % 3, "from_lot": lot(hands, p.b)}),
        "plaque_request_step" => match hands.one("plaque_request", p.b) {
            Some(request) => json!({"request": request.id}),
            None => return,
        },
        "letter_step" => json!({"letter": id(LETTERS + p.b as u128 % 2)}),
        "need_step" => json!({"need": id(NEEDS + p.b as u128 % 2)}),
        "suggestion" => json!({"words": "少开会"}),
        "suggestion_step" => match hands.one("suggestion", p.b) {
            Some(said) => json!({"suggestion": said.id}),
            None => return,
        },
        "photo" => json!({"subject": id(HOMES + p.b as u128 % 4)}),
        _ => json!({"person": person(p.who, p.b)}),
    };
    hands.says(corrector(p, fact.by), |phone, when| phone.amend(when, fact.kind, fact.id, set));
}

fn review(hands: &mut Hands, p: &Piece) {
    let Some(contact) = hands.one("contact", p.a) else { return };
    let verdict = if p.flag { Review::Returned } else { Review::Accepted };
    let who = if p.b == 0 { p.who } else { [REVIEWER, CLERK][p.b % 2] };
    hands.says(who, |phone, when| phone.review(when, contact.id, verdict));
}
