//! The phone core's calls about units, one to one.

use bianfang_client::{Saved, UnitDraft, UnitLine};

use crate::phone::{Phone, Result};

#[uniffi::export(async_runtime = "tokio")]
impl Phone {
    /// The units of this phone's divisions whose name holds a text (blank: all), by name.
    ///
    /// # Errors
    /// Locked.
    pub async fn units(&self, search: String) -> Result<Vec<UnitLine>> {
        self.0.units(&search).await
    }

    /// Enters a unit from a form.
    ///
    /// # Errors
    /// Invalid names the field. `SignedOut`, `StorageFull`.
    pub async fn new_unit(&self, form: String, draft: UnitDraft) -> Result<Saved> {
        self.0.new_unit(&form, draft).await
    }

    /// Changes a unit, field by field.
    ///
    /// # Errors
    /// `NotFound`, Invalid, `SignedOut`, `StorageFull`.
    pub async fn change_unit(&self, id: String, draft: UnitDraft) -> Result<Saved> {
        self.0.change_unit(&id, draft).await
    }
}
