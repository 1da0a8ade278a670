//! What of a photo the server must get. Said once, for the form that shows it and for the record that owes it.

use crate::PhotoError;

/// Whether the original is owed. `no_copy` is the code that says why there is no copy ([`PhotoError::code`] or
/// [`crate::NoCopy::code`]), `None` where there is one; `wanted` is whether the bureau wants originals beside the copies.
///
/// Evidence of which no copy can be made goes as it came, however broken: half a picture still shows a door. Only what is
/// no image stays on the phone.
pub fn owes_original(no_copy: Option<&str>, wanted: bool) -> bool {
    no_copy.map_or(wanted, |code| code != PhotoError::NotAnImage.code())
}
