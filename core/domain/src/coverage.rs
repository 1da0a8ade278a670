//! Who has been reached (invariants 7 and 8): the rule over plain rows. The server's SQL must give the same figures; this
//! is the slow reference it is tested against, and what a phone uses for its own villages.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::id::RecordId;
use crate::kind::{Method, Span, VisitResult};
use crate::rules::Rule;
use crate::time::Day;

/// How somebody was reached: the best of their contacts counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Reached {
    /// 只见家属
    Family,
    /// 电话视频
    Remote,
    /// 见面
    InPerson,
}

/// The switches of the rule. Shipped: family counts, every method but a relative's word, and everybody is asked about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CoverageRule {
    /// MET_FAMILY reaches the person.
    pub family_counts: bool,
    /// By which methods somebody can be reached; one of a newer version reaches nobody.
    pub methods: Vec<Method>,
    /// Whom it asks about: codes of the category tables, of which one is enough. Empty: everybody.
    pub categories: Vec<String>,
}

impl CoverageRule {
    /// Whether somebody of these categories is in a denominator.
    #[must_use]
    pub fn asks_about(&self, categories: &[String]) -> bool {
        self.categories.is_empty() || self.categories.iter().any(|code| categories.contains(code))
    }
}

impl Default for CoverageRule {
    fn default() -> Self {
        Self {
            family_counts: true,
            methods: Method::ALL.into_iter().filter(|method| *method != Method::Relative).collect(),
            categories: Vec::new(),
        }
    }
}

impl Rule for CoverageRule {
    const NAME: &'static str = "COVERAGE";
}

/// A window of days, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Window {
    /// First day.
    pub from: Day,
    /// Last day: the denominator is of this day.
    pub to: Day,
}

impl Window {
    /// The calendar year of an instant, in Shanghai: what a list or figure speaks of unless another window is asked for.
    #[must_use]
    pub fn year_of(ms: i64) -> Option<Self> {
        let (year, _, _) = Day::of(ms).ymd()?;
        Some(Self { from: Day::from_ymd(year, 1, 1)?, to: Day::from_ymd(year, 12, 31)? })
    }
}

/// Which people and contacts a figure is of. Blank counts all.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Filter {
    /// People of this category on the window's last day.
    pub category: Option<String>,
    /// Contacts with this kind of work.
    pub work_type: Option<String>,
    /// Contacts by this method.
    pub method: Option<String>,
}

impl Filter {
    /// Whether a contact is of the figure.
    #[must_use]
    pub fn takes(&self, entry: &EntryRow) -> bool {
        let work = self.work_type.as_ref().is_none_or(|code| entry.work_types.contains(code));
        work && self.method.as_deref().is_none_or(|code| code == entry.method.code())
    }
}

/// One person's part in one contact.
#[derive(Debug, Clone)]
pub struct EntryRow {
    /// The person.
    pub person: RecordId,
    /// The day it happened.
    pub day: Day,
    /// How.
    pub method: Method,
    /// With what result.
    pub result: VisitResult,
    /// The kinds of work it was for.
    pub work_types: Vec<String>,
    /// Not voided, not returned, not held.
    pub counts: bool,
    /// Held: in no figure, counted beside.
    pub held: bool,
    /// Accepted by a reviewer, or by itself ([`crate::look::seen`]).
    pub reviewed: bool,
    /// Whether or how they were met was assumed when a sheet was imported ([`crate::assumed::reach`]).
    pub assumed: bool,
}

/// One person of the register.
#[derive(Debug, Clone)]
pub struct Registered {
    /// The person.
    pub id: RecordId,
    /// Their spans (see [`crate::kind`]).
    pub spans: Vec<Span>,
    /// The last day on which they can have been met; None while they live.
    pub gone_by: Option<Day>,
    /// The day they were entered ([`crate::record::Record::entered_on`]).
    pub entered: Day,
}

/// The figures of one division.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coverage {
    /// 应访: ACTIVE, alive, of the rule's categories, responsible here on the window's last day.
    pub denominator: u64,
    /// Of these, 见面.
    pub in_person: u64,
    /// Of these, 电话视频 only.
    pub remote: u64,
    /// Of these, 只见家属.
    pub family: u64,
    /// Of the reached, those whose every counting contact is still 未审.
    pub unreviewed: u64,
    /// Of the reached, those of whom every contact that reaches them was assumed to, for want of a word in its sheet.
    #[serde(default)]
    pub assumed: u64,
    /// Contacted, not reached.
    pub tried: u64,
    /// Neither.
    pub not_yet: u64,
    /// Held entries about people of this division: in no other figure.
    pub held: u64,
    /// Reached, and not in the denominator of the window's last day: who died since, was removed, is not ACTIVE yet, or of
    /// whom the rule does not ask. With `reached` all who were reached (S23); the list behind it says why for each.
    #[serde(default)]
    pub outside: u64,
    /// Of the denominator, those entered after the window's last day: nobody knew of them then.
    #[serde(default)]
    pub entered_after: u64,
}

impl Coverage {
    /// In any of the three columns.
    #[must_use]
    pub fn reached(&self) -> u64 {
        self.in_person + self.remote + self.family
    }
}

/// How an entry reaches its person, if it does.
#[must_use]
pub fn reaches(rule: &CoverageRule, method: Method, result: VisitResult) -> Option<Reached> {
    // A method of a newer version reaches nobody until this version knows it.
    if method == Method::Other || !rule.methods.contains(&method) {
        return None;
    }
    match (result, method) {
        (VisitResult::Met, Method::Home | Method::Seminar | Method::Station) => Some(Reached::InPerson),
        (VisitResult::Met, Method::Phone | Method::Video) => Some(Reached::Remote),
        (VisitResult::Met, Method::Relative) => Some(Reached::Family),
        (VisitResult::MetFamily, _) if rule.family_counts => Some(Reached::Family),
        _ => None,
    }
}

/// The figures of each responsible division.
#[must_use]
pub fn coverage(
    rule: &CoverageRule,
    window: Window,
    filter: &Filter,
    people: &[Registered],
    entries: &[EntryRow],
) -> BTreeMap<RecordId, Coverage> {
    let mut by_person: BTreeMap<RecordId, Vec<&EntryRow>> = BTreeMap::new();
    let asked = |entry: &&EntryRow| entry.day >= window.from && entry.day <= window.to && filter.takes(entry);
    for entry in entries.iter().filter(asked) {
        by_person.entry(entry.person).or_default().push(entry);
    }
    let mut figures: BTreeMap<RecordId, Coverage> = BTreeMap::new();
    for person in people {
        let span = person.spans.iter().find(|span| span.from <= window.to && window.to < span.to);
        let Some((span, division)) = span.and_then(|span| Some((span, span.division?))) else { continue };
        if filter.category.as_ref().is_some_and(|code| !span.categories.contains(code)) {
            continue;
        }
        let entries = by_person.remove(&person.id).unwrap_or_default();
        let figure = figures.entry(division).or_default();
        figure.held += entries.iter().filter(|entry| entry.held).count() as u64;
        let alive = |entry: &&&EntryRow| person.gone_by.is_none_or(|gone| entry.day <= gone);
        let counting: Vec<&EntryRow> = entries.iter().filter(|e| e.counts).filter(alive).copied().collect();
        let reach = |e: &&EntryRow| Some((reaches(rule, e.method, e.result)?, e.reviewed, e.assumed));
        let how: BTreeSet<(Reached, bool, bool)> = counting.iter().filter_map(reach).collect();
        if !span.counted || !rule.asks_about(&span.categories) {
            figure.outside += u64::from(!how.is_empty());
            continue;
        }
        figure.denominator += 1;
        figure.entered_after += u64::from(person.entered > window.to);
        match how.last().map(|(reached, ..)| *reached) {
            Some(Reached::InPerson) => figure.in_person += 1,
            Some(Reached::Remote) => figure.remote += 1,
            Some(Reached::Family) => figure.family += 1,
            None if counting.is_empty() => figure.not_yet += 1,
            None => figure.tried += 1,
        }
        if !how.is_empty() && how.iter().all(|(_, reviewed, _)| !reviewed) {
            figure.unreviewed += 1;
        }
        if !how.is_empty() && how.iter().all(|(.., assumed)| *assumed) {
            figure.assumed += 1;
        }
    }
    figures
}
