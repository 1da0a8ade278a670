//! What a row meets in the register: stable codes with words that say what to do next.

use bianfang_sheets::{Line, Note, Weight};

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
    /// Somebody of the same telephone number, birth and village under another name, and one of the two has no id number.
    OtherName = Doubt, "other_name",
        "系统里或前面某行有同村、同生日、同电话而姓名不同的人：请核对是否同一人",
        "the register or a row above has this telephone number, birth and village under another name: decide whether they are the same person";
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
    /// The person left because an import was taken back.
    Returns = Note, "returns",
        "因撤销导入移出的人，随此行恢复",
        "left the register when an import was taken back: returns with this row";
    /// Changed by somebody since an import that was taken back.
    Stays = Note, "stays",
        "导入以后有人改过这一栏：保留改后的值",
        "somebody changed this since the import: their value stays";
    /// Work rests on what a row of an undone import had brought.
    Rests = Note, "rests",
        "导入以后有人在此基础上做了工作：这一行没有撤销",
        "work rests on it since the import: this row was not taken back";
    /// An address without a house number.
    NoDoor = Note, "no_door",
        "住址没有门牌号，不按住址合户：先各自立户，同住的请写明户主或在系统里并户",
        "no house number: the address puts nobody together; each has a household of their own until the head is named or they are merged";
    /// Somebody without a household gets the one that the row tells.
    Housed = Note, "housed",
        "此人还没有户：按户主、户号或门牌归户",
        "has no household yet: gets the one of the head, number or door";
    /// The register has another head.
    HeadDiffers = Note, "head_differs",
        "户主与系统里的不同：户籍关系不由表格更改，请在户的页面办理",
        "the register has another head of the household: a sheet does not change it, do it on the household's page";
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
    /// Found by name in the village and something else that agrees, for want of a number.
    ByName = Note, "by_name",
        "按姓名匹配：本村只有一人，电话、住址、户主或生日相符",
        "matched by name: the only one in the village, and telephone, address, head or birth agrees";
    /// The only one of the name, and nothing else that says it is them.
    OneNamesake = Doubt, "one_namesake",
        "本村有一个同名对象，没有别的信息相符：请核对是否本人，可成批确认",
        "one of this name in the village, and nothing else agrees: decide whether it is them; such rows can be decided together";
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
    /// The same letter stands above.
    LetterTwice = Doubt, "letter_twice",
        "前面某行是同一份喜报：请核对是否重复",
        "a row above has the same letter: check whether it is listed twice";
    /// The register has a letter of that soldier and level, and nothing says whether it is this one.
    LetterKnown = Doubt, "letter_known",
        "系统里有此军人同一奖励的喜报：请核对是否同一份",
        "a letter of this soldier and level is in the register: decide whether it is the same";
    /// A unit or a basis person of the name lies elsewhere or is of another sort.
    ListedElsewhere = Doubt, "listed_elsewhere",
        "系统里有同名的，但所在地或类别不同：请核对是否同一个",
        "one of this name lies elsewhere or is of another sort: decide whether it is the same";
    /// Several of the name where the row says.
    ListedTwice = Doubt, "listed_twice",
        "系统里同一地方有几个同名的：请选定一个",
        "several of this name lie there: choose one";
    /// Higher up in the sheet.
    ListedAbove = Doubt, "listed_above",
        "前面某行是同一地方的同名记录：请核对是否重复",
        "a row above has the same name and place: decide whether it is the same";
    /// No household has this head, or several have.
    HeadUnknown = Note, "head_unknown",
        "本村没有这个户主的户，或有几户：先登记到村，之后可补上户",
        "no household of this head in the village, or several: kept with the village, the household can be added later";
    /// A decision for a letter that is none.
    LetterUnknown = Refusal, "letter_unknown",
        "系统里没有这份喜报",
        "there is no such letter";
    /// No village: the letter lies higher up.
    LetterPlace = Note, "letter_place",
        "没有写明村：先登记在上级名下，核实后请补上所属村",
        "no village: it lies with the division above until it is verified";
    /// One of the three administrators, who are apart from the work.
    AdminByHand = Refusal, "admin_by_hand",
        "系统管理员、安全管理员、审计员的账号不从表格导入，请在服务器上用 user add 建立",
        "accounts of the three administrators do not come from a sheet: make them with `user add` on the server";
    /// 辖区 that is none, or several.
    ScopeUnknown = Refusal, "scope_unknown",
        "辖区里有系统没有的或同名的区划：请写成“乡镇/村”，多个用顿号分开",
        "a division that is unknown or stands for several: write township/village, several with commas";
    /// Who works at doors needs divisions.
    ScopeMissing = Refusal, "scope_missing",
        "没有写明辖区：请填写乡镇或“乡镇/村”",
        "no division: name the township, or township/village";
    /// The login is somebody's who is deactivated.
    AccountInactive = Doubt, "account_inactive",
        "这个账号已停用：请核对是否换了人，换人请用新账号",
        "this account is deactivated: check; a new person gets a new account";
    /// The sheet does not say how somebody was visited, and nobody said what to assume.
    AssumesMethod = Doubt, "assumes_method",
        "没有写走访方式：请先确定整张表按哪一种推定",
        "the sheet does not say by which method: say once for the sheet what to assume";
    /// As [`Why::AssumesMethod`], the result.
    AssumesResult = Doubt, "assumes_result",
        "没有写走访结果：请先确定整张表按哪一种推定",
        "the sheet does not say with which result: say once for the sheet what to assume";
    /// As [`Why::AssumesMethod`], the kind of work.
    AssumesWorkTypes = Doubt, "assumes_work_types",
        "没有写工作类型：请先确定整张表按哪一种推定",
        "the sheet does not say what kind of work it was: say once for the sheet what to assume";
    /// As [`Why::AssumesMethod`], where somebody lives.
    AssumesLivingDivision = Doubt, "assumes_living_division",
        "没有写居住的村：请先确定整张表的新人是否就住在所写的村",
        "the sheet does not say where they live: say once for the sheet whether it is the village of the row";
    /// As [`Why::AssumesMethod`], the old plaque.
    AssumesOldReturned = Doubt, "assumes_old_returned",
        "更换没有写旧牌是否交回：请先确定整张表是否都已交回",
        "the sheet does not say whether the old plaque came back: say once for the sheet what to assume";
    /// A row now says what was assumed.
    SaidNow = Note, "said_now",
        "以前推定的，这张表写明了：不再标为推定",
        "was assumed, and this sheet says it: it is no longer marked";
    /// A delivery without a name.
    DelivererUnknown = Note, "deliverer_unknown",
        "没有写明送达人，记为“台账未记录”",
        "nobody is named who delivered it: kept as not recorded";
    /// Delivered on another day.
    DeliveredKnown = Doubt, "delivered_known",
        "系统登记的送达日不同：系统的记录保留，请核对",
        "the register has another day of delivery: its record stays; check";
    /// The rules refuse the document.
    Ruled = Refusal, "ruled",
        "按规定不能这样保存",
        "the rules do not allow this";
    /// 并入 without 有效止.
    MergedWhen = Refusal, "merged_when",
        "写了并入哪个村，没有写撤销时间：请补上",
        "it merged into another, but the last day is missing: add it";
    /// 并入 names nobody, or several.
    MergedUnknown = Doubt, "merged_unknown",
        "并入的村在系统和前面的行里都没有，或有同名的：请先导入它",
        "the village it merged into is neither in the register nor in a row above, or there are several: import it first";
    /// A merger that will be written.
    Merges = Note, "merges",
        "从这一天起归并入的村",
        "from this day on it belongs to the village it merged into";
    /// Another township than the register's, with the day.
    Moves = Doubt, "moves",
        "表格写在另一个乡镇：确认后从“有效起”这一天起归它",
        "the list has it in another township: once confirmed, it lies there from that first day on";
    /// Another township than the register's, without a day.
    MovedWhen = Doubt, "moved_when",
        "表格写在另一个乡镇，没有写从哪天起：请在“有效起”补上",
        "the list has it in another township, but not since when: add the first day";
    /// A village of the name lies in another township, and the list gives a first day.
    MaybeMoved = Doubt, "maybe_moved",
        "另一个乡镇有同名的村：请核对是划转过来的，还是新的村",
        "a village of this name lies in another township: decide whether it moved here or is a new one";
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
