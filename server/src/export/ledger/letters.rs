//! 送喜报登记表: one row for each merit letter of the register, with its delivery and what came back.

use std::sync::LazyLock;

use bianfang_domain::codes::{Codes, LETTER_LEVEL};
use bianfang_domain::document::{Document, int_in, text_in};
use bianfang_domain::id::RecordId;
use bianfang_domain::kind::letter::step::{LetterState, step};
use bianfang_domain::record::Record;
use bianfang_domain::time::Day;
use bianfang_sheets::Ledger;
use bianfang_sheets::write::PaperCell;
use futures_util::future::BoxFuture;

use super::{ExportLedger, KeyRow, LedgerColumn, WantedDays, usual};
use crate::ServerError;
use crate::db::sql::Statement;
use crate::export::line::{LedgerLine, beyond};
use crate::export::place::RowPlace;
use crate::export::read::{self, Reading};

/// The ledger.
pub struct LettersLedger;

static COLUMNS: LazyLock<Vec<LedgerColumn>> = LazyLock::new(|| usual(Ledger::Letters));

impl ExportLedger for LettersLedger {
    fn name(&self) -> &'static str {
        "letters"
    }

    fn title(&self) -> &'static str {
        "送喜报登记表"
    }

    fn columns(&self) -> &'static [LedgerColumn] {
        COLUMNS.as_slice()
    }

    fn sheet(&self) -> Option<Ledger> {
        Some(Ledger::Letters)
    }

    fn windowed(&self) -> bool {
        true
    }

    fn holds(&self) -> &'static str {
        "在册喜报，时段按收到时间，未填的按送达时间"
    }

    fn keys(&self, begun: Statement, county: &str, days: WantedDays, division: RecordId) -> Statement {
        begun
            .then(
                "select owner as record, owner as about, soldier_key as a, owner as b, \
                 coalesce(received_on, delivered_on, 0) as n, '' as c from letter where county = ",
            )
            .bind(county)
            .then(" and division = ")
            .bind(division)
            .then(" and counts = 1 and coalesce(received_on, delivered_on, 0) >= ")
            .bind(days.from)
            .then(" and coalesce(received_on, delivered_on, 0) <= ")
            .bind(days.to)
    }

    fn lines<'a>(
        &'a self,
        reading: &'a mut Reading<'_>,
        place: &'a RowPlace,
        keys: &'a [KeyRow],
    ) -> BoxFuture<'a, Result<Vec<LedgerLine>, ServerError>> {
        Box::pin(async move {
            let letters = reading.records(keys.iter().map(|key| key.record)).await?;
            let steps = reading.steps(("letter_step", "letter"), keys.iter().map(|key| key.record)).await?;
            let line = |letter: &Record| {
                let steps = steps.get(&letter.id).map(Vec::as_slice).unwrap_or_default();
                LedgerLine {
                    cells: cells(reading.codes, &letter.doc, steps, place),
                    extra: beyond(Ledger::Letters, reading.codes, &letter.doc),
                }
            };
            Ok(keys.iter().filter_map(|key| letters.get(&key.record)).map(line).collect())
        })
    }
}

fn cells(codes: &Codes, letter: &Document, steps: &[Record], place: &RowPlace) -> Vec<PaperCell> {
    let first = |wanted: LetterState| steps.iter().find(|record| step(&record.doc) == Some(wanted));
    let delivery = first(LetterState::Delivered);
    let delivered = delivery.map(|record| &record.doc);
    let text = |field| PaperCell::from(read::text(letter, field));
    let of = |field| delivered.and_then(|doc| read::text(doc, field));
    let day = |field| {
        let day = int_in(letter, field).and_then(|day| i32::try_from(day).ok());
        PaperCell::from(day.map(|day| Day(day).to_string()))
    };
    // Recorded once: what the delivery says, else what was planned for it.
    let yuan = |field| {
        let fen = delivered.and_then(|doc| int_in(doc, field)).or_else(|| int_in(letter, field));
        PaperCell::from(fen.map(|fen| format!("{}.{:02}", fen / 100, fen % 100)))
    };
    let signed = match (of("signature"), of("no_signature")) {
        (Some(name), _) => Some(name),
        (None, reason) => reason.map(|reason| format!("未签：{reason}")),
    };
    vec![
        PaperCell::Blank,
        day("received_on"),
        text("soldier"),
        text_in(letter, "level").map(|code| codes.word(&LETTER_LEVEL, code)).into(),
        day("approved_on"),
        text("notice_no"),
        text("family_name"),
        text("relation"),
        text("address"),
        text("phone"),
        delivery.map(|record| Day::of(record.meta.origin.happened.ms).to_string()).into(),
        of("delivered_by").into(),
        yuan("goods_fen"),
        yuan("award_fen"),
        signed.into(),
        first(LetterState::FedBack)
            .map(|record| read::text(&record.doc, "note").unwrap_or_else(|| "已反馈".to_owned()))
            .into(),
        text("note"),
        place.township.as_str().into(),
        place.village.as_str().into(),
    ]
}
