//! PlaqueEvent 光荣牌记录: what happened to a household's plaque. The plaque itself is the fold of these facts
//! ([`super::folded`]).

use super::folded::event_day;
pub use super::folded::{PlaqueStep, act, brings, takes_new};
use super::stock::{self, LOT};
use super::{PlaqueAct, PlaqueRule, code, eligibility};
use crate::decision::{Case, CaseKind, Raised};
use crate::document::{Document, id_in, int_in, text_in};
use crate::form::Form;
use crate::id::RecordId;
use crate::kind::person::lives_in;
use crate::kind::{Fault, Field, Judgement, Kind, Nature};
use crate::link::Link;
use crate::op::Part;
use crate::projection::{Row, Table, int, text};
use crate::reason::Reason;
use crate::record::Record;
use crate::rules::Rule;
use crate::time::Day;
use crate::world::{Reach, World};

/// The kind. Document: {household, event, at, position?, hanger?, signature? | no_signature?, reason?, old_returned?,
/// exception?, document?, contact?, lot?, request?, basis?: PROACTIVE|APPLIED, basis_person?, remained?: what is left of a
/// burnt plaque}.
pub struct PlaqueEvent;

/// Whether an act puts a plaque up.
#[must_use]
pub fn hangs(act: PlaqueAct) -> bool {
    matches!(act, PlaqueAct::New | PlaqueAct::Reissue | PlaqueAct::Replace)
}

/// A household that moves takes its hanging plaque along: off the walls of one division, onto those of another.
fn moves(household: &Record, steps: &[PlaqueStep]) -> Vec<Row> {
    let places = household.meta.dated.get("division").map(Vec::as_slice).unwrap_or_default();
    let moved = places.iter().zip(places.iter().skip(1)).filter(|(before, after)| before.value != after.value);
    let hangs = |day: Day| steps.iter().rev().find(|step| step.day < day).is_some_and(|step| step.after.on_wall());
    let row = |place: &serde_json::Value, day: Day, onto: bool| Row {
        table: "plaque_step",
        owner: household.id.to_string(),
        cells: vec![
            crate::projection::Cell::Null,
            "MOVED".into(),
            day.into(),
            place.as_str().into(),
            crate::projection::Cell::Null,
            onto.into(),
            (!onto).into(),
            false.into(),
            false.into(),
        ],
    };
    moved
        .filter(|(_, after)| hangs(after.from))
        .flat_map(|(before, after)| [row(&before.value, after.from, false), row(&after.value, after.from, true)])
        .collect()
}

/// A family was brought plaques though nobody who lived there was entitled, as far as the register says what they are: kept
/// and counted, and somebody looks at it. One more opens a settled case again.
fn without_ground(household: RecordId, steps: &[PlaqueStep], world: &World) -> Option<Raised> {
    let none = |step: &&PlaqueStep| step.left_store() && eligibility::denied(household, world, step.day);
    let weight = steps.iter().filter(none).count() as u64;
    let case = Case { kind: CaseKind::Ground, subjects: vec![household], facts: Vec::new() };
    let back = || super::stock::taken_back(world.facts(household, "plaque_event"));
    (weight > 0).then(|| Raised { case, weight: weight + back() })
}

/// Every field of a plaque event.
pub const FIELDS: &[Field] = &[
    Field::new("household", "户", "Household", Form::Id),
    Field::new("person", "人员", "Person", Form::Id),
    Field::new("event", "事项", "Event", Form::Text).of(&["PLAQUE_EVENT"]).headers(&["悬挂类型", "类型", "悬挂类别"]),
    Field::new("position", "悬挂位置", "Position", Form::Text).of(&["PLAQUE_POSITION"]).headers(&["悬挂位置", "位置"]),
    Field::new("at", "时间", "Time", Form::Moment).headers(&["悬挂时间", "悬挂日期", "挂牌时间"]),
    Field::new("hanger", "悬挂人", "Hung by", Form::Text).headers(&["悬挂人", "挂牌人", "悬挂悬挂人"]),
    Field::new("signature", "签字", "Signature", Form::Text).headers(&["家庭成员签字", "签字", "家属签字"]),
    Field::new("no_signature", "未签字原因", "Why no signature", Form::Text),
    Field::new("basis", "悬挂依据", "Ground", Form::Code).of(&["PLAQUE_BASIS"]),
    Field::new("basis_person", "荣誉主体", "Basis person", Form::Id),
    Field::new("certificate", "证件名称及编号", "Certificate", Form::Text).headers(&[
        "证件名称及编号",
        "证件编号",
        "证件名称",
    ]),
    Field::new("receiver", "领取人", "Received by", Form::Text),
    Field::new("photos_before", "更换前照片", "Photos before", Form::Any),
    Field::new("category_text", "对象类别（原文）", "Category, as written", Form::Text),
    Field::new("reason", "原因", "Reason", Form::Text).of(&["PLAQUE_REASON"]),
    Field::new("old_returned", "旧牌已交回", "Old plaque returned", Form::Flag).headers(&[
        "旧牌已交回",
        "旧牌是否交回",
        "是否交回旧牌",
    ]),
    Field::new("exception", "县局例外", "Exception", Form::Any),
    Field::new("remained", "残片", "What is left of it", Form::Any),
    Field::new("document", "文件", "Document", Form::Any),
    Field::new("contact", "走访", "Contact", Form::Id),
    Field::new("lot", "批次", "Lot", Form::Id),
    Field::new("request", "申请", "Request", Form::Id),
    Field::new("no_photo", "未拍照原因", "Why no photo", Form::Text),
    Field::new("photo_number", "照片编号", "Photo no.", Form::Text).headers(&["照片编号", "照片"]),
    crate::assumed::FIELD,
    Field::new("extra", "其他列", "Other columns", Form::Any),
    Field::new("note", "备注", "Note", Form::Text).headers(crate::kind::person::fields::NOTE),
];

impl Kind for PlaqueEvent {
    fn name(&self) -> &'static str {
        "plaque_event"
    }

    fn nature(&self) -> Nature {
        Nature::Fact
    }

    /// The events since, and the households whose plaque shows what the setting says of those who died before the notice.
    fn ruled(&self, setting: &str, since: Day) -> Vec<Reach> {
        if setting != PlaqueRule::NAME {
            return Vec::new();
        }
        let shown = |why| Reach::Shown("plaque", "why", why);
        vec![Reach::From("plaque_flow", since), shown("DIED_BEFORE_NOTICE"), shown("DIED_SINCE")]
    }

    fn fields(&self) -> &'static [Field] {
        FIELDS
    }

    fn check(&self, doc: &Document) -> Result<(), Fault> {
        id_in(doc, "household").ok_or_else(|| Fault::missing("household"))?;
        int_in(doc, "at").ok_or_else(|| Fault::missing("at"))?;
        let act = act(doc).ok_or_else(|| Fault::malformed("event"))?;
        if hangs(act) {
            // Invariant 6: position, date, hanger, and signature or the reason why not.
            match text_in(doc, "position") {
                Some("GATE" | "INDOOR") => {}
                Some(_) => return Err(Fault::malformed("position")),
                None => return Err(Fault::missing("position")),
            }
            text_in(doc, "hanger").ok_or_else(|| Fault::missing("hanger"))?;
            text_in(doc, "signature").or(text_in(doc, "no_signature")).ok_or_else(|| Fault::missing("no_signature"))?;
        }
        if act == PlaqueAct::Cancel {
            text_in(doc, "reason").ok_or_else(|| Fault::missing("reason"))?;
        }
        match text_in(doc, "basis") {
            None | Some("PROACTIVE" | "APPLIED") => Ok(()),
            Some(_) => Err(Fault::malformed("basis")),
        }
    }

    fn links(&self) -> &'static [Link] {
        const { &[Link::subject("household"), Link::reader("lot"), Link::reader("request"), Link::reader("contact").along()] }
    }

    fn happened_ms(&self, doc: &Document) -> Option<i64> {
        int_in(doc, "at")
    }

    fn judge(&self, household: &Record, facts: &[&Record], world: &World) -> Judgement {
        if facts.is_empty() {
            return Judgement::default();
        }
        if text_in(&household.doc, "register") == Some("REMOVED") {
            // The home never was; the plaque hangs somewhere. It waits until somebody says where, or the home comes back.
            let open = facts.iter().filter(|fact| fact.stands() && fact.settled(&Part::Whole).is_none());
            let held = open.map(|fact| (fact.id, Reason::HouseholdWithdrawn)).collect();
            return Judgement { held, ..Judgement::default() };
        }
        let folded = Self::fold(household.id, facts, world);
        let twice = |reason: &Reason| matches!(reason, Reason::AlreadyHung | Reason::AlreadyIssued);
        let doubles = folded.held.iter().filter(|(_, reason)| twice(reason));
        let doubles =
            doubles.map(|(fact, _)| Case { kind: CaseKind::Double, subjects: vec![household.id], facts: vec![*fact] });
        let mut cases: Vec<Raised> = doubles.map(Into::into).collect();
        let steps = Self::steps_of(&Self::register(household.id, world), &folded);
        cases.extend(without_ground(household.id, &steps, world));
        let idle = steps.iter().filter(|step| brings(step.act) && !step.left_store()).map(|step| step.fact);
        Judgement { idle: idle.collect(), cases, held: folded.held, ..Judgement::default() }
    }

    fn tables(&self) -> &'static [Table] {
        const {
            &[
                // One row for each household that people live in or something happened to.
                Table {
                    name: "plaque",
                    columns: &[
                        text("state"),
                        text("position"),
                        int("hung_on"),
                        text("hung_by"),
                        int("on_wall"),
                        text("division"),
                        text("why"),
                        text("basis"),
                        int("reissued"),
                        int("returned"),
                    ],
                    indexes: &[("state", "division, state")],
                    unique: &[("one_on_wall", "owner", "on_wall = 1")],
                },
                // One row for each event that stands, of its household: what it did to wall and store.
                Table {
                    name: "plaque_step",
                    columns: &[
                        text("fact"),
                        text("event"),
                        int("day"),
                        text("division"),
                        text("lot"),
                        int("onto_wall"),
                        int("off_wall"),
                        int("put_up"),
                        int("left_store"),
                    ],
                    indexes: &[("day", "division, day"), ("lot", "lot")],
                    unique: &[],
                },
                Table {
                    name: "plaque_flow",
                    columns: &[text("household"), text("event"), int("day"), int("counts")],
                    indexes: &[("day", "day"), ("household", "household, day")],
                    unique: &[],
                },
                LOT,
            ]
        }
    }

    fn rows(&self, record: &Record) -> Vec<Row> {
        let doc = &record.doc;
        vec![Row {
            table: "plaque_flow",
            owner: record.id.to_string(),
            cells: vec![
                id_in(doc, "household").into(),
                text_in(doc, "event").into(),
                event_day(record).into(),
                record.counts(&Part::Whole).into(),
            ],
        }]
    }

    fn folds(&self) -> bool {
        true
    }

    fn fold_rows(&self, household: RecordId, world: &World) -> Vec<Row> {
        let record = world.find(household);
        if let Some(lot) = record.and_then(|record| stock::lot_row(record, world)) {
            return vec![lot];
        }
        let known = record.is_some_and(|record| record.kind == "household");
        let anything = !world.facts(household, self.name()).is_empty();
        // Somebody who lives there makes a row, so that who waits for a plaque can be listed.
        let home = known && world.facts(household, "person").iter().any(|person| lives_in(person, household, Day::MAX));
        let (plaque, eligibility) = Self::shown(household, world);
        // A serving soldier's home waits for one too, though nobody of it is served.
        let waits = known && eligibility.eligible;
        if !(home || waits || anything && (known || record.is_none())) {
            return Vec::new();
        }
        let place = |day: Day| record.and_then(|record| id_in(&record.doc_on(day), "division"));
        let owner = household.to_string();
        let mut rows = vec![Row {
            table: "plaque",
            owner: owner.clone(),
            cells: vec![
                code(&plaque.state).into(),
                plaque.position.into(),
                plaque.hung_on.into(),
                plaque.hung_by.into(),
                plaque.state.on_wall().into(),
                place(Day::MAX).into(),
                code(&eligibility.why).into(),
                eligibility.basis.and_then(|basis| code(&basis)).into(),
                i64::from(plaque.reissued).into(),
                i64::from(plaque.returned).into(),
            ],
        }];
        let steps = Self::steps(household, world);
        rows.extend(steps.iter().map(|step| Row {
            table: "plaque_step",
            owner: owner.clone(),
            cells: vec![
                step.fact.into(),
                code(&step.act).into(),
                step.day.into(),
                place(step.day).into(),
                world.find(step.fact).and_then(|fact| id_in(&fact.doc, "lot")).into(),
                step.onto_wall().into(),
                step.off_wall().into(),
                step.put_up().into(),
                step.left_store().into(),
            ],
        }));
        rows.extend(record.into_iter().flat_map(|record| moves(record, &steps)));
        rows
    }
}
