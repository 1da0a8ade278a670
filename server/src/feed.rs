//! States down: the newest state of each record in a device's divisions, in the order of the feed, page by page. What a
//! role may not see is not in it; what left the divisions comes as REMOVE.

pub mod cursor;
pub mod show;
mod view;

use std::collections::{BTreeMap, BTreeSet};

use bianfang_domain::actor::Actor;
use bianfang_domain::id::RecordId;
use bianfang_domain::kind;
use bianfang_domain::record::Record;
use bianfang_protocol::pull::{Change, Check, PAGE, PullResponse};
use sqlx::{AnyConnection, Row};

use crate::ServerError;
use crate::county::Desk;
use crate::county::tree::Tree;
use crate::db::county;
use crate::db::sql::{Statement, number};
use crate::records::{oplog, read, scope};
use cursor::{Cursor, Dropping};
use view::{Passed, View};

/// Why a page cannot be given.
#[derive(Debug, thiserror::Error)]
pub enum PullError {
    /// The server's side failed.
    #[error(transparent)]
    Server(#[from] ServerError),
    /// The cursor is not this device's: begin without one.
    #[error("the cursor is not of this account and device")]
    Cursor,
}

impl From<sqlx::Error> for PullError {
    fn from(error: sqlx::Error) -> Self {
        Self::Server(error.into())
    }
}

/// One page after a cursor.
///
/// # Errors
/// [`PullError`].
pub async fn pull(desk: Desk<'_>, caller: &Actor, cursor: Option<&str>) -> Result<PullResponse, PullError> {
    let county = county::get(desk.db.pool(), desk.county)
        .await?
        .ok_or_else(|| ServerError::CountyUnknown(desk.county.to_owned()))?;
    let conn = &mut *desk.db.pool().acquire().await?;
    let head = head(conn, desk.county).await?;
    let tree = Tree::load(conn, desk.county).await?;
    let covered = scope::covered(&tree, caller);
    let mut cursor = match cursor {
        None => Cursor::start(caller, &county.epoch, head),
        Some(text) => {
            let old = Cursor::decode(&desk.keys.index, caller, text)?;
            // A folder or a machine that was put back: numbers of that life mean other things now.
            if old.epoch == county.epoch && old.feed > head {
                return Err(PullError::Cursor);
            }
            resumed(old, Cursor::start(caller, &county.epoch, head), &tree, &covered)
        }
    };
    let pushed = oplog::standing(conn, desk.county, caller.installation).await?.last_seq;
    let about = PageHead { epoch: county.epoch, pushed };
    let view = View::new(desk.county, &covered, &tree.above(&caller.scope), kind::withheld(caller.role).collect());

    let mut changes = Vec::new();
    if let Some(dropped) = cursor.dropping.take() {
        let gone = view.dropped(conn, &dropped).await?;
        let after = gone.get(PAGE - 1).map(|(record, _)| record.clone()).unwrap_or_default();
        cursor.dropping = (gone.len() > PAGE).then_some(Dropping { after, ..dropped });
        for (id, kind) in gone.into_iter().take(PAGE) {
            changes.push(Change::Remove { kind, id: id.parse().map_err(|_| broken("record_scope", &id))? });
        }
        let more = cursor.dropping.is_some() || head > 0;
        return respond(desk, about, changes, &cursor, (more, head), BTreeMap::new());
    }

    let mut page = view.page(conn, &cursor, head).await?;
    let more = page.len() > PAGE;
    page.truncate(PAGE);
    let mut records = load(conn, desk.county, &page).await?;
    for ((feed, id), gone) in &page {
        (cursor.feed, cursor.record) = (*feed, id.clone());
        if let Some(kind) = gone {
            let id = id.parse().map_err(|_| broken("scope_exit", id))?;
            changes.push(Change::Remove { kind: kind.clone(), id });
        } else if let Some(record) = records.remove(id).filter(|record| record.revision <= head) {
            // A record that changed meanwhile comes with its later number.
            changes.push(Change::Put { record: Box::new(show::record(desk.sealer(), caller, record)) });
        }
    }
    if more {
        // Counted once for all the pages that follow: the count reads everything that is still to come.
        let left = match cursor.left {
            Some(left) => left.saturating_sub(page.len() as u64),
            None => view.remaining(conn, &cursor).await?,
        };
        cursor.left = Some(left);
        let remaining = left.max(1);
        return respond(desk, about, changes, &cursor, (true, remaining), BTreeMap::new());
    }
    (cursor.feed, cursor.record) =
        (head.max(cursor.feed), if head > cursor.feed { String::new() } else { cursor.record });
    cursor.left = None;
    let mut checks = scope::checks(conn, desk.county, covered.iter().copied()).await?;
    for kind in kind::withheld(caller.role) {
        scope::leave_out(conn, desk.county, (kind, &covered), &mut checks).await?;
    }
    // Checks speak of one moment: if anybody wrote since, the next pull brings them.
    let still = self::head(conn, desk.county).await? == head;
    oplog::note_pull(conn, desk.county, caller, desk.now_ms).await?;
    respond(desk, about, changes, &cursor, (false, 0), if still { checks } else { BTreeMap::new() })
}

/// What each page says of the server.
struct PageHead {
    epoch: String,
    pushed: u64,
}

fn respond(
    desk: Desk<'_>,
    PageHead { epoch, pushed }: PageHead,
    changes: Vec<Change>,
    cursor: &Cursor,
    (more, remaining): (bool, u64),
    checks: BTreeMap<RecordId, Check>,
) -> Result<PullResponse, PullError> {
    let cursor = cursor.encode(&desk.keys.index)?;
    let pushed = Some(pushed);
    Ok(PullResponse { changes, cursor, more, remaining, server_ms: desk.now_ms, epoch, pushed, checks })
}

/// Goes on where the device stood; from the beginning when its rights, its divisions or the database's life changed.
fn resumed(old: Cursor, mut fresh: Cursor, tree: &Tree, covered: &BTreeSet<RecordId>) -> Cursor {
    if old.epoch == fresh.epoch && old.scope == fresh.scope && old.role == fresh.role {
        return old;
    }
    let undone = old.dropping.unwrap_or_default();
    let mut before = tree.below(&old.scope);
    before.extend(undone.divisions);
    let divisions: Vec<RecordId> = before.difference(covered).copied().collect();
    let now: BTreeSet<&str> = kind::withheld(fresh.role).collect();
    let had = kind::withheld(old.role).collect();
    let still = |kind: &&str| undone.kinds.iter().any(|left| left == kind);
    let kinds = now.iter().filter(|kind| !BTreeSet::contains(&had, **kind) || still(kind));
    let kinds: Vec<String> = kinds.map(|kind| (*kind).to_owned()).collect();
    let anything = !divisions.is_empty() || !kinds.is_empty();
    fresh.dropping = anything.then(|| Dropping { divisions, kinds, ..Dropping::default() });
    fresh
}

fn broken(table: &'static str, key: &str) -> ServerError {
    ServerError::Row { table, column: "record", key: key.to_owned() }
}

async fn head(conn: &mut AnyConnection, county: &str) -> Result<u64, PullError> {
    let row = Statement::new("select feed from county where code = ").bind(county).first(conn).await?;
    Ok(row.map_or(Ok(0), |row| row.try_get::<i64, _>("feed")).map(number)?)
}

async fn load(conn: &mut AnyConnection, county: &str, page: &[Passed]) -> Result<BTreeMap<String, Record>, PullError> {
    let ids = page.iter().filter(|(_, gone)| gone.is_none());
    let ids = ids.map(|((_, id), _)| id.parse::<RecordId>().map_err(|_| broken("record_scope", id)));
    let records = read::get_many(conn, county, ids.collect::<Result<Vec<_>, _>>()?).await?;
    Ok(records.into_iter().map(|record| (record.id.to_string(), record)).collect())
}

/// One record as a caller's phone may hold it; None when it is not in their divisions or not there at all.
///
/// # Errors
/// [`ServerError::Database`], [`ServerError::Row`].
pub async fn get(desk: Desk<'_>, caller: &Actor, id: RecordId) -> Result<Option<Record>, ServerError> {
    Ok(stored(desk, caller, id).await?.map(|record| show::record(desk.sealer(), caller, record)))
}

/// One record as a page shows it: whatever is protected stays masked, for every role. What somebody needs in full they ask
/// for one by one, with the reason (`lists::reveal`).
///
/// # Errors
/// [`ServerError::Database`], [`ServerError::Row`].
pub async fn masked(desk: Desk<'_>, caller: &Actor, id: RecordId) -> Result<Option<Record>, ServerError> {
    Ok(stored(desk, caller, id).await?.map(|record| show::masked(caller, record)))
}

async fn stored(desk: Desk<'_>, caller: &Actor, id: RecordId) -> Result<Option<Record>, ServerError> {
    let conn = &mut *desk.db.pool().acquire().await?;
    if scope::seen(conn, desk.county, caller, &[id]).await?.is_empty() {
        return Ok(None);
    }
    read::get(conn, desk.county, id).await
}
