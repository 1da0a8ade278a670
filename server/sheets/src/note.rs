//! What is said of a cell: what it was turned into, or why its value or its row was left out. Codes with their sentences are one table.

use serde::{Serialize, Serializer, ser::SerializeStruct};

/// A remark on one cell. Serialized with its sentence in both languages. Id numbers and telephone numbers in `from` and `to` are
/// masked before they come here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellNote {
    /// As a spreadsheet names it: `E5`.
    pub at: String,
    /// What about it.
    pub code: NoteCode,
    /// What stood there.
    pub from: Option<String>,
    /// What it was read as; None for a value that was left out.
    pub to: Option<String>,
}

impl Serialize for CellNote {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut note = serializer.serialize_struct("CellNote", 5)?;
        note.serialize_field("at", &self.at)?;
        note.serialize_field("code", &self.code)?;
        note.serialize_field("message", &format!("{} / {}", self.code.zh(), self.code.en()))?;
        note.serialize_field("from", &self.from)?;
        note.serialize_field("to", &self.to)?;
        note.end()
    }
}

impl NoteCode {
    /// People must decide about the row.
    #[must_use]
    pub fn is_doubt(self) -> bool {
        matches!(
            self,
            Self::IdTwice
                | Self::BrokenCharacter
                | Self::DeceasedListed
                | Self::Uncomputed
                | Self::TwoColumns
                | Self::SecondRow
                | Self::DateEither
        )
    }

    /// The cell was only read in another form: nothing is lost and nobody need do anything.
    #[must_use]
    pub fn is_change(self) -> bool {
        matches!(
            self,
            Self::FullWidth
                | Self::BlankInName
                | Self::InvisibleMark
                | Self::LookAlike
                | Self::Apostrophe
                | Self::SeparatorInName
                | Self::IdLowerX
                | Self::IdUpgraded
                | Self::DateNormalized
                | Self::MoneyNormalized
                | Self::PhonesSplit
                | Self::SameAsAbove
                | Self::FilledDown
                | Self::FlagForm
                | Self::FormulaValue
                | Self::DivisionCodePadded
                | Self::DatePartUnknown
                | Self::RowsOfOne
        )
    }
}

macro_rules! note_codes {
    ($($(#[$doc:meta])* $code:ident $zh:literal $en:literal;)*) => {
        /// What is said of a cell. The value itself is not repeated in the sentence: it may be somebody's number.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
        #[serde(rename_all = "snake_case")]
        pub enum NoteCode { $($(#[$doc])* $code),* }

        impl NoteCode {
            /// Every code.
            pub const ALL: &'static [Self] = &[$(Self::$code),*];
            /// 中文
            #[must_use]
            pub fn zh(self) -> &'static str {
                match self { $(Self::$code => $zh),* }
            }
            /// English
            #[must_use]
            pub fn en(self) -> &'static str {
                match self { $(Self::$code => $en),* }
            }
        }
    };
}

note_codes! {
    /// 姓名 is empty.
    NameMissing "姓名为空，此行未导入" "no name: the row was left out";
    /// 乡镇 or 村 is empty and nothing above fills it.
    PlaceMissing "乡镇或村为空，此行未导入" "no township or village: the row was left out";
    /// The number was stored as a number and lost its last digits.
    IdRounded "身份证号被表格当作数字存储，末几位已丢失，请改为文本重新填写，CSV 请另存为 .xlsx" "the sheet stored the id number as a number and lost its last digits: enter it as text, of a .csv in an .xlsx";
    /// The number fails its check.
    IdInvalid "身份证号校验不通过，请核对" "the id number fails its check: compare it with the card";
    /// The same number stands in an earlier row.
    IdTwice "身份证号与前面某行重复，此行未导入" "the id number stands in an earlier row: the row was left out";
    /// A telephone number is none.
    PhoneInvalid "电话号码格式不对，未导入该号码" "not a telephone number: it was left out";
    /// A township's code was filled up to twelve digits.
    DivisionCodePadded "12 位代码末尾补的 0 已去掉，按乡镇读取" "the zeros that fill the code up to 12 digits were left off: it is a township";
    /// The code is not one of this county's.
    DivisionCode "区划代码不是本县的 9 位或 12 位代码，此行未导入" "not a code of 9 or 12 digits of this county: the row was left out";
    /// A village without a township, and without a code that tells it.
    TownshipMissing "没有写明所属乡镇，此行未导入" "the township is missing: the row was left out";
    /// The register has no such village, or several.
    VillageUnknown "系统里没有这个村，或有同名的，请先导入区划或写明乡镇，此行未导入" "no such village, or several: import divisions first or name the township";
    /// The register has this number already.
    Known "系统里已有此人，未改动" "in the register already: not changed";
    /// The register has somebody of this name in this village, and one of the two has no number.
    NameKnown "该村已有同名的人且一方没有身份证号，请人工核对，此行未导入" "same name in the village and one has no id number: compare them; the row was left out";
    /// The rules refused the row.
    Refused "不符合规则，此行未导入" "against the rules: the row was left out";
    /// Full-width digits or letters.
    FullWidth "全角字符已转为半角" "full-width characters were narrowed";
    /// Format characters and variation selectors, in names, numbers and codes.
    InvisibleMark "看不见的字符已去掉" "characters nobody sees were removed";
    /// Radicals, compatibility and private-use characters, other hyphens, in names, numbers and codes.
    LookAlike "形近字符已统一为常用字" "look-alike characters were made the usual ones";
    /// An id number or a bank card in a cell that is not made for it.
    NumberMasked "单元格中的身份证号或银行卡号已隐去：请填在专门的一栏" "an id number or a bank card was hidden: put it into the column made for it";
    /// Blanks, line breaks.
    BlankInName "已去掉多余的空格或换行" "blanks or line breaks were removed";
    /// A leading apostrophe.
    Apostrophe "已去掉开头的撇号" "the leading apostrophe was removed";
    /// Another separator inside a name.
    SeparatorInName "姓名中的间隔号已统一为“·”" "the separator in the name was made ·";
    /// The cross or small letter at the end of an id number.
    IdLowerX "身份证号末位已改为大写 X" "the last character of the id number was made X";
    /// An old card.
    IdUpgraded "15 位身份证号已升为 18 位" "the id number of 15 digits was made one of 18";
    /// A date in another form.
    DateNormalized "日期已改为统一格式" "the date was brought to one form";
    /// A year of two digits.
    TwoDigitYear "两位年份已补足，请核对" "a year of two digits was completed: check it";
    /// A date that is none.
    DateInvalid "日期无法识别，未导入该日期" "not a date: it was left out";
    /// A date that may be two.
    DateEither "日期可能是其中之一，请核对" "the date may be one of these: check it";
    /// 00 for a month or day that is not known.
    DatePartUnknown "月或日写作 00，按不详读取" "a month or day written as 00 was read as not known";
    /// 农历
    LunarDate "农历日期未换算，请核对公历日期" "a date of the lunar calendar was not converted: enter the solar date";
    /// An amount in another form.
    MoneyNormalized "金额已换算为元" "the amount was brought to yuan";
    /// An amount that is none.
    MoneyInvalid "金额无法识别，未导入该金额" "not an amount: it was left out";
    /// An amount merged over several rows.
    MergedAmount "合并单元格的金额只计在第一行" "an amount merged over rows is counted in the first only";
    /// Several numbers in a cell, or another form.
    PhonesSplit "电话号码已拆分或统一格式" "telephone numbers were split or brought to one form";
    /// 同上
    SameAsAbove "“同上”已换成上一行的值" "'same as above' was replaced by the value above";
    /// An empty cell under a filled one, or under one it is merged with.
    FilledDown "空白或合并单元格已按上方填入" "the empty or merged cell was filled from above";
    /// A formula, read as the value it gave last.
    FormulaValue "公式按最后算出的值读取" "a formula: its last value was read";
    /// A remark says that the person died.
    DeceasedListed "备注说明此人已去世，请核对" "the sheet says that the person died: check it";
    /// A yes or no in other words.
    FlagForm "已识别为是或否" "read as yes or no";
    /// Neither yes nor no.
    FlagUnknown "看不出是或否，未导入该值" "neither yes nor no: it was left out";
    /// A name without a code.
    CodeUnknown "不认识的类别名称，已原样保留或未导入，请核对" "a name without a code: kept as written or left out; check it";
    /// `#REF!`
    CellError "单元格是公式错误，未导入该值" "the cell holds a formula's error: it was left out";
    /// A military unit.
    MilitaryUnitDropped "含部队番号，按保密要求未导入该值" "a military unit designation: it was left out, as secrecy demands";
    /// A hidden row.
    HiddenRow "隐藏行未导入" "a hidden row was left out";
    /// A hidden column.
    HiddenColumn "隐藏列未读取；要导入请先取消隐藏" "a hidden column was not read: show it first to import it";
    /// A hidden sheet.
    HiddenSheet "隐藏的工作表未导入；要导入请先取消隐藏" "a hidden sheet was left out: show it first to import it";
    /// A sheet without a header.
    SheetWithoutHeader "此工作表找不到表头，未导入" "no header was found in this sheet: it was left out";
    /// A sheet that is broken.
    SheetDamaged "此工作表已损坏，未导入，请用表格软件打开后另存" "this sheet is damaged and was left out: open the file and save it anew";
    /// A chart or a macro.
    SheetWithoutCells "此工作表是图表或宏，没有可导入的单元格" "this sheet is a chart or a macro: it has no cells to import";
    /// A second list beside the first, without the columns that are needed.
    TableBeside "旁边的另一张表缺少必要的列，未导入" "the other table beside this one lacks columns that are needed: it was left out";
    /// Cells far to the right.
    ColumnsBeyond "第 512 列以后的单元格未读取" "cells beyond column 512 were not read";
    /// Two columns of one meaning that differ.
    TwoColumns "同一内容有两列且不一致，请核对" "two columns of the same meaning differ: check them";
    /// A second row of one person says otherwise.
    SecondRow "合并的第二行与第一行不一致，请核对" "the second row of this person says otherwise: check it";
    /// The second row of one person, whose name is merged over both.
    RowsOfOne "姓名合并了多行，已并入上一行" "the name is merged over several rows: they were read as one person";
    /// A formula that was never computed.
    Uncomputed "公式没有算出的值，请用表格软件打开并保存一次后再导入" "a formula without a value: open the file in a spreadsheet program and save it once";
    /// A quote that was opened and not closed.
    UnclosedQuote "引号没有配对，此行按普通字符读取，请核对" "a quote is not closed: the line was read without quoting; check it";
    /// Bytes that are no character.
    BrokenCharacter "有无法识别的字符(乱码)，请核对" "a character is broken: check it";
    /// 合计
    TotalRow "合计行未导入" "a row of totals was left out";
    /// The header once more.
    HeaderAgain "重复的表头已跳过" "a repeated header was left out";
    /// 填表人 …
    FooterRow "表尾说明未导入" "a line below the table was left out";
    /// Without a login.
    LoginMissing "账号为空，此行未导入" "no account name: the row was left out";
    /// The same login twice.
    LoginTwice "账号与前面某行重复，此行未导入" "the account stands in an earlier row: the row was left out";
    /// No role, or one that is not known.
    RoleUnknown "角色为空或不认识，此行未导入" "no role, or an unknown one: the row was left out";
    /// No day where one is needed.
    DateMissing "缺少日期，此行未导入" "no date: the row was left out";
    /// The end before the start.
    PeriodReversed "止早于起，此行未导入" "the end lies before the start: the row was left out";
}
