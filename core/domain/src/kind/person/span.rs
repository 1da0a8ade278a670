//! The stretches of days over which a person's place in the figures did not change.

use std::collections::BTreeSet;

use super::{deceased, died_on, responsible_on};
use crate::document::text_in;
use crate::id::RecordId;
use crate::record::Record;
use crate::time::Day;

fn code_on<'a>(person: &'a Record, field: &str, day: Day) -> &'a str {
    person.value_on(field, day).as_str().unwrap_or("")
}

const DATED: [&str; 6] =
    ["register", "life", "registered_division", "living_division", "responsible_division", "categories"];

/// A stretch of days [from, to) over which a person's place in the figures did not change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// First day.
    pub from: Day,
    /// First day after.
    pub to: Day,
    /// The responsible division.
    pub division: Option<RecordId>,
    /// ACTIVE and not DECEASED: in the denominator.
    pub counted: bool,
    /// Category codes.
    pub categories: Vec<String>,
}

/// The spans of a person, oldest first; the first reaches back and the last forward without end.
#[must_use]
pub fn spans(person: &Record) -> Vec<Span> {
    let mut cuts: BTreeSet<Day> = DATED.iter().flat_map(|field| person.cuts(field)).collect();
    cuts.extend(died_on(person));
    let mut bounds = vec![Day::MIN];
    bounds.extend(cuts);
    let ends = bounds.iter().skip(1).copied().chain([Day::MAX]);
    let spans = bounds.iter().copied().zip(ends).map(|(from, to)| {
        let deceased = deceased(person);
        let said = deceased && code_on(person, "life", from) == "DECEASED";
        let dead = died_on(person).is_some_and(|died| died <= from) || said;
        // Who was taken out for a death that was none was there all along.
        let register = code_on(person, "register", from);
        let kept = !deceased && register == "REMOVED" && code_on(person, "removed_for", from) == "DIED";
        let back = text_in(&person.doc, "register") == Some("ACTIVE");
        let list = person.value_on("categories", from).as_array().cloned().unwrap_or_default();
        Span {
            from,
            to,
            division: responsible_on(person, from),
            counted: (register == "ACTIVE" || kept && back) && !dead,
            categories: list.iter().filter_map(|code| code.as_str().map(str::to_owned)).collect(),
        }
    });
    spans.collect()
}
