//! The desk at which sheets are imported, for one account: the dry run, and what people decide about its doubts. Writing is
//! `apply`, taking back is `undo`.

use bianfang_domain::actor::Role;
use bianfang_domain::id::{AccountId, RecordId};
use serde_json::json;
use sqlx::{AnyConnection, Row};
use uuid::Uuid;

use super::apply::Numbering;
use super::assumed::{Answers, Assumed};
use super::judge::Judge;
use super::plan::{Columns, Plan, PlanState};
use super::rows::{self, PlanRow, WhichRows};
use super::verdict::{EachChoice, Outcome, RowChoice};
use crate::ServerError;
use crate::clock::new_uuid;
use crate::county::Desk;
use crate::db::sql::{Statement, number};
use bianfang_sheets::Ledger;
use bianfang_sheets::Line;
use bianfang_sheets::Upload;
use bianfang_sheets::Weight;

/// Rows judged and kept in one step: their matches in the register are in memory together.
pub(super) const STEP: usize = 2_000;

/// Imports for one account.
pub struct Importer<'a> {
    /// The county.
    pub desk: Desk<'a>,
    /// For whom.
    pub account: AccountId,
    /// Their role; it needs the right to import.
    pub role: Role,
    /// Their divisions.
    pub scope: Vec<RecordId>,
    /// There is no register to look into: every village is taken as the sheet names it.
    pub blind: bool,
}

/// Why an import cannot go on.
#[derive(Debug, thiserror::Error)]
pub enum PlanError {
    /// The server's side failed.
    #[error(transparent)]
    Server(#[from] ServerError),
    /// No such import in the county.
    #[error("there is no such import")]
    Unknown,
    /// It is not in a state for this.
    #[error("the import is {0:?}: this cannot be done now")]
    State(PlanState),
    /// Another one was applied after it.
    #[error("another import was applied after this one: undo that one first")]
    NotLast,
    /// Something rests on what it wrote.
    #[error("{} records rest on what this import wrote", .0.len())]
    Dependents(Vec<super::rests::Dependent>),
    /// A decision about a row that waits for none.
    #[error("row {0} does not wait for this decision")]
    Decision(u64),
}

impl From<sqlx::Error> for PlanError {
    fn from(error: sqlx::Error) -> Self {
        Self::Server(error.into())
    }
}

impl Importer<'_> {
    /// Judges every row beside the register and keeps what was found. Nothing of the register changes. `answers` are to what the
    /// sheet does not say ([`assumed::wrong`] looks at them).
    ///
    /// # Errors
    /// [`ServerError::Database`].
    pub async fn dry_run(
        &self,
        ledger: Ledger,
        (upload, answers): (Upload, Answers),
        mut progress: impl FnMut(usize, usize),
    ) -> Result<Plan, ServerError> {
        let county = self.desk.county;
        let mut conn = self.desk.db.pool().acquire().await?;
        let columns = upload.lines.iter().map(|line| (line.table_name(), line.columns.clone()));
        let mut plan = Plan {
            id: new_uuid(self.desk.now_ms, self.desk.random),
            ledger,
            file_name: upload.file_name,
            file_sha256: upload.file_sha256,
            account: self.account,
            state: PlanState::Reading,
            feed: feed(&mut conn, county).await?,
            created_ms: self.desk.now_ms,
            rows: u64::try_from(upload.lines.len()).unwrap_or(u64::MAX),
            columns: columns.collect::<Columns>(),
            notes: upload.notes,
            sheets: upload.sheets,
            assumed: Assumed { answers, ..Assumed::default() },
            installation: new_uuid(self.desk.now_ms, self.desk.random),
            undo_installation: None,
            applied_ms: None,
            written: None,
            undone_ms: None,
        };
        plan.put(&mut conn, county).await?;
        let mut judge =
            Judge::new(self.desk, &mut conn, (ledger, &self.scope, self.blind), &plan.assumed.answers).await?;
        let total = upload.lines.len();
        let mut numbering = Numbering::from(1);
        let mut n = 0;
        let mut lines = upload.lines.into_iter();
        loop {
            let step: Vec<Line> = lines.by_ref().take(STEP).collect();
            if step.is_empty() {
                break;
            }
            let verdicts = judge.judge(&mut conn, &step, &[]).await?;
            let rows: Vec<PlanRow> = step
                .into_iter()
                .zip(verdicts)
                .map(|(mut line, (verdict, print))| {
                    n += 1;
                    // Kept once, in the verdict.
                    line.notes.retain(|note| note.weight != bianfang_sheets::Weight::Note);
                    let mut row = PlanRow { n, line, verdict, changed: false, decision: None, print, ops: None };
                    numbering.number(&mut row);
                    row
                })
                .collect();
            let mut tx = sqlx::Connection::begin(&mut *conn).await?;
            rows::put(self.desk, &mut tx, (plan.id, ledger.kind()), &rows).await?;
            tx.commit().await?;
            progress(usize::try_from(n).unwrap_or(usize::MAX), total);
        }
        plan.state = PlanState::Planned;
        plan.assumed.places = judge.unknown();
        plan.assumed.rows = judge.lacking;
        plan.put(&mut conn, county).await?;
        let counts = plan.counts(&mut conn, county).await?;
        drop(conn);
        let detail = json!({
            "batch": plan.id, "ledger": ledger.word(), "sha256": plan.file_sha256, "rows": counts, "feed": plan.feed,
            "assumed": plan.assumed.answers,
        });
        self.note("IMPORT_READ", &detail).await?;
        Ok(plan)
    }

    /// Keeps what people decided about doubtful rows. It is written by the next `apply`.
    ///
    /// # Errors
    /// [`PlanError::Unknown`], [`PlanError::RowChoice`] for a row that is not doubtful or was written.
    pub async fn decide(&self, id: Uuid, decisions: &[(u64, RowChoice)]) -> Result<(), PlanError> {
        let mut conn = self.desk.db.pool().acquire().await?;
        let plan = self.plan(&mut conn, id).await?;
        if !matches!(plan.state, PlanState::Planned | PlanState::Applied) {
            return Err(PlanError::State(plan.state));
        }
        let of = (plan.id, plan.ledger.kind());
        for part in decisions.chunks(STEP) {
            let places: Vec<u64> = part.iter().map(|(n, _)| *n).collect();
            let mut found = rows::list(self.desk, &mut conn, of, &places).await?;
            for (n, decision) in part {
                let row = found.iter_mut().find(|row| row.n == *n).ok_or(PlanError::Decision(*n))?;
                let waits = row.ops.is_none() && row.verdict.outcome == Outcome::Doubtful;
                let may = match decision {
                    RowChoice::Take => !row.verdict.waits_for_answers(),
                    RowChoice::Skip => true,
                    // Only one that was shown: ids are not to be guessed.
                    RowChoice::SameAs(id) => row.verdict.candidates.contains(id),
                };
                if !waits || !may {
                    return Err(PlanError::Decision(*n));
                }
                row.decision = Some(*decision);
                row.changed = false;
            }
            rows::put(self.desk, &mut conn, of, &found).await?;
        }
        Ok(())
    }

    /// Decides all open rows of one kind of doubt together, and says how many: those that wait for nothing else, and of which
    /// nothing was decided by hand. [`EachChoice::Same`] takes the one record that each row was shown with.
    ///
    /// # Errors
    /// [`PlanError::Unknown`], [`PlanError::State`].
    pub async fn decide_each(&self, id: Uuid, doubt: &str, choice: EachChoice) -> Result<u64, PlanError> {
        let mut conn = self.desk.db.pool().acquire().await?;
        let plan = self.plan(&mut conn, id).await?;
        if !matches!(plan.state, PlanState::Planned | PlanState::Applied) {
            return Err(PlanError::State(plan.state));
        }
        let of = (plan.id, plan.ledger.kind());
        let (mut after, mut count) = (0, 0);
        loop {
            let limit = i64::try_from(STEP).unwrap_or(i64::MAX);
            let which = WhichRows::Of(Outcome::Doubtful);
            let mut page = rows::page(self.desk, &mut conn, of, which, (after, limit)).await?;
            let Some(last) = page.last() else { return Ok(count) };
            after = last.n;
            page.retain_mut(|row| {
                let mut doubts = row.verdict.notes.iter().filter(|note| note.weight == Weight::Doubt).peekable();
                let only = doubts.peek().is_some() && doubts.all(|note| note.code == doubt);
                let open = row.ops.is_none() && row.decision.is_none();
                row.decision = match (choice, row.verdict.candidates.as_slice()) {
                    _ if !only || !open => return false,
                    (EachChoice::Take, _) if row.verdict.waits_for_answers() => return false,
                    (EachChoice::Take, _) => Some(RowChoice::Take),
                    (EachChoice::Skip, _) => Some(RowChoice::Skip),
                    (EachChoice::Same, [one]) => Some(RowChoice::SameAs(*one)),
                    (EachChoice::Same, _) => return false,
                };
                row.changed = false;
                true
            });
            rows::put(self.desk, &mut conn, of, &page).await?;
            count += u64::try_from(page.len()).unwrap_or(0);
        }
    }

    /// A plan of this county.
    ///
    /// # Errors
    /// [`PlanError::Unknown`].
    pub async fn plan(&self, conn: &mut AnyConnection, id: Uuid) -> Result<Plan, PlanError> {
        let plan = Plan::get(conn, self.desk.county, id).await?;
        plan.filter(|plan| plan.state != PlanState::Reading).ok_or(PlanError::Unknown)
    }

    /// Writes an audit entry of its own.
    pub(super) async fn note(&self, act: &'static str, detail: &serde_json::Value) -> Result<(), ServerError> {
        let mut write = self.desk.db.begin(self.desk.county, self.desk.now_ms).await?;
        write.audit(&self.account.to_string(), act, detail).await?;
        write.commit().await
    }
}

/// The newest feed number of a county.
///
/// # Errors
/// [`ServerError::Database`].
pub async fn feed(conn: &mut AnyConnection, county: &str) -> Result<u64, ServerError> {
    let found = Statement::new("select feed from county where code = ").bind(county).first(conn).await?;
    let found = found.ok_or_else(|| ServerError::CountyUnknown(county.to_owned()))?;
    Ok(number(found.try_get("feed")?))
}
