//! A county for tests: two townships with two villages each, and a server that loads only
//! what a decision asks for, so that every test also tries whether that is enough.

use std::collections::{BTreeMap, BTreeSet};

use bianfang_domain::actor::Role;
use bianfang_domain::decide::{replay, take};
use bianfang_domain::decision::{Case, Decision};
use bianfang_domain::document::Document;
use bianfang_domain::id::RecordId;
use bianfang_domain::kind::{self, KINDS, Kinds};
use bianfang_domain::op::Part;
use bianfang_domain::projection::Row;
use bianfang_domain::reason::Reason;
use bianfang_domain::record::Record;
use bianfang_domain::time::Day;
use bianfang_domain::world::{Need, World};
use serde_json::{Value, json};
use uuid::Uuid;

pub use crate::phone::{Phone, Sent};

pub const HOUR: i64 = 3_600_000;

/// 2026-05-04, a Monday.
pub fn day0() -> Day {
    Day::from_ymd(2026, 5, 4).unwrap()
}

/// An instant: day `day` after [`day0`], `hour` o'clock in Shanghai.
pub fn at(day: i32, hour: i64) -> i64 {
    Day(day0().0 + day).start_ms() + hour * HOUR
}

/// The day `day` after [`day0`].
pub fn day(day: i32) -> Day {
    Day(day0().0 + day)
}

pub fn id(number: u128) -> RecordId {
    RecordId(Uuid::from_u128(number))
}

pub const COUNTY: u128 = 0xC0;
pub const TOWN_A: u128 = 0xA0;
pub const VILLAGE_A1: u128 = 0xA1;
pub const VILLAGE_A2: u128 = 0xA2;
pub const TOWN_B: u128 = 0xB0;
pub const VILLAGE_B1: u128 = 0xB1;

pub fn fields(value: Value) -> Document {
    value.as_object().unwrap().clone()
}

/// The server.
#[derive(Clone)]
pub struct County {
    pub records: BTreeMap<RecordId, Record>,
    pub log: Vec<(Sent, Decision, u64)>,
    pub revision: u64,
    pub kinds: Kinds,
}

impl County {
    pub fn new() -> Self {
        Self::with_kinds(KINDS)
    }

    pub fn with_kinds(kinds: Kinds) -> Self {
        let mut county = Self { records: BTreeMap::new(), log: Vec::new(), revision: 0, kinds };
        let mut clerk = Phone::new(0x60, Role::SectionClerk, COUNTY);
        let tree = [
            (COUNTY, "COUNTY", None),
            (TOWN_A, "TOWNSHIP", Some(COUNTY)),
            (VILLAGE_A1, "VILLAGE", Some(TOWN_A)),
            (VILLAGE_A2, "VILLAGE", Some(TOWN_A)),
            (TOWN_B, "TOWNSHIP", Some(COUNTY)),
            (VILLAGE_B1, "VILLAGE", Some(TOWN_B)),
        ];
        for (number, level, parent) in tree {
            let mut doc = json!({"name": format!("{number:x}"), "level": level});
            if let Some(parent) = parent {
                doc["parent"] = json!(id(parent));
            }
            county.accepts(&clerk.record(at(-330, 8), "division", id(number), doc));
        }
        county
    }

    /// With an ACTIVE person of a village, as the county entered them a year ago.
    pub fn person(&mut self, number: u128, village: u128) -> RecordId {
        let doc = json!({"name": "张三", "living_division": id(village), "register": "ACTIVE", "life": "ALIVE"});
        let sent =
            Phone::new(0x9000 + number, Role::SectionClerk, COUNTY).record(at(-300, 8), "person", id(number), doc);
        self.accepts(&sent);
        id(number)
    }

    /// The same with what they are: somebody of a household, in these categories.
    pub fn member(&mut self, number: u128, household: RecordId, categories: &[&str]) -> RecordId {
        let doc = json!({"name": "张三", "living_division": id(VILLAGE_A1), "register": "ACTIVE", "life": "ALIVE",
            "household": household, "categories": categories});
        let sent =
            Phone::new(0x9000 + number, Role::SectionClerk, COUNTY).record(at(-300, 8), "person", id(number), doc);
        self.accepts(&sent);
        id(number)
    }

    pub fn household(&mut self, number: u128, village: u128) -> RecordId {
        let doc = json!({"head_name": "张三", "division": id(village)});
        let sent =
            Phone::new(0x9000 + number, Role::SectionClerk, COUNTY).record(at(-300, 8), "household", id(number), doc);
        self.accepts(&sent);
        id(number)
    }

    /// Takes an op over a world that holds only what its decision asked for.
    pub fn take(&mut self, sent: &Sent) -> Decision {
        self.push(std::slice::from_ref(sent)).remove(0)
    }

    /// Takes ops one after another over a world that holds only what their decisions asked for.
    pub fn push(&mut self, all: &[Sent]) -> Vec<Decision> {
        let mut world = World::complete(self.kinds);
        let mut decisions = Vec::new();
        for sent in all {
            self.revision += 1;
            let decision = self.decided(&mut world, sent);
            self.log.push((sent.clone(), decision.clone(), self.revision));
            decisions.push(decision);
        }
        for touched in world.take_touched() {
            self.records.insert(touched, world.copy_of(touched).unwrap());
        }
        decisions
    }

    /// Decides over a world, and loads what it lacks until nothing is asked for.
    pub fn decided(&self, world: &mut World, sent: &Sent) -> Decision {
        for _ in 0..20 {
            match take(world, &sent.arrival(), self.revision) {
                Ok(decision) => return decision,
                Err(lacking) => lacking.into_iter().for_each(|need| self.answer(world, need)),
            }
        }
        panic!("it asks without end");
    }

    pub fn answer(&self, world: &mut World, need: Need) {
        match &need {
            Need::Record(id) => self.records.get(id).cloned().into_iter().for_each(|record| world.load(record)),
            Need::Facts(subject) => {
                let speaks = |record: &&Record| {
                    let kind = self.kinds.by_name(&record.kind).unwrap();
                    kind::about_ever(kind, record).contains(subject)
                };
                self.records.values().filter(speaks).cloned().for_each(|record| world.load(record));
            }
            Need::Holder(index, print) => {
                let (kind, field) = index.split_once('.').unwrap();
                let holds = |record: &&Record| {
                    let known = self.kinds.by_name(&record.kind).unwrap();
                    record.kind == kind
                        && record.meta.fingerprints.get(field) == Some(print)
                        && known.holds_unique(&record.doc)
                };
                if let Some(holder) = self.records.values().find(holds) {
                    world.load_holder(index.clone(), print.clone(), holder.id);
                }
            }
            Need::Reached(reach) => world.load_reached(reach.clone(), self.world().reached(reach)),
        }
        world.answered(need);
    }

    pub fn accepts(&mut self, sent: &Sent) {
        let decision = self.take(sent);
        assert_eq!(decision.reason, None, "{decision:?}");
    }

    pub fn takes(&mut self, all: &[Sent]) -> Vec<Decision> {
        all.iter().map(|sent| self.take(sent)).collect()
    }

    /// Everything, as a rule reads it.
    pub fn world(&self) -> World {
        let mut world = World::complete(self.kinds).all_at_hand();
        self.records.values().cloned().for_each(|record| world.load(record));
        world
    }

    pub fn get(&self, id: RecordId) -> &Record {
        &self.records[&id]
    }

    /// Everything held: (fact, part, reason).
    pub fn held(&self) -> BTreeSet<(RecordId, Part, Reason)> {
        let all = self.records.values();
        all.flat_map(|r| r.meta.held.iter().map(|(part, reason)| (r.id, part.clone(), *reason))).collect()
    }

    pub fn open_cases(&self) -> BTreeSet<Case> {
        let open = self.records.values().filter(|r| r.kind == "case" && r.value("state") == "OPEN");
        open.map(|record| Case::read(&record.doc).unwrap()).collect()
    }

    /// All projections, made from the records alone.
    pub fn rows(&self) -> BTreeSet<Row> {
        rows(self.records.values(), self.kinds)
    }

    /// The state at a cut-off, told again from kept ops and logged decisions.
    pub fn replayed(&self, cut_off: u64) -> BTreeMap<RecordId, Record> {
        let mut world = World::complete(self.kinds).all_at_hand();
        for (sent, decision, revision) in self.log.iter().filter(|(.., revision)| *revision <= cut_off) {
            // As a log keeps it: through JSON.
            let decision = serde_json::from_value(serde_json::to_value(decision).unwrap()).unwrap();
            replay(&mut world, &sent.arrival(), &decision, *revision);
        }
        world.records().map(|record| (record.id, record.clone())).collect()
    }
}

pub fn rows<'a>(records: impl Iterator<Item = &'a Record>, kinds: Kinds) -> BTreeSet<Row> {
    let mut world = World::complete(kinds).all_at_hand();
    let mut subjects = BTreeSet::new();
    for record in records {
        world.load(record.clone());
    }
    let mut rows = BTreeSet::new();
    for record in world.records() {
        let Some(kind) = kinds.by_name(&record.kind) else { continue };
        rows.extend(kind.rows(record));
        subjects.extend(kind::about_ever(kind, record));
        subjects.insert(record.id);
    }
    for subject in subjects {
        let own = world.find(subject).map(|record| record.kind.as_str());
        let folding = kinds.iter().filter(|kind| kind.folds() && own != Some(kind.name()));
        rows.extend(folding.flat_map(|kind| kind.fold_rows(subject, &world)));
    }
    rows
}

/// All orders of a few things.
pub fn orders<T: Clone>(items: &[T]) -> Vec<Vec<T>> {
    if items.is_empty() {
        return vec![Vec::new()];
    }
    let mut all = Vec::new();
    for at in 0..items.len() {
        let mut rest = items.to_vec();
        let first = rest.remove(at);
        for mut order in orders(&rest) {
            order.insert(0, first.clone());
            all.push(order);
        }
    }
    all
}
