//! The facade, on real files with the real cipher.
#![cfg(test)]
#![allow(missing_docs)]

mod drafts;
mod households;
mod letters;
mod opening;
mod people;
mod photos;
mod scene;
mod session;
mod states;
mod today;
mod visits;
