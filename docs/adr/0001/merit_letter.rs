//! MeritLetter 立功喜报 (paper trial for ADR 1): a letter comes in, is registered, verified, and delivered once, or moves on.
//! The letter is shared data (whose, level, notice number); each step is a fact about it.

pub struct MeritLetter;
pub struct LetterStep;

impl Kind for MeritLetter {
    fn name(&self) -> &'static str { "merit_letter" }
    fn nature(&self) -> Nature { Nature::Shared }
    fn fields(&self) -> &'static [Field] {
        const { &[
            Field::new("soldier", Sets::AtOnce),
            Field::new("notice_no", Sets::Only(Right::Review)).unique(),
            Field::new("level", Sets::Only(Right::Review)),
            Field::new("division", Sets::Only(Right::Review)).dated(),
        ] }
    }
    fn check(&self, doc: &Document) -> Result<(), Fault> {
        text_in(doc, "soldier").ok_or_else(|| Fault::missing("soldier"))?;
        match text_in(doc, "level") {
            Some("BAYI" | "TITLE" | "FIRST" | "SECOND" | "THIRD" | "FOUR_HAVE" | "COMMENDATION") => Ok(()),
            _ => Err(Fault::malformed("level")),
        }
    }
    fn divisions(&self, record: &Record) -> Vec<RecordId> { id_in(&record.doc, "division").into_iter().collect() }
}

codes! { LetterState { Received, Registered, Verified, Delivered, FedBack, Transferred, Undeliverable } }

#[derive(Clone)]
pub struct Letter { pub state: LetterState, pub delivered_on: Option<Day>, pub by: Option<RecordId> }

impl Default for Letter {
    fn default() -> Self { Self { state: LetterState::Received, delivered_on: None, by: None } }
}

impl Fold for LetterStep {
    type State = Letter;
    fn check(&self, letter: &Letter, fact: &Record) -> Result<(), Reason> {
        use LetterState::{Delivered, FedBack, Transferred};
        match (step(&fact.doc), letter.state) {
            (Some(Delivered), Delivered | FedBack) => Err(Reason::AlreadyDelivered),
            (Some(Delivered), Transferred) => Err(Reason::LetterMoved),
            (Some(FedBack), state) if state != Delivered => Err(Reason::NotDelivered),
            _ => Ok(()),
        }
    }
    fn evolve(&self, mut letter: Letter, fact: &Record) -> Letter {
        let Some(state) = step(&fact.doc) else { return letter };
        letter.state = state;
        if state == LetterState::Delivered {
            letter.delivered_on = Some(Day::of(fact.meta.origin.happened.ms));
            letter.by = Some(fact.id);
        }
        letter
    }
}

impl Kind for LetterStep {
    fn name(&self) -> &'static str { "letter_step" }
    fn nature(&self) -> Nature { Nature::Fact }
    fn check(&self, doc: &Document) -> Result<(), Fault> {
        id_in(doc, "letter").ok_or_else(|| Fault::missing("letter"))?;
        match step(doc).ok_or_else(|| Fault::malformed("step"))? {
            LetterState::Delivered => text_in(doc, "deliverers").map(|_| ()).ok_or_else(|| Fault::missing("deliverers")),
            LetterState::Transferred | LetterState::Undeliverable => {
                text_in(doc, "reason").map(|_| ()).ok_or_else(|| Fault::missing("reason"))
            }
            _ => Ok(()),
        }
    }
    fn subjects(&self, doc: &Document) -> Vec<RecordId> { id_in(doc, "letter").into_iter().collect() }
    fn happened_ms(&self, doc: &Document) -> Option<i64> { int_in(doc, "at") }
    fn judge(&self, letter: &Record, facts: &[&Record], _world: &World) -> Judgement {
        let folded = fold(self, facts, &Part::Whole);
        let twice = folded.held.iter().filter(|(_, why)| **why == Reason::AlreadyDelivered);
        let case = |fact: &RecordId| Case { kind: CaseKind::Double, subjects: vec![letter.id], facts: vec![*fact] }.into();
        let cases = twice.map(|(fact, _)| case(fact));
        Judgement { cases: cases.collect(), held: folded.held }
    }
    fn tables(&self) -> &'static [Table] {
        const { &[Table {
            name: "letter",
            columns: &[text("state"), int("delivered_on"), text("delivered_by"), int("delivered")],
            indexes: &[("day", "delivered_on")],
            unique: &[("delivered_once", "owner", "delivered = 1")],
        }] }
    }
    fn fold_rows(&self, letter: RecordId, facts: &[&Record]) -> Vec<Row> {
        let state = fold(self, facts, &Part::Whole).state;
        vec![Row { table: "letter", owner: letter.to_string(), cells: vec![
            code(&state.state).into(), state.delivered_on.into(), state.by.into(), state.delivered_on.is_some().into(),
        ] }]
    }
}

fn step(doc: &Document) -> Option<LetterState> { serde_json::from_value(doc.get("step")?.clone()).ok() }
