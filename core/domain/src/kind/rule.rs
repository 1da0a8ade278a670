//! Rule 规则: settings of the bureau, from a day on ([`crate::rules`]). The county sets them; everybody reads them.

use super::{Fault, Field, Flow, Kind, Nature, Sets};
use crate::actor::Right;
use crate::document::{Document, id_in, text_in};
use crate::id::RecordId;
use crate::reason::Reason;
use crate::rules;

/// The kind. Document: {rule: a name of [`crate::rules`], division: the county's, data: {setting: value}}.
pub struct RuleRecord;

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
        const {
            &[
                Field::new("rule", Sets::Only(Right::County)),
                Field::new("division", Sets::Only(Right::County)),
                Field::new("data", Sets::Only(Right::County)).dated(),
            ]
        }
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

    fn places(&self, _id: RecordId, doc: &Document) -> Vec<RecordId> {
        id_in(doc, "division").into_iter().collect()
    }
}
