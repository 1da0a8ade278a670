//! `import`: a sheet into the register, under the account that answers for it.

use std::path::Path;

use bianfang_domain::actor::Right;
use bianfang_domain::time::Day;

use crate::ServerError;
use crate::clock::{Clock, Random};
use crate::config::Config;
use crate::county_keys::CountyKeys;
use crate::db::{Db, account};
use crate::import::{Importer, Report, read, read_book, read_divisions, read_roster};
use crate::write::Desk;

/// What the sheet is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// 区划
    Divisions,
    /// 退役军人花名册
    People,
}

/// Imports a file for the account `login`.
///
/// # Errors
/// [`ServerError::AccountUnknown`] for one without the right to import, [`ServerError::Import`] for a file that is no
/// sheet, [`ServerError::File`].
pub async fn import(
    (config, db): (&Config, &Db),
    (clock, random): (&dyn Clock, &dyn Random),
    (county, login): (&str, &str),
    (what, file): (What, &Path),
    progress: impl FnMut(usize, usize),
) -> Result<Report, ServerError> {
    let mut conn = db.pool().acquire().await?;
    let found = account::get_by_login(&mut conn, county, login).await?;
    drop(conn);
    let account = found
        .filter(|account| account.active && account.role.may(Right::Import))
        .ok_or_else(|| ServerError::ImportRight { county: county.to_owned(), login: login.to_owned() })?;
    let fault = |source| ServerError::File { path: file.to_owned(), source };
    read::check_size(std::fs::metadata(file).map_err(fault)?.len())?;
    let book = read_book(&file.to_string_lossy(), &std::fs::read(file).map_err(fault)?)?;
    let year = Day::of(clock.now_ms()).ymd().map_or(0, |(year, ..)| year);
    let keys = CountyKeys::load(&config.data_dir, county)?;
    let desk = Desk { db, county, keys: &keys, random, now_ms: clock.now_ms() };
    let importer = Importer { desk, account: account.id, role: account.role, scope: account.scope };
    match what {
        What::Divisions => importer.divisions(read_divisions(book, county, year)?, progress).await,
        What::People => importer.people(read_roster(book, year)?, progress).await,
    }
}
