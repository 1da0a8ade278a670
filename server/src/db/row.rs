//! Reading a row's text back into what it means. A value no version of the program writes names table, column and row.

use std::str::FromStr;

use sqlx::Row;
use sqlx::any::AnyRow;

use crate::ServerError;

/// A column's text, parsed.
pub fn parse<T: FromStr>(row: &AnyRow, table: &'static str, column: &'static str, key: &str) -> Result<T, ServerError> {
    let text: String = row.try_get(column)?;
    text.parse().map_err(|_| ServerError::Row { table, column, key: key.to_owned() })
}

/// A column's JSON, parsed.
pub fn json<T: serde::de::DeserializeOwned>(
    row: &AnyRow,
    table: &'static str,
    column: &'static str,
    key: &str,
) -> Result<T, ServerError> {
    let text: String = row.try_get(column)?;
    serde_json::from_str(&text).map_err(|_| ServerError::Row { table, column, key: key.to_owned() })
}
