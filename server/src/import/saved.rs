//! Which column is which in a bureau's own sheets: saved once, used for the next file of the kind.

use bianfang_domain::id::AccountId;
use sqlx::AnyConnection;

use crate::ServerError;
use crate::db::row;
use crate::db::sql::{self, Statement};
use bianfang_sheets::table::{Ledger, Mapping};

/// The saved mapping of a ledger.
///
/// # Errors
/// [`ServerError::Database`], [`ServerError::Row`].
pub async fn get(conn: &mut AnyConnection, county: &str, ledger: Ledger) -> Result<Option<Mapping>, ServerError> {
    let found = Statement::new("select body from import_mapping where county = ")
        .bind(county)
        .then(" and ledger = ")
        .bind(ledger.word())
        .first(conn)
        .await?;
    found.map(|found| row::json(&found, "import_mapping", "body", ledger.word())).transpose()
}

/// Saves it.
///
/// # Errors
/// [`ServerError::Database`].
pub async fn put(
    conn: &mut AnyConnection,
    county: &str,
    mapping: &Mapping,
    (account, now_ms): (AccountId, i64),
) -> Result<(), ServerError> {
    let values = vec![
        county.into(),
        mapping.ledger.word().into(),
        serde_json::to_string(mapping)?.into(),
        now_ms.into(),
        account.to_string().into(),
    ];
    let head = "insert into import_mapping (county, ledger, body, updated_ms, account) values ";
    let tail = " on conflict (county, ledger) do update set body = excluded.body, updated_ms = excluded.updated_ms, \
        account = excluded.account";
    Ok(sql::insert(conn, head, tail, vec![values]).await?)
}
