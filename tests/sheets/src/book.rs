//! A sheet as plain data, made once and written by every format: rows of cells, merged areas, hidden rows.

/// One sheet in a workbook.
#[derive(Debug, Clone, PartialEq)]
pub struct Book {
    /// Name of the sheet.
    pub name: String,
    /// Date serials count from 1904 (old Excel for Mac) instead of 1900.
    pub base_1904: bool,
    /// Width of each column in characters.
    pub widths: Vec<u8>,
    /// From the sheet's first row; an empty row holds no cells.
    pub rows: Vec<Row>,
    /// Merged areas; only the first cell of one holds anything.
    pub merges: Vec<Merge>,
}

/// One row.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// From column A; shorter rows end in empty cells.
    pub cells: Vec<Cell>,
    /// Not shown.
    pub hidden: Option<Hidden>,
    /// What the row looks like.
    pub look: Look,
}

/// Why a row is not shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hidden {
    /// By hand.
    Hand,
    /// By a filter.
    Filter,
}

/// What kind of row it is to the eye.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// Large, centred, over all columns.
    Title,
    /// The line under the title: who fills in, when.
    Subtitle,
    /// Bold, framed, wrapped.
    Header,
    /// Framed.
    Body,
    /// Bold, framed.
    Total,
}

/// One cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// Text.
    Text(String),
    /// A number.
    Number(f64, NumberLook),
    /// A day as a real date cell; the writer counts its serial by the book's base.
    Date {
        /// Year, month, day.
        ymd: (i32, u8, u8),
    },
    /// A formula with the value Excel computed last.
    Formula(Expression),
    /// `#N/A`
    Error,
}

/// How a number is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumberLook {
    /// 常规
    General,
    /// `0`: all digits, no exponent.
    Whole,
}

/// What formulas of such sheets compute; few, since .xls stores them parsed.
#[derive(Debug, Clone, PartialEq)]
pub enum Expression {
    /// `="张"&"三"`
    Join(String, String),
    /// `=100*5`
    Product(u16, u16),
    /// `=COUNTA(B3:B9)` over a column, both rows counted from 0, with its result.
    Count {
        /// Column, from 0.
        column: u16,
        /// First row, from 0.
        from: u32,
        /// Last row, from 0.
        to: u32,
        /// Cells of the area that hold anything.
        result: u32,
    },
}

/// A merged area, all counted from 0, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Merge {
    /// First row.
    pub top: u32,
    /// First column.
    pub left: u16,
    /// Last row.
    pub bottom: u32,
    /// Last column.
    pub right: u16,
}

impl Row {
    /// Some text in it has a line break, so the row is as high as two.
    pub(crate) fn is_high(&self) -> bool {
        self.cells.iter().any(|cell| matches!(cell, Cell::Text(text) if text.contains('\n')))
    }
}

/// Letters of a column counted from 0: `A`, `Z`, `AA`.
#[must_use]
pub fn column_letters(column: usize) -> String {
    let mut letters = String::new();
    let mut rest = column + 1;
    while rest > 0 {
        let digit = u8::try_from((rest - 1) % 26).unwrap_or(0);
        letters.insert(0, char::from(b'A' + digit));
        rest = (rest - 1) / 26;
    }
    letters
}

impl Expression {
    /// As it is typed, with its `=`.
    #[must_use]
    pub fn source(&self) -> String {
        match self {
            Self::Join(a, b) => format!("=\"{a}\"&\"{b}\""),
            Self::Product(a, b) => format!("={a}*{b}"),
            Self::Count { column, from, to, .. } => {
                let letters = column_letters(usize::from(*column));
                format!("=COUNTA({letters}{}:{letters}{})", from + 1, to + 1)
            }
        }
    }

    /// The number it gave, or None for a text.
    #[must_use]
    pub fn number(&self) -> Option<u32> {
        match self {
            Self::Join(..) => None,
            Self::Product(a, b) => Some(u32::from(*a) * u32::from(*b)),
            Self::Count { result, .. } => Some(*result),
        }
    }

    /// The value it gave, as shown.
    #[must_use]
    pub fn result(&self) -> String {
        match (self, self.number()) {
            (Self::Join(a, b), _) => format!("{a}{b}"),
            (_, number) => number.unwrap_or_default().to_string(),
        }
    }
}

impl Cell {
    /// As a column wide enough shows it, and as "save as CSV" writes it.
    #[must_use]
    pub fn shown(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) => text.clone(),
            Self::Number(value, _) => format!("{value}"),
            Self::Date { ymd: (year, month, day) } => format!("{year}/{month}/{day}"),
            Self::Formula(expression) => expression.result(),
            Self::Error => "#N/A".to_owned(),
        }
    }

    /// The text of it, or an empty cell for an empty text.
    #[must_use]
    pub fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        if text.is_empty() { Self::Empty } else { Self::Text(text) }
    }
}
