//! 光荣牌悬挂登记表: one row each time a plaque was put up (新发, 更换, 补发), by the household it hangs at.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use bianfang_domain::codes::{Codes, PLAQUE_HANGING, PLAQUE_POSITION};
use bianfang_domain::document::{Document, id_in, text_in};
use bianfang_domain::id::RecordId;
use bianfang_domain::record::Record;
use bianfang_domain::time::Day;
use bianfang_sheets::Ledger;
use bianfang_sheets::write::PaperCell;
use futures_util::future::BoxFuture;

use super::people::{categories, phones};
use super::{ExportLedger, KeyRow, LedgerColumn, WantedDays, usual};
use crate::ServerError;
use crate::db::row;
use crate::db::sql::Statement;
use crate::export::line::{LedgerLine, beyond};
use crate::export::place::RowPlace;
use crate::export::read::{self, Reading};

/// The ledger.
pub struct Plaques;

static COLUMNS: LazyLock<Vec<LedgerColumn>> = LazyLock::new(|| usual(Ledger::Plaques));

/// Digits of a photo's hash that name it on paper: with a hundred thousand photos, two share twelve once in 28,000 counties.
const PHOTO_DIGITS: usize = 12;

impl ExportLedger for Plaques {
    fn name(&self) -> &'static str {
        "plaques"
    }

    fn title(&self) -> &'static str {
        "光荣牌悬挂登记表"
    }

    fn columns(&self) -> &'static [LedgerColumn] {
        COLUMNS.as_slice()
    }

    fn sheet(&self) -> Option<Ledger> {
        Some(Ledger::Plaques)
    }

    fn windowed(&self) -> bool {
        true
    }

    fn holds(&self) -> &'static str {
        "计入统计的悬挂（新发、更换、补发）"
    }

    fn keys(&self, begun: Statement, county: &str, days: WantedDays, division: RecordId) -> Statement {
        begun
            .then(
                "select f.owner as record, h.owner as about, h.head_key as a, h.owner as b, f.day as n, f.owner as c \
                 from household h join plaque_flow f on f.county = h.county and f.household = h.owner \
                 where h.county = ",
            )
            .bind(county)
            .then(" and h.division = ")
            .bind(division)
            .then(" and f.counts = 1 and f.event in ('NEW', 'REPLACE', 'REISSUE') and f.day >= ")
            .bind(days.from)
            .then(" and f.day <= ")
            .bind(days.to)
    }

    fn held(&self, begun: Statement, county: &str, days: WantedDays, within: &[RecordId]) -> Option<Statement> {
        let select = "select f.owner as record from record r join plaque_flow f on f.county = r.county and \
                      f.owner = r.id join household h on h.county = f.county and h.owner = f.household \
                      where r.kind = 'plaque_event' and r.state = 'HELD' and \
                      f.event in ('NEW', 'REPLACE', 'REISSUE') and r.county = ";
        let of = begun.then(select).bind(county).then(" and f.day >= ").bind(days.from);
        Some(of.then(" and f.day <= ").bind(days.to).then(" and h.division in ").list(within.iter().copied()))
    }

    fn lines<'a>(
        &'a self,
        reading: &'a mut Reading<'_>,
        place: &'a RowPlace,
        keys: &'a [KeyRow],
    ) -> BoxFuture<'a, Result<Vec<LedgerLine>, ServerError>> {
        Box::pin(async move {
            let events = reading.records(keys.iter().map(|key| key.record)).await?;
            let households = reading.records(keys.iter().map(|key| key.about)).await?;
            let served = served(reading, keys).await?;
            let named = events.values().filter_map(|event| id_in(&event.doc, "person"));
            let all: Vec<RecordId> = served.values().flatten().copied().chain(named).collect();
            let people = reading.records(all).await?;
            let photos = photos(reading, keys).await?;
            let mut lines = Vec::with_capacity(keys.len());
            for key in keys {
                let (Some(event), Some(household)) = (events.get(&key.record), households.get(&key.about)) else {
                    continue;
                };
                let members = served.get(&key.about).map(Vec::as_slice).unwrap_or_default();
                let person = whose(event, &household.doc, members, &people);
                if reading.order.category.is_some() && !person.is_some_and(|person| reading.wants(person)) {
                    continue;
                }
                let photos = photos.get(&key.record).map(|names| names.join("、")).unwrap_or_default();
                let cells = cells(reading.codes, (event, &household.doc), person, photos, place);
                lines.push(LedgerLine { cells, extra: beyond(Ledger::Plaques, reading.codes, &event.doc) });
            }
            Ok(lines)
        })
    }
}

/// Whose plaque it is, of a household's people: whom the event names, else the head of the household, else the first by name;
/// nobody rather than somebody else where one of them is not the exporter's to see.
fn whose<'a>(
    event: &Record,
    household: &Document,
    members: &[RecordId],
    people: &'a BTreeMap<RecordId, Record>,
) -> Option<&'a Record> {
    let named = id_in(&event.doc, "person").and_then(|id| people.get(&id));
    let of = || members.iter().filter_map(|id| people.get(id));
    let chosen = || id_in(household, "head").and_then(|id| people.get(&id));
    let head = || of().find(|person| text_in(&person.doc, "name") == text_in(household, "head_name"));
    named.or_else(chosen).or_else(head).or_else(|| of().next().filter(|_| !of().any(read::foreign)))
}

/// Households with their people of the register, by name.
async fn served(reading: &mut Reading<'_>, keys: &[KeyRow]) -> Result<BTreeMap<RecordId, Vec<RecordId>>, ServerError> {
    let county = reading.desk.county;
    let make = |part: &[String]| {
        Statement::new(
            "select owner, household from person where register = 'ACTIVE' and counts_as is null and county = ",
        )
        .bind(county)
        .then(" and household in ")
        .list(part)
        .then(" order by name_key, owner")
    };
    let mut served: BTreeMap<RecordId, Vec<RecordId>> = BTreeMap::new();
    for found in reading.rows_in(keys.iter().map(|key| key.about), make).await? {
        let household = row::parse(&found, "person", "household", "")?;
        served.entry(household).or_default().push(row::parse(&found, "person", "owner", "")?);
    }
    Ok(served)
}

/// Plaque events with the numbers of their photos.
async fn photos(reading: &mut Reading<'_>, keys: &[KeyRow]) -> Result<BTreeMap<RecordId, Vec<String>>, ServerError> {
    let mut photos: BTreeMap<RecordId, Vec<String>> = BTreeMap::new();
    for photo in reading.facts("photo", keys.iter().map(|key| key.record)).await? {
        if let (Some(event), Some(hash)) = (id_in(&photo.doc, "subject"), text_in(&photo.doc, "original")) {
            photos.entry(event).or_default().push(hash.chars().take(PHOTO_DIGITS).collect());
        }
    }
    Ok(photos)
}

fn cells(
    codes: &Codes,
    (event, household): (&Record, &Document),
    person: Option<&Record>,
    photos: String,
    place: &RowPlace,
) -> Vec<PaperCell> {
    let doc = &event.doc;
    let of = |field| PaperCell::from(person.and_then(|person| read::text(&person.doc, field)));
    let code = |field, table| PaperCell::from(text_in(doc, field).map(|code| codes.word(table, code)));
    let head = read::text(household, "head_name");
    let is_head = person.is_some_and(|person| read::text(&person.doc, "name") == head);
    let relation = person.map(|person| Ledger::Plaques.table().cell(codes, "relation", &person.doc));
    let relation = relation.filter(|relation| !relation.is_empty());
    let signed = match (text_in(doc, "signature"), text_in(doc, "no_signature")) {
        (Some(_), _) => Some("已签字".to_owned()),
        (None, reason) => reason.map(|reason| format!("未签：{reason}")),
    };
    vec![
        PaperCell::Blank,
        place.township.as_str().into(),
        place.village.as_str().into(),
        head.into(),
        of("name"),
        relation.or_else(|| is_head.then(|| "本人".to_owned())).into(),
        of("id_number"),
        person
            .map(|person| [categories(codes, person, false), categories(codes, person, true)])
            .into_iter()
            .flatten()
            .find(|text| !text.is_empty())
            .into(),
        read::text(doc, "certificate").into(),
        read::text(household, "address").into(),
        person.map(phones).filter(|text| !text.is_empty()).into(),
        code("event", &PLAQUE_HANGING),
        code("position", &PLAQUE_POSITION),
        Day::of(event.meta.origin.happened.ms).to_string().into(),
        read::text(doc, "hanger").into(),
        signed.into(),
        photos.into(),
        read::text(doc, "note").into(),
    ]
}
