//! 走访慰问登记表: one row for each person whom a contact names. Gift columns of imported sheets come back as they came.

use std::sync::LazyLock;

use bianfang_domain::codes::{METHOD, RESULT, WORK_TYPE};
use bianfang_domain::document::{Document, text_in};
use bianfang_domain::id::RecordId;
use bianfang_domain::kind::result_of;
use bianfang_domain::record::Record;
use bianfang_sheets::Ledger;
use bianfang_sheets::write::PaperCell;
use futures_util::future::BoxFuture;
use serde_json::Value;
use sqlx::Row;

use super::people::{categories, phones};
use super::{ExportLedger, KeyRow, LedgerColumn, WantedDays, usual};
use crate::ServerError;
use crate::db::sql::Statement;
use crate::export::line::{LedgerLine, beyond, extra, header_key};
use crate::export::place::RowPlace;
use crate::export::read::{self, Reading};

/// The ledger.
pub struct Visits;

static COLUMNS: LazyLock<Vec<LedgerColumn>> = LazyLock::new(|| usual(Ledger::Visits));

impl ExportLedger for Visits {
    fn name(&self) -> &'static str {
        "visits"
    }

    fn title(&self) -> &'static str {
        "走访慰问登记表"
    }

    fn columns(&self) -> &'static [LedgerColumn] {
        COLUMNS.as_slice()
    }

    fn sheet(&self) -> Option<Ledger> {
        Some(Ledger::Visits)
    }

    fn windowed(&self) -> bool {
        true
    }

    fn holds(&self) -> &'static str {
        "计入统计的走访，按对象现在的村排列"
    }

    fn keys(&self, begun: Statement, county: &str, days: WantedDays, division: RecordId) -> Statement {
        // What was said of a duplicate stands with the record that counts.
        let own = "select e.owner as record, e.person as about, p.name_key as a, p.owner as b, e.at_ms as n, e.owner as c \
                   from person p join contact_entry e on e.county = p.county and e.person = p.owner \
                   where p.counts_as is null and p.county = ";
        let others = " union all select e.owner, e.person, p.name_key, p.owner, e.at_ms, e.owner || ' ' || e.person \
                      from person p join person d on d.county = p.county and d.counts_as = p.owner \
                      join contact_entry e on e.county = d.county and e.person = d.owner where p.county = ";
        [own, others].into_iter().fold(begun, |begun, select| {
            let within = begun.then(select).bind(county).then(" and p.division = ").bind(division);
            within.then(" and e.counts = 1 and e.day >= ").bind(days.from).then(" and e.day <= ").bind(days.to)
        })
    }

    fn held(&self, begun: Statement, county: &str, days: WantedDays, within: &[RecordId]) -> Option<Statement> {
        let select = "select e.owner as record from contact_entry e join person p on p.county = e.county and \
                      p.owner = e.person where e.held = 1 and e.county = ";
        let of = begun.then(select).bind(county).then(" and e.day >= ").bind(days.from);
        Some(of.then(" and e.day <= ").bind(days.to).then(" and p.division in ").list(within.iter().copied()))
    }

    fn lines<'a>(
        &'a self,
        reading: &'a mut Reading<'_>,
        place: &'a RowPlace,
        keys: &'a [KeyRow],
    ) -> BoxFuture<'a, Result<Vec<LedgerLine>, ServerError>> {
        Box::pin(async move {
            let contacts = reading.records(keys.iter().map(|key| key.record)).await?;
            let mut people = reading.records(keys.iter().map(|key| key.about)).await?;
            let counting: Vec<RecordId> =
                people.values().map(Record::canonical).filter(|id| !people.contains_key(id)).collect();
            people.extend(reading.records(counting).await?);
            let authors = names(reading, contacts.values()).await?;
            let mut lines = Vec::with_capacity(keys.len());
            for key in keys {
                let (Some(contact), Some(person)) = (contacts.get(&key.record), people.get(&key.about)) else {
                    continue;
                };
                let counts = people.get(&person.canonical()).filter(|counts| !read::foreign(counts));
                let person = counts.unwrap_or(person);
                if reading.wants(person) {
                    let author = authors.iter().find(|(id, _)| *id == contact.meta.origin.actor.account.to_string());
                    let author = author.map(|(_, name)| name.as_str());
                    let cells = cells(reading, (contact, key.about), person, author, place);
                    lines.push(LedgerLine { cells, extra: beyond(Ledger::Visits, reading.codes, &contact.doc) });
                }
            }
            Ok(lines)
        })
    }
}

/// Accounts by id, with the name shown.
pub(super) async fn names(
    reading: &mut Reading<'_>,
    facts: impl Iterator<Item = &Record>,
) -> Result<Vec<(String, String)>, ServerError> {
    let county = reading.desk.county;
    let accounts: Vec<RecordId> = facts.map(|fact| RecordId(fact.meta.origin.actor.account)).collect();
    let make = |part: &[String]| {
        Statement::new("select id, name from account where county = ").bind(county).then(" and id in ").list(part)
    };
    let rows = reading.rows_in(accounts, make).await?;
    rows.iter().map(|found| Ok((found.try_get("id")?, found.try_get("name")?))).collect()
}

fn cells(
    reading: &Reading<'_>,
    (contact, named): (&Record, RecordId),
    person: &Record,
    author: Option<&str>,
    place: &RowPlace,
) -> Vec<PaperCell> {
    let (codes, doc) = (reading.codes, &contact.doc);
    let happened = Document::from_iter([("at".to_owned(), contact.meta.origin.happened.ms.into())]);
    let text = |field| PaperCell::from(read::text(doc, field));
    let method = text_in(doc, "method").map(|code| codes.word(&METHOD, code));
    let result = result_of(contact, named).map(|code| codes.word(&RESULT, code));
    let types = doc.get("work_types").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
    let work: Vec<&str> = types.map(|code| codes.word(&WORK_TYPE, code)).collect();
    let visitors = read::text(doc, "visitors").or_else(|| author.map(str::to_owned));
    let signed = match (text_in(doc, "signature"), text_in(doc, "no_signature")) {
        (Some(_), _) => Some("已签字".to_owned()),
        (None, reason) => reason.map(|reason| format!("未签：{reason}")),
    };
    // A phone's form has gifts and needs in words; of a sheet they are its columns, put together.
    let kept = extra(doc.get("extra"));
    let from_sheet = |header: &str| kept.keys().any(|key| header_key(key) == header_key(header));
    let gifts = ["慰问金(元)", "慰问品名称及数量", "慰问品价值(元)"].into_iter().any(from_sheet);
    let needs =
        read::text(doc, "to_solve").or_else(|| read::text(doc, "needs_text").filter(|_| !from_sheet("办理结果")));
    vec![
        PaperCell::Blank,
        // A day alone where no time was given: 00:00 would be one.
        PaperCell::from(Ledger::Visits.table().cell(codes, "at", &happened)),
        place.township.as_str().into(),
        place.village.as_str().into(),
        PaperCell::from(read::text(&person.doc, "name")),
        [categories(codes, person, false), categories(codes, person, true)]
            .into_iter()
            .find(|text| !text.is_empty())
            .into(),
        phones(person).into(),
        method.into(),
        visitors.into(),
        text("companions"),
        PaperCell::Blank,
        if gifts { PaperCell::Blank } else { text("gifts_text") },
        PaperCell::Blank,
        text("situation"),
        // Restricted: it leaves with the full data or not at all.
        if reading.full() { text("thoughts") } else { PaperCell::Blank },
        text("difficulties"),
        text("answered"),
        needs.into(),
        PaperCell::Blank,
        signed.into(),
        remark(contact).into(),
        result.into(),
        work.join("、").into(),
    ]
}

fn remark(contact: &Record) -> String {
    let doubtful = contact.meta.origin.happened.doubtful.then(|| "时间存疑".to_owned());
    let own = read::text(&contact.doc, "note");
    [own, doubtful].into_iter().flatten().collect::<Vec<_>>().join("；")
}
