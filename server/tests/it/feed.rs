//! Pulling: everything once, in order, only what is in scope, and a check that fits.

use std::collections::{BTreeMap, BTreeSet};

use bianfang_domain::actor::Role;
use bianfang_domain::id::RecordId;
use bianfang_protocol::pull::{Change, Check, PAGE, PullResponse};
use bianfang_server::feed::{self, PullError};
use serde_json::json;
use sqlx::Row;

use crate::bureau::*;
use crate::on_both_databases;

on_both_databases!(
    a_village_gets_its_rows_and_the_divisions_above,
    a_long_feed_comes_in_pages_once_and_in_order,
    what_leaves_a_division_is_removed_with_what_speaks_of_it,
    what_left_is_told_behind_a_page_of_what_only_moved_within,
    changed_grants_remove_what_none_covers_and_begin_anew,
    a_role_without_the_desk_gives_its_cases_back,
    a_cursor_is_of_one_account_and_device,
    protected_fields_follow_the_right,
    checks_equal_a_recount_after_random_moves,
);

/// What a phone holds after changes.
#[derive(Default)]
pub struct Mirror(pub BTreeMap<RecordId, bianfang_domain::record::Record>);

impl Mirror {
    pub fn apply(&mut self, changes: &[Change]) {
        for change in changes {
            match change {
                Change::Put { record } => drop(self.0.insert(record.id, (**record).clone())),
                Change::Remove { id, .. } => drop(self.0.remove(id)),
            }
        }
    }

    pub fn of_kind(&self, kind: &str) -> BTreeSet<RecordId> {
        self.0.values().filter(|record| record.kind == kind).map(|record| record.id).collect()
    }

    /// Against the checks of a last page, for the divisions that hold exactly what this phone holds of them.
    pub fn fits(&self, page: &PullResponse) {
        let mut world = bianfang_domain::world::World::partial(bianfang_domain::kind::KINDS);
        self.0.values().for_each(|record| world.load(record.clone()));
        let mut checks: BTreeMap<RecordId, Check> = BTreeMap::new();
        for record in self.0.values() {
            for division in world.divisions(record.id) {
                checks.entry(division).or_default().add(record.id, record.revision);
            }
        }
        assert!(!page.checks.is_empty());
        for (division, check) in &page.checks {
            assert_eq!(checks.get(division).copied().unwrap_or_default(), *check, "{division}");
        }
    }
}

async fn a_village_gets_its_rows_and_the_divisions_above(bureau: Bureau) {
    for county in 0..2 {
        bureau
            .push(&mut Phone::clerk(county), |p| {
                vec![
                    p.record(at(1, 9), "person", id(1), person("张三", VILLAGE_A1)),
                    p.record(at(1, 9), "person", id(2), person("李四", VILLAGE_B1)),
                ]
            })
            .await;
        bureau
            .push(&mut Phone::worker(county, VILLAGE_A1), |p| {
                vec![p.visit(at(1, 10), id(3), &[(id(1), "MET")], "HOME")]
            })
            .await;
        let mut mirror = Mirror::default();
        let (changes, last) = bureau.pull_all(&Phone::worker(county, VILLAGE_A1), None).await;
        mirror.apply(&changes);
        assert_eq!(mirror.of_kind("person"), BTreeSet::from([id(1)]));
        assert_eq!(mirror.of_kind("contact"), BTreeSet::from([id(3)]));
        assert_eq!(mirror.of_kind("division"), BTreeSet::from([id(VILLAGE_A1), id(TOWN_A), id(COUNTY)]));
        mirror.fits(&last);
        // Nothing new: an empty page, and the cursor still holds.
        let again = bureau.pull(&Phone::worker(county, VILLAGE_A1), Some(&last.cursor)).await;
        assert!(again.changes.is_empty() && !again.more);
    }
}

async fn a_long_feed_comes_in_pages_once_and_in_order(bureau: Bureau) {
    let mut clerk = Phone::clerk(0);
    for step in 0..6u128 {
        bureau
            .push(&mut clerk, |p| {
                (0..200)
                    .map(|n| p.record(at(1, 9), "person", id(1000 + step * 200 + n), person("张三", VILLAGE_A1)))
                    .collect()
            })
            .await;
    }
    let phone = Phone::worker(0, VILLAGE_A1);
    let first = bureau.pull(&phone, None).await;
    assert_eq!(first.changes.len(), PAGE);
    assert!(first.more && first.remaining > 600);
    let revision = |change: &Change| match change {
        Change::Put { record } => record.revision,
        Change::Remove { .. } => 0,
    };
    // A record of the first page changes while the rest is still to come.
    let Change::Put { record } = &first.changes[100] else { panic!("a record") };
    bureau.push(&mut clerk, |p| vec![p.change(at(1, 10), "person", record.id, json!({ "tags": ["x"] }))]).await;
    let (rest, last) = bureau.pull_all(&phone, Some(&first.cursor)).await;
    let all: Vec<&Change> = first.changes.iter().chain(&rest).collect();
    assert!(all.windows(2).all(|pair| revision(pair[0]) <= revision(pair[1])));
    assert_eq!(all.len(), 1203 + 1, "each once, and the changed one again");
    let mut mirror = Mirror::default();
    mirror.apply(&first.changes);
    mirror.apply(&rest);
    mirror.fits(&last);
}

async fn what_leaves_a_division_is_removed_with_what_speaks_of_it(bureau: Bureau) {
    let (here, there) = (Phone::worker(0, VILLAGE_A1), Phone::worker(0, VILLAGE_B1));
    let mut clerk = Phone::clerk(0);
    bureau.push(&mut clerk, |p| vec![p.record(at(1, 9), "person", id(1), person("张三", VILLAGE_A1))]).await;
    let photo = json!({ "subject": id(3), "photo_kind": "SCENE", "original": "a".repeat(64), "length": 5 });
    bureau
        .push(&mut here.clone(), |p| {
            vec![p.visit(at(1, 10), id(3), &[(id(1), "MET")], "HOME"), p.record(at(1, 10), "photo", id(4), photo)]
        })
        .await;
    let (mut old, mut new) = (Mirror::default(), Mirror::default());
    let (changes, old_page) = bureau.pull_all(&here, None).await;
    old.apply(&changes);
    let (changes, new_page) = bureau.pull_all(&there, None).await;
    new.apply(&changes);
    assert!(old.0.contains_key(&id(4)) && !new.0.contains_key(&id(1)));
    let moved = json!({ "living_division": id(VILLAGE_B1), "registered_division": id(VILLAGE_B1) });
    bureau.push(&mut clerk, |p| vec![p.change(at(2, 9), "person", id(1), moved)]).await;
    let (changes, old_page) = bureau.pull_all(&here, Some(&old_page.cursor)).await;
    let gone: BTreeSet<RecordId> =
        changes.iter().filter_map(|c| if let Change::Remove { id, .. } = c { Some(*id) } else { None }).collect();
    assert_eq!(gone, BTreeSet::from([id(1), id(3), id(4)]));
    old.apply(&changes);
    old.fits(&old_page);
    let (changes, new_page) = bureau.pull_all(&there, Some(&new_page.cursor)).await;
    new.apply(&changes);
    assert!([1, 3, 4].iter().all(|n| new.0.contains_key(&id(*n))));
    new.fits(&new_page);
    // Who sees both sees a change, not a removal.
    let (changes, _) = bureau.pull_all(&Phone::clerk(0), None).await;
    assert!(!changes.iter().any(|change| matches!(change, Change::Remove { .. })));
}

/// Six hundred move between villages of one township, and the last one leaves it.
async fn what_left_is_told_behind_a_page_of_what_only_moved_within(bureau: Bureau) {
    let town = Phone::reviewer(0);
    let mut clerk = Phone::new(0, 0x77, Role::SectionClerk, COUNTY);
    let people: Vec<u128> = (0..=PAGE as u128 + 100).map(|n| 0x10_0000 + n).collect();
    for part in people.chunks(200) {
        let new = |p: &mut Phone, n: &u128| p.record(at(1, 9), "person", id(*n), person("张三", VILLAGE_A1));
        bureau.push(&mut clerk, |p| part.iter().map(|n| new(p, n)).collect()).await;
    }
    let (_, page) = bureau.pull_all(&town, None).await;
    clerk.base = u64::MAX / 2;
    let last = *people.last().unwrap();
    for part in people.chunks(200) {
        let moved = |p: &mut Phone, n: &u128| {
            let to = id(if *n == last { VILLAGE_B1 } else { VILLAGE_A2 });
            let set = json!({ "living_division": to, "registered_division": to });
            p.change(at(2, 9), "person", id(*n), set)
        };
        bureau.push(&mut clerk, |p| part.iter().map(|n| moved(p, n)).collect()).await;
    }
    // The newest state of whoever stayed is of later numbers too: only what has left is asked about here.
    let sql = "update record_scope set feed = 0 where county = $1 and division = $2";
    let query = sqlx::query(sql).bind(COUNTIES[0]).bind(id(VILLAGE_A2).to_string());
    query.execute(bureau.db.pool()).await.unwrap();
    let (changes, _) = bureau.pull_all(&town, Some(&page.cursor)).await;
    let gone: Vec<_> = changes.iter().filter(|change| matches!(change, Change::Remove { .. })).collect();
    assert!(matches!(gone.as_slice(), [Change::Remove { id: left, .. }] if *left == id(last)), "{}", gone.len());
}

async fn changed_grants_remove_what_none_covers_and_begin_anew(bureau: Bureau) {
    bureau
        .push(&mut Phone::clerk(0), |p| {
            vec![
                p.record(at(1, 9), "person", id(1), person("张三", VILLAGE_A1)),
                p.record(at(1, 9), "person", id(2), person("李四", VILLAGE_A2)),
                p.record(at(1, 9), "person", id(3), person("王五", VILLAGE_B1)),
            ]
        })
        .await;
    let mut phone = Phone::new(0, 5, Role::TownReviewer, TOWN_A);
    let mut mirror = Mirror::default();
    let (changes, page) = bureau.pull_all(&phone, None).await;
    mirror.apply(&changes);
    assert_eq!(mirror.of_kind("person"), BTreeSet::from([id(1), id(2)]));
    phone.actor.scope = vec![id(VILLAGE_A2), id(VILLAGE_B1)];
    let (changes, page) = bureau.pull_all(&phone, Some(&page.cursor)).await;
    mirror.apply(&changes);
    assert_eq!(mirror.of_kind("person"), BTreeSet::from([id(2), id(3)]));
    assert!(mirror.0.contains_key(&id(TOWN_A)), "what lies above a grant stays");
    mirror.fits(&page);
}

async fn a_role_without_the_desk_gives_its_cases_back(bureau: Bureau) {
    let one = person("张三", VILLAGE_A1);
    bureau.push(&mut Phone::clerk(0), |p| vec![p.record(at(1, 9), "person", id(1), one)]).await;
    let mut worker = Phone::worker(0, VILLAGE_A1);
    bureau.push(&mut worker, |p| vec![p.visit(at(2, 9), id(2), &[(id(1), "DIED")], "HOME")]).await;
    let mut phone = Phone::new(0, 5, Role::TownReviewer, TOWN_A);
    let mut mirror = Mirror::default();
    let (changes, page) = bureau.pull_all(&phone, None).await;
    mirror.apply(&changes);
    assert_eq!(mirror.of_kind("case").len(), 1);
    phone.actor.role = Role::VillageWorker;
    let (changes, page) = bureau.pull_all(&phone, Some(&page.cursor)).await;
    let gone = |change: &&Change| matches!(change, Change::Remove { .. });
    let taken: Vec<_> = changes.iter().filter(gone).collect();
    assert!(matches!(taken.as_slice(), [Change::Remove { kind, .. }] if kind == "case"), "{taken:?}");
    mirror.apply(&changes);
    assert_eq!((mirror.of_kind("case").len(), mirror.of_kind("person").len()), (0, 1));
    mirror.fits(&page);
    // Once is enough, and a desk that is taken again has its cases again.
    let (changes, page) = bureau.pull_all(&phone, Some(&page.cursor)).await;
    assert!(changes.is_empty(), "{changes:?}");
    phone.actor.role = Role::TownReviewer;
    let (changes, page) = bureau.pull_all(&phone, Some(&page.cursor)).await;
    mirror.apply(&changes);
    assert_eq!((mirror.of_kind("case").len(), changes.iter().filter(gone).count()), (1, 0));
    mirror.fits(&page);
}

async fn a_cursor_is_of_one_account_and_device(bureau: Bureau) {
    let phone = Phone::worker(0, VILLAGE_A1);
    let page = bureau.pull(&phone, None).await;
    let other = Phone::worker(0, VILLAGE_A2);
    let mut altered = page.cursor.clone();
    altered.insert(3, 'A');
    for (desk, who, cursor) in [
        (bureau.desk(0), &other, page.cursor.as_str()),
        (bureau.desk(1), &phone, page.cursor.as_str()),
        (bureau.desk(0), &phone, altered.as_str()),
        (bureau.desk(0), &phone, "nonsense"),
    ] {
        let refused = feed::pull(desk, &who.actor, Some(cursor)).await;
        assert!(matches!(refused, Err(PullError::Cursor)), "{cursor}");
    }
}

async fn protected_fields_follow_the_right(bureau: Bureau) {
    let mut doc = person("张三", VILLAGE_A1);
    doc["phones"] = json!(["13800001111"]);
    doc["id_number"] = json!("11010519491231002X");
    bureau.push(&mut Phone::clerk(0), |p| vec![p.record(at(1, 9), "person", id(1), doc)]).await;
    for (role, shown) in [(Role::VillageWorker, "13800001111"), (Role::Auditor, "138****1111")] {
        let (changes, _) = bureau.pull_all(&Phone::new(0, 9, role, VILLAGE_A1), None).await;
        let text = serde_json::to_string(&changes).unwrap();
        assert!(text.contains(shown) && text.contains("1101************2X"), "{text}");
        assert!(!text.contains("19491231") && !text.contains("fingerprint") && !text.contains("\"sealed\""));
    }
}

/// A number that looks random and is the same in every run.
fn pick(step: u128, salt: u128, among: usize) -> usize {
    let mixed = (step * 6_364_136_223_846_793_005 + salt * 1_442_695_040_888_963_407) >> 33;
    usize::try_from(mixed % among as u128).unwrap()
}

async fn checks_equal_a_recount_after_random_moves(bureau: Bureau) {
    let villages = [VILLAGE_A1, VILLAGE_A2, VILLAGE_B1];
    let mut clerk = Phone::clerk(0);
    let phone = Phone::new(0, 5, Role::TownReviewer, TOWN_A);
    let (mut mirror, mut cursor) = (Mirror::default(), None);
    for step in 1..20u128 {
        bureau
            .push(&mut clerk, |p| {
                let village = villages[pick(step, 1, 3)];
                let mut ops = vec![p.record(at(1, 9), "person", id(100 + step), person("张三", village))];
                let about = 101 + pick(step, 2, step as usize) as u128;
                ops.push(p.visit(at(2, 9), id(500 + step), &[(id(about), "MET"), (id(101), "NOT_HOME")], "HOME"));
                let moved = 101 + pick(step, 3, step as usize) as u128;
                let to = id(villages[pick(step, 4, 3)]);
                let set = json!({ "living_division": to, "registered_division": id(villages[pick(step, 5, 3)]) });
                ops.push(p.change(at(3, 9), "person", id(moved), set));
                ops
            })
            .await;
        let (changes, page) = bureau.pull_all(&phone, cursor.as_deref()).await;
        mirror.apply(&changes);
        mirror.fits(&page);
        cursor = Some(page.cursor);
    }
    // And they are what a recount of the stored places gives.
    let rows = sqlx::query("select division, record, feed from record_scope where county = '150426'")
        .fetch_all(bureau.db.pool());
    let mut recount: BTreeMap<String, Check> = BTreeMap::new();
    for row in rows.await.unwrap() {
        let record: RecordId = row.get::<String, _>("record").parse().unwrap();
        recount.entry(row.get("division")).or_default().add(record, u64::try_from(row.get::<i64, _>("feed")).unwrap());
    }
    let rows =
        sqlx::query("select division, records, term_sum from scope_check where county = '150426' and records > 0");
    let stored = rows.fetch_all(bureau.db.pool()).await.unwrap();
    assert_eq!(stored.len(), recount.len());
    for row in stored {
        let check = Check {
            count: row.get::<i64, _>("records").cast_unsigned(),
            sum: row.get::<i64, _>("term_sum").cast_unsigned(),
        };
        assert_eq!(recount[&row.get::<String, _>("division")], check);
    }
}
