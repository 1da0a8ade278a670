//! When a need is late, and which comes first: the same in the list of a phone and of a desk.

use crate::document::{Document, int_in, text_in};
use crate::time::Day;

/// RED | YELLOW | BLUE: how urgent a need is, the most urgent first.
pub const URGENCIES: [&str; 3] = ["RED", "YELLOW", "BLUE"];

/// Sorts after every day.
const NO_DAY: i32 = 99_999;

/// The last day on which a need is answered in time.
#[must_use]
pub fn due_on(need: &Document) -> Option<Day> {
    int_in(need, "due_on").and_then(|day| i32::try_from(day).ok()).map(Day)
}

/// Whether somebody waits for an answer past its last day.
#[must_use]
pub fn overdue(open: bool, due: Option<Day>, today: Day) -> bool {
    open && due.is_some_and(|due| due < today)
}

/// What needs are sorted by, as text: open ones first, by the day they are due, those without one last, the urgent first.
#[must_use]
pub fn turn(need: &Document, open: bool) -> String {
    let due = due_on(need).map_or(NO_DAY, |day| day.0.clamp(0, NO_DAY));
    let urgency = text_in(need, "urgency");
    let urgency = URGENCIES.iter().position(|code| urgency == Some(code)).unwrap_or(URGENCIES.len());
    format!("{}{due:05}{urgency}", u8::from(!open))
}
