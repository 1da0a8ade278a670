//! Who calls, and what they may do: passwords, tokens, enrolment, and one table of rights.

pub mod caller;
pub mod enrol;
mod error;
mod gate;
pub mod password;
pub mod refresh;
pub mod secret;
pub mod sign_in;
pub mod token;

pub use error::AuthError;
pub use gate::Gate;
