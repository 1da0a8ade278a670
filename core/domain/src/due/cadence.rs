//! How often whom (CADENCE) and after what (MUST): data that the bureau edits, from a day on. Shipped: product.md, Tasks.

use serde::{Deserialize, Serialize};

use super::{KnownPerson, Rules};
use crate::kind::Method;
use crate::rules::Rule;
use crate::time::Day;

/// A stretch of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Every {
    /// 每月
    Month,
    /// 每季度
    Quarter,
    /// 每半年
    HalfYear,
    /// 每年
    Year,
    /// 一次: once, however late.
    Once,
}

impl Every {
    /// First and last day of the stretch a day lies in; none for what is asked once.
    #[must_use]
    pub fn period(self, day: Day) -> Option<(Day, Day)> {
        let (year, month, _) = day.ymd()?;
        let length = match self {
            Self::Month => 1,
            Self::Quarter => 3,
            Self::HalfYear => 6,
            Self::Year => 12,
            Self::Once => return None,
        };
        let first = (month - 1) / length * length + 1;
        let next = if first + length > 12 { (year + 1, 1) } else { (year, first + length) };
        let last = Day(Day::from_ymd(next.0, next.1, 1)?.0 - 1);
        Some((Day::from_ymd(year, first, 1)?, last))
    }
}

/// What is asked for. A must-visit 必访 that says nothing asks for a visit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum What {
    /// 联系: reached by any method that counts.
    Contact,
    /// 走访: reached at home.
    #[default]
    Visit,
}

impl What {
    /// Whether a contact of this method is what is asked for.
    #[must_use]
    pub fn is_done_by(self, method: Method) -> bool {
        match self {
            Self::Contact => method != Method::Other,
            Self::Visit => method == Method::Home,
        }
    }
}

/// How often a class is to be reached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cadence {
    /// ALL (whom the coverage rule asks about), KEY, PLACED, or a category or tag.
    pub class: String,
    /// A contact or a visit.
    pub what: What,
    /// Once in each.
    pub every: Every,
    /// Of the class PLACED only whom the state placed in this year or later.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since_year: Option<i32>,
}

impl Cadence {
    /// The stretch in which this asks for somebody today: its first day, and the last where there is one.
    pub(super) fn asks(&self, known: &KnownPerson, rules: &Rules, today: Day) -> Option<(Day, Option<Day>)> {
        let placed = known.placed_year.filter(|year| self.since_year.is_none_or(|since| *year >= since));
        let placed = placed.and_then(|year| Day::from_ymd(year, 1, 1)).filter(|day| *day <= today);
        let of = match self.class.as_str() {
            // 遍访: of whom no figure asks the round asks nothing; what the bureau asks of a class it asks of all of it.
            ALL => rules.coverage.asks_about(&known.categories),
            PLACED => placed.is_some(),
            class => known.is(class),
        };
        match self.every.period(today).filter(|_| of) {
            Some((first, last)) => Some((first, Some(last))),
            None if of => Some((placed.filter(|_| self.class == PLACED).or(known.since)?, None)),
            None => None,
        }
    }
}

/// The class of the round of visits (遍访).
const ALL: &str = "ALL";

/// The class of whom the state placed (政府安排工作).
const PLACED: &str = "PLACED";

/// The bureau's cadence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CadenceRule {
    /// Each is asked of whoever is of the class.
    pub classes: Vec<Cadence>,
}

impl Default for CadenceRule {
    fn default() -> Self {
        let of = |class: &str, what, every| Cadence { class: class.into(), what, every, since_year: None };
        // Since the bureaus exist (2018).
        let placed = Cadence { since_year: Some(2018), ..of(PLACED, What::Contact, Every::Once) };
        Self {
            classes: vec![
                of(ALL, What::Contact, Every::Year),
                // Key people: one contact a quarter and one visit a year (广德).
                of("KEY", What::Contact, Every::Quarter),
                of("KEY", What::Visit, Every::Year),
                placed,
            ],
        }
    }
}

impl Rule for CadenceRule {
    const NAME: &'static str = "CADENCE";
}

/// From what a trigger is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "from", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum KnownFrom {
    /// The day of discharge.
    Discharged,
    /// The day of death: the family is visited.
    Died,
    /// A letter of merit about somebody of the household: the day it was registered, or delivered.
    Letter,
    /// Each year between two days, `07-18` and `08-01`.
    Dates {
        /// First.
        first: String,
        /// Last.
        last: String,
    },
    /// In the days before each of these (春节 has another day each year), `2027-02-06`.
    Before {
        /// The days.
        feasts: Vec<String>,
    },
    /// Whoever hears of it assigns it by hand.
    Hand,
    /// Of a newer version: asks for nothing here.
    #[serde(other)]
    Newer,
}

/// One trigger of the must-visit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trigger {
    /// Its code, as a contact names it in `must_trigger`.
    pub code: String,
    /// 中文.
    pub name: String,
    /// From what it is known.
    #[serde(flatten)]
    pub source: KnownFrom,
    /// What it asks for.
    #[serde(default)]
    pub what: What,
    /// Days it stays due.
    #[serde(default)]
    pub days: u16,
    /// Only these classes; empty: all.
    #[serde(default)]
    pub classes: Vec<String>,
}

impl Trigger {
    pub(super) fn applies(&self, known: &KnownPerson) -> bool {
        self.classes.is_empty() || self.classes.iter().any(|class| known.is(class))
    }
}

/// The bureau's triggers of the must-visit 必访.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct MustRule {
    /// The table.
    pub triggers: Vec<Trigger>,
}

impl Default for MustRule {
    fn default() -> Self {
        let of = |code: &str, name: &str, source, days, classes: &[&str]| Trigger {
            code: code.into(),
            name: name.into(),
            source,
            what: What::Visit,
            days,
            classes: classes.iter().map(|class| (*class).to_owned()).collect(),
        };
        let army = KnownFrom::Dates { first: "07-18".into(), last: "08-01".into() };
        // 春节 of the years to come (lunar calendar); the bureau adds further ones.
        let spring = ["2026-02-17", "2027-02-06", "2028-01-26", "2029-02-13", "2030-02-03"];
        let spring = KnownFrom::Before { feasts: spring.map(str::to_owned).to_vec() };
        Self {
            triggers: vec![
                of("RETURNED_HOME", "返乡", KnownFrom::Discharged, 90, &[]),
                of("MERIT", "立功", KnownFrom::Letter, 30, &[]),
                of("SPRING_FESTIVAL", "春节", spring, 15, &["KEY"]),
                of("ARMY_DAY", "八一", army, 0, &["KEY"]),
                of("HOSPITAL", "住院", KnownFrom::Hand, 30, &[]),
                of("HARDSHIP", "变故困难", KnownFrom::Hand, 30, &[]),
                of("CONFLICT", "矛盾", KnownFrom::Hand, 30, &[]),
                of("DIED", "去世", KnownFrom::Died, 30, &[]),
            ],
        }
    }
}

impl Rule for MustRule {
    const NAME: &'static str = "MUST";
}

/// Since when and until when a trigger asks for a visit today, if it does.
pub(super) fn begun(trigger: &Trigger, known: &KnownPerson, today: Day) -> Option<(Day, Option<Day>)> {
    let for_days = |since: Day| {
        let last = Day(since.0.saturating_add(i32::from(trigger.days)));
        (since <= today && today <= last).then_some((since, Some(last)))
    };
    // What the record itself asks for holds from the day it was known, whenever the thing happened.
    if let Some((_, since)) = known.asked.as_ref().filter(|(code, _)| *code == trigger.code) {
        return for_days(*since);
    }
    match &trigger.source {
        KnownFrom::Discharged => known.discharged.and_then(for_days),
        KnownFrom::Died => known.died_on.and_then(for_days),
        KnownFrom::Letter => known.letters.iter().filter_map(|(_, day)| for_days(*day)).max(),
        KnownFrom::Dates { first, last } => {
            let (year, ..) = today.ymd()?;
            let day = |text: &str| Day::parse(&format!("{year}-{text}"));
            let (first, last) = (day(first)?, day(last)?);
            (first <= today && today <= last).then_some((first, Some(last)))
        }
        KnownFrom::Before { feasts } => feasts.iter().filter_map(|feast| Day::parse(feast)).find_map(|feast| {
            let first = Day(feast.0 - i32::from(trigger.days));
            (first <= today && today <= feast).then_some((first, Some(feast)))
        }),
        KnownFrom::Hand | KnownFrom::Newer => None,
    }
}
