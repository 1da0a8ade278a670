//! Ids: made from the device's clock and randomness, read from what the app hands in.

use bianfang_domain::id::RecordId;
use uuid::Uuid;

use crate::error::ClientError;
use crate::host::Host;

/// A new id.
pub(crate) fn new(host: &dyn Host) -> Result<RecordId, ClientError> {
    let mut random = [0; 10];
    if !host.fill(&mut random) {
        return Err(bianfang_store::StoreError::Random.into());
    }
    Ok(RecordId::new(host.now_ms(), random))
}

/// The id of something that may be here: what is no id is not here.
pub(crate) fn known(text: &str) -> Result<RecordId, ClientError> {
    text.parse().map_err(|_| ClientError::NotFound)
}

/// The id in a field of a draft.
pub(crate) fn given(text: &str, field: &str) -> Result<RecordId, ClientError> {
    text.parse().map_err(|_| ClientError::invalid(field, "编号格式不对。", "This is not an id."))
}

/// The record that a form becomes: the same however often the form is saved.
pub(crate) fn of_form(form: &str) -> Result<RecordId, ClientError> {
    given(form, "form")
}

/// An installation, counted as the source of ops for as long as the store lives.
pub(crate) fn installation(host: &dyn Host) -> Result<Uuid, ClientError> {
    new(host).map(|id| id.0)
}
