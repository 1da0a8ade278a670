//! Pages of the register's lists. A list is in the order of its `page_key`, then of `owner`; where a page ended is the
//! mark that the next one begins behind, so that rows that come in meanwhile neither repeat nor skip a line.

use bianfang_domain::id::RecordId;
use bianfang_domain::{alike, name};
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use crate::ServerError;
use crate::db::page::{self, Mark, PAGE};
use crate::db::sql::Statement;

/// What is looked for in a list.
#[derive(Debug, Clone, Default)]
pub struct Search<'a> {
    /// Part of what the list is searched by (a name, its pinyin without blanks …); empty finds all.
    pub text: &'a str,
    /// Only in this state, where the list has states.
    pub state: Option<&'a str>,
    /// These divisions and no other.
    pub divisions: Vec<RecordId>,
    /// The mark of the page before.
    pub after: Option<Mark>,
}

impl Search<'_> {
    /// The text as it is compared: as it looks ([`alike::fold`]), small letters, no blanks around.
    #[must_use]
    pub fn plain(&self) -> String {
        alike::fold(self.text).trim().to_lowercase()
    }

    /// The text as a pattern of `like … escape '!'`.
    #[must_use]
    pub fn like(&self) -> String {
        pattern(&self.plain())
    }

    /// The text as a pattern over names as they are compared; None where nothing is left of it.
    #[must_use]
    pub fn like_name(&self) -> Option<String> {
        Some(name::matched(self.text)).filter(|name| !name.is_empty()).map(|name| pattern(&name))
    }
}

fn pattern(text: &str) -> String {
    format!("%{}%", text.replace('!', "!!").replace('%', "!%").replace('_', "!_"))
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
    after: Option<Mark>,
    conn: &mut AnyConnection,
) -> Result<(Vec<AnyRow>, Option<String>), ServerError> {
    let (key, owner) = after.map(|mark| (mark.key, mark.id.to_string())).unwrap_or_default();
    let asked = asked.then(") k where page_key > ").bind(&key).then(" or (page_key = ").bind(&key);
    let asked = asked.then(" and owner > ").bind(owner).then(") order by page_key, owner limit ");
    let mut rows = asked.bind(page::limit(PAGE)).all(conn).await?;
    let next = page::cut(&mut rows, PAGE, |last| Mark::of(last, "page_key", "owner")).transpose()?;
    Ok((rows, next.map(|mark| mark.to_string())))
}
