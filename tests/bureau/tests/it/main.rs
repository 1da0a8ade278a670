//! Each instrument shows what it says, where the answer is known.
#![cfg(test)]

mod clocks;
mod disk;
mod steps;
mod wire;
