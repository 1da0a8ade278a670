//! A column of a ledger: what it is called, what it holds, and which field of the register it is. Import and export read this
//! one description, so what goes out under a header is what comes in under it.

use bianfang_domain::form::Form;
use bianfang_domain::kind::{self, Field};

use crate::write::Holds;

/// Where what a column says belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Belongs {
    /// To the record that a row becomes.
    Row,
    /// To whom the row speaks of: their document's words.
    Whom,
    /// To the place: township or village.
    Place,
    /// To nobody yet: read, and kept beside as the sheet writes it, for the register has no kind for it.
    Beside,
    /// To the row alone, as its serial number: read by nobody.
    Sheet,
}

/// A column that a ledger may have.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SheetField {
    /// Its name in mappings and notes; unique in its ledger.
    pub key: &'static str,
    /// The field of the document.
    pub field: &'static str,
    /// Whose.
    pub belongs: Belongs,
    /// What it holds.
    pub form: Form,
    /// The tables whose codes it holds.
    pub tables: &'static [&'static str],
    /// Tables whose codes of the same field stand in another column.
    pub others: &'static [&'static str],
    /// Several in one cell.
    pub list: bool,
    /// One word: blanks within are slips of the pen.
    pub word: bool,
    /// A day that may lie ahead.
    pub ahead: bool,
    /// As our own files write it.
    pub title: &'static str,
    /// As sheets write it, without blanks, brackets and units; the usual name first.
    pub headers: &'static [&'static str],
    /// In characters of the default font; a Chinese one takes two.
    pub width: f64,
    /// What a spreadsheet must know of it.
    pub holds: Holds,
    /// Every file has it; another has it where somebody has a value.
    pub usual: bool,
    /// Our own files never have it: it is only read.
    pub read_only: bool,
}

impl SheetField {
    /// A column of the sheet's own, without a field of the register.
    #[must_use]
    pub const fn own(key: &'static str, form: Form, headers: &'static [&'static str]) -> Self {
        let title = match headers {
            [first, ..] => first,
            [] => "",
        };
        Self {
            key,
            field: key,
            belongs: Belongs::Row,
            form,
            tables: &[],
            others: &[],
            list: false,
            word: false,
            ahead: false,
            title,
            headers,
            width: 12.0,
            holds: Holds::Text,
            usual: false,
            read_only: false,
        }
    }

    /// The column of a field.
    #[must_use]
    pub const fn of(field: &Field) -> Self {
        let mut column = Self::own(field.name, field.form, field.headers);
        column.tables = field.tables;
        column.list = field.list;
        column.holds = match field.form {
            Form::IdNumber | Form::Phones | Form::Date | Form::Day | Form::Moment => Holds::Digits,
            _ => Holds::Text,
        };
        column
    }

    /// The column of a kind's field.
    ///
    /// The kinds and their fields are constants, as the ledgers are: a test reads every ledger once.
    #[must_use]
    pub fn field(kind: &str, name: &str) -> Self {
        Self::of(&kind::by_name(kind).map_or(Field::new("", "", "", Form::Any), |kind| kind::field(kind, name)))
    }

    /// Whose it is.
    #[must_use]
    pub const fn belongs(mut self, belongs: Belongs) -> Self {
        self.belongs = belongs;
        self
    }

    /// Another name in mappings: two columns of one field.
    #[must_use]
    pub const fn key(mut self, key: &'static str) -> Self {
        self.key = key;
        self
    }

    /// The codes it holds, where a ledger has its own words for them.
    #[must_use]
    pub const fn codes(mut self, tables: &'static [&'static str]) -> Self {
        self.tables = tables;
        self
    }

    /// The codes it holds, where those of other tables of the field stand in another column.
    #[must_use]
    pub const fn beside(mut self, tables: &'static [&'static str], others: &'static [&'static str]) -> Self {
        self.others = others;
        self.codes(tables)
    }

    /// In every file, so wide.
    #[must_use]
    pub const fn usual(mut self, width: f64) -> Self {
        self.usual = true;
        self.width = width;
        self
    }

    /// Under another title in our own files.
    #[must_use]
    pub const fn title(mut self, title: &'static str) -> Self {
        self.title = title;
        self
    }

    /// Under other names in this ledger.
    #[must_use]
    pub const fn headers(mut self, headers: &'static [&'static str]) -> Self {
        self.headers = headers;
        if let [first, ..] = headers {
            self.title = first;
        }
        self
    }

    /// Only read.
    #[must_use]
    pub const fn read_only(mut self) -> Self {
        self.read_only = true;
        self
    }

    /// One word.
    #[must_use]
    pub const fn word(mut self) -> Self {
        self.word = true;
        self
    }

    /// A day that may lie ahead.
    #[must_use]
    pub const fn ahead(mut self) -> Self {
        self.ahead = true;
        self
    }

    /// What a spreadsheet must know of it.
    #[must_use]
    pub const fn holds(mut self, holds: Holds) -> Self {
        self.holds = holds;
        self
    }
}

/// 序号
#[must_use]
pub const fn number() -> SheetField {
    SheetField::own("number", Form::Any, &["序号", "编号", "No", "行号"])
        .belongs(Belongs::Sheet)
        .usual(5.0)
        .holds(Holds::Number)
}

/// 乡镇
#[must_use]
pub const fn township(title: &'static str, width: f64) -> SheetField {
    SheetField::own("township", Form::Text, &["乡镇", "街道", "镇乡", "乡镇街道", "所属乡镇", "所在乡镇", "镇"])
        .belongs(Belongs::Place)
        .usual(width)
        .title(title)
}

/// 村
#[must_use]
pub const fn village(title: &'static str, width: f64) -> SheetField {
    SheetField::own(
        "village",
        Form::Text,
        &["村", "社区", "村社区", "行政村", "村居", "所属村", "所在村", "村委会", "村名"],
    )
    .belongs(Belongs::Place)
    .usual(width)
    .title(title)
}
