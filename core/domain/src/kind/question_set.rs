//! QuestionSet 问卷: what is asked beside a visit and answered in it. Data with a version, carried to every phone; three are
//! shipped ([`crate::questions`]), and a record of the same code takes the place of a shipped one.

use super::{Fault, Field, Flow, Kind, Nature};
use crate::actor::Right;
use crate::document::{Document, id_in, int_in, text_in};
use crate::form::Form;
use crate::id::RecordId;
use crate::link::Link;
use crate::questions;

/// The kind. Document: {code, title, version, division: the county's, work_types? [code], classes? [code]: whom it is asked
/// of, questions [{id, kind, text, options?, show_if?}]}.
pub struct QuestionSetRecord;

/// Every field of a question set.
pub const FIELDS: &[Field] = &[
    Field::new("code", "代码", "Code", Form::Text).only(Right::County),
    Field::new("title", "标题", "Title", Form::Text).only(Right::County),
    Field::new("version", "版本", "Version", Form::Number).only(Right::County),
    Field::new("division", "区划", "Division", Form::Id).only(Right::County),
    Field::new("questions", "问题", "Questions", Form::Any).only(Right::County),
    Field::new("work_types", "工作类型", "Work", Form::Any).of(&["WORK_TYPE"]).only(Right::County),
    Field::new("classes", "人员类别", "Classes", Form::Any).of(&["CATEGORY", "PREF"]).only(Right::County),
];

impl Kind for QuestionSetRecord {
    fn name(&self) -> &'static str {
        "question_set"
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

    fn derives(&self, id: RecordId, doc: &Document) -> bool {
        text_in(doc, "code").map(questions::id) == Some(id)
    }

    fn check(&self, doc: &Document) -> Result<(), Fault> {
        text_in(doc, "code").ok_or_else(|| Fault::missing("code"))?;
        text_in(doc, "title").ok_or_else(|| Fault::missing("title"))?;
        int_in(doc, "version").filter(|version| *version > 0).ok_or_else(|| Fault::missing("version"))?;
        id_in(doc, "division").ok_or_else(|| Fault::missing("division"))?;
        let set = questions::read(doc).ok_or_else(|| Fault::malformed("questions"))?;
        if set.is_sound() { Ok(()) } else { Err(Fault::malformed("questions")) }
    }

    fn links(&self) -> &'static [Link] {
        const { &[Link::place("division")] }
    }
}
