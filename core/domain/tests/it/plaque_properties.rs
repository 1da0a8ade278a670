//! Laws of plaques over random work of several phones, in random orders: no forbidden state is reached, and the figures
//! balance.

use std::collections::{BTreeMap, BTreeSet};

use bianfang_domain::coverage::Window;
use bianfang_domain::id::RecordId;
use bianfang_domain::kind::plaque::event::PlaqueStep;
use bianfang_domain::kind::plaque::figures::figures;
use bianfang_domain::kind::{PlaqueAct, PlaqueEvent, PlaqueState};
use bianfang_domain::op::Part;
use bianfang_domain::projection::Cell;
use bianfang_domain::record::Record;
use proptest::prelude::*;
use serde_json::json;

use crate::county::{COUNTY, County, Phone, Sent, TOWN_A, VILLAGE_A1, VILLAGE_A2, VILLAGE_B1, at, day, id};

const ACTS: [&str; 13] = [
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
    "INSPECT",
    "DESTROY",
];
const LOTS: [u128; 2] = [0x600, 0x601];

/// Phone, hours since day 0, what, household, flag.
type Piece = (usize, i64, usize, u8, bool);

fn pieces() -> impl Strategy<Value = Vec<Piece>> {
    prop::collection::vec((0..4_usize, 0..300_i64, 0..24_usize, 0..2_u8, any::<bool>()), 1..24)
}

fn county() -> County {
    let mut county = County::new();
    for (n, category) in ["DISCHARGED_SOLDIER", "SERVING_FAMILY"].into_iter().enumerate() {
        let house = county.household(0x700 + n as u128, VILLAGE_A1);
        county.member(1 + n as u128, house, &[category]);
    }
    let mut clerk = Phone::new(0x70, bianfang_domain::actor::Role::SectionClerk, COUNTY);
    for lot in LOTS {
        let doc = json!({"act": "RECEIVED", "division": id(VILLAGE_A1), "count": 2, "at": at(0, 1)});
        county.accepts(&clerk.record(at(0, 1), "plaque_stock", id(lot), doc));
    }
    county
}

fn work(pieces: &[Piece]) -> Vec<Sent> {
    let mut phones = [Phone::worker(1, VILLAGE_A1), Phone::worker(2, VILLAGE_A1), Phone::reviewer(), Phone::clerk()];
    phones[1].offset = None;
    let mut sent = Vec::new();
    for (n, (phone, hour, what, house, flag)) in pieces.iter().enumerate() {
        let phone = &mut phones[*phone];
        let (when, fact, house) = (at(0, *hour), id(0x10_000 + n as u128), id(0x700 + u128::from(*house)));
        sent.push(match what {
            0..=15 => {
                let act = ACTS.get(*what).unwrap_or(&"NEW");
                let lot = flag.then(|| id(LOTS[n % 2]));
                let more = json!({"old_returned": flag, "reason": "PUBLIC_ORDER", "document": "文", "lot": lot});
                phone.plaque(when, fact, house, act, more)
            }
            16 => phone.void(when, "plaque_event", id(0x10_000 + (n as u128) / 2)),
            17 => phone.settle(when, "plaque_event", id(0x10_000 + (n as u128) / 2), Part::Whole, *flag),
            18 => {
                let life = if *flag { "DECEASED" } else { "ALIVE" };
                let set = json!({"life": life, "died_on": flag.then(|| day((*hour / 24) as i32).0)});
                phone.change(when, "person", id(1), set)
            }
            19 => phone.change_since(
                when,
                "household",
                house,
                json!({"division": id(if *flag { VILLAGE_A2 } else { VILLAGE_B1 })}),
                day((*hour / 24) as i32),
            ),
            20 => phone.amend(
                when,
                "plaque_event",
                id(0x10_000 + (n as u128) / 2),
                json!({"household": house, "at": at(0, *hour / 2)}),
            ),
            _ => {
                let act = ["TRANSFERRED", "DESTROYED", "RETURNED"][what % 3];
                let to = if act == "TRANSFERRED" { VILLAGE_A2 } else { TOWN_A };
                let doc = json!({"act": act, "division": id(to), "count": 1, "at": when, "from_lot": id(LOTS[n % 2])});
                phone.record(when, "plaque_stock", fact, doc)
            }
        });
    }
    sent
}

/// Another order of arrival; each installation keeps its own.
fn shuffled(sent: &[Sent], keys: &[u32]) -> Vec<Sent> {
    let mut order: Vec<(u32, usize)> =
        (0..sent.len()).map(|i| (keys[i % keys.len()].rotate_left(i as u32), i)).collect();
    order.sort();
    let mut queues: BTreeMap<_, std::collections::VecDeque<&Sent>> = BTreeMap::new();
    for one in sent {
        queues.entry(one.op.id.installation).or_default().push_back(one);
    }
    order.into_iter().filter_map(|(_, i)| queues.get_mut(&sent[i].op.id.installation)?.pop_front().cloned()).collect()
}

/// What must never be, whatever was done: told from the steps alone, not from the table.
fn forbidden(county: &County, house: RecordId) -> Result<(), TestCaseError> {
    let world = county.world();
    let settled = |step: &PlaqueStep| county.get(step.fact).settled(&Part::Whole) == Some(true);
    let (mut walls, mut cancelled, mut reissued) = (0, false, 0);
    for step in PlaqueEvent::steps(house, &world) {
        let doc = &county.get(step.fact).doc;
        walls += i32::from(step.onto_wall()) - i32::from(step.off_wall());
        prop_assert!((0..=1).contains(&walls), "two on one wall");
        let county_did = county.get(step.fact).meta.origin.actor.role == bianfang_domain::actor::Role::SectionClerk;
        if !settled(&step) {
            prop_assert!(
                !(cancelled && step.after.on_wall() && step.act != PlaqueAct::Restore),
                "hung while cancelled"
            );
            prop_assert!(
                !matches!(step.act, PlaqueAct::Cancel | PlaqueAct::Restore | PlaqueAct::Destroy) || county_did
            );
            if step.act == PlaqueAct::Reissue {
                prop_assert_eq!(step.before, PlaqueState::Lost);
                prop_assert!(reissued < 2, "a third reissue");
            }
            if step.act == PlaqueAct::Replace && step.before != PlaqueState::Returned {
                prop_assert_eq!(doc.get("old_returned"), Some(&json!(true)), "the old one is out there");
            }
        }
        reissued += i32::from(step.act == PlaqueAct::Reissue);
        cancelled = step.after == PlaqueState::Cancelled;
    }
    let shown = PlaqueEvent::shown(house, &world).0;
    prop_assert_eq!(shown.state.on_wall(), walls == 1, "the state and the wall agree");
    Ok(())
}

/// Records of a kind that nobody took back, turned down or holds, in the order of what happened: read from what was decided
/// of each, not by the rules that count.
fn standing<'a>(county: &'a County, kind: &str) -> Vec<&'a Record> {
    let counts = |record: &&Record| {
        let turned_down = record.meta.settled.iter().any(|(part, accept)| *part == Part::Whole && !accept);
        record.kind == kind && record.meta.voided.is_none() && record.meta.held.is_empty() && !turned_down
    };
    let mut all: Vec<&Record> = county.records.values().filter(counts).collect();
    all.sort_by_key(|record| (record.meta.origin.happened.ms, record.meta.origin.op));
    all
}

/// What is left in a lot: what came in with it, less each that was sent on or destroyed, less each plaque that a home had from
/// it. What was handed out, or came off the wall and stayed with the family, and is put up then, is no second one.
fn left(county: &County, lot: &Record) -> i64 {
    let count = |record: &Record| record.value("count").as_i64().unwrap();
    let of = |record: &Record, field: &str| record.value(field) == &json!(lot.id);
    let stock = standing(county, "plaque_stock");
    let came = stock.iter().filter(|record| record.id == lot.id).map(|record| count(record));
    let sent_on = stock.iter().filter(|record| of(record, "from_lot")).map(|record| count(record));
    let with_family = [PlaqueState::IssuedNotHung, PlaqueState::TakenDownKept];
    let world = county.world();
    let steps = [0x700, 0x701].into_iter().flat_map(|house| PlaqueEvent::steps(id(house), &world));
    let taken = steps.filter(|step| of(county.get(step.fact), "lot")).filter(|step| match step.act {
        PlaqueAct::New => !with_family.contains(&step.before),
        PlaqueAct::Issue | PlaqueAct::Reissue | PlaqueAct::Replace => true,
        _ => false,
    });
    came.sum::<i64>() - sent_on.sum::<i64>() - taken.count() as i64
}

/// What the store of some divisions holds at the end of a day: each record of stock up to it, and each plaque that left.
fn held(county: &County, flows: &[Vec<Cell>], divisions: &BTreeSet<RecordId>, day: i64) -> i64 {
    let here = |place: &serde_json::Value| divisions.iter().any(|division| place == &json!(division));
    let of_lot = |lot: &str| county.records.values().find(|record| record.id.to_string() == lot);
    let mut held = 0;
    for record in standing(county, "plaque_stock") {
        if i64::from(bianfang_domain::time::Day::of(record.meta.origin.happened.ms).0) > day {
            continue;
        }
        let count = record.value("count").as_i64().unwrap();
        let from = record.value("from_lot").as_str().and_then(of_lot);
        let act = record.value("act");
        held += if act != "DESTROYED" && here(record.value("division")) { count } else { 0 };
        held -= if act != "RECEIVED" && from.is_some_and(|lot| here(lot.value("division"))) { count } else { 0 };
    }
    for cells in flows.iter().filter(|cells| cells[8] == Cell::Int(1)) {
        let (Cell::Int(on), at_home) = (&cells[2], &cells[3]) else { panic!("no day: {cells:?}") };
        let lot = if let Cell::Text(lot) = &cells[4] { of_lot(lot) } else { None };
        let place = lot.map(|lot| lot.value("division").clone());
        let home = if let Cell::Text(home) = at_home { json!(home) } else { json!(null) };
        held -= i64::from(*on <= day && here(&place.unwrap_or(home)));
    }
    held
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_order_of_random_work_reaches_a_forbidden_state(pieces in pieces(), keys in prop::collection::vec(any::<u32>(), 8)) {
        let mut county = county();
        county.takes(&shuffled(&work(&pieces), &keys));
        for house in [0x700, 0x701] {
            forbidden(&county, id(house))?;
        }
        // A lot is overdrawn exactly where there is a case for it.
        let cases: BTreeSet<RecordId> = county.open_cases().into_iter().filter(|case| case.kind == bianfang_domain::decision::CaseKind::Stock).flat_map(|case| case.subjects).collect();
        let lots = county.records.values().filter(|record| record.kind == "plaque_stock" && record.value("act") != "DESTROYED" && left(&county, record) < 0);
        prop_assert_eq!(cases, lots.map(|lot| lot.id).collect::<BTreeSet<_>>());
        prop_assert_eq!(&county.replayed(county.revision), &county.records);
    }

    #[test]
    fn figures_balance_and_the_projection_tells_the_same(pieces in pieces(), keys in prop::collection::vec(any::<u32>(), 8), from in 0..8_i32, days in 0..8_i32) {
        let mut county = county();
        county.takes(&shuffled(&work(&pieces), &keys));
        let window = Window { from: day(from), to: day(from + days) };
        let world = county.world();
        let flows: Vec<Vec<Cell>> = county.rows().into_iter().filter(|row| row.table == "plaque_step").map(|row| row.cells).collect();
        let number = |cell: &Cell| match cell { Cell::Int(number) => *number, _ => 0 };
        for (divisions, whole) in [
            (BTreeSet::from([COUNTY, TOWN_A, VILLAGE_A1, VILLAGE_A2, VILLAGE_B1].map(id)), true),
            (BTreeSet::from([id(VILLAGE_A1)]), false),
            (BTreeSet::from([id(VILLAGE_A2), id(VILLAGE_B1)]), false),
        ] {
            let told = figures(&world, window, &divisions);
            let sum = |column: usize, keep: &dyn Fn(&[Cell]) -> bool| -> i64 {
                let here = flows.iter().filter(|cells| divisions.iter().any(|d| cells[3] == Cell::from(*d)) && keep(cells));
                here.map(|cells| number(&cells[column])).sum()
            };
            let inside = |cells: &[Cell]| (window.from.0.into()..=window.to.0.into()).contains(&number(&cells[2]));
            let event = |cells: &[Cell]| cells[1] != Cell::from("MOVED");
            prop_assert_eq!(told.hung_in, sum(5, &|c| inside(c) && event(c)));
            prop_assert_eq!(told.hung_out, sum(6, &|c| inside(c) && event(c)));
            prop_assert_eq!(told.hung_moved, sum(5, &|c| inside(c) && !event(c)) - sum(6, &|c| inside(c) && !event(c)));
            prop_assert_eq!(told.hung_start, sum(5, &|c| number(&c[2]) < window.from.0.into()) - sum(6, &|c| number(&c[2]) < window.from.0.into()));
            let until = |cells: &[Cell]| number(&cells[2]) <= window.to.0.into();
            prop_assert_eq!(told.hung_end, sum(5, &until) - sum(6, &until));
            prop_assert_eq!(told.store_start, held(&county, &flows, &divisions, i64::from(window.from.0) - 1));
            prop_assert_eq!(told.store_end, held(&county, &flows, &divisions, window.to.0.into()));
            prop_assert_eq!(told.issued, sum(8, &inside));
            prop_assert_eq!(told.put_up_new + told.put_up_replace + told.put_up_reissue, sum(7, &inside));
            prop_assert!(told.put_up_replace + told.put_up_reissue <= told.issued, "each leaves the store once");
            if whole {
                prop_assert_eq!(told.hung_moved, 0, "within the county nothing is lost");
            }
        }
    }
}
