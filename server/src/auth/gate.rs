//! What letting somebody in needs, in one hand.

use crate::auth::password::Passwords;
use crate::auth::token::TokenKeys;
use crate::clock::Random;
use crate::config::Config;
use crate::db::Db;

/// For one request.
#[derive(Clone, Copy)]
pub struct Gate<'a> {
    /// How long codes, tokens and locks live.
    pub config: &'a Config,
    /// The database.
    pub db: &'a Db,
    /// Signs access tokens.
    pub tokens: &'a TokenKeys,
    /// Compares passwords.
    pub passwords: &'a Passwords,
    /// For tokens and nonces.
    pub random: &'a dyn Random,
    /// UTC milliseconds.
    pub now_ms: i64,
}
