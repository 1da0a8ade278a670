//! The readers against generated sheets and their truth, and against what is no sheet.

mod book;
mod roster;
mod sheets;
mod unreadable;
