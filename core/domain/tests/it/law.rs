//! The law of the record mechanism, over random work of every kind and every act by several phones and desks: what arrives
//! in another order, in other pushes or is told again from the log gives the same county.

mod fair;
mod found;
mod mirror;
mod projected;

use std::collections::BTreeMap;

use bianfang_domain::decide::take;
use bianfang_domain::decision::Decision;
use bianfang_domain::id::OpId;
use bianfang_law::bureau::{Bureau, records};
use bianfang_law::orders::{in_pushes, order};
use bianfang_law::told::differ;
use bianfang_law::work::{Job, LENGTH, WORLD, pieces, work};
use bianfang_law::{lines, sequences};
use proptest::prelude::*;

use crate::county::rows;
use mirror::{alike, everything_it_names_is_here, mirror, pull, released};
use projected::Projected;

proptest! {
    #![proptest_config(sequences(1000))]

    #[test]
    fn any_order_of_arrival_gives_the_same_county(pieces in pieces(), late in 0..12_usize) {
        let jobs = work(&pieces);
        let (written, order) = ((0..jobs.len()).collect::<Vec<_>>(), order(&jobs, late));
        let (one, other) = (Bureau::heard(&jobs, &written), Bureau::heard(&jobs, &order));
        let (told, again) = (one.told(), other.told());
        prop_assert!(told == again, "{}\nas{:?}{}\nwaiting {:?} {:?}", lines(&jobs), order, differ(&told.0, &again.0), told.1, again.1);
        // They follow from the records: now and then is enough.
        if late < 3 {
            prop_assert_eq!(one.rows(), other.rows());
        }
    }
}

proptest! {
    #![proptest_config(sequences(250))]

    #[test]
    fn work_cut_into_any_pushes_gives_the_same_county(pieces in pieces(), late in 0..12_usize, most in 2..15_usize) {
        let jobs = work(&pieces);
        let order = in_pushes(&jobs, late);
        let (one, other) = (Bureau::heard(&jobs, &order), Bureau::pushed(&jobs, &order, most));
        same(&jobs, &one, &other)?;
    }

    #[test]
    fn what_a_decision_asked_for_is_all_it_needs(pieces in pieces(), late in 0..12_usize) {
        let jobs = work(&pieces);
        let order = order(&jobs, late);
        let (one, other) = (Bureau::heard(&jobs, &order), Bureau::pushed(&jobs, &order, 1));
        same(&jobs, &one, &other)?;
    }

    #[test]
    fn the_log_tells_the_county_again_at_every_cut_off(pieces in pieces(), late in 0..12_usize, cut in 0..LENGTH) {
        let jobs = work(&pieces);
        let order = order(&jobs, late);
        let mut bureau = Bureau::new();
        let mut shown = Projected::new(&bureau.world);
        let mut past = None;
        for (heard, n) in order.iter().enumerate() {
            if heard == cut {
                past = Some((bureau.revision, records(&bureau.world)));
            }
            bureau.hear(&jobs, *n);
            let touched = bureau.take_touched();
            shown.follow(&bureau.world, touched);
        }
        for (revision, state) in past.into_iter().chain([(bureau.revision, records(&bureau.world))]) {
            let told = bureau.replayed(revision);
            prop_assert!(told == state, "{}{}", lines(&jobs), differ(&state, &told));
        }
        prop_assert_eq!(shown.rows(), rows(bureau.world.records(), bureau.world.kinds()), "{}", lines(&jobs));
    }

    #[test]
    fn a_phone_that_has_everything_decides_as_the_county(pieces in pieces(), late in 0..12_usize) {
        let jobs = work(&pieces);
        let (mut bureau, mut phone) = (Bureau::new(), mirror(&WORLD));
        for n in order(&jobs, late) {
            let sent = bureau.based(&jobs, n);
            let known = everything_it_names_is_here(&bureau.world, &sent);
            let on_phone = take(&mut phone, &sent.arrival(), 0).unwrap();
            let heard = bureau.log.len();
            bureau.hear(&jobs, n);
            let decision = &bureau.log[heard].1;
            // Whom a border or a setting reaches the county says.
            let reaches = ["division", "rule"].contains(&sent.op.kind.as_str());
            if known && !reaches && !released(decision) {
                prop_assert_eq!(alike(&on_phone), alike(decision), "{}", lines(&jobs));
            }
            pull(&mut phone, &mut bureau);
        }
    }
}

/// What a world of one push and one that holds everything come to.
fn same(jobs: &[Job], one: &Bureau, other: &Bureau) -> Result<(), TestCaseError> {
    // An op that waited is decided anew when it may be seen, which a push may notice some ops sooner.
    let decided = |bureau: &Bureau| {
        let mut decided: BTreeMap<OpId, Vec<Decision>> = BTreeMap::new();
        for (sent, decision, _) in &bureau.log {
            decided.entry(sent.op.id).or_default().push(decision.clone());
        }
        decided
    };
    let (first, second) = (decided(one), decided(other));
    for (op, decisions) in &first {
        let again = second.get(op);
        prop_assert!(Some(decisions) == again, "{}\n{op:?}\n{decisions:?}\n{again:?}", lines(jobs));
    }
    let (told, again) = (one.told(), other.told());
    prop_assert!(told == again, "{}{}", lines(jobs), differ(&told.0, &again.0));
    Ok(())
}
