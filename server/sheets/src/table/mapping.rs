//! What the columns of a file mean, as data: a bureau's own sheet is mapped once and the mapping given back with the next.

use serde::{Deserialize, Serialize};

use super::{Ledger, LedgerTable, SheetColumn, SheetField};

/// Columns by their headers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mapping {
    /// Of which ledger.
    pub ledger: Ledger,
    /// Header as it stands (of two rows joined by `/`) and the key of the column it is; an empty key for a column that is none of
    /// the ledger's, whatever it is called: it is kept under its header. A key that the ledger has not says nothing: the usual
    /// names hold.
    pub columns: Vec<(String, String)>,
}

impl Mapping {
    pub(super) fn take(&mut self, columns: &[SheetColumn]) {
        for column in columns {
            if let Some(field) = column.field.filter(|_| !self.columns.iter().any(|(known, _)| *known == column.header))
            {
                self.columns.push((column.header.clone(), field.key.to_owned()));
            }
        }
    }

    /// What the header holds, where somebody said so; `Some(None)` for a column that is none of the ledger's.
    #[must_use]
    pub fn get(&self, header: &str, ledger: &'static LedgerTable) -> Option<Option<&'static SheetField>> {
        let (_, key) = self.columns.iter().find(|(known, _)| known == header)?;
        if key.is_empty() { Some(None) } else { ledger.get(key).map(Some) }
    }
}
