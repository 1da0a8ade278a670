//! `GET /api/v1/codes`: the words for every code, the bureau's over the shipped ones. A client asks once and looks words up.

pub mod table;

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use bianfang_domain::codes::{self, CodeItem, ShippedTable};
use bianfang_domain::op::Part;
use bianfang_domain::record::Record;
use serde::Serialize;

use crate::app::App;
use crate::auth::caller::Caller;
use crate::http::problem::HttpError;
use crate::lists::codes::records;

/// One code.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct CodeItemView {
    /// What records hold.
    pub code: String,
    /// 中文
    pub name: String,
    /// English.
    pub en: String,
    /// Forms do not offer it.
    pub hidden: bool,
    /// The name as we ship it; none for a code of the bureau's own.
    pub shipped: Option<String>,
    /// Another name that somebody gave at the same time: a reviewer chooses.
    pub other: Option<String>,
}

/// One table.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct CodeTableView {
    /// METHOD, WORK_TYPE …
    pub table: String,
    /// 中文
    pub title: String,
    /// English.
    pub title_en: String,
    /// The bureau may add codes. Of the others only the words are its own, for rules read the codes.
    pub open: bool,
    /// What an edit must name as its base; 0: as shipped.
    pub revision: u64,
    /// The record, for its history and conflicts.
    pub record: String,
    /// In the order in which forms offer them.
    pub items: Vec<CodeItemView>,
}

fn view(table: &ShippedTable, record: Option<&Record>) -> CodeTableView {
    let item = |item: CodeItem| {
        let beside = record.and_then(|record| record.beside(&Part::Field(codes::field(&item.code))));
        let other = beside.and_then(|other| other.value.get("name")?.as_str().map(str::to_owned));
        CodeItemView {
            shipped: table.name_of(&item.code).map(str::to_owned),
            code: item.code,
            name: item.zh,
            en: item.en,
            hidden: item.hidden,
            other,
        }
    };
    CodeTableView {
        table: table.name.to_owned(),
        title: table.zh.to_owned(),
        title_en: table.en.to_owned(),
        open: table.open,
        revision: record.map_or(0, |record| record.revision),
        record: codes::id(table.name).to_string(),
        items: codes::items(table, record).into_iter().map(item).collect(),
    }
}

/// All tables.
///
/// # Errors
/// Only those of the guard.
#[utoipa::path(get, path = "/api/v1/codes", responses((status = 200, body = Vec<CodeTableView>)))]
pub async fn get(State(app): State<Arc<App>>, caller: Caller) -> Result<Json<Vec<CodeTableView>>, HttpError> {
    let mut conn = app.db.pool().acquire().await?;
    let records = records(&mut conn, &caller.county).await?;
    let tables = codes::ALL.iter().map(|table| view(table, records.get(&codes::id(table.name))));
    Ok(Json(tables.collect()))
}
