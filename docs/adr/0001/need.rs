//! Need 诉求 (paper trial for ADR 1): found at a door, handled by somebody with a date, closed by a later visit.
//! The need is shared data (type, level, owner, due day); its steps are facts that may name the contact they happened in.

pub struct Need;
pub struct NeedStep;

impl Kind for Need {
    fn name(&self) -> &'static str { "need" }
    fn nature(&self) -> Nature { Nature::Shared }
    fn fields(&self) -> &'static [Field] {
        const { &[
            Field::new("level", Sets::Only(Right::Review)),
            Field::new("owner", Sets::Only(Right::Review)),
            Field::new("due_on", Sets::Only(Right::Review)),
        ] }
    }
    fn check(&self, doc: &Document) -> Result<(), Fault> {
        id_in(doc, "person").ok_or_else(|| Fault::missing("person"))?;
        text_in(doc, "type").map(|_| ()).ok_or_else(|| Fault::missing("type"))
    }
    // A need lies where its person lies: subjects carry scope, also for shared data.
    fn subjects(&self, doc: &Document) -> Vec<RecordId> { id_in(doc, "person").into_iter().collect() }
}

codes! { NeedState { Found, Registered, Handling, Referred, Resolved, AnsweredOnSpot, Revisited } }

#[derive(Clone)]
pub struct Standing { pub state: NeedState, pub raised_in: Option<RecordId>, pub closed_in: Option<RecordId> }

impl Default for Standing {
    fn default() -> Self { Self { state: NeedState::Found, raised_in: None, closed_in: None } }
}

impl Fold for NeedStep {
    type State = Standing;
    fn check(&self, need: &Standing, fact: &Record) -> Result<(), Reason> {
        let closed = matches!(need.state, NeedState::Resolved | NeedState::AnsweredOnSpot);
        match step(&fact.doc) {
            Some(NeedState::Revisited) if !closed => Err(Reason::NotResolved),
            Some(NeedState::Resolved) if closed => Err(Reason::AlreadyResolved),
            _ => Ok(()),
        }
    }
    fn evolve(&self, mut need: Standing, fact: &Record) -> Standing {
        let Some(state) = step(&fact.doc) else { return need };
        let contact = id_in(&fact.doc, "contact");
        match state {
            NeedState::Found => need.raised_in = need.raised_in.or(contact),
            NeedState::Resolved | NeedState::AnsweredOnSpot => need.closed_in = contact,
            _ => {}
        }
        need.state = state;
        need
    }
}

impl Kind for NeedStep {
    fn name(&self) -> &'static str { "need_step" }
    fn nature(&self) -> Nature { Nature::Fact }
    fn check(&self, doc: &Document) -> Result<(), Fault> {
        id_in(doc, "need").ok_or_else(|| Fault::missing("need"))?;
        match step(doc).ok_or_else(|| Fault::malformed("step"))? {
            NeedState::Referred => text_in(doc, "referred_to").map(|_| ()).ok_or_else(|| Fault::missing("referred_to")),
            _ => Ok(()),
        }
    }
    fn subjects(&self, doc: &Document) -> Vec<RecordId> { id_in(doc, "need").into_iter().collect() }
    fn happened_ms(&self, doc: &Document) -> Option<i64> { int_in(doc, "at") }
    fn judge(&self, _need: &Record, facts: &[&Record], _world: &World) -> Judgement {
        Judgement { held: fold(self, facts, &Part::Whole).held, cases: Vec::new() }
    }
    fn tables(&self) -> &'static [Table] {
        const { &[Table {
            name: "need_standing",
            columns: &[text("state"), text("raised_in"), text("closed_in"), int("open")],
            indexes: &[("open", "open, state")],
            unique: &[],
        }] }
    }
    fn fold_rows(&self, need: RecordId, facts: &[&Record]) -> Vec<Row> {
        let standing = fold(self, facts, &Part::Whole).state;
        let open = standing.closed_in.is_none() && standing.state != NeedState::AnsweredOnSpot;
        vec![Row { table: "need_standing", owner: need.to_string(), cells: vec![
            code(&standing.state).into(), standing.raised_in.into(), standing.closed_in.into(), open.into(),
        ] }]
    }
}

fn step(doc: &Document) -> Option<NeedState> { serde_json::from_value(doc.get("step")?.clone()).ok() }
