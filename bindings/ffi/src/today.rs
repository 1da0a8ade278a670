//! The phone core's calls about who is due, one to one.

use bianfang_client::{Saved, TodayPage};

use crate::phone::{Phone, Result};

#[uniffi::export(async_runtime = "tokio")]
impl Phone {
    /// Who of this phone's divisions is due today, why and since when: at most `limit`, after the first `skip`.
    ///
    /// # Errors
    /// Locked.
    pub async fn today(&self, skip: u32, limit: u32) -> Result<TodayPage> {
        self.0.today(skip, limit).await
    }

    /// Puts somebody off until a day (`2026-01-31`), with the reason. `void` takes it back.
    ///
    /// # Errors
    /// `NotFound`; Invalid without a reason, or for a day that is none or past.
    pub async fn snooze(&self, person: String, until: String, reason: String) -> Result<Saved> {
        self.0.snooze(&person, &until, &reason).await
    }

    /// Takes a person or a household for today, so that colleagues see who is on the way there.
    ///
    /// # Errors
    /// `NotFound`, `SignedOut` before the enrolment.
    pub async fn take(&self, person_or_household: String) -> Result<Saved> {
        self.0.take(&person_or_household).await
    }

    /// Asks that somebody be visited, by a day where there is one.
    ///
    /// # Errors
    /// `NotFound`, Invalid.
    pub async fn assign(&self, person: String, why: String, due_on: Option<String>) -> Result<Saved> {
        self.0.assign(&person, &why, due_on).await
    }
}
