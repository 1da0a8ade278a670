//! What figures are asked of: a division, its days, the county now or as it was known at a past feed number.

use std::ops::DerefMut;

use bianfang_domain::coverage::{CoverageRule, Filter, Window};
use bianfang_domain::look::ReviewRule;
use bianfang_domain::time::Day;
use serde::Deserialize;
use sqlx::AnyConnection;

use crate::app::App;
use crate::auth::caller::Caller;
use crate::http::place::OnePlace;
use crate::http::problem::{Code, HttpError};
use crate::report::{FigureQuestion, past, rule};

/// A question with all that the rules add to it.
pub struct Checked {
    /// Where.
    pub place: OnePlace,
    /// When.
    pub window: Window,
    /// The borders that are asked for.
    pub tree_on: Option<Day>,
    /// Which people and contacts.
    pub filter: Filter,
    /// As it holds on the window's last day.
    pub rule: CoverageRule,
    /// What was written on this day or before, and needs no look, is accepted by itself.
    pub accepted_upto: Day,
    /// The feed number it is asked of.
    pub feed: u64,
}

impl Checked {
    /// Borders of another day than the window's last.
    ///
    /// # Errors
    /// `query` for what is no day.
    pub fn by_borders_of(&mut self, day: Option<&str>) -> Result<(), HttpError> {
        if let Some(text) = day {
            self.tree_on = Some(Day::parse(text).ok_or(HttpError::Known(Code::Query))?);
        }
        Ok(())
    }

    /// What the database is asked.
    #[must_use]
    pub fn question<'a>(&'a self, county: &'a str) -> FigureQuestion<'a> {
        FigureQuestion {
            county,
            division: self.place.division,
            window: self.window,
            rule: &self.rule,
            filter: &self.filter,
            accepted_upto: self.accepted_upto,
            tree_on: self.tree_on,
            seen: Some(&self.place.seen),
        }
    }
}

/// When figures are asked of, and by which borders.
#[derive(Debug, Clone, Deserialize, utoipa::IntoParams)]
pub struct Days {
    /// First day, `2026-01-01`; else of this year.
    pub from: Option<String>,
    /// Last day; else of this year.
    pub to: Option<String>,
    /// A past feed number: the figures as they were then.
    pub as_of: Option<u64>,
    /// By the borders of this day; else of the window's last.
    pub tree_on: Option<String>,
}

impl Days {
    /// [`ask`] about everybody, by the borders of these days.
    ///
    /// # Errors
    /// As [`ask`]; `query` for borders of what is no day.
    pub async fn ask(&self, app: &App, caller: &Caller, place: OnePlace) -> Result<(Checked, CountyAt), HttpError> {
        let asked_of = (place, self.from.as_deref(), self.to.as_deref());
        let (mut checked, county) = ask(app, caller, asked_of, self.as_of, Filter::default()).await?;
        checked.by_borders_of(self.tree_on.as_deref())?;
        Ok((checked, county))
    }
}

/// The county now, or as of a past feed number.
pub type CountyAt = Box<dyn DerefMut<Target = AnyConnection> + Send>;

/// First and last day as an address says them; else of this year.
fn window((from, to): (Option<&str>, Option<&str>), now_ms: i64) -> Result<Window, HttpError> {
    let year = Window::year_of(now_ms);
    let day = |text: Option<&str>, or: Option<Day>| text.map_or(or, Day::parse);
    match (day(from, year.map(|year| year.from)), day(to, year.map(|year| year.to))) {
        (Some(from), Some(to)) if from <= to => Ok(Window { from, to }),
        _ => Err(HttpError::Known(Code::Query)),
    }
}

/// Checks a question, and opens the county as of when it is asked about.
///
/// # Errors
/// `query` for days that are none and a feed number that is still to come.
pub async fn ask(
    app: &App,
    caller: &Caller,
    (place, from, to): (OnePlace, Option<&str>, Option<&str>),
    as_of: Option<u64>,
    filter: Filter,
) -> Result<(Checked, CountyAt), HttpError> {
    let window = window((from, to), app.now_ms())?;
    let mut now = app.db.pool().acquire().await?;
    let head = past::number_at(&mut now, &caller.county, i64::MAX).await?;
    // What is accepted by itself is told by the day of the cut-off, so that it tells the same whenever it is asked.
    let (mut county, feed, told_ms): (CountyAt, _, _) = match as_of {
        None => (Box::new(now), head, app.now_ms()),
        Some(number) if number > head => return Err(HttpError::Known(Code::Query)),
        Some(number) => {
            let told_ms = past::told_at(&mut now, &caller.county, number).await?;
            drop(now);
            let then = past::rebuilt(app.db.pool(), &caller.county, number).await?;
            (Box::new(Box::new(then)), number, told_ms.unwrap_or(0))
        }
    };
    let review: ReviewRule = rule::on(&mut county, &caller.county, window.to).await?;
    let rule = rule::on(&mut county, &caller.county, window.to).await?;
    let accepted_upto = Day(Day::of(told_ms).0 - i32::from(review.auto_days));
    Ok((Checked { place, window, tree_on: None, filter, rule, accepted_upto, feed }, county))
}
