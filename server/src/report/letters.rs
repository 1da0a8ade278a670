//! Figures of merit letters (S10, S17) over projections. The rule is `bianfang_domain::kind::letter::figures`; this SQL must
//! tell the same.

use std::collections::BTreeMap;

use bianfang_domain::coverage::Window;
use bianfang_domain::id::RecordId;
use bianfang_domain::kind::letter::figures::LetterFigures;
use sqlx::{AnyConnection, Row};

use crate::ServerError;
use crate::db::row;
use crate::db::sql::Statement;

const DELIVERED: &str = "select delivered_in, level, cast(count(*) as bigint) as n, \
     cast(sum(conscript) as bigint) as conscripts, cast(coalesce(sum(award_fen), 0) as bigint) as award_fen, \
     cast(coalesce(sum(goods_fen), 0) as bigint) as goods_fen from letter \
     where county = $1 and delivered_on >= $2 and delivered_on <= $3 and delivered = 1 and counts = 1 and delivered_in in ";

/// The figures of a division and of those directly below it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LetterReport {
    /// The division with all below.
    pub total: LetterFigures,
    /// Each division directly below, also where nothing was delivered. What lies in the division itself stands under its own
    /// id.
    pub parts: BTreeMap<RecordId, LetterFigures>,
}

/// The figures over a window; `under` as [`super::Question::under`] gives it, by the borders that are asked for.
///
/// # Errors
/// [`ServerError::Database`], [`ServerError::Row`].
pub async fn figures(
    conn: &mut AnyConnection,
    county: &str,
    window: Window,
    under: &BTreeMap<RecordId, RecordId>,
) -> Result<LetterReport, ServerError> {
    let (from, to) = (i64::from(window.from.0), i64::from(window.to.0));
    let asked = Statement::new(DELIVERED).with(county).with(from).with(to).list(under.keys().copied());
    let mut told = LetterReport::default();
    for child in under.values() {
        told.parts.entry(*child).or_default();
    }
    for found in asked.then(" group by delivered_in, level").all(conn).await? {
        let division: RecordId = row::parse(&found, "letter", "delivered_in", "")?;
        let delivered: i64 = found.try_get("n")?;
        let level: Option<String> = found.try_get("level")?;
        let part = LetterFigures {
            delivered,
            conscripts: found.try_get("conscripts")?,
            award_fen: found.try_get("award_fen")?,
            goods_fen: found.try_get("goods_fen")?,
            levels: level.map(|level| (level, delivered)).into_iter().collect(),
        };
        told.total.add(&part);
        if let Some(child) = under.get(&division) {
            told.parts.entry(*child).or_default().add(&part);
        }
    }
    Ok(told)
}
