//! PlaqueRequest 更换、补发、依申请新挂: a family asks, village, township and county give their opinions in turn, and the event
//! that names the request fulfils it. Request and opinions are facts, so that each keeps its author, day and words, may be
//! amended or taken back with a reason, and may come in any order; where a request stands is their fold.

use super::{PlaqueAct, code, codes, event};
use crate::actor::{Right, Role};
use crate::document::{Document, id_in, int_in, text_in};
use crate::fold::{Fold, fold};
use crate::form::Form;
use crate::id::RecordId;
use crate::kind::{Fault, Field, Judgement, Kind, Nature};
use crate::link::Link;
use crate::op::Part;
use crate::projection::{Row, Table, int, text};
use crate::reason::Reason;
use crate::record::Record;
use crate::time::Day;
use crate::world::World;

/// The kind. Document: {household, ask: NEW|REISSUE|REPLACE, at, applicant, reason?, person?, old_returned?, old_hung_on?}.
pub struct PlaqueRequest;

/// An opinion. Document: {request, step: VILLAGE_OK|TOWN_OK|COUNTY_OK|REJECTED, opinion, at, by?: who signed on paper}.
pub struct PlaqueRequestStep;

codes! {
    /// Where a request stands.
    RequestState {
        /// 已申请
        Applied,
        /// 村（社区）已同意
        VillageOk,
        /// 乡镇（街道）已同意
        TownOk,
        /// 县局已批准
        CountyOk,
        /// 已退回
        Rejected,
        /// 新牌已发放
        Issued,
        /// 已办结
        Done,
        /// A code of a newer version.
        #[serde(other)]
        Other,
    }
}

/// Opinion, from which states, who gives it. ISSUED and DONE follow from the plaque events that name the request.
pub const TABLE: &[(RequestState, &[RequestState], Right)] = &[
    (RequestState::VillageOk, &[RequestState::Applied], Right::Record),
    (RequestState::TownOk, &[RequestState::VillageOk], Right::Review),
    (RequestState::CountyOk, &[RequestState::TownOk], Right::County),
    (RequestState::Rejected, &[RequestState::Applied], Right::Record),
    (RequestState::Rejected, &[RequestState::VillageOk], Right::Review),
    (RequestState::Rejected, &[RequestState::TownOk, RequestState::CountyOk], Right::County),
];

/// The opinions that a role may give on a request in a state, for forms that offer only what will count.
#[must_use]
pub fn offers(state: RequestState, role: Role) -> Vec<RequestState> {
    let lines = TABLE.iter().filter(|(_, from, who)| from.contains(&state) && role.may(*who));
    lines.map(|(to, ..)| *to).collect()
}

/// The opinion of a step's document.
#[must_use]
pub fn step(doc: &Document) -> Option<RequestState> {
    serde_json::from_value(doc.get("step")?.clone()).ok()
}

/// A request's opinions so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RequestProgress(pub RequestState);

impl Default for RequestProgress {
    fn default() -> Self {
        Self(RequestState::Applied)
    }
}

impl Fold for PlaqueRequestStep {
    type State = RequestProgress;

    fn check(&self, state: &RequestProgress, fact: &Record) -> Result<(), Reason> {
        let Some(step) = step(&fact.doc).filter(|step| *step != RequestState::Other) else {
            return Err(Reason::KindUnknown);
        };
        match TABLE.iter().find(|(to, from, _)| *to == step && from.contains(&state.0)) {
            Some((.., who)) if fact.meta.origin.actor.role.may(*who) => Ok(()),
            Some(_) => Err(Reason::StepOfUpper),
            None if state.0 == RequestState::Rejected => Err(Reason::RequestClosed),
            None => Err(Reason::StepOutOfTurn),
        }
    }

    fn evolve(&self, state: RequestProgress, fact: &Record) -> RequestProgress {
        step(&fact.doc).map_or(state, RequestProgress)
    }
}

/// Where a request stands, from a world that holds everything linked to it.
#[must_use]
pub fn state(request: RecordId, world: &World) -> RequestState {
    let counts = |fact: &&Record| fact.counts(&Part::Whole);
    let steps: Vec<&Record> = world.facts(request, "plaque_request_step").into_iter().filter(counts).collect();
    let events = world.facts(request, "plaque_event").into_iter().filter(counts);
    let fulfilled = events.filter_map(|event| match event::act(&event.doc)? {
        PlaqueAct::Issue => Some(RequestState::Issued),
        PlaqueAct::New | PlaqueAct::Reissue | PlaqueAct::Replace => Some(RequestState::Done),
        _ => None,
    });
    fulfilled.max().unwrap_or_else(|| fold(&PlaqueRequestStep, &steps, &Part::Whole).state.0)
}

/// Every field of a plaque request.
pub const ASKED: &[Field] = &[
    Field::new("household", "户", "Household", Form::Id),
    Field::new("ask", "申请事项", "Asked for", Form::Text).of(&["PLAQUE_ASK"]),
    Field::new("at", "时间", "Time", Form::Moment),
    Field::new("applicant", "申请人", "Applicant", Form::Text),
    Field::new("reason", "原因", "Reason", Form::Text).of(&["PLAQUE_REASON"]),
    Field::new("person", "人员", "Person", Form::Id),
    Field::new("old_returned", "旧牌已交回", "Old plaque returned", Form::Flag),
    Field::new("old_hung_on", "旧牌悬挂日期", "Old plaque hung on", Form::Any),
];

/// Every field of an opinion on one.
pub const OPINION: &[Field] = &[
    Field::new("request", "申请", "Request", Form::Id),
    Field::new("step", "步骤", "Step", Form::Text).of(&["PLAQUE_REQUEST"]),
    Field::new("opinion", "意见", "Opinion", Form::Text),
    Field::new("at", "时间", "Time", Form::Moment),
    Field::new("by", "签署人", "Signed by", Form::Text),
];

impl Kind for PlaqueRequest {
    fn name(&self) -> &'static str {
        "plaque_request"
    }

    fn nature(&self) -> Nature {
        Nature::Fact
    }

    fn fields(&self) -> &'static [Field] {
        ASKED
    }

    fn check(&self, doc: &Document) -> Result<(), Fault> {
        id_in(doc, "household").ok_or_else(|| Fault::missing("household"))?;
        int_in(doc, "at").ok_or_else(|| Fault::missing("at"))?;
        text_in(doc, "applicant").ok_or_else(|| Fault::missing("applicant"))?;
        match text_in(doc, "ask") {
            Some("NEW") => Ok(()),
            Some("REPLACE" | "REISSUE") => text_in(doc, "reason").map(|_| ()).ok_or_else(|| Fault::missing("reason")),
            Some(_) => Err(Fault::malformed("ask")),
            None => Err(Fault::missing("ask")),
        }
    }

    fn links(&self) -> &'static [Link] {
        const { &[Link::subject("household")] }
    }

    fn happened_ms(&self, doc: &Document) -> Option<i64> {
        int_in(doc, "at")
    }
}

impl Kind for PlaqueRequestStep {
    fn name(&self) -> &'static str {
        "plaque_request_step"
    }

    fn nature(&self) -> Nature {
        Nature::Fact
    }

    fn fields(&self) -> &'static [Field] {
        OPINION
    }

    fn check(&self, doc: &Document) -> Result<(), Fault> {
        id_in(doc, "request").ok_or_else(|| Fault::missing("request"))?;
        int_in(doc, "at").ok_or_else(|| Fault::missing("at"))?;
        text_in(doc, "opinion").ok_or_else(|| Fault::missing("opinion"))?;
        match step(doc).ok_or_else(|| Fault::malformed("step"))? {
            // They are what happened, told by the plaque events.
            RequestState::Applied | RequestState::Issued | RequestState::Done => Err(Fault::malformed("step")),
            _ => Ok(()),
        }
    }

    fn links(&self) -> &'static [Link] {
        const { &[Link::subject("request")] }
    }

    fn happened_ms(&self, doc: &Document) -> Option<i64> {
        int_in(doc, "at")
    }

    fn judge(&self, _request: &Record, facts: &[&Record], _world: &World) -> Judgement {
        Judgement { held: fold(self, facts, &Part::Whole).held, ..Judgement::default() }
    }

    fn tables(&self) -> &'static [Table] {
        const {
            &[Table {
                name: "plaque_request",
                columns: &[
                    text("household"),
                    text("ask"),
                    text("state"),
                    text("reason"),
                    text("applicant"),
                    int("applied_on"),
                    int("counts"),
                ],
                indexes: &[("state", "state, applied_on"), ("household", "household")],
                unique: &[],
            }]
        }
    }

    fn folds(&self) -> bool {
        true
    }

    fn fold_rows(&self, request: RecordId, world: &World) -> Vec<Row> {
        let Some(record) = world.find(request).filter(|record| record.kind == "plaque_request") else {
            return Vec::new();
        };
        let doc = &record.doc;
        vec![Row {
            table: "plaque_request",
            owner: request.to_string(),
            cells: vec![
                id_in(doc, "household").into(),
                text_in(doc, "ask").into(),
                code(&state(request, world)).into(),
                text_in(doc, "reason").into(),
                text_in(doc, "applicant").into(),
                Day::of(record.meta.origin.happened.ms).into(),
                record.counts(&Part::Whole).into(),
            ],
        }]
    }
}
