//! A county of any size from a few people who were written the ordinary way: their rows are copied inside the database, each
//! copy under ids and names of its own. What a copy holds is what the server's own writes made, projections too, so nothing
//! here repeats a rule; and a county of 20,000 people stands in seconds.

use sqlx::{AnyConnection, Row};

/// What one copy writes in place of the mark, and in place of whatever else is named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Instead {
    /// In place of the mark; as long as it, and no other copy's.
    pub mark: String,
    /// In place of the second text: the village of the copied people, say.
    pub place: String,
}

/// Whose rows are copied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marked<'a> {
    /// Eight characters that stand in every id and name of theirs.
    pub mark: &'a str,
    /// What else is written otherwise.
    pub place: &'a str,
    /// Ids that the server derived for them, a case's say, and in which the mark is not seen.
    pub derived: &'a [String],
}

/// Copies every row of the tables that holds the mark, or a derived id, in one of its texts. Numbers stay as they are, but
/// for `feed`: copy by copy it rises by `span`.
///
/// # Errors
/// What the database says.
pub async fn multiply(
    conn: &mut AnyConnection,
    tables: &[&str],
    Marked { mark, place, derived }: Marked<'_>,
    copies: &[Instead],
    span: i64,
) -> Result<(), sqlx::Error> {
    run(conn, "create table multiplied (n bigint primary key, mark text, spelled text, place text)").await?;
    for (at, chunk) in copies.chunks(200).enumerate() {
        let row = |(n, copy): (usize, &Instead)| {
            format!("({}, '{}', '{}', '{}')", at * 200 + n + 1, copy.mark, spelled(&copy.mark), copy.place)
        };
        let rows: Vec<String> = chunk.iter().enumerate().map(row).collect();
        run(conn, &format!("insert into multiplied values {}", rows.join(", "))).await?;
    }
    for table in tables {
        let columns = columns(conn, table).await?;
        let value = |(name, text): &(String, bool)| match (name.as_str(), text) {
            (name, true) => {
                let plain = format!("replace(replace(t.{name}, '{mark}', m.mark), '{place}', m.place)");
                let plain = format!("replace({plain}, '{}', m.spelled)", spelled(mark));
                let other = |id: &String| format!("'{id}', m.mark || '{}'", &id[mark.len()..]);
                derived.iter().fold(plain, |value, id| format!("replace({value}, {})", other(id)))
            }
            ("feed", false) => format!("t.feed + m.n * {span}"),
            (name, false) => format!("t.{name}"),
        };
        let names: Vec<&str> = columns.iter().map(|(name, _)| name.as_str()).collect();
        let values: Vec<String> = columns.iter().map(value).collect();
        let texts = columns.iter().filter(|(_, text)| *text);
        let marks = || [mark].into_iter().chain(derived.iter().map(String::as_str));
        let held: Vec<String> =
            texts.flat_map(|(name, _)| marks().map(move |mark| format!("t.{name} like '%{mark}%'"))).collect();
        let sql = format!(
            "insert into {table} ({}) select {} from {table} t, multiplied m where {}",
            names.join(", "),
            values.join(", "),
            held.join(" or ")
        );
        run(conn, &sql).await?;
    }
    run(conn, "drop table multiplied").await
}

/// As keys of names have it, letter by letter.
fn spelled(mark: &str) -> String {
    mark.chars().map(String::from).collect::<Vec<String>>().join(" ")
}

/// The columns of a table, and whether each holds text.
async fn columns(conn: &mut AnyConnection, table: &str) -> Result<Vec<(String, bool)>, sqlx::Error> {
    let sql = if conn.backend_name() == "SQLite" {
        format!("select name, type from pragma_table_info('{table}')")
    } else {
        format!(
            "select cast(column_name as text) as name, cast(data_type as text) as type from information_schema.columns \
             where table_schema = 'public' and table_name = '{table}' order by ordinal_position"
        )
    };
    let rows = sqlx::query(sqlx::AssertSqlSafe(sql)).fetch_all(&mut *conn).await?;
    rows.iter()
        .map(|row| Ok((row.try_get("name")?, row.try_get::<String, _>("type")?.eq_ignore_ascii_case("text"))))
        .collect()
}

async fn run(conn: &mut AnyConnection, sql: &str) -> Result<(), sqlx::Error> {
    sqlx::raw_sql(sqlx::AssertSqlSafe(sql.to_owned())).execute(conn).await.map(|_| ())
}
