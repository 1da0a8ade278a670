//! Borders that move: phones get and drop what the new tree says at their next pull, and the year adds up by old and by new.

use std::collections::BTreeSet;

use bianfang_domain::coverage::Window;
use bianfang_domain::kind::{joined, parted};
use bianfang_domain::op::{Act, Op, Sealed};
use bianfang_protocol::pull::PullResponse;
use bianfang_server::report::{self, FigureQuestion, WhichFigure, past};
use serde_json::json;

use crate::bureau::*;
use crate::feed::Mirror;
use crate::on_both_databases;

on_both_databases!(
    a_merged_village_reaches_the_others_workers_and_leaves_its_old_township,
    the_year_by_old_and_by_new_borders_gives_one_total,
    a_merger_written_by_two_desks_at_once_makes_no_circle,
);

fn merge(clerk: &mut Phone, village: u128, into: u128, from: i32) -> Op {
    let act = Act::Change { set: joined(id(into), day(from)), sealed: Sealed::new(), since: Some(day(from)) };
    clerk.op(at(from, 8), "division", id(village), act)
}

struct Held(Phone, Mirror, Option<PullResponse>);

impl Held {
    fn new(phone: Phone) -> Self {
        Self(phone, Mirror::default(), None)
    }

    async fn pull(&mut self, bureau: &Bureau) {
        let (changes, page) = bureau.pull_all(&self.0, self.2.as_ref().map(|page| page.cursor.as_str())).await;
        self.1.apply(&changes);
        self.1.fits(&page);
        self.2 = Some(page);
    }

    /// Nothing else than who pulls from the beginning.
    async fn holds_what_a_new_phone_would(&self, bureau: &Bureau) {
        let mut fresh = Held::new(self.0.clone());
        fresh.pull(bureau).await;
        let ids = |mirror: &Mirror| mirror.0.keys().copied().collect::<BTreeSet<_>>();
        assert_eq!(ids(&self.1), ids(&fresh.1));
    }
}

async fn a_merged_village_reaches_the_others_workers_and_leaves_its_old_township(bureau: Bureau) {
    let mut clerk = Phone::clerk(0);
    let home = json!({ "head_name": "张三", "division": id(VILLAGE_A1) });
    bureau
        .push(&mut clerk, |p| {
            vec![
                p.record(at(1, 8), "household", id(50), home),
                p.record(at(1, 9), "person", id(1), person("张三", VILLAGE_A1)),
                p.record(at(1, 9), "person", id(2), person("李四", VILLAGE_B1)),
                p.record(at(1, 9), "person", id(3), person("王五", VILLAGE_A2)),
            ]
        })
        .await;
    bureau
        .push(&mut Phone::worker(0, VILLAGE_A1), |p| vec![p.visit(at(2, 9), id(60), &[(id(1), "MET")], "HOME")])
        .await;
    let mut all = [
        Held::new(Phone::worker(0, VILLAGE_A1)),
        Held::new(Phone::worker(0, VILLAGE_B1)),
        Held::new(Phone::reviewer(0)),
        Held::new(Phone::new(0, 0x52, bianfang_domain::actor::Role::TownReviewer, TOWN_B)),
        Held::new(Phone::clerk(0)),
        Held::new(Phone::worker(0, VILLAGE_A2)),
    ];
    for held in &mut all {
        held.pull(&bureau).await;
    }
    bureau.push(&mut clerk, |p| vec![merge(p, VILLAGE_A1, VILLAGE_B1, 10)]).await;
    for held in &mut all {
        held.pull(&bureau).await;
        held.holds_what_a_new_phone_would(&bureau).await;
    }
    let people = |held: &Held| held.1.of_kind("person");
    assert_eq!(people(&all[0]), BTreeSet::from([id(1)]), "who worked in A keeps A");
    assert!(all[0].1.0.contains_key(&id(VILLAGE_B1)), "and learns what lies above it now");
    assert!(!all[0].1.0.contains_key(&id(TOWN_A)));
    assert_eq!(people(&all[1]), BTreeSet::from([id(1), id(2)]), "B's workers see A's people");
    assert!([50, 60].iter().all(|n| all[1].1.0.contains_key(&id(*n))), "with household and visits");
    assert_eq!(people(&all[2]), BTreeSet::from([id(3)]), "the old township lets go");
    assert_eq!(people(&all[3]), BTreeSet::from([id(1), id(2)]));
    assert_eq!(people(&all[4]).len(), 3);
    assert_eq!(people(&all[5]), BTreeSet::from([id(3)]));

    // And back: everything as it was.
    bureau
        .push(&mut clerk, |p| {
            let act = Act::Change { set: parted(id(TOWN_A)), sealed: Sealed::new(), since: Some(day(20)) };
            vec![p.op(at(20, 8), "division", id(VILLAGE_A1), act)]
        })
        .await;
    for held in &mut all {
        held.pull(&bureau).await;
        held.holds_what_a_new_phone_would(&bureau).await;
    }
    assert_eq!(people(&all[1]), BTreeSet::from([id(2)]));
    assert_eq!(people(&all[2]), BTreeSet::from([id(1), id(3)]));
}

async fn the_year_by_old_and_by_new_borders_gives_one_total(bureau: Bureau) {
    let mut clerk = Phone::clerk(0);
    bureau
        .push(&mut clerk, |p| {
            let mut ops = Vec::new();
            for (number, village) in [(1, VILLAGE_A1), (2, VILLAGE_A1), (3, VILLAGE_A2), (4, VILLAGE_B1)] {
                ops.push(p.record(at(1, 9), "person", id(number), person("张三", village)));
            }
            ops.push(p.visit(at(5, 9), id(60), &[(id(1), "MET"), (id(4), "MET")], "HOME"));
            // In June a village merges, in August another changes its township.
            ops.push(merge(p, VILLAGE_A1, VILLAGE_B1, 30));
            let act = Act::Change {
                set: fields(json!({ "parent": id(TOWN_B) })),
                sealed: Sealed::new(),
                since: Some(day(50)),
            };
            ops.push(p.op(at(50, 8), "division", id(VILLAGE_A2), act));
            ops
        })
        .await;
    let conn = &mut *bureau.db.pool().acquire().await.unwrap();
    let window = Window { from: day(0), to: day(59) };
    let ask = |division, on: Option<i32>| FigureQuestion {
        county: COUNTIES[0],
        division: id(division),
        window,
        rule: &crate::report::SHIPPED,
        tree_on: on.map(day),
        seen: None,
        filter: crate::report::NO_FILTER,
        accepted_upto: window.to,
    };
    let mut parts = Vec::new();
    for on in [Some(0), Some(40), None] {
        let whole = report::coverage(conn, ask(COUNTY, on)).await.unwrap();
        assert_eq!((whole.total.denominator, whole.total.reached()), (4, 2), "one county total by every border");
        let of = |town: u128| whole.parts.get(&id(town)).map_or(0, |figure| figure.denominator);
        parts.push((of(TOWN_A), of(TOWN_B)));
        for town in [TOWN_A, TOWN_B] {
            let own = report::coverage(conn, ask(town, on)).await.unwrap();
            assert_eq!(own.total, whole.parts[&id(town)]);
            let (listed, _) = report::list(conn, ask(town, on), WhichFigure::Denominator, None).await.unwrap();
            assert_eq!(listed.len() as u64, own.total.denominator);
        }
    }
    assert_eq!(parts, [(3, 1), (1, 3), (0, 4)]);
    let village = report::coverage(conn, ask(VILLAGE_B1, None)).await.unwrap();
    assert_eq!((village.total.denominator, village.parts[&id(VILLAGE_A1)].denominator), (3, 2));
    // What one may not see by today's borders is in no figure of yesterday's.
    let seen = BTreeSet::from([id(TOWN_A)]);
    let mine = FigureQuestion { seen: Some(&seen), ..ask(TOWN_A, Some(0)) };
    assert_eq!(report::coverage(conn, mine).await.unwrap().total.denominator, 0);
    // As it was known before anybody told of a merger.
    let head = past::number_at(conn, COUNTIES[0], i64::MAX).await.unwrap();
    let mut then = past::rebuilt(bureau.db.pool(), COUNTIES[0], head - 2).await.unwrap();
    let before = report::coverage(&mut then, ask(COUNTY, None)).await.unwrap();
    assert_eq!(before.parts[&id(TOWN_A)].denominator, 3);
}

async fn a_merger_written_by_two_desks_at_once_makes_no_circle(bureau: Bureau) {
    let pairs = [(VILLAGE_A1, VILLAGE_A2), (VILLAGE_A2, VILLAGE_A1)];
    let desks = pairs.into_iter().enumerate().map(|(number, (village, into))| {
        let mut clerk = Phone::new(0, 0x70 + number as u128, bianfang_domain::actor::Role::SectionClerk, COUNTY);
        let bureau = &bureau;
        async move { bureau.push(&mut clerk, |p| vec![merge(p, village, into, 10)]).await }
    });
    let answers: Vec<_> = futures_join(desks).await;
    let refused = answers.iter().flatten().filter(|answer| answer.reason.is_some());
    assert_eq!(
        refused.map(|answer| answer.reason).collect::<Vec<_>>(),
        [Some(bianfang_domain::reason::Reason::OwnAncestor)]
    );
}

/// All at once on one task: each waits for the county's lock inside the database.
async fn futures_join<F: Future>(all: impl IntoIterator<Item = F>) -> Vec<F::Output> {
    let mut all = all.into_iter();
    let (one, other) = (all.next().unwrap(), all.next().unwrap());
    let (one, other) = tokio::join!(one, other);
    vec![one, other]
}
