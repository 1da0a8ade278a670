//! The facade, on real files with the real cipher.
#![cfg(test)]
#![allow(missing_docs)]

mod codes;
mod drafts;
mod households;
mod invariants;
mod letters;
mod opening;
mod people;
mod photos;
mod question_sets;
mod register;
mod scene;
mod session;
mod staff;
mod states;
mod today;
mod visits;
