//! Random work of a county for the law: who writes what, of which records, with which clock. The makers of each kind of op
//! stand in [`super::facts`], [`super::shared`] and [`super::desk`]; here is what they write with.

use std::sync::LazyLock;

use bianfang_domain::actor::Role;
use bianfang_domain::id::{OpId, RecordId};
use bianfang_domain::kind::{self, Nature, staff_id};
use bianfang_domain::op::{Act, Part};
use bianfang_domain::world::World;
use bianfang_domain::{codes, rules};
use proptest::prelude::*;
use serde_json::json;

use super::{desk, facts, shared};
use crate::county::{COUNTY, County, Phone, Sent, TOWN_A, TOWN_B, VILLAGE_A1, VILLAGE_A2, VILLAGE_B1, at, id};

/// Ops of one sequence.
pub const LENGTH: usize = 40;

/// Who writes, in the order of [`phones`].
pub const REVIEWER: usize = 3;
pub const CLERK: usize = 5;
pub const ADMIN: usize = 6;

/// People 1 to 6 are there from the beginning; 7 is born late or never.
pub const PEOPLE: usize = 7;
/// So are four households; the fifth is born late or never.
pub const HOMES: u128 = 0x700;
pub const LOTS: [u128; 2] = [0x600, 0x601];
pub const SOLDIERS: u128 = 0x620;
pub const LETTERS: u128 = 0x900;
pub const NEEDS: u128 = 0xEE0;
pub const VILLAGES: [u128; 4] = [VILLAGE_A1, VILLAGE_A2, VILLAGE_B1, 0xD001];

/// One draw.
#[derive(Debug, Clone)]
pub struct Piece {
    pub who: usize,
    what: usize,
    pub a: usize,
    pub b: usize,
    pub hour: i64,
    pub flag: bool,
    /// Whether the writer hears of everything before.
    pull: bool,
    /// When it arrives, beside others that may arrive before or after it.
    key: u8,
}

/// An op, with how much of the sequence its author had seen, and whether it rests on how things stood when it was written.
#[derive(Debug, Clone)]
pub struct Job {
    pub sent: Sent,
    pub by: usize,
    pub seen: usize,
    pub barrier: bool,
    pub key: u8,
}

/// A record that an op of the sequence makes.
#[derive(Debug, Clone)]
pub struct Made {
    pub kind: &'static str,
    pub id: RecordId,
    pub by: usize,
    pub op: OpId,
}

/// A field that an op of the sequence speaks of.
pub struct Said {
    pub kind: &'static str,
    pub target: RecordId,
    pub field: String,
    pub by: usize,
    pub op: OpId,
}

/// Those who write, and what they wrote so far.
pub struct Hands {
    phones: Vec<Phone>,
    seen: Vec<usize>,
    key: u8,
    pub jobs: Vec<Job>,
    pub made: Vec<Made>,
    pub said: Vec<Said>,
    /// What was settled, for who takes it back.
    pub settled: Vec<(Made, Part)>,
}

/// A sort of op: its name, how often of a hundred or so, and who writes it.
pub type Maker = (&'static str, usize, fn(&mut Hands, &Piece));

static MAKERS: LazyLock<Vec<Maker>> = LazyLock::new(|| {
    let all = facts::MAKERS.iter().chain(shared::MAKERS).chain(desk::MAKERS);
    all.flat_map(|maker| std::iter::repeat_n(*maker, maker.1)).collect()
});

pub fn pieces() -> impl Strategy<Value = Vec<Piece>> {
    let piece = (0..6_usize, 0..MAKERS.len(), 0..12_usize, 0..12_usize, 0..300_i64, 0..8_u8, any::<u8>());
    let piece = piece.prop_map(|(who, what, a, b, hour, bits, key)| Piece {
        who,
        what,
        a,
        b,
        hour,
        flag: bits & 1 == 1,
        pull: bits & 6 == 6,
        key,
    });
    // A piece that shrinks away leaves the others as they are.
    let pieces = prop::collection::vec(prop::option::weighted(0.99, piece), LENGTH);
    pieces.prop_map(|pieces| pieces.into_iter().flatten().collect())
}

/// The ops of a sequence, in the order they were written.
pub fn work(pieces: &[Piece]) -> Vec<Job> {
    let phones = phones();
    let seen = vec![0; phones.len()];
    let mut hands =
        Hands { phones, seen, key: 0, jobs: Vec::new(), made: Vec::new(), said: Vec::new(), settled: Vec::new() };
    for piece in pieces {
        hands.key = piece.key;
        if piece.pull {
            hands.seen[piece.who] = hands.jobs.len();
        }
        MAKERS[piece.what].2(&mut hands, piece);
    }
    hands.jobs.truncate(LENGTH);
    hands.jobs
}

fn phones() -> Vec<Phone> {
    let mut phones = vec![
        Phone::worker(1, VILLAGE_A1),
        Phone::worker(2, VILLAGE_A1),
        Phone::worker(3, VILLAGE_A2),
        Phone::reviewer(),
        Phone::new(4, Role::VillageWorker, TOWN_B),
        Phone::clerk(),
        Phone::admin(),
    ];
    // One never measured its clock.
    phones[1].offset = None;
    phones
}

impl Hands {
    /// Somebody writes an op.
    pub fn says(&mut self, who: usize, write: impl FnOnce(&mut Phone, i64) -> Sent) {
        let when = at(20, 0) + 600_000 * self.jobs.len() as i64;
        let sent = write(&mut self.phones[who], when);
        let kind = kind::by_name(&sent.op.kind).unwrap().name();
        let (target, op) = (sent.op.target, sent.op.id);
        if let Act::Record { .. } = sent.op.act {
            self.made.push(Made { kind, id: target, by: who, op });
        }
        for field in sent.op.set().into_iter().flat_map(|set| set.keys().cloned()) {
            self.said.push(Said { kind, target, field, by: who, op });
        }
        self.jobs.push(Job { sent, by: who, seen: self.seen[who], barrier: false, key: self.key });
    }

    /// Somebody who has seen everything before and decides on how it stands.
    pub fn decides(&mut self, who: usize, write: impl FnOnce(&mut Phone, i64) -> Sent) {
        self.seen[who] = self.jobs.len();
        self.says(who, write);
        self.jobs.last_mut().unwrap().barrier = true;
    }

    /// The id of what is written next.
    pub fn fresh(&self) -> RecordId {
        id(0x10_000 + self.jobs.len() as u128)
    }

    /// One of the records of a kind that were made so far.
    pub fn one(&self, kind: &str, n: usize) -> Option<Made> {
        let all: Vec<&Made> = self.made.iter().filter(|made| made.kind == kind).collect();
        (!all.is_empty()).then(|| all[n % all.len()].clone())
    }

    /// One of the facts that were made so far.
    pub fn fact(&self, n: usize) -> Option<Made> {
        let fact = |made: &&Made| kind::by_name(made.kind).is_some_and(|kind| kind.nature() == Nature::Fact);
        let all: Vec<&Made> = self.made.iter().filter(fact).collect();
        (!all.is_empty()).then(|| all[n % all.len()].clone())
    }
}

/// Homes and people that each sees at first, by [`phones`].
const NEAR: [(&[u128], &[u128]); 7] = [
    (&[0, 1], &[1, 2, 5, 6]),
    (&[0, 1], &[1, 2, 5, 6]),
    (&[2], &[3]),
    (&[0, 1, 2], &[1, 2, 3, 5, 6]),
    (&[3], &[4]),
    (&[0, 1, 2, 3], &[1, 2, 3, 4, 5, 6]),
    (&[0], &[1]),
];

/// Mostly somebody whom the writer sees, now and then anybody, or somebody who is not there yet.
pub fn person(who: usize, n: usize) -> RecordId {
    let near = NEAR[who].1;
    id(if n >= 10 { 1 + (n % PEOPLE) as u128 } else { near[n % near.len()] })
}

pub fn home(who: usize, n: usize) -> RecordId {
    let near = NEAR[who].0;
    id(HOMES + if n >= 10 { n as u128 % 5 } else { near[n % near.len()] })
}

/// Who sees what lies in the first village.
pub fn of_the_first(who: usize) -> usize {
    if matches!(who, 2 | 4) { 0 } else { who }
}

pub fn village(n: usize) -> RecordId {
    id(VILLAGES[n % 4])
}

/// The same, as a rule reads it.
pub static WORLD: LazyLock<World> = LazyLock::new(|| START.world());

/// The county as everybody saw it at first.
pub static START: LazyLock<County> = LazyLock::new(|| {
    let mut county = County::new();
    for (n, place) in (0..).zip([VILLAGE_A1, VILLAGE_A1, VILLAGE_A2, VILLAGE_B1]) {
        let home = county.household(HOMES + n, place);
        let doc = json!({"name": "李四", "living_division": id(place), "register": "ACTIVE", "life": "ALIVE",
            "household": home, "categories": ["DISCHARGED_SOLDIER"]});
        county.accepts(&Phone::new(0x70 + n, Role::SectionClerk, COUNTY).record(at(-300, 8), "person", id(1 + n), doc));
    }
    county.member(5, id(HOMES), &[]);
    county.member(6, id(HOMES + 1), &["SERVING_FAMILY"]);
    let mut clerk = Phone::new(0x78, Role::SectionClerk, COUNTY);
    let mut told = |kind: &str, target: RecordId, doc: serde_json::Value| {
        county.accepts(&clerk.record(at(-9, 8), kind, target, doc));
    };
    for (lot, place) in LOTS.into_iter().zip([VILLAGE_A1, TOWN_A]) {
        told("plaque_stock", id(lot), json!({"act": "RECEIVED", "division": id(place), "count": 1, "at": at(-9, 8)}));
    }
    for n in 0..2 {
        let doc = json!({"basis": "SERVING", "name": "王小军", "household": id(HOMES + n)});
        told("basis_person", id(SOLDIERS + n), doc);
        let doc = json!({"soldier": "王小军", "level": "SECOND", "source": "TROOPS", "notice_no": format!("第{n}号"),
            "division": id(VILLAGE_A1)});
        told("letter", id(LETTERS + n), doc);
        let doc = json!({"person": id(1 + n), "called": "李四", "need_type": "MEDICAL", "urgency": "BLUE", "asked": "报销",
            "at": at(-9, 8)});
        told("need", id(NEEDS + n), doc);
    }
    let unit = json!({"unit_kind": "EMPLOYER", "name": "厂", "division": id(VILLAGE_A1)});
    told("unit", id(shared::UNIT), unit);
    for rule in ["PLAQUE", "REVIEW"] {
        told("rule", rules::id(rule), json!({"rule": rule, "division": id(COUNTY), "data": {}}));
    }
    told("code_table", codes::id("TAG"), json!({"table": "TAG", "division": id(COUNTY)}));
    let staff = staff_id(shared::ACCOUNT);
    let doc =
        json!({"account": shared::ACCOUNT, "name": "赵六", "division": id(TOWN_A), "divisions": [id(VILLAGE_A1)]});
    county.accepts(&Phone::new(0x79, Role::SysAdmin, COUNTY).record(at(-9, 9), "staff", staff, doc));
    county
});
