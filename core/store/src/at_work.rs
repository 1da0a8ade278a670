//! Who writes here on a day: the account with the divisions of its own staff record. The record is kept apart, because it
//! leaves the phone together with the divisions that it takes away.

use bianfang_domain::actor::Actor;
use bianfang_domain::kind::{actor_on, staff_id};
use bianfang_domain::record::Record;
use bianfang_domain::time::Day;
use sqlx::SqliteConnection;

use crate::error::StoreError;
use crate::meta::{self, MetaKey};
use crate::open::Store;
use crate::read;

/// The account and what is known of its work.
pub(crate) struct Writer {
    actor: Actor,
    staff: Option<Record>,
}

impl Writer {
    /// As kept here; None before the enrolment.
    pub(crate) async fn get(conn: &mut SqliteConnection) -> Result<Option<Self>, StoreError> {
        let Some(actor) = meta::get::<Actor>(conn, MetaKey::Actor).await? else { return Ok(None) };
        let kept: Option<Record> = meta::get(conn, MetaKey::Staff).await?;
        let staff = match kept {
            Some(staff) => Some(staff),
            // Pulled by a version that did not keep it apart.
            None => read::mirrored(conn, &[staff_id(actor.account)].into()).await?.pop(),
        };
        Ok(Some(Self { actor, staff }))
    }

    /// With the divisions of a day; none while not at work.
    pub(crate) fn on(&self, day: Day) -> Actor {
        actor_on(&self.actor, self.staff.as_ref(), day)
    }
}

/// Keeps a record that came down if it is the account's own staff record.
pub(crate) async fn note(conn: &mut SqliteConnection, record: &Record) -> Result<(), StoreError> {
    if record.kind != "staff" {
        return Ok(());
    }
    let actor: Option<Actor> = meta::get(conn, MetaKey::Actor).await?;
    if actor.is_some_and(|actor| staff_id(actor.account) == record.id) {
        meta::set(conn, MetaKey::Staff, record).await?;
    }
    Ok(())
}

impl Store {
    /// Who writes here on a day, with the divisions of that day; None before the enrolment.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] and faults of the database.
    pub async fn actor_on(&self, day: Day) -> Result<Option<Actor>, StoreError> {
        Ok(Writer::get(&mut *self.writer.lock().await).await?.map(|writer| writer.on(day)))
    }
}
