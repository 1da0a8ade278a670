//! LetterStep: what was done with a merit letter. Five steps of the rules (接收 登记 核实 送达 反馈), and the two ways out:
//! transferred to another county, undeliverable. Delivered once (invariant 11).

use serde::{Deserialize, Serialize};

use super::{LEVELS, division_on};
use crate::actor::{Right, Role};
use crate::codes;
use crate::decision::{Case, CaseKind};
use crate::document::{Document, id_in, int_in, text_in};
use crate::fold::{Fold, fold};
use crate::form::Form;
use crate::id::RecordId;
use crate::kind::plaque::code;
use crate::kind::{Fault, Field, Judgement, Kind, Nature};
use crate::link::Link;
use crate::op::Part;
use crate::projection::{Row, Table, int, text};
use crate::reason::Reason;
use crate::record::Record;
use crate::time::Day;
use crate::world::World;

/// The kind. Document: {letter, step, at, delivered_by?: [name | {name, of?: BUREAU|PAFD, level?, account?}], signature? |
/// no_signature?, receiver?, award_fen?, goods_fen?, goods?, reason?, to_county?, note?}.
pub struct LetterStep;

/// Where a letter stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum LetterState {
    /// 已接收
    #[default]
    Received,
    /// 已登记
    Registered,
    /// 已核实
    Verified,
    /// 已送达
    Delivered,
    /// 已反馈
    FedBack,
    /// 已转递 to another county
    Transferred,
    /// 无法送达
    Undeliverable,
    /// A code of a newer version.
    #[serde(other)]
    Other,
}

use LetterState::{Delivered, FedBack, Received, Registered, Transferred, Undeliverable, Verified};

impl LetterState {
    /// 中文.
    #[must_use]
    pub fn zh(self) -> &'static str {
        codes::word(&codes::LETTER_STEP, self)
    }
}

/// Step, from which states, who may record it. Registering a verified letter leaves it verified.
pub const TABLE: &[(LetterState, &[LetterState], Right)] = &[
    (Registered, &[Received, Registered, Verified], Right::Record),
    (Verified, &[Received, Registered, Verified, Undeliverable], Right::Record),
    // What was done at a door counts, whatever desk work is still missing.
    (Delivered, &[Received, Registered, Verified, Undeliverable], Right::Record),
    (FedBack, &[Delivered, FedBack], Right::Record),
    (Transferred, &[Received, Registered, Verified, Undeliverable], Right::Review),
    (Undeliverable, &[Received, Registered, Verified, Undeliverable], Right::Record),
];

/// The steps that a role may record of a letter in a state, for forms that offer only what will count.
#[must_use]
pub fn offers(state: LetterState, role: Role) -> Vec<LetterState> {
    let onward = |to: &LetterState| *to != state;
    let lines = TABLE.iter().filter(|(_, from, who)| from.contains(&state) && role.may(*who));
    lines.map(|(to, ..)| *to).filter(onward).collect()
}

/// The step of a document.
#[must_use]
pub fn step(doc: &Document) -> Option<LetterState> {
    serde_json::from_value(doc.get("step")?.clone()).ok()
}

/// A letter's way so far.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LetterProgress {
    /// Its state.
    pub state: LetterState,
    /// The one step that delivered it.
    pub delivered: Option<(RecordId, Day)>,
}

impl Fold for LetterStep {
    type State = LetterProgress;

    fn check(&self, letter: &LetterProgress, fact: &Record) -> Result<(), Reason> {
        let Some(step) = step(&fact.doc).filter(|step| *step != LetterState::Other) else {
            return Err(Reason::KindUnknown);
        };
        // Also where a reviewer let through what came after the delivery.
        if step == Delivered && letter.delivered.is_some() {
            return Err(Reason::AlreadyDelivered);
        }
        match TABLE.iter().find(|(to, from, _)| *to == step && from.contains(&letter.state)) {
            Some((.., who)) if fact.meta.origin.actor.role.may(*who) => Ok(()),
            Some(_) => Err(Reason::LetterOfUpper),
            None if letter.state == Transferred => Err(Reason::LetterMoved),
            None if step == FedBack => Err(Reason::NotDelivered),
            None if matches!(letter.state, Delivered | FedBack) => Err(Reason::AlreadyDelivered),
            None => Err(Reason::LetterOutOfTurn),
        }
    }

    fn evolve(&self, mut letter: LetterProgress, fact: &Record) -> LetterProgress {
        match step(&fact.doc) {
            Some(Registered) if letter.state == Verified => {}
            Some(Delivered) => {
                letter.state = Delivered;
                // Whoever lets a second one through does not make it two.
                letter.delivered.get_or_insert((fact.id, Day::of(fact.meta.origin.happened.ms)));
            }
            Some(step) => letter.state = step,
            None => {}
        }
        letter
    }
}

/// Where a letter stands, from a world that holds its steps.
#[must_use]
pub fn standing(letter: RecordId, world: &World) -> LetterProgress {
    let steps = world.facts(letter, "letter_step").into_iter().filter(|fact| fact.counts(&Part::Whole));
    fold(&LetterStep, &steps.collect::<Vec<_>>(), &Part::Whole).state
}

/// What is unusual about who delivered: shown, and in no way of the letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum LetterWarning {
    /// Delivered by a lower level than the merit asks for.
    LowerLevel,
    /// The 人武部 was not there.
    WithoutPafd,
}

impl LetterWarning {
    /// 中文.
    #[must_use]
    pub fn zh(self) -> &'static str {
        match self {
            Self::LowerLevel => "送达人级别低于规定：请核对，或由规定级别的领导补送慰问。",
            Self::WithoutPafd => "规定由退役军人事务部门会同人武部送达，记录中没有人武部人员。",
        }
    }
    /// English.
    #[must_use]
    pub fn en(self) -> &'static str {
        match self {
            Self::LowerLevel => "Delivered by a lower level than this merit asks for: check it.",
            Self::WithoutPafd => "To be delivered together with the 人武部: nobody of theirs is named.",
        }
    }
}

const RANKS: [&str; 5] = ["VILLAGE", "TOWNSHIP", "COUNTY", "CITY", "PROVINCE"];

fn rank(level: &str) -> Option<usize> {
    RANKS.iter().position(|known| *known == level)
}

/// Warnings about a delivery. Names without a level say nothing, and so nothing is said about them.
#[must_use]
pub fn warnings(letter: &Document, step: &Document) -> Vec<LetterWarning> {
    let Some(level) = text_in(letter, "level").and_then(|code| LEVELS.iter().find(|level| level.code == code)) else {
        return Vec::new();
    };
    let people = step.get("delivered_by").and_then(serde_json::Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let told: Vec<&Document> = people.iter().filter_map(serde_json::Value::as_object).collect();
    let ranks: Option<Vec<usize>> = people.iter().map(|person| rank(text_in(person.as_object()?, "level")?)).collect();
    let lower = ranks.is_some_and(|ranks| ranks.into_iter().max() < rank(level.by));
    let pafd = told.iter().any(|person| text_in(person, "of") == Some("PAFD"));
    let unknown = told.len() < people.len() || told.iter().any(|person| text_in(person, "of").is_none());
    let mut found = Vec::new();
    if lower {
        found.push(LetterWarning::LowerLevel);
    }
    if level.with_pafd && !pafd && !unknown {
        found.push(LetterWarning::WithoutPafd);
    }
    found
}

/// Every field of a letter's step.
pub const FIELDS: &[Field] = &[
    Field::new("letter", "喜报", "Letter", Form::Id),
    Field::new("step", "步骤", "Step", Form::Text).of(&["LETTER_STEP"]),
    Field::new("at", "时间", "Time", Form::Moment).headers(&["送达时间", "送达日期"]),
    Field::new("delivered_by", "送达人", "Delivered by", Form::Any).headers(&[
        "送达人",
        "送达送达人",
        "送达人局人武部",
    ]),
    Field::new("signature", "签收", "Signature", Form::Text).headers(&["签收"]),
    Field::new("no_signature", "未签收原因", "Why no signature", Form::Text),
    Field::new("receiver", "接收人", "Received by", Form::Any),
    Field::new("award_fen", "奖励金", "Award", Form::Fen),
    Field::new("goods_fen", "慰问品价值", "Goods", Form::Fen),
    Field::new("goods", "慰问品", "Goods", Form::Any),
    Field::new("reason", "原因", "Reason", Form::Text),
    Field::new("to_county", "转往", "To county", Form::Text),
    Field::new("note", "备注", "Note", Form::Text).headers(&["回执"]),
];

impl Kind for LetterStep {
    fn name(&self) -> &'static str {
        "letter_step"
    }

    fn nature(&self) -> Nature {
        Nature::Fact
    }

    fn fields(&self) -> &'static [Field] {
        FIELDS
    }

    fn check(&self, doc: &Document) -> Result<(), Fault> {
        id_in(doc, "letter").ok_or_else(|| Fault::missing("letter"))?;
        int_in(doc, "at").ok_or_else(|| Fault::missing("at"))?;
        let needs: &[&str] = match step(doc).ok_or_else(|| Fault::malformed("step"))? {
            Received => return Err(Fault::malformed("step")),
            Delivered => {
                named(doc)?;
                text_in(doc, "signature")
                    .or(text_in(doc, "no_signature"))
                    .ok_or_else(|| Fault::missing("no_signature"))?;
                &[]
            }
            Transferred => &["reason", "to_county"],
            Undeliverable => &["reason"],
            _ => &[],
        };
        for field in needs {
            text_in(doc, field).ok_or_else(|| Fault::missing(field))?;
        }
        Ok(())
    }

    fn links(&self) -> &'static [Link] {
        const { &[Link::subject("letter")] }
    }

    fn happened_ms(&self, doc: &Document) -> Option<i64> {
        int_in(doc, "at")
    }

    fn judge(&self, letter: &Record, facts: &[&Record], _world: &World) -> Judgement {
        let folded = fold(self, facts, &Part::Whole);
        let twice = |fact: &RecordId| facts.iter().any(|f| f.id == *fact && step(&f.doc) == Some(Delivered));
        let doubles = folded.held.iter().filter(|(fact, why)| **why == Reason::AlreadyDelivered && twice(fact));
        let cases =
            doubles.map(|(fact, _)| Case { kind: CaseKind::Double, subjects: vec![letter.id], facts: vec![*fact] });
        Judgement { cases: cases.map(Into::into).collect(), held: folded.held, ..Judgement::default() }
    }

    fn tables(&self) -> &'static [Table] {
        const {
            &[Table {
                name: "letter",
                columns: &[
                    text("soldier"),
                    text("soldier_key"),
                    text("notice_no"),
                    text("level"),
                    text("division"),
                    text("state"),
                    int("received_on"),
                    int("delivered_on"),
                    text("delivered_by"),
                    int("delivered"),
                    text("warnings"),
                    int("award_fen"),
                    int("goods_fen"),
                    int("conscript"),
                    int("counts"),
                    text("household"),
                    // Where it lay on the day it was delivered.
                    text("delivered_in"),
                    int("must_day"),
                ],
                indexes: &[("state", "division, state"), ("day", "delivered_in, delivered_on")],
                unique: &[("delivered_once", "owner", "delivered = 1")],
            }]
        }
    }

    fn folds(&self) -> bool {
        true
    }

    fn fold_rows(&self, letter: RecordId, world: &World) -> Vec<Row> {
        let Some(record) = world.find(letter).filter(|record| record.kind == "letter") else { return Vec::new() };
        let doc = &record.doc;
        let standing = standing(letter, world);
        let delivery = standing.delivered.and_then(|(step, _)| world.find(step)).map(|step| &step.doc);
        let warned = delivery.map(|step| warnings(doc, step)).unwrap_or_default();
        let warned: Vec<String> = warned.iter().filter_map(code).collect();
        // Recorded once: what the delivery says, else what was planned for it.
        let fen = |field: &str| delivery.and_then(|step| int_in(step, field).or_else(|| int_in(doc, field)));
        vec![Row {
            table: "letter",
            owner: letter.to_string(),
            cells: vec![
                text_in(doc, "soldier").into(),
                text_in(doc, "soldier").map(crate::name::sort_key).into(),
                text_in(doc, "notice_no").into(),
                text_in(doc, "level").into(),
                id_in(doc, "division").into(),
                code(&standing.state).into(),
                int_in(doc, "received_on").into(),
                standing.delivered.map(|(_, day)| day).into(),
                standing.delivered.map(|(step, _)| step).into(),
                standing.delivered.is_some().into(),
                warned.join(" ").into(),
                fen("award_fen").into(),
                fen("goods_fen").into(),
                doc.get("conscript").and_then(serde_json::Value::as_bool).unwrap_or(false).into(),
                text_in(doc, "removed").is_none().into(),
                id_in(doc, "household").into(),
                standing.delivered.and_then(|(_, day)| division_on(record, day)).into(),
                must_day(record, &standing).into(),
            ],
        }]
    }
}

/// 立功必访: the family is visited after a letter of merit came, at the latest after it was delivered.
fn must_day(letter: &Record, standing: &LetterProgress) -> Option<Day> {
    match standing.state {
        Received | Registered | Verified => Some(Day::of(letter.meta.origin.written.ms)),
        Delivered | FedBack => standing.delivered.map(|(_, day)| day),
        Transferred | Undeliverable | LetterState::Other => None,
    }
    .filter(|_| text_in(&letter.doc, "removed").is_none())
}

/// Somebody delivered it, and each has a name.
fn named(doc: &Document) -> Result<(), Fault> {
    let people =
        doc.get("delivered_by").and_then(serde_json::Value::as_array).ok_or_else(|| Fault::missing("delivered_by"))?;
    let name = |person: &serde_json::Value| match person {
        serde_json::Value::String(name) => !name.trim().is_empty(),
        serde_json::Value::Object(person) => text_in(person, "name").is_some(),
        _ => false,
    };
    match people.is_empty() {
        true => Err(Fault::missing("delivered_by")),
        false if people.iter().all(name) => Ok(()),
        false => Err(Fault::malformed("delivered_by")),
    }
}
