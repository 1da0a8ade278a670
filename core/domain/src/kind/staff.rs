//! Staff 工作人员: who works in which divisions, from a day on. Comes down to every phone, for names of colleagues; the
//! server reads an account's divisions from it for the day of each request. So it is written by who administers accounts,
//! one record an account, and never gives more than its author has.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{Fault, Field, Flow, Kind, Nature};
use crate::actor::{Actor, Right};
use crate::document::{Document, id_in, int_in, text_in};
use crate::form::Form;
use crate::id::{AccountId, RecordId};
use crate::link::Link;
use crate::projection::{Row, Table, int, text};
use crate::record::Record;
use crate::time::Day;
use crate::world::World;

/// The kind. Document: {account, name, role, division: where the record lies, divisions: [id] dated, from?, to?: first and
/// last day at work, phones? (sealed), successor?: as a sheet names them}.
pub struct Staff;

/// The record of an account: each has at most one.
#[must_use]
pub fn staff_id(account: AccountId) -> RecordId {
    RecordId::derived(&["staff", &account.to_string()])
}

/// Whether somebody is at work on a day.
#[must_use]
pub fn at_work(staff: &Record, day: Day) -> bool {
    let (from, to) = bounds(staff);
    from <= day && day < to
}

/// The divisions of somebody on a day; none while not at work.
#[must_use]
pub fn staff_scope(staff: &Record, day: Day) -> Vec<RecordId> {
    if at_work(staff, day) { listed(staff.value_on("divisions", day)) } else { Vec::new() }
}

/// Somebody as they are in their work on a day: with the divisions of their staff record, or with none while not at work.
/// Without a staff record, with the divisions granted to the account.
#[must_use]
pub fn actor_on(actor: &Actor, staff: Option<&Record>, day: Day) -> Actor {
    let staff = staff.filter(|record| record.kind == "staff");
    let scope = staff.map_or_else(|| actor.scope.clone(), |staff| staff_scope(staff, day));
    Actor { scope, ..actor.clone() }
}

fn listed(value: &Value) -> Vec<RecordId> {
    value.as_array().into_iter().flatten().filter_map(|id| id.as_str()?.parse().ok()).collect()
}

/// First day at work, and the first day after.
fn bounds(staff: &Record) -> (Day, Day) {
    let day = |field| int_in(&staff.doc, field).and_then(|day| i32::try_from(day).ok());
    (day("from").map_or(Day::MIN, Day), day("to").map_or(Day::MAX, |to| Day(to.saturating_add(1))))
}

/// Every field of a staff record.
pub const FIELDS: &[Field] = &[
    Field::new("account", "账号", "Account", Form::Id).only(Right::Accounts),
    Field::new("name", "姓名", "Name", Form::Name).only(Right::Accounts).headers(&["姓名"]),
    Field::new("role", "角色", "Role", Form::Text).of(&["ROLE"]).only(Right::Accounts).headers(&["角色", "岗位"]),
    Field::new("division", "区划", "Division", Form::Id).only(Right::Accounts).dated(),
    Field::new("divisions", "管辖区划", "Divisions", Form::Any).only(Right::Accounts).dated(),
    Field::new("phones", "电话", "Telephone", Form::Phones)
        .only(Right::Accounts)
        .list()
        .sealed(Right::Phones)
        .headers(super::person::fields::PHONES),
    Field::new("from", "起始日", "From", Form::Day).only(Right::Accounts).headers(&[
        "起",
        "有效期起",
        "开始时间",
        "启用时间",
    ]),
    Field::new("to", "截止日", "To", Form::Day).only(Right::Accounts).headers(&[
        "止",
        "有效期止",
        "结束时间",
        "停用时间",
    ]),
    Field::new("successor", "继任", "Successor", Form::Text).headers(&["继任", "继任人", "接替人"]),
    Field::new("note", "备注", "Note", Form::Text).headers(super::person::fields::NOTE),
];

impl Kind for Staff {
    fn name(&self) -> &'static str {
        "staff"
    }

    fn nature(&self) -> Nature {
        Nature::Shared
    }

    fn flow(&self) -> Flow {
        Flow::Down
    }

    fn fields(&self) -> &'static [Field] {
        FIELDS
    }

    /// [`Kind::check_around`] looks whether it is the account's own.
    fn derives(&self, _id: RecordId, _doc: &Document) -> bool {
        true
    }

    fn check(&self, doc: &Document) -> Result<(), Fault> {
        for field in ["account", "name", "division"] {
            text_in(doc, field).ok_or_else(|| Fault::missing(field))?;
        }
        id_in(doc, "account").ok_or_else(|| Fault::malformed("account"))?;
        let ids = doc.get("divisions").and_then(Value::as_array).ok_or_else(|| Fault::missing("divisions"))?;
        if ids.iter().any(|id| id.as_str().and_then(|id| id.parse::<RecordId>().ok()).is_none()) {
            return Err(Fault::malformed("divisions"));
        }
        match (int_in(doc, "from"), int_in(doc, "to")) {
            (Some(from), Some(to)) if to < from => Err(Fault::malformed("to")),
            _ => Ok(()),
        }
    }

    fn check_around(&self, id: RecordId, doc: &Document, _since: Day, _world: &World) -> Result<(), Fault> {
        // A second record of one account would be read by nobody, and look as if it gave something.
        let account = id_in(doc, "account").map(|account| staff_id(account.0));
        if account == Some(id) { Ok(()) } else { Err(Fault::malformed("account")) }
    }

    fn of_account(&self, account: AccountId) -> Option<RecordId> {
        Some(staff_id(account))
    }

    fn kept_by(&self) -> Option<Right> {
        Some(Right::Accounts)
    }

    fn links(&self) -> &'static [Link] {
        const { &[Link::place("division"), Link::grant("divisions")] }
    }

    fn tables(&self) -> &'static [Table] {
        const {
            &[Table {
                name: "staff_span",
                columns: &[text("account"), text("name"), int("from_day"), int("to_day"), text("divisions")],
                indexes: &[("account", "account, from_day")],
                unique: &[],
            }]
        }
    }

    fn rows(&self, record: &Record) -> Vec<Row> {
        let (first, end) = bounds(record);
        let mut cuts: BTreeSet<Day> = record.cuts("divisions").collect();
        cuts.retain(|day| first < *day && *day < end);
        let from = [first].into_iter().chain(cuts.iter().copied());
        let to = cuts.iter().copied().chain([end]);
        let rows = from.zip(to).map(|(from, to)| Row {
            table: "staff_span",
            owner: record.id.to_string(),
            cells: vec![
                id_in(&record.doc, "account").into(),
                text_in(&record.doc, "name").into(),
                from.into(),
                to.into(),
                record.value_on("divisions", from).to_string().into(),
            ],
        });
        rows.collect()
    }
}
