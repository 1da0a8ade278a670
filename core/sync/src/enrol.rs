//! Becoming known to a county: the one request without a token.

use bianfang_domain::id::InstallationId;
use bianfang_protocol::enrol::{EnrolRequest, EnrolResponse, Invitation};
use bianfang_protocol::{VERSION, VERSION_HEADER};
use bytes::Bytes;

use crate::error::{SyncError, SyncFault};
use crate::http::{Https, ReadClock};
use crate::wire::{Body, HttpMethod, NetworkError, Request, Transport};

/// Redeems an invitation. Nothing is kept here; sent again with the same installation after a lost answer, the server decides.
///
/// # Errors
/// [`SyncError::Invitation`], [`SyncError::Untrusted`] (another server answers), [`SyncError::WrongDate`], [`SyncError::Offline`],
/// [`SyncError::Refused`] (code wrong, used or expired), [`SyncError::OutOfDate`], [`SyncError::Server`].
pub async fn enrol(
    invitation: &Invitation,
    model: &str,
    platform: &str,
    installation: InstallationId,
    clock: ReadClock,
) -> Result<EnrolResponse, SyncError> {
    let https = Https::new(&invitation.url, &invitation.ca, clock)?;
    let asked = EnrolRequest {
        code: invitation.code.clone(),
        installation,
        model: model.to_owned(),
        platform: platform.to_owned(),
    };
    let body = Bytes::from(serde_json::to_vec(&asked).map_err(|_| SyncError::Malformed)?);
    let request = Request {
        number: 0,
        method: HttpMethod::Post,
        path: "/api/v1/enrol".into(),
        headers: vec![(VERSION_HEADER, VERSION.to_string())],
        body: Body::Json(body.clone()),
    };
    let response = https.send(&request, body).await.map_err(|error| match error {
        NetworkError::Untrusted => SyncError::Untrusted,
        NetworkError::WrongDate { shown_ms } => SyncError::WrongDate { shown_ms },
        NetworkError::Unreachable | NetworkError::Cut | NetworkError::Unreadable => SyncError::Offline,
    })?;
    match response.status {
        200..=299 => serde_json::from_slice(&response.body).map_err(|_| SyncError::Malformed),
        426 => Err(SyncError::OutOfDate),
        400..=499 => Err(SyncError::Refused(SyncFault::of(&response))),
        status => Err(SyncError::Server { status, request_id: SyncFault::of(&response).request_id }),
    }
}
