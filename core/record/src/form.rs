//! The form of a field's value: what has another form would be read as if nothing stood there, and nobody would be told. Codes
//! of newer versions are codes too and stay.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::id::RecordId;
use crate::name;
use crate::time;

/// What a field's value must look like. A field that is absent or null has every form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Form {
    /// A personal name, kept as [`name::normalise`] gives it.
    Name,
    /// A code of a table, of this version or a newer one.
    Code,
    /// A day, as its number since 1970.
    Day,
    /// YYYY, YYYY-MM or YYYY-MM-DD.
    Date,
    /// The id of a record.
    Id,
    /// Yes or no.
    Flag,
    /// Words, or a code of a table that the bureau may add to.
    Text,
    /// A number on an identity card; masked wherever it is not sealed.
    IdNumber,
    /// A whole number.
    Number,
    /// Money: whole fen, never below nothing.
    Fen,
    /// A moment, milliseconds since 1970.
    Moment,
    /// Telephone numbers, each written plainly or as {number, owner?, relation?}.
    Phones,
    /// People, each by name or by account.
    People,
    /// Whatever its kind makes of it.
    Any,
}

impl Form {
    /// Whether a value has it.
    #[must_use]
    pub fn fits(self, value: &Value) -> bool {
        let text = value.as_str();
        match self {
            _ if value.is_null() => true,
            // One that is blank is missing, which its kind says where it must not be.
            Self::Name => text.is_some_and(|text| text.trim().is_empty() || !name::normalise(text).is_empty()),
            Self::Code => text.is_some_and(is_code),
            Self::Day => value.as_i64().is_some_and(|day| i32::try_from(day).is_ok()),
            Self::Date => text.is_some_and(|text| time::date(text).is_some()),
            Self::Id => text.is_some_and(|text| text.parse::<RecordId>().is_ok()),
            Self::Flag => value.is_boolean(),
            Self::Text | Self::IdNumber => text.is_some(),
            Self::Number | Self::Moment => value.as_i64().is_some(),
            Self::Fen => value.as_i64().is_some_and(|fen| fen >= 0),
            // A list whole, or what comes to it and goes; at rest a mask of it.
            Self::Phones => value.is_array() || value.is_object() || text.is_some(),
            Self::People => value.is_array() || value.is_object(),
            Self::Any => true,
        }
    }

    /// The value as it is kept.
    #[must_use]
    pub fn kept(self, value: Value) -> Value {
        match (self, value) {
            (Self::Name, Value::String(text)) => Value::String(name::normalise(&text)),
            (_, value) => value,
        }
    }
}

/// Codes of tables that the bureau edits: any word in capital letters.
#[must_use]
pub fn is_code(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_')
}
