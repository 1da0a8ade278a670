//! Each instrument shows what it says, where the answer is known.
#![cfg(test)]

mod steps;
