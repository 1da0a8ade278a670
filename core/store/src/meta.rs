//! Single values of the store, kept as JSON.

use serde::Serialize;
use serde::de::DeserializeOwned;
use sqlx::SqliteConnection;

use crate::error::StoreError;
use crate::open::Store;

/// Which value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MetaKey {
    /// [`bianfang_domain::actor::Actor`]: who writes here, under which installation.
    Actor,
    /// The staff record of the account ([`bianfang_domain::kind::staff_id`]), kept also after it left with its divisions.
    Staff,
    /// What the screens show of account and county; the caller's form.
    Profile,
    /// [`bianfang_protocol::enrol::Tokens`].
    Tokens,
    /// Text: where the last pull ended.
    Cursor,
    /// Text: the server's epoch at the last contact.
    Epoch,
    /// [`bianfang_domain::clock::PhoneClock`] when the store last wrote, or the phone began.
    Clock,
    /// Text: the county's public key, base64.
    SealKey,
    /// Integer: when the last pull reached its end, UTC milliseconds of the phone.
    LastSyncMs,
    /// Integer: the number of the last op.
    LastSeq,
    /// Integer: counts the pulls from the beginning.
    Pull,
    /// Boolean: a pull from the beginning has begun and not ended.
    Sweeping,
    /// Text: the DDL the projections were made with.
    Projections,
    /// List of text: the projection tables that exist.
    ProjectionTables,
}

impl MetaKey {
    fn text(self) -> &'static str {
        match self {
            Self::Actor => "actor",
            Self::Staff => "staff",
            Self::Profile => "profile",
            Self::Tokens => "tokens",
            Self::Cursor => "cursor",
            Self::Epoch => "epoch",
            Self::Clock => "clock",
            Self::SealKey => "seal_key",
            Self::LastSyncMs => "last_sync_ms",
            Self::LastSeq => "last_seq",
            Self::Pull => "pull",
            Self::Sweeping => "sweeping",
            Self::Projections => "projections",
            Self::ProjectionTables => "projection_tables",
        }
    }
}

pub(crate) async fn get<T: DeserializeOwned>(
    conn: &mut SqliteConnection,
    key: MetaKey,
) -> Result<Option<T>, StoreError> {
    let text: Option<String> =
        sqlx::query_scalar("select value from meta where key = $1").bind(key.text()).fetch_optional(conn).await?;
    text.map(|text| serde_json::from_str(&text).map_err(|_| StoreError::corrupt("meta.value", key.text()))).transpose()
}

pub(crate) async fn set<T: Serialize>(conn: &mut SqliteConnection, key: MetaKey, value: &T) -> Result<(), StoreError> {
    let text = serde_json::to_string(value).map_err(|_| StoreError::corrupt("meta.value", key.text()))?;
    sqlx::query("insert into meta (key, value) values ($1, $2) on conflict (key) do update set value = excluded.value")
        .bind(key.text())
        .bind(text)
        .execute(conn)
        .await?;
    Ok(())
}

pub(crate) async fn clear(conn: &mut SqliteConnection, key: MetaKey) -> Result<(), StoreError> {
    sqlx::query("delete from meta where key = $1").bind(key.text()).execute(conn).await?;
    Ok(())
}

impl Store {
    /// Reads a value. The writer reads it, so that what was just set is seen.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] where the stored value has another form.
    pub async fn value<T: DeserializeOwned>(&self, key: MetaKey) -> Result<Option<T>, StoreError> {
        get(&mut *self.writer.lock().await, key).await
    }

    /// Keeps a value; durable when it returns.
    ///
    /// # Errors
    /// [`StoreError::Full`] and other faults of the database.
    pub async fn set_value<T: Serialize + Sync>(&self, key: MetaKey, value: &T) -> Result<(), StoreError> {
        set(&mut *self.writer.lock().await, key, value).await
    }

    /// Forgets a value.
    ///
    /// # Errors
    /// Faults of the database.
    pub async fn clear_value(&self, key: MetaKey) -> Result<(), StoreError> {
        clear(&mut *self.writer.lock().await, key).await
    }
}
