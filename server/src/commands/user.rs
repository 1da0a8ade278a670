//! `user add`: an account.

use bianfang_domain::actor::Role;
use bianfang_domain::document::Document;
use bianfang_domain::id::{AccountId, RecordId};
use bianfang_domain::kind::staff_id;
use serde_json::json;

use crate::ServerError;
use crate::auth::password::Passwords;
use crate::clock::{Clock, Random, new_uuid};
use crate::county::Desk;
use crate::county::keys::CountyKeys;
use crate::county::tree::Tree;
use crate::db::Db;
use crate::db::account::{self, Account};
use crate::db::write::CountyWrite;
use crate::import::{Batch, division_id};
use crate::role;

/// An account to make.
pub struct NewUser<'a> {
    /// What is typed to sign in.
    pub login: &'a str,
    /// The name shown.
    pub name: &'a str,
    /// The role.
    pub role: Role,
    /// Granted divisions.
    pub scope: Vec<RecordId>,
    /// In the clear, for as long as this takes.
    pub password: &'a str,
}

/// The hash of a password.
///
/// # Errors
/// [`ServerError::PasswordShort`].
pub(super) async fn hash(password: &str, random: &dyn Random) -> Result<String, ServerError> {
    Passwords::new().hash(password, random).await
}

pub(super) async fn insert(
    write: &mut CountyWrite,
    new: &NewUser<'_>,
    password_hash: String,
    random: &dyn Random,
) -> Result<AccountId, ServerError> {
    let (county, now_ms) = (write.county().to_owned(), write.now_ms());
    let account = Account {
        id: new_uuid(now_ms, random),
        login: new.login.to_owned(),
        name: new.name.to_owned(),
        role: new.role,
        scope: new.scope.clone(),
        password_hash,
        active: true,
        failed_count: 0,
        locked_until_ms: 0,
    };
    account::insert(write.conn(), &county, &account, now_ms).await?;
    let detail = json!({
        "account": account.id, "login": account.login, "role": role::code(account.role), "scope": account.scope,
    });
    write.audit("system", "USER_ADD", &detail).await?;
    Ok(account.id)
}

/// Adds the account and, with the county's keys at hand, its staff record. Who administers accounts does so in the whole
/// county where no division is named.
///
/// # Errors
/// [`ServerError::LoginTaken`], [`ServerError::PasswordShort`], [`ServerError::CountyUnknown`].
pub async fn add(
    db: &Db,
    (clock, random): (&dyn Clock, &dyn Random),
    (county, keys): (&str, Option<&CountyKeys>),
    new: &NewUser<'_>,
) -> Result<AccountId, ServerError> {
    let hash = hash(new.password, random).await?;
    let mut scope = new.scope.clone();
    if scope.is_empty() && new.role == Role::SysAdmin {
        scope.push(division_id(county, county));
    }
    let new = &NewUser { scope, ..*new };
    let mut write = db.begin(county, clock.now_ms()).await?;
    let id = insert(&mut write, new, hash, random).await?;
    write.commit().await?;
    let keys = match keys {
        Some(keys) if !new.scope.is_empty() => keys,
        _ => return Ok(id),
    };
    let desk = Desk { db, county, keys, random, now_ms: clock.now_ms() };
    hire(desk, id, new).await?;
    Ok(id)
}

/// Writes the staff record: name, role and divisions from today on, as whoever administers the whole county's accounts.
async fn hire(desk: Desk<'_>, account: AccountId, new: &NewUser<'_>) -> Result<(), ServerError> {
    let whole = division_id(desk.county, desk.county);
    let mut batch = Batch::begin(desk, (account, Role::SysAdmin, vec![whole]), "user add").await?;
    let fields = json!({
        "account": account, "name": new.name, "role": role::code(new.role), "division": whole, "divisions": new.scope,
    });
    let fields = if let serde_json::Value::Object(fields) = fields { fields } else { Document::new() };
    batch.record(("staff", staff_id(account)), fields);
    batch.write().await
}

/// The divisions of these names; `township/village` where a name stands for several.
///
/// # Errors
/// [`ServerError::DivisionName`] for a name of none or several.
pub async fn divisions(db: &Db, county: &str, names: &[String]) -> Result<Vec<RecordId>, ServerError> {
    let tree = Tree::load(&mut *db.pool().acquire().await?, county).await?;
    let one = |name: &String| match tree.named(name).as_slice() {
        [id] => Ok(*id),
        _ => Err(ServerError::DivisionName(name.clone())),
    };
    names.iter().map(one).collect()
}
