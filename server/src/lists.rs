//! What the console reads of the register: lists to search in, one record's page, and what waits for a reviewer. Whoever asks
//! sees what lies in their divisions; what lies outside is as if it were not there. Nothing is written here.

pub mod alike;
pub mod answers;
pub mod basis_persons;
pub mod by_change;
pub mod cases;
pub mod codes;
pub mod counted;
pub mod history;
pub mod holding;
pub mod house;
pub mod household;
pub mod letter;
pub mod letters;
pub mod named;
pub mod needs;
pub mod offers;
pub mod paging;
pub mod people;
pub mod person;
pub mod plaque;
pub mod plaques;
pub mod request_form;
pub mod reveal;
pub mod review;
pub mod same;
pub mod steps;
pub mod suggestions;
pub mod timeline;
pub mod units;
