//! The store of a phone that pulls from a county of the server.

use std::collections::BTreeSet;

use bianfang_domain::actor::{Actor, Right};
use bianfang_domain::id::RecordId;
use bianfang_domain::kind;
use bianfang_law::told::{Records, differ};
use bianfang_server::county::Desk;
use bianfang_server::county::tree::Tree;
use bianfang_server::feed::{self, show};
use bianfang_server::records::{project, scope};
use bianfang_store::Store;
use proptest::prelude::*;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions, Row, ValueRef};
use tempfile::TempDir;

const KEY: [u8; 32] = [7; 32];

pub struct Pulled {
    actor: Actor,
    folder: TempDir,
    store: Store,
    cursor: Option<String>,
    /// Divisions in which the store found something else than the server says.
    differ: Vec<RecordId>,
}

impl Pulled {
    pub async fn new(actor: &Actor) -> Self {
        let folder = TempDir::new().unwrap();
        let store = Store::open(folder.path(), KEY, 0).await.unwrap();
        Self { actor: actor.clone(), folder, store, cursor: None, differ: Vec::new() }
    }

    /// Pulls page by page until nothing is left.
    pub async fn pull(&mut self, desk: Desk<'_>) {
        loop {
            let page = feed::pull(desk, &self.actor, self.cursor.as_deref()).await.unwrap();
            self.store.apply_page(&page, self.cursor.is_none(), desk.now_ms).await.unwrap();
            self.cursor = Some(page.cursor);
            if !page.more {
                self.differ = self.store.compare(&page.checks).await.unwrap();
                return;
            }
        }
    }

    /// Whether it shows as the server has it what lies in its divisions and what comes down to them, and nothing else.
    pub async fn shows(&self, desk: Desk<'_>, stored: &Records) -> Result<(), TestCaseError> {
        prop_assert_eq!(&self.differ, &Vec::new());
        let conn = &mut *desk.db.pool().acquire().await.unwrap();
        let ids: Vec<RecordId> = stored.keys().copied().collect();
        let above = Tree::load(conn, desk.county).await.unwrap().above(&self.actor.scope);
        let above = scope::within(conn, desk.county, &above, &ids).await.unwrap();
        let down: Vec<&str> = kind::down().collect();
        let mut theirs = scope::seen(conn, desk.county, &self.actor, &ids).await.unwrap();
        theirs.extend(above.into_iter().filter(|id| down.contains(&stored[id].kind.as_str())));
        // Cases are a reviewer's.
        theirs.retain(|id| self.actor.role.may(Right::Review) || stored[id].kind != "case");
        let served = |id: RecordId| (id, show::record(desk.sealer(), &self.actor, stored[&id].clone()));
        let served: Records = theirs.into_iter().map(served).collect();
        let mut shown = Records::new();
        for kind in kind::ALL {
            shown.extend(self.store.list(kind.name()).await.unwrap().into_iter().map(|record| (record.id, record)));
        }
        prop_assert!(shown == served, "on the phone, and as served: {}", differ(&shown, &served));
        Ok(())
    }

    /// What its lists and figures stand on, read past the store.
    pub async fn rows(&self) -> BTreeSet<Vec<String>> {
        let file = SqliteConnectOptions::new().filename(self.folder.path().join("store.db"));
        let key = format!("\"x'{}'\"", "07".repeat(32));
        let mut raw = file.pragma("key", key).connect().await.unwrap();
        let mut rows = BTreeSet::new();
        for table in project::tables() {
            let sql = AssertSqlSafe(format!("select * from {}", table.name));
            for row in sqlx::query(sql).fetch_all(&mut raw).await.unwrap() {
                let cell = |n| match row.try_get_raw(n).unwrap() {
                    value if value.is_null() => "-".to_owned(),
                    _ => row.try_get::<String, _>(n).unwrap_or_else(|_| row.get::<i64, _>(n).to_string()),
                };
                rows.insert([table.name.to_owned()].into_iter().chain((0..row.len()).map(cell)).collect());
            }
        }
        rows
    }

    pub async fn close(self) {
        self.store.close().await.unwrap();
    }
}
