//! The facade, on real files with the real cipher.
#![cfg(test)]
#![allow(missing_docs)]

mod clocks;
mod codes;
mod drafts;
mod evidence;
mod growth;
mod growth_phone;
mod growth_store;
mod households;
mod invariants;
mod kept_open;
mod letters;
mod needs;
mod opening;
mod people;
mod photos;
mod question_sets;
mod register;
mod scene;
mod session;
mod sized;
mod staff;
mod states;
mod suggestions;
mod today;
mod visits;
