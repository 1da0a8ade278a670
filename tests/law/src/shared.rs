//! How things are, kind by kind: people and households that move, split and merge, borders, rules, and what only the county
//! keeps. The words of a worker wait for the township, the county's stand.

use bianfang_domain::codes;
use bianfang_domain::id::RecordId;
use bianfang_domain::kind::{joined, parted, staff_id};
use bianfang_domain::rules;
use serde_json::{Value, json};
use uuid::Uuid;

use super::work::{
    ADMIN, CLERK, HOMES, Hands, LETTERS, Maker, NEEDS, Piece, REVIEWER, SOLDIERS, home, of_the_first, person, village,
};
use crate::county::{COUNTY, TOWN_A, TOWN_B, VILLAGE_A1, VILLAGE_A2, VILLAGE_B1, at, day, id};

pub const UNIT: u128 = 0x630;
pub const ACCOUNT: Uuid = Uuid::from_u128(0x1234);

pub const MAKERS: &[Maker] = &[
    ("person.born", 3, person_born),
    ("person.told", 8, person_told),
    ("person.life", 5, person_life),
    ("person.moves", 4, person_moves),
    ("person.home", 4, person_home),
    ("person.register", 3, person_register),
    ("person.number", 4, person_number),
    ("household.born", 2, household_born),
    ("household.told", 3, household_told),
    ("household.moves", 4, household_moves),
    ("household.splits", 2, household_splits),
    ("household.merges", 5, household_merges),
    ("household.parts", 2, household_parts),
    ("division.born", 1, division_born),
    ("division.told", 1, division_told),
    ("division.merges", 2, division_merges),
    ("division.parts", 1, division_parts),
    ("division.transferred", 2, division_transferred),
    ("rule", 4, rule),
    ("rule.review", 2, rule_review),
    ("staff", 2, staff),
    ("basis_person", 4, basis_person),
    ("basis_person.home", 2, basis_person_home),
    ("letter.born", 2, letter_born),
    ("letter", 3, letter),
    ("letter.number", 2, letter_number),
    ("need.born", 2, need_born),
    ("need", 4, need),
    ("unit", 3, unit),
    ("assignment", 3, assignment),
    ("question_set", 2, question_set),
    ("code_table", 2, code_table),
];

/// A change, from a day on where the flag says so.
fn change(hands: &mut Hands, who: usize, p: &Piece, (kind, target): (&str, RecordId), set: Value) {
    let since = day(p.hour as i32 / 12 - 6);
    hands.says(who, |phone, when| {
        if p.flag { phone.change_since(when, kind, target, set, since) } else { phone.change(when, kind, target, set) }
    });
}

fn record(hands: &mut Hands, who: usize, (kind, target): (&str, RecordId), doc: Value) {
    hands.says(who, |phone, when| phone.record(when, kind, target, doc));
}

/// Where the writer works, or elsewhere.
fn place(p: &Piece) -> RecordId {
    if p.a >= 10 {
        village(p.b)
    } else {
        id([VILLAGE_A1, VILLAGE_A1, VILLAGE_A2, VILLAGE_A2, VILLAGE_B1, VILLAGE_B1][p.who])
    }
}

/// Mostly one of a desk, now and then whoever draws it.
fn mostly(p: &Piece, desk: usize) -> usize {
    if p.b == 11 { p.who } else { desk }
}

fn person_born(hands: &mut Hands, p: &Piece) {
    let (late, doc) = (id(7), json!({"name": "孙七", "living_division": village(p.a), "register": "ACTIVE"}));
    if p.flag && hands.made.iter().all(|made| made.id != late) {
        return record(hands, CLERK, ("person", late), doc);
    }
    let fresh = hands.fresh();
    let doc = json!({"name": "周八", "living_division": place(p), "household": home(p.who, p.b)});
    record(hands, p.who, ("person", fresh), doc);
}

const GROUNDS: [&str; 3] = ["DISCHARGED_SOLDIER", "SERVING_FAMILY", "MARTYR_SURVIVOR"];

fn person_told(hands: &mut Hands, p: &Piece) {
    let set = match p.b {
        0..=2 => json!({"name": format!("张{}", p.hour)}),
        3..=4 => json!({"tags": {"$add": [format!("T{}", p.hour % 3)]}}),
        5 => json!({"tags": {"$remove": ["T1"]}, "note": "记"}),
        6..=8 => json!({"categories": [GROUNDS[p.b - 6]]}),
        9 => json!({"card_state": "APPLIED", "card_kind": "VETERAN"}),
        _ => json!({"address": format!("{}号", p.hour)}),
    };
    change(hands, p.who, p, ("person", person(p.who, p.a % 2)), set);
}

fn person_life(hands: &mut Hands, p: &Piece) {
    let died = json!({"life": "DECEASED", "died_on": day(p.hour as i32 / 24).0});
    let set = if p.b < 8 { died } else { json!({"life": "ALIVE", "died_on": null}) };
    let who = [p.who, REVIEWER, CLERK][p.b % 3];
    change(hands, who, p, ("person", person(who, p.a)), set);
}

fn person_moves(hands: &mut Hands, p: &Piece) {
    let set = json!({"living_division": village(p.b)});
    let who = [p.who, REVIEWER, CLERK][p.b % 3];
    change(hands, who, p, ("person", person(who, p.a)), set);
}

fn person_home(hands: &mut Hands, p: &Piece) {
    let set = json!({"household": home(p.who, p.b)});
    let who = [p.who, REVIEWER, CLERK][p.b % 3];
    change(hands, who, p, ("person", person(who, p.a)), set);
}

fn person_register(hands: &mut Hands, p: &Piece) {
    let set = match p.b % 4 {
        0 => json!({"register": "REMOVED", "removed_for": "DIED"}),
        1 => json!({"register": "REMOVED", "removed_for": "TRANSFERRED"}),
        _ => json!({"register": "ACTIVE"}),
    };
    change(hands, mostly(p, CLERK), p, ("person", person(CLERK, p.a)), set);
}

fn person_number(hands: &mut Hands, p: &Piece) {
    let number = ["11010519491231002X", "440524188001010014"][p.b % 2];
    let who = [p.who, CLERK][p.a % 2];
    let target = person(who, p.a % 3);
    hands.says(who, |phone, when| phone.change(when, "person", target, json!({})).numbered(number));
}

fn household_born(hands: &mut Hands, p: &Piece) {
    let late = id(HOMES + 4);
    let doc = json!({"head_name": "孙七", "division": village(p.a % 3)});
    if hands.made.iter().all(|made| made.id != late) {
        record(hands, CLERK, ("household", late), doc);
    }
}

fn household_told(hands: &mut Hands, p: &Piece) {
    let set = if p.b.is_multiple_of(2) {
        json!({"head_name": format!("李{}", p.hour)})
    } else {
        json!({"way_note": p.hour})
    };
    change(hands, p.who, p, ("household", home(p.who, p.a)), set);
}

fn household_moves(hands: &mut Hands, p: &Piece) {
    let set = json!({"division": village(p.b)});
    let who = [p.who, REVIEWER, CLERK][p.b % 3];
    change(hands, who, p, ("household", home(who, p.a)), set);
}

/// A member goes out into a household of their own.
fn household_splits(hands: &mut Hands, p: &Piece) {
    let fresh = hands.fresh();
    let doc = json!({"head_name": "吴九", "division": id(VILLAGE_A1), "split_from": id(HOMES)});
    let who = [0, REVIEWER, CLERK][p.b % 3];
    record(hands, who, ("household", fresh), doc);
    change(hands, who, p, ("person", person(who, p.a)), json!({"household": fresh}));
}

/// One that was entered earlier ends in one entered later: which of two that end in each other stands is the order of
/// arrival, and not for this law.
fn household_merges(hands: &mut Hands, p: &Piece) {
    let (one, into) = (p.a % 4, 1 + p.a % 4 + p.b % (4 - p.a % 4));
    let set = json!({"register": "MERGED", "merged_into": id(HOMES + into as u128)});
    change(hands, [CLERK, REVIEWER, CLERK, p.who][p.b % 4], p, ("household", id(HOMES + one as u128)), set);
}

fn household_parts(hands: &mut Hands, p: &Piece) {
    change(
        hands,
        CLERK,
        p,
        ("household", id(HOMES + p.a as u128 % 4)),
        json!({"register": "ACTIVE", "merged_into": null}),
    );
}

fn division_born(hands: &mut Hands, _: &Piece) {
    let late = id(0xD001);
    let doc = json!({"name": "新", "level": "VILLAGE", "parent": id(TOWN_A)});
    if hands.made.iter().all(|made| made.id != late) {
        record(hands, CLERK, ("division", late), doc);
    }
}

fn division_told(hands: &mut Hands, p: &Piece) {
    change(hands, mostly(p, CLERK), p, ("division", village(p.a)), json!({"name": format!("村{}", p.hour)}));
}

fn division_merges(hands: &mut Hands, p: &Piece) {
    let since = day(p.hour as i32 / 12 - 6);
    let set = Value::Object(joined(id(VILLAGE_A1), since));
    let target = id([VILLAGE_A2, VILLAGE_B1][p.a % 2]);
    hands.says(mostly(p, CLERK), |phone, when| phone.change_since(when, "division", target, set, since));
}

fn division_parts(hands: &mut Hands, p: &Piece) {
    let (target, town) = [(VILLAGE_A2, TOWN_A), (VILLAGE_B1, TOWN_B)][p.a % 2];
    change(hands, CLERK, p, ("division", id(target)), Value::Object(parted(id(town))));
}

fn division_transferred(hands: &mut Hands, p: &Piece) {
    let set = json!({"parent": id([TOWN_A, TOWN_B][p.b % 2])});
    change(hands, mostly(p, CLERK), p, ("division", id([VILLAGE_A1, VILLAGE_A2, VILLAGE_B1][p.a % 3])), set);
}

fn rule(hands: &mut Hands, p: &Piece) {
    let data = json!({"free_reissues": p.a % 3, "died_before_notice": p.b.is_multiple_of(2)});
    change(hands, mostly(p, CLERK), p, ("rule", rules::id("PLAQUE")), json!({"data": data}));
}

/// A rule that only readers ask.
fn rule_review(hands: &mut Hands, p: &Piece) {
    change(hands, mostly(p, CLERK), p, ("rule", rules::id("REVIEW")), json!({"data": {"auto_days": p.a}}));
}

fn staff(hands: &mut Hands, p: &Piece) {
    let set = json!({"divisions": [village(p.a % 3)]});
    change(hands, mostly(p, ADMIN), p, ("staff", staff_id(ACCOUNT)), set);
}

fn basis_person(hands: &mut Hands, p: &Piece) {
    let set = match p.b % 4 {
        0 => json!({"basis": "VETERAN", "discharged": "2026-03"}),
        1 => json!({"basis": "MARTYR", "certificate_no": "第1号"}),
        2 => json!({"basis": "SERVING"}),
        _ => json!({"relations": {"$add": [{"person": person(p.who, p.a), "relation": "父亲"}]}}),
    };
    let who = [REVIEWER, CLERK, of_the_first(p.who)][p.a % 3];
    change(hands, who, p, ("basis_person", id(SOLDIERS + p.hour as u128 % 2)), set);
}

fn basis_person_home(hands: &mut Hands, p: &Piece) {
    let set = match p.b % 3 {
        0 => json!({"household": home(p.who, p.a)}),
        1 => json!({"plaque_at": home(p.who, p.a)}),
        _ => json!({"parents_household": home(p.who, p.a)}),
    };
    let who = [of_the_first(p.who), REVIEWER, CLERK][p.hour as usize % 3];
    change(hands, who, p, ("basis_person", id(SOLDIERS + p.hour as u128 % 2)), set);
}

fn letter_born(hands: &mut Hands, p: &Piece) {
    let late = id(LETTERS + 2);
    let target = if hands.made.iter().all(|made| made.id != late) { late } else { hands.fresh() };
    let source = if p.flag { "TROOPS" } else { "FAMILY" };
    let doc = json!({"soldier": "郑十", "level": "THIRD", "source": source, "notice_no": format!("第{}号", 10 + p.hour),
        "division": place(p)});
    record(hands, p.who, ("letter", target), doc);
}

fn letter(hands: &mut Hands, p: &Piece) {
    let set = match p.b % 3 {
        0 => json!({"removed": p.flag.then_some("错录")}),
        1 => json!({"soldier": format!("王{}", p.hour)}),
        _ => json!({"address": format!("{}号", p.hour)}),
    };
    change(hands, of_the_first(p.who), p, ("letter", id(LETTERS + p.a as u128 % 3)), set);
}

/// One number on two letters is looked at.
fn letter_number(hands: &mut Hands, p: &Piece) {
    let set = json!({"notice_no": format!("第{}号", p.hour % 3)});
    change(hands, of_the_first(p.who), p, ("letter", id(LETTERS + p.a as u128 % 3)), set);
}

fn need_born(hands: &mut Hands, p: &Piece) {
    let contact = hands.one("contact", p.a).filter(|_| p.flag).map(|made| made.id);
    let doc = json!({"person": person(p.who, p.a), "called": "李四", "need_type": "HOUSING", "urgency": "RED", "asked": "修房",
        "at": at(0, p.hour), "raised_in": contact});
    let fresh = hands.fresh();
    record(hands, p.who, ("need", fresh), doc);
}

/// Handed over, also to where its person does not live; hurried; found to be somebody else's; entered in error.
fn need(hands: &mut Hands, p: &Piece) {
    let (who, set) = match p.b % 5 {
        0 => ([REVIEWER, CLERK][p.a % 2], json!({"owner": village(p.a)})),
        1 => ([REVIEWER, CLERK][p.a % 2], json!({"due_on": day(p.hour as i32 / 12).0})),
        2 => (of_the_first(p.who), json!({"urgency": if p.flag { "RED" } else { "BLUE" }})),
        3 => (of_the_first(p.who), json!({"person": person(p.who, p.a)})),
        _ => (CLERK, json!({"removed": p.flag.then_some("错录")})),
    };
    change(hands, who, p, ("need", id(NEEDS + p.hour as u128 % 2)), set);
}

fn unit(hands: &mut Hands, p: &Piece) {
    let fresh = hands.fresh();
    match p.b % 3 {
        0 => {
            let doc = json!({"unit_kind": "FORCES", "name": "驻军一", "division": place(p)});
            record(hands, p.who, ("unit", fresh), doc)
        }
        1 => change(hands, of_the_first(p.who), p, ("unit", id(UNIT)), json!({"name": format!("厂{}", p.hour)})),
        _ => change(hands, of_the_first(p.who), p, ("unit", id(UNIT)), json!({"hiring": format!("{}名", p.hour)})),
    }
}

fn assignment(hands: &mut Hands, p: &Piece) {
    let Some(made) = hands.one("assignment", p.b).filter(|_| p.flag) else {
        let doc =
            json!({"person": person(p.who, p.a), "owner": ACCOUNT, "name": "赵六", "on": day(3).0, "state": "OPEN"});
        let fresh = hands.fresh();
        return record(hands, p.who, ("assignment", fresh), doc);
    };
    let state = ["DONE", "OPEN"][p.a % 2];
    hands.says(p.who, |phone, when| phone.change(when, "assignment", made.id, json!({ "state": state })));
}

fn question_set(hands: &mut Hands, p: &Piece) {
    let target = bianfang_domain::questions::id("LAW");
    if hands.made.iter().any(|made| made.id == target) {
        return change(hands, mostly(p, CLERK), p, ("question_set", target), json!({"title": format!("问{}", p.hour)}));
    }
    let doc = json!({"code": "LAW", "title": "问", "version": 1, "division": id(COUNTY), "questions": [{"id": "q1", "kind": "TEXT", "text": "问"}]});
    record(hands, CLERK, ("question_set", target), doc);
}

fn code_table(hands: &mut Hands, p: &Piece) {
    let set = json!({format!("items/OWN{}", p.a % 2): {"name": format!("词{}", p.hour), "hidden": p.flag}});
    hands.says(mostly(p, CLERK), |phone, when| phone.change(when, "code_table", codes::id("TAG"), set));
}
