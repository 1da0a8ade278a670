//! 退役军人花名册: everybody in the register who is alive, as the bureau's roster has them.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use bianfang_domain::codes::Codes;
use bianfang_domain::document::{Document, id_in, text_in};
use bianfang_domain::id::RecordId;
use bianfang_domain::kind;
use bianfang_domain::record::Record;
use bianfang_sheets::Ledger;
use bianfang_sheets::write::PaperCell;
use futures_util::future::BoxFuture;
use sqlx::Row;

use super::{ExportLedger, KeyRow, LedgerColumn, WantedDays, usual};
use crate::ServerError;
use crate::db::row;
use crate::db::sql::Statement;
use crate::export::line::{LedgerLine, beyond};
use crate::export::place::RowPlace;
use crate::export::read::{self, Reading};
use crate::export::words;

/// The ledger.
pub struct People;

static COLUMNS: LazyLock<Vec<LedgerColumn>> = LazyLock::new(|| usual(Ledger::People));

impl ExportLedger for People {
    fn name(&self) -> &'static str {
        "people"
    }

    fn title(&self) -> &'static str {
        "退役军人花名册"
    }

    fn columns(&self) -> &'static [LedgerColumn] {
        COLUMNS.as_slice()
    }

    fn sheet(&self) -> Option<Ledger> {
        Some(Ledger::People)
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
        place: &'a RowPlace,
        keys: &'a [KeyRow],
    ) -> BoxFuture<'a, Result<Vec<LedgerLine>, ServerError>> {
        Box::pin(async move {
            let codes = reading.codes;
            let people = listed(reading, keys).await?;
            let homes: Vec<RecordId> = people.iter().filter_map(|person| id_in(&person.doc, "household")).collect();
            let households = reading.records(homes.iter().copied()).await?;
            let hung = hung(reading, &homes).await?;
            let line = |person: &Record| {
                let home = id_in(&person.doc, "household");
                let household = home.and_then(|id| households.get(&id)).map(|household| &household.doc);
                let has = home.and_then(|id| hung.get(&id)).copied();
                LedgerLine {
                    cells: cells(codes, person, household, has, place),
                    extra: beyond(Ledger::People, codes, &person.doc),
                }
            };
            Ok(people.iter().map(line).collect())
        })
    }
}

/// The key query of ledgers that list the register: ACTIVE and alive, by name.
pub(super) fn in_register(begun: Statement, county: &str, division: RecordId) -> Statement {
    begun
        .then(
            "select owner as record, owner as about, name_key as a, owner as b, cast(0 as bigint) as n, '' as c \
             from person where county = ",
        )
        .bind(county)
        .then(" and division = ")
        .bind(division)
        .then(" and register = 'ACTIVE' and counts_as is null and coalesce(life, '') <> 'DECEASED'")
}

/// The people of [`in_register`]'s keys whom the order wants, in the keys' order.
pub(super) async fn listed(reading: &mut Reading<'_>, keys: &[KeyRow]) -> Result<Vec<Record>, ServerError> {
    let mut people = reading.records(keys.iter().map(|key| key.record)).await?;
    let found = keys.iter().filter_map(|key| people.remove(&key.record));
    Ok(found.filter(|person| reading.wants(person)).collect())
}

/// Where somebody lives: their own address, else their household's.
pub(super) fn address(person: &Document, household: Option<&Document>) -> Option<String> {
    read::text(person, "address").or_else(|| read::text(household?, "address"))
}

/// Their categories by name, of the collection (and what a sheet named otherwise), or of 优抚.
pub(super) fn categories(codes: &Codes, person: &Record, preferential: bool) -> String {
    let held = kind::categories(person);
    let of = held.iter().filter(|code| words::is_pref(codes, code) == preferential);
    of.map(|code| words::category(codes, code)).collect::<Vec<_>>().join("、")
}

/// Telephone numbers, as the order lets them out.
pub(super) fn phones(person: &Record) -> String {
    kind::phones(person).join("、")
}

async fn hung(reading: &mut Reading<'_>, homes: &[RecordId]) -> Result<BTreeMap<RecordId, bool>, ServerError> {
    let county = reading.desk.county;
    let make = |part: &[String]| {
        Statement::new("select owner, on_wall from plaque where county = ")
            .bind(county)
            .then(" and owner in ")
            .list(part)
    };
    let rows = reading.rows_in(homes.iter().copied(), make).await?;
    let read = |found: &sqlx::any::AnyRow| {
        Ok((row::parse(found, "plaque", "owner", "")?, found.try_get::<Option<i64>, _>("on_wall")? == Some(1)))
    };
    rows.iter().map(read).collect()
}

fn cells(
    codes: &Codes,
    person: &Record,
    household: Option<&Document>,
    hung: Option<bool>,
    place: &RowPlace,
) -> Vec<PaperCell> {
    let doc = &person.doc;
    let text = |key| PaperCell::from(Ledger::People.table().cell(codes, key, doc));
    let registered = read::text(doc, "registered_address").or_else(|| read::text(household?, "registered_address"));
    vec![
        PaperCell::Blank,
        text("name"),
        text_in(doc, "sex").map(|code| words::sex(codes, code)).into(),
        text("ethnicity"),
        text("id_number"),
        text("birth"),
        text("politics"),
        registered.into(),
        address(doc, household).into(),
        place.township.as_str().into(),
        place.village.as_str().into(),
        text("phones"),
        text("enlisted"),
        text("discharged"),
        categories(codes, person, false).into(),
        text("placement_kind"),
        text("merits"),
        text("disability_grade"),
        text("combat"),
        categories(codes, person, true).into(),
        text("employment_state"),
        text("health"),
        text("low_income"),
        text("card_number"),
        hung.map(|hung| if hung { "是" } else { "否" }).into(),
        text("contact_staff"),
        text("note"),
    ]
}
