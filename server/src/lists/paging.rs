//! Pages of the register's lists. A list is in the order of its `page_key`, then of `owner`; where a page ended is the
//! mark that the next one begins behind, so that rows that come in meanwhile neither repeat nor skip a line.

use bianfang_domain::id::RecordId;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use crate::ServerError;
use crate::db::sql::Statement;

/// Rows on one page.
pub const PAGE: usize = 50;

/// Between the two parts of a page's mark: no name holds it.
const MARK: char = '\u{1f}';

/// What is looked for in a list.
#[derive(Debug, Clone)]
pub struct Search<'a> {
    /// Part of what the list is searched by (a name, its pinyin without blanks …); empty finds all.
    pub text: &'a str,
    /// Only in this state, where the list has states.
    pub state: Option<&'a str>,
    /// These divisions and no other.
    pub divisions: Vec<RecordId>,
    /// The mark of the page before.
    pub after: Option<&'a str>,
}

impl Search<'_> {
    /// The text as it is compared: small letters, no blanks around.
    #[must_use]
    pub fn plain(&self) -> String {
        self.text.trim().to_lowercase()
    }

    /// The text as a pattern of `like … escape '!'`.
    #[must_use]
    pub fn like(&self) -> String {
        format!("%{}%", self.plain().replace('!', "!!").replace('%', "!%").replace('_', "!_"))
    }
}

/// Begins the statement of a page: goes on with a select that has, beside the list's own columns, `page_key` and `owner`,
/// both text.
#[must_use]
pub fn begin() -> Statement {
    Statement::new("select * from (")
}

/// Ends what [`begin`] began, and reads: at most [`PAGE`] rows, and the mark of the next page where there is one.
///
/// # Errors
/// [`ServerError::Database`].
pub async fn rows(
    asked: Statement,
    after: Option<&str>,
    conn: &mut AnyConnection,
) -> Result<(Vec<AnyRow>, Option<String>), ServerError> {
    let (key, owner) = after.and_then(|after| after.rsplit_once(MARK)).unwrap_or_default();
    let asked = asked.then(") k where page_key > ").bind(key).then(" or (page_key = ").bind(key);
    let asked = asked.then(" and owner > ").bind(owner).then(") order by page_key, owner limit ");
    let mut rows = asked.bind(i64::try_from(PAGE + 1).unwrap_or(i64::MAX)).all(conn).await?;
    let more = rows.len() > PAGE;
    rows.truncate(PAGE);
    let mark = |last: &AnyRow| {
        let (key, owner): (String, String) = (last.try_get("page_key")?, last.try_get("owner")?);
        Ok::<_, sqlx::Error>(format!("{key}{MARK}{owner}"))
    };
    let next = rows.last().filter(|_| more).map(mark).transpose()?;
    Ok((rows, next))
}
