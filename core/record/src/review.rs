//! Review: where a fact stands with its reviewer, who may move it and what that needs, as one table; and who looked last.

use serde::{Deserialize, Serialize};

use crate::op::{Act, Review};
use crate::reason::Reason;
use crate::record::{FieldMeta, Meta, Record};

/// Marks who looks at a fact.
pub(crate) fn look(meta: &mut Meta, by: FieldMeta) {
    meta.looked = Some(by);
}

/// Who last looked at a fact, if anybody did.
#[must_use]
pub fn last_look(meta: &Meta) -> Option<&FieldMeta> {
    meta.looked.as_ref()
}

/// Where a fact stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ReviewState {
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
pub struct ReviewStep {
    /// From where.
    pub from: ReviewState,
    /// By what.
    pub by: Move,
    /// By whom.
    pub who: By,
    /// The field of the op that must not be blank.
    pub needs: Option<&'static str>,
    /// To where.
    pub to: ReviewState,
}

const fn step(from: ReviewState, by: Move, who: By, needs: Option<&'static str>, to: ReviewState) -> ReviewStep {
    ReviewStep { from, by, who, needs, to }
}

/// The life-cycle of a fact. What is not in it is refused. A voided fact stays voided whatever comes late: an amendment
/// written before its author heard of it is kept with it.
pub const STEPS: &[ReviewStep] = {
    use By::{Author, Reviewer};
    use Move::{Accept, Amend, Return, Void};
    use ReviewState::{Accepted, Returned, Submitted, Voided};
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

impl ReviewState {
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
pub fn next(
    from: ReviewState,
    act: &Act,
    author: bool,
    reviewer: bool,
) -> Result<ReviewStep, (Reason, Option<&'static str>)> {
    let Some((by, why)) = move_of(act) else { return Err((Reason::WrongAct, None)) };
    let mut steps = STEPS.iter().filter(|step| step.from == from && step.by == by);
    // Of two ways the reviewer's: their own word needs no second look.
    let mine = |step: &&ReviewStep| match step.who {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_and_move_has_one_line_for_each_who_may() {
        for from in [ReviewState::Submitted, ReviewState::Accepted, ReviewState::Returned, ReviewState::Voided] {
            for by in [Move::Amend, Move::Accept, Move::Return, Move::Void] {
                for who in [By::Author, By::Reviewer] {
                    let lines = STEPS.iter().filter(|s| s.from == from && s.by == by && s.who == who).count();
                    let reviewing = matches!(by, Move::Accept | Move::Return);
                    assert_eq!(lines, usize::from(!(reviewing && who == By::Author)), "{from:?} {by:?} {who:?}");
                }
            }
        }
        assert!(STEPS.iter().all(|step| step.from != ReviewState::Voided || step.to == ReviewState::Voided));
    }
}
