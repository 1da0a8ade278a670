//! `init`: a county with its keys, its own division and its first administrator; and, the first time, the server's CA and signing key.

use std::path::Path;

use bianfang_domain::actor::Role;
use bianfang_domain::document::Document;
use bianfang_domain::id::{AccountId, RecordId};
use serde_json::json;

use crate::auth::token;
use crate::clock::{Clock, Random, bytes};
use crate::commands::user::{self, NewUser};
use crate::county::Desk;
use crate::county::keys::CountyKeys;
use crate::db::Db;
use crate::db::county::{self, County};
use crate::import::{Batch, division_id};
use crate::{ServerError, pki};

/// A county to make.
pub struct NewCounty<'a> {
    /// Six digits (GB/T 2260).
    pub code: &'a str,
    /// 县名
    pub name: &'a str,
}

/// Makes folder, CA and signing key unless they are there. Call it before the database is opened: it lies in the folder.
///
/// # Errors
/// [`ServerError::File`], [`ServerError::Certificate`].
pub fn prepare(data_dir: &Path, now_ms: i64) -> Result<(), ServerError> {
    crate::files::create_private_dir(data_dir)?;
    pki::create(data_dir, now_ms)?;
    token::create_key(data_dir)
}

/// Adds the county with its keys and its first administrator, a SYS_ADMIN.
///
/// # Errors
/// [`ServerError::CountyCode`], [`ServerError::CountyExists`], [`ServerError::PasswordShort`].
pub async fn init(
    data_dir: &Path,
    db: &Db,
    (clock, random): (&dyn Clock, &dyn Random),
    new: &NewCounty<'_>,
    (login, name, password): (&str, &str, &str),
) -> Result<(), ServerError> {
    if new.code.len() != 6 || !new.code.bytes().all(|b| b.is_ascii_digit()) {
        return Err(ServerError::CountyCode(new.code.to_owned()));
    }
    // Everything that can fail for what was typed fails before something is written.
    let admin = NewUser { login, name, role: Role::SysAdmin, scope: vec![county_division(new.code)], password };
    let hash = user::hash(password, random).await?;
    if county::get(db.pool(), new.code).await?.is_some() {
        return Err(ServerError::CountyExists(new.code.to_owned()));
    }
    let keys = match CountyKeys::load(data_dir, new.code) {
        // Left by an init that ended before its county was written: nothing was sealed to them yet, but keep them.
        Ok(keys) => keys,
        Err(ServerError::NotInitialized(_)) => CountyKeys::create(data_dir, new.code, random)?,
        Err(error) => return Err(error),
    };
    let county = County {
        code: new.code.to_owned(),
        name: new.name.to_owned(),
        epoch: hex::encode(bytes::<8>(random)),
        seal_public: keys.seal_public_base64(),
    };
    let now_ms = clock.now_ms();
    county::insert(db, &county, now_ms).await?;
    let mut write = db.begin(&county.code, now_ms).await?;
    write.audit("system", "INIT", &json!({ "name": county.name, "epoch": county.epoch })).await?;
    let founder = user::insert(&mut write, &admin, hash, random).await?;
    write.commit().await?;
    let desk = Desk { db, county: &county.code, keys: &keys, random, now_ms };
    found(desk, founder, new.name).await
}

/// The county's own division, on which every grant and every other division hangs. Nobody can have the right to it before
/// it is there, so it is written as the county's own act under the first account.
async fn found(desk: Desk<'_>, founder: AccountId, name: &str) -> Result<(), ServerError> {
    let id = division_id(desk.county, desk.county);
    let mut batch = Batch::begin(desk, (founder, Role::SectionClerk, vec![id]), "init").await?;
    let mut fields = Document::new();
    fields.insert("name".to_owned(), json!(name));
    fields.insert("level".to_owned(), json!("COUNTY"));
    fields.insert("code12".to_owned(), json!(desk.county));
    batch.record(("division", id), fields);
    batch.write().await
}

/// The division of the county as a whole.
#[must_use]
pub fn county_division(code: &str) -> RecordId {
    division_id(code, code)
}
