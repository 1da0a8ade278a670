//! 诉求台账: one row each need, with who handles it, until when, and what came of it. Its columns are the catalogue's.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use bianfang_domain::codes::{Codes, NEED_STEP, NEED_TYPE, URGENCY};
use bianfang_domain::document::{Document, id_in, int_in, text_in};
use bianfang_domain::fold::fold;
use bianfang_domain::id::RecordId;
use bianfang_domain::kind::need::NeedKind;
use bianfang_domain::kind::need::step::NeedStep;
use bianfang_domain::kind::need::turn::due_on;
use bianfang_domain::kind::{Field, Kind};
use bianfang_domain::op::Part;
use bianfang_domain::record::Record;
use bianfang_domain::time::Day;
use bianfang_sheets::write::PaperCell;
use futures_util::future::BoxFuture;

use super::{ExportLedger, KeyRow, LedgerColumn, NUMBER, Veil, WantedDays, digits, text};
use crate::ServerError;
use crate::db::sql::Statement;
use crate::export::line::LedgerLine;
use crate::export::place::RowPlace;
use crate::export::read::{self, Reading};

/// The ledger.
pub struct NeedsLedger;

static COLUMNS: LazyLock<Vec<LedgerColumn>> = LazyLock::new(|| {
    let word = |fields: &'static [Field], name: &str| {
        fields.iter().find(|field| field.name == name).map_or("", |field| field.zh)
    };
    let of = |name, width| text(word(NeedKind.fields(), name), width);
    let step = |name, width| text(word(NeedStep.fields(), name), width);
    vec![
        NUMBER,
        digits(word(NeedKind.fields(), "at"), 11.0),
        text("乡镇", 8.0),
        text("村", 9.0),
        LedgerColumn { veil: Veil::Name, ..of("called", 8.0) },
        of("need_type", 8.0),
        of("urgency", 7.0),
        of("asked", 24.0),
        of("owner", 10.0),
        digits(word(NeedKind.fields(), "due_on"), 11.0),
        text("办理状态", 8.0),
        step("answer", 20.0),
        step("to", 10.0),
        digits("办结时间", 11.0),
        step("satisfied", 6.0),
        of("note", 12.0),
    ]
});

impl ExportLedger for NeedsLedger {
    fn name(&self) -> &'static str {
        "needs"
    }

    fn title(&self) -> &'static str {
        "诉求台账"
    }

    fn columns(&self) -> &'static [LedgerColumn] {
        COLUMNS.as_slice()
    }

    fn windowed(&self) -> bool {
        true
    }

    fn holds(&self) -> &'static str {
        "在册诉求，不含作废，时段按登记时间"
    }

    fn keys(&self, begun: Statement, county: &str, days: WantedDays, division: RecordId) -> Statement {
        // Each once, where whose it is lies; who handles it elsewhere has it in their list.
        let people = "select n.owner as record, n.owner as about, n.called_key as a, n.owner as b, n.found_day as n, '' as c \
                      from need n join person w on w.county = n.county and w.owner = n.person where n.county = ";
        let homes = " union all select n.owner, n.owner, n.called_key, n.owner, n.found_day, '' from need n \
                     join household w on w.county = n.county and w.owner = n.household where n.person is null and n.county = ";
        [people, homes].into_iter().fold(begun, |begun, select| {
            let within = begun.then(select).bind(county).then(" and w.division = ").bind(division);
            let counts = within.then(" and n.counts = 1 and n.found_day >= ").bind(days.from);
            counts.then(" and n.found_day <= ").bind(days.to)
        })
    }

    fn lines<'a>(
        &'a self,
        reading: &'a mut Reading<'_>,
        place: &'a RowPlace,
        keys: &'a [KeyRow],
    ) -> BoxFuture<'a, Result<Vec<LedgerLine>, ServerError>> {
        Box::pin(async move {
            let needs = reading.records(keys.iter().map(|key| key.record)).await?;
            let steps = reading.steps(("need_step", "need"), keys.iter().map(|key| key.record)).await?;
            let owners = reading.records(needs.values().filter_map(|need| id_in(&need.doc, "owner"))).await?;
            let line = |need: &Record| {
                let steps = steps.get(&need.id).map(Vec::as_slice).unwrap_or_default();
                let owner = id_in(&need.doc, "owner").and_then(|id| owners.get(&id));
                let owner = owner.and_then(|owner| text_in(&owner.doc, "name"));
                LedgerLine { cells: cells(reading.codes, &need.doc, (steps, owner), place), extra: BTreeMap::new() }
            };
            Ok(keys.iter().filter_map(|key| needs.get(&key.record)).map(line).collect())
        })
    }
}

fn cells(
    codes: &Codes,
    need: &Document,
    (steps, owner): (&[Record], Option<&str>),
    place: &RowPlace,
) -> Vec<PaperCell> {
    let word = |table, field| PaperCell::from(text_in(need, field).map(|code| codes.word(table, code)));
    let text = |field| PaperCell::from(read::text(need, field));
    let last = |field: &str| steps.iter().rev().find_map(|step| read::text(&step.doc, field));
    let day = |ms: i64| Day::of(ms).to_string();
    let state = steps.last().and_then(|last| text_in(&last.doc, "step")).unwrap_or("FOUND");
    let (closed, _) = fold(&NeedStep, &steps.iter().collect::<Vec<_>>(), &Part::Whole).state.closed.unzip();
    let closed = steps.iter().find(|step| closed == Some(step.id));
    vec![
        PaperCell::Blank,
        int_in(need, "at").map(day).into(),
        place.township.as_str().into(),
        place.village.as_str().into(),
        text("called"),
        word(&NEED_TYPE, "need_type"),
        word(&URGENCY, "urgency"),
        text("asked"),
        owner.map(str::to_owned).into(),
        due_on(need).map(|day| day.to_string()).into(),
        codes.word(&NEED_STEP, state).into(),
        last("answer").into(),
        last("to").into(),
        closed.map(|step| day(step.meta.origin.happened.ms)).into(),
        last("satisfied").into(),
        text("note"),
    ]
}
