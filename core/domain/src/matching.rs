//! Finding in the register whom a row of a sheet, or somebody at a door, might be. By the id number where there is one;
//! else by name, birth and village, or by telephone number, birth and village, with a doubt for people to decide. Nobody is merged by this (invariant 1).

use std::collections::BTreeSet;

use crate::id::RecordId;
use crate::name;

/// `1961-03-09`: a month is shared by too many.
const DAY: usize = 10;

/// Somebody to be found, or somebody of the register, as far as matching reads them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Traits {
    /// The fingerprint of the id number.
    pub print: Option<String>,
    /// 姓名
    pub name: String,
    /// `1961-03-09`, or a beginning of it.
    pub birth: Option<String>,
    /// The responsible, living and registered divisions.
    pub villages: Vec<RecordId>,
    /// Telephone numbers, digits alone.
    pub phones: BTreeSet<String>,
}

/// Somebody of the register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The record.
    pub id: RecordId,
    /// What is known of them.
    pub traits: Traits,
    /// REMOVED from the register: never the answer, but worth showing.
    pub removed: bool,
}

/// The answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Match {
    /// Nobody.
    New,
    /// The same id number.
    Same(RecordId),
    /// Perhaps one of these: a person decides. Best first.
    Doubtful(Vec<RecordId>),
}

/// Who of the candidates is meant. The order of the candidates decides nothing.
#[must_use]
pub fn find(wanted: &Traits, candidates: &[Candidate]) -> Match {
    let by_number = candidates
        .iter()
        .filter(|candidate| !candidate.removed && wanted.print.is_some() && candidate.traits.print == wanted.print);
    if let Some(id) = by_number.map(|candidate| candidate.id).min() {
        return Match::Same(id);
    }
    let mut like: Vec<(u8, RecordId)> =
        candidates.iter().filter_map(|candidate| Some((likeness(wanted, candidate)?, candidate.id))).collect();
    like.sort_by_key(|(likeness, id)| (std::cmp::Reverse(*likeness), *id));
    if like.is_empty() { Match::New } else { Match::Doubtful(like.into_iter().map(|(_, id)| id).collect()) }
}

/// How alike two are; None where they cannot be one: other births, two id numbers, other names. Under another name somebody is
/// only whom village, birth to the day and telephone number tell: a name may be written in other characters.
fn likeness(wanted: &Traits, candidate: &Candidate) -> Option<u8> {
    let other = &candidate.traits;
    if candidate.removed || (wanted.print.is_some() && other.print.is_some()) {
        return None;
    }
    let village = wanted.villages.iter().any(|village| other.villages.contains(village));
    if name::matched(&wanted.name) != name::matched(&other.name) {
        let born = wanted.birth.as_ref().is_some_and(|birth| birth.len() >= DAY && wanted.birth == other.birth);
        return (village && born && !wanted.phones.is_disjoint(&other.phones)).then_some(3);
    }
    let birth = match (&wanted.birth, &other.birth) {
        // A year alone agrees with any day of it.
        (Some(one), Some(two)) if one.starts_with(two.as_str()) || two.starts_with(one.as_str()) => 2,
        (Some(_), Some(_)) => return None,
        _ => 1,
    };
    // A namesake elsewhere of whom no birth is known is one of hundreds.
    (village || birth == 2).then_some(birth + 2 * u8::from(village))
}
