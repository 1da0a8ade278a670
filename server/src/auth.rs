//! Who calls, and what they may do: passwords, tokens, enrolment, and one table of rights.

pub mod authorize;
pub mod caller;
pub mod enrol;
pub mod password;
pub mod refresh;
pub mod role;
pub mod secret;
pub mod sign_in;
pub mod token;
