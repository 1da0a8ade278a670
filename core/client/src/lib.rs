//! The facade of the phone core: what an app calls. Views go out, drafts come in; ops, documents and keys stay inside.
//!
//! Start reading at [`Phone`]; one file for each topic of it.

#[cfg(feature = "uniffi")]
uniffi::setup_scaffolding!();

mod account;
mod clock;
mod draft;
mod enrol;
mod error;
mod form;
mod host;
mod household;
mod ids;
mod local;
mod people;
mod person;
mod person_draft;
mod phone;
mod photos;
mod plaque;
mod save;
mod state;
mod synchronize;
mod view;
mod visit;

pub use draft::{
    DraftRow, EntryDraft, FieldDraft, HouseholdDraft, MergeDraft, MoveDraft, PersonDraft, PlaceDraft, PlaqueDraft,
    SplitDraft, VisitDraft,
};
pub use error::ClientError;
pub use host::Host;
pub use phone::Phone;
pub use photos::PhotoRow;
pub use state::{ReceiptRow, RecordState, Saved, Status, TroubleRow};
pub use synchronize::{Progress, Stage, SyncSummary, Watch};
pub use view::{
    DivisionRow, FieldRow, HouseholdView, PeoplePage, PeopleQuery, PersonRow, PersonView, PlaqueView, ProfileView,
    VisitRow, WaitingRow, WarningRow,
};
