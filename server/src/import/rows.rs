//! The rows of an import as they are kept: what each says, what it means, what was decided, and which ops it has. Protected
//! values are cut out into one sealed text a row.

use bianfang_domain::document::Document;
use bianfang_domain::id::RecordId;
use bianfang_domain::{kept_open, kind, mask};
use bianfang_protocol::seal;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};
use uuid::Uuid;

use super::compare::shown;
use super::told;
use super::verdict::{Outcome, RowChoice, RowVerdict};
use crate::ServerError;
use crate::clock::bytes;
use crate::county::Desk;
use crate::db::row;
use crate::db::sql::{self, Statement, int, number};
use bianfang_sheets::Line;

/// A row.
#[derive(Debug, Clone, PartialEq)]
pub struct PlanRow {
    /// Its place in the batch, from 1.
    pub n: u64,
    /// What it says.
    pub line: Line,
    /// What it means.
    pub verdict: RowVerdict,
    /// Judged otherwise since it was shown.
    pub changed: bool,
    /// What a person decided.
    pub decision: Option<RowChoice>,
    /// Fingerprint of what it says.
    pub print: String,
    /// First op and how many; fixed when writing begins.
    pub ops: Option<(u64, u64)>,
}

/// The part that holds values.
#[derive(Serialize, Deserialize)]
struct RowBody {
    line: Line,
    verdict: RowVerdict,
}

/// Names under which no kind's field is known here, and which are protected in any document.
const ALWAYS: [&str; 4] = ["id_number", "phones", "phone", "contact_phone"];

fn protected(kind_name: &str, name: &str) -> bool {
    ALWAYS.contains(&name) || kind::by_name(kind_name).is_some_and(|kind| kind::field(kind, name).sealed.is_some())
}

/// Takes the protected values out of a body, in one order, and leaves masks.
fn cut(body: &mut RowBody, kind_name: &str) -> Vec<Value> {
    let mut taken = Vec::new();
    each(body, kind_name, &mut |name, value| {
        let mask = match &*value {
            Value::String(text) if name == "id_number" => Value::String(mask::id_number(text)),
            other => Value::String(shown("phones", other)),
        };
        taken.push(std::mem::replace(value, mask));
    });
    taken
}

/// Puts them back.
fn mend(body: &mut RowBody, kind_name: &str, values: Vec<Value>) {
    let mut values = values.into_iter();
    each(body, kind_name, &mut |_, value| {
        if let Some(whole) = values.next() {
            *value = whole;
        }
    });
}

fn each(body: &mut RowBody, kind_name: &str, visit: &mut impl FnMut(&str, &mut Value)) {
    let mut of = |kind_name: &str, doc: &mut Document| {
        let fields = doc.iter_mut().filter(|(name, value)| !value.is_null() && protected(kind_name, name));
        fields.for_each(|(name, value)| visit(name, value));
    };
    of(kind_name, &mut body.line.fields);
    of("person", &mut body.line.subject);
    for write in &mut body.verdict.writes {
        let kind_name = write.kind.clone();
        of(&kind_name, &mut write.fields);
        of(&kind_name, &mut write.before);
    }
}

/// What the sealed text of a row is bound to.
fn bound_to(batch: Uuid, n: u64) -> RecordId {
    RecordId::repeated(&["import_row", &batch.to_string(), &n.to_string()])
}

const SEALED: &str = "import_row";

fn values_of(
    desk: Desk<'_>,
    (batch, kind_name): (Uuid, &str),
    stored: &PlanRow,
) -> Result<Vec<sql::Value>, ServerError> {
    let mut body = RowBody { line: stored.line.clone(), verdict: stored.verdict.clone() };
    let protected = cut(&mut body, kind_name);
    let sealed = match desk.keys.rest.last_key_value() {
        Some((version, key)) if !protected.is_empty() => {
            let text = serde_json::to_string(&protected)?;
            let at = bound_to(batch, stored.n);
            let sealed = seal::at_rest((*version, key), at, SEALED, &text, bytes(desk.random));
            Some(sealed.map_err(|_| ServerError::Task)?)
        }
        _ => None,
    };
    // What the reader masked at its cell; and what an older record still holds, of which a note repeats the value.
    let mut body = serde_json::to_value(&body)?;
    kept_open::value(&mut body);
    let (decision, same_as) = match stored.decision {
        None => (None, None),
        Some(RowChoice::Take) => (Some("TAKE"), None),
        Some(RowChoice::Skip) => (Some("SKIP"), None),
        Some(RowChoice::SameAs(id)) => (Some("SAME_AS"), Some(id.to_string())),
    };
    Ok(vec![
        desk.county.into(),
        batch.to_string().into(),
        stored.n.into(),
        stored.line.sheet.clone().into(),
        i64::from(stored.line.row).into(),
        stored.verdict.outcome.word().into(),
        i64::from(stored.changed).into(),
        decision.map(str::to_owned).into(),
        same_as.into(),
        stored.print.clone().into(),
        stored.verdict.target.map(|id| id.to_string()).into(),
        stored.ops.map(|(seq, _)| int(seq)).into(),
        stored.ops.map_or(0, |(_, count)| count).into(),
        serde_json::to_string(&body)?.into(),
        sealed.into(),
        told::written(&stored.verdict.notes).into(),
    ])
}

/// Adds rows, or puts them in the place of what they were.
///
/// # Errors
/// [`ServerError::Database`].
pub async fn put(
    desk: Desk<'_>,
    conn: &mut AnyConnection,
    of: (Uuid, &str),
    rows: &[PlanRow],
) -> Result<(), ServerError> {
    let head = "insert into import_row (county, batch, n, sheet, row_number, outcome, changed, decision, same_as, print, \
        target, seq, ops, body, sealed, reasons) values ";
    let tail = " on conflict (county, batch, n) do update set outcome = excluded.outcome, changed = excluded.changed, \
        decision = excluded.decision, same_as = excluded.same_as, target = excluded.target, seq = excluded.seq, \
        ops = excluded.ops, body = excluded.body, sealed = excluded.sealed, reasons = excluded.reasons";
    let values = rows.iter().map(|stored| values_of(desk, of, stored)).collect::<Result<_, _>>()?;
    Ok(sql::insert(conn, head, tail, values).await?)
}

/// Which rows are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WhichRows<'a> {
    /// Every row.
    All,
    /// Of one outcome.
    Of(Outcome),
    /// With a remark of this code.
    Because(&'a str),
    /// Judged otherwise since they were shown.
    Changed,
    /// Not written yet though they may be; given where their installation stands.
    Open(u64),
    /// With ops.
    Numbered,
    /// With ops up to this number, last first; `after` counts down.
    Written(u64),
}

/// Some rows after a place.
///
/// # Errors
/// [`ServerError::Database`], [`ServerError::Row`].
pub async fn page(
    desk: Desk<'_>,
    conn: &mut AnyConnection,
    (batch, kind_name): (Uuid, &str),
    which: WhichRows<'_>,
    (after, limit): (u64, i64),
) -> Result<Vec<PlanRow>, ServerError> {
    let mut statement = Statement::new(
        "select n, changed, decision, same_as, print, seq, ops, body, sealed from import_row where county = ",
    )
    .bind(desk.county)
    .then(" and batch = ")
    .bind(batch.to_string());
    statement = match which {
        WhichRows::All => statement,
        WhichRows::Of(outcome) => statement.then(" and outcome = ").bind(outcome.word()),
        WhichRows::Because(code) => {
            let [refusal, doubt, note] = told::patterns(code);
            statement
                .then(" and (reasons like ")
                .bind(refusal)
                .then(" or reasons like ")
                .bind(doubt)
                .then(" or reasons like ")
                .bind(note)
                .then(")")
        }
        WhichRows::Changed => statement.then(" and changed = 1"),
        WhichRows::Open(standing) => statement
            .then(" and outcome in ('new', 'update', 'doubtful') and (seq is null or seq > ")
            .bind(standing)
            .then(")"),
        WhichRows::Numbered => statement.then(" and seq is not null"),
        WhichRows::Written(seq) => statement.then(" and seq <= ").bind(seq),
    };
    statement = if matches!(which, WhichRows::Written(_)) {
        statement.then(" and n < ").bind(after).then(" order by n desc limit ").bind(limit)
    } else {
        statement.then(" and n > ").bind(after).then(" order by n limit ").bind(limit)
    };
    let rows = statement.all(conn).await?;
    rows.iter().map(|found| read(desk, (batch, kind_name), found)).collect()
}

/// Rows by their places.
///
/// # Errors
/// [`ServerError::Database`], [`ServerError::Row`].
pub async fn list(
    desk: Desk<'_>,
    conn: &mut AnyConnection,
    (batch, kind_name): (Uuid, &str),
    places: &[u64],
) -> Result<Vec<PlanRow>, ServerError> {
    let rows = Statement::new(
        "select n, changed, decision, same_as, print, seq, ops, body, sealed from import_row where county = ",
    )
    .bind(desk.county)
    .then(" and batch = ")
    .bind(batch.to_string())
    .then(" and n in ")
    .list(places.iter().copied())
    .then(" order by n")
    .all(conn)
    .await?;
    rows.iter().map(|found| read(desk, (batch, kind_name), found)).collect()
}

fn read(desk: Desk<'_>, (batch, kind_name): (Uuid, &str), found: &AnyRow) -> Result<PlanRow, ServerError> {
    let n = number(found.try_get("n")?);
    let key = format!("{batch}/{n}");
    let broken = |column| ServerError::Row { table: "import_row", column, key: key.clone() };
    let mut body: RowBody = row::json(found, "import_row", "body", &key)?;
    if let Some(sealed) = found.try_get::<Option<String>, _>("sealed")? {
        let version = seal::key_version(&sealed).ok_or_else(|| broken("sealed"))?;
        let rest = desk.keys.rest.get(&version).ok_or_else(|| broken("sealed"))?;
        let text = seal::open(rest, bound_to(batch, n), SEALED, &sealed).map_err(|_| broken("sealed"))?;
        mend(&mut body, kind_name, serde_json::from_str(&text)?);
    }
    let decision = match found.try_get::<Option<String>, _>("decision")?.as_deref() {
        Some("TAKE") => Some(RowChoice::Take),
        Some("SKIP") => Some(RowChoice::Skip),
        Some("SAME_AS") => Some(RowChoice::SameAs(row::parse(found, "import_row", "same_as", &key)?)),
        _ => None,
    };
    let seq = found.try_get::<Option<i64>, _>("seq")?.map(number);
    Ok(PlanRow {
        n,
        line: body.line,
        verdict: body.verdict,
        changed: found.try_get::<i64, _>("changed")? == 1,
        decision,
        print: found.try_get("print")?,
        ops: seq.map(|seq| Ok::<_, sqlx::Error>((seq, number(found.try_get("ops")?)))).transpose()?,
    })
}
