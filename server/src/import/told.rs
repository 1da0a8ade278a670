//! What the rows of an import say together: reasons with how many rows each holds, each sheet with how much of it was read, and
//! above all that a whole column or a whole list of villages failed, which no clerk finds row by row.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use bianfang_sheets::table::Belongs;
use bianfang_sheets::{Ledger, Note, NoteCode, Weight};
use serde::Serialize;
use sqlx::{AnyConnection, Row};

use super::places::{self, PlaceView};
use super::plan::Plan;
use super::rows;
use super::verdict::Outcome;
use crate::ServerError;
use crate::county::Desk;
use crate::county::tree::Tree;
use crate::db::sql::{Statement, number};

/// Cells that are named of each reason.
const NAMED: usize = 3;
/// A column of fewer rows does not fail as a whole.
const FAILS_FROM: u64 = 5;

/// A reason, and the rows it holds.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct ReasonView {
    /// A stable code.
    pub code: String,
    /// 中文 / English
    pub message: String,
    /// note, doubt or refusal: what it does to its rows.
    #[schema(value_type = String)]
    pub weight: Weight,
    /// Its cells were only read in another form: nothing is lost, and nobody need do anything.
    pub form: bool,
    /// How many rows.
    pub rows: u64,
    /// The first cells, with their sheet: `甲镇!D5`.
    pub first: Vec<String>,
}

/// A sheet, and what became of its rows.
#[derive(Debug, Clone, Default, PartialEq, Serialize, utoipa::ToSchema)]
pub struct SheetView {
    /// Its name; empty for a CSV.
    pub sheet: String,
    /// Where its tables lie: `A3:K90`.
    pub places: Vec<String>,
    /// Rows that were read.
    pub read: u64,
    /// Rows that hold something and were left out: hidden, totals, lines below the table, all of a sheet that was not read.
    pub left_out: u64,
    /// Of the rows that were read, those that wait for a decision.
    pub doubtful: u64,
    /// Of the rows that were read, those that are not imported.
    pub refused: u64,
    /// Of a sheet that was not read, why: 中文 / English.
    pub why: Option<String>,
}

/// What must be known before any row is looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct AlarmView {
    /// A stable code: column_fails, villages_unknown, no_id_column.
    pub code: String,
    /// 中文 / English: what is wrong with the whole, and what to do.
    pub message: String,
    /// How many rows.
    pub rows: u64,
}

/// All of it.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Told {
    /// What must be known first.
    pub alarms: Vec<AlarmView>,
    /// Places that the register has not, with the nearest names.
    pub places: Vec<PlaceView>,
    /// Sheet by sheet, in the order of the book.
    pub sheets: Vec<SheetView>,
    /// Reasons, the weightiest first, then those of most rows.
    pub reasons: Vec<ReasonView>,
}

/// The remarks on a row as its column keeps them; each reason once, at its first cell.
#[must_use]
pub fn written(notes: &[Note]) -> String {
    let mut first: BTreeMap<(&str, Weight), &str> = BTreeMap::new();
    for note in notes {
        first.entry((&note.code, note.weight)).or_insert(&note.at);
    }
    let one = |((code, weight), at): (&(&str, Weight), &&str)| format!("{}{code}@{at}", mark(*weight));
    first.iter().map(one).collect::<Vec<_>>().join(" ")
}

fn mark(weight: Weight) -> char {
    match weight {
        Weight::Note => '.',
        Weight::Doubt => '?',
        Weight::Refusal => '!',
    }
}

/// Whether a code only tells that a cell was read in another form.
pub(super) fn is_form(code: &str) -> bool {
    FORMS.contains(code)
}

static FORMS: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
    let forms = NoteCode::ALL.iter().filter(|code| code.is_change());
    forms.filter_map(|code| Some(serde_json::to_value(code).ok()?.as_str()?.to_owned())).collect()
});

/// What a piece of the column says: weight, code, cell.
fn read(piece: &str) -> Option<(Weight, &str, &str)> {
    let weight =
        [Weight::Note, Weight::Doubt, Weight::Refusal].into_iter().find(|weight| piece.starts_with(mark(*weight)))?;
    let (code, at) = piece.get(1..)?.split_once('@')?;
    Some((weight, code, at))
}

/// Patterns of the rows that a reason holds, for each weight it may have.
#[must_use]
pub fn patterns(code: &str) -> [String; 3] {
    // In a pattern _ is any character: no two codes are of one length and differ there alone.
    [Weight::Refusal, Weight::Doubt, Weight::Note].map(|weight| format!("%{}{code}@%", mark(weight)))
}

#[derive(Default)]
struct Found {
    rows: u64,
    first: Vec<String>,
    n: u64,
}

/// Reads what the rows of an import say.
///
/// # Errors
/// [`ServerError::Database`], [`ServerError::Row`].
pub async fn told(desk: Desk<'_>, conn: &mut AnyConnection, plan: &Plan) -> Result<Told, ServerError> {
    let rows = Statement::new("select n, sheet, reasons from import_row where county = ")
        .bind(desk.county)
        .then(" and batch = ")
        .bind(plan.id.to_string())
        .then(" and reasons <> '' order by n")
        .all(conn)
        .await?;
    let mut found: BTreeMap<(Weight, String), Found> = BTreeMap::new();
    let mut columns: BTreeMap<(String, String), u64> = BTreeMap::new();
    for row in &rows {
        let (n, sheet, reasons): (i64, String, String) =
            (row.try_get("n")?, row.try_get("sheet")?, row.try_get("reasons")?);
        for (weight, code, at) in reasons.split(' ').filter_map(read) {
            let one =
                found.entry((weight, code.to_owned())).or_insert_with(|| Found { n: number(n), ..Found::default() });
            one.rows += 1;
            if one.first.len() < NAMED {
                one.first.push(if sheet.is_empty() { at.to_owned() } else { format!("{sheet}!{at}") });
            }
            let letters = at.trim_end_matches(|c: char| c.is_ascii_digit());
            *columns.entry((code.to_owned(), letters.to_owned())).or_default() += 1;
        }
    }
    let alarms = alarms(plan, &found, &columns);
    let examples: Vec<u64> = found.values().map(|found| found.n).collect();
    let examples = rows::list(desk, conn, (plan.id, plan.ledger.kind()), &examples).await?;
    let said = |code: &str, n: u64| {
        let row = examples.iter().find(|row| row.n == n)?;
        row.verdict.notes.iter().find(|note| note.code == code).map(|note| note.message.clone())
    };
    let mut reasons: Vec<ReasonView> = found
        .into_iter()
        .map(|((weight, code), Found { rows, first, n })| ReasonView {
            message: said(&code, n).unwrap_or_default(),
            form: is_form(&code),
            code,
            weight,
            rows,
            first,
        })
        .collect();
    reasons.sort_by_key(|reason| (std::cmp::Reverse(reason.weight), std::cmp::Reverse(reason.rows)));
    let asked = !plan.assumed.places.is_empty() || plan.assumed.answers.keys().any(|name| places::is_answer(name));
    let tree = if asked { Tree::load(conn, desk.county).await? } else { Tree::default() };
    let places = places::places(&tree, &plan.assumed);
    Ok(Told { alarms, places, sheets: sheets(desk.county, conn, plan).await?, reasons })
}

async fn sheets(county: &str, conn: &mut AnyConnection, plan: &Plan) -> Result<Vec<SheetView>, ServerError> {
    let mut views: Vec<SheetView> = Vec::new();
    for counted in &plan.sheets {
        if !views.iter().any(|view| view.sheet == counted.sheet) {
            views.push(SheetView { sheet: counted.sheet.clone(), ..SheetView::default() });
        }
        let Some(view) = views.iter_mut().find(|view| view.sheet == counted.sheet) else { continue };
        view.places.extend(Some(counted.place.clone()).filter(|place| !place.is_empty()));
        view.read += counted.read;
        view.left_out += counted.left_out;
        view.why.clone_from(&counted.why);
    }
    let rows = Statement::new("select sheet, outcome, count(*) as found from import_row where county = ")
        .bind(county)
        .then(" and batch = ")
        .bind(plan.id.to_string())
        .then(" and outcome in ('doubtful', 'refused') group by sheet, outcome")
        .all(conn)
        .await?;
    for row in &rows {
        let (sheet, outcome): (String, String) = (row.try_get("sheet")?, row.try_get("outcome")?);
        let count = number(row.try_get("found")?);
        if let Some(view) = views.iter_mut().find(|view| view.sheet == sheet) {
            *if outcome == Outcome::Refused.word() { &mut view.refused } else { &mut view.doubtful } += count;
        }
    }
    Ok(views)
}

/// Codes by which a cell could not be read; of a whole column they say that the column is another.
const UNREAD: [&str; 10] = [
    "id_invalid",
    "id_rounded",
    "phone_invalid",
    "date_invalid",
    "money_invalid",
    "flag_unknown",
    "code_unknown",
    "cell_error",
    "uncomputed",
    "broken_character",
];

fn alarms(
    plan: &Plan,
    found: &BTreeMap<(Weight, String), Found>,
    columns: &BTreeMap<(String, String), u64>,
) -> Vec<AlarmView> {
    let mut alarms = Vec::new();
    let alarm = |code: &str, rows: u64, zh: String, en: String| AlarmView {
        code: code.to_owned(),
        message: format!("{zh} / {en}"),
        rows,
    };
    let unknown: u64 =
        found.iter().filter(|((_, code), _)| code == "village_unknown").map(|(_, found)| found.rows).sum();
    if unknown >= FAILS_FROM && unknown * 2 >= plan.rows {
        alarms.push(alarm(
            "villages_unknown",
            unknown,
            format!("{unknown} 行的村不在系统里：请先导入区划名单，或在下面为每个村选定系统里的村"),
            format!("the villages of {unknown} rows are not in the register: import the list of divisions first, or choose a village of the register for each below"),
        ));
    }
    for ((code, letters), rows) in columns {
        if UNREAD.contains(&code.as_str()) && *rows >= FAILS_FROM && rows * 10 >= plan.rows * 8 {
            let title = title(plan, letters);
            alarms.push(alarm(
                "column_fails",
                *rows,
                format!("{letters} 列按“{title}”读取，{rows} 行都读不出：如果不是{title}，请在“列对应”里改；如果是，请改好内容后重新导入"),
                format!("column {letters} was read as {title} and fails in {rows} rows: if it is none, say so under Columns; if it is, mend its cells and import again"),
            ));
        }
    }
    let has_number = plan.columns.values().any(|columns| columns.contains_key("id_number"));
    if plan.ledger == Ledger::People && !has_number && plan.rows >= FAILS_FROM {
        alarms.push(alarm(
            "no_id_column",
            plan.rows,
            format!("表里没有身份证号一列：{} 人将没有身份证号，同名的人难以分辨。如有这一列，请在“列对应”里指定", plan.rows),
            format!("no column of id numbers: {} people would have none and namesakes are hard to tell apart; if there is one, say so under Columns", plan.rows),
        ));
    }
    alarms
}

/// What the column of some letters was taken for.
fn title(plan: &Plan, letters: &str) -> String {
    let fields = plan.columns.values().flat_map(|columns| columns.iter());
    let field = fields.filter(|(_, at)| *at == letters).map(|(field, _)| field.as_str()).next().unwrap_or_default();
    let table = plan.ledger.table();
    let column = table.columns.iter().find(|column| column.field == field && column.belongs != Belongs::Sheet);
    column.map_or(letters, |column| column.title).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn remarks_are_kept_once_each_and_read_again() {
        let note = |at: &str, code: &str, weight| Note {
            at: at.to_owned(),
            code: code.to_owned(),
            message: String::new(),
            from: None,
            to: None,
            weight,
        };
        let notes = [
            note("D5", "id_twice", Weight::Doubt),
            note("H5", "phones_split", Weight::Note),
            note("I5", "phones_split", Weight::Note),
            note("G5", "village_unknown", Weight::Refusal),
        ];
        let kept = written(&notes);
        assert_eq!(kept, "?id_twice@D5 .phones_split@H5 !village_unknown@G5");
        let pieces: Vec<_> = kept.split(' ').filter_map(read).collect();
        assert_eq!(pieces[2], (Weight::Refusal, "village_unknown", "G5"));
        assert_eq!(written(&[]), "");
    }
}
