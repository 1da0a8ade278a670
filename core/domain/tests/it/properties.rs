//! Laws, over random work of several phones: arrival changes nothing, the past can be told again, nothing is lost.

use bianfang_domain::decide::take;
use bianfang_domain::kind::KINDS;
use bianfang_domain::op::{Part, Review};
use bianfang_domain::world::World;
use proptest::prelude::*;
use serde_json::json;

use crate::county::{COUNTY, County, Phone, Sent, VILLAGE_A1, VILLAGE_A2, VILLAGE_B1, at, day, id, rows};

const ACTS: [&str; 12] = [
    "NEW",
    "ISSUE",
    "REISSUE",
    "REPLACE",
    "TAKE_BACK",
    "TAKE_DOWN",
    "REPORT_LOST",
    "DECLINE",
    "MARK_DUE",
    "CANCEL",
    "RESTORE",
    "POLISH",
];
const RESULTS: [&str; 5] = ["MET", "MET_FAMILY", "DIED", "NOT_HOME", "WAVED"];

/// A piece of work: phone, hours since day 0, what, of which subject, a flag.
type Piece = (usize, i64, usize, u8, bool);

fn pieces(most: usize) -> impl Strategy<Value = Vec<Piece>> {
    prop::collection::vec((0..4_usize, 0..300_i64, 0..34_usize, 0..3_u8, any::<bool>()), 1..most)
}

fn phones() -> Vec<Phone> {
    let mut phones = vec![
        Phone::worker(1, VILLAGE_A1),
        Phone::worker(2, VILLAGE_A1),
        Phone::worker(3, VILLAGE_A2),
        Phone::new(4, bianfang_domain::actor::Role::SectionClerk, COUNTY),
    ];
    // One phone never measured its clock.
    phones[1].offset = None;
    phones
}

/// Facts of all phones; each phone works in the order of its pieces, with its clock as it is.
fn work(pieces: &[Piece], phones: &mut [Phone]) -> Vec<Sent> {
    let mut sent = Vec::new();
    for (number, (phone, hour, what, subject, flag)) in pieces.iter().enumerate() {
        let phone = &mut phones[*phone];
        let (when, fact) = (at(0, *hour), id(0x10_000 + number as u128));
        sent.push(match what {
            0..=11 => {
                let more = json!({"old_returned": flag, "reason": "PUBLIC_ORDER", "document": flag.then_some("文")});
                phone.plaque(when, fact, id(0x700 + u128::from(*subject)), ACTS[*what], more)
            }
            12..=17 => {
                let result = RESULTS[(*what - 12).min(4)];
                phone.visit(when, fact, &[(id(1 + u128::from(*subject)), result), (id(2), "MET")])
            }
            20..=33 => later(*what, (phone, when, fact), *subject, *flag),
            // A photo of some fact, which may never come.
            _ => {
                let photo = json!({"subject": id(0x10_000 + u128::from(*subject)), "photo_kind": "SCENE", "original": "ab".repeat(32), "length": 9});
                phone.record(when, "photo", fact, photo)
            }
        });
    }
    sent
}

/// The kind of a piece of work.
fn kind_of(what: usize) -> &'static str {
    match what {
        0..=11 => "plaque_event",
        12..=17 => "contact",
        18..=19 => "photo",
        20..=22 => "plaque_stock",
        23..=24 => "plaque_request",
        25..=26 => "plaque_request_step",
        27..=30 => "letter_step",
        31..=32 => "same_as",
        _ => "snooze",
    }
}

const STEPS: [&str; 6] = ["REGISTERED", "VERIFIED", "DELIVERED", "FED_BACK", "TRANSFERRED", "UNDELIVERABLE"];
const OPINIONS: [&str; 4] = ["VILLAGE_OK", "TOWN_OK", "COUNTY_OK", "REJECTED"];

/// Stock, requests with opinions, letters, mergers, put-offs. Lots and requests are earlier pieces, or never come.
fn later(
    what: usize,
    (phone, when, fact): (&mut Phone, i64, bianfang_domain::id::RecordId),
    subject: u8,
    flag: bool,
) -> Sent {
    let other = id(0x10_000 + u128::from(subject));
    let doc = match what {
        20 => json!({"act": "RECEIVED", "division": id(COUNTY), "count": 3, "at": when}),
        21 => json!({"act": "TRANSFERRED", "division": id(VILLAGE_A1), "from_lot": other, "count": 2, "at": when}),
        22 => json!({"act": "DESTROYED", "division": id(COUNTY), "from_lot": other, "count": 1, "at": when}),
        23..=24 => json!({"household": id(0x700 + u128::from(subject)), "ask": if flag { "REPLACE" } else { "NEW" },
            "applicant": "张三", "reason": "褪色", "at": when}),
        25..=26 => json!({"request": other, "step": OPINIONS[(usize::from(subject) + 2 * usize::from(flag)) % 4],
            "opinion": "同意", "at": when}),
        27..=30 => {
            json!({"letter": id(0x900 + u128::from(subject)), "step": STEPS[(what - 27 + usize::from(flag)) % 6],
            "delivered_by": ["王"], "signature": "x", "reason": "搬走", "to_county": "邻县", "at": when})
        }
        31..=32 => {
            json!({"person": id(1 + u128::from(subject)), "kept": id(1 + (u128::from(subject) + 1 + u128::from(flag)) % 3),
            "at": when})
        }
        _ => json!({"person": id(1 + u128::from(subject)), "until": day(30).0, "reason": "外出", "at": when}),
    };
    phone.record(when, kind_of(what), fact, doc)
}

/// Shared data that the rules read, arriving among the facts: the third person and household are born late, one moves, one
/// has died.
fn shared() -> Vec<Sent> {
    let mut clerk = Phone::clerk();
    let died = json!({"life": "DECEASED", "died_on": day(4).0});
    vec![
        clerk.record(at(0, 1), "person", id(3), json!({"name": "李四", "living_division": id(VILLAGE_A1)})),
        clerk.record(at(0, 1), "household", id(0x702), json!({"head_name": "李四", "division": id(VILLAGE_A2)})),
        clerk.record(at(0, 1), "letter", id(0x902), letter("第3号")),
        clerk.change_since(at(8, 1), "person", id(1), json!({"living_division": id(VILLAGE_B1)}), day(6)),
        clerk.change_since(at(9, 1), "person", id(2), died, day(4)),
    ]
}

fn letter(number: &str) -> serde_json::Value {
    json!({"soldier": "王小军", "level": "SECOND", "source": "TROOPS", "notice_no": number, "division": id(VILLAGE_A1)})
}

fn county() -> County {
    let mut county = County::new();
    for person in 1..=2 {
        county.person(person, VILLAGE_A1);
    }
    for household in 0x700..=0x701 {
        county.household(household, VILLAGE_A1);
    }
    for (target, number) in [(0x900, "第1号"), (0x901, "第2号")] {
        county.accepts(&Phone::clerk().record(at(0, 0), "letter", id(target), letter(number)));
    }
    county
}

/// Another order of arrival that keeps each installation's own.
fn shuffled(sent: &[Sent], keys: &[u32]) -> Vec<Sent> {
    let mut order: Vec<(u32, usize)> =
        (0..sent.len()).map(|i| (keys[i % keys.len()].rotate_left(i as u32), i)).collect();
    order.sort();
    let mut queues: std::collections::BTreeMap<_, std::collections::VecDeque<&Sent>> = Default::default();
    for one in sent {
        queues.entry(one.op.id.installation).or_default().push_back(one);
    }
    // The shuffle says whose turn it is; the phone sends its next.
    order.into_iter().filter_map(|(_, i)| queues.get_mut(&sent[i].op.id.installation)?.pop_front().cloned()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn arrival_changes_neither_held_nor_states_nor_cases_nor_rows(
        pieces in pieces(14),
        keys in prop::collection::vec(any::<u32>(), 8),
        more in prop::collection::vec(any::<u32>(), 8),
    ) {
        let mut sent = work(&pieces, &mut phones());
        sent.extend(shared());
        let mut first = county();
        first.takes(&sent);
        for keys in [keys, more] {
            let mut other = county();
            other.takes(&shuffled(&sent, &keys));
            prop_assert_eq!(first.held(), other.held());
            prop_assert_eq!(first.open_cases(), other.open_cases());
            prop_assert_eq!(first.rows(), other.rows());
        }
    }

    #[test]
    fn the_logged_past_is_told_again_at_every_cut_off(
        pieces in pieces(14),
        keys in prop::collection::vec(any::<u32>(), 8),
        acts in prop::collection::vec((0..14_usize, 0..6_u8, any::<bool>()), 0..8),
        back in 0..24_u64,
    ) {
        let mut phones = phones();
        let mut sent = work(&pieces, &mut phones);
        sent.extend(shared());
        let mut sent = shuffled(&sent, &keys);
        sent.extend(corrections(&acts, &pieces, &mut phones));
        let mut county = county();
        let mut past = Vec::new();
        for one in &sent {
            county.take(one);
            past.push((county.revision, county.records.clone()));
        }
        prop_assert_eq!(&county.replayed(county.revision), &county.records);
        let earlier = past.iter().rev().nth(back as usize % past.len());
        let (revision, records) = earlier.unwrap();
        let replayed = county.replayed(*revision);
        prop_assert_eq!(&replayed, records);
        prop_assert_eq!(rows(replayed.values(), county.kinds), rows(records.values(), county.kinds));
    }

    #[test]
    fn what_needs_asks_for_is_enough(pieces in pieces(10), acts in prop::collection::vec((0..10_usize, 0..6_u8, any::<bool>()), 0..6)) {
        let mut phones = phones();
        let mut sent = work(&pieces, &mut phones);
        sent.extend(shared());
        sent.extend(corrections(&acts, &pieces, &mut phones));
        let mut lean = county();
        let mut whole = World::complete(KINDS).all_at_hand();
        lean.records.values().for_each(|record| whole.load(record.clone()));
        for one in &sent {
            let decision = lean.take(one);
            let decided = take(&mut whole, &one.arrival(), lean.revision);
            prop_assert_eq!(decided.as_ref(), Ok(&decision));
        }
        let records: std::collections::BTreeMap<_, _> = whole.records().map(|r| (r.id, r.clone())).collect();
        prop_assert_eq!(&records, &lean.records);
    }

    #[test]
    fn fields_nobody_knows_survive(name in "[a-z]{3,12}", value in any::<i32>(), text in "\\PC{0,20}") {
        prop_assume!(!["name", "address", "register"].contains(&name.as_str()));
        let name = format!("x_{name}");
        let mut county = county();
        let set = json!({name.clone(): {"n": value, "t": [text]}});
        county.accepts(&Phone::worker(1, VILLAGE_A1).change(at(0, 9), "person", id(1), set.clone()));
        county.accepts(&Phone::worker(2, VILLAGE_A1).change(at(0, 10), "person", id(1), json!({"address": "甲"})));
        let told = county.replayed(county.revision);
        prop_assert_eq!(told[&id(1)].value(&name), &set[&name]);
        let stored: bianfang_domain::record::Record =
            serde_json::from_value(serde_json::to_value(&told[&id(1)]).unwrap()).unwrap();
        prop_assert_eq!(&stored, &told[&id(1)]);
    }

    #[test]
    fn set_changes_of_different_elements_commute(
        start in prop::collection::btree_set("[a-f]", 0..5),
        one in (prop::collection::btree_set("[a-c]", 0..3), prop::collection::btree_set("[a-c]", 0..3)),
        two in (prop::collection::btree_set("[d-f]", 0..3), prop::collection::btree_set("[d-f]", 0..3)),
    ) {
        use bianfang_domain::document::merge_set;
        let [one, two] = [one, two].map(|(add, remove)| json!({"$add": add, "$remove": remove}));
        let start = json!(start);
        let ab = merge_set(Some(&merge_set(Some(&start), &one)), &two);
        let ba = merge_set(Some(&merge_set(Some(&start), &two)), &one);
        prop_assert_eq!(ab, ba);
    }
}

/// Amendments, voids, settlements, reviews of what was recorded.
fn corrections(acts: &[(usize, u8, bool)], pieces: &[Piece], phones: &mut [Phone]) -> Vec<Sent> {
    let mut town = Phone::reviewer();
    let mut sent = Vec::new();
    for (number, (of, what, flag)) in acts.iter().enumerate() {
        let Some(piece) = pieces.get(*of % pieces.len()) else { continue };
        let fact = id(0x10_000 + (*of % pieces.len()) as u128);
        let kind = kind_of(piece.2);
        let when = at(20, number as i64);
        let author = &mut phones[piece.0];
        sent.push(match what {
            0 => {
                author.amend(when, kind, fact, json!({"at": at(0, 5), "household": id(0x700), "subject": id(0x10_001)}))
            }
            1 => author.void(when, kind, fact),
            2 => town.settle(when, kind, fact, Part::Whole, *flag),
            3 => town.settle(when, kind, fact, Part::Of(id(2)), *flag),
            4 => town.review(when, fact, if *flag { Review::Returned } else { Review::Accepted }),
            _ => town.amend(when, kind, fact, json!({"entries": [{"person": id(3), "result": "MET"}]})),
        });
    }
    sent
}
