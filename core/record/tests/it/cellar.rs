//! The cellar: four kinds, each as small as it can be, and hands that write.

use std::collections::BTreeMap;

use bianfang_record::actor::{Actor, Right, Role};
use bianfang_record::decide::take;
use bianfang_record::decision::{Case, CaseKind, Decision};
use bianfang_record::document::{Document, int_in, text_in};
use bianfang_record::field::{Fault, Field};
use bianfang_record::fold::{Fold, fold};
use bianfang_record::form::Form;
use bianfang_record::id::{OpId, RecordId};
use bianfang_record::judge::Judgement;
use bianfang_record::kind::{Kind, Nature};
use bianfang_record::kinds::Kinds;
use bianfang_record::link::Link;
use bianfang_record::op::{Act, Arrival, Op, Part, Sealed};
use bianfang_record::reason::Reason;
use bianfang_record::record::Record;
use bianfang_record::time::{Day, DeviceTime};
use bianfang_record::world::World;
use serde_json::{Value, json};
use uuid::Uuid;

pub const CELLAR: u128 = 0x10;
pub const LEFT: u128 = 0x11;
pub const RIGHT: u128 = 0x12;
/// In the left room.
pub const NOOK: u128 = 0x13;
/// In the nook, with ten cups.
pub const JAR: u128 = 0x20;

pub const ALL: &[&dyn Kind] = &[&Room, &Jar, &Pour, &Question];
pub const WITHOUT_CASES: &[&dyn Kind] = &[&Room, &Jar, &Pour];
pub const KINDS: Kinds = Kinds::new(ALL).forbidding(no_poison);

fn no_poison(op: &Op) -> Result<(), Fault> {
    let poison = op.set().into_iter().flatten().find(|(_, value)| *value == "poison");
    poison.map_or(Ok(()), |(field, _)| Err(Fault::malformed(field)))
}

pub fn id(number: u128) -> RecordId {
    RecordId(Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000 | number))
}

struct Room;
impl Kind for Room {
    fn name(&self) -> &'static str {
        "room"
    }
    fn nature(&self) -> Nature {
        Nature::Shared
    }
    fn fields(&self) -> &'static [Field] {
        const { &[Field::new("inside", "所在", "Inside", Form::Id).only(Right::County).dated()] }
    }
    fn check(&self, doc: &Document) -> Result<(), Fault> {
        text_in(doc, "name").map(|_| ()).ok_or_else(|| Fault::missing("name"))
    }
    fn links(&self) -> &'static [Link] {
        const { &[Link::above("inside")] }
    }
    fn places(&self, id: RecordId, _doc: &Document) -> Vec<RecordId> {
        vec![id]
    }
}

struct Jar;
impl Kind for Jar {
    fn name(&self) -> &'static str {
        "jar"
    }
    fn nature(&self) -> Nature {
        Nature::Shared
    }
    fn fields(&self) -> &'static [Field] {
        const {
            &[
                Field::new("label", "标签", "Label", Form::Text).proposed(),
                Field::new("state", "状态", "State", Form::Any).only(Right::Review),
            ]
        }
    }
    fn check(&self, doc: &Document) -> Result<(), Fault> {
        text_in(doc, "label").map(|_| ()).ok_or_else(|| Fault::missing("label"))
    }
    fn links(&self) -> &'static [Link] {
        const { &[Link::place("room")] }
    }
    fn starts_with(&self, _doc: &Document, reviewer: bool) -> Vec<(&'static str, Value)> {
        if reviewer { Vec::new() } else { vec![("state", json!("NEW"))] }
    }
}

struct Pour;
impl Fold for Pour {
    /// Cups poured.
    type State = i64;
    fn check(&self, poured: &i64, fact: &Record) -> Result<(), Reason> {
        let cups = int_in(&fact.doc, "cups").unwrap_or_default();
        if poured + cups > 10 { Err(Reason::NothingReturned) } else { Ok(()) }
    }
    fn evolve(&self, poured: i64, fact: &Record) -> i64 {
        poured + int_in(&fact.doc, "cups").unwrap_or_default()
    }
}
impl Kind for Pour {
    fn name(&self) -> &'static str {
        "pour"
    }
    fn nature(&self) -> Nature {
        Nature::Fact
    }
    fn check(&self, doc: &Document) -> Result<(), Fault> {
        int_in(doc, "cups").map(|_| ()).ok_or_else(|| Fault::missing("cups"))
    }
    fn links(&self) -> &'static [Link] {
        const { &[Link::subject("jar")] }
    }
    fn judge(&self, jar: &Record, facts: &[&Record], _world: &World) -> Judgement {
        let folded = fold(self, facts, &Part::Whole);
        let case = |fact| Case { kind: CaseKind::Stock, subjects: vec![jar.id], facts: vec![fact] }.into();
        let cases = folded.held.keys().copied().map(case).collect();
        Judgement { held: folded.held, cases, ..Judgement::default() }
    }
}

struct Question;
impl Kind for Question {
    fn name(&self) -> &'static str {
        "question"
    }
    fn nature(&self) -> Nature {
        Nature::Shared
    }
    fn keeps_cases(&self) -> bool {
        true
    }
    fn check(&self, _doc: &Document) -> Result<(), Fault> {
        Ok(())
    }
    fn links(&self) -> &'static [Link] {
        const { &[Link::subject("subjects")] }
    }
}

/// Somebody with a phone.
pub struct Hand {
    pub actor: Actor,
    seq: u64,
}

impl Hand {
    pub fn new(number: u128, role: Role, room: u128) -> Self {
        let installation = Uuid::from_u128(number);
        Self { actor: Actor { account: installation, role, scope: vec![id(room)], installation }, seq: 0 }
    }

    pub fn record(&mut self, world: &mut World, kind: &str, target: u128, doc: Value) -> Decision {
        self.does(world, kind, target, Act::Record { fields: fields(doc), sealed: Sealed::new() })
    }

    pub fn change(&mut self, world: &mut World, kind: &str, target: u128, set: Value) -> Decision {
        self.does(world, kind, target, Act::Change { set: fields(set), sealed: Sealed::new(), since: None })
    }

    pub fn change_since(&mut self, world: &mut World, kind: &str, target: u128, set: Value, day: Day) -> Decision {
        self.does(world, kind, target, Act::Change { set: fields(set), sealed: Sealed::new(), since: Some(day) })
    }

    pub fn void(&mut self, world: &mut World, kind: &str, target: u128) -> Decision {
        self.does(world, kind, target, Act::Void { reason: "错了".to_owned() })
    }

    fn does(&mut self, world: &mut World, kind: &str, target: u128, act: Act) -> Decision {
        self.seq += 1;
        let now = Day(20_020).start_ms() + 1_000 * i64::try_from(self.seq).unwrap();
        let op = Op {
            id: OpId { installation: self.actor.installation, seq: self.seq },
            kind: kind.to_owned(),
            target: id(target),
            act,
            base: u64::MAX,
            at: DeviceTime { device_ms: now, monotonic_ms: now, offset_ms: Some(0) },
        };
        let arrival =
            Arrival { op: &op, actor: &self.actor, received_ms: now, previous_ms: None, fingerprints: BTreeMap::new() };
        take(world, &arrival, 1).unwrap()
    }
}

fn fields(doc: Value) -> Document {
    serde_json::from_value(doc).unwrap()
}

/// The cellar with its rooms and the jar, and everything at hand.
pub fn stocked(kinds: Kinds) -> World {
    let mut world = World::complete(kinds).all_at_hand();
    let mut owner = Hand::new(9, Role::SectionClerk, CELLAR);
    for (room, inside) in [(CELLAR, None), (LEFT, Some(CELLAR)), (RIGHT, Some(CELLAR)), (NOOK, Some(LEFT))] {
        let mut doc = json!({ "name": format!("{room:x}") });
        inside.into_iter().for_each(|inside| doc["inside"] = json!(id(inside)));
        assert_eq!(owner.record(&mut world, "room", room, doc).reason, None);
    }
    let jar = json!({ "label": "酒", "room": id(NOOK), "state": "KEPT" });
    assert_eq!(owner.record(&mut world, "jar", JAR, jar).reason, None);
    world
}
