//! 发放花名册: what is handed out in a village, signed for line by line. Who hands out what is written in by hand.

use std::collections::BTreeMap;

use bianfang_domain::id::RecordId;
use bianfang_sheets::write::Cell;
use futures_util::future::BoxFuture;

use super::people::{in_register, listed};
use super::{Column, Days, Form, Key, Ledger, NUMBER, digits, text};
use crate::ServerError;
use crate::db::sql::Statement;
use crate::export::line::Line;
use crate::export::place::Place;
use crate::export::read::{self, Reading};

/// The list.
pub struct IssueList;

/// Together the width of an A4 page on its side, with room where a wider font stands in for Excel's.
const COLUMNS: [Column; 7] = [
    NUMBER,
    text("姓名", 9.0),
    digits("身份证号码", 20.0),
    text("品名/金额", 20.0),
    text("签字", 16.0),
    text("代领人及关系", 16.0),
    text("备注", 12.0),
];

impl Ledger for IssueList {
    fn name(&self) -> &'static str {
        "issue_list"
    }

    fn title(&self) -> &'static str {
        "发放花名册"
    }

    fn columns(&self) -> &'static [Column] {
        &COLUMNS
    }

    fn form(&self) -> Form {
        Form::Printed
    }

    fn holds(&self) -> &'static str {
        "在册人员，不含去世、待建档和已移出"
    }

    fn keys(&self, begun: Statement, county: &str, _days: Days, division: RecordId) -> Statement {
        in_register(begun, county, division)
    }

    fn lines<'a>(
        &'a self,
        reading: &'a mut Reading<'_>,
        _place: &'a Place,
        keys: &'a [Key],
    ) -> BoxFuture<'a, Result<Vec<Line>, ServerError>> {
        Box::pin(async move {
            let people = listed(reading, keys).await?;
            let cells = people.iter().map(|person| {
                let text = |field| Cell::from(read::text(&person.doc, field));
                vec![Cell::Blank, text("name"), text("id_number")]
            });
            Ok(cells.map(|cells| Line { cells, extra: BTreeMap::new() }).collect())
        })
    }
}
