//! Pages of lists: how long one is, and where it ended, so that rows that come in meanwhile neither repeat nor skip a line.

use std::fmt;
use std::str::FromStr;

use bianfang_domain::id::RecordId;
use sqlx::Row;
use sqlx::any::AnyRow;

use super::row;
use crate::ServerError;

/// Rows on one page of a list.
pub const PAGE: usize = 50;

/// Rows on one page of what is read down in long stretches: who stands behind a figure, who is due, an import, the audit log.
pub const LONG_PAGE: usize = 100;

/// Where a page ended: the last row's place in the order of its list, and its record, for of one place there may be several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark<K = String> {
    /// What the list is in the order of: a name, a feed number.
    pub key: K,
    /// The record of the row.
    pub id: RecordId,
}

impl Mark {
    /// Of a row: where its key and its record stand.
    ///
    /// # Errors
    /// [`ServerError::Database`], [`ServerError::Row`].
    pub fn of(row: &AnyRow, key: &'static str, id: &'static str) -> Result<Self, ServerError> {
        Ok(Self { key: row.try_get(key)?, id: row::parse(row, "page", id, "")? })
    }
}

/// A text that no page gave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not the mark of a page")]
pub struct MarkError;

impl<K: fmt::Display> fmt::Display for Mark<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.key, self.id)
    }
}

impl<K: FromStr> FromStr for Mark<K> {
    type Err = MarkError;

    /// A name may hold a `/`, an id does not.
    fn from_str(text: &str) -> Result<Self, MarkError> {
        let (key, id) = text.rsplit_once('/').ok_or(MarkError)?;
        Ok(Self { key: key.parse().map_err(|_| MarkError)?, id: id.parse().map_err(|_| MarkError)? })
    }
}

/// What a database is asked for, for a page of this size: one more, which tells whether another page follows.
#[must_use]
pub fn limit(size: usize) -> i64 {
    i64::try_from(size.saturating_add(1)).unwrap_or(i64::MAX)
}

/// Cuts what was found with [`limit`] to a page; with the mark of its last row where another page follows.
pub fn cut<T, M>(rows: &mut Vec<T>, size: usize, mark: impl FnOnce(&T) -> M) -> Option<M> {
    let more = rows.len() > size;
    rows.truncate(size);
    rows.last().filter(|_| more).map(mark)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_reads_back_and_nothing_else_does() {
        let id: RecordId = "01900000-0000-7000-8000-000000000001".parse().unwrap();
        for key in ["", "zhang san", "a/b", "\u{1f}"] {
            let mark = Mark { key: key.to_owned(), id };
            assert_eq!(mark.to_string().parse(), Ok(mark));
        }
        let mark = Mark { key: 7_u64, id };
        assert_eq!(mark.to_string().parse(), Ok(mark));
        for text in ["", "7", "7/", "7/8", &format!("7{id}")] {
            assert_eq!(text.parse::<Mark>(), Err(MarkError), "{text}");
        }
        assert_eq!(format!("zhang san/{id}").parse::<Mark<u64>>(), Err(MarkError));
    }

    #[test]
    fn a_page_has_a_mark_where_another_follows() {
        let of = |found: usize| {
            let mut rows: Vec<usize> = (1..=found).collect();
            let next = cut(&mut rows, 2, |row| *row);
            (rows.len(), next)
        };
        assert_eq!([of(0), of(2), of(3)], [(0, None), (2, None), (2, Some(2))]);
        assert_eq!(limit(2), 3);
    }
}
