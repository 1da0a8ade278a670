//! What the sheet does not say is answered, and its rows are judged anew: all in one transaction, so that nobody sees half of
//! them waiting.

use serde_json::json;
use uuid::Uuid;

use super::apply::{Numbering, keep_notes};
use super::assumed::Answers;
use super::importer::{Importer, PlanError, STEP, feed};
use super::judge::Judge;
use super::plan::{Plan, PlanState};
use super::rows::{self, WhichRows};
use super::verdict::{Outcome, RowChoice};
use bianfang_sheets::Line;

impl Importer<'_> {
    /// Answers what the sheet does not say and judges every row anew, as it will be shown now. What was decided by hand stays.
    ///
    /// # Errors
    /// [`PlanError::Unknown`], [`PlanError::State`] once it is being written.
    pub async fn assume(&self, id: Uuid, answers: &Answers) -> Result<Plan, PlanError> {
        let county = self.desk.county;
        let mut conn = self.desk.db.pool().acquire().await?;
        let mut plan = self.plan(&mut conn, id).await?;
        if plan.state != PlanState::Planned {
            return Err(PlanError::State(plan.state));
        }
        plan.assumed.answers.extend(answers.clone());
        plan.feed = feed(&mut conn, county).await?;
        let about = (plan.ledger, self.scope.as_slice(), self.blind);
        let mut judge = Judge::new(self.desk, &mut conn, about, &plan.assumed.answers).await?;
        let of = (plan.id, plan.ledger.kind());
        let mut numbering = Numbering::from(1);
        let mut tx = sqlx::Connection::begin(&mut *conn).await?;
        // Written first: SQLite lets nobody write who began with reading, once somebody else has written since.
        plan.put(&mut tx, county).await?;
        let mut after = 0;
        loop {
            let limit = i64::try_from(STEP).unwrap_or(i64::MAX);
            let mut found = rows::page(self.desk, &mut tx, of, WhichRows::All, (after, limit)).await?;
            let Some(last) = found.last() else { break };
            after = last.n;
            found.iter_mut().for_each(|row| plan.place(&mut row.line));
            let lines: Vec<Line> = found.iter().map(|row| row.line.clone()).collect();
            let verdicts = judge.judge(&mut tx, &lines, &[]).await?;
            for (row, (mut verdict, _)) in found.iter_mut().zip(verdicts) {
                keep_notes(row, &mut verdict);
                let doubtful = verdict.outcome == Outcome::Doubtful;
                if row.decision != Some(RowChoice::Skip) || doubtful {
                    row.verdict = verdict;
                }
                row.decision = row.decision.filter(|decision| doubtful || *decision == RowChoice::Skip);
                row.changed = false;
                numbering.number(row);
            }
            rows::put(self.desk, &mut tx, of, &found).await?;
        }
        plan.assumed.places = judge.unknown();
        plan.assumed.rows = judge.lacking;
        plan.put(&mut tx, county).await?;
        tx.commit().await?;
        drop(conn);
        let detail = json!({ "batch": plan.id, "ledger": plan.ledger.word(), "assumed": plan.assumed.answers });
        self.note("IMPORT_ASSUME", &detail).await?;
        Ok(plan)
    }
}
