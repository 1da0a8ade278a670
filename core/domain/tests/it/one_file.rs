//! Adding a kind is one file: a handover of a household's keys, which the mechanism has never heard of, is decided, held,
//! folded, projected and told again. Everything about the kind stands here.

use bianfang_domain::decision::{Case, CaseKind, Verdict};
use bianfang_domain::document::{Document, id_in, int_in, text_in};
use bianfang_domain::fold::{Fold, fold};
use bianfang_domain::id::RecordId;
use bianfang_domain::kind::{self, Fault, Judgement, KINDS, Kind, Nature};
use bianfang_domain::op::Part;
use bianfang_domain::projection::{Cell, Row, Table, int, text};
use bianfang_domain::reason::Reason;
use bianfang_domain::record::Record;
use bianfang_domain::world::World;
use serde_json::json;

use crate::county::{County, Phone, VILLAGE_A1, VILLAGE_B1, at, id, orders};

/// 钥匙交接. Document: {household, at, what: GIVEN|RETURNED, to?}.
struct KeyHandover;

impl Fold for KeyHandover {
    /// Who has the keys.
    type State = Option<String>;

    fn check(&self, holder: &Self::State, fact: &Record) -> Result<(), Reason> {
        match (text_in(&fact.doc, "what"), holder) {
            (Some("GIVEN"), Some(_)) => Err(Reason::AlreadyHung),
            (Some("RETURNED"), None) => Err(Reason::NotHung),
            _ => Ok(()),
        }
    }

    fn evolve(&self, _: Self::State, fact: &Record) -> Self::State {
        text_in(&fact.doc, "to").map(str::to_owned)
    }
}

impl Kind for KeyHandover {
    fn name(&self) -> &'static str {
        "key_handover"
    }
    fn nature(&self) -> Nature {
        Nature::Fact
    }
    fn check(&self, doc: &Document) -> Result<(), Fault> {
        id_in(doc, "household").ok_or_else(|| Fault::missing("household"))?;
        match (text_in(doc, "what"), text_in(doc, "to")) {
            (Some("GIVEN"), Some(_)) | (Some("RETURNED"), None) => Ok(()),
            _ => Err(Fault::malformed("what")),
        }
    }
    fn subjects(&self, doc: &Document) -> Vec<RecordId> {
        id_in(doc, "household").into_iter().collect()
    }
    fn happened_ms(&self, doc: &Document) -> Option<i64> {
        int_in(doc, "at")
    }
    fn judge(&self, household: &Record, facts: &[&Record], _: &World) -> Judgement {
        let held = fold(self, facts, &Part::Whole).held;
        let double =
            |fact: &RecordId| Case { kind: CaseKind::Double, subjects: vec![household.id], facts: vec![*fact] };
        let cases = held.iter().filter(|(_, reason)| **reason == Reason::AlreadyHung).map(|(fact, _)| double(fact));
        Judgement { cases: cases.map(Into::into).collect(), held, ..Judgement::default() }
    }
    fn tables(&self) -> &'static [Table] {
        const {
            &[Table {
                name: "house_key",
                columns: &[text("holder"), int("handovers")],
                indexes: &[("holder", "holder")],
                unique: &[],
            }]
        }
    }
    fn folds(&self) -> bool {
        true
    }
    fn fold_rows(&self, household: RecordId, world: &World) -> Vec<Row> {
        let facts = world.facts(household, self.name());
        if facts.is_empty() {
            return Vec::new();
        }
        let counted: Vec<&Record> = facts.into_iter().filter(|fact| fact.counts(&Part::Whole)).collect();
        let holder = fold(self, &counted, &Part::Whole).state;
        let cells = vec![holder.into(), Cell::Int(counted.len() as i64)];
        vec![Row { table: "house_key", owner: household.to_string(), cells }]
    }
}

static WITH_KEYS: [&dyn Kind; kind::ALL.len() + 1] = {
    let mut all: [&dyn Kind; kind::ALL.len() + 1] = [&KeyHandover; kind::ALL.len() + 1];
    let mut at = 0;
    while at < kind::ALL.len() {
        all[at] = kind::ALL[at];
        at += 1;
    }
    all
};

const HOUSE: u128 = 0x700;

fn handover(phone: &mut Phone, day: i32, number: u128, to: Option<&str>) -> crate::county::Sent {
    let what = if to.is_some() { "GIVEN" } else { "RETURNED" };
    let doc = json!({"household": id(HOUSE), "at": at(day, 9), "what": what, "to": to, "ribbon": "red"});
    phone.record(at(day, 9), "key_handover", id(number), doc)
}

#[test]
fn a_kind_of_one_file_is_decided_held_projected_and_replayed() {
    let mut phones = [Phone::worker(1, VILLAGE_A1), Phone::worker(2, VILLAGE_A1), Phone::worker(3, VILLAGE_A1)];
    let sent = [
        handover(&mut phones[0], 0, 0x801, Some("王五")),
        handover(&mut phones[1], 1, 0x802, Some("赵六")),
        handover(&mut phones[2], 2, 0x803, None),
    ];
    for order in orders(&sent) {
        let mut county = County::with_kinds(KINDS.with(&WITH_KEYS));
        county.household(HOUSE, VILLAGE_A1);
        county.takes(&order);
        assert_eq!(county.held().len(), 1);
        assert_eq!(county.get(id(0x802)).held_for(&Part::Whole), Some(Reason::AlreadyHung));
        assert_eq!(county.open_cases().len(), 1);
        let row = county.rows().into_iter().find(|row| row.table == "house_key").unwrap();
        assert_eq!(row.cells, [Cell::Null, Cell::Int(2)]);
        assert_eq!(county.replayed(county.revision), county.records);
        assert_eq!(county.get(id(0x801)).value("ribbon"), "red");

        county.accepts(&Phone::reviewer().settle(at(3, 9), "key_handover", id(0x802), Part::Whole, false));
        assert!(county.held().is_empty() && county.open_cases().is_empty());
    }
}

#[test]
fn the_mechanisms_rules_hold_for_it_too() {
    let mut county = County::with_kinds(KINDS.with(&WITH_KEYS));
    county.household(HOUSE, VILLAGE_A1);
    let outside = county.take(&handover(&mut Phone::worker(4, VILLAGE_B1), 0, 0x801, Some("王五")));
    assert_eq!((outside.verdict, outside.reason), (Verdict::Held, Some(Reason::TargetUnknown)));
    let mut phone = Phone::worker(1, VILLAGE_A1);
    let bad = phone.record(at(0, 9), "key_handover", id(0x802), json!({"household": id(HOUSE), "what": "LOST"}));
    assert_eq!(county.take(&bad).field.as_deref(), Some("what"));
}

#[test]
fn a_county_of_an_older_version_keeps_it_for_the_upgrade() {
    let mut county = County::new();
    county.household(HOUSE, VILLAGE_A1);
    let sent = handover(&mut Phone::worker(1, VILLAGE_A1), 0, 0x801, Some("王五"));
    let decision = county.take(&sent);
    assert_eq!((decision.verdict, decision.reason, decision.waits), (Verdict::Held, Some(Reason::KindUnknown), true));
    county.kinds = KINDS.with(&WITH_KEYS);
    county.accepts(&sent);
}
