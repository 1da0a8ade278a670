//! Writing sheets into the register: who is there already stays as they are. A plain first importer; dry run, matching and
//! undo come with the register's own issue.

use std::collections::{BTreeMap, BTreeSet};

use bianfang_domain::actor::Role;
use bianfang_domain::category;
use bianfang_domain::document::Document;
use bianfang_domain::id::{AccountId, RecordId};
use bianfang_protocol::seal;
use serde_json::{Value, json};
use sqlx::Row;

use super::batch::{Batch, Report};
use super::divisions::DivisionList;
use super::problem::{CellProblem, ProblemCode};
use super::roster::{Roster, RosterPerson};
use crate::ServerError;
use crate::feed::tree::Tree;
use crate::write::Desk;
use crate::write::sql::{Statement, all_in};

/// Imports for one account.
pub struct Importer<'a> {
    /// The county.
    pub desk: Desk<'a>,
    /// For whom.
    pub account: AccountId,
    /// Their role; it needs the right to import.
    pub role: Role,
    /// Their divisions.
    pub scope: Vec<RecordId>,
}

/// The id of the division with a code: the same list imported twice is the same divisions.
#[must_use]
pub fn division_id(county: &str, code: &str) -> RecordId {
    RecordId::derived(&["division", county, code])
}

/// Who is in the register: by number, and by village and name (with whether they have a number).
struct Known {
    prints: BTreeSet<String>,
    names: BTreeMap<(String, String), bool>,
    households: BTreeMap<(String, String), RecordId>,
}

impl<'a> Importer<'a> {
    /// Adds townships and villages that the register does not have.
    ///
    /// # Errors
    /// [`ServerError::Database`].
    pub async fn divisions(
        &self,
        list: DivisionList,
        progress: impl FnMut(usize, usize),
    ) -> Result<Report, ServerError> {
        let county = self.desk.county;
        let tree = Tree::load(&mut *self.desk.db.pool().acquire().await?, county).await?;
        let mut report = Report { rows: list.rows, problems: list.problems, ..Report::default() };
        let mut batch = self.batch("divisions").await?;
        for division in list.divisions {
            let id = division_id(county, &division.code);
            if tree.has(id) {
                report.unchanged += 1;
                continue;
            }
            let level = if division.code.len() == 9 { "TOWNSHIP" } else { "VILLAGE" };
            let above = division.code.len() - 3;
            let parent = division_id(county, division.code.get(..above).unwrap_or(county));
            let fields = json!({ "name": division.name, "level": level, "parent": parent, "code12": division.code });
            batch.record(("division", id), document(fields), division.code);
            report.new += 1;
        }
        batch.write(progress).await?;
        Ok(report.with_refused(batch.refused()))
    }

    /// Adds people and their households (one for each address of a village).
    ///
    /// # Errors
    /// [`ServerError::Database`].
    pub async fn people(&self, roster: Roster, progress: impl FnMut(usize, usize)) -> Result<Report, ServerError> {
        let tree = Tree::load(&mut *self.desk.db.pool().acquire().await?, self.desk.county).await?;
        let mut known = self.known(&roster).await?;
        let mut report = Report { rows: roster.rows, problems: roster.problems, ..Report::default() };
        let mut batch = self.batch("people").await?;
        for person in roster.people {
            let at = format!("A{}", person.row);
            let village = match tree.named(&format!("{}/{}", person.township, person.village)).as_slice() {
                [one] => *one,
                _ => {
                    report.problems.push(CellProblem { at, code: ProblemCode::VillageUnknown, row_refused: true });
                    continue;
                }
            };
            let print = person.id_number.as_ref().map(|number| self.print(number.reveal()));
            let key = (village.to_string(), person.name.clone());
            if print.as_ref().is_some_and(|print| known.prints.contains(print)) {
                report.unchanged += 1;
                continue;
            }
            if known.names.get(&key).is_some_and(|numbered| !numbered || print.is_none()) {
                report.problems.push(CellProblem { at, code: ProblemCode::NameKnown, row_refused: true });
                continue;
            }
            known.names.insert(key, print.is_some());
            known.prints.extend(print);
            let household = household(&mut batch, &mut known, &person, village, &at);
            let id = batch.new_id();
            batch.record(("person", id), fields(&person, village, household), at);
            report.new += 1;
        }
        batch.write(progress).await?;
        Ok(report.with_refused(batch.refused()))
    }

    async fn batch(&self, name: &str) -> Result<Batch<'a>, ServerError> {
        Batch::begin(self.desk, (self.account, self.role, self.scope.clone()), name).await
    }

    fn print(&self, number: &str) -> String {
        seal::fingerprint(&self.desk.keys.index, "person.id_number", number)
    }

    async fn known(&self, roster: &Roster) -> Result<Known, ServerError> {
        let mut conn = self.desk.db.pool().acquire().await?;
        let numbers = roster.people.iter().filter_map(|person| person.id_number.as_ref());
        let prints: Vec<String> = numbers.map(|number| self.print(number.reveal())).collect();
        let found = all_in(&mut conn, &prints, |part| {
            Statement::new("select id_print from person where county = ")
                .bind(self.desk.county)
                .then(" and id_print in ")
                .list(part)
        })
        .await?;
        let prints = found.iter().map(|row| row.try_get("id_print")).collect::<Result<_, _>>()?;
        let mut names = BTreeMap::new();
        let sql = "select division, name, id_print from person where division is not null and county = ";
        for row in Statement::new(sql).bind(self.desk.county).all(&mut conn).await? {
            let numbered = row.try_get::<Option<String>, _>("id_print")?.is_some();
            names.insert((row.try_get("division")?, row.try_get("name")?), numbered);
        }
        let mut households = BTreeMap::new();
        let sql = "select owner, division, address from household where address is not null and county = ";
        for row in Statement::new(sql).bind(self.desk.county).all(&mut conn).await? {
            let id = crate::db::row::parse(&row, "household", "owner", "")?;
            households.insert((row.try_get("division")?, row.try_get("address")?), id);
        }
        Ok(Known { prints, names, households })
    }
}

impl Report {
    /// Rows that the rules refused are none that became records.
    fn with_refused(mut self, refused: Vec<CellProblem>) -> Self {
        self.new = self.new.saturating_sub(refused.len());
        self.problems.extend(refused);
        self
    }
}

/// The household at the person's address: one that is known, or a new one with this person as its head.
fn household(
    batch: &mut Batch<'_>,
    known: &mut Known,
    person: &RosterPerson,
    village: RecordId,
    at: &str,
) -> Option<RecordId> {
    let address = person.address.as_ref().or(person.registered_address.as_ref())?;
    let key = (village.to_string(), address.clone());
    if let Some(id) = known.households.get(&key) {
        return Some(*id);
    }
    let id = batch.new_id();
    let fields = json!({ "head_name": person.name, "division": village, "address": address });
    batch.record(("household", id), document(fields), at.to_owned());
    known.households.insert(key, id);
    Some(id)
}

fn fields(person: &RosterPerson, village: RecordId, household: Option<RecordId>) -> Document {
    let mut fields = document(json!({
        "name": person.name,
        "registered_division": village,
        "living_division": village,
        "register": "ACTIVE",
        "life": "ALIVE",
        "categories": person.categories.iter().map(|name| category::code(name)).collect::<Vec<_>>(),
    }));
    let mut put = |name: &str, value: Option<Value>| {
        if let Some(value) = value {
            fields.insert(name.to_owned(), value);
        }
    };
    put("household", household.map(|id| json!(id)));
    put("sex", person.sex.as_ref().map(|sex| json!(sex)));
    put("birth", person.id_number.as_ref().and_then(|number| Some(json!(number.birth()?.to_string()))));
    put("id_number", person.id_number.as_ref().map(|number| json!(number.reveal())));
    put("phones", Some(json!(person.phones)).filter(|_| !person.phones.is_empty()));
    put("extra", Some(json!(person.extra)).filter(|_| !person.extra.is_empty()));
    fields
}

fn document(value: Value) -> Document {
    match value {
        Value::Object(fields) => fields,
        _ => Document::new(),
    }
}
