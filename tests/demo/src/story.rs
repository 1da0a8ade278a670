//! What the demo does, in order.

use std::path::Path;
use std::sync::Arc;

use bianfang_client::{Phone, Progress, SyncSummary, Watch};
use bianfang_county::county;
use bianfang_e2e::{Bureau, Console, Serving};
use bianfang_phone::SystemHost;
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::Value;

use crate::desk;
use crate::error::DemoError;
use crate::options::Options;
use crate::photos::Photos;
use crate::report::{ConsoleReport, CoverageReport, PhoneReport, Report};
use crate::round::{self, Done, Plan};
use crate::setting::{self, Carrier, count, list};

/// Visits of each phone: some 150 in all.
const VISITS: usize = 50;
/// Plaques of each phone: 30 in all, one household twice.
const PLAQUES: usize = 10;
/// Drawn photos: every second visit and every plaque has one.
const DRAWN: u32 = 105;
const PORT: u16 = 8443;

/// Tells the story, or only opens it again where it was told before.
///
/// # Errors
/// [`DemoError`].
pub async fn tell(options: &Options) -> Result<(), DemoError> {
    let clock = SystemHost;
    let began_ms = bianfang_client::Host::now_ms(&clock);
    let place = options.place();
    let told = place.join("report.json");
    let known = Report::read(&told).filter(|_| !options.reset);
    if known.is_none() && place.exists() {
        // Told half, or not to be kept.
        std::fs::remove_dir_all(&place).map_err(|source| DemoError::File { path: place.clone(), source })?;
    }
    let bureau = Bureau::at(&place, port(options))?;
    let (serving, mut report) = match known {
        Some(report) => {
            println!("数据已在 / the data is there: {}(--reset 重来 / starts afresh)", place.display());
            (bureau.serve().await?, report)
        }
        None => play(&bureau, options, &place).await?,
    };
    let console = bureau.console(Bureau::CLERK).await?;
    report.coverage = coverage(&console).await?;
    report.console = ConsoleReport {
        url: bureau.url.clone(),
        account: Bureau::CLERK.to_owned(),
        password: Bureau::PASSWORD.to_owned(),
    };
    let ended_ms = bianfang_client::Host::now_ms(&clock);
    report.seconds = std::time::Duration::from_millis((ended_ms - began_ms).unsigned_abs()).as_secs_f64();
    report.write(&told)?;
    if let Some(path) = &options.json {
        report.write(path)?;
    }
    report.print();
    if !options.once {
        println!("\n在浏览器中打开控制台;证书由本机自建,浏览器会提醒。Ctrl-C 结束。");
        println!("Open the console in a browser; its certificate is this machine's own. Ctrl-C ends.");
        told_to_end().await?;
    }
    serving.stop().await?;
    Ok(())
}

/// Ctrl-C, or a polite request to end: the server ends with the demo either way.
async fn told_to_end() -> std::io::Result<()> {
    #[cfg(unix)]
    {
        let mut asked = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?;
        tokio::select! {
            ended = tokio::signal::ctrl_c() => ended,
            _ = asked.recv() => Ok(()),
        }
    }
    #[cfg(not(unix))]
    tokio::signal::ctrl_c().await
}

/// The port asked for, else the usual one where it is free, else any.
fn port(options: &Options) -> Option<u16> {
    let free = |port: &u16| std::net::TcpListener::bind(("127.0.0.1", *port)).is_ok();
    options.port.or(Some(PORT).filter(free))
}

/// Founds the county and lets three phones work.
async fn play(bureau: &Bureau, options: &Options, place: &Path) -> Result<(Serving, Report), DemoError> {
    // A folder that is not there is told before minutes of work.
    let own = options.photos.as_deref().map(Photos::of).transpose()?;
    setting::found(bureau, options).await?;
    let serving = bureau.serve().await?;
    let carriers = setting::carriers(bureau).await?;
    let mut phones = Vec::new();
    for carrier in &carriers {
        phones.push(enrol(bureau, place, carrier).await?);
    }

    println!("断网 / offline: 服务器停止,三部手机照常记录 / the server is stopped, three phones go on");
    serving.stop().await?;
    let supply = match own {
        Some(photos) => photos,
        None => {
            let bar = bar("照片 / drawing", DRAWN.into());
            let drawn = Photos::drawn(&place.join("photos"), DRAWN, |done| bar.set_position(done.into()))?;
            bar.finish_and_clear();
            drawn
        }
    };
    let worked = work_offline(&phones, &carriers, supply).await?;

    println!("有网 / online: 三部手机同步 / three phones synchronize");
    let serving = bureau.serve().await?;
    let mut report = Report::default();
    for ((phone, carrier), done) in phones.iter().zip(&carriers).zip(&worked) {
        let summary = synchronize(phone, carrier.name).await?;
        report.conflicts += summary.conflicts;
        report.plaques += done.plaques;
        report.photos.given += done.photos;
        report.photos.refused.extend(done.refused.iter().cloned());
        report.photos.stored += round::stored(phone, done).await?;
        report.phones.push(PhoneReport {
            name: carrier.name.to_owned(),
            ops: summary.sent,
            acknowledged: summary.acknowledged,
            held: summary.held,
            refused: summary.refused,
        });
        phone.close().await?;
    }
    let now_ms = bianfang_client::Host::now_ms(&SystemHost);
    report.desk = desk::work(bureau, &county()?, &carriers, now_ms).await?;
    crate::register::change(bureau, now_ms).await?;
    let console = bureau.console(Bureau::CLERK).await?;
    (report.people, report.households) = register(&console).await?;
    Ok((serving, report))
}

async fn enrol(bureau: &Bureau, place: &Path, carrier: &Carrier) -> Result<Phone, DemoError> {
    let folder = place.join("phones").join(carrier.login);
    let phone = bianfang_phone::open(&folder, Arc::new(SystemHost)).await?;
    phone.enrol(&bureau.invite(carrier.login).await?, "demo").await?;
    let summary = synchronize(&phone, carrier.name).await?;
    println!("{} 已登记 / enrolled: {},{} 条记录 / records", carrier.name, carrier.township, summary.received);
    Ok(phone)
}

/// Each phone's round; then two correct one household's address, and two hang its plaque.
async fn work_offline(phones: &[Phone], carriers: &[Carrier], supply: Photos) -> Result<Vec<Done>, DemoError> {
    let bar = bar("走访 / visiting", (phones.len() * (VISITS + PLAQUES)) as u64);
    let mut piles = supply.split(phones.len());
    let mut spare = piles.get_mut(1).map(Photos::of_one).unwrap_or_default();
    let mut worked = Vec::new();
    let now_ms = bianfang_client::Host::now_ms(&SystemHost);
    for (at, ((phone, carrier), photos)) in phones.iter().zip(carriers).zip(&mut piles).enumerate() {
        let people = round::people(phone).await?;
        let turn = carriers.iter().take(at).filter(|other| other.township == carrier.township).count();
        // The second of a township leaves one of its plaques for the household that the first has hung already.
        let plaques = if turn == 1 { PLAQUES - 1 } else { PLAQUES };
        let plan = Plan { turn, visits: VISITS, plaques };
        worked.push(round::work(phone, &people, plan, photos, now_ms, || bar.inc(1)).await?);
    }
    if let ([first, second, ..], [_, done, ..]) = (phones, worked.as_mut_slice())
        && let Some(household) = round::people(first).await?.iter().find_map(|person| person.household.clone())
    {
        round::correct(first, &household, "村东头第三家,红门").await?;
        round::correct(second, &household, "村东头第三家,新砖房").await?;
        round::hang(second, &household, &mut spare, now_ms, done).await?;
    }
    bar.finish_and_clear();
    let (visits, plaques): (u64, u64) =
        worked.iter().fold((0, 0), |(visits, plaques), done| (visits + done.visits, plaques + done.plaques));
    println!("离线记录 / recorded offline: {visits} 次走访 visits, {plaques} 块光荣牌 plaques");
    Ok(worked)
}

/// Progress of a session on one line.
struct Line(ProgressBar);

impl Watch for Line {
    fn progress(&self, progress: Progress) {
        self.0.set_length(progress.total);
        self.0.set_position(progress.done);
        self.0.set_message(format!("{:?}", progress.stage));
    }
}

async fn synchronize(phone: &Phone, name: &'static str) -> Result<SyncSummary, DemoError> {
    let line = bar(name, 0);
    let summary = phone.synchronize(Arc::new(Line(line.clone()))).await?;
    line.finish_and_clear();
    Ok(summary)
}

fn bar(name: &'static str, length: u64) -> ProgressBar {
    let bar = ProgressBar::new(length).with_prefix(name);
    let style = ProgressStyle::with_template("{prefix} {wide_bar} {pos}/{len} {msg}");
    bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

async fn coverage(console: &Console) -> Result<CoverageReport, DemoError> {
    let answer = console.get("/api/v1/coverage").await?;
    Ok(CoverageReport {
        reached: count(&answer, "/total/reached"),
        denominator: count(&answer, "/total/denominator"),
        tried: count(&answer, "/total/tried"),
    })
}

/// People and households of the register, counted page by page as the console shows them.
async fn register(console: &Console) -> Result<(u64, u64), DemoError> {
    let mut households = std::collections::BTreeSet::new();
    let (mut people, mut after) = (0, String::new());
    loop {
        let page = console.get(&format!("/api/v1/people?after={after}")).await?;
        for row in list(&page, "/rows") {
            people += 1;
            households.extend(row.get("household").and_then(Value::as_str).map(str::to_owned));
        }
        match page.get("next") {
            Some(Value::String(next)) => after = encoded(next),
            _ => return Ok((people, households.len() as u64)),
        }
    }
}

/// For a query: everything but letters and digits as %XX.
fn encoded(text: &str) -> String {
    let byte = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' => char::from(byte).to_string(),
        other => format!("%{other:02X}"),
    };
    text.bytes().map(byte).collect()
}
