//! What the library promises to the apps: its surface, watched word by word, and that it can be opened from outside.
#![cfg(test)]

mod open;
mod surface;
