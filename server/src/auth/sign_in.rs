//! Signing in at the console with login and password.

use bianfang_domain::id::InstallationId;
use bianfang_protocol::enrol::Tokens;
use serde_json::json;

use crate::auth::{AuthError, Gate, secret};
use crate::clock::new_uuid;
use crate::db::account::Account;
use crate::db::county::{self, County};
use crate::db::installation::{self, Installation, InstallationKind};
use crate::db::write::CountyWrite;
use crate::db::{account, refresh_token, staff};

const MINUTE_MS: i64 = 60_000;

/// Signs in. An unknown county, an unknown login, a wrong password, a deactivated and a locked account get one answer.
///
/// # Errors
/// `sign-in-failed`; `county-needed` when the server holds several and none is named.
pub async fn sign_in(
    gate: Gate<'_>,
    named: Option<&str>,
    login: &str,
    password: &str,
) -> Result<(Account, County, Tokens), AuthError> {
    let failed = || AuthError::SignInFailed;
    let county = match county::named_or_only(gate.db.pool(), named).await {
        Ok(county) => Some(county),
        Err(crate::ServerError::CountyUnknown(_)) => None,
        Err(crate::ServerError::CountyNotNamed(_)) => return Err(AuthError::CountyNeeded),
        Err(error) => return Err(error.into()),
    };
    let found = match &county {
        Some(county) => {
            let mut connection = gate.db.pool().acquire().await?;
            account::get_by_login(&mut connection, &county.code, login).await?
        }
        None => None,
    };
    // The slow work comes before the county is locked.
    let fits = gate.passwords.verify(password, found.as_ref().map(|a| a.password_hash.as_str())).await?;
    let (Some(county), Some(found)) = (county, found) else { return Err(failed()) };

    let now_ms = gate.now_ms;
    let mut write = gate.db.begin(&county.code, now_ms).await?;
    // Read again under the lock: of many attempts at once, those after the limit fail even with the right password.
    let account = account::get(write.conn(), &county.code, found.id).await?.ok_or_else(failed)?;
    let unchanged = account.password_hash == found.password_hash;
    if account.locked_until_ms > now_ms {
        write.audit(&account.id.to_string(), "SIGN_IN_LOCKED", &json!({})).await?;
        write.commit().await?;
        return Err(failed());
    }
    if !(fits && unchanged && account.active) {
        note_failure(gate, &mut write, &account).await?;
        write.commit().await?;
        return Err(failed());
    }
    account::update_lockout(write.conn(), &county.code, account.id, 0, 0).await?;
    let session = new_uuid(now_ms, gate.random);
    let new = Installation {
        id: session,
        account: account.id,
        kind: InstallationKind::Console,
        model: "",
        platform: "browser",
    };
    installation::insert(write.conn(), &county.code, &new, now_ms).await?;
    let refresh = secret::new_refresh(&county.code, gate.random);
    let life = i64::from(gate.config.session_hours) * 60 * MINUTE_MS;
    refresh_token::insert(
        write.conn(),
        &county.code,
        &secret::hash(&refresh),
        (&session.to_string(), session),
        (now_ms, now_ms + life),
    )
    .await?;
    write.audit(&account.id.to_string(), "SIGN_IN", &json!({ "installation": session })).await?;
    let tokens = tokens(gate, &county.code, &account, session, refresh, now_ms)?;
    let account = staff::on(write.conn(), &county.code, account, now_ms).await?;
    write.commit().await?;
    Ok((account, county, tokens))
}

async fn note_failure(gate: Gate<'_>, write: &mut CountyWrite, account: &Account) -> Result<(), AuthError> {
    let failures = account.failed_count + 1;
    let county = write.county().to_owned();
    let until = if failures >= i64::from(gate.config.lockout_failures) {
        write.now_ms() + i64::from(gate.config.lockout_minutes) * MINUTE_MS
    } else {
        0
    };
    // The count begins again with the lock, so that its end gives as many attempts as before.
    let count = if until > 0 { 0 } else { failures };
    account::update_lockout(write.conn(), &county, account.id, count, until).await?;
    let detail = json!({ "failures": failures, "locked": until > 0 });
    write.audit(&account.id.to_string(), "SIGN_IN_FAILED", &detail).await?;
    Ok(())
}

/// An access token beside a refresh token.
pub(super) fn tokens(
    gate: Gate<'_>,
    county: &str,
    account: &Account,
    installation: InstallationId,
    refresh: String,
    now_ms: i64,
) -> Result<Tokens, AuthError> {
    let life = (now_ms, gate.config.access_minutes);
    let (access, access_expires_ms) = gate.tokens.issue(county, (account.id, installation), life, gate.random)?;
    Ok(Tokens { access, access_expires_ms, refresh })
}
