//! `/api/v1/imports`: a sheet is sent and judged beside the register; nothing of the register changes by it.

pub mod id;

use std::sync::Arc;

use axum::Json;
use axum::body::Body;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use bianfang_domain::codes::Codes;
use bianfang_domain::time::Day;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::app::App;
use crate::auth::caller::Caller;
use crate::county::keys::CountyKeys;
use crate::county::tree::Tree;
use crate::http::problem::{Code, HttpError};
use crate::import::assumed::{self, Answers, AssumptionView};
use crate::import::jobs::RowsDone;
use crate::import::{Counts, ImportCell, Importer, Plan, PlanError, PlanState, saved};
use crate::lists::codes;
use bianfang_sheets::read::MAX_FILE;
use bianfang_sheets::{Ledger, read_upload};

/// No more imports are listed; a bureau makes some dozens a year.
const LISTED: i64 = 200;

/// What is sent.
#[derive(Debug, Clone, Deserialize, utoipa::IntoParams)]
pub struct ImportQuery {
    /// people, divisions, plaques, visits, letters, or staff for who may make accounts.
    pub ledger: String,
    /// The file's name.
    pub name: String,
    /// What to assume where the sheet says nothing, `method=HOME,result=MET`, or `usual` for all that is proposed. What is not
    /// answered is asked.
    pub assume: Option<String>,
}

/// How far an import is that is being written or taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct ProgressView {
    /// Rows done.
    pub done: u64,
    /// Of how many.
    pub total: u64,
}

/// An import.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct ImportView {
    /// Its id.
    pub id: Uuid,
    /// people, divisions, plaques, visits, letters or staff.
    pub ledger: String,
    /// The file's name.
    pub file_name: String,
    /// Of its bytes, hex.
    pub file_sha256: String,
    /// The account that answers for it.
    pub account: Uuid,
    /// PLANNED, APPLYING, APPLIED, UNDOING or UNDONE.
    #[schema(value_type = String)]
    pub state: PlanState,
    /// UTC milliseconds.
    pub created_ms: i64,
    /// When it was written.
    pub applied_ms: Option<i64>,
    /// When it was taken back.
    pub undone_ms: Option<i64>,
    /// What was known when the rows were judged.
    pub feed: u64,
    /// The first feed number it wrote.
    pub feed_from: Option<u64>,
    /// The last one.
    pub feed_to: Option<u64>,
    /// Rows below the header.
    pub rows: u64,
    /// 新增
    pub new: u64,
    /// 更新
    pub update: u64,
    /// 无变化
    pub unchanged: u64,
    /// 待核
    pub doubtful: u64,
    /// 不导入
    pub refused: u64,
    /// Rows that were touched since they were shown, not written yet; of an import that was taken back, rows of which something
    /// stays.
    pub changed_since: u64,
    /// Doubtful rows that were decided, not written yet.
    pub decided: u64,
    /// Rows done and of how many, while it is being written.
    pub progress: Option<ProgressView>,
    /// What is said of whole sheets.
    pub notes: Vec<ImportCell>,
    /// What the sheet does not say and its rows need: rows wait until it is answered.
    pub assumptions: Vec<AssumptionView>,
}

impl ImportView {
    /// `progress` as it was before the plan was read: once nothing runs, the plan says how it ended.
    pub(super) fn of(plan: Plan, counts: Counts, progress: Option<RowsDone>) -> Self {
        Self {
            id: plan.id,
            ledger: plan.ledger.word().to_owned(),
            account: plan.account,
            state: plan.state,
            created_ms: plan.created_ms,
            applied_ms: plan.applied_ms,
            undone_ms: plan.undone_ms,
            feed: plan.feed,
            feed_from: plan.written.map(|(from, _)| from),
            feed_to: plan.written.map(|(_, to)| to),
            rows: counts.rows,
            new: counts.new,
            update: counts.update,
            unchanged: counts.unchanged,
            doubtful: counts.doubtful,
            refused: counts.refused,
            changed_since: counts.changed_since,
            decided: counts.decided,
            progress: progress.map(|(done, total)| ProgressView { done, total }),
            assumptions: plan.assumed.asked(plan.ledger),
            notes: plan.notes.into_iter().map(ImportCell::from).collect(),
            file_name: plan.file_name,
            file_sha256: plan.file_sha256,
        }
    }
}

/// The desk of a caller.
pub(super) fn importer<'a>(app: &'a App, caller: &'a Caller, keys: &'a CountyKeys) -> Importer<'a> {
    Importer {
        desk: app.desk(caller, keys),
        account: caller.account,
        role: caller.role,
        scope: caller.scope.clone(),
        blind: false,
    }
}

/// What a caller is told.
pub(super) fn refused(error: PlanError) -> HttpError {
    match error {
        PlanError::Server(error) => HttpError::Internal(error),
        PlanError::Unknown => HttpError::Known(Code::NotFound),
        PlanError::State(_) => HttpError::Known(Code::ImportState),
        PlanError::NotLast => HttpError::Known(Code::ImportNotLast),
        PlanError::Dependents(_) => HttpError::Known(Code::ImportRests),
        PlanError::Decision(_) => HttpError::Known(Code::ImportDecision),
    }
}

/// A plan that the caller may see: their own, or anybody's of the county for who works in all of it.
pub(super) async fn visible(app: &App, caller: &Caller, id: Uuid) -> Result<Plan, HttpError> {
    let keys = app.county_keys(&caller.county)?;
    let mut conn = app.db.pool().acquire().await?;
    let plan = importer(app, caller, &keys).plan(&mut conn, id).await.map_err(refused)?;
    let whole = || async {
        let tree = Tree::load(&mut *app.db.pool().acquire().await?, &caller.county).await?;
        Ok::<_, HttpError>(tree.is_whole(&caller.scope))
    };
    drop(conn);
    let may = caller.role.may(crate::import::right(plan.ledger));
    if may && (plan.account == caller.account || whole().await?) {
        Ok(plan)
    } else {
        Err(HttpError::Known(Code::NotFound))
    }
}

/// The answers that come with a sheet.
fn answers(ledger: Ledger, said: Option<&str>, codes: &Codes) -> Result<Answers, HttpError> {
    let said = said.unwrap_or_default();
    if said == "usual" {
        return Ok(assumed::usual(ledger));
    }
    let pairs = said.split(',').filter(|pair| !pair.is_empty());
    let pair = |pair: &str| pair.split_once('=').map(|(name, code)| (name.to_owned(), code.to_owned()));
    let answers: Answers = pairs.map(pair).collect::<Option<_>>().ok_or(HttpError::Known(Code::Query))?;
    known(ledger, &answers, codes)?;
    Ok(answers)
}

/// Refuses answers that the county has no code for, or that nobody asked.
pub(super) fn known(ledger: Ledger, answers: &Answers, codes: &Codes) -> Result<(), HttpError> {
    assumed::wrong(ledger, answers, codes).map_or(Ok(()), |_| Err(HttpError::Known(Code::ImportAssumption)))
}

/// Judges a sheet: the body is the file as it is, at most 50 MB.
///
/// # Errors
/// `import-file` with what to do about the file, `import-assumption`.
#[utoipa::path(post, path = "/api/v1/imports", params(ImportQuery),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"), responses(
    (status = 201, body = ImportView),
    (status = 422, description = "import-file, import-assumption")
))]
pub async fn post(
    State(app): State<Arc<App>>,
    caller: Caller,
    Query(query): Query<ImportQuery>,
    body: Body,
) -> Result<(StatusCode, Json<ImportView>), HttpError> {
    let ledger = Ledger::by_word(&query.ledger).ok_or(HttpError::Known(Code::Query))?;
    if !caller.role.may(crate::import::right(ledger)) {
        return Err(HttpError::Known(Code::Forbidden));
    }
    let limit = usize::try_from(MAX_FILE).unwrap_or(usize::MAX);
    let bytes = axum::body::to_bytes(body, limit).await.map_err(|_| HttpError::Known(Code::TooLarge))?;
    let keys = app.county_keys(&caller.county)?;
    let mut conn = app.db.pool().acquire().await?;
    let mapping = saved::get(&mut conn, &caller.county, ledger).await?;
    let codes = codes::of(&mut conn, &caller.county).await?;
    drop(conn);
    let answers = answers(ledger, query.assume.as_deref(), &codes)?;
    let (today, name) = (Day::of(app.now_ms()), query.name);
    // Unpacking and reading tens of thousands of rows takes a second of a processor.
    let read =
        tokio::task::spawn_blocking(move || read_upload(ledger, (&name, &bytes), (mapping.as_ref(), &codes, today)));
    let upload = read.await.map_err(|_| crate::ServerError::Task)?;
    let upload = upload.map_err(|error| HttpError::Told(Code::ImportFile, error.to_string()))?;
    let plan = importer(&app, &caller, &keys).dry_run(ledger, (upload, answers), |_, _| ()).await?;
    let counts = plan.counts(&mut *app.db.pool().acquire().await?, &caller.county).await?;
    Ok((StatusCode::CREATED, Json(ImportView::of(plan, counts, None))))
}

/// Imports, newest first.
///
/// # Errors
/// None of its own.
#[utoipa::path(get, path = "/api/v1/imports", responses((status = 200, body = Vec<ImportView>)))]
pub async fn get(State(app): State<Arc<App>>, caller: Caller) -> Result<Json<Vec<ImportView>>, HttpError> {
    let running = app.imports.running();
    let mut conn = app.db.pool().acquire().await?;
    let whole = Tree::load(&mut conn, &caller.county).await?.is_whole(&caller.scope);
    let mut list = Vec::new();
    for plan in Plan::list(&mut conn, &caller.county, LISTED).await? {
        let theirs = whole || plan.account == caller.account;
        if plan.state != PlanState::Reading && caller.role.may(crate::import::right(plan.ledger)) && theirs {
            let counts = plan.counts(&mut conn, &caller.county).await?;
            let progress = running.get(&plan.id).copied();
            list.push(ImportView::of(plan, counts, progress));
        }
    }
    Ok(Json(list))
}
