//! Why a file cannot be read as a sheet at all, and what to do about it.

/// The file as a whole is refused. Each message says what to do next.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// Neither a workbook nor text.
    #[error("无法识别的文件类型，请另存为 .xlsx 或 .csv / unknown file type: save it as .xlsx or .csv")]
    UnknownType,
    /// A newer binary workbook or another container.
    #[error("{0} 类型的文件不能导入，请另存为 .xlsx / files of type {0} cannot be read: save it as .xlsx")]
    OtherType(&'static str),
    /// More than [`super::read::MAX_FILE`].
    #[error("文件超过 {} MB，请拆分后再导入 / the file has more than {} MB: split it", limit / 1_048_576, limit / 1_048_576)]
    FileTooLarge {
        /// Its size.
        bytes: u64,
        /// What is allowed.
        limit: u64,
    },
    /// Unpacked it would be larger than allowed, or it is packed too tightly to be a sheet.
    #[error(
        "文件解压后过大，请删去多余的工作表、图片和空白格式后再导入 / the file unpacks to too much: remove other sheets, pictures and empty formats"
    )]
    UnpacksTooLarge,
    /// Too many rows or cells.
    #[error(
        "表格过大(最多 {rows} 行)，请拆分，并删去远处的零散单元格 / too many rows or cells (at most {rows} rows): split the sheet and clear stray cells far off"
    )]
    TooManyCells {
        /// Rows that are allowed.
        rows: usize,
    },
    /// Protected by a password.
    #[error(
        "文件有打开密码：请用表格软件打开，在“文件 → 信息 → 保护工作簿 → 用密码进行加密”里清空密码，保存后再导入 / the file has a password: open it, clear it under File, Info, Protect Workbook, Encrypt with Password, and save it"
    )]
    Encrypted,
    /// The workbook is damaged.
    #[error(
        "表格文件已损坏，请用表格软件打开后另存再导入 / the workbook is damaged: open it in a spreadsheet program and save it anew"
    )]
    Damaged,
    /// No sheet has a fitting header.
    #[error("找不到表头：需要{}；如果表里叫别的名字，请指定哪一列是什么 / no header found, these columns are needed: {}; if the sheet calls them otherwise, say which column is which", needs.join("、"), needs.join(", "))]
    NoHeader {
        /// The usual names of the columns.
        needs: Vec<&'static str>,
    },
    /// A mapping was given for another ledger.
    #[error("所给的列对应关系属于另一种表 / the mapping given is one of another ledger")]
    MappingLedger,
}
