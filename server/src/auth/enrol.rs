//! Enrolling a phone with a one-time code.

use bianfang_domain::id::AccountId;
use bianfang_protocol::enrol::{EnrolRequest, EnrolResponse};
use serde_json::json;

use crate::ServerError;
use crate::auth::refresh::GRACE_MS;
use crate::auth::{AuthError, Gate, secret, sign_in};
use crate::clock::Random;
use crate::db::installation::{self, Installation, InstallationKind};
use crate::db::write::CountyWrite;
use crate::db::{account, county, enrol_code, refresh_token, staff};

const HOUR_MS: i64 = 3_600_000;
const DAY_MS: i64 = 24 * HOUR_MS;

/// Makes a one-time code for an account inside a writing transaction and notes it in the audit log.
///
/// # Errors
/// [`ServerError::Database`].
pub async fn new_code(
    write: &mut CountyWrite,
    account: AccountId,
    hours: u32,
    actor: &str,
    random: &dyn Random,
) -> Result<String, ServerError> {
    let (county, now_ms) = (write.county().to_owned(), write.now_ms());
    let code = secret::new_code(&county, random);
    let life = (now_ms, now_ms + i64::from(hours) * HOUR_MS);
    enrol_code::insert(write.conn(), &county, &secret::hash(&code), account, life).await?;
    write.audit(actor, "ENROL_CODE", &json!({ "account": account, "hours": hours })).await?;
    Ok(code)
}

/// Enrols. The same phone asking again with the same code within the grace gets the same refresh token: its answer may
/// have been lost on the way.
///
/// # Errors
/// `enrol-code-refused` for a wrong, used or expired code: one answer for all three; `installation-taken`.
pub async fn enrol(gate: Gate<'_>, request: &EnrolRequest) -> Result<EnrolResponse, AuthError> {
    let refused = || AuthError::EnrolCodeRefused;
    let (county, code) = secret::read_code(&request.code).ok_or_else(refused)?;
    let county = county::get(gate.db.pool(), &county).await?.ok_or_else(refused)?;
    let hash = secret::hash(&code);
    let now_ms = gate.now_ms;
    let mut write = gate.db.begin(&county.code, now_ms).await?;
    let row = enrol_code::get(write.conn(), &county.code, &hash).await?.ok_or_else(refused)?;
    let account = account::get(write.conn(), &county.code, row.account).await?.ok_or_else(refused)?;
    if !account.active {
        return Err(refused());
    }
    let refresh = match &row.used {
        Some((at_ms, by, nonce)) => {
            let live = installation::is_live(write.conn(), &county.code, *by, account.id).await?;
            if *by != request.installation || now_ms - at_ms > GRACE_MS || !live {
                return Err(refused());
            }
            secret::successor(&county.code, &code, nonce)
        }
        None if now_ms >= row.expires_ms => return Err(refused()),
        None => {
            let new = Installation {
                id: request.installation,
                account: account.id,
                kind: InstallationKind::Phone,
                model: &short(&request.model),
                platform: &short(&request.platform),
            };
            let fresh = installation::insert(write.conn(), &county.code, &new, now_ms).await?;
            // A phone whose login has ended enrols again under the installation whose ops it still holds.
            if !fresh && !installation::is_live(write.conn(), &county.code, new.id, account.id).await? {
                return Err(AuthError::InstallationTaken);
            }
            let nonce = secret::nonce(gate.random);
            let refresh = secret::successor(&county.code, &code, &nonce);
            enrol_code::update_used(write.conn(), &county.code, &hash, (now_ms, new.id, &nonce)).await?;
            let refresh_hash = secret::hash(&refresh);
            let life = (now_ms, now_ms + i64::from(gate.config.refresh_days) * DAY_MS);
            refresh_token::insert(write.conn(), &county.code, &refresh_hash, (&refresh_hash, new.id), life).await?;
            let detail =
                json!({ "installation": new.id, "model": new.model, "platform": new.platform, "again": !fresh });
            write.audit(&account.id.to_string(), "ENROL", &detail).await?;
            refresh
        }
    };
    let account = staff::on(write.conn(), &county.code, account, now_ms).await?;
    let tokens = sign_in::tokens(gate, &county.code, &account, request.installation, refresh, now_ms)?;
    write.commit().await?;
    Ok(EnrolResponse {
        account: account.id,
        name: account.name,
        role: account.role,
        scope: account.scope,
        county: county.code,
        county_name: county.name,
        seal_key: county.seal_public,
        tokens,
        server_ms: now_ms,
        epoch: county.epoch,
    })
}

/// A phone's own description is only shown in a list.
fn short(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(80).collect()
}
