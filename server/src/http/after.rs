//! What is looked for in a list, and where the page before ended, as an address says it. Lists get it here and nowhere else: what is no mark is refused, for who
//! goes on from nowhere would read the first page again and take it for the next.

use std::str::FromStr;

use bianfang_domain::id::RecordId;

use crate::http::problem::{Code, HttpError};
use crate::lists::paging::Search;

/// A text that was given and is not empty: a form sends the fields that it leaves open too.
#[must_use]
pub fn given(text: &Option<String>) -> Option<&str> {
    text.as_deref().filter(|text| !text.is_empty())
}

/// The search of a list: its text, its state and its mark as an address has them.
///
/// # Errors
/// As [`mark`].
pub fn search<'a>(
    divisions: Vec<RecordId>,
    (text, state): (&'a Option<String>, &'a Option<String>),
    after: &Option<String>,
) -> Result<Search<'a>, HttpError> {
    let text = text.as_deref().unwrap_or_default();
    Ok(Search { text, state: given(state), divisions, after: mark(after.as_deref())? })
}

/// The mark; None for the first page, of which nothing or an empty text tells.
///
/// # Errors
/// `query` for a text that no page gave.
pub fn mark<M: FromStr>(after: Option<&str>) -> Result<Option<M>, HttpError> {
    let after = after.filter(|text| !text.is_empty());
    after.map(|text| text.parse().map_err(|_| HttpError::Known(Code::Query))).transpose()
}
