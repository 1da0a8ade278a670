//! The words for codes as screens need them: the bureau's over the shipped ones, from the store, so that they are there
//! without a signal and before the first synchronization.

use std::collections::BTreeMap;

use bianfang_domain::codes::{self, CodeItem};
use serde::Serialize;

use crate::error::ClientError;
use crate::phone::Phone;

/// One code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct CodeLine {
    /// What records hold.
    pub code: String,
    /// 中文
    pub zh: String,
    /// English
    pub en: String,
    /// Forms do not offer it; what has it is shown all the same.
    pub hidden: bool,
}

/// One table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct CodeTableLine {
    /// METHOD, RESULT, WORK_TYPE …
    pub table: String,
    /// 中文
    pub zh: String,
    /// English
    pub en: String,
    /// In the order in which forms offer them.
    pub items: Vec<CodeLine>,
}

impl Phone {
    /// Every code table. A code that stands in none is shown as it is.
    ///
    /// # Errors
    /// [`ClientError::Locked`].
    pub async fn codes(&self) -> Result<Vec<CodeTableLine>, ClientError> {
        let store = self.store().await?;
        let mut records = BTreeMap::new();
        for table in codes::ALL.iter() {
            if let Some(record) = store.get(codes::id(table.name)).await? {
                records.insert(table.name, record);
            }
        }
        let row = |item: CodeItem| CodeLine { code: item.code, zh: item.zh, en: item.en, hidden: item.hidden };
        let table = |table: &codes::ShippedTable| CodeTableLine {
            table: table.name.to_owned(),
            zh: table.zh.to_owned(),
            en: table.en.to_owned(),
            items: codes::items(table, records.get(table.name)).into_iter().map(row).collect(),
        };
        Ok(codes::ALL.iter().map(|shipped| table(shipped)).collect())
    }
}
