//! Need 诉求: what somebody asks for, from the door where it was heard to the answer. The need is shared data, for it has an
//! owner and a day by which it is due, and both change; each step is a fact about it ([`step`]), tied to the visit in which it
//! was taken where there was one. A need may be owned outside the village it came from: its owner sees the need and its
//! steps, never the register of that village, so it tells by itself whose it is.

pub mod step;
pub mod told;
pub mod turn;

use self::turn::URGENCIES;
use super::{Fault, Field, Kind, Nature};
use crate::actor::Right;
use crate::document::{Document, id_in, text_in};
use crate::form::Form;
use crate::link::Link;

/// The kind. Document: {person | household, called, need_type, urgency: RED|YELLOW|BLUE, asked, at, raised_in?: contact,
/// owner?: division, due_on? (day), note?, removed?: why it was entered in error}.
pub struct NeedKind;

/// Every field of a need.
pub const FIELDS: &[Field] = &[
    Field::new("at", "登记时间", "Time", Form::Moment),
    Field::new("called", "姓名", "Name", Form::Name),
    Field::new("need_type", "诉求类型", "Kind of need", Form::Text).of(&["NEED_TYPE"]),
    Field::new("urgency", "紧急程度", "Urgency", Form::Code).of(&["URGENCY"]),
    Field::new("asked", "诉求内容", "What is asked", Form::Text),
    Field::new("person", "人员", "Person", Form::Id),
    Field::new("household", "户", "Household", Form::Id),
    Field::new("raised_in", "来自走访", "Raised in", Form::Id),
    Field::new("owner", "承办单位", "Owner", Form::Id).only(Right::Review),
    Field::new("due_on", "办理期限", "Due on", Form::Day).only(Right::Review),
    Field::new("removed", "作废原因", "Why it was taken out", Form::Text).only(Right::Review),
    Field::new("note", "备注", "Note", Form::Text),
];

impl Kind for NeedKind {
    fn name(&self) -> &'static str {
        "need"
    }

    fn nature(&self) -> Nature {
        Nature::Shared
    }

    fn fields(&self) -> &'static [Field] {
        FIELDS
    }

    fn check(&self, doc: &Document) -> Result<(), Fault> {
        if id_in(doc, "person").is_none() && id_in(doc, "household").is_none() {
            return Err(Fault::missing("person"));
        }
        for field in ["called", "need_type", "asked"] {
            text_in(doc, field).ok_or_else(|| Fault::missing(field))?;
        }
        match text_in(doc, "urgency") {
            Some(code) if URGENCIES.contains(&code) => Ok(()),
            Some(_) => Err(Fault::malformed("urgency")),
            None => Err(Fault::missing("urgency")),
        }
    }

    fn links(&self) -> &'static [Link] {
        const {
            &[
                Link::subject("person").tie(),
                Link::subject("household").tie(),
                Link::reader("raised_in").along(),
                Link::place("owner"),
            ]
        }
    }
}
