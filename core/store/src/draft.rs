//! Half-filled forms, kept until they are written or thrown away. They never leave the phone.

use sqlx::{Connection, SqliteConnection};

use crate::error::StoreError;
use crate::open::Store;
use crate::photo;

impl Store {
    /// Keeps a form's state; the same form again replaces it.
    ///
    /// # Errors
    /// Faults of the database.
    pub async fn save_draft(&self, form: &str, json: &str, now_ms: i64) -> Result<(), StoreError> {
        let sql = "insert into draft (form, json, updated_ms) values ($1, $2, $3) \
                   on conflict (form) do update set json = excluded.json, updated_ms = excluded.updated_ms";
        let mut conn = self.writer.lock().await;
        sqlx::query(sql).bind(form).bind(json).bind(now_ms).execute(&mut *conn).await?;
        Ok(())
    }

    /// A form's state.
    ///
    /// # Errors
    /// Faults of the database.
    pub async fn get_draft(&self, form: &str) -> Result<Option<String>, StoreError> {
        let sql = "select json from draft where form = $1";
        Ok(sqlx::query_scalar(sql).bind(form).fetch_optional(&self.readers).await?)
    }

    /// The forms that are half filled, newest first: (form, when it was last touched).
    ///
    /// # Errors
    /// Faults of the database.
    pub async fn drafts(&self) -> Result<Vec<(String, i64)>, StoreError> {
        let sql = "select form, updated_ms from draft order by updated_ms desc, form";
        Ok(sqlx::query_as(sql).fetch_all(&self.readers).await?)
    }

    /// Throws a form away, with its photos.
    ///
    /// # Errors
    /// Faults of files and database.
    pub async fn delete_draft(&self, form: &str) -> Result<(), StoreError> {
        let mut conn = self.writer.lock().await;
        let mut tx = conn.begin_with("begin immediate").await?;
        let gone = delete(&mut tx, form).await?;
        tx.commit().await?;
        self.files.delete_all(&gone)
    }
}

/// Deletes a draft and the rows of photos that no record took; returns their files.
pub(crate) async fn delete(conn: &mut SqliteConnection, form: &str) -> Result<Vec<String>, StoreError> {
    sqlx::query("delete from draft where form = $1").bind(form).execute(&mut *conn).await?;
    photo::delete_unused(conn, form).await
}
