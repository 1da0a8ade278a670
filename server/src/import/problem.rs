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
        }
    }
}
