//! Photo bytes coming in, piece by piece or at once, and whether a caller may have them. A receipt says: on disk, hash
//! checked. Knows nothing of HTTP.

pub mod folder;
mod named;
pub mod thumbnail;

use std::collections::BTreeSet;
use std::io;
use std::path::PathBuf;

use bianfang_domain::actor::Actor;
use bianfang_protocol::blob::{BlobResponse, MAX_LENGTH, Receipt};
use sqlx::Row;

use crate::ServerError;
use crate::county::Desk;
use crate::db::sql::{self, Statement, number};
use folder::{Came, Folder, Hash, Whole};

/// Why bytes are not taken or not given.
#[derive(Debug, thiserror::Error)]
pub enum MediaError {
    /// The server's side failed.
    #[error(transparent)]
    Server(#[from] ServerError),
    /// The disk failed or is full.
    #[error("the photo folder failed")]
    File(#[from] io::Error),
    /// Not a SHA-256 in lower-case hex.
    #[error("a blob is named by its SHA-256, 64 digits of lower-case hex")]
    Name,
    /// Nothing, or more than a photo can be.
    #[error("a blob has 1 to {MAX_LENGTH} bytes")]
    Length,
    /// The upload was not begun by this device.
    #[error("no such upload of this device")]
    Unknown,
    /// A gap: go on at the offset that is durable.
    #[error("expected offset {expected}")]
    Offset {
        /// Durable so far.
        expected: u64,
    },
    /// This device announced another length for the same bytes.
    #[error("this upload was begun with {length} bytes")]
    Announced {
        /// At the first time.
        length: u64,
    },
    /// More bytes than were announced.
    #[error("more than the announced {length} bytes")]
    TooLong {
        /// As announced.
        length: u64,
    },
    /// The bytes have another hash: begin again.
    #[error("the bytes have another hash than their name")]
    Hash,
    /// A task was ended before it finished.
    #[error("the work was ended early")]
    Ended(#[from] tokio::task::JoinError),
}

impl From<sqlx::Error> for MediaError {
    fn from(error: sqlx::Error) -> Self {
        Self::Server(error.into())
    }
}

/// The blobs of one county.
#[derive(Clone, Copy)]
pub struct Blobs<'a> {
    /// The county's database and clock.
    pub desk: Desk<'a>,
    /// Its folder.
    pub folder: &'a Folder,
}

struct BlobUpload {
    length: u64,
    stored_ms: Option<i64>,
}

impl Blobs<'_> {
    /// Begins an upload or finds it; its length is fixed then. The receipt comes without bytes only for who already brought
    /// them, or where a record of the caller's divisions gives them ([`named`]): a hash alone must not tell that a photo exists.
    ///
    /// # Errors
    /// [`MediaError`].
    pub async fn create(self, caller: &Actor, sha256: &str, length: u64) -> Result<BlobResponse, MediaError> {
        let hash = Hash::parse(sha256)?;
        if length == 0 || length > MAX_LENGTH {
            return Err(MediaError::Length);
        }
        if let Some(receipt) = self.receipt(caller, &hash).await? {
            return Ok(answer(&hash, receipt.length, receipt.length, Some(receipt)));
        }
        let row = vec![
            self.desk.county.into(),
            hash.as_str().into(),
            caller.installation.to_string().into(),
            length.into(),
            self.desk.now_ms.into(),
        ];
        let mut conn = self.desk.db.pool().acquire().await?;
        let head = "insert into blob (county, sha256, device, length, created_ms) values ";
        let tail = " on conflict (county, sha256, device) do nothing";
        sql::insert(&mut conn, head, tail, vec![row]).await?;
        drop(conn);
        let begun = self.upload(caller, &hash).await?.ok_or(MediaError::Unknown)?;
        if begun.length != length {
            return Err(MediaError::Announced { length: begun.length });
        }
        let offset = self.folder.offset(&hash, caller.installation)?;
        Ok(answer(&hash, offset, length, None))
    }

    /// Adds bytes. The last ones bring the receipt.
    ///
    /// # Errors
    /// [`MediaError`]; what came before stays.
    pub async fn append(
        self,
        caller: &Actor,
        sha256: &str,
        offset: u64,
        bytes: Vec<u8>,
    ) -> Result<BlobResponse, MediaError> {
        let hash = Hash::parse(sha256)?;
        let upload = self.upload(caller, &hash).await?.ok_or(MediaError::Unknown)?;
        if let Some(stored_ms) = upload.stored_ms {
            let receipt = Receipt { sha256: hash.as_str().into(), length: upload.length, stored_ms };
            return Ok(answer(&hash, upload.length, upload.length, Some(receipt)));
        }
        let (folder, name, device) = (self.folder.clone(), hash.clone(), caller.installation);
        let length = upload.length;
        let came = tokio::task::spawn_blocking(move || folder.append(&name, device, (offset, length), &bytes)).await?;
        match came {
            Ok(Came::Part(durable)) => Ok(answer(&hash, durable, length, None)),
            Ok(Came::Whole(whole)) => {
                let receipt = self.store(caller, whole, length).await?;
                Ok(answer(&hash, length, length, Some(receipt)))
            }
            Err(error) => {
                if matches!(error, MediaError::Hash) {
                    // Begun with a wrong name or a wrong length: the next announcement is the first again.
                    self.forget(caller, &hash).await?;
                }
                Err(error)
            }
        }
    }

    /// A whole blob at once.
    ///
    /// # Errors
    /// [`MediaError`].
    pub async fn put(self, caller: &Actor, sha256: &str, bytes: Vec<u8>) -> Result<BlobResponse, MediaError> {
        let begun = self.create(caller, sha256, bytes.len() as u64).await?;
        if begun.receipt.is_some() {
            return Ok(begun);
        }
        self.append(caller, sha256, 0, bytes).await
    }

    /// Where an upload stands.
    ///
    /// # Errors
    /// [`MediaError::Unknown`] when this device never began it.
    pub async fn status(self, caller: &Actor, sha256: &str) -> Result<BlobResponse, MediaError> {
        let hash = Hash::parse(sha256)?;
        let upload = self.upload(caller, &hash).await?.ok_or(MediaError::Unknown)?;
        self.create(caller, sha256, upload.length).await
    }

    /// The file of a whole blob, for who may see it.
    ///
    /// # Errors
    /// [`MediaError::Unknown`] when it is not there or not theirs to see.
    pub async fn read(self, caller: &Actor, sha256: &str) -> Result<PathBuf, MediaError> {
        let hash = Hash::parse(sha256)?;
        self.receipt(caller, &hash).await?.ok_or(MediaError::Unknown)?;
        Ok(self.folder.path(&hash))
    }

    /// Notes that bytes are here, and gives the receipt: the only place where either happens, and only for who can show
    /// that the folder has the whole of them.
    async fn store(self, caller: &Actor, whole: Whole, length: u64) -> Result<Receipt, MediaError> {
        let hash = whole.hash();
        let mut conn = self.desk.db.pool().acquire().await?;
        let noted = Statement::new("update blob set stored_ms = ")
            .bind(self.desk.now_ms)
            .then(" where county = ")
            .bind(self.desk.county)
            .then(" and sha256 = ")
            .bind(hash.as_str())
            .then(" and device = ")
            .bind(caller.installation.to_string())
            .execute(&mut conn)
            .await?;
        if noted == 0 {
            // Forgotten meanwhile by another request of this device: it begins again.
            return Err(MediaError::Unknown);
        }
        Ok(Receipt { sha256: hash.as_str().to_owned(), length, stored_ms: self.desk.now_ms })
    }

    async fn forget(self, caller: &Actor, hash: &Hash) -> Result<(), MediaError> {
        let mut conn = self.desk.db.pool().acquire().await?;
        Statement::new("delete from blob where stored_ms is null and county = ")
            .bind(self.desk.county)
            .then(" and sha256 = ")
            .bind(hash.as_str())
            .then(" and device = ")
            .bind(caller.installation.to_string())
            .execute(&mut conn)
            .await?;
        Ok(())
    }

    async fn upload(self, caller: &Actor, hash: &Hash) -> Result<Option<BlobUpload>, MediaError> {
        let mut conn = self.desk.db.pool().acquire().await?;
        let row = Statement::new("select length, stored_ms from blob where county = ")
            .bind(self.desk.county)
            .then(" and sha256 = ")
            .bind(hash.as_str())
            .then(" and device = ")
            .bind(caller.installation.to_string())
            .first(&mut conn)
            .await?;
        let Some(row) = row else { return Ok(None) };
        Ok(Some(BlobUpload { length: number(row.try_get("length")?), stored_ms: row.try_get("stored_ms")? }))
    }

    async fn receipt(self, caller: &Actor, hash: &Hash) -> Result<Option<Receipt>, MediaError> {
        let mut conn = self.desk.db.pool().acquire().await?;
        let rows = Statement::new("select device, length, stored_ms from blob where county = ")
            .bind(self.desk.county)
            .then(" and sha256 = ")
            .bind(hash.as_str())
            .then(" and stored_ms is not null order by stored_ms, device")
            .all(&mut conn)
            .await?;
        let Some(row) = rows.first() else { return Ok(None) };
        let brought = rows.iter().map(|row| row.try_get("device")).collect::<Result<BTreeSet<String>, _>>()?;
        let own = brought.contains(&caller.installation.to_string());
        if !own && !named::to(&mut conn, self.desk.county, caller, (hash.as_str(), &brought)).await? {
            return Ok(None);
        }
        let (length, stored_ms) = (number(row.try_get("length")?), row.try_get("stored_ms")?);
        Ok(Some(Receipt { sha256: hash.as_str().to_owned(), length, stored_ms }))
    }
}

fn answer(hash: &Hash, offset: u64, length: u64, receipt: Option<Receipt>) -> BlobResponse {
    BlobResponse { sha256: hash.as_str().to_owned(), offset, length, token: None, receipt }
}
