//! Who is due, why and since when (任务): one pure rule for the phone's list and the console's, over what a projection keeps
//! of each person. A due list is computed when it is read and never stored; what is stored are assignments and snoozes.

mod asks;
mod cadence;
mod list;

use serde::{Deserialize, Serialize};

pub use asks::{ASKS, DueAsk};
pub use cadence::{Cadence, CadenceRule, Every, KnownFrom, MustRule, Trigger, What};
pub use list::{DueListed, DuePerson, LetterDue, OpenAssignment, SaidAround, Snoozed, list};

use crate::coverage::{CoverageRule, Reached, reaches};
use crate::id::RecordId;
use crate::kind::{Method, VisitResult};
use crate::time::Day;

/// Why somebody is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum DueWhy {
    /// 退回待改: a visit was returned and waits for its author.
    Returned,
    /// 必访: something happened (the code says what).
    Must,
    /// 诉求待办: somebody waits for an answer (the code is the kind of need).
    Need,
    /// 指派: somebody asked for it, or took it today.
    Assigned,
    /// 约定回访: a visit promised to come back on a day.
    FollowUp,
    /// 重点对象下次联系日期
    KeyDate,
    /// 定期联系: the class's cadence (the code is the class).
    Cadence,
}

impl DueWhy {
    /// Its code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Returned => "RETURNED",
            Self::Must => "MUST",
            Self::Need => "NEED",
            Self::Assigned => "ASSIGNED",
            Self::FollowUp => "FOLLOW_UP",
            Self::KeyDate => "KEY_DATE",
            Self::Cadence => "CADENCE",
        }
    }

    /// (中文, English).
    #[must_use]
    pub fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Returned => ("走访被退回，请更正", "A visit was returned: amend it"),
            Self::Must => ("必访", "Must be visited"),
            Self::Need => ("诉求待办", "A need waits for an answer"),
            Self::Assigned => ("已指派", "Assigned"),
            Self::FollowUp => ("约定回访", "A promised follow-up"),
            Self::KeyDate => ("重点对象约定联系", "The next date of a key person"),
            Self::Cadence => ("定期联系", "Regular contact"),
        }
    }
}

/// One reason for which a person is due.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Due {
    /// Why.
    pub why: DueWhy,
    /// The trigger, the class, the reason of an assignment.
    pub code: Option<String>,
    /// A visit instead of any contact.
    pub visit: bool,
    /// Since when.
    pub since: Day,
    /// By when, where there is a last day.
    pub by: Option<Day>,
    /// The returned contact, the assignment, the letter or the need.
    pub record: Option<RecordId>,
}

/// The newest day of a method and result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Newest {
    /// How.
    pub method: Method,
    /// With what result.
    pub result: VisitResult,
    /// The newest such day.
    pub day: Day,
}

/// The newest day on which somebody was met for a trigger, by a method.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Must {
    /// The trigger.
    pub code: String,
    /// How.
    pub method: Method,
    /// The newest such day.
    pub day: Day,
}

/// An open assignment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assigned {
    /// Its record.
    pub id: RecordId,
    /// Why: a code of a trigger, or words.
    pub why: Option<String>,
    /// From when.
    pub since: Day,
    /// By when.
    pub due_on: Option<Day>,
}

/// What is known of a person, from projections.
#[derive(Debug, Clone, Default)]
pub struct KnownPerson {
    /// In the denominator today: ACTIVE and alive.
    pub counted: bool,
    /// The day since which they are.
    pub since: Option<Day>,
    /// Codes of their categories.
    pub categories: Vec<String>,
    /// Codes of their tags.
    pub tags: Vec<String>,
    /// 重点对象
    pub key: bool,
    /// The next date for a key person.
    pub key_next_on: Option<Day>,
    /// 退役
    pub discharged: Option<Day>,
    /// 安置年度, of whom the state placed.
    pub placed_year: Option<i32>,
    /// 去世
    pub died_on: Option<Day>,
    /// A trigger that the register asks for by itself, since a day: somebody just discharged, still a draft.
    pub asked: Option<(String, Day)>,
    /// Letters of merit about somebody of the household, each with the day that asks for a visit.
    pub letters: Vec<(RecordId, Day)>,
    /// Counting contacts.
    pub said: Vec<Newest>,
    /// Triggers somebody was met for.
    pub musts: Vec<Must>,
    /// The earliest promised day to come back that was not kept.
    pub follow_up_on: Option<Day>,
    /// A returned contact, with its day.
    pub returned: Option<(RecordId, Day)>,
    /// Open assignments.
    pub assigned: Vec<Assigned>,
    /// What other records ask for ([`ASKS`]).
    pub asks: Vec<DueAsk>,
    /// Snoozed until a day, on a day.
    pub snoozed: Option<(Day, Day)>,
}

/// The rules as they hold on the day.
#[derive(Debug, Clone, Default)]
pub struct Rules {
    /// How often.
    pub cadence: CadenceRule,
    /// What must be visited.
    pub must: MustRule,
    /// What reaches a person, and whom the round of visits asks about.
    pub coverage: CoverageRule,
}

impl KnownPerson {
    /// The newest day on which a contact reached them as asked.
    fn reached(&self, rules: &Rules, what: What) -> Option<Day> {
        let fits = |said: &&Newest| match (reaches(&rules.coverage, said.method, said.result), what) {
            (Some(_), What::Contact) => true,
            (Some(how), What::Visit) => what.is_done_by(said.method) && how >= Reached::Family,
            (None, _) => false,
        };
        self.said.iter().filter(fits).map(|said| said.day).max()
    }

    /// Somebody of the household was met as asked after a day, or visited for this trigger by name.
    fn did(&self, trigger: &Trigger, since: Day) -> bool {
        let met = |said: &Newest| matches!(said.result, VisitResult::Met | VisitResult::MetFamily);
        let met = |said: &Newest| met(said) && trigger.what.is_done_by(said.method) && said.day >= since;
        let named =
            |must: &Must| must.code == trigger.code && trigger.what.is_done_by(must.method) && must.day >= since;
        self.said.iter().any(met) || self.musts.iter().any(named)
    }

    fn is(&self, class: &str) -> bool {
        match class {
            "ALL" => true,
            "KEY" => self.key,
            code => self.categories.iter().chain(&self.tags).any(|class| class == code),
        }
    }
}

/// Why a person is due today, the most pressing first. Nothing here reads a clock.
#[must_use]
pub fn due(known: &KnownPerson, rules: &Rules, today: Day) -> Vec<Due> {
    let item = |why, code: Option<&str>, since, by| Due {
        why,
        code: code.map(str::to_owned),
        visit: false,
        since,
        by,
        record: None,
    };
    let mut list = Vec::new();
    for trigger in &rules.must.triggers {
        let (Some((since, by)), true) = (cadence::begun(trigger, known, today), trigger.applies(known)) else {
            continue;
        };
        let asked = known.asked.as_ref().is_some_and(|(code, _)| *code == trigger.code);
        if !known.did(trigger, since) && (known.counted || asked || trigger.source == KnownFrom::Died) {
            let letter = known.letters.iter().find(|(_, day)| trigger.source == KnownFrom::Letter && *day == since);
            let due = item(DueWhy::Must, Some(&trigger.code), since, by);
            list.push(Due { visit: trigger.what == What::Visit, record: letter.map(|(id, _)| *id), ..due });
        }
    }
    if known.counted {
        let reached = known.reached(rules, What::Contact);
        let undone = |since: Day| reached.is_none_or(|day| day < since);
        list.extend(
            known
                .asks
                .iter()
                .map(|ask| Due { record: Some(ask.record), ..item(ask.why, ask.code.as_deref(), ask.since, ask.by) }),
        );
        list.extend(known.follow_up_on.filter(|day| *day <= today).map(|day| item(DueWhy::FollowUp, None, day, None)));
        let key_date = known.key_next_on.filter(|day| known.key && *day <= today && undone(*day));
        list.extend(key_date.map(|day| item(DueWhy::KeyDate, None, day, None)));
        for assigned in known.assigned.iter().filter(|assigned| undone(assigned.since)) {
            let due = item(DueWhy::Assigned, assigned.why.as_deref(), assigned.since, assigned.due_on);
            list.push(Due { record: Some(assigned.id), ..due });
        }
        for cadence in &rules.cadence.classes {
            let Some((first, last)) = cadence.asks(known, rules, today) else { continue };
            if known.reached(rules, cadence.what).is_none_or(|day| day < first) {
                let since = known.since.map_or(first, |since| since.max(first));
                let due = item(DueWhy::Cadence, Some(&cadence.class), since, last);
                list.push(Due { visit: cadence.what == What::Visit, ..due });
            }
        }
    }
    if let Some((_, made)) = known.snoozed.filter(|(until, _)| today < *until) {
        // What began after it was put off is not put off.
        list.retain(|due| due.since > made);
    }
    // A returned visit waits whatever was put off.
    if let Some((contact, day)) = known.returned {
        list.push(Due { record: Some(contact), ..item(DueWhy::Returned, None, day, None) });
    }
    list.sort_by(|one, other| (one.why, one.since, &one.code).cmp(&(other.why, other.since, &other.code)));
    list
}
