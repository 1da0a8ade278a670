//! The facade of the phone core: what an app calls. Views go out, drafts come in; ops, documents and keys stay inside.
//!
//! Start reading at [`Phone`]; one file for each topic of it.

#[cfg(feature = "uniffi")]
uniffi::setup_scaffolding!();

mod account;
mod amend;
mod basis_person;
mod clock;
mod codes;
mod draft;
mod enrol;
mod error;
mod fields;
mod form;
mod host;
mod household;
mod household_draft;
mod ids;
mod ink;
mod letter;
mod letter_draft;
mod local;
mod need;
mod people;
mod person;
mod person_draft;
mod phone;
mod photos;
mod plaque;
mod plaque_draft;
mod question_set;
mod same_as;
mod save;
mod state;
mod suggestion;
mod synchronize;
mod today;
mod typed;
mod unit;
mod view;
mod visit;

/// What a [`Host`] tells of its clocks.
pub use bianfang_domain::clock::ClockReading;

pub use basis_person::{BasisPersonDraft, BasisPersonLine, Relation};
pub use codes::{CodeLine, CodeTableLine};
pub use draft::{
    AnswerDraft, AnswersDraft, DraftLine, EntryDraft, FieldDraft, PersonDraft, PlaceDraft, VisitDraft, VisitMore,
    VisitorDraft,
};
pub use error::ClientError;
pub use fields::{FormFieldLine, form_fields};
pub use host::Host;
pub use household_draft::{HouseholdDraft, MergeDraft, MoveDraft, SplitDraft};
pub use ink::{InkDraft, InkPointDraft, InkStroke};
pub use letter_draft::{DelivererDraft, LetterDraft, LetterStepDraft};
pub use need::{NeedDraft, NeedLine, NeedStepDraft, NeedStepLine};
pub use phone::Phone;
pub use photos::PhotoLine;
pub use plaque_draft::{PlaqueDraft, PlaqueOpinionDraft, PlaqueRequestDraft};
pub use question_set::{OptionLine, QuestionLine, QuestionSetView};
pub use same_as::{PairView, SameLine};
pub use state::{ReceiptLine, RecordState, Saved, Status, TroubleLine};
pub use suggestion::{SuggestionDraft, SuggestionLine};
pub use synchronize::{Progress, Stage, SyncSummary, Watch};
pub use today::{DueLine, DueLineReason, TodayPage};
pub use unit::{UnitDraft, UnitLine};
pub use view::{
    DivisionLine, FieldLine, HouseholdView, LetterLine, PeopleQuery, PersonLine, PersonLines, PersonView,
    PlaqueLotLine, PlaqueRequestLine, PlaqueScreen, ProfileView, VisitLine, WaitingLine, WarningLine,
};
