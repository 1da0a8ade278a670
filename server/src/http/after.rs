//! Where the page before ended, as an address says it. Lists get it here and nowhere else: what is no mark is refused, for who
//! goes on from nowhere would read the first page again and take it for the next.

use std::str::FromStr;

use crate::http::problem::{Code, HttpError};

/// The mark; None for the first page, of which nothing or an empty text tells.
///
/// # Errors
/// `query` for a text that no page gave.
pub fn mark<M: FromStr>(after: Option<&str>) -> Result<Option<M>, HttpError> {
    let after = after.filter(|text| !text.is_empty());
    after.map(|text| text.parse().map_err(|_| HttpError::Known(Code::Query))).transpose()
}
