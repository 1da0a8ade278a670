//! Review by exception 例外审核: where a fact stands with its reviewer, who may move it and what that needs; which contacts a
//! person must look at; and that everything else is accepted by itself some days later.
//!
//! What is accepted by itself is told when it is read, by the day of the cut-off, and never stored: a rule that changes needs
//! no rewriting, and a past cut-off tells what it told then.

use serde::{Deserialize, Serialize};

use crate::document::{Document, int_in, text_in};
use crate::kind::{Contact, VisitResult};
use crate::op::{Act, Review};
use crate::reason::Reason;
use crate::record::{BesideWhy, Record};
use crate::rules::Rule;
use crate::time::Day;

/// Where a fact stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum State {
    /// 未审: counts, shown apart.
    Submitted,
    /// 已审
    Accepted,
    /// 退回: in no figure until it is amended.
    Returned,
    /// 作废
    Voided,
}

/// What moves it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Move {
    /// 更正
    Amend,
    /// 审核通过
    Accept,
    /// 退回
    Return,
    /// 作废
    Void,
}

/// Who moves it. A reviewer who is also the author may do either.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// Who recorded it.
    Author,
    /// Who reviews in its divisions.
    Reviewer,
}

/// One line of the life-cycle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// From where.
    pub from: State,
    /// By what.
    pub by: Move,
    /// By whom.
    pub who: By,
    /// The field of the op that must not be blank.
    pub needs: Option<&'static str>,
    /// To where.
    pub to: State,
}

const fn step(from: State, by: Move, who: By, needs: Option<&'static str>, to: State) -> Step {
    Step { from, by, who, needs, to }
}

/// The life-cycle of a fact. What is not in it is refused. A voided fact stays voided whatever comes late: an amendment
/// written before its author heard of it is kept with it.
pub const STEPS: &[Step] = {
    use By::{Author, Reviewer};
    use Move::{Accept, Amend, Return, Void};
    use State::{Accepted, Returned, Submitted, Voided};
    const WHY: Option<&str> = Some("reason");
    const COMMENT: Option<&str> = Some("comment");
    &[
        step(Submitted, Amend, Author, WHY, Submitted),
        step(Submitted, Amend, Reviewer, WHY, Submitted),
        step(Submitted, Accept, Reviewer, None, Accepted),
        step(Submitted, Return, Reviewer, COMMENT, Returned),
        step(Submitted, Void, Author, WHY, Voided),
        step(Submitted, Void, Reviewer, WHY, Voided),
        // Amended by its author it is looked at again.
        step(Accepted, Amend, Author, WHY, Submitted),
        step(Accepted, Amend, Reviewer, WHY, Accepted),
        step(Accepted, Accept, Reviewer, None, Accepted),
        step(Accepted, Return, Reviewer, COMMENT, Returned),
        step(Accepted, Void, Author, WHY, Voided),
        step(Accepted, Void, Reviewer, WHY, Voided),
        // By an author who had seen the return; written before, it changes nothing.
        step(Returned, Amend, Author, WHY, Submitted),
        step(Returned, Amend, Reviewer, WHY, Submitted),
        step(Returned, Accept, Reviewer, None, Accepted),
        step(Returned, Return, Reviewer, COMMENT, Returned),
        step(Returned, Void, Author, WHY, Voided),
        step(Returned, Void, Reviewer, WHY, Voided),
        step(Voided, Amend, Author, WHY, Voided),
        step(Voided, Amend, Reviewer, WHY, Voided),
        step(Voided, Accept, Reviewer, None, Voided),
        step(Voided, Return, Reviewer, COMMENT, Voided),
        step(Voided, Void, Author, WHY, Voided),
        step(Voided, Void, Reviewer, WHY, Voided),
    ]
};

impl State {
    /// Where a fact stands.
    #[must_use]
    pub fn of(record: &Record) -> Self {
        if record.meta.voided.is_some() { Self::Voided } else { Self::reviewed(record) }
    }

    /// Where it stands with its reviewer, voided or not.
    #[must_use]
    pub fn reviewed(record: &Record) -> Self {
        match record.meta.review {
            Review::Submitted => Self::Submitted,
            Review::Accepted => Self::Accepted,
            Review::Returned => Self::Returned,
        }
    }

    /// Its code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Submitted => "SUBMITTED",
            Self::Accepted => "ACCEPTED",
            Self::Returned => "RETURNED",
            Self::Voided => "VOIDED",
        }
    }
}

/// The move an act makes, and what it says why.
#[must_use]
pub fn move_of(act: &Act) -> Option<(Move, Option<&str>)> {
    match act {
        Act::Amend { reason, .. } => Some((Move::Amend, Some(reason))),
        Act::Void { reason } => Some((Move::Void, Some(reason))),
        Act::Review { verdict: Review::Accepted, comment } => Some((Move::Accept, comment.as_deref())),
        Act::Review { verdict: Review::Returned, comment } => Some((Move::Return, comment.as_deref())),
        _ => None,
    }
}

/// The step that an act takes from a state.
///
/// # Errors
/// The reason it is refused for, and the field that is missing.
pub fn next(from: State, act: &Act, author: bool, reviewer: bool) -> Result<Step, (Reason, Option<&'static str>)> {
    let Some((by, why)) = move_of(act) else { return Err((Reason::WrongAct, None)) };
    let mut steps = STEPS.iter().filter(|step| step.from == from && step.by == by);
    // Of two ways the reviewer's: their own word needs no second look.
    let mine = |step: &&Step| match step.who {
        By::Reviewer => reviewer,
        By::Author => author && !reviewer,
    };
    let Some(step) = steps.find(mine) else {
        return Err((
            if matches!(by, Move::Amend | Move::Void) { Reason::NotAuthor } else { Reason::NotAllowed },
            None,
        ));
    };
    match step.needs.filter(|_| why.is_none_or(|why| why.trim().is_empty())) {
        Some(field) => Err((Reason::Missing, Some(field))),
        None => Ok(*step),
    }
}

/// The bureau's rule of review.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ReviewRule {
    /// Days after its receipt at which what nobody must look at is accepted by itself.
    pub auto_days: u16,
}

impl Default for ReviewRule {
    fn default() -> Self {
        Self { auto_days: 3 }
    }
}

impl Rule for ReviewRule {
    const NAME: &'static str = "REVIEW";
}

macro_rules! looks {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $zh:literal, $en:literal;)*) => {
        /// Why a person must look at a contact. The first that holds is told.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "SCREAMING_SNAKE_CASE")]
        pub enum LookReason { $($(#[$doc])* $name,)* }
        impl LookReason {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];
            /// Its code.
            #[must_use]
            pub fn code(self) -> &'static str { match self { $(Self::$name => $code,)* } }
            /// 中文.
            #[must_use]
            pub fn zh(self) -> &'static str { match self { $(Self::$name => $zh,)* } }
            /// English.
            #[must_use]
            pub fn en(self) -> &'static str { match self { $(Self::$name => $en,)* } }
        }
    };
}

looks! {
    /// A part of it is held.
    Held = "HELD", "有内容待核：请核对后放行或不计入", "Part of it is held: let it count or not.";
    /// Two values of one field.
    Conflict = "CONFLICT", "两处改了同一内容：请选一个", "Two changes of one field: choose one.";
    /// The clock could not be trusted.
    DoubtfulTime = "DOUBTFUL_TIME", "时间存疑：请按建议时间改正", "The time is doubtful: mend it with the proposed one.";
    /// Somebody was reported dead.
    Death = "DEATH", "报告去世：请核实后确认或驳回", "A death is reported: confirm or reject it.";
    /// Nobody of that name at the address.
    Move = "MOVE", "地址不符：请核实是否已迁出", "Wrong address: check whether they moved.";
    /// Money or goods were handed over.
    Money = "MONEY", "有慰问金或慰问品：请核对", "Money or goods were handed over: check.";
    /// A plaque was put up, taken down …
    Plaque = "PLAQUE", "有光荣牌事项：请核对照片和签字", "Something happened to a plaque: check photo and signature.";
    /// A merit letter was delivered.
    Letter = "LETTER", "送了立功喜报：请核对签收", "A merit letter was delivered: check the receipt.";
    /// Somebody needs something.
    Need = "NEED", "反映了困难或诉求：请安排解决", "Somebody needs something: see that it is solved.";
    /// Amended after a reviewer had looked.
    Amended = "AMENDED", "审核后又更正：请再看一次", "Amended after the review: look again.";
    /// One photo on two contacts (invariant 10), or another hint. Never a refusal.
    PhotoHint = "PHOTO_HINT", "同一张照片用在两条记录上：请看一眼", "One photo is on two records: have a look.";
}

/// Why a person must look, of what the contact itself says. One photo on two contacts is known only to who has both
/// ([`LookReason::PhotoHint`] is added there). None: it is accepted by itself.
#[must_use]
pub fn needs_look(contact: &Record) -> Option<LookReason> {
    let doc = &contact.doc;
    let read = Contact::read(doc);
    let has = |result| read.as_ref().is_some_and(|read| read.entries.iter().any(|entry| entry.result == result));
    let works = |code: &str| read.as_ref().is_some_and(|read| read.work_types.iter().any(|work| work == code));
    let says = |fields: &[&str]| fields.iter().any(|field| text_in(doc, field).is_some());
    let looked_before = contact.meta.fields.contains_key(crate::apply::REVIEWED);
    [
        (LookReason::Held, !contact.meta.held.is_empty()),
        (LookReason::Conflict, contact.meta.beside.iter().any(|beside| beside.why == BesideWhy::Conflict)),
        (LookReason::DoubtfulTime, contact.meta.origin.happened.doubtful),
        (LookReason::Death, has(VisitResult::Died)),
        (LookReason::Move, has(VisitResult::WrongAddress)),
        (LookReason::Money, says(&["gifts_text"])),
        (LookReason::Plaque, works("PLAQUE")),
        (LookReason::Letter, works("MERIT")),
        (LookReason::Need, says(&["needs_text", "difficulties", "to_solve"])),
        (LookReason::Amended, looked_before),
    ]
    .into_iter()
    .find_map(|(reason, holds)| holds.then_some(reason))
}

/// How a reader sees a contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Seen {
    /// Waits for a person, for this reason, or for its days to pass.
    Submitted,
    /// A person accepted it.
    Accepted,
    /// Nobody had to look and the days have passed. It can still be returned.
    AcceptedAuto,
    /// Returned.
    Returned,
    /// Taken back.
    Voided,
}

/// How a contact is seen on a day. `hint` is [`LookReason::PhotoHint`] where the reader knows of one.
#[must_use]
pub fn seen(contact: &Record, hint: Option<LookReason>, rule: ReviewRule, day: Day) -> Seen {
    match State::of(contact) {
        State::Submitted if needs_look(contact).or(hint).is_none() => {
            if auto_accepted(Day::of(contact.meta.origin.received_ms), rule, day) {
                Seen::AcceptedAuto
            } else {
                Seen::Submitted
            }
        }
        State::Submitted => Seen::Submitted,
        State::Accepted => Seen::Accepted,
        State::Returned => Seen::Returned,
        State::Voided => Seen::Voided,
    }
}

/// What an amendment of a fact with a doubtful time sets, when it happened at `at_ms` by the clock of who amends: its
/// beginning moves with it, so that a visit keeps its length.
#[must_use]
pub fn mended(fact: &Record, at_ms: i64) -> Document {
    let old = int_in(&fact.doc, "at");
    let started = int_in(&fact.doc, "started").zip(old).map(|(started, old)| at_ms.saturating_sub(old - started));
    let set = [("at", Some(at_ms)), ("started", started)].into_iter();
    set.filter_map(|(field, ms)| Some((field.to_owned(), ms?.into()))).collect()
}

/// Whether the days have passed for what nobody must look at: from the day on which the reviewer could see it, however long
/// the phone had no signal.
#[must_use]
pub fn auto_accepted(received: Day, rule: ReviewRule, day: Day) -> bool {
    day.0.saturating_sub(received.0) >= i32::from(rule.auto_days)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_and_move_has_one_line_for_each_who_may() {
        for from in [State::Submitted, State::Accepted, State::Returned, State::Voided] {
            for by in [Move::Amend, Move::Accept, Move::Return, Move::Void] {
                for who in [By::Author, By::Reviewer] {
                    let lines = STEPS.iter().filter(|s| s.from == from && s.by == by && s.who == who).count();
                    let reviewing = matches!(by, Move::Accept | Move::Return);
                    assert_eq!(lines, usize::from(!(reviewing && who == By::Author)), "{from:?} {by:?} {who:?}");
                }
            }
        }
        assert!(STEPS.iter().all(|step| step.from != State::Voided || step.to == State::Voided));
    }
}
