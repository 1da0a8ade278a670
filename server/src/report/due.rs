//! Who is due in a division: the rule of `bianfang_domain::due` over the county's projections, as a phone has it over its own.

use bianfang_domain::due::{
    DueAsk, DueListed, DuePerson, DueWhy, LetterDue, OpenAssignment, Rules, SaidAround, Snoozed, list,
};
use bianfang_domain::id::RecordId;
use bianfang_domain::kind::ContactedRow;
use bianfang_domain::time::Day;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use super::rule;
use crate::ServerError;
use crate::db::row;
use crate::db::sql::Statement;

/// Somebody of the list.
#[derive(Debug, Clone)]
pub struct DueEntry {
    /// The person.
    pub person: RecordId,
    /// 姓名
    pub name: String,
    /// The division that owes the visit.
    pub division: RecordId,
    /// Why, and who has taken them today.
    pub listed: DueListed,
}

/// Who is due on a day in these divisions, the most pressing first.
///
/// # Errors
/// [`ServerError::Database`], [`ServerError::Row`].
pub async fn due(
    conn: &mut AnyConnection,
    county: &str,
    divisions: impl IntoIterator<Item = RecordId>,
    today: Day,
) -> Result<Vec<DueEntry>, ServerError> {
    let rules = Rules {
        cadence: rule::on(conn, county, today).await?,
        must: rule::on(conn, county, today).await?,
        coverage: rule::on(conn, county, today).await?,
    };
    let day = i64::from(today.0);
    let rows = Statement::new(
        "select s.owner as person, s.division, s.counted, s.categories, p.name, p.household, k.key_contact, \
         k.key_next_on, k.discharged, k.placed_year, k.died_on, k.active_since, k.tags, k.said, k.musts, k.follow_up_on, k.returned, \
         k.returned_day, k.must_visit, k.must_since from person_span s join person p on p.county = s.county and p.owner = s.owner \
         join contacted k on k.county = s.county and k.owner = s.owner where s.county = ",
    )
    .bind(county)
    .then(" and s.from_day <= ")
    .bind(day)
    .then(" and s.to_day > ")
    .bind(day)
    .then(" and s.division in ")
    .list(divisions)
    .then(" order by p.name_key, s.owner")
    .all(conn)
    .await?;
    let people = rows.iter().map(person).collect::<Result<Vec<_>, _>>()?;
    let assignments = Statement::new(
        "select a.owner, coalesce(p.counts_as, a.person) as person, a.household, a.name, a.on_day, a.due_on, a.why, a.made_day \
         from assignment a left join person p on p.county = a.county and p.owner = a.person where a.open = 1 and a.county = ",
    )
    .bind(county)
    .all(conn)
    .await?;
    let assignments = assignments.iter().map(assignment).collect::<Result<Vec<_>, _>>()?;
    let snoozes = Statement::new(
        "select coalesce(p.counts_as, z.person) as person, z.until_day, z.made_day from snooze z \
         left join person p on p.county = z.county and p.owner = z.person where z.counts = 1 and z.county = ",
    )
    .bind(county)
    .then(" and z.until_day > ")
    .bind(day)
    .all(conn)
    .await?;
    let snoozes = snoozes.iter().map(snooze).collect::<Result<Vec<_>, _>>()?;
    let letters = Statement::new(
        "select owner, household, must_day from letter where counts = 1 and must_day is not null and household is not null \
         and county = ",
    )
    .bind(county)
    .all(conn)
    .await?;
    let letters = letters.iter().map(letter).collect::<Result<Vec<_>, _>>()?;
    let asks = Statement::new(
        "select a.owner, coalesce(p.counts_as, a.person) as person, a.household, a.why, a.code, a.since_day, a.by_day \
         from asks a left join person p on p.county = a.county and p.owner = a.person where a.county = ",
    )
    .bind(county)
    .all(conn)
    .await?;
    let asks = asks.iter().filter_map(|found| ask(found).transpose()).collect::<Result<Vec<_>, _>>()?;
    let listed = list(&people, &SaidAround { assignments, snoozes, letters, asks }, &rules, today);
    let named = |listed: DueListed| {
        let (person, found) = (people.get(listed.index)?, rows.get(listed.index)?);
        let division = row::parse(found, "person_span", "division", "").ok()?;
        let name: Option<String> = found.try_get("name").ok()?;
        Some(DueEntry { person: person.person, name: name.unwrap_or_default(), division, listed })
    };
    Ok(listed.into_iter().filter_map(named).collect())
}

fn day_of(row: &AnyRow, column: &str) -> Result<Option<Day>, ServerError> {
    let day: Option<i64> = row.try_get(column)?;
    Ok(day.and_then(|day| i32::try_from(day).ok()).map(Day))
}

fn id_of(row: &AnyRow, column: &str) -> Result<Option<RecordId>, ServerError> {
    Ok(row.try_get::<Option<String>, _>(column)?.and_then(|id| id.parse().ok()))
}

fn text_of(row: &AnyRow, column: &str) -> Result<String, ServerError> {
    Ok(row.try_get::<Option<String>, _>(column)?.unwrap_or_default())
}

fn person(found: &AnyRow) -> Result<DuePerson, ServerError> {
    Ok(DuePerson {
        person: row::parse(found, "person_span", "person", "")?,
        household: id_of(found, "household")?,
        counted: found.try_get::<i64, _>("counted")? == 1,
        categories: text_of(found, "categories")?,
        row: ContactedRow {
            key_contact: found.try_get::<i64, _>("key_contact")? == 1,
            key_next_on: day_of(found, "key_next_on")?,
            discharged: day_of(found, "discharged")?,
            placed_year: found.try_get::<Option<i64>, _>("placed_year")?.and_then(|year| i32::try_from(year).ok()),
            died_on: day_of(found, "died_on")?,
            active_since: day_of(found, "active_since")?,
            tags: text_of(found, "tags")?,
            said: text_of(found, "said")?,
            musts: text_of(found, "musts")?,
            follow_up_on: day_of(found, "follow_up_on")?,
            returned: id_of(found, "returned")?,
            returned_day: day_of(found, "returned_day")?,
            must_visit: found.try_get("must_visit")?,
            must_since: day_of(found, "must_since")?,
        },
    })
}

fn assignment(found: &AnyRow) -> Result<OpenAssignment, ServerError> {
    Ok(OpenAssignment {
        id: row::parse(found, "assignment", "owner", "")?,
        person: id_of(found, "person")?,
        household: id_of(found, "household")?,
        name: found.try_get("name")?,
        on: day_of(found, "on_day")?,
        due_on: day_of(found, "due_on")?,
        why: found.try_get("why")?,
        made: day_of(found, "made_day")?.unwrap_or(Day::MIN),
    })
}

/// None for why a newer version asks.
fn ask(found: &AnyRow) -> Result<Option<DueAsk>, ServerError> {
    let Some(why) = DueWhy::by_code(found.try_get("why")?) else { return Ok(None) };
    Ok(Some(DueAsk {
        record: row::parse(found, "asks", "owner", "")?,
        person: id_of(found, "person")?,
        household: id_of(found, "household")?,
        why,
        code: found.try_get("code")?,
        since: day_of(found, "since_day")?.unwrap_or(Day::MIN),
        by: day_of(found, "by_day")?,
    }))
}

fn letter(found: &AnyRow) -> Result<LetterDue, ServerError> {
    Ok(LetterDue {
        letter: row::parse(found, "letter", "owner", "")?,
        household: row::parse(found, "letter", "household", "")?,
        day: day_of(found, "must_day")?.unwrap_or(Day::MIN),
    })
}

fn snooze(found: &AnyRow) -> Result<Snoozed, ServerError> {
    Ok(Snoozed {
        person: row::parse(found, "snooze", "person", "")?,
        until: day_of(found, "until_day")?.unwrap_or(Day::MIN),
        made: day_of(found, "made_day")?.unwrap_or(Day::MIN),
    })
}
