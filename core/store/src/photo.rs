//! The rows of photo files: whose they are, and which of them the server must still get.

use std::collections::BTreeSet;

use bianfang_domain::id::RecordId;
use bianfang_protocol::blob::Receipt;
use sqlx::sqlite::SqliteRow;
use sqlx::{Connection, Row, SqliteConnection};

use crate::error::{FileFault, StoreError};
use crate::file::StoreFile;
use crate::open::Store;
use crate::write::NewPhoto;
use crate::{acknowledge, overlay, read};

/// What a file is of its photo.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PhotoRole {
    /// As it came from the camera.
    Original,
    /// The evidence copy that is sent.
    Copy,
    /// For lists on the phone; never sent.
    Thumb,
}

/// A photo file of a record or draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredPhoto {
    /// The file.
    pub stored: StoreFile,
    /// What it is of its photo.
    pub role: PhotoRole,
    /// The server must get it.
    pub owed: bool,
    /// Bytes the server has for certain.
    pub sent: u64,
    /// The server's receipt.
    pub receipt: Option<Receipt>,
    /// Why the server will not take it, in the caller's form.
    pub fault: Option<String>,
}

/// Content without a receipt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwedContent {
    /// SHA-256, hex.
    pub sha256: String,
    /// Bytes.
    pub length: u64,
    /// Bytes the server has for certain.
    pub sent: u64,
}

impl PhotoRole {
    fn text(self) -> &'static str {
        match self {
            Self::Original => "ORIGINAL",
            Self::Copy => "COPY",
            Self::Thumb => "THUMB",
        }
    }
}

impl Store {
    /// Keeps a file that was just written, for a form that is being filled.
    ///
    /// # Errors
    /// Faults of the database. The file then has no row and is removed by a later opening.
    pub async fn keep_photo(
        &self,
        form: &str,
        role: PhotoRole,
        file: &StoreFile,
        now_ms: i64,
    ) -> Result<(), StoreError> {
        let sql = "insert into photo_file (name, key, sha256, length, role, draft, written_ms) \
                   values ($1, $2, $3, $4, $5, $6, $7)";
        let mut conn = self.writer.lock().await;
        sqlx::query(sql)
            .bind(&file.name)
            .bind(file.key.as_slice())
            .bind(&file.sha256)
            .bind(i64::try_from(file.length).unwrap_or(i64::MAX))
            .bind(role.text())
            .bind(form)
            .bind(now_ms)
            .execute(&mut *conn)
            .await?;
        Ok(())
    }

    /// The files of a photo record.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] and faults of the database.
    pub async fn photos_of(&self, record: RecordId) -> Result<Vec<StoredPhoto>, StoreError> {
        let rows = sqlx::query("select * from photo_file where record = $1 order by written_ms, name")
            .bind(record.to_string())
            .fetch_all(&self.readers)
            .await?;
        rows.iter().map(row).collect()
    }

    /// The files of a form that is being filled.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] and faults of the database.
    pub async fn photos_in_draft(&self, form: &str) -> Result<Vec<StoredPhoto>, StoreError> {
        let rows =
            sqlx::query("select * from photo_file where draft = $1 and record is null order by written_ms, name")
                .bind(form)
                .fetch_all(&self.readers)
                .await?;
        rows.iter().map(row).collect()
    }

    /// The files of a photo record, or of all photo records that speak of this one: each with its record.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] and faults of the database.
    pub async fn photos_about(&self, record: RecordId) -> Result<Vec<(RecordId, StoredPhoto)>, StoreError> {
        let sql = "select * from photo_file where record = $1 \
                   or record in (select fact from record_subject where subject = $1) order by written_ms, name";
        let rows = sqlx::query(sql).bind(record.to_string()).fetch_all(&self.readers).await?;
        rows.iter().map(row_with_record).collect()
    }

    /// Files of records that cannot be sent, newest first, each with its record.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] and faults of the database.
    pub async fn faulty_photos(&self) -> Result<Vec<(RecordId, StoredPhoto)>, StoreError> {
        let sql = "select * from photo_file indexed by photo_file_fault \
                   where fault is not null and state <> 'RECEIPT' and record is not null \
                   order by written_ms desc, name";
        sqlx::query(sql).fetch_all(&self.readers).await?.iter().map(row_with_record).collect()
    }

    /// Takes files out of a form that is being filled; those that a record has stay.
    ///
    /// # Errors
    /// Faults of files and database.
    pub async fn drop_photos(&self, form: &str, names: &[String]) -> Result<(), StoreError> {
        let list = serde_json::to_string(names).map_err(|_| StoreError::corrupt("photo_file.name", form))?;
        let sql = "delete from photo_file where draft = $1 and record is null \
                   and name in (select value from json_each($2)) returning name";
        let mut conn = self.writer.lock().await;
        let gone: Vec<String> = sqlx::query_scalar(sql).bind(form).bind(list).fetch_all(&mut *conn).await?;
        self.files.delete_all(&gone)
    }

    /// Content the server must still get, each once: evidence copies before originals, oldest first. Content with a fault
    /// comes last: it is tried again, but holds up nothing.
    ///
    /// # Errors
    /// Faults of the database.
    pub async fn owed(&self) -> Result<Vec<OwedContent>, StoreError> {
        // Without the name SQLite reads all files in the order of the groups.
        let sql = "select sha256, max(length), max(sent) \
                   from photo_file indexed by photo_file_waiting where owed = 1 and state <> 'RECEIPT' group by sha256 order by max(fault is not null), min(role = 'ORIGINAL'), min(written_ms), sha256";
        let rows: Vec<(String, i64, i64)> = sqlx::query_as(sql).fetch_all(&self.readers).await?;
        let owed = |(sha256, length, sent): (String, i64, i64)| OwedContent {
            sha256,
            length: length.unsigned_abs(),
            sent: sent.unsigned_abs(),
        };
        Ok(rows.into_iter().map(owed).collect())
    }

    /// Plain bytes of content, exactly `length` of them.
    ///
    /// # Errors
    /// [`StoreError::File`] where the file is missing, torn, altered or shorter.
    pub async fn piece(&self, sha256: &str, offset: u64, length: u64) -> Result<Vec<u8>, StoreError> {
        let sql = "select * from photo_file where sha256 = $1 order by owed desc, name limit 1";
        let found = sqlx::query(sql).bind(sha256).fetch_optional(&self.readers).await?;
        let missing = || StoreError::File { name: sha256.to_owned(), fault: FileFault::Missing };
        let file = row(&found.ok_or_else(missing)?)?.stored;
        let files = self.files.clone();
        let reading = tokio::task::spawn_blocking(move || files.read(&file, offset, length));
        reading.await.map_err(|error| StoreError::Io(std::io::Error::other(error)))?
    }

    /// The server has so many bytes for certain.
    ///
    /// # Errors
    /// Faults of the database.
    pub async fn sending(&self, sha256: &str, offset: u64) -> Result<(), StoreError> {
        let sql = "update photo_file set state = 'SENDING', sent = $2 where sha256 = $1 and state <> 'RECEIPT'";
        let mut conn = self.writer.lock().await;
        let offset = i64::try_from(offset).unwrap_or(i64::MAX);
        sqlx::query(sql).bind(sha256).bind(offset).execute(&mut *conn).await?;
        Ok(())
    }

    /// The server has the bytes, on disk and checked. Hidden records that only waited for it leave the phone.
    ///
    /// # Errors
    /// Faults of files and database.
    pub async fn receipt(&self, receipt: &Receipt) -> Result<(), StoreError> {
        let json =
            serde_json::to_string(receipt).map_err(|_| StoreError::corrupt("photo_file.receipt", &receipt.sha256))?;
        let mut conn = self.writer.lock().await;
        let mut tx = conn.begin_with("begin immediate").await?;
        let sql = "update photo_file set state = 'RECEIPT', sent = length, receipt = $2, receipt_ms = $3, fault = null \
                   where sha256 = $1 and length = $4";
        sqlx::query(sql)
            .bind(&receipt.sha256)
            .bind(json)
            .bind(receipt.stored_ms)
            .bind(i64::try_from(receipt.length).unwrap_or(i64::MAX))
            .execute(&mut *tx)
            .await?;
        let mut changed = BTreeSet::new();
        let gone = acknowledge::release(&mut tx, &mut changed).await?;
        overlay::refresh(&mut tx, &changed).await?;
        tx.commit().await?;
        self.files.delete_all(&gone)
    }

    /// The server will not take it. It stays owed and on the phone; `fault` is the reason in the caller's form.
    ///
    /// # Errors
    /// Faults of the database.
    pub async fn photo_fault(&self, sha256: &str, fault: &str) -> Result<(), StoreError> {
        let mut conn = self.writer.lock().await;
        let sql = "update photo_file set fault = $2 where sha256 = $1 and state <> 'RECEIPT'";
        sqlx::query(sql).bind(sha256).bind(fault).execute(&mut *conn).await?;
        Ok(())
    }
}

fn row_with_record(of: &SqliteRow) -> Result<(RecordId, StoredPhoto), StoreError> {
    Ok((read::id_from(of.try_get("record")?)?, row(of)?))
}

fn row(row: &SqliteRow) -> Result<StoredPhoto, StoreError> {
    let name: String = row.try_get("name")?;
    let key: Vec<u8> = row.try_get("key")?;
    let key = key.try_into().map_err(|_| StoreError::corrupt("photo_file.key", &name))?;
    let receipt: Option<String> = row.try_get("receipt")?;
    let receipt = receipt.map(|json| serde_json::from_str(&json)).transpose();
    Ok(StoredPhoto {
        role: match row.try_get("role")? {
            "COPY" => PhotoRole::Copy,
            "THUMB" => PhotoRole::Thumb,
            _ => PhotoRole::Original,
        },
        owed: row.try_get::<i64, _>("owed")? != 0,
        sent: row.try_get::<i64, _>("sent")?.unsigned_abs(),
        receipt: receipt.map_err(|_| StoreError::corrupt("photo_file.receipt", &name))?,
        fault: row.try_get("fault")?,
        stored: StoreFile {
            key,
            sha256: row.try_get("sha256")?,
            length: row.try_get::<i64, _>("length")?.unsigned_abs(),
            name,
        },
    })
}

/// Gives a draft's file to its record. Content the server already acknowledged is not owed again.
pub(crate) async fn attach(conn: &mut SqliteConnection, photo: &NewPhoto) -> Result<(), StoreError> {
    let sql = "update photo_file set record = $2, owed = $3, draft = null where name = $1 and record is null";
    let done = sqlx::query(sql)
        .bind(&photo.name)
        .bind(photo.record.to_string())
        .bind(i64::from(photo.owed))
        .execute(conn)
        .await?;
    match done.rows_affected() {
        1 => Ok(()),
        _ => Err(StoreError::File { name: photo.name.clone(), fault: FileFault::Missing }),
    }
}

pub(crate) async fn names(conn: &mut SqliteConnection) -> Result<BTreeSet<String>, StoreError> {
    let names: Vec<String> = sqlx::query_scalar("select name from photo_file").fetch_all(conn).await?;
    Ok(names.into_iter().collect())
}

/// Deletes the rows of records (a JSON list of ids); returns their files.
pub(crate) async fn delete_of(conn: &mut SqliteConnection, records: &str) -> Result<Vec<String>, StoreError> {
    let sql = "delete from photo_file where record in (select value from json_each($1)) returning name";
    Ok(sqlx::query_scalar(sql).bind(records).fetch_all(conn).await?)
}

/// Deletes the rows of a draft that no record took; returns their files.
pub(crate) async fn delete_unused(conn: &mut SqliteConnection, form: &str) -> Result<Vec<String>, StoreError> {
    let sql = "delete from photo_file where draft = $1 and record is null returning name";
    Ok(sqlx::query_scalar(sql).bind(form).fetch_all(conn).await?)
}

/// Receipts the server gave from a moment on, and those for photos whose op it lost (a JSON list of records), count no
/// more: it was restored to before.
pub(crate) async fn forget_receipts(conn: &mut SqliteConnection, since_ms: i64, lost: &str) -> Result<(), StoreError> {
    let sql = "update photo_file set state = 'WAITING', sent = 0, receipt = null, receipt_ms = null \
               where receipt_ms >= $1 or record in (select value from json_each($2))";
    sqlx::query(sql).bind(since_ms).bind(lost).execute(conn).await?;
    Ok(())
}
