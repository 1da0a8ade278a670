//! Review by exception 例外审核: which contacts a person must look at, and that everything else is accepted by itself some days
//! later. Where a fact stands and who may move it is the same for every kind ([`crate::review`]).
//!
//! What is accepted by itself is told when it is read, by the day of the cut-off, and never stored: a rule that changes needs
//! no rewriting, and a past cut-off tells what it told then.

use serde::{Deserialize, Serialize};

use crate::document::{Document, int_in, text_in};
use crate::kind::{self, Contact, VisitResult};
use crate::record::{BesideWhy, Record};
use crate::review::{self, ReviewState};
use crate::rules::Rule;
use crate::time::Day;

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

/// Why a person must look at a record, as its kind says. One photo on two contacts is known only to who has both
/// ([`LookReason::PhotoHint`] is added there). None: it is accepted by itself.
#[must_use]
pub fn needs_look(record: &Record) -> Option<LookReason> {
    let code = kind::by_name(&record.kind)?.needs_look(record)?;
    LookReason::ALL.iter().copied().find(|reason| reason.code() == code)
}

/// Why a person must look at a contact, of what it says itself ([`crate::kind::Kind::needs_look`]).
pub(crate) fn of_contact(contact: &Record) -> Option<LookReason> {
    let doc = &contact.doc;
    let read = Contact::read(doc);
    let has = |result| read.as_ref().is_some_and(|read| read.entries.iter().any(|entry| entry.result == result));
    let works = |code: &str| read.as_ref().is_some_and(|read| read.work_types.iter().any(|work| work == code));
    let says = |fields: &[&str]| fields.iter().any(|field| text_in(doc, field).is_some());
    let looked_before = review::last_look(&contact.meta).is_some();
    [
        (LookReason::Held, !contact.meta.held.is_empty()),
        (LookReason::Conflict, contact.meta.beside.iter().any(|beside| beside.why == BesideWhy::Conflict)),
        (LookReason::DoubtfulTime, contact.meta.origin.happened.doubtful),
        (LookReason::Death, has(VisitResult::Died)),
        (LookReason::Move, has(VisitResult::WrongAddress)),
        (LookReason::Money, says(&["gifts_text"])),
        (LookReason::Plaque, works("PLAQUE")),
        (LookReason::Letter, works("MERIT")),
        (LookReason::Need, works("NEED") || says(&["needs_text", "difficulties", "to_solve"])),
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
    match ReviewState::of(contact) {
        ReviewState::Submitted if needs_look(contact).or(hint).is_none() => {
            if auto_accepted(Day::of(contact.meta.origin.received_ms), rule, day) {
                Seen::AcceptedAuto
            } else {
                Seen::Submitted
            }
        }
        ReviewState::Submitted => Seen::Submitted,
        ReviewState::Accepted => Seen::Accepted,
        ReviewState::Returned => Seen::Returned,
        ReviewState::Voided => Seen::Voided,
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
