//! The phone core's calls about households and their basis persons, one to one.

use bianfang_client::{
    BasisPersonDraft, BasisPersonLine, HouseholdDraft, HouseholdView, MergeDraft, MoveDraft, Saved, SplitDraft,
};

use crate::phone::{Phone, Result};

#[uniffi::export(async_runtime = "tokio")]
impl Phone {
    /// A household's page.
    ///
    /// # Errors
    /// `NotFound`, Locked.
    pub async fn household(&self, id: String) -> Result<HouseholdView> {
        self.0.household(&id).await
    }

    /// Changes a household, field by field.
    ///
    /// # Errors
    /// `NotFound`, Invalid, `SignedOut` before the enrolment.
    pub async fn change_household(&self, draft: HouseholdDraft) -> Result<Saved> {
        self.0.change_household(draft).await
    }

    /// Makes some of a household one of their own; the old one keeps its plaque.
    ///
    /// # Errors
    /// `NotFound`, Invalid, `SignedOut`, `StorageFull`.
    pub async fn split_household(&self, form: String, draft: SplitDraft) -> Result<Saved> {
        self.0.split_household(&form, draft).await
    }

    /// Merges a household into another.
    ///
    /// # Errors
    /// `NotFound`, Invalid, `SignedOut`, `StorageFull`.
    pub async fn merge_household(&self, draft: MergeDraft) -> Result<Saved> {
        self.0.merge_household(draft).await
    }

    /// Moves a household from a day on.
    ///
    /// # Errors
    /// `NotFound`, Invalid, `SignedOut`, `StorageFull`.
    pub async fn move_household(&self, draft: MoveDraft) -> Result<Saved> {
        self.0.move_household(draft).await
    }

    /// The basis persons of a household, by name.
    ///
    /// # Errors
    /// `NotFound`, Locked.
    pub async fn basis_persons(&self, household: String) -> Result<Vec<BasisPersonLine>> {
        self.0.basis_persons(&household).await
    }

    /// Enters a basis person from a form.
    ///
    /// # Errors
    /// Invalid names the field. `SignedOut`, `StorageFull`.
    pub async fn new_basis_person(&self, form: String, draft: BasisPersonDraft) -> Result<Saved> {
        self.0.new_basis_person(&form, draft).await
    }

    /// Changes a basis person, field by field; a discharge opens a draft of the person who comes home.
    ///
    /// # Errors
    /// `NotFound`, Invalid, `SignedOut`, `StorageFull`.
    pub async fn change_basis_person(&self, id: String, draft: BasisPersonDraft) -> Result<Saved> {
        self.0.change_basis_person(&id, draft).await
    }
}
