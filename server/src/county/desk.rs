//! What reading and writing records of one county needs, in one hand.

use bianfang_protocol::seal;

use super::keys::CountyKeys;
use super::sealed::Sealer;
use crate::clock::Random;
use crate::db::Db;

/// What reading and writing records of one county needs.
#[derive(Clone, Copy)]
pub struct Desk<'a> {
    /// The database.
    pub db: &'a Db,
    /// The county.
    pub county: &'a str,
    /// Its keys.
    pub keys: &'a CountyKeys,
    /// For nonces.
    pub random: &'a dyn Random,
    /// UTC milliseconds.
    pub now_ms: i64,
}

impl<'a> Desk<'a> {
    /// The keyed fingerprint by which a person's id number is found, as [`Sealer`] makes it when one is written.
    #[must_use]
    pub fn number_print(self, number: &str) -> String {
        seal::fingerprint(&self.keys.index, "person.id_number", number)
    }

    /// Opens and seals.
    #[must_use]
    pub fn sealer(self) -> Sealer<'a> {
        Sealer { keys: self.keys, random: self.random }
    }
}
