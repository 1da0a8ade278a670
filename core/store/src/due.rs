//! What the due list reads: one narrow row a person of the phone's divisions, open assignments and snoozes. Which of them are
//! due is for the rule of the domain.

use bianfang_domain::due::{DueAsk, DuePerson, DueWhy, LetterDue, OpenAssignment, SaidAround, Snoozed};
use bianfang_domain::id::RecordId;
use bianfang_domain::kind::ContactedRow;
use bianfang_domain::time::Day;
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

use crate::error::StoreError;
use crate::open::Store;
use crate::read;

const PEOPLE: &str = "with recursive covered(id) as (select value from json_each($1) \
     union select d.owner from division d join covered on d.county = '-' and d.parent = covered.id) \
     select s.owner as person, p.name, p.household, s.counted, s.categories, k.key_contact, k.key_next_on, k.discharged, k.placed_year, \
     k.died_on, k.active_since, k.tags, k.said, k.musts, k.follow_up_on, k.returned, k.returned_day, \
     k.must_visit, k.must_since \
     from covered join person_span s on s.county = '-' and s.division = covered.id \
     join person p on p.county = '-' and p.owner = s.owner join contacted k on k.county = '-' and k.owner = s.owner \
     where s.from_day <= $2 and s.to_day > $2 order by p.name_key, s.owner";

/// What the rule of the due list is asked about.
#[derive(Debug, Clone, Default)]
pub struct DueRows {
    /// People in the order of their names.
    pub people: Vec<DuePerson>,
    /// Their names.
    pub names: Vec<String>,
    /// Assignments, snoozes and letters.
    pub around: SaidAround,
}

impl Store {
    /// The people these divisions owe visits to on a day, and what is kept about them.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] and faults of the database.
    pub async fn due_rows(&self, scope: &[RecordId], today: Day) -> Result<DueRows, StoreError> {
        let mut rows = DueRows::default();
        let day = i64::from(today.0);
        let people = sqlx::query(PEOPLE).bind(read::list(scope)).bind(day).fetch_all(&self.readers).await?;
        for row in &people {
            rows.people.push(person(row)?);
            rows.names.push(row.try_get::<Option<String>, _>("name")?.unwrap_or_default());
        }
        let sql = "select a.owner, coalesce(p.counts_as, a.person) as person, a.household, a.name, a.on_day, a.due_on, a.why, \
                   a.made_day from assignment a left join person p on p.county = '-' and p.owner = a.person \
                   where a.county = '-' and a.open = 1";
        for row in &sqlx::query(sql).fetch_all(&self.readers).await? {
            rows.around.assignments.push(OpenAssignment {
                id: read::id_from(row.try_get("owner")?)?,
                person: id(row, "person")?,
                household: id(row, "household")?,
                name: row.try_get("name")?,
                on: day_of(row, "on_day")?,
                due_on: day_of(row, "due_on")?,
                why: row.try_get("why")?,
                made: day_of(row, "made_day")?.unwrap_or(Day::MIN),
            });
        }
        let sql = "select coalesce(p.counts_as, z.person) as person, z.until_day, z.made_day from snooze z \
                   left join person p on p.county = '-' and p.owner = z.person \
                   where z.county = '-' and z.counts = 1 and z.until_day > $1";
        for row in &sqlx::query(sql).bind(day).fetch_all(&self.readers).await? {
            let Some(person) = id(row, "person")? else { continue };
            let (until, made) = (day_of(row, "until_day")?, day_of(row, "made_day")?);
            rows.around.snoozes.extend(until.zip(made).map(|(until, made)| Snoozed { person, until, made }));
        }
        let sql = "select owner, household, must_day from letter where county = '-' and counts = 1 and must_day is not null \
                   and household is not null";
        for row in &sqlx::query(sql).fetch_all(&self.readers).await? {
            let (letter, household) = (read::id_from(row.try_get("owner")?)?, id(row, "household")?);
            let found = household.zip(day_of(row, "must_day")?);
            rows.around.letters.extend(found.map(|(household, day)| LetterDue { letter, household, day }));
        }
        let sql = "select a.owner, coalesce(p.counts_as, a.person) as person, a.household, a.why, a.code, a.since_day, a.by_day \
                   from asks a left join person p on p.county = '-' and p.owner = a.person where a.county = '-'";
        for row in &sqlx::query(sql).fetch_all(&self.readers).await? {
            // One of a newer version: its kind is shown where it is known.
            let Some(why) = DueWhy::by_code(row.try_get("why")?) else { continue };
            rows.around.asks.push(DueAsk {
                record: read::id_from(row.try_get("owner")?)?,
                person: id(row, "person")?,
                household: id(row, "household")?,
                why,
                code: row.try_get("code")?,
                since: day_of(row, "since_day")?.unwrap_or(Day::MIN),
                by: day_of(row, "by_day")?,
            });
        }
        Ok(rows)
    }
}

fn id(row: &SqliteRow, column: &str) -> Result<Option<RecordId>, StoreError> {
    row.try_get::<Option<String>, _>(column)?.as_deref().map(read::id_from).transpose()
}

fn day_of(row: &SqliteRow, column: &str) -> Result<Option<Day>, StoreError> {
    let day: Option<i64> = row.try_get(column)?;
    Ok(day.and_then(|day| i32::try_from(day).ok()).map(Day))
}

fn person(row: &SqliteRow) -> Result<DuePerson, StoreError> {
    let text = |column: &str| row.try_get::<Option<String>, _>(column).map(Option::unwrap_or_default);
    Ok(DuePerson {
        person: read::id_from(row.try_get("person")?)?,
        household: id(row, "household")?,
        counted: row.try_get::<i64, _>("counted")? == 1,
        categories: text("categories")?,
        row: ContactedRow {
            key_contact: row.try_get::<i64, _>("key_contact")? == 1,
            key_next_on: day_of(row, "key_next_on")?,
            discharged: day_of(row, "discharged")?,
            placed_year: row.try_get::<Option<i64>, _>("placed_year")?.and_then(|year| i32::try_from(year).ok()),
            died_on: day_of(row, "died_on")?,
            active_since: day_of(row, "active_since")?,
            tags: text("tags")?,
            said: text("said")?,
            musts: text("musts")?,
            follow_up_on: day_of(row, "follow_up_on")?,
            returned: id(row, "returned")?,
            returned_day: day_of(row, "returned_day")?,
            must_visit: row.try_get("must_visit")?,
            must_since: day_of(row, "must_since")?,
        },
    })
}
