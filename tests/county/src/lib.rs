//! The county of the demo and the whole-system tests: real place names of one county, invented people in households,
//! and the sheet a bureau would import them from. The same seed makes the same people.

mod guess;
mod people;
mod places;
mod roster;

pub use guess::{MANY, candidates};
pub use people::{Person, invent};
pub use places::{County, PlacesError, Township, Village, county};
pub use roster::{HEADER, write_roster};
