//! What a form asks for: the fields of a kind with their labels in the bureau's words, so that no screen keeps a list of its
//! own.

use bianfang_domain::codes::{self, Codes};
use bianfang_domain::kind::{self, Field, Kind};
use serde::Serialize;

use crate::error::ClientError;
use crate::people::code;
use crate::phone::Phone;

/// A field of a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct FormFieldLine {
    /// As documents and drafts name it.
    pub field: String,
    /// 中文, the bureau's word where it has one.
    pub zh: String,
    /// English
    pub en: String,
    /// NAME | CODE | DAY | DATE | ID | FLAG | TEXT | ID_NUMBER | NUMBER | FEN | MOMENT | PHONES | PEOPLE | ANY
    pub form: String,
    /// The code tables to choose from; with TEXT another word may be typed.
    pub tables: Vec<String>,
    /// Several values, each added or taken away by itself.
    pub list: bool,
    /// The phone may set it; the others are only shown.
    pub typed: bool,
}

impl Phone {
    /// The fields of a kind, in the order in which a form asks; none of a kind of a newer version.
    ///
    /// # Errors
    /// [`ClientError::Locked`].
    pub async fn fields(&self, kind: &str) -> Result<Vec<FormFieldLine>, ClientError> {
        let store = self.store().await?;
        let own = store.get(codes::id(codes::FIELD.name)).await?;
        let codes = Codes::read(|id| own.as_ref().filter(|own| own.id == id));
        Ok(kind::by_name(kind).map(|kind| form_fields(kind, &codes)).unwrap_or_default())
    }
}

/// The fields of a kind with their labels.
#[must_use]
pub fn form_fields(kind: &dyn Kind, codes: &Codes) -> Vec<FormFieldLine> {
    kind.fields().iter().map(|field| line(kind.name(), field, codes)).collect()
}

/// What a field is called: by its kind where that means something of its own.
fn line(kind: &str, field: &Field, codes: &Codes) -> FormFieldLine {
    let words = codes.items(&codes::FIELD);
    let of = |code: &str| words.iter().find(|item| item.code == code);
    let called = of(&format!("{kind}.{}", field.name)).or_else(|| of(field.name));
    FormFieldLine {
        field: field.name.to_owned(),
        zh: called.map_or(field.zh, |item| &item.zh).to_owned(),
        en: called.map_or(field.en, |item| &item.en).to_owned(),
        form: code(&field.form),
        tables: field.tables.iter().map(|table| (*table).to_owned()).collect(),
        list: field.list,
        typed: field.typed,
    }
}
