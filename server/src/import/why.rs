//! What a row meets in the register: stable codes with words that say what to do next.

use super::line::{Line, Note, Weight};

macro_rules! whys {
    ($($(#[$doc:meta])* $name:ident = $weight:ident, $code:literal, $zh:literal, $en:literal;)*) => {
        /// Why a row is doubtful or refused, or what is worth knowing of it.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Why { $($(#[$doc])* $name,)* }

        /// Every code.
        pub const CODES: &[&str] = &[$($code,)*];

        impl Why {
            /// What it does to the row, stable code, 中文, English.
            #[must_use]
            pub fn row(self) -> (Weight, &'static str, &'static str, &'static str) {
                match self { $(Self::$name => (Weight::$weight, $code, $zh, $en),)* }
            }
        }
    };
}

whys! {
    /// No village, or several of the name.
    VillageUnknown = Refusal, "village_unknown",
        "系统里没有这个村，或有同名的：请先导入区划，或在乡镇一栏写明",
        "no such village, or several: import divisions first, or name the township";
    /// Outside the divisions of the account.
    OutOfScope = Refusal, "out_of_scope",
        "这个村不在您的辖区，请由上级导入",
        "this village is outside your divisions: let the county import it";
    /// Somebody of the same name, birth and village, and one of the two has no number.
    MaybeKnown = Doubt, "maybe_known",
        "系统里有同名同村、生日不矛盾的人：请核对是否同一人",
        "somebody of this name, birth and village is in the register: decide whether they are the same";
    /// As [`Why::MaybeKnown`], higher up in the sheet.
    MaybeAbove = Doubt, "maybe_above",
        "前面某行有同名同村、生日不矛盾的人：请核对是否同一人",
        "a row above has the same name, village and birth: decide whether they are the same person";
    /// The same number stands above.
    IdTwice = Doubt, "id_twice",
        "身份证号与前面某行重复：请核对是重复登记，还是同一人在两个村",
        "the id number stands in a row above: listed twice, or one person in two villages";
    /// The number belongs to somebody who was removed.
    Removed = Doubt, "removed",
        "这个身份证号的人已移出名册：请核对是否恢复",
        "the person of this id number was removed from the register: decide whether they return";
    /// The register knows of the death.
    DeceasedKnown = Doubt, "deceased_known",
        "系统登记此人已去世，表格仍在列：请核对",
        "the register says this person died, the sheet still lists them: check";
    /// The sheet's value differs from a value that a reviewer answers for.
    Differs = Doubt, "differs",
        "与系统里的值不同：系统的值保留，采用表格的值须人工确认",
        "differs from the register: its value stays unless somebody decides for the sheet's";
    /// A value that the sheet changes.
    Changes = Note, "changes",
        "将更新为表格的值，原值留在历史里",
        "will be changed to the sheet's value; the old one stays in the history";
    /// A value that was empty.
    Adds = Note, "adds",
        "将补充",
        "will be added";
    /// Found by name in the village, for want of a number.
    ByName = Note, "by_name",
        "按本村唯一的同名对象匹配",
        "matched by name: the only one in the village";
    /// Several of the name.
    Several = Doubt, "several",
        "本村有几个同名对象：请选定一人",
        "several of this name in the village: choose one";
    /// Nobody of the name.
    PersonUnknown = Doubt, "person_unknown",
        "系统里没有此人：请先导入花名册，或指定是哪一位",
        "nobody of this name in the village: import the roster first, or say who it is";
    /// The person has no household.
    HouseholdUnknown = Doubt, "household_unknown",
        "此人还没有户：请先补充住址",
        "this person has no household: add the address first";
    /// The household has its plaque.
    AlreadyHung = Doubt, "already_hung",
        "这户已登记挂牌：请核对是否重复",
        "a plaque of this household is recorded already: check whether it is the same";
    /// A visit of that person on that day.
    VisitKnown = Doubt, "visit_known",
        "系统里有此人当天的走访：请核对是否同一次",
        "a visit of this person on that day is recorded already: check whether it is the same";
    /// The rules refuse the document.
    Ruled = Refusal, "ruled",
        "按规定不能这样保存",
        "the rules do not allow this";
    /// A division whose township the list does not name.
    ParentUnknown = Refusal, "parent_unknown",
        "系统里和表格里都没有它的上级：请补上乡镇",
        "its township is neither in the register nor in the sheet: add it";
}

impl Why {
    /// A note of it on a field of a row.
    #[must_use]
    pub fn on(self, line: &Line, field: &str, from: Option<String>, to: Option<String>) -> Note {
        let (weight, code, zh, en) = self.row();
        Note { at: line.at(field), code: code.to_owned(), message: format!("{zh} / {en}"), from, to, weight }
    }
}
