//! `export`: a ledger into a file, under the account that answers for it, with that account's divisions and rights.

use std::fs::File;
use std::io;
use std::path::Path;

use bianfang_domain::actor::Right;

use crate::ServerError;
use crate::clock::{Clock, Random};
use crate::config::Config;
use crate::county::Desk;
use crate::county::keys::CountyKeys;
use crate::db::{Db, account};
use crate::error::AskError;
use crate::export::{self, Ask, Exporter, Format};

/// The form that a file's name asks for.
///
/// # Errors
/// [`AskError::Format`] for another ending than .xlsx and .csv.
pub fn format_of(file: &Path) -> Result<Format, AskError> {
    let ending = file.extension().and_then(|ending| ending.to_str()).unwrap_or_default().to_lowercase();
    let known = [Format::Xlsx, Format::Csv].into_iter().find(|format| format.ending() == ending);
    known.ok_or(AskError::Format)
}

/// Exports for the account `login` into a new file; the rows written.
///
/// # Errors
/// [`ServerError::ExportRight`], [`ServerError::Export`], [`ServerError::File`] when the file exists already.
pub async fn export(
    (config, db): (&Config, &Db),
    (clock, random): (&dyn Clock, &dyn Random),
    (county, login): (&str, &str),
    ask: &Ask,
    file: &Path,
) -> Result<u64, ServerError> {
    let mut conn = db.pool().acquire().await?;
    let found = account::get_by_login(&mut conn, county, login).await?;
    drop(conn);
    let account = found
        .filter(|account| account.active && account.role.may(Right::Read))
        .ok_or_else(|| ServerError::ExportRight { county: county.to_owned(), login: login.to_owned() })?;
    let failed = |source| ServerError::File { path: file.to_owned(), source };
    // Made first: an export that is audited must not end for want of a place to put it.
    let mut to = new_file(file).map_err(failed)?;
    let keys = CountyKeys::load(&config.data_dir, county)?;
    let desk = Desk { db, county, keys: &keys, random, now_ms: clock.now_ms() };
    let exporter = Exporter { account: account.id, name: account.name, role: account.role, scope: account.scope };
    let exported = export::export(desk, &exporter, ask, &config.data_dir).await;
    let mut exported = match exported {
        Ok(exported) => exported,
        Err(error) => {
            std::fs::remove_file(file).map_err(failed)?;
            return Err(error);
        }
    };
    io::copy(&mut exported.file, &mut to).map_err(failed)?;
    to.sync_all().map_err(failed)?;
    Ok(exported.rows)
}

/// Readable by its owner only: it holds people's data.
fn new_file(path: &Path) -> io::Result<File> {
    let mut options = File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}
