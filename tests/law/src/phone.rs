//! Phones of a test's county, each with its own clock, and ops on their way to the server.

use std::collections::BTreeMap;

use bianfang_domain::actor::{Actor, Role};
use bianfang_domain::id::{OpId, RecordId};
use bianfang_domain::op::{Act, Arrival, Op, Part, Review, Sealed};
use bianfang_domain::reason::Reason;
use bianfang_domain::time::{Day, DeviceTime};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::county::{COUNTY, TOWN_A, at, fields, id};

/// One account on one phone (or at one console), with a clock.
#[derive(Clone)]
pub struct Phone {
    pub actor: Actor,
    pub seq: u64,
    /// Server time minus device time, as last measured.
    pub offset: Option<i64>,
    pub base: u64,
    previous: Option<i64>,
}

impl Phone {
    pub fn new(number: u128, role: Role, scope: u128) -> Self {
        let actor = Actor {
            account: Uuid::from_u128(0x1000 + number),
            role,
            scope: vec![id(scope)],
            installation: Uuid::from_u128(0x2000 + number),
        };
        Self { actor, seq: 0, offset: Some(0), base: 0, previous: None }
    }

    pub fn worker(number: u128, village: u128) -> Self {
        Self::new(number, Role::VillageWorker, village)
    }

    pub fn reviewer() -> Self {
        Self::new(0x50, Role::TownReviewer, TOWN_A)
    }

    pub fn clerk() -> Self {
        Self::new(0x51, Role::SectionClerk, COUNTY)
    }

    /// Who administers accounts.
    pub fn admin() -> Self {
        Self::new(0x52, Role::SysAdmin, COUNTY)
    }

    /// An op written at an instant of this phone's clock.
    pub fn op(&mut self, when: i64, kind: &str, target: RecordId, act: Act) -> Sent {
        self.seq += 1;
        let op = Op {
            id: OpId { installation: self.actor.installation, seq: self.seq },
            kind: kind.to_owned(),
            target,
            act,
            base: self.base,
            at: DeviceTime { device_ms: when, monotonic_ms: when, offset_ms: self.offset },
        };
        // All work of a test is received long after it is done, so that only the order of arrival differs.
        let received_ms = at(60, 0);
        let sent =
            Sent { op, actor: self.actor.clone(), received_ms, previous_ms: self.previous, prints: BTreeMap::new() };
        self.previous = sent.op.at.corrected(self.previous, received_ms).floor(self.previous);
        sent
    }

    pub fn record(&mut self, when: i64, kind: &str, target: RecordId, doc: Value) -> Sent {
        self.op(when, kind, target, Act::Record { fields: fields(doc), sealed: Sealed::new() })
    }

    pub fn change(&mut self, when: i64, kind: &str, target: RecordId, set: Value) -> Sent {
        self.op(when, kind, target, Act::Change { set: fields(set), sealed: Sealed::new(), since: None })
    }

    pub fn change_since(&mut self, when: i64, kind: &str, target: RecordId, set: Value, since: Day) -> Sent {
        self.op(when, kind, target, Act::Change { set: fields(set), sealed: Sealed::new(), since: Some(since) })
    }

    pub fn amend(&mut self, when: i64, kind: &str, target: RecordId, set: Value) -> Sent {
        self.op(when, kind, target, Act::Amend { set: fields(set), sealed: Sealed::new(), reason: "更正".into() })
    }

    pub fn void(&mut self, when: i64, kind: &str, target: RecordId) -> Sent {
        self.op(when, kind, target, Act::Void { reason: "误录".into() })
    }

    pub fn settle(&mut self, when: i64, kind: &str, target: RecordId, part: Part, accept: bool) -> Sent {
        self.op(when, kind, target, Act::Settle { part, accept, reason: "核实".into() })
    }

    pub fn unsettle(&mut self, when: i64, kind: &str, target: RecordId, part: Part) -> Sent {
        self.op(when, kind, target, Act::Unsettle { part, reason: "误审".into() })
    }

    pub fn review(&mut self, when: i64, target: RecordId, verdict: Review) -> Sent {
        self.op(when, "contact", target, Act::Review { verdict, comment: Some("请核对".into()) })
    }

    /// A visit of some people: (person, result).
    pub fn visit(&mut self, when: i64, target: RecordId, people: &[(RecordId, &str)]) -> Sent {
        let entries: Vec<Value> =
            people.iter().map(|(person, result)| json!({"person": person, "result": result})).collect();
        let doc = json!({"at": when, "method": "HOME", "work_types": ["ROUND"], "entries": entries});
        self.record(when, "contact", target, doc)
    }

    /// An event of a plaque, with what its form asks.
    pub fn plaque(&mut self, when: i64, target: RecordId, household: RecordId, event: &str, more: Value) -> Sent {
        let mut doc = fields(json!({
            "household": household, "event": event, "at": when,
            "position": "GATE", "hanger": "王五", "signature": "sha",
        }));
        doc.extend(fields(more));
        self.record(when, "plaque_event", target, Value::Object(doc))
    }
}

/// An op on its way, with what its receiver will add.
#[derive(Clone, Debug)]
pub struct Sent {
    pub op: Op,
    pub actor: Actor,
    pub received_ms: i64,
    pub previous_ms: Option<i64>,
    pub prints: BTreeMap<String, Result<String, Reason>>,
}

impl Sent {
    pub fn arrival(&self) -> Arrival<'_> {
        Arrival {
            op: &self.op,
            actor: &self.actor,
            received_ms: self.received_ms,
            previous_ms: self.previous_ms,
            fingerprints: self.prints.clone(),
        }
    }

    /// With an id number: its masked form, seal and fingerprint.
    pub fn numbered(mut self, number: &str) -> Self {
        let (Act::Record { fields: set, sealed } | Act::Change { set, sealed, .. }) = &mut self.op.act else {
            panic!("no fields")
        };
        set.insert("id_number".into(), json!(bianfang_domain::mask::id_number(number)));
        sealed.insert("id_number".into(), format!("sealed {number}"));
        self.prints.insert("id_number".into(), Ok(format!("print {number}")));
        self
    }
}
