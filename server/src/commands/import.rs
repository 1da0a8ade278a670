//! `import`: a sheet into the register, under the account that answers for it. Without a register a dry run tells what the
//! sheet alone comes to.

use std::path::Path;

use bianfang_domain::actor::{Right, Role};
use bianfang_domain::id::AccountId;
use bianfang_domain::time::Day;

use crate::ServerError;
use crate::clock::{Clock, Random, bytes};
use crate::config::Config;
use crate::county_keys::CountyKeys;
use crate::db::county::County;
use crate::db::{Db, account, county};
use crate::import::read::check_size;
use crate::import::{Counts, Importer, Ledger, Plan, PlanError, read_upload, write_json};
use crate::write::Desk;

/// What is imported, and how far.
#[derive(Debug, Clone, Copy)]
pub struct Order<'a> {
    /// Which sheet.
    pub ledger: Ledger,
    /// Where it is.
    pub file: &'a Path,
    /// Only look.
    pub dry_run: bool,
    /// Print every row as JSON.
    pub json: bool,
}

/// Reads, judges, and, unless it is a dry run, writes. `progress` is told how many of how many rows are done.
///
/// # Errors
/// [`ServerError::ImportRight`] for an account without the right, [`ServerError::Import`] for a file that is no sheet,
/// [`ServerError::File`].
pub async fn import(
    (config, db): (&Config, &Db),
    (clock, random): (&dyn Clock, &dyn Random),
    (county, login): (&str, &str),
    order: Order<'_>,
    progress: impl FnMut(usize, usize),
) -> Result<Counts, ServerError> {
    let mut conn = db.pool().acquire().await?;
    let found = account::get_by_login(&mut conn, county, login).await?;
    drop(conn);
    let account = found
        .filter(|account| account.active && account.role.may(Right::Import))
        .ok_or_else(|| ServerError::ImportRight { county: county.to_owned(), login: login.to_owned() })?;
    let keys = CountyKeys::load(&config.data_dir, county)?;
    let desk = Desk { db, county, keys: &keys, random, now_ms: clock.now_ms() };
    let (role, scope) = (account.role, account.scope);
    run(&Importer { desk, account: account.id, role, scope, blind: false }, order, progress).await
}

/// A dry run before there is a county: every row is new that is one.
///
/// # Errors
/// As [`import`].
pub async fn look(
    (clock, random): (&dyn Clock, &dyn Random),
    code: &str,
    order: Order<'_>,
    progress: impl FnMut(usize, usize),
) -> Result<Counts, ServerError> {
    let failed = |source| ServerError::File { path: std::env::temp_dir(), source };
    let folder = tempfile::tempdir().map_err(failed)?;
    let now_ms = clock.now_ms();
    let db = Db::open(&format!("sqlite://{}?mode=rwc", folder.path().join("look.db").display()), now_ms).await?;
    let keys = CountyKeys::create(folder.path(), code, random)?;
    let new = County {
        code: code.to_owned(),
        name: String::new(),
        epoch: hex::encode(bytes::<8>(random)),
        seal_public: keys.seal_public_base64(),
    };
    county::insert(&db, &new, now_ms).await?;
    let desk = Desk { db: &db, county: code, keys: &keys, random, now_ms };
    let importer =
        Importer { desk, account: AccountId::nil(), role: Role::SectionClerk, scope: Vec::new(), blind: true };
    let counts = run(&importer, Order { dry_run: true, ..order }, progress).await;
    db.close().await;
    counts
}

async fn run(
    importer: &Importer<'_>,
    order: Order<'_>,
    mut progress: impl FnMut(usize, usize),
) -> Result<Counts, ServerError> {
    let (county, file) = (importer.desk.county, order.file);
    let failed = |source| ServerError::File { path: file.to_owned(), source };
    check_size(std::fs::metadata(file).map_err(failed)?.len())?;
    let bytes = std::fs::read(file).map_err(failed)?;
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let today = Day::of(importer.desk.now_ms);
    let upload = read_upload(order.ledger, (&name, &bytes), (None, today))?;
    drop(bytes);
    // One of this file that was interrupted goes on with the numbers it has.
    let begun = match order.dry_run {
        true => None,
        false => Plan::interrupted(&mut *importer.desk.db.pool().acquire().await?, county, &upload).await?,
    };
    let mut plan = match begun {
        Some(plan) => plan,
        None => importer.dry_run(order.ledger, upload, &mut progress).await?,
    };
    if !order.dry_run {
        let size = |rows: u64| usize::try_from(rows).unwrap_or(usize::MAX);
        let done = importer.apply(plan.id, |done, total| progress(size(done), size(total))).await;
        plan = done.map_err(|error| match error {
            PlanError::Server(error) => error,
            // A plan of our own, made just now.
            _ => ServerError::Task,
        })?;
    }
    if order.json {
        write_json(importer, &plan, &mut std::io::stdout().lock()).await?;
    }
    plan.counts(&mut *importer.desk.db.pool().acquire().await?, county).await
}
