//! The phone's store: an encrypted database that holds the server's mirror, the phone's own ops and what both read like
//! together, and encrypted photo files beside it. Screens read the *shown* records: the mirror with the phone's waiting
//! ops decided over it by the same rules as the server's. No clock and no randomness inside.
//!
//! Start reading at [`Store::write`]; what makes a local edit never flicker is in `overlay.rs`.

mod acknowledge;
mod at_work;
mod draft;
mod due;
mod error;
mod file;
mod meta;
mod open;
mod outbox;
mod overlay;
mod people;
mod photo;
mod projection;
mod pull;
mod read;
mod write;

pub use due::DueRows;
pub use error::{FileFault, StoreError};
pub use file::{PhotoFiles, StoreFile};
pub use meta::MetaKey;
pub use open::{SCHEMA, Store};
pub use outbox::{OpState, Sent};
pub use people::{PeopleAsk, PersonListed};
pub use photo::{OwedContent, PhotoRole, StoredPhoto};
pub use read::{Foot, StoredPerson};
pub use write::{FormOutcome, NewOp, NewPhoto, Writing};
