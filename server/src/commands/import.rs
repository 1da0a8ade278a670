//! `import`: a sheet into the register, under the account that answers for it. Without a register a dry run tells what the
//! sheet alone comes to.

use std::path::Path;

use bianfang_domain::actor::Role;
use bianfang_domain::id::AccountId;
use bianfang_domain::time::Day;

use crate::ServerError;
use crate::auth::password::Passwords;
use crate::clock::{Clock, Random, bytes};
use crate::config::Config;
use crate::county::Desk;
use crate::county::keys::CountyKeys;
use crate::db::county::County;
use crate::db::{Db, account, county};
use crate::import::assumed::{self, Answers, AssumptionView};
use crate::import::{Counts, Handed, Importer, Plan, PlanError, Told, marks, saved, told, write_json};
use crate::lists::codes;
use crate::pki;
use bianfang_sheets::read::check_size;
use bianfang_sheets::table::SheetReading;
use bianfang_sheets::write::marked;
use bianfang_sheets::{Ledger, read_upload};

/// What is imported, and how far.
#[derive(Debug, Clone, Copy)]
pub struct ImportOrder<'a> {
    /// Which sheet.
    pub ledger: Ledger,
    /// Where it is.
    pub file: &'a Path,
    /// Only look.
    pub dry_run: bool,
    /// Print every row as JSON.
    pub json: bool,
    /// Write the sheet back here, marked.
    pub report: Option<&'a Path>,
    /// Of accounts: write passwords and one-time codes here.
    pub codes: Option<&'a Path>,
    /// Headers and what their columns hold, by title or key: kept for the next file.
    pub columns: &'a [(String, String)],
    /// What to assume where the sheet says nothing.
    pub assume: &'a Answers,
}

/// What came of it.
#[derive(Debug)]
pub struct Imported {
    /// How many rows of each outcome.
    pub counts: Counts,
    /// What the sheet does not say and its rows need.
    pub asked: Vec<AssumptionView>,
    /// What the rows say together.
    pub told: Told,
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
    order: ImportOrder<'_>,
    progress: impl FnMut(usize, usize),
) -> Result<Imported, ServerError> {
    let mut conn = db.pool().acquire().await?;
    let found = account::get_by_login(&mut conn, county, login).await?;
    drop(conn);
    let account = found
        .filter(|account| account.active && account.role.may(crate::import::right(order.ledger)))
        .ok_or_else(|| ServerError::ImportRight { county: county.to_owned(), login: login.to_owned() })?;
    let keys = CountyKeys::load(&config.data_dir, county)?;
    let desk = Desk { db, county, keys: &keys, random, now_ms: clock.now_ms() };
    let (role, scope) = (account.role, account.scope);
    let importer = Importer { desk, account: account.id, role, scope, blind: false };
    let plan = run(&importer, order, progress).await?;
    if let Some(path) = order.codes {
        let handed = importer.hand_out(plan.id, &Passwords::new(), config.enrol_hours).await.map_err(of_own_plan)?;
        write_codes(config, &handed, path)?;
    }
    imported(desk, &plan).await
}

async fn imported(desk: Desk<'_>, plan: &Plan) -> Result<Imported, ServerError> {
    let mut conn = desk.db.pool().acquire().await?;
    let counts = plan.counts(&mut conn, desk.county).await?;
    let told = told(desk, &mut conn, plan).await?;
    Ok(Imported { counts, asked: plan.assumed.asked(plan.ledger), told })
}

/// The paper to cut into strips: each line opens one account, the file is for its owner only.
fn write_codes(config: &Config, handed: &[Handed], path: &Path) -> Result<(), ServerError> {
    let ca = pki::fingerprint(&config.data_dir)?;
    let header = ["账号", "姓名", "角色", "初始口令", "登记码", "网址", "证书指纹"];
    let rows = handed.iter().map(|one| {
        [&one.login, &one.name, &one.role, &one.password, &one.code, &config.public_url, &ca].map(ToString::to_string)
    });
    let bytes = bianfang_sheets::write::list(header, rows)?;
    crate::files::write_secret(path, &bytes)
}

/// A plan of our own, made just now, can only fail for the server's reasons.
fn of_own_plan(error: PlanError) -> ServerError {
    match error {
        PlanError::Server(error) => error,
        _ => ServerError::Task,
    }
}

/// A dry run before there is a county: every row is new that is one.
///
/// # Errors
/// As [`import`].
pub async fn look(
    (clock, random): (&dyn Clock, &dyn Random),
    code: &str,
    order: ImportOrder<'_>,
    progress: impl FnMut(usize, usize),
) -> Result<Imported, ServerError> {
    let failed = |source| ServerError::File { path: std::env::temp_dir(), source };
    let folder = tempfile::tempdir().map_err(failed)?;
    let now_ms = clock.now_ms();
    let db =
        crate::records::open(&format!("sqlite://{}?mode=rwc", folder.path().join("look.db").display()), now_ms).await?;
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
    let looked = async {
        let plan = run(&importer, ImportOrder { dry_run: true, ..order }, progress).await?;
        imported(desk, &plan).await
    };
    let looked = looked.await;
    db.close().await;
    looked
}

async fn run(
    importer: &Importer<'_>,
    order: ImportOrder<'_>,
    mut progress: impl FnMut(usize, usize),
) -> Result<Plan, ServerError> {
    let (county, file) = (importer.desk.county, order.file);
    let failed = |source| ServerError::File { path: file.to_owned(), source };
    check_size(std::fs::metadata(file).map_err(failed)?.len())?;
    let bytes = std::fs::read(file).map_err(failed)?;
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let today = Day::of(importer.desk.now_ms);
    // What the bureau said of its columns holds wherever the sheet is read.
    let mut conn = importer.desk.db.pool().acquire().await?;
    let by = (importer.account, importer.desk.now_ms);
    let mapping = saved::add(&mut conn, county, (order.ledger, order.columns), by).await?;
    let codes = codes::of(&mut conn, county).await?;
    drop(conn);
    if let Some(wrong) = assumed::wrong(order.ledger, order.assume, &codes) {
        return Err(ServerError::ImportAssumption(wrong));
    }
    let upload = read_upload(order.ledger, (&name, &bytes), (mapping.as_ref(), &codes, today))?;
    // One of this file that was interrupted goes on with the numbers it has.
    let begun = match order.dry_run {
        true => None,
        false => Plan::interrupted(&mut *importer.desk.db.pool().acquire().await?, county, &upload).await?,
    };
    let mut plan = match begun {
        Some(plan) => plan,
        None => importer.dry_run(order.ledger, (upload, order.assume.clone()), &mut progress).await?,
    };
    if !order.dry_run {
        let size = |rows: u64| usize::try_from(rows).unwrap_or(usize::MAX);
        let done = importer.apply(plan.id, |done, total| progress(size(done), size(total))).await;
        plan = done.map_err(of_own_plan)?;
    }
    if let Some(path) = order.report {
        let marks = marks(importer, &plan).await?;
        let book = SheetReading::book((&name, &bytes), order.ledger.table(), mapping.as_ref())?;
        crate::files::write_secret(path, &marked(&book, &marks)?)?;
    }
    if order.json {
        write_json(importer, &plan, &mut std::io::stdout().lock()).await?;
    }
    Ok(plan)
}
