//! The rules of the field, once, for phone and server: kinds of record, one decision, folds, coverage. No I/O, no clock,
//! no randomness. Start reading at [`op`], then [`decide`], then any file of [`kind`].

pub mod actor;
mod apply;
pub mod category;
pub mod codes;
pub mod coverage;
pub mod decide;
pub mod decision;
pub mod document;
pub mod due;
pub mod fold;
pub mod free_text;
pub mod home;
pub mod id;
pub mod id_number;
mod judge;
pub mod kind;
pub mod life_cycle;
pub mod mask;
pub mod matching;
mod merge;
pub mod military;
pub mod name;
mod needs;
pub mod op;
pub mod phone;
pub mod projection;
pub mod questions;
pub mod reason;
pub mod record;
pub mod review;
pub mod rules;
pub mod same;
pub mod term;
pub mod time;
pub mod warning;
pub mod world;
