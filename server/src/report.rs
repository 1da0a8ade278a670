//! Figures, and the rows behind each of them. The rule is `bianfang_domain::coverage`; here it is SQL over projections, on
//! the live database or on one rebuilt as of a past feed number.

pub mod due;
pub mod letters;
pub mod past;
pub mod plaques;
pub mod rule;
mod standing;
pub mod synchronized;

use std::collections::{BTreeMap, BTreeSet};

use bianfang_domain::coverage::{Coverage, CoverageRule, Filter, Window};
use bianfang_domain::id::RecordId;
use bianfang_domain::time::Day;
use serde::{Deserialize, Serialize};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use crate::ServerError;
use crate::county::tree::Tree;
use crate::db::page::{self, LONG_PAGE, Mark};
use crate::db::row;
use crate::db::sql::number;

/// What is asked.
#[derive(Debug, Clone, Copy)]
pub struct FigureQuestion<'a> {
    /// The county.
    pub county: &'a str,
    /// The division; figures include all below it.
    pub division: RecordId,
    /// The days.
    pub window: Window,
    /// The switches.
    pub rule: &'a CoverageRule,
    /// The borders of this day; else of the window's last.
    pub tree_on: Option<Day>,
    /// Only these divisions: what the caller may see by today's borders.
    pub seen: Option<&'a BTreeSet<RecordId>>,
    /// Which people and contacts.
    pub filter: &'a Filter,
    /// What was written on this day or before, and needs no look, is accepted by itself.
    pub accepted_upto: Day,
}

impl FigureQuestion<'_> {
    /// Each division that is asked about, and the one directly below the asked that it belongs to, by the borders that are
    /// asked for.
    ///
    /// # Errors
    /// [`ServerError::Database`], [`ServerError::Row`].
    pub async fn under(&self, conn: &mut AnyConnection) -> Result<BTreeMap<RecordId, RecordId>, ServerError> {
        let tree = Tree::load_on(conn, self.county, self.tree_on.unwrap_or(self.window.to)).await?;
        let mut under = tree.children(self.division);
        if let Some(seen) = self.seen {
            under.retain(|division, _| seen.contains(division));
        }
        Ok(under)
    }
}

/// The figures of a division and of those directly below it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figures {
    /// The division with all below.
    pub total: Coverage,
    /// Each division directly below, with all below it. What lies in the division itself stands under its own id.
    pub parts: BTreeMap<RecordId, Coverage>,
}

/// A figure whose rows are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WhichFigure {
    /// 应访
    Denominator,
    /// 见面、电话视频、只见家属
    Reached,
    /// 见面
    InPerson,
    /// 电话视频
    Remote,
    /// 只见家属
    Family,
    /// Reached, every counting contact still 未审.
    Unreviewed,
    /// Reached only by contacts of which a sheet did not say the result or the method.
    Assumed,
    /// 未访
    NotYet,
    /// 走访未见
    Tried,
    /// People with held entries.
    Held,
    /// Reached, and not in the denominator of the last day; each with why.
    Outside,
    /// Of 应访, those entered after the last day.
    EnteredAfter,
}

/// One person behind a figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FigurePerson {
    /// The person.
    pub person: RecordId,
    /// 姓名
    pub name: String,
    /// The responsible division.
    pub division: RecordId,
    /// 3 met, 2 by telephone or video, 1 family only, 0 tried; none: not yet.
    pub level: Option<i64>,
    /// Held entries in the window.
    pub held: i64,
    /// Why they are not in the denominator of the last day: DIED | REMOVED | NOT_ACTIVE | CATEGORY (of none
    /// that the rule asks about) | CHANGED. None: they are.
    pub why: Option<String>,
}

/// Counts.
///
/// # Errors
/// [`ServerError::Database`], [`ServerError::Row`].
pub async fn coverage(conn: &mut AnyConnection, ask: FigureQuestion<'_>) -> Result<Figures, ServerError> {
    let under = ask.under(conn).await?;
    let rows = standing::of(ask)
        .then(
            "select division, \
             cast(sum(counted) as bigint) as denominator, \
             cast(sum(case when counted = 1 and level = 3 then 1 else 0 end) as bigint) as in_person, \
             cast(sum(case when counted = 1 and level = 2 then 1 else 0 end) as bigint) as remote, \
             cast(sum(case when counted = 1 and level = 1 then 1 else 0 end) as bigint) as family, \
             cast(sum(case when counted = 1 and level > 0 and reviewed = 0 then 1 else 0 end) as bigint) as unreviewed, \
             cast(sum(case when counted = 1 and level > 0 and told = 0 then 1 else 0 end) as bigint) as assumed, \
             cast(sum(case when counted = 1 and level = 0 then 1 else 0 end) as bigint) as tried, \
             cast(sum(case when counted = 1 and level is null then 1 else 0 end) as bigint) as not_yet, \
             cast(sum(case when counted = 0 and level > 0 then 1 else 0 end) as bigint) as outside, \
             cast(sum(counted * entered_after) as bigint) as entered_after, \
             cast(coalesce(sum(held), 0) as bigint) as held \
             from standing where division in ",
        )
        .list(under.keys().copied())
        .then(" group by division")
        .all(conn)
        .await?;
    let mut figures = Figures::default();
    for found in rows {
        let division: RecordId = row::parse(&found, "person_span", "division", "")?;
        let part = read(&found)?;
        add(&mut figures.total, &part);
        if let Some(child) = under.get(&division) {
            add(figures.parts.entry(*child).or_default(), &part);
        }
    }
    // A village where nobody is counted is shown with zeros, not left out.
    for child in under.into_values() {
        if child != ask.division {
            figures.parts.entry(child).or_default();
        }
    }
    Ok(figures)
}

/// The people behind a figure, by name: a long page of them, and the mark of the next.
///
/// # Errors
/// [`ServerError::Database`], [`ServerError::Row`].
pub async fn list(
    conn: &mut AnyConnection,
    ask: FigureQuestion<'_>,
    which: WhichFigure,
    after: Option<Mark>,
) -> Result<(Vec<FigurePerson>, Option<String>), ServerError> {
    let under = ask.under(conn).await?;
    let (name, owner) = after.map(|mark| (mark.key, mark.id.to_string())).unwrap_or_default();
    let filter = match which {
        WhichFigure::Denominator => " and s.counted = 1",
        WhichFigure::Reached => " and s.counted = 1 and s.level > 0",
        WhichFigure::InPerson => " and s.counted = 1 and s.level = 3",
        WhichFigure::Remote => " and s.counted = 1 and s.level = 2",
        WhichFigure::Family => " and s.counted = 1 and s.level = 1",
        WhichFigure::Unreviewed => " and s.counted = 1 and s.level > 0 and s.reviewed = 0",
        WhichFigure::Assumed => " and s.counted = 1 and s.level > 0 and s.told = 0",
        WhichFigure::NotYet => " and s.counted = 1 and s.level is null",
        WhichFigure::Tried => " and s.counted = 1 and s.level = 0",
        WhichFigure::Held => " and s.held > 0",
        WhichFigure::Outside => " and s.counted = 0 and s.level > 0",
        WhichFigure::EnteredAfter => " and s.counted = 1 and s.entered_after = 1",
    };
    let mut rows = standing::of(ask)
        .then(
            "select s.person, s.division, p.name, p.name_key, s.level, cast(coalesce(s.held, 0) as bigint) as held, \
             case when s.counted = 1 then null when s.in_register = 1 then 'CATEGORY' when p.gone_by is not null and p.gone_by <= $3 then 'DIED' \
             when p.register = 'REMOVED' then 'REMOVED' when coalesce(p.register, '') <> 'ACTIVE' then 'NOT_ACTIVE' \
             else 'CHANGED' end as why \
             from standing s join person p on p.county = ",
        )
        .bind(ask.county)
        .then(" and p.owner = s.person where s.division in ")
        .list(under.into_keys())
        .then(filter)
        .then(" and (p.name_key > ")
        .bind(&name)
        .then(" or (p.name_key = ")
        .bind(&name)
        .then(" and s.person > ")
        .bind(owner)
        .then(")) order by p.name_key, s.person limit ")
        .bind(page::limit(LONG_PAGE))
        .all(conn)
        .await?;
    let next = page::cut(&mut rows, LONG_PAGE, |last| Mark::of(last, "name_key", "person")).transpose()?;
    let read = |found: &AnyRow| {
        let person: String = found.try_get("person")?;
        Ok(FigurePerson {
            name: found.try_get("name")?,
            division: row::parse(found, "person_span", "division", &person)?,
            level: found.try_get("level")?,
            held: found.try_get("held")?,
            why: found.try_get("why")?,
            person: row::parse(found, "person_span", "person", &person)?,
        })
    };
    Ok((rows.iter().map(read).collect::<Result<_, ServerError>>()?, next.map(|mark| mark.to_string())))
}

fn read(row: &AnyRow) -> Result<Coverage, ServerError> {
    let get = |name: &str| row.try_get::<i64, _>(name).map(number);
    Ok(Coverage {
        denominator: get("denominator")?,
        in_person: get("in_person")?,
        remote: get("remote")?,
        family: get("family")?,
        unreviewed: get("unreviewed")?,
        assumed: get("assumed")?,
        tried: get("tried")?,
        not_yet: get("not_yet")?,
        held: get("held")?,
        outside: get("outside")?,
        entered_after: get("entered_after")?,
    })
}

fn add(to: &mut Coverage, part: &Coverage) {
    to.denominator += part.denominator;
    to.in_person += part.in_person;
    to.remote += part.remote;
    to.family += part.family;
    to.unreviewed += part.unreviewed;
    to.assumed += part.assumed;
    to.tried += part.tried;
    to.not_yet += part.not_yet;
    to.held += part.held;
    to.outside += part.outside;
    to.entered_after += part.entered_after;
}
