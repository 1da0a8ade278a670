//! MeritLetter 立功喜报: a letter about a serving soldier's merit comes in, is registered, verified and delivered once to the
//! one address the soldier named, or moves on (2020 rules of the three ministries). The letter is shared data, each step a
//! fact about it ([`step`]).

pub mod figures;
pub mod step;

use super::{Fault, Field, Judgement, Kind, Nature};
use crate::actor::{Right, Role};
use crate::decision::{Case, CaseKind};
use crate::document::{Document, id_in, text_in};
use crate::form::Form;
use crate::id::RecordId;
use crate::link::Link;
use crate::reason::Reason;
use crate::record::Record;
use crate::time::Day;
use crate::world::World;

/// The kind. Document: {source: TROOPS|PAFD|FAMILY, notice_no?, level, soldier, division, address?, family_name?, relation?,
/// phone? (sealed), household?, basis_person?, approved_on?, received_on?, conscript?, civilian?, posthumous?, award_fen?,
/// goods_fen?, removed?: why it was entered in error}.
pub struct Letter;

/// A level of merit: code ([`crate::codes::LETTER_LEVEL`]), the lowest level that should deliver, whether the 人武部 should come along.
pub struct Level {
    /// Its code.
    pub code: &'static str,
    /// PROVINCE | CITY | COUNTY | TOWNSHIP
    pub by: &'static str,
    /// With the 人武部 (军分区, 省军区).
    pub with_pafd: bool,
}

const fn level(code: &'static str, by: &'static str, with_pafd: bool) -> Level {
    Level { code, by, with_pafd }
}

/// Who should deliver which level (notes, section 4). A deliverer of another level is a warning, never more.
pub const LEVELS: &[Level] = &[
    level("BAYI", "PROVINCE", true),
    level("TITLE", "PROVINCE", true),
    level("FIRST", "CITY", true),
    level("SECOND", "COUNTY", true),
    level("THIRD", "COUNTY", true),
    level("FOUR_HAVE", "TOWNSHIP", false),
    level("COMMENDATION", "TOWNSHIP", false),
];

/// What letters with one notice number share: no record has this id. Blanks and case of the number are no matter.
#[must_use]
pub fn notice(doc: &Document) -> Option<RecordId> {
    let number: String = text_in(doc, "notice_no")?.chars().filter(|c| !c.is_whitespace()).collect();
    Some(RecordId::derived(&["letter_notice", &number.to_uppercase()]))
}

/// Where a letter lay on a day.
#[must_use]
pub fn division_on(letter: &Record, day: Day) -> Option<RecordId> {
    letter.value_on("division", day).as_str().and_then(|id| id.parse().ok())
}

/// Every field of a letter.
pub const FIELDS: &[Field] = &[
    Field::new("source", "来源", "Source", Form::Code).of(&["LETTER_SOURCE"]).proposed(),
    Field::new("received_on", "收到时间", "Received on", Form::Day).headers(&["收到时间", "收到日期", "接收时间"]),
    Field::new("soldier", "军人姓名", "Soldier", Form::Name).proposed().headers(&["军人姓名", "姓名", "立功人姓名"]),
    Field::new("level", "奖励类别", "Level", Form::Text).of(&["LETTER_LEVEL"]).proposed().headers(&[
        "奖励类别",
        "奖励等级",
        "立功等级",
    ]),
    Field::new("approved_on", "批准时间", "Approved on", Form::Day).headers(&["批准时间", "批准日期"]),
    Field::new("notice_no", "通知书编号", "Notice no.", Form::Text).proposed().headers(&[
        "通知书编号",
        "喜报编号",
        "编号",
    ]),
    Field::new("family_name", "家属姓名", "Family", Form::Name).headers(&["家属姓名", "家属"]),
    Field::new("relation", "与军人关系", "Relation", Form::Text).headers(&["关系", "与军人关系"]),
    Field::new("address", "地址", "Address", Form::Text).headers(&["地址", "家庭住址", "现居住地址", "住址"]),
    Field::new("phone", "电话", "Telephone", Form::Any).sealed(Right::Phones).headers(&["电话", "联系电话"]),
    Field::new("division", "区划", "Division", Form::Id).proposed().dated(),
    Field::new("household", "户", "Household", Form::Id),
    Field::new("basis_person", "荣誉主体", "Basis person", Form::Id),
    Field::new("conscript", "义务兵", "Conscript", Form::Flag),
    Field::new("civilian", "文职人员", "Civilian staff", Form::Flag),
    Field::new("posthumous", "追授", "Posthumous", Form::Flag),
    Field::new("goods_fen", "慰问品价值", "Goods", Form::Fen).headers(&[
        "慰问品价值",
        "慰问品金额",
        "物品价值",
        "慰问品折价",
    ]),
    Field::new("award_fen", "奖励金", "Award", Form::Fen).headers(&["奖励金", "奖金", "奖励金额"]),
    Field::new("removed", "作废原因", "Why it was taken out", Form::Text).only(Right::Review),
    Field::new("extra", "其他列", "Other columns", Form::Any),
    Field::new("note", "备注", "Note", Form::Text).headers(super::person::fields::NOTE),
];

impl Kind for Letter {
    fn name(&self) -> &'static str {
        "letter"
    }

    fn nature(&self) -> Nature {
        Nature::Shared
    }

    fn fields(&self) -> &'static [Field] {
        FIELDS
    }

    fn check(&self, doc: &Document) -> Result<(), Fault> {
        text_in(doc, "soldier").ok_or_else(|| Fault::missing("soldier"))?;
        id_in(doc, "division").ok_or_else(|| Fault::missing("division"))?;
        let level = text_in(doc, "level").ok_or_else(|| Fault::missing("level"))?;
        if !LEVELS.iter().any(|known| known.code == level) {
            return Err(Fault::malformed("level"));
        }
        match text_in(doc, "source") {
            Some("TROOPS" | "PAFD" | "FAMILY") => {}
            Some(_) => return Err(Fault::malformed("source")),
            None => return Err(Fault::missing("source")),
        }
        Ok(())
    }

    /// What troops and 人武部 send comes to the bureau and the township; a village worker enters what the family shows.
    fn begun_by(&self, doc: &Document, role: Role) -> Result<(), Fault> {
        match text_in(doc, "source") {
            Some("FAMILY") => Ok(()),
            _ if role.may(Right::Review) => Ok(()),
            _ => Err(Fault { reason: Reason::LetterSource, field: "source".into() }),
        }
    }

    fn links(&self) -> &'static [Link] {
        const { &[Link::place("division"), Link::shared("notice_no", notice)] }
    }

    /// The same notice number twice: whichever was written later is looked at.
    fn judge(&self, letter: &Record, _facts: &[&Record], world: &World) -> Judgement {
        let alive = |record: &&Record| text_in(&record.doc, "removed").is_none();
        let number =
            Some(letter).filter(|record| record.kind == self.name()).filter(alive).and_then(|l| notice(&l.doc));
        let first = number.and_then(|number| world.facts(number, self.name()).into_iter().find(alive));
        let case = first.filter(|first| first.id != letter.id).map(|first| Case {
            kind: CaseKind::Double,
            subjects: vec![letter.id],
            facts: vec![first.id],
        });
        Judgement { cases: case.into_iter().map(Into::into).collect(), ..Judgement::default() }
    }
}
