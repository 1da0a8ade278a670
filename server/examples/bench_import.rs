//! `bench import`: a roster of 50,000 invented people, dry run and apply, beside a bare calamine read of the same workbook
//! and a bare insert of the same rows into every table the import wrote. Each is a process of its own, so that its peak
//! memory is its own. Goal: the whole import takes at most three times as long as the two together, each half in 300 MiB.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use bianfang_county::{county, invent};
use bianfang_domain::actor::Role;
use bianfang_domain::codes::Codes;
use bianfang_domain::time::Day;
use bianfang_server::clock::{Clock, SystemClock, SystemRandom};
use bianfang_server::county::Desk;
use bianfang_server::county::keys::CountyKeys;
use bianfang_server::db::{Db, account, county as counties};
use bianfang_server::import::assumed;
use bianfang_server::import::{Importer, Plan, division_id};
use bianfang_server::role;
use bianfang_sheets::{Ledger, read_upload};
use calamine::{Reader, Xlsx};
use clap::Parser;
use serde_json::json;
use sqlx::{Connection, Row, SqliteConnection};

type Failure = Box<dyn Error>;

const COUNTY: &str = "990000";
const TIME_GOAL: f64 = 3.0;
const PEAK_GOAL_MIB: f64 = 300.0;

#[derive(Parser)]
struct Arguments {
    /// People in the sheet.
    #[arg(long, default_value_t = 50_000)]
    rows: usize,
    /// Writes the rows as a JSON list.
    #[arg(long)]
    json: Option<PathBuf>,
    /// How the bench calls itself for one part.
    #[arg(long, hide = true)]
    child: Option<String>,
    /// Where the parts find each other's files.
    #[arg(long, hide = true)]
    folder: Option<PathBuf>,
}

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let arguments = Arguments::parse();
    match (arguments.child.as_deref(), &arguments.folder) {
        (Some("found"), Some(folder)) => found(folder, arguments.rows).await,
        (Some("read"), Some(folder)) => timed(async { read(folder) }).await,
        (Some("look"), Some(folder)) => timed(look(folder)).await,
        (Some("apply"), Some(folder)) => timed(apply(folder)).await,
        (Some("insert"), Some(folder)) => timed(insert(folder)).await,
        _ => compare(&arguments),
    }
}

#[expect(clippy::disallowed_methods, reason = "a stopwatch")]
async fn timed(part: impl Future<Output = Result<(), Failure>>) -> Result<(), Failure> {
    let start = Instant::now();
    part.await?;
    println!("{} {}", start.elapsed().as_secs_f64(), peak_mib()?);
    Ok(())
}

/// The most memory this process held (Linux).
fn peak_mib() -> Result<f64, Failure> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).ok_or("no VmHWM")?;
    Ok(line.trim().trim_end_matches(" kB").trim().parse::<f64>()? / 1024.0)
}

fn url(folder: &Path, name: &str) -> String {
    format!("sqlite://{}?mode=rwc", folder.join(name).display())
}

/// A county with its divisions and a clerk, and the workbook.
async fn found(folder: &Path, rows: usize) -> Result<(), Failure> {
    let (clock, random) = (SystemClock, SystemRandom);
    let now_ms = clock.now_ms();
    let db = bianfang_server::records::open(&url(folder, "ours.db"), now_ms).await?;
    let keys = CountyKeys::create(folder, COUNTY, &random)?;
    let new = counties::County {
        code: COUNTY.to_owned(),
        name: "bench".to_owned(),
        epoch: "0".to_owned(),
        seal_public: keys.seal_public_base64(),
    };
    counties::insert(&db, &new, now_ms).await?;
    let clerk = account::Account {
        id: uuid::Uuid::from_u128(1),
        login: "clerk".to_owned(),
        name: "clerk".to_owned(),
        role: Role::SectionClerk,
        scope: vec![division_id(COUNTY, COUNTY)],
        password_hash: role::code(Role::SectionClerk).to_owned(),
        active: true,
        failed_count: 0,
        locked_until_ms: 0,
    };
    account::insert(&mut *db.pool().acquire().await?, COUNTY, &clerk, now_ms).await?;
    let desk = Desk { db: &db, county: COUNTY, keys: &keys, random: &random, now_ms };
    let mut batch =
        bianfang_server::import::Batch::begin(desk, (clerk.id, clerk.role, clerk.scope.clone()), "found").await?;
    let mut fields = serde_json::Map::new();
    fields.insert("name".to_owned(), json!("县"));
    fields.insert("level".to_owned(), json!("COUNTY"));
    batch.record(("division", division_id(COUNTY, COUNTY)), fields);
    batch.write().await?;
    let place = county()?;
    let mut list = String::from("乡镇,村\n");
    for township in &place.townships {
        for village in &township.villages {
            list.push_str(&format!("{},{}\n", township.name, village.name));
        }
    }
    let importer = Importer { desk, account: clerk.id, role: clerk.role, scope: clerk.scope, blind: false };
    let upload =
        read_upload(Ledger::Divisions, ("divisions.csv", list.as_bytes()), (None, &Codes::default(), Day::of(now_ms)))?;
    let plan = importer.dry_run(Ledger::Divisions, (upload, assumed::usual(Ledger::Divisions)), |_, _| ()).await?;
    importer.apply(plan.id, |_, _| ()).await?;
    workbook(folder, &place, rows)?;
    db.close().await;
    Ok(())
}

fn workbook(folder: &Path, place: &bianfang_county::County, rows: usize) -> Result<(), Failure> {
    let mut csv = Vec::new();
    bianfang_county::write_roster(&invent(place, rows, 7), &mut csv)?;
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet_with_constant_memory()?;
    let mut records = csv::ReaderBuilder::new().has_headers(false).from_reader(csv.as_slice());
    for (row, record) in records.records().enumerate() {
        for (column, text) in record?.iter().enumerate() {
            sheet.write_string(u32::try_from(row)?, u16::try_from(column)?, text)?;
        }
    }
    Ok(book.save(folder.join("people.xlsx"))?)
}

fn read(folder: &Path) -> Result<(), Failure> {
    let mut book: Xlsx<_> = calamine::open_workbook(folder.join("people.xlsx"))?;
    let range = book.worksheet_range_at(0).ok_or("no sheet")??;
    let cells: usize = range.rows().map(|row| row.iter().filter(|cell| !cell.to_string().is_empty()).count()).sum();
    std::hint::black_box(cells);
    Ok(())
}

struct Office {
    db: Db,
    keys: CountyKeys,
    now_ms: i64,
}

impl Office {
    async fn open(folder: &Path) -> Result<Self, Failure> {
        let now_ms = SystemClock.now_ms();
        let db = bianfang_server::records::open(&url(folder, "ours.db"), now_ms).await?;
        Ok(Self { db, keys: CountyKeys::load(folder, COUNTY)?, now_ms })
    }

    fn importer(&self) -> Importer<'_> {
        let desk = Desk { db: &self.db, county: COUNTY, keys: &self.keys, random: &SystemRandom, now_ms: self.now_ms };
        let scope = vec![division_id(COUNTY, COUNTY)];
        Importer { desk, account: uuid::Uuid::from_u128(1), role: Role::SectionClerk, scope, blind: false }
    }
}

async fn look(folder: &Path) -> Result<(), Failure> {
    let office = Office::open(folder).await?;
    let bytes = std::fs::read(folder.join("people.xlsx"))?;
    let upload =
        read_upload(Ledger::People, ("people.xlsx", &bytes), (None, &Codes::default(), Day::of(office.now_ms)))?;
    drop(bytes);
    office.importer().dry_run(Ledger::People, (upload, assumed::usual(Ledger::People)), |_, _| ()).await?;
    Ok(())
}

async fn apply(folder: &Path) -> Result<(), Failure> {
    let office = Office::open(folder).await?;
    let plans = Plan::list(&mut *office.db.pool().acquire().await?, COUNTY, 10).await?;
    let plan = plans.iter().find(|plan| plan.ledger == Ledger::People).ok_or("no plan")?;
    office.importer().apply(plan.id, |_, _| ()).await?;
    Ok(())
}

/// Copies every table row by row into an empty database with the same tables: prepared statements, one transaction for a
/// thousand rows, as durable as ours.
async fn insert(folder: &Path) -> Result<(), Failure> {
    let empty = bianfang_server::records::open(&url(folder, "bare.db"), 0).await?;
    empty.close().await;
    let mut from = SqliteConnection::connect(&format!("sqlite://{}", folder.join("ours.db").display())).await?;
    let mut to = SqliteConnection::connect(&format!("sqlite://{}", folder.join("bare.db").display())).await?;
    sqlx::raw_sql("pragma journal_mode = wal; pragma synchronous = full").execute(&mut to).await?;
    let tables = sqlx::query("select name from sqlite_master where type = 'table' and name not like 'sqlite_%'");
    for table in tables.fetch_all(&mut from).await? {
        let table: String = table.get(0);
        if ["schema_migration", "projection_form"].contains(&table.as_str()) {
            continue;
        }
        copy(&mut from, &mut to, &table).await?;
    }
    Ok(())
}

async fn copy(from: &mut SqliteConnection, to: &mut SqliteConnection, table: &str) -> Result<(), Failure> {
    let columns = sqlx::query(sqlx::AssertSqlSafe(format!("select name, type from pragma_table_info('{table}')")));
    let columns: Vec<(String, String)> =
        columns.fetch_all(&mut *from).await?.iter().map(|row| (row.get(0), row.get(1))).collect();
    let names: Vec<&str> = columns.iter().map(|(name, _)| name.as_str()).collect();
    let marks: Vec<String> = (1..=columns.len()).map(|at| format!("${at}")).collect();
    let sql = format!("insert into {table} ({}) values ({})", names.join(", "), marks.join(", "));
    let mut after = -1i64;
    loop {
        let page = format!(
            "select rowid as row_at, {} from {table} where rowid > $1 order by rowid limit 1000",
            names.join(", ")
        );
        let rows = sqlx::query(sqlx::AssertSqlSafe(page)).bind(after).fetch_all(&mut *from).await?;
        let Some(last) = rows.last() else { return Ok(()) };
        after = last.get(0);
        let mut tx = to.begin().await?;
        for row in &rows {
            let mut query = sqlx::query(sqlx::AssertSqlSafe(sql.clone()));
            for (at, (_, of)) in columns.iter().enumerate() {
                query = match of.as_str() {
                    "bigint" => query.bind(row.get::<Option<i64>, _>(at + 1)),
                    "bytea" => query.bind(row.get::<Option<Vec<u8>>, _>(at + 1)),
                    _ => query.bind(row.get::<Option<String>, _>(at + 1)),
                };
            }
            query.execute(&mut *tx).await?;
        }
        tx.commit().await?;
    }
}

fn compare(arguments: &Arguments) -> Result<(), Failure> {
    if cfg!(debug_assertions) {
        eprintln!("This is a debug build; only `--release` figures count.");
    }
    let folder = tempfile::tempdir()?;
    let me = std::env::current_exe()?;
    let part = |name: &str| -> Result<(f64, f64), Failure> {
        let mut command = Command::new(&me);
        command.arg("--child").arg(name).arg("--folder").arg(folder.path());
        let done = command.arg("--rows").arg(arguments.rows.to_string()).stderr(Stdio::inherit()).output()?;
        if !done.status.success() {
            return Err(format!("{name} failed").into());
        }
        let text = String::from_utf8(done.stdout)?;
        let mut numbers = text.split_whitespace().map(str::parse::<f64>);
        let mut next = || numbers.next().transpose().map(Option::unwrap_or_default);
        Ok((next()?, next()?))
    };
    part("found")?;
    let (read, _) = part("read")?;
    let (look, look_peak) = part("look")?;
    let (apply, apply_peak) = part("apply")?;
    let (insert, _) = part("insert")?;
    let per = |seconds: f64| arguments.rows as f64 / seconds;
    println!("bare read    {read:7.2} s  {:8.0} rows/s", per(read));
    println!("bare insert  {insert:7.2} s  {:8.0} rows/s", per(insert));
    println!("dry run      {look:7.2} s  {:8.0} rows/s  {look_peak:6.0} MiB", per(look));
    println!("apply        {apply:7.2} s  {:8.0} rows/s  {apply_peak:6.0} MiB", per(apply));
    let ratio = (look + apply) / (read + insert);
    println!("import / (read + insert) = {ratio:.2}, goal {TIME_GOAL}");
    let peak = look_peak.max(apply_peak);
    let rows = json!([
        { "bench": "import", "ours": look + apply, "bare": read + insert, "peer": null, "ratio": ratio,
          "goal": TIME_GOAL, "met": ratio <= TIME_GOAL },
        { "bench": "import peak MiB", "ours": peak, "bare": null, "peer": null, "ratio": peak / PEAK_GOAL_MIB,
          "goal": 1.0, "met": peak <= PEAK_GOAL_MIB },
    ]);
    if let Some(file) = &arguments.json {
        std::fs::write(file, serde_json::to_vec_pretty(&rows)?)?;
    }
    if ratio <= TIME_GOAL && peak <= PEAK_GOAL_MIB { Ok(()) } else { Err("a goal is not met".into()) }
}
