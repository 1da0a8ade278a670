//! The list of people with what a worker decides by: who is owed a visit, who was reached, whose work still waits. One SQL
//! text over the projections, so that a page costs the same with fifty people and with fifty thousand.

use bianfang_domain::alike;
use bianfang_domain::id::RecordId;
use bianfang_domain::time::Day;
use serde_json::Value;
use sqlx::sqlite::{SqliteArguments, SqliteRow};
use sqlx::{AssertSqlSafe, Row, Sqlite};

use crate::error::StoreError;
use crate::open::Store;
use crate::read;

const FOUND: &str = include_str!("people.sql");

/// Neither removed nor a duplicate of another.
const STAYS: &str = "coalesce(p.register, '') <> 'REMOVED' and p.counts_as is null";

/// Which people.
#[derive(Debug, Clone, Default)]
pub struct PeopleAsk<'a> {
    /// The divisions this phone owes visits in; each covers what is below it.
    pub scope: &'a [RecordId],
    /// Only this division and what is below it.
    pub division: Option<RecordId>,
    /// First and last day of the window; who is owed a visit is decided by its last.
    pub window: Option<(Day, Day)>,
    /// Method and result, joined by a blank, of each entry that reaches its person. A method that is not among the known
    /// ones reads as OTHER.
    pub reaching: &'a [String],
    /// The known methods.
    pub methods: &'a [String],
    /// Codes of the categories that are owed a visit. Empty: everybody is.
    pub categories: &'a [String],
    /// Part of a name, of its pinyin, the end of a telephone number or all of it, or a whole id number. Blank finds all.
    pub search: &'a str,
    /// Only these; also those removed from the register.
    pub only: Option<&'a [RecordId]>,
    /// Only who lives here.
    pub household: Option<RecordId>,
}

/// A person of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonListed {
    /// The record.
    pub id: RecordId,
    /// 姓名
    pub name: String,
    /// With `id` the place to go on from.
    pub name_key: String,
    /// 户
    pub household: Option<RecordId>,
    /// Name of the responsible division, where it is known here.
    pub village: Option<String>,
    /// Of the household.
    pub address: Option<String>,
    /// Reached in the window.
    pub reached: bool,
    /// Owed a visit in the window by this phone's divisions.
    pub owed: bool,
    /// Of contacts that were neither voided nor returned.
    pub last_contact: Option<Day>,
    /// State of the household's plaque, where anything happened to one.
    pub plaque: Option<String>,
    /// Something about them is not with the server.
    pub waiting: bool,
    /// 出生日期
    pub birth: Option<String>,
    /// A telephone number, masked.
    pub phone: Option<String>,
    /// 身份证号, masked.
    pub id_masked: Option<String>,
}

impl Store {
    /// People in the order of their names, after (name_key, id) of the page before.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] and faults of the database.
    pub async fn people(
        &self,
        ask: &PeopleAsk<'_>,
        only_due: bool,
        after: Option<(&str, RecordId)>,
        limit: u32,
    ) -> Result<Vec<PersonListed>, StoreError> {
        let (key, id) = after.map_or((String::new(), String::new()), |(key, id)| (key.to_owned(), id.to_string()));
        let sql = format!(
            "{found} select p.*, v.name as village, h.address as address, \
             (select max(e.day) from contact_entry e indexed by contact_entry_person \
              where e.county = '-' and (e.counts = 1 or e.held = 1) and e.person in ( \
              select p.id union all select d.owner from person d indexed by person_counts_as \
              where d.county = '-' and d.counts_as = p.id)) as last_contact, \
             (select q.state from plaque q where q.county = '-' and q.owner = p.household) as plaque, \
             p.id in (select id from waiting) or coalesce(p.household in (select id from waiting), 0) as waiting \
             from (select * from listed where ($11 = 0 or (owed and not reached)) and (name_key, id) > ($12, $13) \
             order by sorts, id limit $14) p \
             left join division v on v.county = '-' and v.owner = p.division \
             left join household h on h.county = '-' and h.owner = p.household order by p.sorts, p.id",
            found = found(ask, Some(&key)),
        );
        let query =
            bound(sqlx::query(AssertSqlSafe(sql)), ask).bind(i64::from(only_due)).bind(key).bind(id).bind(limit);
        query.fetch_all(&self.readers).await?.iter().map(listed).collect()
    }

    /// How many of the asked are owed a visit, and how many of these were not reached.
    ///
    /// # Errors
    /// Faults of the database.
    pub async fn count_people(&self, ask: &PeopleAsk<'_>) -> Result<(u64, u64), StoreError> {
        let sql = format!(
            "{} select count(*) filter (where owed), count(*) filter (where owed and not reached) from listed",
            found(ask, None),
        );
        let row = bound(sqlx::query(AssertSqlSafe(sql)), ask).fetch_one(&self.readers).await?;
        let (total, due): (i64, i64) = (row.try_get(0)?, row.try_get(1)?);
        Ok((total.unsigned_abs(), due.unsigned_abs()))
    }
}

type Query<'q> = sqlx::query::Query<'q, Sqlite, SqliteArguments>;

/// The text over the people who are asked for. What may be absent (`$8 is null or …`) uses no index, and one person's page
/// would walk all: each way of asking has a text of its own. A page goes on from a name, in their order.
fn found(ask: &PeopleAsk<'_>, page_after: Option<&str>) -> String {
    let which = match (ask.only, ask.household, page_after) {
        (Some(_), ..) => {
            "indexed by person_owner where p.county = '-' and p.owner in (select value from json_each($7)) \
             and ($8 is null or p.household = $8)"
                .to_owned()
        }
        (_, Some(_), _) => {
            format!("indexed by person_household where p.county = '-' and p.household = $8 and {STAYS}")
        }
        (.., Some("")) => format!("indexed by person_name where p.county = '-' and {STAYS}"),
        (.., Some(_)) => format!("indexed by person_name where p.county = '-' and p.name_key >= $12 and {STAYS}"),
        (.., None) => format!("where p.county = '-' and {STAYS}"),
    };
    FOUND.replace("/* which */", &which)
}

/// The values that the text of `people.sql` names.
fn bound<'q>(query: Query<'q>, ask: &PeopleAsk<'_>) -> Query<'q> {
    let (first, last) = ask.window.unwrap_or((Day::MIN, Day::MAX));
    let search = alike::key(ask.search).to_lowercase();
    query
        .bind(read::list(ask.scope))
        .bind(ask.division.map(|id| id.to_string()))
        .bind(i64::from(first.0))
        .bind(i64::from(last.0))
        .bind(codes(ask.reaching))
        .bind(search)
        .bind(ask.only.map(read::list))
        .bind(ask.household.map(|id| id.to_string()))
        .bind(codes(ask.methods))
        .bind(Value::from(ask.categories).to_string())
}

/// As a JSON list. Codes are capital letters, digits and underscores: they need no escape.
fn codes(codes: &[String]) -> String {
    let codes: Vec<String> = codes.iter().map(|code| format!("\"{code}\"")).collect();
    format!("[{}]", codes.join(","))
}

fn listed(row: &SqliteRow) -> Result<PersonListed, StoreError> {
    let household: Option<String> = row.try_get("household")?;
    let day: Option<i64> = row.try_get("last_contact")?;
    Ok(PersonListed {
        id: read::id_from(row.try_get("id")?)?,
        name: row.try_get::<Option<String>, _>("name")?.unwrap_or_default(),
        name_key: row.try_get("name_key")?,
        household: household.as_deref().map(read::id_from).transpose()?,
        village: row.try_get("village")?,
        address: row.try_get("address")?,
        reached: row.try_get::<i64, _>("reached")? != 0,
        owed: row.try_get::<i64, _>("owed")? != 0,
        last_contact: day.and_then(|day| i32::try_from(day).ok()).map(Day),
        plaque: row.try_get("plaque")?,
        waiting: row.try_get::<i64, _>("waiting")? != 0,
        birth: row.try_get("birth")?,
        phone: row.try_get("phone")?,
        id_masked: row.try_get("id_masked")?,
    })
}
