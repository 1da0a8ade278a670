//! Units 单位 that a phone enters and changes: employers, garrisons under the bureau's alias, trainers. Never a person.

use bianfang_domain::document::text_in;
use bianfang_domain::name;
use bianfang_domain::record::Record;
use serde::Serialize;
use serde_json::Value;

use crate::error::ClientError;
use crate::person::beside;
use crate::phone::Phone;
use crate::state::Saved;
use crate::typed::{Typed, list_change};
use crate::view::WaitingLine;

/// What is entered or changed of a unit. None: as it is; blank: cleared.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct UnitDraft {
    /// EMPLOYER | FORCES | TRAINER
    pub unit_kind: Option<String>,
    /// 名称; of FORCES the bureau's alias.
    pub name: Option<String>,
    /// The division it lies in.
    pub division: Option<String>,
    /// 联系人
    pub contact_name: Option<String>,
    /// Telephone numbers that come.
    pub phones: Vec<String>,
    /// Telephone numbers that go, as they are shown.
    pub phones_gone: Vec<String>,
    /// 用人需求
    pub hiring: Option<String>,
}

/// A unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct UnitLine {
    /// Its record.
    pub id: String,
    /// EMPLOYER | FORCES | TRAINER
    pub unit_kind: String,
    /// 名称
    pub name: String,
    /// The division it lies in.
    pub division: String,
    /// 联系人
    pub contact_name: Option<String>,
    /// 联系电话
    pub phones: Vec<String>,
    /// 用人需求
    pub hiring: Option<String>,
    /// What waits beside a field for the township.
    pub beside: Vec<WaitingLine>,
}

impl Phone {
    /// The units of this phone's divisions whose name holds a text (blank: all), by name.
    ///
    /// # Errors
    /// [`ClientError::Locked`].
    pub async fn units(&self, search: &str) -> Result<Vec<UnitLine>, ClientError> {
        let units = self.store().await?.list("unit").await?;
        let stand = units.iter().filter(|unit| text_in(&unit.doc, "removed").is_none());
        let mut rows: Vec<UnitLine> = stand.map(row).filter(|row| row.name.contains(search.trim())).collect();
        rows.sort_by_key(|row| name::sort_key(&row.name));
        Ok(rows)
    }

    /// Enters a unit from a form; durable when it returns. A form saved before is not saved again.
    ///
    /// # Errors
    /// [`ClientError::Invalid`] names the field; [`ClientError::SignedOut`] before the enrolment.
    pub async fn new_unit(&self, form: &str, draft: UnitDraft) -> Result<Saved, ClientError> {
        self.begin("unit", form, typed(draft)?.born()).await
    }

    /// Changes a unit, field by field.
    ///
    /// # Errors
    /// [`ClientError::NotFound`], [`ClientError::Invalid`], [`ClientError::SignedOut`] before the enrolment.
    pub async fn change_unit(&self, id: &str, draft: UnitDraft) -> Result<Saved, ClientError> {
        self.change("unit", id, typed(draft)?).await
    }
}

fn typed(draft: UnitDraft) -> Result<Typed, ClientError> {
    let mut typed = Typed::default();
    for (field, text) in [
        ("unit_kind", &draft.unit_kind),
        ("name", &draft.name),
        ("contact_name", &draft.contact_name),
        ("hiring", &draft.hiring),
    ] {
        typed.text(field, text.as_deref());
    }
    typed.id("division", draft.division.as_deref())?;
    let numbers = |list: Vec<String>| list.into_iter().map(|number| Value::from(number.trim())).collect();
    let change = list_change(numbers(draft.phones), numbers(draft.phones_gone));
    change.into_iter().for_each(|change| typed.value("contact_phone", change));
    Ok(typed)
}

fn row(record: &Record) -> UnitLine {
    let text = |field: &str| text_in(&record.doc, field).map(str::to_owned);
    let phones = record.value("contact_phone").as_array().into_iter().flatten();
    UnitLine {
        id: record.id.to_string(),
        unit_kind: text("unit_kind").unwrap_or_default(),
        name: text("name").unwrap_or_default(),
        division: text("division").unwrap_or_default(),
        contact_name: text("contact_name"),
        phones: phones.filter_map(|number| number.as_str().map(str::to_owned)).collect(),
        hiring: text("hiring"),
        beside: record.meta.beside.iter().map(beside).collect(),
    }
}
