//! Rule 规则: settings of the bureau, from a day on ([`crate::rules`]). The county sets them; everybody reads them.

use super::{ALL, Fault, Field, Flow, Kind, Nature, of_the_county};
use crate::actor::Right;
use crate::document::{Document, id_in, text_in};
use crate::form::Form;
use crate::id::RecordId;
use crate::link::Link;
use crate::projection::{Row, Table, int, text};
use crate::reason::Reason;
use crate::record::{Dated, Record};
use crate::rules;
use crate::time::Day;
use crate::world::{Reach, World};

/// The kind. Document: {rule: a name of [`crate::rules`], division: the county's, data: {setting: value}}.
pub struct RuleRecord;

/// Every field of a rule.
pub const FIELDS: &[Field] = &[
    Field::new("rule", "规则", "Rule", Form::Text).only(Right::County),
    Field::new("division", "区划", "Division", Form::Id).only(Right::County),
    Field::new("data", "设定", "Settings", Form::Any).only(Right::County).dated(),
];

impl Kind for RuleRecord {
    fn name(&self) -> &'static str {
        "rule"
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

    /// [`Kind::check_around`] looks whether it is the rule's own.
    fn derives(&self, _id: RecordId, _doc: &Document) -> bool {
        true
    }

    fn check(&self, doc: &Document) -> Result<(), Fault> {
        let name = text_in(doc, "rule").ok_or_else(|| Fault::missing("rule"))?;
        id_in(doc, "division").ok_or_else(|| Fault::missing("division"))?;
        let data = doc.get("data").ok_or_else(|| Fault::missing("data"))?;
        match rules::can_hold(name, data) {
            Some(true) => Ok(()),
            Some(false) => Err(Fault::malformed("data")),
            // A rule of a newer version is kept for the upgrade.
            None if data.is_object() => Ok(()),
            None => Err(Fault { reason: Reason::Malformed, field: "data".into() }),
        }
    }

    fn check_around(&self, id: RecordId, doc: &Document, _since: Day, world: &World) -> Result<(), Fault> {
        if text_in(doc, "rule").map(rules::id) != Some(id) {
            return Err(Fault::malformed("rule"));
        }
        of_the_county(doc, world)
    }

    /// What was judged by the setting of its day is judged again from the first day on which it is another. Figures, due lists
    /// and reviews read the setting when they are asked.
    fn reaches(&self, before: Option<&Record>, record: &Record) -> Vec<Reach> {
        let Some(setting) = text_in(&record.doc, "rule") else { return Vec::new() };
        let days = [before, Some(record)].into_iter().flatten().flat_map(|record| record.cuts("data"));
        let other =
            |day: &Day| before.is_none_or(|before| before.value_on("data", *day) != record.value_on("data", *day));
        let first = days.chain([Day::MIN]).filter(other).min();
        first.map(|first| ALL.iter().flat_map(|kind| kind.ruled(setting, first)).collect()).unwrap_or_default()
    }

    fn links(&self) -> &'static [Link] {
        const { &[Link::place("division")] }
    }

    fn tables(&self) -> &'static [Table] {
        // A figure of the past reads the rule of the past: projections are all that is rebuilt of it.
        const {
            &[Table {
                name: "rule",
                columns: &[text("name"), int("from_day"), text("data")],
                indexes: &[("name", "name, from_day")],
                unique: &[],
            }]
        }
    }

    fn rows(&self, record: &Record) -> Vec<Row> {
        let born = [Dated { from: Day::MIN, value: record.value("data").clone() }];
        let versions = record.meta.dated.get("data").map_or(born.as_slice(), Vec::as_slice);
        let row = |version: &Dated| Row {
            table: "rule",
            owner: record.id.to_string(),
            cells: vec![text_in(&record.doc, "rule").into(), version.from.into(), version.value.to_string().into()],
        };
        versions.iter().map(row).collect()
    }
}
