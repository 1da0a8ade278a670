//! What the columns of a file mean, as data: a bureau's own sheet is mapped once and the mapping given back with the next.

use serde::{Deserialize, Serialize};

use super::SheetColumn;
use super::field::{Ledger, SheetField};

/// Columns by their headers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mapping {
    /// Of which ledger.
    pub ledger: Ledger,
    /// Header as it stands (of two rows joined by `/`) and what it holds.
    pub columns: Vec<(String, SheetField)>,
}

impl Mapping {
    pub(super) fn take(&mut self, columns: &[SheetColumn]) {
        for column in columns {
            if let Some(field) = column.field.filter(|_| self.get(&column.header).is_none()) {
                self.columns.push((column.header.clone(), field));
            }
        }
    }

    /// What the header holds.
    #[must_use]
    pub fn get(&self, header: &str) -> Option<SheetField> {
        self.columns.iter().find(|(known, _)| known == header).map(|(_, field)| *field)
    }
}
