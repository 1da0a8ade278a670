//! NeedStep: what was done about a need. FOUND is where it begins; REGISTERED, HANDLING and REFERRED leave it open, RESOLVED
//! and ANSWERED_ON_SPOT close it, and REVISITED tells what the family says of the answer (product.md, Need).

use super::turn;
use crate::actor::{Right, Role};
use crate::document::{Document, id_in, int_in, text_in};
use crate::due::{ASKS, DueWhy};
use crate::fold::{Fold, fold};
use crate::form::Form;
use crate::id::RecordId;
use crate::kind::plaque::{code, codes};
use crate::kind::{Fault, Field, Judgement, Kind, Nature};
use crate::link::Link;
use crate::op::Part;
use crate::projection::{Row, Table, int, text};
use crate::reason::Reason;
use crate::record::Record;
use crate::time::Day;
use crate::world::World;

/// The kind. Document: {need, step, at, contact?: the visit in which it was taken, answer?, to?: an office that is no division,
/// owner?: the division it went to, satisfied?, note?}.
pub struct NeedStep;

codes! {
    /// Where a need stands.
    #[derive(Default)]
    NeedState {
        /// 已发现
        #[default]
        Found,
        /// 已登记
        Registered,
        /// 办理中
        Handling,
        /// 已转办
        Referred,
        /// 已办结
        Resolved,
        /// 当场答复
        AnsweredOnSpot,
        /// 已回访
        Revisited,
        /// A code of a newer version.
        #[serde(other)]
        Other,
    }
}

use NeedState::{AnsweredOnSpot, Found, Handling, Referred, Registered, Resolved, Revisited};

impl NeedState {
    /// Whether somebody still waits for an answer.
    #[must_use]
    pub fn is_open(self) -> bool {
        matches!(self, Found | Registered | Handling | Referred)
    }
}

/// Step, from which states, who takes it. What was found to be unsolved on the revisit is handled again.
pub const TABLE: &[(NeedState, &[NeedState], Right)] = &[
    (Registered, &[Found], Right::Review),
    (Handling, &[Found, Registered, Handling, Referred], Right::Record),
    (Handling, &[Resolved, AnsweredOnSpot, Revisited], Right::Review),
    (Referred, &[Found, Registered, Handling, Referred], Right::Review),
    (Resolved, &[Found, Registered, Handling, Referred], Right::Record),
    (AnsweredOnSpot, &[Found, Registered], Right::Record),
    (Revisited, &[Resolved, AnsweredOnSpot, Revisited], Right::Record),
];

/// The steps that a role may take with a need in a state, for forms that offer only what will count.
#[must_use]
pub fn offers(state: NeedState, role: Role) -> Vec<NeedState> {
    let lines = TABLE.iter().filter(|(_, from, who)| from.contains(&state) && role.may(*who));
    lines.map(|(to, ..)| *to).collect()
}

/// The step of a document.
#[must_use]
pub fn step(doc: &Document) -> Option<NeedState> {
    serde_json::from_value(doc.get("step")?.clone()).ok()
}

/// A need's way so far.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct NeedProgress {
    /// Where it stands.
    pub state: NeedState,
    /// The step that closed it, and its day.
    pub closed: Option<(RecordId, Day)>,
}

impl Fold for NeedStep {
    type State = NeedProgress;

    fn check(&self, need: &NeedProgress, fact: &Record) -> Result<(), Reason> {
        let Some(step) = step(&fact.doc).filter(|step| *step != NeedState::Other) else {
            return Err(Reason::KindUnknown);
        };
        let mut ways = TABLE.iter().filter(|(to, from, _)| *to == step && from.contains(&need.state)).peekable();
        if ways.peek().is_none() {
            return Err(Reason::NeedOutOfTurn);
        }
        let role = fact.meta.origin.actor.role;
        if ways.any(|(.., who)| role.may(*who)) { Ok(()) } else { Err(Reason::NeedOfUpper) }
    }

    fn evolve(&self, need: NeedProgress, fact: &Record) -> NeedProgress {
        let Some(state) = step(&fact.doc) else { return need };
        let closes = need.state.is_open() && !state.is_open();
        let closed = if closes { Some((fact.id, Day::of(fact.meta.origin.happened.ms))) } else { need.closed };
        NeedProgress { state, closed: closed.filter(|_| !state.is_open()) }
    }
}

/// Where a need stands, from a world that holds its steps.
#[must_use]
pub fn standing(need: RecordId, world: &World) -> NeedProgress {
    let steps = world.facts(need, "need_step").into_iter().filter(|fact| fact.counts(&Part::Whole));
    fold(&NeedStep, &steps.collect::<Vec<_>>(), &Part::Whole).state
}

/// Every field of a step.
pub const FIELDS: &[Field] = &[
    Field::new("need", "诉求", "Need", Form::Id),
    Field::new("step", "步骤", "Step", Form::Text).of(&["NEED_STEP"]),
    Field::new("at", "时间", "Time", Form::Moment),
    Field::new("contact", "走访", "Visit", Form::Id),
    Field::new("answer", "办理情况", "What was done", Form::Text),
    Field::new("to", "转往单位", "Referred to", Form::Text),
    Field::new("owner", "承办单位", "Owner", Form::Id),
    Field::new("satisfied", "是否满意", "Satisfied", Form::Flag),
    Field::new("note", "备注", "Note", Form::Text),
];

impl Kind for NeedStep {
    fn name(&self) -> &'static str {
        "need_step"
    }

    fn nature(&self) -> Nature {
        Nature::Fact
    }

    fn fields(&self) -> &'static [Field] {
        FIELDS
    }

    fn check(&self, doc: &Document) -> Result<(), Fault> {
        id_in(doc, "need").ok_or_else(|| Fault::missing("need"))?;
        int_in(doc, "at").ok_or_else(|| Fault::missing("at"))?;
        match step(doc).ok_or_else(|| Fault::malformed("step"))? {
            Found => Err(Fault::malformed("step")),
            Referred if id_in(doc, "owner").is_none() && text_in(doc, "to").is_none() => Err(Fault::missing("to")),
            Resolved | AnsweredOnSpot if text_in(doc, "answer").is_none() => Err(Fault::missing("answer")),
            _ => Ok(()),
        }
    }

    fn links(&self) -> &'static [Link] {
        const { &[Link::subject("need"), Link::reader("contact")] }
    }

    fn happened_ms(&self, doc: &Document) -> Option<i64> {
        int_in(doc, "at")
    }

    fn judge(&self, _need: &Record, facts: &[&Record], _world: &World) -> Judgement {
        Judgement { held: fold(self, facts, &Part::Whole).held, ..Judgement::default() }
    }

    fn tables(&self) -> &'static [Table] {
        const { &[TABLE_OF_NEEDS, ASKS] }
    }

    fn folds(&self) -> bool {
        true
    }

    fn fold_rows(&self, need: RecordId, world: &World) -> Vec<Row> {
        let Some(record) = world.find(need).filter(|record| record.kind == "need") else { return Vec::new() };
        let doc = &record.doc;
        let (standing, counts) = (standing(need, world), text_in(doc, "removed").is_none());
        let found = Day::of(int_in(doc, "at").unwrap_or(record.meta.origin.written.ms));
        let (open, due) = (standing.state.is_open(), turn::due_on(doc));
        let closing =
            standing.closed.and_then(|(step, _)| world.find(step)).and_then(|step| id_in(&step.doc, "contact"));
        let mut rows = vec![Row {
            table: TABLE_OF_NEEDS.name,
            owner: need.to_string(),
            cells: vec![
                id_in(doc, "person").into(),
                id_in(doc, "household").into(),
                text_in(doc, "called").into(),
                text_in(doc, "called").map(crate::name::sort_key).into(),
                text_in(doc, "need_type").into(),
                text_in(doc, "urgency").into(),
                text_in(doc, "asked").into(),
                code(&standing.state).into(),
                id_in(doc, "owner").into(),
                found.into(),
                due.into(),
                standing.closed.map(|(_, day)| day).into(),
                id_in(doc, "raised_in").into(),
                closing.into(),
                open.into(),
                turn::turn(doc, open).into(),
                counts.into(),
            ],
        }];
        if open && counts {
            rows.push(Row {
                table: ASKS.name,
                owner: need.to_string(),
                cells: vec![
                    id_in(doc, "person").into(),
                    id_in(doc, "household").filter(|_| id_in(doc, "person").is_none()).into(),
                    DueWhy::Need.code().into(),
                    text_in(doc, "need_type").into(),
                    found.into(),
                    due.into(),
                ],
            });
        }
        rows
    }
}

/// One row a need.
const TABLE_OF_NEEDS: Table = Table {
    name: "need",
    columns: &[
        text("person"),
        text("household"),
        text("called"),
        text("called_key"),
        text("need_type"),
        text("urgency"),
        text("asked"),
        text("state"),
        // The division that handles it.
        text("held_by"),
        int("found_day"),
        int("due_day"),
        int("closed_day"),
        text("raised_in"),
        text("closed_in"),
        int("open"),
        text("turn"),
        int("counts"),
    ],
    indexes: &[("open", "counts, open, due_day"), ("person", "person"), ("household", "household")],
    unique: &[],
};
