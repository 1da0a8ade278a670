//! What every handler may reach: configuration, database, clock, randomness and keys.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use tokio::sync::Semaphore;

use crate::ServerError;
use crate::auth::Gate;
use crate::auth::caller::Caller;
use crate::auth::password::Passwords;
use crate::auth::token::TokenKeys;
use crate::clock::{Clock, Random};
use crate::config::Config;
use crate::county::Desk;
use crate::county::keys::CountyKeys;
use crate::db::Db;
use crate::import::jobs::Jobs;
use crate::media::Blobs;
use crate::media::folder::Folder;

/// Exports at once; others wait for their turn.
const EXPORTS: usize = 2;

/// The state of the running server. Shared as `Arc<App>`; nothing of it is of one request.
pub struct App {
    /// The configuration.
    pub config: Config,
    /// The database.
    pub db: Db,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Unpredictable bytes.
    pub random: Arc<dyn Random>,
    /// Signs and checks access tokens.
    pub tokens: TokenKeys,
    /// Hashes passwords, a few at a time.
    pub passwords: Passwords,
    /// Permits for exports under way: each holds a connection and some pages of memory.
    pub exports: Semaphore,
    /// Imports that are being written.
    pub imports: Jobs,
    county_keys: RwLock<HashMap<String, Arc<CountyKeys>>>,
}

impl App {
    /// Puts the parts together. `init` must have been run in the data folder.
    ///
    /// # Errors
    /// [`ServerError::NotInitialized`] or [`ServerError::KeyFile`] when the keys are not there.
    pub fn new(
        config: Config,
        db: Db,
        clock: Arc<dyn Clock>,
        random: Arc<dyn Random>,
    ) -> Result<Arc<Self>, ServerError> {
        let tokens = TokenKeys::load(&config.data_dir, &config.public_url)?;
        let passwords = Passwords::new();
        let exports = Semaphore::new(EXPORTS);
        Ok(Arc::new(Self {
            config,
            db,
            clock,
            random,
            tokens,
            passwords,
            exports,
            imports: Jobs::default(),
            county_keys: RwLock::default(),
        }))
    }

    /// What letting somebody in needs.
    pub fn gate(&self) -> Gate<'_> {
        Gate {
            config: &self.config,
            db: &self.db,
            tokens: &self.tokens,
            passwords: &self.passwords,
            random: &*self.random,
            now_ms: self.now_ms(),
        }
    }

    /// What reading and writing records for a caller needs.
    pub fn desk<'a>(&'a self, caller: &'a Caller, keys: &'a CountyKeys) -> Desk<'a> {
        Desk { db: &self.db, county: &caller.county, keys, random: &*self.random, now_ms: self.now_ms() }
    }

    /// Where the photos of a county lie.
    pub fn photos(&self, county: &str) -> Folder {
        Folder::of(&self.config.data_dir.join("photos"), county)
    }

    /// The photos of a caller's county.
    pub fn blobs<'a>(&'a self, caller: &'a Caller, keys: &'a CountyKeys, folder: &'a Folder) -> Blobs<'a> {
        Blobs { desk: self.desk(caller, keys), folder }
    }

    /// UTC milliseconds.
    pub fn now_ms(&self) -> i64 {
        self.clock.now_ms()
    }

    /// The keys of a county, read from its file once. A county added while the server runs is found too.
    ///
    /// # Errors
    /// As [`CountyKeys::load`].
    pub fn county_keys(&self, county: &str) -> Result<Arc<CountyKeys>, ServerError> {
        if let Some(keys) = self.county_keys.read().unwrap_or_else(PoisonError::into_inner).get(county) {
            return Ok(keys.clone());
        }
        let keys = Arc::new(CountyKeys::load(&self.config.data_dir, county)?);
        self.county_keys.write().unwrap_or_else(PoisonError::into_inner).insert(county.to_owned(), keys.clone());
        Ok(keys)
    }
}
