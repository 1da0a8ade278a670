//! The facade, on real files with the real cipher.
#![cfg(test)]
