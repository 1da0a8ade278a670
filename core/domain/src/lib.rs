//! The rules of the field, once, for phone and server: kinds of record, folds, coverage, what is due. No I/O, no clock, no
//! randomness. How anything is written, decided and kept is the mechanism's (`core/record`), whose modules have their names here
//! too, so that nobody above needs two. Start reading at [`op`], then [`decide`], then any file of [`kind`].

pub use bianfang_record::{
    actor, alike, case, clock, decide, decision, document, fold, form, id, judge, life_cycle, link, name, op,
    projection, reason, record, review, time, told, world,
};

pub mod address;
pub mod assumed;
pub mod category;
pub mod codes;
pub mod coverage;
pub mod due;
pub mod free_text;
pub mod home;
pub mod id_number;
pub mod kept_open;
pub mod kind;
pub mod look;
pub mod mask;
pub mod matching;
pub mod military;
pub mod phone;
pub mod questions;
pub mod rules;
pub mod same;
pub mod shown;
pub mod term;
pub mod visit;
pub mod warning;
pub mod whose_home;
