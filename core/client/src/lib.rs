//! The facade of the phone core: what an app calls. Views go out, drafts come in; ops, documents and keys stay inside.

#[cfg(feature = "uniffi")]
uniffi::setup_scaffolding!();

mod draft;
mod error;
mod view;

pub use draft::{EntryDraft, PlaceDraft, PlaqueDraft, VisitDraft};
pub use error::ClientError;
pub use view::{PeoplePage, PersonRow, PersonView, PlaqueView, RecordState, Status, VisitRow};
