//! `POST /api/v1/review/{id}`: a verdict, or a doubtful time mended.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use bianfang_domain::id::RecordId;
use bianfang_domain::look::mended;
use bianfang_domain::op::{Act, Review, Sealed};
use serde::Deserialize;
use uuid::Uuid;

use crate::app::App;
use crate::auth::caller::Caller;
use crate::http::problem::{Code, HttpError};
use crate::http::writing::{self, Acted};
use crate::records::load::Loaded;
use crate::write::online::Wish;

/// What the reviewer says.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(tag = "say", rename_all = "snake_case")]
pub enum ReviewWrite {
    /// 审核通过
    Accept {
        /// The revision that was looked at.
        revision: u64,
    },
    /// 退回
    Return {
        /// The revision that was looked at.
        revision: u64,
        /// What should be mended.
        comment: String,
    },
    /// 改正时间: when it happened; then the time is sure. A visit keeps its length.
    Time {
        /// The revision that was looked at.
        revision: u64,
        /// UTC milliseconds.
        at_ms: i64,
        /// Why this time.
        reason: String,
    },
}

/// Takes it. Header `Idempotency-Key`: new for each write.
///
/// # Errors
/// `not-found` for what is not in the caller's divisions, `refused`, `key-taken`, `malformed`.
#[utoipa::path(post, path = "/api/v1/review/{id}", request_body = ReviewWrite, params(
    ("id" = Uuid, Path),
    ("Idempotency-Key" = String, Header, description = "new for each write")
), responses(
    (status = 200, body = Acted),
    (status = 404, description = "not-found"),
    (status = 422, description = "refused: `reason` and `field` say why")
))]
pub async fn post(
    State(app): State<Arc<App>>,
    caller: Caller,
    Path(id): Path<Uuid>,
    headers: HeaderMap,
    Json(request): Json<ReviewWrite>,
) -> Result<Json<Acted>, HttpError> {
    let (key, target) = (writing::key(&headers)?, RecordId(id));
    let mut conn = app.db.pool().acquire().await?;
    let mut loaded = Loaded::new(&caller.county);
    let seen = loaded.asked(&mut conn, |world| world.sees(&caller.actor(), target)).await?;
    drop(conn);
    let fact = loaded.world.find(target).filter(|_| seen).ok_or(HttpError::Known(Code::NotFound))?;
    let (base, act) = match request {
        ReviewWrite::Accept { revision } => (revision, Act::Review { verdict: Review::Accepted, comment: None }),
        ReviewWrite::Return { revision, comment } => {
            (revision, Act::Review { verdict: Review::Returned, comment: Some(comment) })
        }
        ReviewWrite::Time { revision, at_ms, reason } => {
            (revision, Act::Amend { set: mended(fact, at_ms), sealed: Sealed::new(), reason })
        }
    };
    let kind = fact.kind.clone();
    let answer = writing::write(&app, &caller, &Wish { key, kind: kind.clone(), target, act, base }).await?;
    Ok(Json(writing::acted(&[&kind], Ok(vec![answer]))?))
}
