//! An export from the question to the file: pages of one snapshot flow through a short queue to a thread that writes, so
//! that memory holds some pages, however long the ledger is. The audit entry is committed before anybody gets the file.

use std::collections::BTreeSet;
use std::fs::File;
use std::path::Path;

use bianfang_domain::codes::ROLE;
use bianfang_domain::document::Document;
use bianfang_domain::id::RecordId;
use bianfang_domain::time::Day;
use bianfang_sheets::write::{Holds, Paper, PaperHead, PaperKind, PaperPart};
use serde_json::{Value, json};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};
use tokio::sync::mpsc;

use super::ask::{Ask, Exporter, Format, Order};
use super::ledger::KeyRow;
use super::line::header_key;
use super::place::{self, ExportPlaces, RowPlace};
use super::read::Reading;
use super::words;
use crate::ServerError;
use crate::county::Desk;
use crate::db::row;
use crate::db::sql::{Statement, all_in};
use crate::lists::codes;
use crate::role;

/// Rows read at once.
const PAGE: i64 = 500;

/// Pages that may wait for the writer.
const WAITING: usize = 2;

/// Columns beyond the ledger's own; a sheet that had more is no ledger any more, and the rest is counted under the title.
const FURTHER: usize = 200;

/// A file that was exported.
#[derive(Debug)]
pub struct Exported {
    /// The file, at its beginning. It has no name: when it is closed, it is gone.
    pub file: File,
    /// A name for it.
    pub name: String,
    /// Rows below the header.
    pub rows: u64,
}

/// Exports. `scratch` is a folder on a disk with room: rows wait there, in files without a name.
///
/// # Errors
/// [`ServerError::Export`] for what cannot be asked, [`ServerError::Database`], [`ServerError::Row`], [`ServerError::File`].
pub async fn export(desk: Desk<'_>, exporter: &Exporter, ask: &Ask, scratch: &Path) -> Result<Exported, ServerError> {
    let order = Order::of(ask, exporter)?;
    let mut snapshot = desk.db.snapshot().await?;
    let places = place::ordered(&mut snapshot, desk.county, exporter, ask.division).await?;
    let codes = codes::of(&mut snapshot, desk.county).await?;
    let seen = places.seen.as_ref();
    let mut reading = Reading { conn: &mut snapshot, desk, codes: &codes, order: &order, seen };
    let (further, left_out) = further(&mut reading, &places).await?;
    let held = held(&mut reading, &places).await?;
    let about = about(&reading, exporter, &places, (held, left_out));
    let (file, rows) = write(&mut reading, &places, further, about, scratch).await?;
    drop(snapshot);
    let name = file_name(&order, &places, desk.now_ms);
    let mut write = desk.db.begin(desk.county, desk.now_ms).await?;
    write.audit(&exporter.account.to_string(), "EXPORT", &detail(&order, ask.division, rows)).await?;
    write.commit().await?;
    Ok(Exported { file, name, rows })
}

async fn write(
    reading: &mut Reading<'_>,
    places: &ExportPlaces,
    further: Vec<String>,
    about: String,
    scratch: &Path,
) -> Result<(File, u64), ServerError> {
    let (ledger, format, full) = (reading.order.ledger, reading.order.format, reading.order.full);
    let own = ledger.columns().iter().map(|column| (column.header.to_owned(), column.width, column.holds));
    let columns = own.chain(further.iter().map(|header| (header.clone(), 12.0, Holds::Text))).collect();
    let head = PaperHead { title: ledger.title(), about, columns, form: ledger.form() };
    let (send, mut receive) = mpsc::channel(WAITING);
    let folder = scratch.to_owned();
    let kind = match format {
        Format::Xlsx => PaperKind::Xlsx,
        Format::Csv => PaperKind::Csv,
    };
    // Until the sender is dropped.
    let parts = std::iter::from_fn(move || receive.blocking_recv());
    let writer = tokio::task::spawn_blocking(move || bianfang_sheets::write::write(kind, &head, parts, &folder));
    'places: for place in &places.all {
        let mut after = ExportMark::default();
        let mut begins =
            Some(format!("{}{}", place.township, place.village)).filter(|_| ledger.form() == Paper::Printed);
        while let Some((keys, next)) = page(reading, place, &after).await? {
            let lines = ledger.lines(reading, place, &keys).await?;
            let rows: Vec<_> =
                lines.into_iter().map(|line| line.into_cells(ledger.columns(), &further, full)).collect();
            // The writer ended early: it says below why.
            if !rows.is_empty() && send.send(PaperPart { begins: begins.take(), rows }).await.is_err() {
                break 'places;
            }
            after = next;
        }
    }
    drop(send);
    Ok(writer.await.map_err(|_| ServerError::Task)??)
}

/// Where a page ended.
#[derive(Debug, Default)]
struct ExportMark {
    a: String,
    b: String,
    n: i64,
    c: String,
}

/// The next keys of a place, and where they end; None when there are no more.
async fn page(
    reading: &mut Reading<'_>,
    place: &RowPlace,
    after: &ExportMark,
) -> Result<Option<(Vec<KeyRow>, ExportMark)>, ServerError> {
    let (county, days) = (reading.desk.county, reading.order.days());
    let begun = Statement::new("select record, about, a, b, n, c from (");
    let mut asked = reading.order.ledger.keys(begun, county, days, place.id).then(") k");
    // The first page has no mark: times before 1970 are below any number that could stand for one.
    if !after.b.is_empty() {
        asked = asked.then(" where (a, b, n, c) > (").bind(&after.a).then(", ").bind(&after.b);
        asked = asked.then(", ").bind(after.n).then(", ").bind(&after.c).then(")");
    }
    let rows = asked.then(" order by a, b, n, c limit ").bind(PAGE).all(reading.conn).await?;
    let Some(last) = rows.last() else { return Ok(None) };
    let mark =
        ExportMark { a: last.try_get("a")?, b: last.try_get("b")?, n: last.try_get("n")?, c: last.try_get("c")? };
    let key = |found: &AnyRow| {
        Ok(KeyRow { record: row::parse(found, "keys", "record", "")?, about: row::parse(found, "keys", "about", "")? })
    };
    Ok(Some((rows.iter().map(key).collect::<Result<_, ServerError>>()?, mark)))
}

/// The headers of the further columns that the rows will bring, and how many more there are. They must be known before the first row is written, so the documents are read twice; the first time only for this.
async fn further(reading: &mut Reading<'_>, places: &ExportPlaces) -> Result<(Vec<String>, usize), ServerError> {
    let ledger = reading.order.ledger;
    if ledger.form() == Paper::Printed {
        return Ok((Vec::new(), 0));
    }
    let own: BTreeSet<String> = ledger.columns().iter().map(|column| header_key(column.header)).collect();
    let (mut seen, mut headers) = (own, BTreeSet::new());
    let mut told = BTreeSet::new();
    for place in &places.all {
        let mut after = ExportMark::default();
        while let Some((keys, next)) = page(reading, place, &after).await? {
            let ids: Vec<String> = keys.iter().map(|key| key.record.to_string()).collect();
            for found in docs(reading.conn, reading.desk.county, &ids).await? {
                let text: String = found.try_get("doc")?;
                let doc: Document = serde_json::from_str(&text)?;
                let beyond = ledger.sheet().map(|sheet| sheet.table().beyond(reading.codes, &doc));
                told.extend(beyond.into_iter().flatten().map(|(title, _)| title));
                for header in super::line::extra(doc.get("extra")).into_keys() {
                    if seen.insert(header_key(&header)) {
                        headers.insert(header);
                    }
                }
            }
            after = next;
        }
    }
    // Fields of the register first, in their ledger's order; then what only some sheet had.
    let columns = ledger.sheet().map(|sheet| sheet.table().columns.as_slice()).unwrap_or_default();
    let fields = columns.iter().map(|column| column.title).filter(|title| told.contains(title)).map(str::to_owned);
    let fields: Vec<String> = fields.collect();
    headers.retain(|header| !fields.iter().any(|field| header_key(field) == header_key(header)));
    let left_out = (fields.len() + headers.len()).saturating_sub(FURTHER);
    Ok((fields.into_iter().chain(headers).take(FURTHER).collect(), left_out))
}

async fn docs(conn: &mut AnyConnection, county: &str, ids: &[String]) -> Result<Vec<AnyRow>, ServerError> {
    let make = |part: &[String]| {
        Statement::new("select coalesce(current, doc) as doc from record where county = ")
            .bind(county)
            .then(" and id in ")
            .list(part)
    };
    Ok(all_in(conn, ids, make).await?)
}

/// How many facts a rule holds back of what is asked.
async fn held(reading: &mut Reading<'_>, places: &ExportPlaces) -> Result<i64, ServerError> {
    let (county, days) = (reading.desk.county, reading.order.days());
    let within: Vec<RecordId> = places.all.iter().map(|place| place.id).collect();
    let begun = Statement::new("select count(*) as held from (");
    let Some(asked) = reading.order.ledger.held(begun, county, days, &within) else { return Ok(0) };
    let found = asked.then(") k").first(reading.conn).await?;
    Ok(found.map(|found| found.try_get("held")).transpose()?.unwrap_or(0))
}

/// The line under the title.
fn about(reading: &Reading<'_>, exporter: &Exporter, places: &ExportPlaces, (held, left_out): (i64, usize)) -> String {
    let (desk, order) = (reading.desk, reading.order);
    let mut says = vec![
        format!("导出人：{}（{}）", exporter.name, reading.codes.word(&ROLE, role::code(exporter.role))),
        format!("导出时间：{}", words::minute(desk.now_ms)),
        format!("范围：{}", places.name),
        format!("内容：{}", order.ledger.holds()),
    ];
    if let Some(window) = order.window {
        let day = |day: Day| if day == Day::MIN || day == Day::MAX { "不限".to_owned() } else { day.to_string() };
        says.push(format!("时段：{} 至 {}", day(window.from), day(window.to)));
    }
    if let Some(code) = &order.category {
        says.push(format!("人员类别：{}", words::category(reading.codes, code)));
    }
    says.push(if order.full {
        "号码：完整，请妥善保管".into()
    } else {
        "姓名、号码：已脱敏，出生到月".into()
    });
    if held > 0 {
        says.push(format!("另有 {held} 条待核，未列入"));
    }
    if left_out > 0 {
        says.push(format!("原表另有 {left_out} 列，未列入"));
    }
    says.join("  ")
}

fn file_name(order: &Order, places: &ExportPlaces, now_ms: i64) -> String {
    // A place's name is typed by people: what a file system or a header could misread is left out.
    let plain = |c: &char| c.is_alphanumeric() || *c == '、';
    let place: String = places.name.chars().filter(plain).take(40).collect();
    let day = Day::of(now_ms).to_string().replace('-', "");
    let full = if order.full { "_完整" } else { "" };
    format!("{}_{place}_{day}{full}.{}", order.ledger.title(), order.format.ending())
}

fn detail(order: &Order, division: Option<RecordId>, rows: u64) -> Value {
    json!({
        "ledger": order.ledger.name(),
        "format": order.format.ending(),
        "division": division,
        "from": order.window.map(|window| window.from.to_string()),
        "to": order.window.map(|window| window.to.to_string()),
        "category": order.category,
        "masked": !order.full,
        "reason": order.reason,
        "rows": rows,
    })
}
