//! The law of the record mechanism over the server's databases: the random bureaus that are tried in memory
//! (`core/domain/tests/it/law.rs`), pushed in another order and cut into pushes, give the county that memory tells of them in
//! the order they were written, row by row; what is projected as they come is what a rebuild projects; the log tells the
//! county again; and the store of a phone that pulls now and then shows what the server has. Each sequence is a county of its
//! own in one database.

mod pulled;
pub mod pushed;

use std::cell::Cell;
use std::collections::BTreeSet;
use std::ops::Range;

use bianfang_domain::id::OpId;
use bianfang_domain::projection::{Cell as Value, Row};
use bianfang_domain::record::Record;
use bianfang_law::bureau::Bureau as Heard;
use bianfang_law::orders::{in_pushes, order};
use bianfang_law::told::{Records, differ, is_there, told};
use bianfang_law::work::{Job, LENGTH, pieces, work};
use bianfang_law::{lines, sequences};
use bianfang_server::records::project;
use proptest::prelude::*;
use proptest::test_runner::{TestError, TestRunner};
use tokio::runtime::Handle;

use crate::bureau::Bureau;
use pulled::Pulled;
use pushed::{Pushed, masked};

/// Which phone is heard last of all; seven to eleven is none.
const LATE: Range<usize> = 0..12;

/// Ops of one push at most.
const MOST: Range<usize> = 2..15;

/// Ops of a sequence at every commit; a long run takes them whole.
const SHORT: usize = 24;

/// Every so many counties are looked at from two phones instead.
const PHONES_EVERY: u32 = 4;

mod any_order_and_any_pushes_give_the_same_county {
    use super::{Bureau, holds};

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn sqlite() {
        holds(&Bureau::sqlite().await, 100);
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn postgres() {
        if let Some(bureau) = Bureau::postgres().await {
            holds(&bureau, 30);
        }
    }
}

fn holds(bureau: &Bureau, share: u32) {
    let counties = Cell::new(0_u32);
    let long = std::env::var("PROPTEST_CASES").is_ok();
    let mut runner = TestRunner::new(sequences(share));
    let tried = runner.run(&(pieces(), LATE, MOST, any::<bool>()), |(pieces, late, most, much_at_once)| {
        let mut jobs = work(&pieces);
        jobs.truncate(if long { LENGTH } else { SHORT });
        counties.set(counties.get() + 1);
        let code = format!("law{}", counties.get());
        let order = if much_at_once { in_pushes(&jobs, late) } else { order(&jobs, late) };
        let cut = pushes(&jobs, &order, most);
        let trial = async {
            let mut county = Pushed::founded(bureau, code).await;
            if counties.get().is_multiple_of(PHONES_EVERY) {
                phones_show_it(&mut county, &jobs, &cut).await
            } else {
                for push in &cut {
                    county.take(&jobs, push).await;
                }
                stands(&county, &jobs, &order).await
            }
        };
        let done = tokio::task::block_in_place(|| Handle::current().block_on(trial));
        done.map_err(|why| TestCaseError::fail(format!("{why}\npushed {cut:?} of{}", lines(&jobs))))
    });
    match tried {
        Ok(()) => {}
        Err(TestError::Fail(why, _)) => panic!("{why}"),
        Err(TestError::Abort(why)) => panic!("{why}"),
    }
}

/// Everything that is stored is what memory tells of the work in the order it was written.
async fn stands(county: &Pushed<'_>, jobs: &[Job], order: &[usize]) -> Result<(), TestCaseError> {
    let written: Vec<usize> = (0..order.len()).collect();
    let heard = Heard::heard(jobs, &written);
    let (records, waiting) = heard.told();
    let as_read = |records: Records| -> Records { records.into_values().map(|r| (r.id, masked(r))).collect() };
    let (expected, stored) = (as_read(records), county.records().await);
    let found = as_read(told(stored.values()));
    prop_assert!(found == expected, "stored, and in memory: {}", differ(&found, &expected));
    let of_cases: BTreeSet<OpId> =
        jobs.iter().filter(|job| job.sent.op.kind == "case").map(|job| job.sent.op.id).collect();
    prop_assert_eq!(&county.waiting().await - &of_cases, waiting);

    let rows = county.rows().await;
    let (expected, rebuilt) = (heard.rows(), county.rebuilt().await);
    prop_assert!(rows == rebuilt, "as they came, and rebuilt: {}", differs(&rows, &rebuilt));
    let there = |row: &Row| stored.get(&row.owner.parse().unwrap()).is_none_or(is_there);
    let rows = rows.into_iter().filter(there).collect();
    let (rows, expected) = (without_prints(rows), without_prints(expected));
    prop_assert!(rows == expected, "in the tables, and in memory: {}", differs(&rows, &expected));

    let world = county.told_again().await;
    // What comes to lie elsewhere is numbered again, for who sees it now; the log tells nothing of that.
    let unnumbered = |record: &Record| (record.id, Record { revision: 0, ..record.clone() });
    let (again, kept): (Records, Records) =
        (world.records().map(unnumbered).collect(), stored.values().map(unnumbered).collect());
    prop_assert!(again == kept, "from the log, and stored: {}", differ(&again, &kept));
    prop_assert_eq!(county.places().await, pushed::places(&world));
    Ok(())
}

/// A phone that pulls while the work arrives, and one that pulls at the end.
async fn phones_show_it(county: &mut Pushed<'_>, jobs: &[Job], cut: &[&[usize]]) -> Result<(), TestCaseError> {
    let Some(whose) = jobs.last() else { return Ok(()) };
    let mut often = Pulled::new(&whose.sent.actor).await;
    for push in cut {
        county.take(jobs, push).await;
        if push[0].is_multiple_of(3) {
            often.pull(county.desk()).await;
        }
    }
    let (mut once, stored) = (Pulled::new(&whose.sent.actor).await, county.records().await);
    for phone in [&mut often, &mut once] {
        phone.pull(county.desk()).await;
        phone.shows(county.desk(), &stored).await?;
    }
    prop_assert_eq!(often.rows().await, once.rows().await);
    often.close().await;
    once.close().await;
    Ok(())
}

/// The rows that only one of two has.
fn differs(one: &BTreeSet<Row>, other: &BTreeSet<Row>) -> String {
    one.symmetric_difference(other).map(|row| format!("\n{row:?}")).collect()
}

/// Rows without the prints of id numbers, which hang on a county's key; that there is one stays.
fn without_prints(rows: BTreeSet<Row>) -> BTreeSet<Row> {
    let at = project::tables().find(|table| table.name == "person").unwrap().columns;
    let at = at.iter().position(|column| column.name == "id_print").unwrap();
    let without = |mut row: Row| {
        if row.table == "person" && row.cells[at] != Value::Null {
            row.cells[at] = "print".into();
        }
        row
    };
    rows.into_iter().map(without).collect()
}

/// An order cut into pushes: of one installation, and none that goes on after its author had pulled in between.
fn pushes<'a>(jobs: &[Job], order: &'a [usize], most: usize) -> Vec<&'a [usize]> {
    let (mut cut, mut begun) = (Vec::new(), 0);
    for at in 1..=order.len() {
        let goes_on = order.get(at).is_some_and(|next| {
            let pulled = order[begun..at].iter().any(|n| *n < jobs[*next].seen);
            jobs[*next].by == jobs[order[begun]].by && at - begun < most && !pulled
        });
        if !goes_on {
            cut.push(&order[begun..at]);
            begun = at;
        }
    }
    cut.retain(|push| !push.is_empty());
    cut
}
