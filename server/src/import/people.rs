//! Writing sheets into the register: who is there already stays as they are. A plain first importer; dry run, matching and
//! undo come with the register's own issue.

use std::collections::{BTreeMap, BTreeSet};

use bianfang_domain::actor::Role;
use bianfang_domain::document::Document;
use bianfang_domain::id::{AccountId, RecordId};
use bianfang_protocol::seal;
use serde_json::{Value, json};
use sqlx::Row;

use super::batch::{Batch, Report};
use super::divisions::DivisionList;
use super::ledger::PersonRow;
use super::note::NoteCode;
use super::problem::CellProblem;
use super::roster::Roster;
use super::value::SheetDate;
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
        for row in roster.people {
            let at = format!("A{}", row.row);
            let (person, extra) = (row.fields, row.extra);
            let extra = kept(&person, extra);
            let township = person.township.as_deref().unwrap_or_default();
            let written = person.village.as_deref().unwrap_or_default();
            let village = match tree.named(&format!("{township}/{written}")).as_slice() {
                [one] => *one,
                _ => {
                    report.problems.push(CellProblem { at, code: NoteCode::VillageUnknown, row_refused: true });
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
                report.problems.push(CellProblem { at, code: NoteCode::NameKnown, row_refused: true });
                continue;
            }
            known.names.insert(key, print.is_some());
            known.prints.extend(print);
            let household = household(&mut batch, &mut known, &person, village, &at);
            let id = batch.new_id();
            batch.record(("person", id), fields(&person, &extra, village, household), at);
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
        let numbers = roster.people.iter().filter_map(|row| row.fields.id_number.as_ref());
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
    person: &PersonRow,
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

/// What a person's document has no field for yet stays under the sheet's words.
fn kept(person: &PersonRow, extra: BTreeMap<String, String>) -> BTreeMap<String, String> {
    let day = |day: Option<SheetDate>| day.map(|day| day.to_string());
    let flag = |flag: Option<bool>| flag.map(|flag| if flag { "是" } else { "否" }.to_owned());
    let preferential: Vec<&str> = person.preferential.iter().map(|one| one.name.as_str()).collect();
    let known = [
        ("民族", person.ethnicity.clone()),
        ("政治面貌", person.politics.clone()),
        ("文化程度", person.education.clone()),
        ("户籍地址", person.registered_address.clone()),
        ("入伍时间", day(person.enlisted)),
        ("退役时间", day(person.discharged)),
        ("安置方式", person.placement.clone()),
        ("立功受奖情况", person.merits.clone()),
        ("残疾等级", person.disability.clone()),
        ("是否参战参试", flag(person.combat)),
        ("优抚类别", Some(preferential.join("、")).filter(|text| !text.is_empty())),
        ("就业情况", person.employment.clone()),
        ("工作单位", person.employer.clone()),
        ("健康状况", person.health.clone()),
        ("是否低保", flag(person.low_income)),
        ("优待证号", person.card_number.clone()),
        ("是否悬挂光荣牌", flag(person.plaque)),
        ("联系人", person.contact_staff.clone()),
        ("备注", person.remark.clone()),
    ];
    let known = known.into_iter().filter_map(|(header, value)| Some((header.to_owned(), value?)));
    extra.into_iter().chain(known).collect()
}

fn fields(
    person: &PersonRow,
    extra: &BTreeMap<String, String>,
    village: RecordId,
    household: Option<RecordId>,
) -> Document {
    let mut fields = document(json!({
        "name": person.name,
        "registered_division": village,
        "living_division": village,
        "register": "ACTIVE",
        "life": "ALIVE",
        "categories": person.category.iter().map(|one| one.code.unwrap_or(&one.name)).collect::<Vec<_>>(),
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
    let phones: Vec<&str> = person.phones.iter().map(|phone| phone.number.as_str()).collect();
    put("phones", Some(json!(phones)).filter(|_| !phones.is_empty()));
    put("extra", Some(json!(extra)).filter(|_| !extra.is_empty()));
    fields
}

fn document(value: Value) -> Document {
    match value {
        Value::Object(fields) => fields,
        _ => Document::new(),
    }
}
