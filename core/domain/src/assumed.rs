//! What a record has only because somebody assumed it when a sheet was imported that does not say it: marked on the record
//! ([`FIELD`]), so that a figure can say how much of it rests on such marks.

use serde_json::Value;

use crate::form::Form;
use crate::kind::Field;
use crate::record::Record;

/// The field of the mark: names of fields, in the words of the record's kind.
pub const NAME: &str = "assumed";

/// It, as the kinds that are imported have it.
pub const FIELD: Field = Field::new(NAME, "推定", "Assumed", Form::Text).of(&["ASSUMED"]).list().headers(&["推定"]);

/// Marks that still hold: whoever sets such a field since says it, and nothing of it is assumed any more.
#[must_use]
pub fn of(record: &Record) -> Vec<&str> {
    let fields = &record.meta.fields;
    let marked = fields.get(NAME).map(|meta| meta.op);
    let holds = |name: &&str| {
        // What came of a visit stands with each person it names.
        let field = if record.kind == "contact" && *name == "result" { "entries" } else { name };
        let set = fields.get(field).map(|meta| meta.op);
        set.is_none_or(|set| set == record.meta.origin.op || Some(set) == marked)
    };
    let marks = record.value(NAME).as_array().map(Vec::as_slice).unwrap_or_default();
    marks.iter().filter_map(Value::as_str).filter(holds).collect()
}

/// Whether whom a contact reached, or how, was assumed.
#[must_use]
pub fn reach(contact: &Record) -> bool {
    of(contact).iter().any(|name| matches!(*name, "method" | "result"))
}
