//! Whose phone this is: enrolling, signing in again, and the divisions it covers.

use bianfang_domain::actor::Actor;
use bianfang_domain::clock::LONGEST_MEASUREMENT_MS;
use bianfang_domain::document::{id_in, text_in};
use bianfang_domain::id::RecordId;
use bianfang_domain::record::Record;
use bianfang_domain::time::Day;
use bianfang_protocol::enrol::{EnrolResponse, Invitation};
use bianfang_store::{MetaKey, Store};
use bianfang_sync::MeasuredClock;

use crate::account::{KeptProfile, PhoneAccount};
use crate::error::ClientError;
use crate::phone::Phone;
use crate::view::{DivisionLine, ProfileView};

impl Phone {
    /// Redeems an invitation (the JSON of its QR: `{url, code, ca}`); `device` describes the phone in the list of devices.
    /// On an enrolled phone it signs in again and keeps everything.
    ///
    /// # Errors
    /// [`ClientError::Invalid`] (field `invitation`: not readable, used, expired, of another account; field `server`: not the
    /// server of the invitation; field `clock`: the phone's date is wrong), [`ClientError::Offline`], [`ClientError::OutOfDate`].
    pub async fn enrol(&self, invitation: &str, device: &str) -> Result<ProfileView, ClientError> {
        let _session = self.session.try_lock().map_err(|_| crate::synchronize::busy())?;
        let store = self.store().await?;
        let invitation: Invitation = serde_json::from_str(invitation.trim()).map_err(|_| unreadable())?;
        let mut kept = KeptProfile::get_or_insert(&store, &*self.host).await?;
        let sent_ms = self.clock.device().steady_ms;
        let clock = self.clock.reader();
        let answer = bianfang_sync::enrol(&invitation, device, platform(), kept.installation, clock).await?;
        let round_trip_ms = self.clock.device().steady_ms - sent_ms;
        let before: Option<Actor> = store.value(MetaKey::Actor).await?;
        if before.is_some_and(|before| before.account != answer.account) {
            return Err(ClientError::invalid(
                "invitation",
                "这个二维码属于另一个账号。每个账号在手机上有自己的资料库。",
                "This code is another account's. Each account has a store of its own on the phone.",
            ));
        }
        if (0..LONGEST_MEASUREMENT_MS).contains(&round_trip_ms) {
            let steady_ms = sent_ms + round_trip_ms / 2;
            let measured = MeasuredClock { server_ms: answer.server_ms, steady_ms, round_trip_ms };
            self.clock.heard(&store, measured).await?;
        }
        keep(&store, &answer, &mut kept, invitation).await?;
        self.profile_of(&store).await?.ok_or(ClientError::SignedOut)
    }

    /// Whose phone this is; None before the enrolment.
    ///
    /// # Errors
    /// [`ClientError::Locked`].
    pub async fn profile(&self) -> Result<Option<ProfileView>, ClientError> {
        self.profile_of(&*self.store().await?).await
    }

    /// The divisions this phone covers, in tree order.
    ///
    /// # Errors
    /// [`ClientError::Locked`].
    pub async fn divisions(&self) -> Result<Vec<DivisionLine>, ClientError> {
        let store = self.store().await?;
        let scope = self.scope(&store).await?;
        Ok(covered(&store.list("division").await?, &scope))
    }

    async fn profile_of(&self, store: &Store) -> Result<Option<ProfileView>, ClientError> {
        let account = KeptProfile::get(store).await?.and_then(|kept| kept.account);
        let actor = self.actor(store).await?;
        let Some((account, actor)) = account.zip(actor) else { return Ok(None) };
        let role = serde_json::to_value(actor.role).ok().and_then(|role| role.as_str().map(str::to_owned));
        let divisions = covered(&store.list("division").await?, &actor.scope);
        Ok(Some(ProfileView {
            name: account.name,
            role: role.unwrap_or_default(),
            county: account.county_name,
            at_work: actor.is_at_work(),
            divisions,
        }))
    }
}

/// The account counts as kept with the last of these: a phone that dies between them enrols again with the same code.
async fn keep(
    store: &Store,
    answer: &EnrolResponse,
    kept: &mut KeptProfile,
    from: Invitation,
) -> Result<(), ClientError> {
    let actor = Actor {
        account: answer.account,
        role: answer.role,
        scope: answer.scope.clone(),
        installation: kept.installation,
    };
    store.set_value(MetaKey::Actor, &actor).await?;
    store.set_value(MetaKey::SealKey, &answer.seal_key).await?;
    store.set_value(MetaKey::Tokens, &answer.tokens).await?;
    kept.account = Some(PhoneAccount {
        url: from.url,
        ca: from.ca,
        name: answer.name.clone(),
        county: answer.county.clone(),
        county_name: answer.county_name.clone(),
    });
    kept.signed_out = false;
    kept.put(store).await
}

fn platform() -> &'static str {
    match std::env::consts::OS {
        "android" => "android",
        "ios" => "ios",
        _ => "test",
    }
}

pub(crate) fn unreadable() -> ClientError {
    ClientError::invalid(
        "invitation",
        "二维码内容无法识别，请让管理员重新生成。",
        "This code cannot be read: ask the administrator for a new one.",
    )
}

impl Phone {
    /// Who works here today, with the divisions of their staff record; None before the enrolment.
    pub(crate) async fn actor(&self, store: &Store) -> Result<Option<Actor>, ClientError> {
        Ok(store.actor_on(Day::of(self.now_ms())).await?)
    }

    /// Today's divisions; none before the enrolment and while not at work.
    pub(crate) async fn scope(&self, store: &Store) -> Result<Vec<RecordId>, ClientError> {
        Ok(self.actor(store).await?.map(|actor| actor.scope).unwrap_or_default())
    }
}

/// The granted divisions and everything below them, each before its own; by code where there is one, else by name.
fn covered(divisions: &[Record], scope: &[RecordId]) -> Vec<DivisionLine> {
    let mut sorted: Vec<&Record> = divisions.iter().collect();
    let key = |record: &Record| {
        let text = |field| text_in(&record.doc, field).map(str::to_owned);
        (text("code12"), text("name"), record.id)
    };
    sorted.sort_by_key(|record| key(record));
    let mut rows = Vec::new();
    let tops: Vec<&Record> = sorted.iter().copied().filter(|record| scope.contains(&record.id)).collect();
    for top in tops {
        add(&sorted, top, &mut rows);
    }
    rows
}

fn add(sorted: &[&Record], division: &Record, rows: &mut Vec<DivisionLine>) {
    let id = division.id.to_string();
    // A grant below another grant comes once; and a broken tree does not turn in a circle.
    if rows.iter().any(|row| row.id == id) {
        return;
    }
    let text = |field| text_in(&division.doc, field).unwrap_or_default().to_owned();
    rows.push(DivisionLine { id, name: text("name"), level: text("level") });
    for below in sorted.iter().filter(|record| id_in(&record.doc, "parent") == Some(division.id)) {
        add(sorted, below, rows);
    }
}
