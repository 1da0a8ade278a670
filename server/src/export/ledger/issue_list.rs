//! 发放花名册: what is handed out in a village, signed for line by line. Who hands out what is written in by hand.

use std::collections::BTreeMap;

use bianfang_domain::id::RecordId;
use bianfang_sheets::write::PaperCell;
use futures_util::future::BoxFuture;

use super::people::{in_register, listed};
use super::{ExportLedger, KeyRow, LedgerColumn, NUMBER, Paper, WantedDays, digits, name, text};
use crate::ServerError;
use crate::db::sql::Statement;
use crate::export::line::LedgerLine;
use crate::export::place::RowPlace;
use crate::export::read::{self, Reading};

/// The list.
pub struct IssueList;

/// Together the width of an A4 page on its side, with room where a wider font stands in for Excel's.
const COLUMNS: [LedgerColumn; 7] = [
    NUMBER,
    name("姓名", 9.0),
    digits("身份证号码", 20.0),
    text("品名/金额", 20.0),
    text("签字", 16.0),
    text("代领人及关系", 16.0),
    text("备注", 12.0),
];

impl ExportLedger for IssueList {
    fn name(&self) -> &'static str {
        "issue_list"
    }

    fn title(&self) -> &'static str {
        "发放花名册"
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
            let cells = people.iter().map(|person| {
                let text = |field| PaperCell::from(read::text(&person.doc, field));
                vec![PaperCell::Blank, text("name"), text("id_number")]
            });
            Ok(cells.map(|cells| LedgerLine { cells, extra: BTreeMap::new() }).collect())
        })
    }
}
