//! The phone core's calls about people, and who is the same, one to one.

use bianfang_client::{PairView, PeopleQuery, PersonDraft, PersonLines, PersonView, SameLine, Saved, WarningLine};

use crate::phone::{Phone, Result};

#[uniffi::export(async_runtime = "tokio")]
impl Phone {
    /// A page of people in the order of their names.
    ///
    /// # Errors
    /// Invalid: a village or page that is none. Locked.
    pub async fn people(&self, query: PeopleQuery) -> Result<PersonLines> {
        self.0.people(query).await
    }

    /// A person's page.
    ///
    /// # Errors
    /// `NotFound`, Locked.
    pub async fn person(&self, id: String) -> Result<PersonView> {
        self.0.person(&id).await
    }

    /// Enters somebody new from a form, as a draft of this worker; durable when it returns.
    ///
    /// # Errors
    /// Invalid names the field. `SignedOut`, `StorageFull`.
    pub async fn new_person(&self, form: String, draft: PersonDraft) -> Result<Saved> {
        self.0.new_person(&form, draft).await
    }

    /// Changes somebody, field by field.
    ///
    /// # Errors
    /// `NotFound`, Invalid, `SignedOut`, `StorageFull`.
    pub async fn change_person(&self, id: String, draft: PersonDraft) -> Result<Saved> {
        self.0.change_person(&id, draft).await
    }

    /// What looks wrong in a draft and may still be right.
    ///
    /// # Errors
    /// `NotFound`, Locked.
    pub async fn check_person(&self, id: Option<String>, draft: PersonDraft) -> Result<Vec<WarningLine>> {
        self.0.check_person(id, draft).await
    }

    /// Two records of people side by side, and what was said about the two.
    ///
    /// # Errors
    /// `NotFound`, Locked.
    pub async fn compare(&self, one: String, other: String) -> Result<PairView> {
        self.0.compare(&one, &other).await
    }

    /// What was said about who else somebody is; `void` takes a word back.
    ///
    /// # Errors
    /// `NotFound`, Locked.
    pub async fn same(&self, person: String) -> Result<Vec<SameLine>> {
        self.0.same(&person).await
    }

    /// Says that a record is the duplicate of another, which stays.
    ///
    /// # Errors
    /// `NotFound`, Invalid, `SignedOut`.
    pub async fn say_same(&self, form: String, person: String, kept: String) -> Result<Saved> {
        self.0.say_same(&form, &person, &kept).await
    }
}
