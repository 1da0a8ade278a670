//! `import`: a sheet into the register, under the account that answers for it.

use std::path::Path;

use bianfang_domain::actor::Right;

use crate::ServerError;
use crate::clock::{Clock, Random};
use crate::config::Config;
use crate::county_keys::CountyKeys;
use crate::db::{Db, account};
use crate::import::{Importer, Report, read_divisions, read_roster, read_sheet};
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
    let bytes = std::fs::read(file).map_err(|source| ServerError::File { path: file.to_owned(), source })?;
    let sheet = read_sheet(&file.to_string_lossy(), &bytes)?;
    let keys = CountyKeys::load(&config.data_dir, county)?;
    let desk = Desk { db, county, keys: &keys, random, now_ms: clock.now_ms() };
    let importer = Importer { desk, account: account.id, role: account.role, scope: account.scope };
    match what {
        What::Divisions => importer.divisions(read_divisions(&sheet, county)?, progress).await,
        What::People => importer.people(read_roster(&sheet)?, progress).await,
    }
}
