//! Which column is which: by the bureau's usual names, wherever the header row stands under its title.

use super::sheet::SheetRow;

/// What a column holds. The rest is kept under its own header.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Column {
    /// 序号
    Number,
    /// 姓名
    Name,
    /// 性别
    Sex,
    /// 身份证号码
    IdNumber,
    /// 户籍地址
    RegisteredAddress,
    /// 现居住地址
    Address,
    /// 乡镇(街道)
    Township,
    /// 村(社区)
    Village,
    /// 联系电话
    Phone,
    /// 人员类别
    Category,
}

const NAMES: [(Column, &[&str]); 10] = [
    (Column::Number, &["序号", "编号"]),
    (Column::Name, &["姓名", "对象姓名"]),
    (Column::Sex, &["性别"]),
    (Column::IdNumber, &["身份证号码", "身份证号", "身份证", "公民身份号码"]),
    (Column::RegisteredAddress, &["户籍地址", "户籍所在地"]),
    (Column::Address, &["现居住地址", "居住地址", "现住址", "家庭住址", "地址"]),
    (Column::Township, &["乡镇街道", "乡镇", "街道", "镇乡街道"]),
    (Column::Village, &["村社区", "村", "社区", "行政村"]),
    (Column::Phone, &["联系电话", "电话", "手机", "手机号码", "联系方式"]),
    (Column::Category, &["人员类别", "类别", "对象类别", "身份类别"]),
];

/// The columns of one header row: index, meaning (None for one we keep as it is), header text.
#[derive(Debug)]
pub(super) struct Header {
    pub(super) columns: Vec<(usize, Option<Column>, String)>,
}

impl Header {
    /// The header of a row, if it is one: it must name the person and the village.
    pub(super) fn of(row: &SheetRow) -> Option<Self> {
        let columns: Vec<_> = row
            .cells
            .iter()
            .enumerate()
            .filter(|(_, text)| !text.trim().is_empty())
            .map(|(at, text)| (at, meaning(text), text.trim().trim_start_matches('\u{feff}').to_owned()))
            .collect();
        let has = |wanted| columns.iter().any(|(_, column, _)| *column == Some(wanted));
        (has(Column::Name) && has(Column::Village)).then_some(Self { columns })
    }

    /// The index of a column.
    pub(super) fn at(&self, wanted: Column) -> Option<usize> {
        self.columns.iter().find(|(_, column, _)| *column == Some(wanted)).map(|(at, _, _)| *at)
    }
}

/// Without blanks, brackets and line breaks, as sheets differ in these.
fn meaning(text: &str) -> Option<Column> {
    let plain: String = text.chars().filter(|c| !c.is_whitespace() && !"()（）、/\u{feff}".contains(*c)).collect();
    NAMES.iter().find(|(_, names)| names.contains(&plain.as_str())).map(|(column, _)| *column)
}
