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

/// The saved mapping with what is said of some headers now: a column by its title or key, nothing for one that is none of the
/// ledger's. It is saved with them.
///
/// # Errors
/// Those of [`get`]; [`ServerError::ImportColumn`] for a column that the ledger has not.
pub async fn add(
    conn: &mut AnyConnection,
    county: &str,
    (ledger, said): (Ledger, &[(String, String)]),
    by: (AccountId, i64),
) -> Result<Option<Mapping>, ServerError> {
    let known = get(conn, county, ledger).await?;
    if said.is_empty() {
        return Ok(known);
    }
    let mut mapping = known.unwrap_or(Mapping { ledger, columns: Vec::new() });
    for (header, column) in said {
        let table = ledger.table();
        let found = table.columns.iter().find(|field| [field.key, field.title].contains(&column.as_str()));
        let found = found.or_else(|| table.called(column)).map(|field| field.key);
        let key = found.or(column.is_empty().then_some("")).ok_or_else(|| ServerError::ImportColumn(column.clone()))?;
        mapping.columns.retain(|(known, _)| known != header);
        mapping.columns.push((header.clone(), key.to_owned()));
    }
    put(conn, county, &mapping, by).await?;
    Ok(Some(mapping))
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
