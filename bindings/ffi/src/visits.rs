//! The phone core's calls about visits and the questions asked in them, one to one.

use bianfang_client::{AnswersDraft, QuestionSetView, Saved, VisitDraft, WarningLine};

use crate::phone::{Phone, Result};

#[uniffi::export(async_runtime = "tokio")]
impl Phone {
    /// Saves a visit with the photos of its form; durable when it returns. A form saved before is not saved again.
    ///
    /// # Errors
    /// Invalid names the field. `SignedOut` before the enrolment. `StorageFull`.
    pub async fn save_visit(&self, form: String, draft: VisitDraft) -> Result<Saved> {
        self.0.save_visit(&form, draft).await
    }

    /// A saved visit as its form.
    ///
    /// # Errors
    /// `NotFound`. Locked.
    pub async fn visit_draft(&self, visit: String) -> Result<VisitDraft> {
        self.0.visit_draft(&visit).await
    }

    /// Moves a visit that was saved on the wrong person to the right one, with everything that hangs on it.
    ///
    /// # Errors
    /// `NotFound`; Invalid without a reason, or where `from` is not in it or `to` is already.
    pub async fn retarget(&self, visit: String, from: String, to: String, reason: String) -> Result<Saved> {
        self.0.retarget(&visit, &from, &to, &reason).await
    }

    /// The question sets that are asked of somebody in a visit of this work; without a person, those of the work.
    ///
    /// # Errors
    /// `NotFound`, Locked.
    pub async fn question_sets(&self, person: Option<String>, work_types: Vec<String>) -> Result<Vec<QuestionSetView>> {
        self.0.question_sets(person, work_types).await
    }

    /// The questions to be asked after the answers so far, in their order.
    ///
    /// # Errors
    /// `NotFound`, Locked.
    pub async fn asked(&self, answers: AnswersDraft) -> Result<Vec<String>> {
        self.0.asked(answers).await
    }

    /// What in the answers does not fit, each with its question.
    ///
    /// # Errors
    /// Locked.
    pub async fn check_answers(&self, answers: AnswersDraft) -> Result<Vec<WarningLine>> {
        self.0.check_answers(answers).await
    }
}
