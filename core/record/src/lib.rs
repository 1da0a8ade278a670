//! How anything is written, decided and kept: ops, records, one decision, folds. It is told which kinds of record there are
//! ([`kinds::Kinds`]) and asks them through one trait ([`kind::Kind`]); no kind stands in this crate, so that none can be
//! treated in a way of its own. No I/O, no clock, no randomness. Start reading at [`op`], then [`decide`].

pub mod actor;
pub mod alike;
mod apply;
pub mod case;
pub mod clock;
pub mod decide;
pub mod decision;
pub mod document;
pub mod field;
pub mod fold;
pub mod form;
pub mod id;
pub mod judge;
pub mod kind;
pub mod kinds;
pub mod life_cycle;
pub mod link;
mod merge;
pub mod name;
pub mod op;
pub mod projection;
pub mod reason;
pub mod record;
pub mod review;
mod tie;
pub mod time;
pub mod told;
pub mod world;
