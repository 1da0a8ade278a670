//! `GET /api/v1/coverage`: who has been reached in a division and a window, and in each division below it.

pub mod behind;
pub mod people;

use std::collections::BTreeSet;
use std::ops::DerefMut;
use std::sync::Arc;

use axum::Json;
use axum::extract::{Query, State};
use bianfang_domain::coverage::{Coverage, CoverageRule, Filter, Window};
use bianfang_domain::id::RecordId;
use bianfang_domain::review::ReviewRule;
use bianfang_domain::time::Day;
use serde::{Deserialize, Serialize};
use sqlx::AnyConnection;
use uuid::Uuid;

use crate::app::App;
use crate::auth::caller::Caller;
use crate::county::DivisionRef;
use crate::county::tree::Tree;
use crate::http::problem::{Code, HttpError};
use crate::report::{self, Question, past, rule};

/// Where and when.
#[derive(Debug, Clone, Deserialize, utoipa::IntoParams)]
pub struct Asked {
    /// The division; else the caller's topmost.
    pub division: Option<Uuid>,
    /// First day, `2026-01-01`; else of this year.
    pub from: Option<String>,
    /// Last day; else of this year.
    pub to: Option<String>,
    /// A past feed number: the figures as they were then.
    pub as_of: Option<u64>,
    /// By the borders of this day, `2026-01-01`; else of the window's last.
    pub tree_on: Option<String>,
    /// Only people of this category.
    pub category: Option<String>,
    /// Only contacts with this kind of work.
    pub work_type: Option<String>,
    /// Only contacts by this method.
    pub method: Option<String>,
}

/// The figures of one division.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct FiguresView {
    /// 应访
    pub denominator: u64,
    /// 已访: the next three together.
    pub reached: u64,
    /// 见面
    pub in_person: u64,
    /// 电话视频
    pub remote: u64,
    /// 只见家属
    pub family: u64,
    /// Of the reached, not yet looked at by a reviewer.
    pub unreviewed: u64,
    /// 走访未见
    pub tried: u64,
    /// 未访
    pub not_yet: u64,
    /// Held entries: in no other figure.
    pub held: u64,
    /// Reached, and not in the denominator of the last day: with `reached` everybody who was reached.
    pub outside: u64,
}

/// A division directly below.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct PartView {
    /// Which.
    pub division: DivisionRef,
    /// With all below it.
    pub figures: FiguresView,
}

/// The answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct CoverageView {
    /// The division.
    pub division: DivisionRef,
    /// From the caller's topmost down to it.
    pub path: Vec<DivisionRef>,
    /// First day.
    pub from: String,
    /// Last day.
    pub to: String,
    /// The feed number the figures are of.
    pub feed: u64,
    /// As asked.
    pub as_of: Option<u64>,
    /// The division with all below it.
    pub total: FiguresView,
    /// By name.
    pub parts: Vec<PartView>,
}

impl From<&Coverage> for FiguresView {
    fn from(figure: &Coverage) -> Self {
        Self {
            denominator: figure.denominator,
            reached: figure.reached(),
            in_person: figure.in_person,
            remote: figure.remote,
            family: figure.family,
            unreviewed: figure.unreviewed,
            tried: figure.tried,
            not_yet: figure.not_yet,
            held: figure.held,
            outside: figure.outside,
        }
    }
}

/// A question that was checked against the caller's divisions.
pub(crate) struct Checked {
    pub tree: Tree,
    pub division: RecordId,
    pub window: Window,
    /// What the caller may see, by today's borders.
    pub seen: BTreeSet<RecordId>,
    /// The borders that are asked for.
    pub tree_on: Option<Day>,
    pub filter: Filter,
    /// As it holds on the window's last day.
    pub rule: CoverageRule,
    pub accepted_upto: Day,
}

impl Checked {
    /// Borders of another day than the window's last.
    pub fn by_borders_of(&mut self, day: Option<&str>) -> Result<(), HttpError> {
        if let Some(text) = day {
            self.tree_on = Some(Day::parse(text).ok_or(HttpError::Known(Code::Query))?);
        }
        Ok(())
    }

    /// What the database is asked.
    pub fn question<'a>(&'a self, county: &'a str) -> Question<'a> {
        Question {
            county,
            division: self.division,
            window: self.window,
            rule: self.rule,
            filter: &self.filter,
            accepted_upto: self.accepted_upto,
            tree_on: self.tree_on,
            seen: Some(&self.seen),
        }
    }
}

/// Reads the question. A division outside the caller's is as if it were not there.
pub(crate) async fn check(
    conn: &mut AnyConnection,
    caller: &Caller,
    (division, from, to): (Option<Uuid>, Option<&str>, Option<&str>),
    now_ms: i64,
) -> Result<Checked, HttpError> {
    let tree = Tree::load(conn, &caller.county).await?;
    let division = division.map(RecordId).or_else(|| tree.top(&caller.scope));
    let seen = tree.below(&caller.scope);
    let division = division.filter(|id| tree.has(*id) && seen.contains(id)).ok_or(HttpError::Known(Code::NotFound))?;
    let year = Window::year_of(now_ms);
    let day = |text: Option<&str>, or: Option<Day>| text.map_or(or, Day::parse);
    match (day(from, year.map(|year| year.from)), day(to, year.map(|year| year.to))) {
        (Some(from), Some(to)) if from <= to => {
            let (filter, rule) = (Filter::default(), CoverageRule::default());
            Ok(Checked {
                tree,
                division,
                window: Window { from, to },
                filter,
                rule,
                accepted_upto: Day::of(now_ms),
                seen,
                tree_on: None,
            })
        }
        _ => Err(HttpError::Known(Code::Query)),
    }
}

/// The county now, or as of a past feed number.
pub(crate) type County = Box<dyn DerefMut<Target = AnyConnection> + Send>;

/// Checks a question, and opens the county as of when it is asked about; with the feed number of that.
pub(crate) async fn ask(
    app: &App,
    caller: &Caller,
    place: (Option<Uuid>, Option<&str>, Option<&str>),
    as_of: Option<u64>,
    filter: Filter,
) -> Result<(Checked, County, u64), HttpError> {
    let mut now = app.db.pool().acquire().await?;
    let mut checked = check(&mut now, caller, place, app.now_ms()).await?;
    let feed = past::number_at(&mut now, &caller.county, i64::MAX).await?;
    // What is accepted by itself is told by the day of the cut-off, so that it tells the same whenever it is asked.
    let (mut county, number, told_ms): (County, _, _) = match as_of {
        None => (Box::new(now), feed, app.now_ms()),
        Some(number) if number > feed => return Err(HttpError::Known(Code::Query)),
        Some(number) => {
            let told_ms = past::told_at(&mut now, &caller.county, number).await?;
            drop(now);
            let then = past::rebuilt(app.db.pool(), &caller.county, number).await?;
            (Box::new(Box::new(then)), number, told_ms.unwrap_or(0))
        }
    };
    let review: ReviewRule = rule::on(&mut county, &caller.county, checked.window.to).await?;
    checked.rule = rule::on(&mut county, &caller.county, checked.window.to).await?;
    checked.accepted_upto = Day(Day::of(told_ms).0 - i32::from(review.auto_days));
    checked.filter = filter;
    Ok((checked, county, number))
}

/// The figures, now or as of a past feed number.
///
/// # Errors
/// `not-found` for a division outside the caller's, `query`.
#[utoipa::path(get, path = "/api/v1/coverage", params(Asked), responses(
    (status = 200, body = CoverageView),
    (status = 400, description = "query"),
    (status = 404, description = "not-found")
))]
pub async fn get(
    State(app): State<Arc<App>>,
    caller: Caller,
    Query(asked): Query<Asked>,
) -> Result<Json<CoverageView>, HttpError> {
    let place = (asked.division, asked.from.as_deref(), asked.to.as_deref());
    let filter = Filter { category: asked.category, work_type: asked.work_type, method: asked.method };
    let (mut checked, mut county, feed) = ask(&app, &caller, place, asked.as_of, filter).await?;
    checked.by_borders_of(asked.tree_on.as_deref())?;
    let figures = report::coverage(&mut county, checked.question(&caller.county)).await?;
    let tree = &checked.tree;
    let mut parts: Vec<PartView> = figures
        .parts
        .iter()
        .map(|(id, figure)| PartView { division: DivisionRef::of(tree, *id), figures: figure.into() })
        .collect();
    parts.sort_by_cached_key(|part| (bianfang_domain::name::sort_key(&part.division.name), part.division.id));
    Ok(Json(CoverageView {
        division: DivisionRef::of(tree, checked.division),
        path: DivisionRef::path(tree, &caller.scope, checked.division),
        from: checked.window.from.to_string(),
        to: checked.window.to.to_string(),
        feed,
        as_of: asked.as_of,
        total: (&figures.total).into(),
        parts,
    }))
}
