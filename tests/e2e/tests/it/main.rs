//! Whole-system tests: the real server program, the real phone core, HTTPS between them.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod bad_photos;
mod bad_requests;
mod enrolment;
mod field;
mod households;
mod kills;
mod known_to_fail;
mod newer;
mod outage;
mod pieces;
mod planted_field;
mod put_back;
mod story_01_wrong_person;
mod story_02_not_dead;
mod story_03_shared_stock;
mod story_04_late_death;
mod story_05_wrong_clock;
mod story_08_moving_borders;
mod story_09_two_zhang_jianguo;
mod story_10_all_refused;
mod story_13_letter_that_moves;
mod story_21_chain_offline;
mod story_22_poison;
mod story_30_ten_on_one_sheet;
mod story_whole_day;
mod terminal;
mod thread;
mod town;
mod wire;
