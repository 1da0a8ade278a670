//! CodeTable 代码表: what a bureau calls the codes of one table ([`crate::codes`]). Each item is a field of its own, so two
//! desks that rename two items merge, and two that rename one come to a conflict. An item never goes away: it is hidden.

use serde::Deserialize;
use serde_json::Value;

use super::{Fault, Field, Flow, Kind, Nature, of_the_county};
use crate::actor::Right;
use crate::codes::{self, CodeSaid};
use crate::document::{Document, id_in, text_in};
use crate::form::Form;
use crate::form::is_code;
use crate::id::RecordId;
use crate::link::Link;
use crate::reason::Reason;
use crate::time::Day;
use crate::world::World;

/// The kind. Document: {table: a name of [`codes`], division: the county's, `items/CODE`: {name?, en?, hidden?} …}.
pub struct CodeTable;

/// Characters of a code and of a name: both stand in columns and on buttons.
const LONGEST: usize = 40;

fn item(table: Option<&codes::ShippedTable>, field: &str, code: &str, value: &Value) -> Result<(), Fault> {
    let wrong = || Fault::malformed(field);
    let said = CodeSaid::deserialize(value).map_err(|_| wrong())?;
    let shipped = table.and_then(|table| table.item(code));
    let fits = |text: &Option<String>| {
        text.as_ref().is_none_or(|text| !text.trim().is_empty() && text.chars().count() <= LONGEST)
    };
    if !fits(&said.name) || !fits(&said.en) {
        return Err(wrong());
    }
    if shipped.is_none() {
        // Rules read the codes of a closed table; one of their own needs a name and a code that no form can mistake.
        let closed = table.is_some_and(|table| !table.open);
        if closed || !is_code(code) || code.len() > LONGEST {
            return Err(wrong());
        }
        said.name.as_ref().ok_or_else(|| Fault::missing(field))?;
    }
    Ok(())
}

/// Every field of a code table.
pub const FIELDS: &[Field] = &[
    Field::new("table", "代码表", "Table", Form::Text).only(Right::County),
    Field::new("division", "区划", "Division", Form::Id).only(Right::County),
    // `items/CODE`: what is said of the name before the stroke holds for each.
    Field::new("items", "代码", "Items", Form::Any).only(Right::County),
];

impl Kind for CodeTable {
    fn name(&self) -> &'static str {
        "code_table"
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

    /// [`Kind::check_around`] looks whether it is the table's own.
    fn derives(&self, _id: RecordId, _doc: &Document) -> bool {
        true
    }

    fn check(&self, doc: &Document) -> Result<(), Fault> {
        let name = text_in(doc, "table").ok_or_else(|| Fault::missing("table"))?;
        id_in(doc, "division").ok_or_else(|| Fault::missing("division"))?;
        // A table of a newer version is kept for the upgrade.
        let table = codes::shipped(name);
        for (field, value) in doc {
            match field.strip_prefix("items/") {
                Some(code) => item(table, field, code, value)?,
                // A list written whole would take away what another desk said.
                None if field == "items" => return Err(Fault::malformed(field)),
                None => {}
            }
        }
        Ok(())
    }

    fn check_around(&self, id: RecordId, doc: &Document, _since: Day, world: &World) -> Result<(), Fault> {
        if text_in(doc, "table").map(codes::id) != Some(id) {
            return Err(Fault::malformed("table"));
        }
        of_the_county(doc, world)?;
        let before = world.find(id).into_iter().flat_map(|record| record.doc.keys());
        let gone = before.filter(|field| field.starts_with("items/")).find(|field| !doc.contains_key(*field));
        gone.map_or(Ok(()), |field| Err(Fault { reason: Reason::CodeInUse, field: field.clone() }))
    }

    fn links(&self) -> &'static [Link] {
        const { &[Link::place("division")] }
    }
}
