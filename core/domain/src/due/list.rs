//! The due list of a district from its rows: the same on a phone and in the console.

use std::collections::BTreeMap;

use super::{Assigned, Due, DueAsk, Rules, due};
use crate::id::RecordId;
use crate::kind::ContactedRow;
use crate::time::Day;

/// A person as the projections have them today.
#[derive(Debug, Clone)]
pub struct DuePerson {
    /// The person.
    pub person: RecordId,
    /// Their household.
    pub household: Option<RecordId>,
    /// In the denominator today.
    pub counted: bool,
    /// Category codes between blanks.
    pub categories: String,
    /// What was done with them.
    pub row: ContactedRow,
}

/// An open assignment.
#[derive(Debug, Clone)]
pub struct OpenAssignment {
    /// Its record.
    pub id: RecordId,
    /// The person it is about,
    pub person: Option<RecordId>,
    /// or the household.
    pub household: Option<RecordId>,
    /// Who takes care.
    pub name: Option<String>,
    /// The day it was taken for.
    pub on: Option<Day>,
    /// By when.
    pub due_on: Option<Day>,
    /// Why.
    pub why: Option<String>,
    /// The day it was made.
    pub made: Day,
}

/// A snooze that has not ended.
#[derive(Debug, Clone, Copy)]
pub struct Snoozed {
    /// Who.
    pub person: RecordId,
    /// Until when.
    pub until: Day,
    /// The day it was made.
    pub made: Day,
}

/// A letter of merit that asks for a visit.
#[derive(Debug, Clone, Copy)]
pub struct LetterDue {
    /// The letter.
    pub letter: RecordId,
    /// Of whose family.
    pub household: RecordId,
    /// Since when.
    pub day: Day,
}

/// What was said of people that lies in no row of theirs.
#[derive(Debug, Clone, Default)]
pub struct SaidAround {
    /// Open.
    pub assignments: Vec<OpenAssignment>,
    /// Not ended.
    pub snoozes: Vec<Snoozed>,
    /// Of merit.
    pub letters: Vec<LetterDue>,
    /// What other records ask for.
    pub asks: Vec<DueAsk>,
}

/// Somebody who is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DueListed {
    /// Which of the people given.
    pub index: usize,
    /// Why, the most pressing first.
    pub due: Vec<Due>,
    /// Who has taken the person or the household today.
    pub taken: Vec<String>,
}

/// What was said of people or of their households, by whom or which it is about.
struct About<'a, T>(BTreeMap<RecordId, Vec<&'a T>>);

impl<'a, T> About<'a, T> {
    /// Of all that was said, with the person and the household that each names.
    fn of(said: &'a [T], whom: impl Fn(&T) -> [Option<RecordId>; 2]) -> Self {
        let mut about: BTreeMap<RecordId, Vec<&T>> = BTreeMap::new();
        for said in said {
            for id in whom(said).into_iter().flatten() {
                about.entry(id).or_default().push(said);
            }
        }
        Self(about)
    }

    /// What is about a person, then what is about their household.
    fn with(&self, person: &DuePerson) -> impl Iterator<Item = &'a T> {
        let ids = [Some(person.person), person.household];
        ids.into_iter().flatten().filter_map(|id| self.0.get(&id)).flatten().copied()
    }
}

/// Who of these people is due today, the most pressing first, then those who wait longest.
#[must_use]
pub fn list(people: &[DuePerson], around: &SaidAround, rules: &Rules, today: Day) -> Vec<DueListed> {
    let assigned = About::of(&around.assignments, |assignment| [assignment.person, assignment.household]);
    let mut snoozed: BTreeMap<RecordId, Snoozed> = BTreeMap::new();
    for snooze in &around.snoozes {
        let last = snoozed.entry(snooze.person).or_insert(*snooze);
        if snooze.until > last.until {
            *last = *snooze;
        }
    }
    let letters = About::of(&around.letters, |letter| [None, Some(letter.household)]);
    let asks = About::of(&around.asks, |ask| [ask.person, ask.household]);
    let mut listed = Vec::new();
    for (index, person) in people.iter().enumerate() {
        let mut known = person.row.known(person.counted, &person.categories);
        known.snoozed = snoozed.get(&person.person).map(|snooze| (snooze.until, snooze.made));
        known.letters = letters.with(person).map(|letter| (letter.letter, letter.day)).collect();
        known.asks = asks.with(person).cloned().collect();
        let of: Vec<&OpenAssignment> = assigned.with(person).collect();
        // Taken for a day, with nothing else asked: shown to colleagues, no task of its own.
        let asked = of.iter().filter(|assignment| assignment.on.is_none() || assignment.due_on.is_some());
        known.assigned = asked
            .map(|assignment| Assigned {
                id: assignment.id,
                why: assignment.why.clone(),
                since: assignment.made,
                due_on: assignment.due_on,
            })
            .collect();
        let due = due(&known, rules, today);
        let mut taken: Vec<String> =
            of.iter().filter(|taken| taken.on == Some(today)).filter_map(|taken| taken.name.clone()).collect();
        taken.dedup();
        if !due.is_empty() {
            listed.push(DueListed { index, due, taken });
        }
    }
    listed.sort_by_key(|listed| listed.due.first().map(|due| (due.why, due.since)));
    listed
}
