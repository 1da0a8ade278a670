//! `POST /api/v1/exports`: a ledger as a file. A POST, because the reason for full numbers belongs in no address or log.

use std::sync::Arc;

use axum::Json;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use bianfang_domain::id::RecordId;
use bianfang_domain::time::Day;
use futures_util::stream;
use serde::Deserialize;
use tokio::fs::File;
use tokio::io::AsyncReadExt as _;
use uuid::Uuid;

use crate::ServerError;
use crate::app::App;
use crate::auth::caller::Caller;
use crate::error::AskError;
use crate::export::{self, Ask, Exporter, Format};
use crate::http::problem::{Code, HttpError};

/// A workbook.
pub(in crate::http::api::v1) const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// Bytes read and sent at once.
const PIECE: usize = 64 * 1024;

/// What is asked.
#[derive(Deserialize, utoipa::ToSchema)]
pub struct ExportRequest {
    /// people 花名册 | plaques 光荣牌悬挂登记表 | visits 走访慰问登记表 | letters 送喜报登记表 | needs 诉求台账 | units 单位台账 | basis_persons 荣誉主体名册 | visit_list 走访名单 | issue_list 发放花名册
    pub ledger: String,
    /// xlsx | csv; lists for printing are xlsx only.
    pub format: Format,
    /// This division with all below it; else all of the caller's.
    #[serde(default)]
    pub division: Option<Uuid>,
    /// First day, for plaques and visits; else from the beginning.
    #[serde(default)]
    pub from: Option<String>,
    /// Last day.
    #[serde(default)]
    pub to: Option<String>,
    /// A category's code.
    #[serde(default)]
    pub category: Option<String>,
    /// Id and telephone numbers in full; needs the right EXPORT_FULL and a reason.
    #[serde(default)]
    pub full: bool,
    /// 事由: kept in the audit log.
    #[serde(default)]
    pub reason: Option<String>,
}

/// The file, audited before it is sent.
///
/// # Errors
/// `forbidden` for full numbers without the right, `export-reason`, `export-asked`, `query` for days that are none,
/// `not-found` for a division outside the caller's.
#[utoipa::path(post, path = "/api/v1/exports", request_body = ExportRequest, responses(
    (status = 200, description = "The ledger", body = Vec<u8>, content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    (status = 403, description = "forbidden"),
    (status = 404, description = "not-found"),
    (status = 422, description = "export-asked, export-reason")
))]
pub async fn post(
    State(app): State<Arc<App>>,
    caller: Caller,
    Json(request): Json<ExportRequest>,
) -> Result<Response, HttpError> {
    let day = |text: Option<String>| match text {
        None => Ok(None),
        Some(text) => Day::parse(&text).map(Some).ok_or(HttpError::Known(Code::Query)),
    };
    let format = request.format;
    let ask = Ask {
        ledger: request.ledger,
        format,
        division: request.division.map(RecordId),
        from: day(request.from)?,
        to: day(request.to)?,
        category: request.category,
        full: request.full,
        reason: request.reason,
    };
    let exporter =
        Exporter { account: caller.account, name: caller.name.clone(), role: caller.role, scope: caller.scope.clone() };
    let keys = app.county_keys(&caller.county)?;
    // Never closed, so never refused.
    let _turn = app.exports.acquire().await.map_err(|_| ServerError::Task)?;
    let exported =
        export::export(app.desk(&caller, &keys), &exporter, &ask, &app.config.data_dir).await.map_err(refused)?;
    let length = exported.file.metadata().map_err(|_| ServerError::Task)?.len();
    let content_type = match format {
        Format::Xlsx => XLSX,
        Format::Csv => "text/csv; charset=utf-8",
    };
    let headers = [
        (CONTENT_TYPE, content_type.to_owned()),
        (CONTENT_LENGTH, length.to_string()),
        (CONTENT_DISPOSITION, disposition(&exported.name, &format!("{}.{}", ask.ledger, format.ending()))),
    ];
    Ok((headers, Body::from_stream(pieces(File::from_std(exported.file)))).into_response())
}

fn refused(error: ServerError) -> HttpError {
    match error {
        ServerError::Export(AskError::FullRight) => HttpError::Known(Code::Forbidden),
        ServerError::Export(AskError::Reason) => HttpError::Known(Code::ExportReason),
        ServerError::Export(AskError::Division) => HttpError::Known(Code::NotFound),
        ServerError::Export(AskError::Ledger | AskError::Format | AskError::Window) => {
            HttpError::Known(Code::ExportAsked)
        }
        other => HttpError::Internal(other),
    }
}

/// The name in Chinese (RFC 6266 with RFC 8187), and one in ASCII for whoever reads only that.
pub(in crate::http::api::v1) fn disposition(name: &str, plain: &str) -> String {
    let encoded: String = name
        .bytes()
        .map(|byte| match byte {
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b'.' | b'-' | b'_' => char::from(byte).to_string(),
            other => format!("%{other:02X}"),
        })
        .collect();
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{encoded}")
}

fn pieces(file: File) -> impl stream::Stream<Item = std::io::Result<Bytes>> {
    stream::try_unfold(file, async |mut file| {
        let mut piece = Vec::with_capacity(PIECE);
        (&mut file).take(PIECE as u64).read_to_end(&mut piece).await?;
        Ok(if piece.is_empty() { None } else { Some((Bytes::from(piece), file)) })
    })
}
