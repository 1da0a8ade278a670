//! Statements joined from constant pieces: VALUES lists, IN lists and filters. Values are always bound, never text; the
//! numbered placeholders and the types here are those that SQLite and PostgreSQL share.

use bianfang_domain::id::RecordId;
use sqlx::any::{AnyArguments, AnyRow};
use sqlx::{Any, AnyConnection, AssertSqlSafe, Error, query::Query};

/// One bound value. A null has a type too: PostgreSQL wants to know it.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// text
    Text(Option<String>),
    /// bigint
    Int(Option<i64>),
}

/// Values in one insert. PostgreSQL takes 65,535 and SQLite 32,766, but SQLite looks each numbered placeholder up in a list
/// of those before it: thirty thousand values cost some 400 million steps. Measured: an import took 6.6 times as long with 30,000 as with 1,000.
const MAX_VALUES: usize = 400;

/// Values in one IN list, for the same reason.
pub const MAX_LIST: usize = 400;

/// A statement under construction.
#[derive(Debug, Default)]
pub struct Statement {
    text: String,
    values: Vec<Value>,
}

impl Statement {
    /// Begins with a constant text that has no placeholder of its own.
    #[must_use]
    pub fn new(text: &'static str) -> Self {
        Self { text: text.to_owned(), values: Vec::new() }
    }

    /// A text the program made from declarations (projection tables).
    #[must_use]
    pub fn declared(text: String) -> Self {
        Self { text, values: Vec::new() }
    }

    /// Goes on with a constant text.
    #[must_use]
    pub fn then(mut self, text: &'static str) -> Self {
        self.text.push_str(text);
        self
    }

    /// A placeholder and its value.
    #[must_use]
    pub fn bind(mut self, value: impl Into<Value>) -> Self {
        self.values.push(value.into());
        self.text.push_str(&format!("${}", self.values.len()));
        self
    }

    /// A value for a `$n` that a constant text holds (a statement that names one value twice).
    #[must_use]
    pub fn with(mut self, value: impl Into<Value>) -> Self {
        self.values.push(value.into());
        self
    }

    /// `($1, $2, …)`; an empty list matches nothing.
    #[must_use]
    pub fn list<V: Into<Value>>(mut self, values: impl IntoIterator<Item = V>) -> Self {
        self.text.push('(');
        let mut empty = true;
        for value in values {
            if !empty {
                self.text.push_str(", ");
            }
            empty = false;
            self = self.bind(value);
        }
        self.text.push_str(if empty { "null)" } else { ")" });
        self
    }

    /// Runs it; the number of rows it changed.
    ///
    /// # Errors
    /// What the database says.
    pub async fn execute(self, conn: &mut AnyConnection) -> Result<u64, Error> {
        Ok(bound(self.text, self.values).execute(conn).await?.rows_affected())
    }

    /// All rows.
    ///
    /// # Errors
    /// What the database says.
    pub async fn all(self, conn: &mut AnyConnection) -> Result<Vec<AnyRow>, Error> {
        bound(self.text, self.values).fetch_all(conn).await
    }

    /// The first row, if there is one.
    ///
    /// # Errors
    /// What the database says.
    pub async fn first(self, conn: &mut AnyConnection) -> Result<Option<AnyRow>, Error> {
        bound(self.text, self.values).fetch_optional(conn).await
    }
}

fn bound(text: String, values: Vec<Value>) -> Query<'static, Any, AnyArguments> {
    // Texts vary with the number of rows: keeping a prepared form of each would only fill memory.
    let mut query = sqlx::query::<Any>(AssertSqlSafe(text)).persistent(false);
    for value in values {
        query = match value {
            Value::Text(text) => query.bind(text),
            Value::Int(int) => query.bind(int),
        };
    }
    query
}

/// Inserts rows with as few statements as the databases allow. `head` ends with "values ".
///
/// # Errors
/// What the database says.
pub async fn insert(conn: &mut AnyConnection, head: &str, tail: &str, rows: Vec<Vec<Value>>) -> Result<(), Error> {
    let width = rows.first().map_or(1, Vec::len).max(1);
    for chunk in rows.chunks((MAX_VALUES / width).max(1)) {
        let mut statement = Statement::declared(head.to_owned());
        for (at, row) in chunk.iter().enumerate() {
            statement = statement.then(if at == 0 { "" } else { ", " }).list(row.iter().cloned());
        }
        statement.text.push_str(tail);
        statement.execute(conn).await?;
    }
    Ok(())
}

/// Runs `make` over parts of a list that each fit one IN list, and joins the rows.
///
/// # Errors
/// What the database says.
pub async fn all_in(
    conn: &mut AnyConnection,
    ids: &[String],
    make: impl Fn(&[String]) -> Statement,
) -> Result<Vec<AnyRow>, Error> {
    let mut rows = Vec::new();
    for part in ids.chunks(MAX_LIST) {
        rows.extend(make(part).all(conn).await?);
    }
    Ok(rows)
}

/// Runs `make` over parts of a list that each fit one IN list.
///
/// # Errors
/// What the database says.
pub async fn execute_in(
    conn: &mut AnyConnection,
    ids: &[String],
    make: impl Fn(&[String]) -> Statement,
) -> Result<(), Error> {
    for part in ids.chunks(MAX_LIST) {
        make(part).execute(conn).await?;
    }
    Ok(())
}

/// A feed number or count as the databases keep it.
#[must_use]
pub fn int(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// A number read back; negative ones are not ours.
#[must_use]
pub fn number(int: i64) -> u64 {
    u64::try_from(int).unwrap_or(0)
}

impl From<&str> for Value {
    fn from(value: &str) -> Self {
        Self::Text(Some(value.to_owned()))
    }
}
impl From<&String> for Value {
    fn from(value: &String) -> Self {
        Self::Text(Some(value.clone()))
    }
}
impl From<String> for Value {
    fn from(value: String) -> Self {
        Self::Text(Some(value))
    }
}
impl From<Option<String>> for Value {
    fn from(value: Option<String>) -> Self {
        Self::Text(value)
    }
}
impl From<RecordId> for Value {
    fn from(value: RecordId) -> Self {
        Self::Text(Some(value.to_string()))
    }
}
impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Self::Int(Some(value))
    }
}
impl From<u64> for Value {
    fn from(value: u64) -> Self {
        Self::Int(Some(int(value)))
    }
}
impl From<Option<i64>> for Value {
    fn from(value: Option<i64>) -> Self {
        Self::Int(value)
    }
}
