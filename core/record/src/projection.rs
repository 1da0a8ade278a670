//! Projections: narrow tables of what is listed, searched, counted or unique. A kind declares them beside its rules; both
//! stores create them from the declaration, and a changed declaration drops and rebuilds them, for they hold nothing that
//! the records do not. The SQL here is text that SQLite and PostgreSQL read alike.

/// A column's type, in the forms both databases agree on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Type {
    /// `text`
    Text,
    /// `bigint`; flags are 0/1, days are days since 1970, instants milliseconds.
    Int,
}

/// One column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: &'static str,
    /// Its type. Every column may be null.
    pub of: Type,
}

/// A text column.
#[must_use]
pub const fn text(name: &'static str) -> Column {
    Column { name, of: Type::Text }
}

/// An integer column.
#[must_use]
pub const fn int(name: &'static str) -> Column {
    Column { name, of: Type::Int }
}

/// A projection table. Two columns come first in every one: `county`, and `owner`, the record or subject the row is made from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Table {
    /// Its name.
    pub name: &'static str,
    /// Its columns after county and owner.
    pub columns: &'static [Column],
    /// Index suffix and columns, after county.
    pub indexes: &'static [(&'static str, &'static str)],
    /// Unique index suffix, columns after county, and the condition under which it holds.
    pub unique: &'static [(&'static str, &'static str, &'static str)],
}

/// One value.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cell {
    /// Nothing.
    Null,
    /// A text.
    Text(String),
    /// An integer.
    Int(i64),
}

/// One row of a table.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Row {
    /// The table's name.
    pub table: &'static str,
    /// The record or subject it is made from, as text.
    pub owner: String,
    /// Values in the order of the columns.
    pub cells: Vec<Cell>,
}

impl Table {
    /// The statements that create it.
    #[must_use]
    pub fn create(&self) -> Vec<String> {
        let columns: String = self.columns.iter().map(|c| format!(", {} {}", c.name, c.of.sql())).collect();
        let name = self.name;
        let mut sql = vec![
            format!("create table {name} (county text not null, owner text not null{columns})"),
            format!("create index {name}_owner on {name} (county, owner)"),
        ];
        sql.extend(
            self.indexes.iter().map(|(suffix, on)| format!("create index {name}_{suffix} on {name} (county, {on})")),
        );
        sql.extend(self.unique.iter().map(|(suffix, on, when)| {
            format!("create unique index {name}_{suffix} on {name} (county, {on}) where {when}")
        }));
        sql
    }

    /// The statement that drops it.
    #[must_use]
    pub fn drop(&self) -> String {
        format!("drop table if exists {}", self.name)
    }

    /// A multi-row insert with numbered placeholders: county, owner and the columns, for each row.
    #[must_use]
    pub fn insert(&self, rows: usize) -> String {
        let width = self.columns.len() + 2;
        let names: String = self.columns.iter().map(|c| format!(", {}", c.name)).collect();
        let values: Vec<String> = (0..rows)
            .map(|row| {
                let marks: Vec<String> = (1..=width).map(|i| format!("${}", row * width + i)).collect();
                format!("({})", marks.join(", "))
            })
            .collect();
        format!("insert into {} (county, owner{names}) values {}", self.name, values.join(", "))
    }
}

impl Type {
    fn sql(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Int => "bigint",
        }
    }
}

impl From<&str> for Cell {
    fn from(value: &str) -> Self {
        Self::Text(value.to_owned())
    }
}
impl From<String> for Cell {
    fn from(value: String) -> Self {
        Self::Text(value)
    }
}
impl From<i64> for Cell {
    fn from(value: i64) -> Self {
        Self::Int(value)
    }
}
impl From<bool> for Cell {
    fn from(value: bool) -> Self {
        Self::Int(i64::from(value))
    }
}
impl From<crate::time::Day> for Cell {
    fn from(value: crate::time::Day) -> Self {
        Self::Int(i64::from(value.0))
    }
}
impl From<crate::id::RecordId> for Cell {
    fn from(value: crate::id::RecordId) -> Self {
        Self::Text(value.to_string())
    }
}
impl<T: Into<Cell>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}
