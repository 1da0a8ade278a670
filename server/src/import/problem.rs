//! What can be wrong with a sheet (the file) and with a cell (one row is left out, or a value is doubted).

use serde::Serialize;

/// The file cannot be read as a sheet at all.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// Not .xlsx or .csv by its name.
    #[error("无法识别的文件类型，请另存为 .xlsx 或 .csv / unknown file type: save it as .xlsx or .csv")]
    UnknownType,
    /// No row looks like the header.
    #[error("找不到表头：需要“姓名”和“村(社区)”两列 / no header found: the columns 姓名 and 村(社区) are needed")]
    NoHeader,
    /// No row looks like the header of a list of divisions.
    #[error("找不到表头：需要“区划代码”和“名称”两列 / no header found: the columns 区划代码 and 名称 are needed")]
    NoDivisionHeader,
    /// The workbook is damaged.
    #[error("表格文件已损坏 / the workbook cannot be read")]
    Workbook(#[source] calamine::XlsxError),
    /// The text is damaged.
    #[error("CSV 文件无法读取 / the CSV cannot be read")]
    Csv(#[from] csv::Error),
    /// The workbook has no sheet.
    #[error("工作簿是空的 / the workbook has no sheet")]
    Empty,
}

/// A problem at one cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CellProblem {
    /// As Excel names it: `E5`.
    pub at: String,
    /// What is wrong.
    pub code: ProblemCode,
    /// The row was left out; otherwise only the value was.
    pub row_refused: bool,
}

/// What is wrong with a cell. The value itself is not repeated: it may be somebody's number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ProblemCode {
    /// 姓名 is empty.
    NameMissing,
    /// 乡镇 or 村 is empty and nothing above fills it.
    PlaceMissing,
    /// The number was stored as a number and lost its last digits.
    IdNumberRounded,
    /// The number fails its check.
    IdNumberInvalid,
    /// The same number stands in an earlier row.
    IdNumberTwice,
    /// A telephone number is none.
    PhoneInvalid,
    /// The code is not one of this county's.
    DivisionCode,
    /// The register has no such village, or several.
    VillageUnknown,
    /// The register has this number already.
    Known,
    /// The register has somebody of this name in this village, and one of the two has no number.
    NameKnown,
    /// The rules refused the row.
    Refused,
}

impl ProblemCode {
    /// 中文
    #[must_use]
    pub fn zh(self) -> &'static str {
        match self {
            Self::NameMissing => "姓名为空，此行未导入",
            Self::PlaceMissing => "乡镇或村为空，此行未导入",
            Self::IdNumberRounded => "身份证号被表格当作数字存储，末几位已丢失，请改为文本重新填写",
            Self::IdNumberInvalid => "身份证号校验不通过，请核对",
            Self::IdNumberTwice => "身份证号与前面某行重复，此行未导入",
            Self::PhoneInvalid => "电话号码格式不对，未导入该号码",
            Self::DivisionCode => "区划代码不是本县的 9 位或 12 位代码，此行未导入",
            Self::VillageUnknown => "系统里没有这个村，或有同名的，请先导入区划或写明乡镇，此行未导入",
            Self::Known => "系统里已有此人，未改动",
            Self::NameKnown => "该村已有同名的人且一方没有身份证号，请人工核对，此行未导入",
            Self::Refused => "不符合规则，此行未导入",
        }
    }

    /// English
    #[must_use]
    pub fn en(self) -> &'static str {
        match self {
            Self::NameMissing => "no name: the row was left out",
            Self::PlaceMissing => "no township or village: the row was left out",
            Self::IdNumberRounded => {
                "the sheet stored the id number as a number and lost its last digits: enter it as text"
            }
            Self::IdNumberInvalid => "the id number fails its check: compare it with the card",
            Self::IdNumberTwice => "the id number stands in an earlier row: the row was left out",
            Self::PhoneInvalid => "not a telephone number: it was left out",
            Self::DivisionCode => "not a code of 9 or 12 digits of this county: the row was left out",
            Self::VillageUnknown => "no such village, or several: import divisions first or name the township",
            Self::Known => "in the register already: not changed",
            Self::NameKnown => "same name in the village and one has no id number: compare them; the row was left out",
            Self::Refused => "against the rules: the row was left out",
        }
    }
}
