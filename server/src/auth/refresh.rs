//! Rotating refresh tokens (RFC 9700): each is used once; a used one that comes back ends its whole family, except within
//! the grace, in which the same successor is given again, for bad networks lose answers.

use bianfang_protocol::enrol::Tokens;
use serde_json::json;

use crate::auth::{AuthError, Gate, secret, sign_in};
use crate::db::refresh_token::RefreshToken;
use crate::db::write::CountyWrite;
use crate::db::{account, county, refresh_token};

/// How long a used token still gives the same successor, as long as that has not been used itself.
pub const GRACE_MS: i64 = 60_000;

const HOUR_MS: i64 = 3_600_000;

/// New tokens for a refresh token.
///
/// # Errors
/// `session-ended`, whatever the reason: the phone keeps its queue and asks its user to enrol or sign in again.
pub async fn refresh(gate: Gate<'_>, presented: &str) -> Result<Tokens, AuthError> {
    let ended = || AuthError::SessionEnded;
    let code = secret::refresh_county(presented).ok_or_else(ended)?;
    let county = county::get(gate.db.pool(), code).await?.ok_or_else(ended)?.code;
    let now_ms = gate.now_ms;
    let mut write = gate.db.begin(&county, now_ms).await?;
    let hash = secret::hash(presented);
    let token = refresh_token::get(write.conn(), &county, &hash).await?.ok_or_else(ended)?;
    let account = account::get(write.conn(), &county, token.account).await?.ok_or_else(ended)?;
    if token.revoked || !account.active {
        return Err(ended());
    }
    let next = match &token.used {
        Some((used_ms, nonce)) => {
            let next = secret::successor(&county, presented, nonce);
            let successor = refresh_token::get(write.conn(), &county, &secret::hash(&next)).await?;
            let unused = successor.is_some_and(|successor| successor.used.is_none());
            if now_ms - used_ms > GRACE_MS || !unused {
                return revoke(write, &token).await;
            }
            next
        }
        None if now_ms >= token.expires_ms => return Err(ended()),
        None => {
            let nonce = secret::nonce(gate.random);
            let next = secret::successor(&county, presented, &nonce);
            let hours = if token.console { gate.config.session_hours } else { gate.config.refresh_days * 24 };
            let life = (now_ms, now_ms + i64::from(hours) * HOUR_MS);
            refresh_token::update_used(write.conn(), &county, &hash, (now_ms, &nonce)).await?;
            let next_hash = secret::hash(&next);
            let of = (token.family.as_str(), token.installation);
            refresh_token::insert(write.conn(), &county, &next_hash, of, life).await?;
            next
        }
    };
    let tokens = sign_in::tokens(gate, &county, &account, token.installation, next, now_ms)?;
    write.commit().await?;
    Ok(tokens)
}

/// Somebody holds a copy. Nobody can tell who, so both must show themselves anew.
async fn revoke(mut write: CountyWrite, token: &RefreshToken) -> Result<Tokens, AuthError> {
    let (county, now_ms) = (write.county().to_owned(), write.now_ms());
    refresh_token::revoke_family(write.conn(), &county, &token.family, now_ms).await?;
    let detail = json!({ "installation": token.installation });
    write.audit(&token.account.to_string(), "REFRESH_REUSED", &detail).await?;
    write.commit().await?;
    Err(AuthError::SessionEnded)
}
