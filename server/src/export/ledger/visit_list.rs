//! 走访名单: the people of a village to take along on paper, with whom was seen last and room to write.

use std::collections::BTreeMap;

use bianfang_domain::codes::RESULT;
use bianfang_domain::document::id_in;
use bianfang_domain::id::RecordId;
use bianfang_domain::time::Day;
use bianfang_sheets::write::PaperCell;
use futures_util::future::BoxFuture;
use sqlx::Row;

use super::people::{address, categories, in_register, listed, phones};
use super::{ExportLedger, KeyRow, LedgerColumn, NUMBER, Paper, WantedDays, digits, name, text};
use crate::ServerError;
use crate::db::row;
use crate::db::sql::Statement;
use crate::export::line::LedgerLine;
use crate::export::place::RowPlace;
use crate::export::read::{self, Reading};

/// The list.
pub struct VisitList;

/// Together the width of an A4 page on its side, with room where a wider font stands in for Excel's.
const COLUMNS: [LedgerColumn; 7] = [
    NUMBER,
    name("姓名", 9.0),
    text("人员类别", 12.0),
    text("住址", 24.0),
    digits("联系电话", 13.0),
    digits("上次走访", 13.0),
    text("走访记录", 22.0),
];

impl ExportLedger for VisitList {
    fn name(&self) -> &'static str {
        "visit_list"
    }

    fn title(&self) -> &'static str {
        "走访名单"
    }

    fn columns(&self) -> &'static [LedgerColumn] {
        &COLUMNS
    }

    fn form(&self) -> Paper {
        Paper::Printed
    }

    fn holds(&self) -> &'static str {
        "在册人员，不含去世、待建档和已移出"
    }

    fn keys(&self, begun: Statement, county: &str, _days: WantedDays, division: RecordId) -> Statement {
        in_register(begun, county, division)
    }

    fn lines<'a>(
        &'a self,
        reading: &'a mut Reading<'_>,
        _place: &'a RowPlace,
        keys: &'a [KeyRow],
    ) -> BoxFuture<'a, Result<Vec<LedgerLine>, ServerError>> {
        Box::pin(async move {
            let people = listed(reading, keys).await?;
            let homes = people.iter().filter_map(|person| id_in(&person.doc, "household"));
            let households = reading.records(homes).await?;
            let last = last_visits(reading, keys).await?;
            let mut lines = Vec::with_capacity(keys.len());
            for person in &people {
                let household = id_in(&person.doc, "household").and_then(|id| households.get(&id));
                let called = [false, true].map(|of_pref| categories(reading.codes, person, of_pref));
                let cells = vec![
                    PaperCell::Blank,
                    read::text(&person.doc, "name").into(),
                    called.into_iter().find(|text| !text.is_empty()).into(),
                    address(&person.doc, household.map(|household| &household.doc)).into(),
                    phones(person).into(),
                    last.get(&person.id).cloned().into(),
                    PaperCell::Blank,
                ];
                lines.push(LedgerLine { cells, extra: BTreeMap::new() });
            }
            Ok(lines)
        })
    }
}

/// People with the day and result of the last contact that counts.
async fn last_visits(reading: &mut Reading<'_>, keys: &[KeyRow]) -> Result<BTreeMap<RecordId, String>, ServerError> {
    let county = reading.desk.county;
    let make = |part: &[String]| {
        Statement::new(
            "select e.person as person, e.day as day, e.result as result, e.at_ms as at_ms, e.owner as owner \
             from contact_entry e where e.counts = 1 and e.county = ",
        )
        .bind(county)
        .then(" and e.person in ")
        .list(part)
        .then(
            " union all select d.counts_as, e.day, e.result, e.at_ms, e.owner from person d join contact_entry e \
             on e.county = d.county and e.person = d.owner where e.counts = 1 and d.county = ",
        )
        .bind(county)
        .then(" and d.counts_as in ")
        .list(part)
        .then(" order by at_ms, owner")
    };
    let mut last = BTreeMap::new();
    for found in reading.rows_in(keys.iter().map(|key| key.about), make).await? {
        let day = i32::try_from(found.try_get::<i64, _>("day")?).map_or(Day::MIN, Day);
        let result: Option<String> = found.try_get("result")?;
        let result = reading.codes.word(&RESULT, result.as_deref().unwrap_or_default());
        last.insert(row::parse(&found, "contact_entry", "person", "")?, format!("{day} {result}"));
    }
    Ok(last)
}
